package evidence

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/theme"
)

type counter struct{}

func (counter) Values(context.Context, model.ID, ...string) (map[string][]model.ValueCount, error) {
	return nil, nil
}

// Counting is announced where it takes long, and never without a record.
func TestCountingIsAnnouncedWhereItTakesLong(t *testing.T) {
	for _, c := range []struct {
		r    *model.Record
		said bool
	}{{nil, false}, {&model.Record{}, false}, {&model.Record{Evidence: manyToCount}, false}, {&model.Record{Evidence: manyToCount + 1}, true}} {
		_, batch := Count(counter{}, "N-1", c.r, nil)().(tea.BatchMsg)
		if batch != c.said {
			t.Errorf("%+v: it is said: %v", c.r, batch)
		}
	}
}

// A title is somebody else's words as long as a tool wrote it and nobody corrected it.
func TestWhoseWordsATitleHolds(t *testing.T) {
	for _, c := range []struct {
		e    model.Event
		want string
	}{
		{model.Event{Source: "slack"}, "title"}, {model.Event{Source: model.SourceHand}, ""}, {model.Event{Source: "slack", OriginalTitle: "x"}, ""}, {model.Event{Source: model.SourceHand, OriginalTitle: "x"}, ""},
	} {
		if got := Given(c.e); got != c.want {
			t.Errorf("%+v: %q", c.e, got)
		}
	}
	th := theme.New("mono", false, theme.Dark)
	n := th.Glyph.Note
	for _, c := range []struct {
		e    model.Event
		want string
	}{
		{model.Event{}, ""}, {model.Event{Moment: "detected"}, th.Glyph.Moment + "detected "}, {model.Event{Signals: "x"}, n + "s"}, {model.Event{Belief: "x", Why: "y"}, n + "b" + n + "w"}, {model.Event{Decision: "x"}, n + "d"},
	} {
		if got := Notes(th, c.e); got != c.want {
			t.Errorf("%+v: %q, want %q", c.e, got, c.want)
		}
	}
}
