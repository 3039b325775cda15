package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"aftermath/importers"
	"aftermath/model"
)

type importFlags struct {
	zone, date, from, to, above, below string
	encoding                           string
	columns                            []string
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
	c.Flags().StringArrayVar(&f.columns, "column", nil, "the column of a role, such as time=Zeitpunkt; also "+strings.Join(importers.ColumnRoles[1:], ", "))
	c.Flags().StringVar(&f.encoding, "encoding", "", "the encoding of files that are not UTF-8, such as windows-1252 or shift_jis")
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
	opt.Offer = OfferOf(r.Incident)
	if _, known := importers.Lookup(source); !known && source != "auto" {
		return usage(fmt.Sprintf("there is no source %q", source), "`aftermath import --list` shows the sources; auto looks at the file")
	}
	in, err := importers.Open(paths, a.In)
	if err != nil {
		return err
	}
	defer in.Close()
	d := &Delivery{Store: s, Incident: r.Incident.ID, Input: in, Source: source, Options: opt, Replace: f.replace}
	var report model.ImportReport
	if f.dryRun {
		var g Glance
		g, err = d.Look(ctx, 0, true)
		report = g.Report
	} else {
		report, err = d.Take(ctx, nil)
	}
	if err != nil {
		return err
	}
	a.recognised(d)
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
	if rep.New+rep.Known > 0 || rep.Refused == 0 && len(rep.Files) == 0 {
		return nil
	}
	const told = 3
	if rep.Refused == 0 {
		return nothingRead(name, rep.Files)
	}
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

// nothingRead is the fault of several files none of which holds a record.
func nothingRead(name string, files []model.FileReading) error {
	reason := "nothing was kept"
	for _, f := range files {
		if f.Left != "" {
			reason += "; " + f.Name + ": " + f.Left
		}
	}
	return &model.Fault{Kind: model.FaultInput, What: "import", File: name, Reason: reason}
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
	if opt.Encoding = f.encoding; f.encoding != "" {
		if _, err := importers.ParseEncoding(f.encoding); err != nil {
			return opt, usage("--encoding "+err.Error(), "")
		}
	}
	for _, text := range f.columns {
		column, err := importers.ParseColumn(text)
		if err != nil {
			return opt, usage("--column "+err.Error(), "")
		}
		opt.Columns = append(opt.Columns, column)
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

// recognised remarks how a delivery of one file was recognised. Of several, the report tells.
func (a *app) recognised(d *Delivery) {
	if parts, left, err := d.Input.Parts(d.Source); err == nil && len(parts) == 1 && parts[0].Why != "" && len(left) == 0 {
		a.remark("%s: %s", parts[0].Source.Name, parts[0].Why)
	}
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
	a.printFiles(rep.Files)
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

// fileLines is how many files that were read are told one by one.
const fileLines = 50

// printFiles tells what became of each of several files. Those that were left out are all named.
func (a *app) printFiles(files []model.FileReading) {
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for i, f := range files {
		switch {
		case f.Left != "" && f.Source == "":
			fmt.Fprintf(w, "  file\t%s\tleft out\t%s\n", f.Name, f.Left)
		case f.Left != "":
			fmt.Fprintf(w, "  file\t%s\t%s\t%s\n", f.Name, f.Source, f.Left)
		case i < fileLines:
			fmt.Fprintf(w, "  file\t%s\t%s\t%s, %d refused\n", f.Name, f.Source, model.Counted(f.Events, "event"), f.Refused)
		case i == fileLines:
			fmt.Fprintf(w, "  file\tand %d more\t\t--json lists them\n", len(files)-i)
		}
	}
	w.Flush()
}
