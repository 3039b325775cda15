package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) deleteCommand() *cobra.Command {
	c := command("delete ID", "Remove a retrospective or anything in it that a person wrote", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		id, err := s.Find(ctx, args[0])
		if err != nil {
			return err
		}
		if !model.Removable(id.Type()) {
			return usage(fmt.Sprintf("%s names a %s, which stays", args[0], id.Type()), kept[id.Type()])
		}
		name := titleOf(ctx, s, id)
		g := model.Remove(id)
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id})
		}
		a.printf("Removed: %s. `aftermath undo` brings it back.\n", name)
		return nil
	})
	c.Long = "Remove a retrospective, or a condition, an action, a participant and whatever else the screen can remove. What was removed\n" +
		"stays in the history, and `aftermath undo` brings it back. Evidence, sealed revisions and approvals are never removed."
	c.Example = "  aftermath delete F-3c07\n  aftermath delete 2026-11-02-checkout"
	return complete(c, false, a.things)
}

// kept says what can be done with what is never removed.
var kept = map[model.Type]string{
	model.TypeEvent:    "a line is set aside and not removed: `aftermath set ID noise true`",
	model.TypeImport:   "evidence is never removed; its lines can be set aside with `aftermath inbox`",
	model.TypePage:     "evidence is never removed",
	model.TypeRevision: "a sealed revision is never removed; seal a new one on top of it",
	model.TypeApproval: "what was said of a revision stays; `aftermath approve` replaces it by a later word",
}

func (a *app) archiveCommand() *cobra.Command {
	back := false
	c := command("archive KEY", "Put a retrospective away, or bring it back", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, id, err := a.incident(ctx, args[0])
		if err != nil {
			return err
		}
		g, said := model.Archive(id, a.Now()), "Archived: %s. `aftermath list --archived` shows it.\n"
		if back {
			g, said = model.Unarchive(id), "Back from the archive: %s.\n"
		}
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id, "archived": !back})
		}
		a.printf(said, titleOf(ctx, s, id))
		return nil
	})
	c.Long = "Put a retrospective away: it leaves the lists, and is found, opened and counted as before."
	c.Flags().BoolVar(&back, "back", false, "bring it back into the lists")
	return complete(c, false, a.keys)
}
