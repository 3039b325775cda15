package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"aftermath/model"
)

var errEnough = errors.New("enough")

func (a *app) eventsCommand() *cobra.Command {
	q := model.EventQuery{}
	from, to, all := "", "", false
	limit := 0
	c := command("events KEY", "Print the timeline", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, id, err := a.incident(ctx, args[0])
		if err != nil {
			return err
		}
		q.Incident = id
		if from+to != "" {
			r, err := s.Record(ctx, id)
			if err != nil {
				return err
			}
			if q.From, q.To, err = window(from, to, a.typed(cfg, r.Incident)); err != nil {
				return err
			}
			if !q.To.IsZero() {
				q.To = q.To.Add(1) // the query ends before To, and the words of the flag include it
			}
		}
		if all {
			q.WithNoise, q.WithHousekeeping, q.WithMerged = true, true, true
		}
		return a.printEvents(ctx, q, limit)
	})
	c.Flags().StringArrayVar(&q.Sources, "source", nil, "only this source; may be repeated")
	c.Flags().StringArrayVar(&q.Kinds, "kind", nil, "only this kind; may be repeated")
	c.Flags().StringArrayVar(&q.Roles, "role", nil, "only this role; may be repeated")
	c.Flags().StringVar(&q.Actor, "actor", "", "only this person or system")
	c.Flags().StringVar(&q.Text, "match", "", "only lines with these words")
	c.Flags().StringVar(&from, "from", "", "not before this time")
	c.Flags().StringVar(&to, "to", "", "not after this time")
	c.Flags().BoolVar(&all, "all", false, "also noise, housekeeping and merged lines")
	c.Flags().IntVar(&limit, "limit", 0, "at most so many")
	completeFlag(c, "kind", a.wordsOf("event_kind"))
	completeFlag(c, "role", a.wordsOf("event_role"))
	return complete(c, false, a.keys)
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
