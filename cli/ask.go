package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) askCommand() *cobra.Command {
	text := ""
	c := command("ask EVENT signals|belief|decision|why WHOM", "Put a question about a moment to a person or role", cobra.ExactArgs(3), func(ctx context.Context, args []string) error {
		s, id, err := a.find(ctx, args[0], model.TypeEvent, "an event", "`aftermath events KEY --json` shows the ids of events")
		if err != nil {
			return err
		}
		asked := model.AskedFor(args[1])
		if asked.Question == "" {
			return usage(fmt.Sprintf("%q is none of the four that are asked of a moment", args[1]), "ask for signals, belief, decision or why")
		}
		if text == "" {
			text = asked.Question
		}
		_, incident, _, err := s.Entity(ctx, id)
		if err != nil {
			return err
		}
		g := model.Ask(model.Gesture{Source: "cli"}, incident, id, asked.Field, args[2], text, a.Now())
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		q := model.QuestionID(id, asked.Field, args[2])
		if a.json {
			return a.printJSON(map[string]any{"id": q})
		}
		short, err := s.Short(ctx, q)
		a.printf("%s\n", short)
		return err
	})
	c.Long = "Put a question about a moment to a person or role. `aftermath export KEY --format calibration` writes the sheet with all\nopen questions; `aftermath set ID answer TEXT` keeps an answer."
	c.Example = "  aftermath ask E-3c07 belief maya\n  aftermath ask E-3c07 decision \"database team\" --text \"What spoke for raising the limit?\""
	c.Flags().StringVar(&text, "text", "", "the question in your own words")
	return complete(c, false, a.things, words("signals", "belief", "decision", "why"))
}
