package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) checkCommand() *cobra.Command {
	all, strict, dismiss, reason := false, false, 0, ""
	c := command("check KEY | --all", "Find what is missing, contradictory or vague", cobra.MaximumNArgs(1), func(ctx context.Context, args []string) error {
		if dismiss > 0 && all {
			return usage("--dismiss sets aside what was found in one incident", "name its key in place of --all")
		}
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
		if dismiss > 0 {
			return a.dismissFinding(ctx, s, ids[0], found, dismiss, reason)
		}
		if err := a.printFindings(found); err != nil {
			return err
		}
		if strict && len(found) > 0 {
			return errNo
		}
		return nil
	})
	c.Long = "List what is missing, contradictory, orphaned or worded so that it will not help later, each with a better question and a\n" +
		"number. --dismiss sets a remark on wording, or a doubt about times, aside for a reason: it stays away, here and on the\n" +
		"screen, until `aftermath undo` brings it back. What is missing is mended with `aftermath set`."
	c.Example = "  aftermath check 2026-11-02-checkout\n  aftermath check 2026-11-02-checkout --dismiss 3 --reason \"the vendor names no figure\""
	c.Flags().IntVar(&dismiss, "dismiss", 0, "set the remark with this number aside")
	c.Flags().StringVar(&reason, "reason", "", "why it is set aside")
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
	lines, _, err := s.Incidents(ctx, model.IncidentQuery{})
	var ids []model.ID
	for _, l := range lines {
		ids = append(ids, l.ID)
	}
	return ids, err
}

func (a *app) dismissFinding(ctx context.Context, s *storage.Store, incident model.ID, found []model.Finding, n int, reason string) error {
	if n > len(found) {
		return usage(fmt.Sprintf("there is no remark %d", n), "run it without --dismiss to see the numbers")
	}
	g, can := found[n-1].Aside(incident, reason)
	if !can {
		return usage(fmt.Sprintf("remark %d is about what is missing, which is not set aside", n), "`aftermath set` fills it in; what is optional may stay open")
	}
	if strings.TrimSpace(reason) == "" {
		return usage("a remark is set aside for a reason", "say with --reason why the line is right as it stands")
	}
	return a.settle(ctx, s, g, "set aside")
}

func (a *app) printFindings(found []model.Finding) error {
	if a.json {
		return a.printJSON(found)
	}
	for n, f := range found {
		a.printf("%d  %s: %s %s\n", n+1, f.Where, f.What, f.Question)
	}
	if len(found) == 0 {
		a.remark("Nothing was found.")
	}
	return nil
}
