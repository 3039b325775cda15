package cli

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) inboxCommand() *cobra.Command {
	dismiss, source := "", ""
	c := command("inbox KEY", "List what was imported and is not triaged yet, in groups of lines that are alike", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		if (dismiss == "") != (source == "") {
			return usage("--dismiss and --source belong together", "name the source that the lines come from and their shape, as the list shows them")
		}
		s, id, err := a.incident(ctx, args[0])
		if err != nil {
			return err
		}
		groups, err := s.Alike(ctx, model.EventQuery{Incident: id, Untouched: true})
		if err != nil {
			return err
		}
		if dismiss != "" {
			return a.dismissAlike(ctx, s, id, groups, source, model.LineShape(dismiss))
		}
		return a.printGroups(groups)
	})
	c.Long = "List what was imported and is not triaged yet: how many lines of a source are alike, from when to when, and what they\nhave in common, where # stands for what differs. --dismiss says that lines of a shape tell nothing about the incident,\nalso those that a later import brings; `aftermath undo` takes it back. What was imported is never altered."
	c.Example = "  aftermath inbox 2026-11-02-checkout\n  aftermath inbox 2026-11-02-checkout --source logs --dismiss 'GET /health # in # ms'"
	c.Flags().StringVar(&dismiss, "dismiss", "", "dismiss the lines of this shape; a line that has it will do")
	c.Flags().StringVar(&source, "source", "", "the source of the lines to dismiss")
	return complete(c, false, a.keys)
}

// dismissAlike makes a sweep of the lines of a source that have a shape.
func (a *app) dismissAlike(ctx context.Context, s *storage.Store, id model.ID, groups []model.Alike, source, shape string) error {
	for _, g := range groups {
		if g.Source != source || g.Shape != shape {
			continue
		}
		sweep := model.Sweep{ID: s.NewID(model.TypeSweep), Source: source, Shape: shape, Sample: g.Sample}
		gesture := model.SweepAway(id, sweep)
		gesture.Source = "cli"
		if err := s.Apply(ctx, gesture); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"sweep": sweep.ID, "dismissed": g.Count})
		}
		a.printf("%d lines dismissed\n", g.Count)
		return nil
	}
	return usage(fmt.Sprintf("no line of %q that is left has the shape %q", source, shape), "`aftermath inbox KEY` lists the sources and shapes")
}

func (a *app) printGroups(groups []model.Alike) error {
	if a.json {
		if groups == nil {
			groups = []model.Alike{}
		}
		return a.printJSON(groups)
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, g := range groups {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", g.Count, model.CleanLine(g.Source), g.First.Format("2006-01-02T15:04:05Z"), g.Last.Format("2006-01-02T15:04:05Z"), cutLine(g.Shape))
	}
	return w.Flush()
}
