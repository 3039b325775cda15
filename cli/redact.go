package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) redactCommand() *cobra.Command {
	reason, takeBack := "", false
	c := command("redact KEY [TEXT [INSTEAD]]", "Say what stands in documents for the public instead of a text", cobra.RangeArgs(1, 3), func(ctx context.Context, args []string) error {
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		if len(args) == 1 {
			return a.printRedactions(r)
		}
		text := strings.TrimSpace(args[1])
		id := model.RedactionID(r.Incident.ID, text)
		var g model.Gesture
		switch {
		case text == "":
			return usage("there is no text to map", "name the words that readers outside do not see")
		case takeBack:
			if len(args) == 3 {
				return usage("--take-back needs the text alone", fmt.Sprintf("aftermath redact %s %q --take-back", r.Incident.Key, text))
			}
			if !mapped(r, id) {
				return usage(fmt.Sprintf("%q is not mapped", text), "`aftermath redact "+r.Incident.Key+"` lists what is")
			}
			g = model.Remove(id)
		case len(args) < 3 || strings.TrimSpace(args[2]) == "":
			return usage("what stands instead is missing", fmt.Sprintf("write it after the text, or the same words to let it stand: aftermath redact %s %q \"a database host\"", r.Incident.Key, text))
		default:
			g = model.Redact(r.Incident.ID, text, args[2], reason)
		}
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]string{"id": string(id), "text": text})
		}
		return nil
	})
	c.Long = "Map words for documents for the public: wherever TEXT stands, whatever its case, its width and its accents, they say INSTEAD.\n" +
		"Where it is a part of a longer word, the export lists it. The same words let a text stand; a credential only with --reason.\n" +
		"Nothing is removed: the text stays in the file and in its history, and in documents for your own people. Names of people\n" +
		"need no mapping; documents for the public call them by their roles. Without a text, the mappings are listed."
	c.Example = "  aftermath redact 2026-11-02-checkout db-prod-03 \"a database host\"\n  aftermath redact 2026-11-02-checkout checkout checkout --reason \"the name is public\""
	c.Flags().StringVar(&reason, "reason", "", "why, or who said so")
	c.Flags().BoolVar(&takeBack, "take-back", false, "take the mapping of the text back")
	return complete(c, false, a.keys)
}

func mapped(r *model.Record, id model.ID) bool {
	for _, x := range r.Redactions {
		if x.ID == id {
			return true
		}
	}
	return false
}

func (a *app) printRedactions(r *model.Record) error {
	if a.json {
		list := r.Redactions
		if list == nil {
			list = []model.Redaction{}
		}
		return a.printJSON(list)
	}
	for _, x := range r.Redactions {
		line := fmt.Sprintf("%s → %s", model.CleanLine(x.Text), model.CleanLine(x.Instead))
		if strings.EqualFold(x.Text, x.Instead) {
			line = model.CleanLine(x.Text) + " may stand"
		}
		if x.Reason != "" {
			line += " (" + model.CleanLine(x.Reason) + ")"
		}
		a.printf("%s\n", line)
	}
	return nil
}
