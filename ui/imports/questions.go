package imports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/cell"
	"aftermath/ui/overlay"
)

// sentence is the question's reason, as one sentence, and where its answer comes from.
func (q *Question) sentence() string {
	text := fmt.Sprintf("“%s” in line %d %s.", cell.Clean(q.Example), q.Line, q.Why)
	if q.From != "" {
		text += " The answer in the field is " + cell.Clean(q.From) + "."
	}
	return text
}

// answer asks what the file leaves open; the answer is kept with the import.
func (s *Screen) answer() tea.Cmd {
	q := s.look.Question
	if q.Need == "column" {
		return s.pickColumn("time", q.Suggestions)
	}
	e := &overlay.Edit{Name: map[string]string{"zone": "In which time zone are these times?", "date": "Of which day are these times?", "year": "Of which year are these dates?", "encoding": "In which encoding is it?",
		"above": "Above which value does it matter? (< for below)"}[q.Need],
		Help: q.sentence()}
	if len(q.Suggestions) > 0 {
		e.Text = q.Suggestions[0]
	} else if q.Need == "zone" {
		e.Text = s.zone.String()
	}
	e.Check = func(text string) (string, bool) {
		if err := s.reader.Check(q.Need, strings.TrimSpace(text)); err != nil {
			return err.Error(), false
		}
		return "", true
	}
	e.Save = func(text string) tea.Cmd {
		text = strings.TrimSpace(text)
		switch q.Need {
		case "zone":
			s.answers.Zone = text
		case "date":
			s.answers.Date, _ = time.Parse(time.DateOnly, text)
		case "year":
			s.answers.Year, _ = strconv.Atoi(text)
		case "encoding":
			s.answers.Encoding = text
		case "above":
			if below, ok := strings.CutPrefix(text, "<"); ok {
				s.answers.Below = strings.TrimSpace(below)
			} else {
				s.answers.Above = strings.TrimSpace(strings.TrimPrefix(text, ">"))
			}
		}
		return s.lookAt()
	}
	return e.Open()
}

// Roles are what a column can be chosen for.
var roles = []overlay.Option{
	{Value: "time", Label: "time", Help: "when it happened"}, {Value: "date", Label: "date", Help: "the day, when the time of day stands in another column"},
	{Value: "title", Label: "title", Help: "what happened, in a line"}, {Value: "body", Label: "body", Help: "what more there is to say"},
	{Value: "actor", Label: "actor", Help: "who did or said it"}, {Value: "kind", Label: "kind", Help: "what sort of event it is"},
	{Value: "service", Label: "service", Help: "what it was about"}, {Value: "end", Label: "end", Help: "when it was over"}, {Value: "zone", Label: "zone", Help: "the time zone of each row"},
}

func (s *Screen) noColumns() string {
	if len(s.look.Columns) == 0 {
		return "it is no table"
	}
	return ""
}

// pickRole asks what a column shall be chosen for.
func (s *Screen) pickRole() tea.Cmd {
	p := &overlay.Pick{Name: "Choose a column for", Help: s.look.Chosen, Options: roles}
	p.Done = func(v []string) tea.Cmd { return s.pickColumn(v[0], nil) }
	return p.Open()
}

// pickColumn asks which column has a role. Those that are proposed come first.
func (s *Screen) pickColumn(role string, proposed []string) tea.Cmd {
	p := &overlay.Pick{Name: "Which column is the " + role + "?"}
	for _, c := range proposed {
		name := strings.TrimPrefix(c, role+"=")
		p.Options = append(p.Options, overlay.Option{Value: name, Label: name})
	}
	for _, name := range s.look.Columns {
		if !slices.ContainsFunc(p.Options, func(o overlay.Option) bool { return o.Value == name }) {
			p.Options = append(p.Options, overlay.Option{Value: name, Label: name})
		}
	}
	p.Done = func(v []string) tea.Cmd {
		s.answers.Columns = slices.DeleteFunc(s.answers.Columns, func(c string) bool { return strings.HasPrefix(c, role+"=") })
		s.answers.Columns = append(s.answers.Columns, role+"="+v[0])
		return s.lookAt()
	}
	return p.Open()
}
