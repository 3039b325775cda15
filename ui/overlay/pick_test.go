package overlay

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"aftermath/ui/theme"
)

// press types into a list: a rune is a key, and so are the names of those that are none.
func press(p *Pick, keys ...string) {
	named := map[string]rune{"enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "down": tea.KeyDown, "space": ' '}
	for _, k := range keys {
		if code, ok := named[k]; ok {
			text := ""
			if code == ' ' {
				text = " "
			}
			p.Update(tea.KeyPressMsg{Code: code, Text: text})
			continue
		}
		for _, r := range k {
			p.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

func TestAListOfManyMarksWhatWasMeant(t *testing.T) {
	lines := []Option{{Value: "1", Label: "a job removes an account"}, {Value: "2", Label: "an engineer removes the data"}, {Value: "3", Label: "no dump in the bucket"}}
	for _, c := range []struct {
		name   string
		free   bool
		chosen []string
		keys   []string
		want   []string
	}{
		{"typing finds, enter takes", false, nil, []string{"dump", "enter"}, []string{"3"}},
		{"words with blanks between them mark nothing on the way", false, nil, []string{"removes the data", "enter"}, []string{"2"}},
		{"what was marked stays marked at enter", false, nil, []string{"dump", "tab", "enter"}, []string{"3"}},
		{"what was marked before and is found again is let go", false, []string{"3"}, []string{"dump", "enter"}, nil},
		{"several of what was found", false, nil, []string{"removes", "tab", "down", "tab", "enter"}, []string{"1", "2"}},
		{"what is let go is not taken again", false, []string{"3"}, []string{"dump", "tab", "enter"}, nil},
		{"a blank marks while nothing is typed", false, nil, []string{"space", "down", "space", "enter"}, []string{"1", "2"}},
		{"commas part what is new", true, nil, []string{"search api, payments", "enter"}, []string{"search api", "payments"}},
		{"a comma takes what is typed, whatever is like it", true, nil, []string{"dump,", "enter"}, []string{"dump"}},
		{"a comma finds what is there", true, nil, []string{"No dump in the bucket,", "enter"}, []string{"3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			done := false
			p := &Pick{Many: true, Free: c.free, Chosen: c.chosen, Options: slices.Clone(lines)}
			p.Done = func(v []string) tea.Cmd { got, done = v, true; return nil }
			p.Open()
			press(p, c.keys...)
			if !done || !slices.Equal(got, c.want) {
				t.Errorf("picked %q (done %t), want %q", got, done, c.want)
			}
		})
	}
}

func TestNamesThatAreMadeStayInSight(t *testing.T) {
	p := &Pick{Many: true, Free: true, Name: "Services"}
	p.Open()
	press(p, "search api, pay")
	if text := strings.Join(p.View(theme.New("", true, theme.Dark), 60, 20), "\n"); !strings.Contains(ansi.Strip(text), "search api, pay") {
		t.Errorf("the first name is out of sight:\n%s", text)
	}
}
