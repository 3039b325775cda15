package cli

import (
	"context"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func (a *app) manCommand() *cobra.Command {
	var c *cobra.Command
	c = command("man", "Print the manual page", cobra.NoArgs, func(context.Context, []string) error {
		page, err := mango.NewManPage(1, c.Root())
		if err != nil {
			return err
		}
		a.printf("%s", page.Build(roff.NewDocument()))
		return nil
	})
	return c
}
