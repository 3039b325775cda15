package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

var errEnough = errors.New("enough")

// eventFlags are what the flags of events ask for.
type eventFlags struct {
	model.EventQuery
	from, to, view, save string
	all                  bool
	limit                int
}

// also adds what --all shows beside the timeline.
func (f eventFlags) also(q model.EventQuery) model.EventQuery {
	if f.all {
		q.WithNoise, q.WithHousekeeping, q.WithMerged = true, true, true
	}
	return q
}

func (a *app) eventsCommand() *cobra.Command {
	f := eventFlags{}
	c := command("events KEY", "Print the timeline", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, id, err := a.incident(ctx, args[0])
		if err != nil {
			return err
		}
		q := f.EventQuery
		q.Incident = id
		if f.from+f.to+f.view+f.save != "" {
			if q, err = a.throughRecord(ctx, s, f, q); err != nil {
				return err
			}
		}
		if err := a.printEvents(ctx, f.also(q), f.limit); err != nil {
			return err
		}
		return a.prove(ctx, s, id, true)
	})
	c.Long = "Print the timeline. Flags that are repeated ask for any of their values, different flags for all of them. --view starts\nfrom a filter that was saved, and flags beside it take the place of what it asks for in the same respect."
	c.Example = "  aftermath events 2026-11-02-checkout --kind deploy --kind change --save deploys\n  aftermath events 2026-11-02-checkout --view deploys --json"
	c.Flags().StringArrayVar(&f.Sources, "source", nil, "only this source; may be repeated")
	c.Flags().StringArrayVar(&f.Kinds, "kind", nil, "only this kind; may be repeated")
	c.Flags().StringArrayVar(&f.Roles, "role", nil, "only this role; may be repeated")
	c.Flags().StringArrayVar(&f.Actors, "actor", nil, "only this person or system; may be repeated")
	c.Flags().StringArrayVar(&f.Services, "service", nil, "only this service; may be repeated")
	c.Flags().StringVar(&f.Text, "match", "", "only lines with these words")
	c.Flags().StringVar(&f.from, "from", "", "not before this time")
	c.Flags().StringVar(&f.to, "to", "", "not after this time")
	c.Flags().BoolVar(&f.all, "all", false, "also noise, housekeeping and merged lines")
	c.Flags().StringVar(&f.view, "view", "", "what the saved filter of this name lets through")
	c.Flags().StringVar(&f.save, "save", "", "save the filter under this name, too")
	c.Flags().IntVar(&f.limit, "limit", 0, "at most so many")
	completeFlag(c, "kind", a.wordsOf("event_kind"))
	completeFlag(c, "role", a.wordsOf("event_role"))
	return complete(c, false, a.keys)
}

// throughRecord adds what needs the record of the incident: a saved filter, times in its zone. It saves the
// filter where that is asked for.
func (a *app) throughRecord(ctx context.Context, s *storage.Store, f eventFlags, q model.EventQuery) (model.EventQuery, error) {
	cfg, err := a.config()
	if err != nil {
		return q, err
	}
	r, err := s.Record(ctx, q.Incident)
	if err != nil {
		return q, err
	}
	if f.view != "" {
		if q, err = throughView(r.Views, f.view, q); err != nil {
			return q, err
		}
	}
	from, to, err := window(f.from, f.to, a.typed(cfg, r.Incident))
	if err != nil {
		return q, err
	}
	if !from.IsZero() {
		q.From = from
	}
	if !to.IsZero() {
		q.To = to.Add(1) // the query ends before To, and the words of the flag include it
	}
	if f.save == "" {
		return q, nil
	}
	g := model.SaveView(q.Incident, r.Views, s.NewID(model.TypeView), f.save, f.also(q))
	g.Source = "cli"
	return q, s.Apply(ctx, g)
}

// throughView is a saved filter, with what flags ask for beside it.
func throughView(views []model.View, name string, flags model.EventQuery) (model.EventQuery, error) {
	saved, known := model.ViewNamed(views, name)
	if !known {
		names := make([]string, len(views))
		for i, v := range views {
			names[i] = v.Name
		}
		remedy := "no filter of this incident is saved yet; --save saves one"
		if len(names) > 0 {
			remedy = "saved are " + strings.Join(names, ", ")
		}
		return flags, usage(fmt.Sprintf("no filter is saved as %q", name), remedy)
	}
	v, err := model.ParseView(saved.Query)
	if err != nil {
		return flags, err
	}
	q := v.Query(flags.Incident)
	for _, list := range []struct{ saved, asked *[]string }{{&q.Sources, &flags.Sources}, {&q.Kinds, &flags.Kinds}, {&q.Roles, &flags.Roles}, {&q.Actors, &flags.Actors}, {&q.Services, &flags.Services}} {
		if len(*list.asked) > 0 {
			*list.saved = *list.asked
		}
	}
	if flags.Text != "" {
		q.Text = flags.Text
	}
	return q, nil
}

func window(from, to string, env model.Env) (a, b time.Time, err error) {
	f, _ := model.Named(model.TypeEvent, "at")
	for _, p := range []struct {
		text string
		at   *time.Time
	}{{from, &a}, {to, &b}} {
		v, err := model.ParseValue(f, model.TypeEvent, p.text, env)
		if err != nil {
			return a, b, err
		}
		if s, ok := v.(string); ok {
			*p.at = model.ParseTime(s)
		}
	}
	return a, b, nil
}

func (a *app) printEvents(ctx context.Context, q model.EventQuery, limit int) error {
	w := bufio.NewWriterSize(a.Out, 1<<16)
	var line []byte
	n := 0
	err := a.store.EachEvent(ctx, q, func(e *model.Event) error {
		if n++; limit > 0 && n > limit {
			return errEnough
		}
		if a.json {
			line = append(e.AppendJSON(line[:0]), '\n')
			_, err := w.Write(line)
			return err
		}
		_, err := fmt.Fprintln(w, eventLine(e))
		return err
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	if flushed := w.Flush(); err == nil {
		err = flushed
	}
	return err
}

func (a *app) printEvent(e *model.Event) {
	a.printf("%s\n", eventLine(e))
	for _, p := range [][2]string{{"signals", e.Signals}, {"believed", e.Belief}, {"decided", e.Decision}, {"why", e.Why}, {"details", e.Body}} {
		if p[1] != "" {
			a.printBlock(fmt.Sprintf("  %-9s ", p[0]), p[1])
		}
	}
}

func eventLine(e *model.Event) string {
	return fmt.Sprintf("%s  %-9s %-10s %-12s %s", e.At.UTC().Format("2006-01-02T15:04:05Z"), model.CleanLine(e.Kind), model.CleanLine(e.Source),
		model.CleanLine(e.Actor), model.CleanLine(e.Title))
}
