package cli

import (
	"context"

	"github.com/spf13/cobra"

	"aftermath/exporters"
	"aftermath/model"
)

func (a *app) sealCommand() *cobra.Command {
	reason, profile := "", ""
	c := command("seal KEY", "Freeze what the record says now as a revision", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		if profile == "" {
			profile = cfg.Export.Profile
		}
		if len(r.Revisions) > 0 && reason == "" {
			return usage("a revision after the first needs a reason", `say what is new: aftermath seal KEY --reason "the second cause was confirmed"`)
		}
		v, err := exporters.Seal(Retro(s, r, cfg), model.NextRevision(s.NewID(model.TypeRevision), r, profile, reason, s.Author(), a.Now()))
		if err != nil {
			return err
		}
		g := model.Seal(r, v)
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": v.ID, "number": v.Number, "digest": v.Digest})
		}
		a.printf("Revision %d is sealed, SHA-256 %s.\n", v.Number, v.Digest)
		return nil
	})
	c.Flags().StringVar(&reason, "reason", "", "what is new in this revision")
	c.Flags().StringVar(&profile, "profile", "", profilesHelp)
	completeFlag(c, "profile", profiles)
	return complete(c, false, a.keys)
}
