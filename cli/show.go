package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/exporters"
	"aftermath/model"
)

func (a *app) showCommand() *cobra.Command {
	c := command("show KEY|ID", "Print one whole record, or one entry of it", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		id, err := s.Find(ctx, args[0])
		if err != nil {
			return err
		}
		if id.Type() != model.TypeIncident {
			return a.showEntity(ctx, id)
		}
		r, err := s.Record(ctx, id)
		if err != nil {
			return err
		}
		if a.json {
			if err := a.printJSON(exporters.Show(*r, cfg.Scale.Model())); err != nil {
				return err
			}
			return a.prove(ctx, s, id, false)
		}
		_, _, fields, err := s.Entity(ctx, id)
		if err != nil {
			return err
		}
		a.printRecord(r, cfg.Taxonomy, fields)
		return a.prove(ctx, s, id, false)
	})
	return complete(c, false, a.things)
}

func (a *app) printRecord(r *model.Record, tax model.Taxonomy, fields map[string]any) {
	i := r.Incident
	a.printf("%s\n%s · %s · %s\n", i.Title, tax.Label("severity", i.Severity), tax.Label("incident_stage", i.Stage), i.Key)
	for _, d := range i.Durations() {
		if d.Known {
			a.printf("  %-20s %-8s %s\n", d.Name, model.FormatDuration(d.Value), d.Definition)
		}
	}
	for _, name := range []string{"title", "severity", "stage"} { // they stand above
		delete(fields, name)
	}
	a.printFields(model.TypeIncident, fields)
	a.printf("\n%d events\n", r.Events)
	for _, f := range r.Factors {
		a.printf("  %-10s %s  (%s)\n", tax.Label("layer", f.Layer), f.Statement, string(f.ID)[:6])
	}
	a.printf("%s\n", model.Align(r.Factors).Sentence)
	for _, x := range r.Actions {
		a.printf("  %-12s %s  (%s) %s %s\n", tax.Label("action_stage", x.Stage), x.Title, string(x.ID)[:6], x.Owner, x.Due)
		if text := r.LadderText(x); text != "" {
			a.printf("               %s\n", text)
		}
	}
	if p := model.PassRateOf(*r); p.Plans > 0 {
		a.printf("%s\n", p.Text)
	}
}

// showEntity prints the fields of anything else.
func (a *app) showEntity(ctx context.Context, id model.ID) error {
	if id.Type() == model.TypeEvent {
		e, err := a.store.Event(ctx, id)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(e)
		}
		a.printEvent(&e)
		return nil
	}
	t, incident, fields, err := a.store.Entity(ctx, id)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]any{"id": id, "type": t, "incident": incident, "fields": fields})
	}
	a.printf("%s %s\n", string(t), string(id))
	a.printFields(t, fields)
	return nil
}

// printFields prints what is known of an entry, each field behind its label.
func (a *app) printFields(t model.Type, fields map[string]any) {
	for _, f := range model.Schema[t] {
		if v, ok := fields[f.Name]; ok && v != nil && !f.Hidden {
			a.printBlock(fmt.Sprintf("  %-22s ", f.Label), plainValue(v))
		}
	}
}

// printBlock prints text of any number of lines, all of them behind its label, so that none can pass for
// something else.
func (a *app) printBlock(label, text string) {
	for line := range strings.SplitSeq(model.CleanText(text), "\n") {
		fmt.Fprintf(a.Out, "%s%s\n", label, line)
		label = strings.Repeat(" ", len(label))
	}
}
