package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) addCommand() *cobra.Command {
	c := command("add KEY event|factor|action|idea LINE", "Add one line, in the same words as on the screen", cobra.MinimumNArgs(3),
		func(ctx context.Context, args []string) error {
			return a.add(ctx, args[0], args[1], strings.Join(args[2:], " "))
		})
	c.Example = "  aftermath add 2026-11-02-checkout event \"14:07 @maya p99 at 4 s, believed it was the CDN\"\n" +
		"  aftermath add 2026-11-02-checkout factor \"process: rollback takes 20 minutes\"\n" +
		"  aftermath add 2026-11-02-checkout action \"Alert when pool use > 80% for 2 minutes @dana due:2026-12-01\""
	return complete(c, false, a.keys, words("event", "factor", "action", "idea"))
}

func (a *app) add(ctx context.Context, key, kind, line string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, r, err := a.record(ctx, key)
	if err != nil {
		return err
	}
	g, id, notes, err := capture(s, r, kind, line, a.typed(cfg, r.Incident), s.Author())
	if err != nil {
		return err
	}
	if err := s.Apply(ctx, g); err != nil {
		return err
	}
	for _, n := range notes {
		a.remark("%s", n)
	}
	if a.json {
		return a.printJSON(map[string]any{"id": id})
	}
	short, err := s.Short(ctx, id)
	a.printf("%s\n", short)
	return err
}

type positioner interface {
	NewID(model.Type) model.ID
	Between(a, b string) string
}

// capture makes a gesture of one typed line.
func capture(s positioner, r *model.Record, kind, line string, env model.Env, author string) (g model.Gesture, id model.ID, notes []string, err error) {
	var c model.Captured
	last := ""
	switch kind {
	case "event":
		c, err = model.CaptureEvent(line, env)
	case "factor":
		c, err = model.CaptureFactor(line, env)
		for _, f := range r.Factors {
			last = max(last, f.Pos)
		}
	case "action", "idea":
		c, err = model.CaptureAction(line, env)
		for _, x := range r.Actions {
			last = max(last, x.Pos)
		}
	default:
		err = usage(fmt.Sprintf("there is no kind %q to add", kind), "add an event, a factor, an action or an idea")
	}
	if err != nil {
		return g, "", nil, err
	}
	id = s.NewID(c.Type)
	g = c.Gesture(r.Incident.ID, id)
	g.Source = "cli"
	if c.Type != model.TypeEvent {
		g = g.Set(c.Type, id, "pos", s.Between(last, ""))
	}
	switch kind {
	case "factor":
		g = g.Set(c.Type, id, "by", author)
	case "action":
		g = g.Set(c.Type, id, "stage", model.StageProposed)
	case "idea":
		g = g.Set(c.Type, id, "stage", model.StageIdea)
	}
	return g, id, c.Notes, nil
}
