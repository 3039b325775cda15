package cli

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) listCommand() *cobra.Command {
	limit, archived := 0, false
	c := command("list", "List the incidents, newest first", cobra.NoArgs, func(ctx context.Context, _ []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		lines, _, err := s.Incidents(ctx, model.IncidentQuery{Archived: archived, Limit: max(limit, 0)})
		if err != nil {
			return err
		}
		if a.json {
			if lines == nil {
				lines = []model.IncidentLine{}
			}
			for i := range lines {
				if lines[i].Services == nil {
					lines[i].Services = []string{}
				}
			}
			return a.printJSON(lines)
		}
		w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
		for _, l := range lines {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d events\t%s\n", model.CleanLine(l.Key), model.CleanLine(cfg.Taxonomy.Label("severity", l.Severity)),
				model.CleanLine(cfg.Taxonomy.Label("incident_stage", l.Stage)), l.Events, model.CleanLine(l.Title))
		}
		return w.Flush()
	})
	c.Flags().IntVar(&limit, "limit", 0, "at most so many")
	c.Flags().BoolVar(&archived, "archived", false, "list those in the archive instead")
	return c
}
