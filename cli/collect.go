package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"aftermath/config"
	"aftermath/importers/collect"
	"aftermath/model"
)

type collectFlags struct {
	sources                []string
	from, to, above, below string
	record, replay         string
	dryRun, list           bool
}

func (a *app) collectCommand() *cobra.Command {
	f := collectFlags{}
	c := command("collect KEY", "Collect evidence from live APIs", cobra.MaximumNArgs(1), func(ctx context.Context, args []string) error {
		switch {
		case f.list:
			return a.listCollectors()
		case len(args) == 0:
			return usage("collect takes the key of an incident", "`aftermath list` shows the incidents, `aftermath collect --list` the sources")
		}
		return a.collect(ctx, args[0], f)
	})
	c.Long = "Ask every configured source what happened around the incident, keep the answers as they come, and read them as\n" +
		"`import` does. A source is configured by a table of its name under [collect] in the configuration, which names no\n" +
		"token but where it is found. A collection that broke off goes on where it stopped; one that was complete is made\n" +
		"anew and adds what has come since."
	c.Example = "  aftermath collect 2026-11-02-checkout\n  aftermath collect 2026-11-02-checkout --source slack --from 13:00 --to 16:30"
	c.Flags().StringArrayVar(&f.sources, "source", nil, "only this source; may be given several times")
	c.Flags().StringVar(&f.from, "from", "", "the beginning of the window; an hour before the incident started unless it is given")
	c.Flags().StringVar(&f.to, "to", "", "the end of the window; an hour after the incident was resolved unless it is given")
	c.Flags().StringVar(&f.above, "above", "", "make an event where a queried series goes above this value, unless its query has a threshold")
	c.Flags().StringVar(&f.below, "below", "", "make an event where a queried series goes below this value, unless its query has a threshold")
	c.Flags().StringVar(&f.record, "record", "", "write every exchange into this folder, without the tokens")
	c.Flags().StringVar(&f.replay, "replay", "", "ask nobody, and answer from a folder that --record has written")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "ask, read and report, keep nothing")
	c.Flags().BoolVar(&f.list, "list", false, "list what can be collected from, and what is configured")
	completeFlag(c, "source", a.configured)
	return complete(c, false, a.keys)
}

// configured are the sources that the configuration has a table for.
func (a *app) configured() []string {
	cfg, err := a.config()
	if err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(cfg.Collect))
}

func (a *app) listCollectors() error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	type line struct {
		Name       string   `json:"name"`
		Title      string   `json:"title"`
		Configured bool     `json:"configured"`
		Address    string   `json:"address,omitempty"`
		Tokens     []string `json:"tokens,omitempty"`
	}
	list := []line{}
	for _, v := range collect.Vendors() {
		t, configured := cfg.Collect[v.Name]
		l := line{v.Name, v.Title, configured, v.Address, v.Tokens}
		if t.Address != "" {
			l.Address = t.Address
		}
		list = append(list, l)
	}
	if a.json {
		return a.printJSON(list)
	}
	w := tabwriter.NewWriter(a.Out, 0, 0, 2, ' ', 0)
	for _, l := range list {
		state := "not configured"
		if l.Configured {
			state = "configured"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", l.Name, l.Title, state, model.CleanLine(l.Address))
	}
	return w.Flush()
}

// A collected is the report of one source: that of an import, and how the asking went.
type collected struct {
	model.ImportReport
	State      string `json:"state"` // done, failed or cancelled
	Pages      int    `json:"pages"`
	KnownPages int    `json:"known_pages"`
	Error      string `json:"error,omitempty"`
}

func (a *app) collect(ctx context.Context, key string, f collectFlags) error {
	if err := areNumbers(map[string]string{"above": f.above, "below": f.below}); err != nil {
		return err
	}
	s, r, err := a.record(ctx, key)
	if err != nil {
		return err
	}
	cfg, err := a.config()
	if err != nil {
		return err
	}
	sources, err := f.chosen(cfg)
	if err != nil {
		return err
	}
	job := collect.Job{Incident: r.Incident.ID, Sources: sources, By: a.author(cfg), Above: f.above, Below: f.below, Record: f.record, Progress: a.tellWaits(), Clock: collect.Clock{Now: a.Now}}
	if job.Window, err = a.around(r.Incident, f, a.typed(cfg, r.Incident)); err != nil {
		return err
	}
	if f.replay != "" {
		if err := replay(&job, f.replay); err != nil {
			return err
		}
	}
	job.Keeper = s
	job.Import = func(ctx context.Context, read model.ReadEvidence) (model.ImportReport, error) {
		return s.Import(ctx, r.Incident.ID, read, nil)
	}
	if f.dryRun {
		job.Keeper = &collect.Memory{}
		job.Import = func(ctx context.Context, read model.ReadEvidence) (model.ImportReport, error) {
			return s.TryImport(ctx, r.Incident.ID, "", read, nil)
		}
	}
	return a.printCollected(collect.Collect(ctx, job), f.dryRun)
}

// chosen are the configured sources, or those of them that are named.
func (f collectFlags) chosen(cfg config.Config) ([]collect.Source, error) {
	if len(cfg.Collect) == 0 {
		return nil, &model.Fault{Kind: model.FaultInput, What: "collect", Reason: "no source is configured",
			Remedy: "add a table such as [collect.pagerduty] to config.toml; config.example.toml shows one for every source"}
	}
	named := slices.Sorted(maps.Keys(cfg.Collect))
	if len(f.sources) > 0 {
		named = nil
	}
	for _, name := range f.sources {
		if _, ok := cfg.Collect[name]; !ok {
			have := slices.Sorted(maps.Keys(cfg.Collect))
			remedy := fmt.Sprintf("add the table [collect.%s] to config.toml; configured are %s", name, strings.Join(have, ", "))
			if near := model.Nearest(name, have); near != "" {
				remedy = "did you mean " + near + "?"
			}
			return nil, usage(fmt.Sprintf("the source %q is not configured", name), remedy)
		}
		if !slices.Contains(named, name) {
			named = append(named, name)
		}
	}
	var sources []collect.Source
	for _, name := range named {
		sources = append(sources, collect.Source{Name: name, Settings: collect.Settings(cfg.Collect[name])})
	}
	return sources, nil
}

// around is the window to ask for: as it is given, or around the incident.
func (a *app) around(i model.Incident, f collectFlags, env model.Env) (collect.Window, error) {
	from, to, err := window(f.from, f.to, env)
	if err != nil {
		return collect.Window{}, err
	}
	says := ""
	begin, end := i.Around(a.Now())
	if from.IsZero() {
		if begin.IsZero() {
			return collect.Window{}, usage("nobody has said when the incident started", "give --from and --to, or set the start with `aftermath set`")
		}
		from, says = begin, "from an hour before it started"
	}
	if to.IsZero() {
		to = end
		if i.Resolved.IsZero() {
			says += " to now, as it is not resolved"
		} else {
			says += " to an hour after it was resolved"
		}
	}
	if !from.Before(to) {
		return collect.Window{}, usage("the window of time ends before it begins", "give --from and --to, the earlier time first")
	}
	if says != "" {
		a.remark("collecting %s to %s UTC:%s", from.UTC().Format("2006-01-02 15:04"), to.UTC().Format("2006-01-02 15:04"), " "+strings.TrimSpace(says))
	}
	return collect.Window{From: from, To: to}, nil
}

// replay makes a job answer from a recording: it needs neither the network nor tokens.
func replay(job *collect.Job, folder string) error {
	recording, err := collect.OpenReplay(folder)
	if err != nil {
		return err
	}
	job.Transport = recording
	job.Getenv = func(string) string { return "replayed" }
	for i := range job.Sources {
		s := &job.Sources[i]
		s.TokenCmd, s.AppKeyCmd = nil, nil
	}
	return nil
}

// tellWaits says on stderr why nothing moves, and nothing else.
func (a *app) tellWaits() func(collect.Progress) {
	var mu sync.Mutex // sources report side by side
	return func(p collect.Progress) {
		if p.State == collect.Limited && p.Until.Sub(a.Now()) >= 5*time.Second {
			mu.Lock()
			defer mu.Unlock()
			a.remark("%s: %s; waiting until %s UTC", p.Source, p.Why, p.Until.Format("15:04:05"))
		}
	}
}

func (a *app) printCollected(outcomes []collect.Outcome, dry bool) error {
	reports := []collected{}
	var failed []error
	for _, o := range outcomes {
		c := collected{ImportReport: o.Report, State: o.State.String(), Pages: len(o.Pages), KnownPages: o.Known}
		if c.Refusals == nil {
			c.Refusals = []model.Refusal{}
		}
		if c.Warnings == nil {
			c.Warnings = []string{}
		}
		if o.Err != nil {
			c.Error = oneLine(o.Err.Error())
			failed = append(failed, o.Err)
		}
		reports = append(reports, c)
	}
	if a.json {
		if err := a.printJSON(reports); err != nil {
			return err
		}
	} else {
		for _, c := range reports {
			if err := a.printReport(c.ImportReport, dry); err != nil {
				return err
			}
			a.printf("  pages  %d, %d of them known\n", c.Pages, c.KnownPages)
			if c.Error != "" && len(failed) > 1 {
				a.printf("  %s  %s\n", c.State, c.Error)
			}
		}
	}
	return together(failed, len(outcomes))
}

// together is one error for all sources that failed: the only one, or a count with the kind of the first.
func together(failed []error, of int) error {
	for _, err := range failed {
		if errors.Is(err, context.Canceled) {
			return err
		}
	}
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return failed[0]
	}
	return &model.Fault{Kind: model.KindOf(failed[0]), What: "collect", Reason: fmt.Sprintf("%d of %d sources did not come to an end", len(failed), of),
		Remedy: "what each says stands above; the pages before are kept, collect again to go on"}
}
