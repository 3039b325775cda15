package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"aftermath/importers"
	"aftermath/model"
)

type importFlags struct {
	zone, date, from, to, above, below string
	year                               int
	list, dryRun, replace              bool
}

func (a *app) importCommand() *cobra.Command {
	f := importFlags{}
	c := command("import KEY SOURCE PATH...", "Import evidence from files", cobra.ArbitraryArgs, func(ctx context.Context, args []string) error {
		if f.list {
			return a.listSources()
		}
		if len(args) < 3 {
			return usage("import takes the key of an incident, a source and at least one path", "`aftermath import --list` shows the sources; auto looks at the file, - is the standard input")
		}
		return a.importFiles(ctx, args[0], args[1], args[2:], f)
	})
	c.Long = "Import evidence. PATH is a file, a folder, a ZIP, or - for the standard input. What was imported is never\naltered, and importing it again adds nothing. A time without a zone is never guessed: --zone answers."
	c.Example = "  aftermath import 2026-11-02-checkout slack export.zip\n  aftermath import 2026-11-02-checkout auto notes.md --zone Europe/London --date 2026-11-02\n  aftermath import 2026-11-02-checkout prometheus errors.json --above 0.05"
	c.Flags().StringVar(&f.zone, "zone", "", "the zone of times that carry none, such as Europe/London or +02:00")
	c.Flags().StringVar(&f.date, "date", "", "the day of times that carry none")
	c.Flags().IntVar(&f.year, "year", 0, "the year of dates that carry none")
	c.Flags().StringVar(&f.from, "from", "", "only what touches the time from here on")
	c.Flags().StringVar(&f.to, "to", "", "only what touches the time up to here")
	c.Flags().StringVar(&f.above, "above", "", "make an event where a series of numbers goes above this value")
	c.Flags().StringVar(&f.below, "below", "", "make an event where a series of numbers goes below this value")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "read and report, keep nothing")
	c.Flags().BoolVar(&f.replace, "replace", false, "put this reading in the place of a former one of the same records, read with other answers")
	c.Flags().BoolVar(&f.list, "list", false, "list the sources")
	return complete(c, true, a.keys, sourceNames)
}

func (a *app) listSources() error {
	if a.json {
		var list []map[string]string
		for _, s := range importers.All() {
			list = append(list, map[string]string{"name": s.Name, "title": s.Title, "about": s.About})
		}
		return a.printJSON(list)
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, s := range importers.All() {
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Name, s.Title, s.About)
	}
	return w.Flush()
}

func (a *app) importFiles(ctx context.Context, key, source string, paths []string, f importFlags) error {
	s, r, err := a.record(ctx, key)
	if err != nil {
		return err
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	opt, err := f.options(a.typed(cfg, r.Incident))
	if err != nil {
		return err
	}
	if _, known := importers.Lookup(source); !known && source != "auto" {
		return usage(fmt.Sprintf("there is no source %q", source), "`aftermath import --list` shows the sources; auto looks at the file")
	}
	in, err := importers.Open(paths, a.In)
	if err != nil {
		return err
	}
	defer in.Close()
	src, err := a.source(source, in)
	if err != nil {
		return err
	}
	read := importers.Read(src, in, opt)
	var report model.ImportReport
	if f.dryRun {
		report, err = dryRun(read)
	} else {
		report, err = s.Import(ctx, r.Incident.ID, read, nil)
		if before := (*model.ReadBefore)(nil); f.replace && errors.As(err, &before) {
			report, err = s.ImportAgain(ctx, before.Import, read, nil)
		}
	}
	if err != nil {
		return err
	}
	nothing := nothingKept(in.Name, &report)
	if nothing == nil || a.json {
		err = a.printReport(report, f.dryRun)
	}
	if nothing != nil {
		return nothing
	}
	return err
}

// nothingKept is the fault of an import whose every record was refused. It tells the first of them.
func nothingKept(name string, rep *model.ImportReport) error {
	if rep.Refused == 0 || rep.New+rep.Known > 0 {
		return nil
	}
	const told = 3
	reason := "nothing was kept: all " + model.Counted(rep.Refused, "record") + " were refused"
	if rep.Refused == 1 {
		reason = "nothing was kept: its only record was refused"
	}
	for _, r := range rep.Refusals[:min(told, len(rep.Refusals))] {
		reason += fmt.Sprintf("; line %d: %s", r.Line, r.Reason)
	}
	remedy := ""
	if rep.Refused > told {
		remedy = fmt.Sprintf("and %d more, which --json lists", rep.Refused-told)
	}
	return &model.Fault{Kind: model.FaultInput, What: "import as " + rep.Source, File: name, Reason: reason, Remedy: remedy}
}

func (f importFlags) options(env model.Env) (opt importers.Options, err error) {
	opt.Year, opt.Above, opt.Below = f.year, f.above, f.below
	if err := areNumbers(map[string]string{"above": f.above, "below": f.below}); err != nil {
		return opt, err
	}
	if f.zone != "" {
		if opt.Zone, err = importers.ParseZone(f.zone); err != nil {
			return opt, err
		}
	}
	if f.date != "" {
		if opt.Date, err = time.Parse(time.DateOnly, f.date); err != nil {
			return opt, usage(fmt.Sprintf("--date %q is not a day", f.date), "write it as 2026-11-02")
		}
	}
	opt.From, opt.To, err = window(f.from, f.to, env)
	return opt, err
}

// areNumbers refuses a threshold that is none. The texts are by the names of their flags.
func areNumbers(flags map[string]string) error {
	for _, flag := range slices.Sorted(maps.Keys(flags)) {
		if text := flags[flag]; text != "" && !importers.IsNumber(text) {
			return usage(fmt.Sprintf("--%s %q is not a number", flag, text), "write it as 100 or 0.5")
		}
	}
	return nil
}

func (a *app) source(name string, in *importers.Input) (importers.Source, error) {
	if name == "auto" {
		src, why, err := importers.Detect(in)
		if err == nil {
			a.remark("%s: %s", src.Name, why)
		}
		return src, err
	}
	src, _ := importers.Lookup(name)
	return src, nil
}

// dryRun reads everything and keeps nothing; what would be new is what was read and neither repeated nor refused.
func dryRun(read model.ReadEvidence) (model.ImportReport, error) {
	rep := model.ImportReport{}
	reading, err := read(func(e *model.Event) error {
		edge := model.Edge{At: e.At, Title: e.Title}
		if rep.New == 0 || e.At.Before(rep.First.At) {
			rep.First = edge
		}
		if rep.New == 0 || !e.At.Before(rep.Last.At) {
			rep.Last = edge
		}
		rep.New++
		return nil
	})
	rep.Source, rep.Read, rep.Known, rep.Refused = reading.Source, reading.Read, reading.Repeats, reading.Refused
	rep.Refusals, rep.Warnings = reading.Refusals, reading.Warnings
	return rep, err
}

func (a *app) printReport(rep model.ImportReport, dry bool) error {
	if rep.Refusals == nil {
		rep.Refusals = []model.Refusal{}
	}
	if rep.Warnings == nil {
		rep.Warnings = []string{}
	}
	if a.json {
		return a.printJSON(rep)
	}
	verb := "new"
	if dry {
		verb = "would be new"
	}
	a.printf("%s: %d read, %d %s, %d known, %d refused\n", rep.Source, rep.Read, rep.New, verb, rep.Known, rep.Refused)
	if !rep.First.At.IsZero() {
		a.printf("  first  %s  %s\n  last   %s  %s\n", model.FormatTime(rep.First.At), rep.First.Title, model.FormatTime(rep.Last.At), rep.Last.Title)
	}
	for i, x := range rep.Refusals {
		if i == 20 {
			a.printf("  and %d more; --json lists them\n", rep.Refused-i)
			break
		}
		place := x.File
		if x.Line > 0 {
			place += fmt.Sprintf(", line %d", x.Line)
		}
		a.printf("  refused  %s: %s\n", place, x.Reason)
	}
	for _, w := range rep.Warnings {
		a.printf("  note  %s\n", w)
	}
	return nil
}
