package cli

import (
	"context"
	"fmt"
	"strings"

	mango "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func (a *app) manCommand() *cobra.Command {
	return command("man", "Print the manual page", cobra.NoArgs, func(context.Context, []string) error {
		root := a.root()
		root.InitDefaultCompletionCmd()
		root.Short = "post-incident retrospectives" // it stands in the head of every page
		unwrap(root)
		page, err := mango.NewManPage(1, root)
		if err != nil {
			return err
		}
		var statuses strings.Builder
		for _, s := range Statuses {
			fmt.Fprintf(&statuses, "%d: %s\n", s.Code, s.Meaning)
		}
		page.WithSection("Examples", root.Example).WithSection("Exit status", statuses.String())
		_, err = fmt.Fprintln(a.Out, page.Build(roff.NewDocument()))
		return err
	})
}

// unwrap joins the lines of each paragraph: a manual page is wrapped by whoever shows it.
func unwrap(c *cobra.Command) {
	paragraphs := strings.Split(c.Long, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	c.Long = strings.Join(paragraphs, "\n\n")
	for _, sub := range c.Commands() {
		unwrap(sub)
	}
}
