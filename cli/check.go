package cli

import (
	"context"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) checkCommand() *cobra.Command {
	all, strict := false, false
	c := command("check KEY | --all", "Find what is missing, contradictory or vague", cobra.MaximumNArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		ids, err := a.checked(ctx, s, args, all)
		if err != nil {
			return err
		}
		found := []model.Finding{}
		for _, id := range ids {
			r, err := s.Record(ctx, id)
			if err != nil {
				return err
			}
			sum := model.NewEventSummary(*r)
			if err := s.EachEvent(ctx, model.EventQuery{Incident: id, WithNoise: true, WithHousekeeping: true, WithMerged: true},
				func(e *model.Event) error { sum.Add(e); return nil }); err != nil {
				return err
			}
			found = append(found, model.Check(*r, sum, cfg.Taxonomy, cfg.Required)...)
		}
		if err := a.printFindings(found); err != nil {
			return err
		}
		if strict && len(found) > 0 {
			return errNo
		}
		return nil
	})
	c.Flags().BoolVar(&all, "all", false, "every incident of the file")
	c.Flags().BoolVar(&strict, "strict", false, "exit with 1 when something was found")
	return complete(c, false, a.keys)
}

func (a *app) checked(ctx context.Context, s *storage.Store, args []string, all bool) ([]model.ID, error) {
	if !all {
		if len(args) == 0 {
			return nil, usage("check takes the key of an incident", "or --all for every incident")
		}
		_, id, err := a.incident(ctx, args[0])
		return []model.ID{id}, err
	}
	lines, _, err := s.Incidents(ctx, 0, 1<<30)
	var ids []model.ID
	for _, l := range lines {
		ids = append(ids, l.ID)
	}
	return ids, err
}

func (a *app) printFindings(found []model.Finding) error {
	if a.json {
		return a.printJSON(found)
	}
	for _, f := range found {
		a.printf("%s: %s %s\n", f.Where, f.What, f.Question)
	}
	if len(found) == 0 {
		a.remark("Nothing was found.")
	}
	return nil
}
