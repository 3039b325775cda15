package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) approveCommand() *cobra.Command {
	name, changes, note := "", "", ""
	c := command("approve KEY", "Approve a sealed revision, or say which changes are waited for", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		v, err := revisionOf(r, name)
		if err != nil {
			return err
		}
		verdict := model.Approved
		if changes != "" {
			verdict, note = model.ChangesAwaited, changes
		}
		g := model.Approve(r, v, verdict, note, s.Author(), a.Now())
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"revision": v.Number, "name": r.RevisionName(v), "digest": v.Digest, "verdict": verdict, "by": s.Author()})
		}
		r, err = s.Record(ctx, r.Incident.ID)
		if err != nil {
			return err
		}
		a.printf("%s\n", r.ReviewSentence())
		return nil
	})
	c.Long = "Say of a sealed revision that it is approved, or which changes are waited for. It is said of that revision and its digest; a\n" +
		"later revision is to be approved anew. Who said it is the author of the configuration."
	c.Example = "  aftermath approve 2026-11-02-checkout\n  aftermath approve 2026-11-02-checkout --changes \"the second condition has no evidence\""
	c.Flags().StringVar(&name, "revision", "", "the `number` of the revision; the newest without it")
	c.Flags().StringVar(&changes, "changes", "", "what is to be changed first")
	c.Flags().StringVar(&note, "note", "", "what the approval rests on")
	return complete(c, false, a.keys)
}

// revisionOf finds a revision by its name; the newest without one.
func revisionOf(r *model.Record, name string) (model.Revision, error) {
	if len(r.Revisions) == 0 {
		return model.Revision{}, usage("there is no such revision", "`aftermath seal "+r.Incident.Key+"` makes one; what is approved is a sealed revision")
	}
	if last, _ := r.LastRevision(); name == "" {
		return last, nil
	}
	list := r.RevisionsNamed(name)
	if len(list) == 1 {
		return list[0], nil
	}
	var names []string
	for _, v := range list {
		names = append(names, r.RevisionName(v)+" by "+model.CleanLine(v.By))
	}
	if len(slices.Compact(slices.Clone(names))) == 1 {
		return list[0], nil // the same document, sealed twice
	}
	if len(list) > 1 {
		return model.Revision{}, usage("two copies of the file gave the number "+name+", as "+strings.Join(names, " and "), "name one of them with the beginning of its digest")
	}
	return model.Revision{}, usage("there is no revision "+name, "`aftermath show "+r.Incident.Key+" --json` lists them")
}
