package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/safetext"
)

func (a *app) alikeCommand() *cobra.Command {
	c := command("alike TEXT", "Find conditions of past incidents that read much like a text", cobra.MinimumNArgs(1), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		list, err := s.NamedBefore(ctx, strings.Join(args, " "), "")
		if err != nil {
			return err
		}
		enc := safetext.NewEncoder(a.Out)
		for _, f := range list {
			if a.json {
				if err := enc.Encode(f); err != nil {
					return err
				}
				continue
			}
			a.printf("%s  %s\n   %s\n   both speak of %s\n", model.CleanLine(f.Key), model.CleanLine(f.Title), model.CleanLine(f.Statement), strings.Join(f.Shared, ", "))
		}
		if len(list) == 0 && !a.json {
			a.remark("No past condition reads like it.")
		}
		return nil
	})
	c.Long = "Find conditions of past incidents that read much like a text, the likest first, and say which words they share. On the\nscreen the same is told while a condition is typed."
	c.Example = "  aftermath alike \"rolling back takes twenty minutes\""
	return c
}
