package cli

import (
	"bytes"
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
		var doc bytes.Buffer
		if err := exporters.Write(&doc, Retro(s, r, cfg), exporters.Form{Profile: profile}); err != nil {
			return err
		}
		if len(r.Revisions) > 0 && reason == "" {
			return usage("a revision after the first needs a reason", `say what is new: aftermath seal KEY --reason "the second cause was confirmed"`)
		}
		id := s.NewID(model.TypeRevision)
		g := model.Seal(id, r, doc.String(), profile, reason, s.Author(), a.Now())
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id, "number": sealedField(g, "number"), "digest": sealedField(g, "digest")})
		}
		a.printf("Revision %v is sealed, SHA-256 %v.\n", sealedField(g, "number"), sealedField(g, "digest"))
		return nil
	})
	c.Flags().StringVar(&reason, "reason", "", "what is new in this revision")
	c.Flags().StringVar(&profile, "profile", "", profilesHelp)
	completeFlag(c, "profile", profiles)
	return complete(c, false, a.keys)
}

// sealedField is what a gesture that seals says of its revision.
func sealedField(g model.Gesture, field string) any {
	for _, e := range g.Edits {
		if e.Type == model.TypeRevision && e.Field == field {
			return e.Value
		}
	}
	return nil
}
