package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/imports"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// asking is a reader that leaves a question open, until it is answered.
type asking struct {
	papers
	question imports.Question
	seen     []imports.Answers
	paths    [][]string
}

func (p *asking) Look(id model.ID, paths []string, source string, a imports.Answers) (imports.Look, error) {
	p.seen, p.paths = append(p.seen, a), append(p.paths, paths)
	look, err := p.papers.Look(id, paths, source, a)
	look.Columns, look.Chosen = []string{"Zeit", "Ereignis", "Wer"}, `title from "Ereignis"`
	if p.question.Need == "column" && len(a.Columns) == 0 || p.question.Need == "date" && a.Date.IsZero() {
		q := p.question
		look.Question = &q
	}
	return look, err
}

func (p *asking) last() imports.Answers { return p.seen[len(p.seen)-1] }

// Several lines that are pasted where one line is typed open the reader of notes, and esc loses nothing.
func TestPastedLinesAreImported(t *testing.T) {
	for name, begin := range map[string]func(t *testing.T, p *asking) *uitest.Driver{
		"into a line of the timeline": func(t *testing.T, p *asking) *uitest.Driver {
			m, id := doubtful(t)
			o := options(m)
			o.Reader = p
			d := open(t, o, id, nav.Timeline, 80, 24)
			d.Keys("a")
			return d
		},
		"into the field for a path": func(t *testing.T, p *asking) *uitest.Driver {
			m, id := doubtful(t)
			o := options(m)
			o.Reader = p
			d := open(t, o, id, nav.Timeline, 80, 24)
			d.Keys("i")
			return d
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := &asking{}
			d := begin(t, p)
			d.Send(tea.PasteMsg{Content: "14:07 the queue is full\r\n14:08 restarted\r\n"})
			if len(p.seen) != 1 || p.last().Pasted != "14:07 the queue is full\n14:08 restarted\n" || !strings.Contains(d.Screen(), "The text that you pasted") {
				t.Fatalf("%+v\n%s", p.seen, d.Screen())
			}
			d.Keys("esc g n")
			if len(p.seen) != 2 || p.last().Pasted == "" {
				t.Errorf("it is lost:\n%s", d.Screen())
			}
		})
	}
}

func TestPastedPathsAreTakenApart(t *testing.T) {
	m, id := doubtful(t)
	o, p := options(m), &asking{}
	o.Reader = p
	d := open(t, o, id, nav.Import, 80, 24)
	d.Send(tea.PasteMsg{Content: "/tmp/a.log\nfile:///tmp/my%20notes.md\n"})
	if len(p.paths) != 1 || strings.Join(p.paths[0], "|") != "/tmp/a.log|/tmp/my notes.md" {
		t.Errorf("%q\n%s", p.paths, d.Screen())
	}
}

// The day that is known stands in the field, with where it comes from; the answer holds for the next file.
func TestAnAnswerIsOfferedAndKept(t *testing.T) {
	m, id := doubtful(t)
	o, p := options(m), &asking{question: imports.Question{Need: "date", Example: "14:07", Line: 2, Why: "has no date", Suggestions: []string{"2026-06-02"}, From: "from the incident"}}
	o.Reader = p
	d := open(t, o, id, nav.Import, 80, 24)
	d.Type("notes.txt").Keys("enter")
	if s := d.Screen(); !strings.Contains(s, "2026-06-02") || !strings.Contains(s, "“14:07” in line 2 has no date. The answer in the field is from the incident.") || strings.Contains(s, "Is this what happened?") {
		t.Fatalf("%s", s)
	}
	d.Keys("enter o").Type("other.txt").Keys("enter")
	if p.last().Date.Format("2006-01-02") != "2026-06-02" || p.paths[len(p.paths)-1][0] != "other.txt" {
		t.Errorf("%+v %q", p.last(), p.paths)
	}
}

// A table that names no time asks which column it is, and what was chosen can be changed.
func TestColumnsArePicked(t *testing.T) {
	m, id := doubtful(t)
	o, p := options(m), &asking{question: imports.Question{Need: "column", Suggestions: []string{"time=Zeit"}}}
	o.Reader = p
	d := open(t, o, id, nav.Import, 120, 36)
	d.Type("t.csv").Keys("enter")
	if !strings.Contains(d.Screen(), "Which column is the time?") {
		t.Fatalf("%s", d.Screen())
	}
	d.Keys("enter")
	if strings.Join(p.last().Columns, " ") != "time=Zeit" || !strings.Contains(d.Screen(), `title from "Ereignis"`) {
		t.Fatalf("%+v\n%s", p.last(), d.Screen())
	}
	d.Keys("C").Type("actor").Keys("enter").Type("Wer").Keys("enter")
	if strings.Join(p.last().Columns, " ") != "time=Zeit actor=Wer" {
		t.Errorf("%+v\n%s", p.last(), d.Screen())
	}
}
