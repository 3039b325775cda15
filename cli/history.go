package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/safetext"
)

func (a *app) logCommand() *cobra.Command {
	q := model.HistoryQuery{}
	limit := 0
	c := command("log [KEY|ID [FIELD]]", "Print who changed what, when and from where", cobra.MaximumNArgs(2), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		if len(args) > 0 {
			id, err := s.Find(ctx, args[0])
			if err != nil {
				return err
			}
			if id.Type() == model.TypeIncident && len(args) == 1 {
				q.Incident = id
			} else {
				q.Entity = id
			}
		}
		if len(args) == 2 {
			q.Field = args[1]
		}
		q.Limit = limit
		w := bufio.NewWriterSize(a.Out, 1<<16)
		enc := safetext.NewEncoder(w)
		err = s.History(ctx, q, func(c model.Change) error {
			if a.json {
				return enc.Encode(c)
			}
			_, err := w.WriteString(changeLine(c))
			return err
		})
		if flushed := w.Flush(); err == nil {
			err = flushed
		}
		return err
	})
	c.Flags().IntVar(&limit, "limit", 0, "at most so many, newest first")
	return complete(c, false, a.things, a.fields)
}

func changeLine(c model.Change) string {
	what := cutLine(strings.TrimSpace(shortID(c.Entity) + " " + c.Field))
	if c.Redacted {
		return fmt.Sprintf("%s  %-10s %-8s %s  [redacted]\n", c.At.UTC().Format("2006-01-02T15:04:05Z"), model.CleanLine(c.Author), model.CleanLine(c.Source), what)
	}
	change := plainValue(c.New)
	switch {
	case c.Kind != "set":
		change = strings.TrimSpace(c.Kind + " " + c.Label)
	case c.Old != nil && c.New == nil:
		change = "cleared, was " + plainValue(c.Old)
	case c.Old != nil:
		change = plainValue(c.Old) + " → " + plainValue(c.New)
	}
	return fmt.Sprintf("%s  %-10s %-8s %s  %s\n", c.At.UTC().Format("2006-01-02T15:04:05Z"), model.CleanLine(c.Author), model.CleanLine(c.Source), what, cutLine(change))
}

func shortID(id model.ID) string {
	if len(id) > 8 {
		return string(id)[:8]
	}
	return string(id)
}

// cutLine keeps a value on one line of readable length.
func cutLine(s string) string {
	r := []rune(model.CleanLine(s))
	if len(r) > 160 {
		return string(r[:159]) + "…"
	}
	return string(r)
}

// plainValue writes a cell's value for people.
func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, ", ")
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, fmt.Sprint(x))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}

func (a *app) undoCommand() *cobra.Command {
	return a.backAndForth("undo", "Take the last gesture back", func(ctx context.Context) (model.Undone, error) { return a.store.Undo(ctx) })
}

func (a *app) redoCommand() *cobra.Command {
	return a.backAndForth("redo", "Do again what was taken back", func(ctx context.Context) (model.Undone, error) { return a.store.Redo(ctx) })
}

func (a *app) backAndForth(name, short string, step func(context.Context) (model.Undone, error)) *cobra.Command {
	return command(name, short, cobra.NoArgs, func(ctx context.Context, _ []string) error {
		if _, err := a.open(ctx); err != nil {
			return err
		}
		u, err := step(ctx)
		if err != nil {
			return err
		}
		if a.json {
			kept := u.Kept
			if kept == nil {
				kept = []string{}
			}
			if err := a.printJSON(map[string]any{"label": u.Label, "kept": kept, "none": u.None}); err != nil {
				return err
			}
		}
		if u.None {
			if !a.json {
				a.remark("Nothing to %s.", name)
			}
			return errNo
		}
		if !a.json {
			a.printf("%s: %s\n", name, u.Label)
			for _, k := range u.Kept {
				a.printf("  left alone, because it was changed since: %s\n", k)
			}
		}
		return nil
	})
}

func (a *app) searchCommand() *cobra.Command {
	limit, key, rank := 50, "", false
	c := command("search WORDS", "Search everything that was imported or written", cobra.MinimumNArgs(1), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		incident := model.ID("")
		if key != "" {
			if _, incident, err = a.incident(ctx, key); err != nil {
				return err
			}
		}
		hits, err := s.Search(ctx, strings.Join(args, " "), incident, limit, rank)
		if err != nil {
			return err
		}
		enc := safetext.NewEncoder(a.Out)
		for _, h := range hits {
			if a.json {
				err = errors.Join(err, enc.Encode(h))
				continue
			}
			a.printf("%s  %-9s %s  %s\n", shortID(h.ID), string(h.Type), h.Key, cutLine(h.Snippet))
		}
		return err
	})
	c.Flags().IntVar(&limit, "limit", 50, "at most so many")
	c.Flags().StringVar(&key, "in", "", "only in this incident")
	completeFlag(c, "in", func() []string { return a.keys(c.Context(), nil) })
	c.Flags().BoolVar(&rank, "rank", false, "the best match first, not the newest")
	return c
}
