package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) approveCommand() *cobra.Command {
	number, changes, note := 0, "", ""
	c := command("approve KEY", "Approve a sealed revision, or say which changes are waited for", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		v, ok := r.LastRevision()
		if i := slices.IndexFunc(r.Revisions, func(v model.Revision) bool { return v.Number == number }); number > 0 {
			if ok = i >= 0; ok {
				v = r.Revisions[i]
			}
		}
		if !ok {
			return usage("there is no such revision", "`aftermath seal "+r.Incident.Key+"` makes one; what is approved is a sealed revision")
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
			return a.printJSON(map[string]any{"revision": v.Number, "digest": v.Digest, "verdict": verdict, "by": s.Author()})
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
	c.Flags().IntVar(&number, "revision", 0, "the number of the revision; the newest without it")
	c.Flags().StringVar(&changes, "changes", "", "what is to be changed first")
	c.Flags().StringVar(&note, "note", "", "what the approval rests on")
	return complete(c, false, a.keys)
}
