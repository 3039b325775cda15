package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) templatesCommand() *cobra.Command {
	c := command("templates", "List the templates of plans of verification, with what became of them", cobra.NoArgs, func(ctx context.Context, _ []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		list, err := s.Templates(ctx)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(append([]model.TemplateRecord{}, list...))
		}
		for _, t := range list {
			suits := t.Suits(cfg.Taxonomy)
			if suits != "" {
				suits = "  (" + suits + ")"
			}
			a.printf("%-8s %s%s: %s\n", shortID(t.ID), t.Name, suits, t.Text())
		}
		return nil
	})
	c.Long = "List the templates of plans of verification. Caught counts plans that failed before production, missed counts\n" +
		"those that passed although the change was not effective. `show T-…` prints one, `set T-… FIELD` changes it."
	c.Example = "  aftermath templates save A-91d2 An alert that pages\n  aftermath templates use A-77f0 T-3c07"
	c.AddCommand(a.saveTemplateCommand(), a.useTemplateCommand(), a.removeTemplateCommand())
	return c
}

func (a *app) saveTemplateCommand() *cobra.Command {
	c := command("save ACTION NAME...", "Keep an action's plan as a template", cobra.MinimumNArgs(2), func(ctx context.Context, args []string) error {
		s, r, x, err := a.actionOf(ctx, args[0])
		if err != nil {
			return err
		}
		id := s.NewID(model.TypeTemplate)
		g, err := model.SaveTemplate(*r, x, id, strings.Join(args[1:], " "))
		if err != nil {
			return err
		}
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id})
		}
		short, err := s.Short(ctx, id)
		a.printf("%s\n", short)
		return err
	})
	return complete(c, false, a.things)
}

func (a *app) useTemplateCommand() *cobra.Command {
	c := command("use ACTION TEMPLATE", "Fill what is open in an action's plan from a template", cobra.ExactArgs(2), func(ctx context.Context, args []string) error {
		s, r, x, err := a.actionOf(ctx, args[0])
		if err != nil {
			return err
		}
		_, id, err := a.find(ctx, args[1], model.TypeTemplate, "a template", "`aftermath templates` lists them")
		if err != nil {
			return err
		}
		list, err := s.Templates(ctx)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(t model.TemplateRecord) bool { return t.ID == id })
		g, filled := model.UseTemplate(*r, x, list[at].Template, func() model.ID { return s.NewID(model.TypeStep) }, s.Between)
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": x.ID, "template": id, "filled": append([]string{}, filled...)})
		}
		if filled == nil {
			a.printf("nothing was open in the plan\n")
			return nil
		}
		a.printf("filled %s\n", strings.Join(filled, ", "))
		return nil
	})
	return complete(c, false, a.things)
}

func (a *app) removeTemplateCommand() *cobra.Command {
	return command("remove TEMPLATE", "Remove a template; the plans that came from it stay", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, id, err := a.find(ctx, args[0], model.TypeTemplate, "a template", "`aftermath templates` lists them")
		if err != nil {
			return err
		}
		g := model.Remove(id)
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id})
		}
		a.printf("removed; `aftermath undo` takes it back\n")
		return nil
	})
}

// actionOf finds an action and reads the record of its incident.
func (a *app) actionOf(ctx context.Context, name string) (*storage.Store, *model.Record, model.Action, error) {
	s, id, err := a.find(ctx, name, model.TypeAction, "an action", "give the id of an action; `aftermath show KEY` lists them")
	if err != nil {
		return nil, nil, model.Action{}, err
	}
	_, incident, _, err := s.Entity(ctx, id)
	if err != nil {
		return nil, nil, model.Action{}, err
	}
	r, err := s.Record(ctx, incident)
	if err != nil {
		return nil, nil, model.Action{}, err
	}
	i := slices.IndexFunc(r.Actions, func(x model.Action) bool { return x.ID == id })
	if i < 0 {
		return nil, nil, model.Action{}, usage(fmt.Sprintf("%s is not among the actions of its incident", name), "`aftermath doctor` looks at the file")
	}
	return s, r, r.Actions[i], nil
}
