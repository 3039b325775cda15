package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) doubtsCommand() *cobra.Command {
	fix, choice, dismiss, reason := 0, 1, 0, ""
	c := command("doubts KEY", "Find times that cannot be right, and mend them", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		doubts, err := doubtsOf(ctx, s, r)
		if err != nil {
			return err
		}
		switch {
		case fix > 0 && dismiss > 0:
			return usage("--fix and --dismiss settle one doubt each", "give one of them")
		case fix > 0:
			d, err := numbered(doubts, fix)
			if err != nil {
				return err
			}
			if choice < 1 || choice > len(d.Fixes) {
				return usage(fmt.Sprintf("doubt %d has no fix %d", fix, choice), "`aftermath doubts "+r.Incident.Key+"` lists them; `aftermath set` corrects a single time")
			}
			return a.settle(ctx, s, d.Fixes[choice-1].Gesture, d.Fixes[choice-1].Label)
		case dismiss > 0:
			d, err := numbered(doubts, dismiss)
			if err != nil {
				return err
			}
			if reason == "" {
				return usage("a doubt is set aside for a reason", "say with --reason why the timeline is right as it stands")
			}
			return a.settle(ctx, s, model.SetAside(r.Incident.ID, d, reason), "set aside")
		case a.json:
			return a.printJSON(doubts)
		}
		a.printDoubts(doubts)
		return nil
	})
	c.Long = "Look through the whole timeline for what does not fit together: clocks that are apart, time zones that were guessed, answers\n" +
		"before what they answer, wrong dates, the same alert twice, silence while the impact was on. Each doubt has a number, a\n" +
		"question and its fixes; --fix carries one out, `aftermath undo` takes it back."
	c.Example = "  aftermath doubts 2026-11-02-checkout\n  aftermath doubts 2026-11-02-checkout --fix 1\n  aftermath doubts 2026-11-02-checkout --dismiss 2 --reason \"everyone was on the bridge call\""
	c.Flags().IntVar(&fix, "fix", 0, "carry out the fix of the doubt with this number")
	c.Flags().IntVar(&choice, "choice", 1, "which of its fixes")
	c.Flags().IntVar(&dismiss, "dismiss", 0, "set the doubt with this number aside")
	c.Flags().StringVar(&reason, "reason", "", "why it is set aside")
	return complete(c, false, a.keys)
}

// doubtsOf looks through a whole timeline.
func doubtsOf(ctx context.Context, s *storage.Store, r *model.Record) ([]model.Doubt, error) {
	found, _, _, err := model.FindDoubts(*r, func(yield func(*model.Event) error) error {
		return s.EachEvent(ctx, model.EventQuery{Incident: r.Incident.ID}, yield)
	})
	for i := range found {
		if found[i].Fixes == nil {
			found[i].Fixes = []model.Fix{}
		}
	}
	if found == nil {
		found = []model.Doubt{}
	}
	return found, err
}

func numbered(doubts []model.Doubt, n int) (model.Doubt, error) {
	if n > len(doubts) {
		return model.Doubt{}, usage(fmt.Sprintf("there is no doubt %d", n), "run it without --fix and --dismiss to see the numbers")
	}
	return doubts[n-1], nil
}

func (a *app) settle(ctx context.Context, s *storage.Store, g model.Gesture, label string) error {
	g.Source = "cli"
	if err := s.Apply(ctx, g); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]string{"done": label})
	}
	a.remark("Done: %s. `aftermath undo` takes it back.", label)
	return nil
}

// shownMoves is how many lines of a preview are printed; --json has more.
const shownMoves = 3

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func (a *app) printDoubts(doubts []model.Doubt) {
	for n, d := range doubts {
		a.printf("%d  %s\n   %s\n", n+1, d.What, d.Question)
		for i, f := range d.Fixes {
			a.printf("   fix %d: %s\n", i+1, f.Label)
			for _, m := range f.Moves[:min(len(f.Moves), shownMoves)] {
				a.printf("          %s → %s  %s\n", stamp(m.From), stamp(m.To), m.Title)
			}
			for _, j := range f.Joins[:min(len(f.Joins), shownMoves)] {
				a.printf("          %s %s %s → %s %s\n", stamp(j.From.At), j.From.Source, j.From.Title, stamp(j.Into.At), j.Into.Source)
			}
			if more := f.Events - min(len(f.Moves)+len(f.Joins), shownMoves); more > 0 && len(f.Moves)+len(f.Joins) > 0 {
				a.printf("          and %d more\n", more)
			}
		}
	}
	if len(doubts) == 0 {
		a.remark("Nothing in the timeline contradicts itself.")
	}
}
