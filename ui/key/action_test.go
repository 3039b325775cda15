package key

import (
	"testing"
)

func TestMatchFollowsSequences(t *testing.T) {
	actions := []Action{{ID: "a", Keys: []string{"a", "ctrl+t"}}, {ID: "gh", Keys: []string{"g h"}}, {ID: "gt", Keys: []string{"g t"}}}
	for _, c := range []struct {
		pressed []string
		id      string
		more    bool
	}{
		{[]string{"a"}, "a", false}, {[]string{"ctrl+t"}, "a", false}, {[]string{"g"}, "", true},
		{[]string{"g", "t"}, "gt", false}, {[]string{"g", "x"}, "", false}, {[]string{"h"}, "", false},
	} {
		found, more := Match(actions, c.pressed)
		if id := idOf(found); id != c.id || more != c.more {
			t.Errorf("%v found %q, more %v", c.pressed, id, more)
		}
	}
	if keys, _ := Following(actions, []string{"g"}); len(keys) != 2 || keys[0] != "h" {
		t.Errorf("after g follow %v", keys)
	}
}

func TestOverridesReplaceKeys(t *testing.T) {
	actions := Overrides{"a": {"x"}, "b": {}}.Apply([]Action{{ID: "a", Keys: []string{"a"}}, {ID: "b", Keys: []string{"b"}}})
	if found, _ := Match(actions, []string{"x"}); idOf(found) != "a" {
		t.Error("the override is not in force")
	}
	if found, _ := Match(actions, []string{"b"}); found != nil {
		t.Error("an unbound key still acts")
	}
}

func idOf(a *Action) string {
	if a == nil {
		return ""
	}
	return a.ID
}

func TestOverridesOfUnknownActions(t *testing.T) {
	if said := (Overrides{"timeline.add_event": {"+"}}).Unknown(); said != "" {
		t.Error(said)
	}
	said := Overrides{"timeline.add_evnt": {"+"}, "zzz": nil, "go.home": {"H"}}.Unknown()
	if want := `The configuration gives keys to what is no action: "timeline.add_evnt" ("timeline.add_event"?), "zzz".`; said != want {
		t.Errorf("got %s", said)
	}
}
