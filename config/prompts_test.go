package config

import (
	"slices"
	"strings"
	"testing"

	"aftermath/model"
)

func TestPromptsOfATeam(t *testing.T) {
	c, _, err := Load(write(t, `
[prompts]
off = ["network", "cascade-stop"]
[[prompts.ask]]
id = "edge-cache"
pack = "Data"
ask = "What the cache served while the origin was away"
check = true
when = ["domain:network", "not layer:human"]
leads = "factor"
layer = "technical"
[[prompts.ask]]
id = "luck"
pack = "How they met"
ask = "What were we lucky in?"
`))
	if err != nil {
		t.Fatal(err)
	}
	list := c.Prompts.On(model.DefaultPrompts())
	at := func(id string) int { return slices.IndexFunc(list, func(p model.Prompt) bool { return p.ID == id }) }
	if at("network-path") >= 0 || at("cascade-stop") >= 0 || at("cascade") < 0 {
		t.Error("what is off is asked, or more than that is gone")
	}
	if i := at("edge-cache"); i < 0 || list[i-1].Pack != "Data" || list[i+1].Pack == "Data" || !list[i].Check {
		t.Error("the team's own item does not stand at the end of its pack")
	}
	if i := at("luck"); list[i].Ask != "What were we lucky in?" || list[i].Field != "lucky" {
		t.Errorf("in other words it is %+v", list[i])
	}
}

func TestPromptsThatCannotBe(t *testing.T) {
	for text, want := range map[string]string{
		`off = ["netwrok"]`: "did you mean",
		"[[prompts.ask]]\nid = \"a b\"\npack = \"P\"\nask = \"A?\"":                     "no usable id",
		"[[prompts.ask]]\nid = \"a\"\nask = \"A?\"":                                     "no pack or no question",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\nafter = \"bundary\"":  "did you mean boundary",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\nwhen = [\"helpd\"]":   "did you mean helped",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\neach = \"monday\"":    "role or kind",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\nleads = \"ticket\"":   "factor",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\nlayer = \"hardware\"": "the layers are",
		"[[prompts.ask]]\nid = \"a\"\npack = \"P\"\nask = \"A?\"\narea = \"attic\"":     "taxonomy.area",
	} {
		if _, _, err := Load(write(t, "[prompts]\n"+text)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "line ") && !strings.Contains(err.Error(), ":") {
			t.Errorf("%s gives %v, want %q", text, err, want)
		}
	}
}
