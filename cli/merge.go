package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) mergeCommand() *cobra.Command {
	return command("merge OTHER.db", "Take in what a copy of this file has", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		other, err := storage.Open(ctx, args[0], storage.Options{ReadOnly: true})
		if err != nil {
			return err // before a file is made for what cannot be taken in
		}
		if err := other.Close(); err != nil {
			return err
		}
		s, err := a.openOrMake(ctx)
		if err != nil {
			return err
		}
		rep, err := s.Merge(ctx, args[0])
		if err != nil {
			return err
		}
		if a.json {
			if rep.Conflicts == nil {
				rep.Conflicts = []model.Conflict{}
			}
			if err := a.printJSON(rep); err != nil {
				return err
			}
			return rep.Fault(args[0])
		}
		a.printf("%d new, %d known\n", rep.New, rep.Known)
		for _, f := range rep.Forks {
			a.printf("%s.\n", f)
		}
		for _, r := range rep.Refused {
			a.printf("  refused  %s\n", r)
		}
		a.printConflicts(rep.Conflicts)
		return rep.Fault(args[0])
	})
}

func (a *app) conflictsCommand() *cobra.Command {
	c := command("conflicts [KEY]", "List what people changed at once", cobra.MaximumNArgs(1), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		incident := model.ID("")
		if len(args) == 1 {
			if _, incident, err = a.incident(ctx, args[0]); err != nil {
				return err
			}
		}
		list, err := s.Conflicts(ctx, incident)
		if err != nil {
			return err
		}
		if a.json {
			if list == nil {
				list = []model.Conflict{}
			}
			return a.printJSON(list)
		}
		a.printConflicts(list)
		return nil
	})
	return complete(c, false, a.keys)
}

func (a *app) printConflicts(list []model.Conflict) {
	for _, c := range list {
		a.printf("%s %s, changed at once: %s\n", shortID(c.Entity), c.Field, c.What)
		for i, v := range c.Values {
			shown := ""
			if i == 0 {
				shown = "  (shown now)"
			}
			a.printf("  %d  %s  by %s, %s%s\n", i+1, cutLine(plainValue(v.Value)), v.Author, v.At.UTC().Format("2006-01-02T15:04:05Z"), shown)
		}
	}
	if len(list) > 0 {
		a.printf("Both are kept. Choose what is shown: aftermath resolve ID FIELD NUMBER\n")
	}
}

func (a *app) resolveCommand() *cobra.Command {
	return command("resolve ID FIELD NUMBER", "Choose the value of a conflict", cobra.ExactArgs(3), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		id, err := s.Find(ctx, args[0])
		if err != nil {
			return err
		}
		list, err := s.Conflicts(ctx, "")
		if err != nil {
			return err
		}
		for _, c := range list {
			if c.Entity != id || c.Field != args[1] {
				continue
			}
			n, err := strconv.Atoi(args[2])
			if err != nil || n < 1 || n > len(c.Values) {
				return usage(fmt.Sprintf("%q is none of its values", args[2]), fmt.Sprintf("give a number from 1 to %d; `aftermath conflicts` lists them", len(c.Values)))
			}
			if err := s.Settle(ctx, c, n-1); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"id": id, "field": c.Field, "value": c.Values[n-1].Value})
			}
			return nil
		}
		return usage(fmt.Sprintf("%s %s is in no conflict", args[0], args[1]), "`aftermath conflicts` lists them")
	})
}
