package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) clockCommand() *cobra.Command {
	by, reason := "", ""
	c := command("clock KEY SOURCE", "Move the clock of a source", cobra.ExactArgs(2), func(ctx context.Context, args []string) error {
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		d, ok := model.ParseOffset(by)
		if !ok {
			return usage(fmt.Sprintf("--by %q is no offset of a clock", by), "write it as +37s, -1m30s or -2h; 0 takes it back")
		}
		sources, err := s.Sources(ctx, r.Incident.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(sources, func(c model.SourceCount) bool { return c.Source == args[1] }) {
			return usage(fmt.Sprintf("the incident has no events of %q", args[1]), "`aftermath events "+r.Incident.Key+"` shows the sources")
		}
		if d != 0 && reason == "" {
			return usage("a clock is moved for a reason", "say how you know with --reason")
		}
		g := model.ShiftClock(r.Incident.ID, args[1], d, reason)
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]string{"source": args[1], "offset": model.FormatOffset(d)})
		}
		return nil
	})
	c.Long = "Add an offset to every time that a source wrote, also to those that are imported later. Each event keeps the time as it\nwas written; a time that was corrected by hand stays. 0 takes the statement back."
	c.Example = "  aftermath clock 2026-11-02-checkout syslog --by -37s --reason \"the host runs 37 s ahead of NTP\""
	c.Flags().StringVar(&by, "by", "", "how far, such as +37s, -1m30s or -2h")
	c.Flags().StringVar(&reason, "reason", "", "how anyone knows")
	return complete(c, false, a.keys)
}
