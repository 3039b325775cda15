package docs

import (
	"strings"
	"testing"

	"aftermath/model"
)

func TestPromptsPage(t *testing.T) {
	var p page
	p.line("# The questions of the guide")
	p.line("")
	p.line("`aftermath guide KEY`, and on the screen `n` on the board of conditions, ask what fits the record. A question concludes nothing and")
	p.line("can be passed over; an answer is kept with who gave it and when. A team leaves out, words otherwise or adds questions in")
	p.line("config.toml, under `[prompts]`.")
	pack := ""
	for _, x := range model.DefaultPrompts() {
		if x.Pack != pack {
			pack = x.Pack
			p.line("")
			p.line("## %s", pack)
			p.line("")
			p.head("id", "asks", "when", "leads to")
		}
		p.row(code(x.ID), x.Ask, when(x), leads(x))
	}
	p.line("")
	p.line("## Facts")
	p.line("")
	p.line("What `when` may wait for; `not` in front of one turns it round.")
	p.line("")
	alone, begin := model.FactNames()
	for _, f := range alone {
		p.line("- %s", code(f))
	}
	p.line("- %s with a word after the colon: a prompt, an area, a domain (%s), the role of a condition, the kind of an event, a layer,", quoted(begin), strings.Join(model.Domains(), ", "))
	p.line("  the role of an event")
	p.hold(t, "prompts.md")
}

func when(x model.Prompt) string {
	var parts []string
	for _, w := range x.When {
		parts = append(parts, code(w))
	}
	if x.After != "" {
		parts = append(parts, code(x.After)+" is answered")
	}
	if x.Each != "" {
		parts = append(parts, "for each "+strings.ReplaceAll(x.Each, "_", " "))
	}
	return strings.Join(parts, ", ")
}

func leads(x model.Prompt) string {
	switch x.Leads {
	case "factor":
		return strings.Join(strings.Fields("a "+x.Layer+" condition"), " ")
	case "action":
		return "an action"
	}
	if x.Field != "" {
		return "its own field"
	}
	return ""
}

func quoted(names []string) string {
	for i := range names {
		names[i] = code(names[i])
	}
	return strings.Join(names, ", ")
}
