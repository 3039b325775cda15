package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) proposeCommand() *cobra.Command {
	var take []string
	c := command("propose ACTION", "Propose owner, day, criteria, target and kind for an action", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, id, err := a.find(ctx, args[0], model.TypeAction, "an action", "`aftermath show KEY --json` has the ids of actions")
		if err != nil {
			return err
		}
		_, incident, _, err := s.Entity(ctx, id)
		if err != nil {
			return err
		}
		r, err := s.Record(ctx, incident)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(r.Actions, func(x model.Action) bool { return x.ID == id })
		if i < 0 {
			return usage(args[0]+" is not on the record any more", "`aftermath show KEY --json` has the ids of actions")
		}
		past, err := s.PastActions(ctx)
		if err != nil {
			return err
		}
		env := a.typed(cfg, r.Incident)
		list := model.Propose(r, r.Actions[i], past, a.Now().In(env.Zone))
		if take == nil {
			return a.printProposals(list)
		}
		g, err := taken(list, take, id, env)
		if err != nil {
			return err
		}
		return a.settle(ctx, s, g, g.Label)
	})
	c.Long = "Propose what an action lacks from its wording, the conditions that it answers, their teams, the incident, and what this file\n" +
		"did before, each with where it comes from. Nothing is written until --take names fields, or all."
	c.Example = "  aftermath propose A-91c0\n  aftermath propose A-91c0 --take owner,due\n  aftermath propose A-91c0 --take all"
	c.Flags().StringSliceVar(&take, "take", nil, "write the proposals for these fields, or all")
	return complete(c, false, a.things)
}

func (a *app) printProposals(list []model.Proposal) error {
	if a.json {
		out := []map[string]string{}
		for _, p := range list {
			out = append(out, map[string]string{"field": p.Field, "value": p.Value, "why": p.Why})
		}
		return a.printJSON(out)
	}
	for _, p := range list {
		a.printf("%s: %s\n", p.Field, model.CleanLine(p.Value))
		if p.Why != "" {
			a.printf("   %s\n", model.CleanLine(p.Why))
		}
	}
	if len(list) == 0 {
		a.remark("Nothing is lacking that could be proposed.")
	}
	return nil
}

// taken is the gesture that writes the proposals for the named fields.
func taken(list []model.Proposal, fields []string, id model.ID, env model.Env) (model.Gesture, error) {
	g := model.Gesture{Label: "take what was proposed"}
	for _, name := range fields {
		if name != "all" && !slices.ContainsFunc(list, func(p model.Proposal) bool { return p.Field == name }) {
			var names []string
			for _, p := range list {
				names = append(names, p.Field)
			}
			return g, usage(fmt.Sprintf("nothing is proposed for %q", name), "proposed are: "+strings.Join(names, ", "))
		}
	}
	for _, p := range list {
		if !slices.Contains(fields, p.Field) && !slices.Contains(fields, "all") {
			continue
		}
		f, _ := model.Named(model.TypeAction, p.Field)
		v, err := model.ParseValue(f, model.TypeAction, p.Value, env)
		if err != nil {
			return g, err
		}
		g = g.Set(model.TypeAction, id, p.Field, v)
	}
	return g, nil
}
