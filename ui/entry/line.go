package entry

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// A Line is quick capture: one typed line becomes an event, a factor or an action. What it assumes, what it
// cannot read, and the better question are told while it is typed.
type Line struct {
	Name, Help, Draft string
	Text              string // what the line begins with
	Read              func(text string) (model.Captured, error)
	Record            *model.Record // whose words these are
	Type              model.Type    // what the line becomes
	Past              Past          // looked through for conditions that are alike; nil looks nowhere
	Save              func(c model.Captured) nav.Do
	Paste             func(text string) tea.Cmd // takes several lines that are pasted
}

// Open shows the field.
func (l Line) Open() tea.Cmd {
	e := &overlay.Edit{Name: l.Name, Help: l.Help, Text: l.Text, Draft: l.Draft, Paste: l.Paste,
		Words: &overlay.Words{Record: l.Record, Type: l.Type, Field: l.field(), Part: l.words}}
	if l.Past != nil && l.Record != nil {
		e.Recall = l.recall
	}
	e.Check = func(text string) (string, bool) {
		if strings.TrimSpace(text) == "" {
			return "", false
		}
		c, err := l.Read(text)
		if err != nil {
			return err.Error(), false
		}
		return strings.Join(c.Notes, " "), true
	}
	e.Save = func(text string) tea.Cmd {
		c, err := l.Read(text)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		return nav.Cmd(l.Save(c))
	}
	return e.Open()
}

// field is the one that holds the words of the line.
func (l Line) field() string {
	if l.Type == model.TypeFactor {
		return "statement"
	}
	return "title"
}

// words are what the line says once its time, its owner and its marks are read off it.
func (l Line) words(text string) string {
	if c, err := l.Read(text); err == nil {
		if said, ok := c.Get(l.field()).(string); ok {
			return said
		}
	}
	return text
}

// ActionHelp shows by example what a line about an action may hold.
const ActionHelp = "Alert when pool use > 80% for 2 minutes @dana due:2026-12-01"

// FactorHelp does so for a condition.
const FactorHelp = "process: rollback takes 20 minutes      layers: technical, human, process"

// EventHelp does so for an event.
const EventHelp = "14:07 @maya p99 at 4 s, believed it was the CDN\nAlso a kind in front (deploy: text), #service, !detected for a key moment."

// LastPos is the position after the last of a list.
func LastPos[T any](list []T, pos func(T) string) string {
	last := ""
	for _, x := range list {
		last = max(last, pos(x))
	}
	return last
}

// A Past knows what other incidents named.
type Past interface {
	NamedBefore(ctx context.Context, text string, not model.ID) ([]model.NamedBefore, error)
}

// recall looks whether the condition was named before. It is an offer: when it cannot be found out, nothing is said.
func (l Line) recall(text string) tea.Cmd {
	past, id, said := l.Past, l.Record.Incident.ID, l.words(text)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		list, err := past.NamedBefore(ctx, said, id)
		if err != nil || len(list) == 0 {
			return overlay.Recalled{Text: text}
		}
		return overlay.Recalled{Text: text, Note: list[0].Sentence(len(list) - 1)}
	}
}
