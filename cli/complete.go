package cli

import (
	"context"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"aftermath/exporters"
	"aftermath/importers"
	"aftermath/model"
	"aftermath/storage"
)

// A candidates func lists what can stand at one place of the command line.
type candidates func(ctx context.Context, before []string) []string

// complete lets a shell complete the arguments of c, one list for each place; what lies behind the last
// is a file where files is true, and the last list again where it is not.
func complete(c *cobra.Command, files bool, places ...candidates) *cobra.Command {
	c.ValidArgsFunction = func(c *cobra.Command, before []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(before) >= len(places) {
			if files {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return places[len(before)](c.Context(), before), cobra.ShellCompDirectiveNoFileComp
	}
	return c
}

// completeFlag lets a shell complete the words of a flag.
func completeFlag(c *cobra.Command, flag string, words func() []string) {
	err := c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return words(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic("cli: " + err.Error()) // the flag is not there
	}
}

// forCompletion opens the file: never makes one, never writes, never complains.
func (a *app) forCompletion(ctx context.Context) *storage.Store {
	if a.store != nil {
		return a.store
	}
	if _, err := os.Stat(a.path()); err != nil {
		return nil
	}
	s, err := storage.Open(ctx, a.path(), storage.Options{Now: a.Now, Random: a.Random, ReadOnly: true})
	if err != nil {
		return nil
	}
	a.store = s
	return s
}

// keys are the incidents, newest first.
func (a *app) keys(ctx context.Context, _ []string) (keys []string) {
	s := a.forCompletion(ctx)
	if s == nil {
		return nil
	}
	lines, _, err := s.Incidents(ctx, model.IncidentQuery{Limit: 200})
	if err != nil {
		return nil
	}
	for _, l := range lines {
		keys = append(keys, cobra.CompletionWithDesc(model.CleanLine(l.Key), model.CleanLine(l.Title)))
	}
	return keys
}

// things are the incidents, and the conditions and actions of the newest ones.
func (a *app) things(ctx context.Context, before []string) []string {
	list := a.keys(ctx, before)
	s := a.forCompletion(ctx)
	if s == nil {
		return nil
	}
	lines, _, err := s.Incidents(ctx, model.IncidentQuery{Limit: 10})
	if err != nil {
		return list
	}
	for _, l := range lines {
		r, err := s.Record(ctx, l.ID)
		if err != nil {
			return list
		}
		for _, f := range r.Factors {
			list = append(list, cobra.CompletionWithDesc(shortID(f.ID), model.CleanLine(f.Statement)))
		}
		for _, x := range r.Actions {
			list = append(list, cobra.CompletionWithDesc(shortID(x.ID), model.CleanLine(x.Title)))
		}
	}
	return list
}

// fields are those of the thing that is named before them.
func (a *app) fields(ctx context.Context, before []string) (names []string) {
	s := a.forCompletion(ctx)
	if s == nil {
		return nil
	}
	id, err := s.Find(ctx, before[0])
	if err != nil {
		return nil
	}
	for _, f := range model.Schema[id.Type()] {
		if !f.Hidden {
			names = append(names, cobra.CompletionWithDesc(f.Name, f.Help))
		}
	}
	return names
}

// choices are the words of the field that is named before them.
func (a *app) choices(ctx context.Context, before []string) []string {
	s := a.forCompletion(ctx)
	if s == nil {
		return nil
	}
	id, err := s.Find(ctx, before[0])
	if err != nil {
		return nil
	}
	f, _ := model.Named(id.Type(), before[1])
	return a.wordsOf(f.List)()
}

func (a *app) wordsOf(list string) func() []string {
	return func() (words []string) {
		cfg, err := a.config()
		if err != nil {
			return nil
		}
		for _, w := range cfg.Taxonomy[list] {
			words = append(words, cobra.CompletionWithDesc(w.Value, w.Label))
		}
		return words
	}
}

func sourceNames(context.Context, []string) []string {
	names := []string{cobra.CompletionWithDesc("auto", "look at the file")}
	for _, s := range importers.All() {
		names = append(names, cobra.CompletionWithDesc(s.Name, s.Title))
	}
	return names
}

func words(list ...string) candidates {
	return func(context.Context, []string) []string { return list }
}

func profiles() []string { return slices.Clone(exporters.Profiles) }
