package main

import (
	"context"
	"maps"
	"sync"
	"time"

	"aftermath/cli"
	"aftermath/importers/collect"
	"aftermath/model"
	live "aftermath/ui/collect"
	"aftermath/ui/origin"
)

// collector gives the screen the live sources. It holds on to what is under way, so that a screen that was
// left finds it again.
type collector struct {
	o    cli.Opening
	mu   sync.Mutex
	runs map[model.ID]*collecting
}

func newCollector(o cli.Opening) *collector {
	return &collector{o: o, runs: map[model.ID]*collecting{}}
}

// Sources are those that the configuration has a table for.
func (c *collector) Sources() (list []live.Source) {
	for _, v := range collect.Vendors() {
		t, configured := c.o.Config.Collect[v.Name]
		if !configured {
			continue
		}
		s := live.Source{Name: v.Name, Title: v.Title, Address: v.Address}
		if t.Address != "" {
			s.Address = t.Address
		}
		list = append(list, s)
	}
	return list
}

// Configuration is the file that names them.
func (c *collector) Configuration() string { return c.o.ConfigPath }

// Start begins to collect in the background.
func (c *collector) Start(incident model.ID, from, to time.Time, names []string) live.Run {
	r := &collecting{from: from, to: to, states: map[string]live.State{}}
	job := collect.Job{Incident: incident, Window: collect.Window{From: from, To: to}, By: c.o.Author, Keeper: c.o.Store, Progress: r.take,
		Import: func(ctx context.Context, read model.ReadEvidence) (model.ImportReport, error) {
			return c.o.Store.Import(ctx, incident, read, nil)
		}}
	for _, name := range names {
		r.names = append(r.names, name)
		r.states[name] = live.State{Source: name}
		job.Sources = append(job.Sources, collect.Source{Name: name, Settings: collect.Settings(c.o.Config.Collect[name])})
	}
	r.collection = collect.Start(context.Background(), job)
	go r.wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs[incident] = r
	return r
}

// Under is what is under way, or was done last.
func (c *collector) Under(incident model.ID) live.Run {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.runs[incident]; r != nil {
		return r
	}
	return nil
}

// A collecting is one run as the screen sees it.
type collecting struct {
	collection *collect.Collection
	from, to   time.Time
	names      []string

	mu     sync.Mutex
	states map[string]live.State
	ended  bool
}

// take keeps how far a source is.
func (r *collecting) take(p collect.Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.states[p.Source]
	s.Source, s.Phase, s.Pages, s.Until, s.Why = p.Source, live.Phase(p.State), p.Page, p.Until, p.Why
	r.states[p.Source] = s
}

// wait remembers that the last source has ended.
func (r *collecting) wait() {
	r.collection.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = true
}

// Window is the time that was asked for.
func (r *collecting) Window() (from, to time.Time) { return r.from, r.to }

// States are those of the sources, in their order: how far each is, or what came of it.
func (r *collecting) States() (list []live.State) {
	r.mu.Lock()
	states := maps.Clone(r.states)
	r.mu.Unlock() // a source that begins tells its progress while the collection is locked
	for _, name := range r.names {
		s := states[name]
		if o, ended := r.collection.Ended(name); ended {
			s = live.State{Source: name, Phase: live.Phase(o.State), Pages: len(o.Pages), Known: o.Known, Report: o.Report}
			if o.Err != nil {
				s.Why = o.Err.Error()
			}
		}
		list = append(list, s)
	}
	return list
}

// Going tells whether a source is under way.
func (r *collecting) Going() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.ended
}

// Cancel stops a source.
func (r *collecting) Cancel(source string) { r.collection.Cancel(source) }

// Retry starts a source again that has ended.
func (r *collecting) Retry(source string) {
	r.mu.Lock()
	again := r.ended
	r.ended = false
	r.mu.Unlock()
	r.collection.Retry(source)
	if again {
		go r.wait()
	}
}

// tracer gives the screen the way from a line to its record.
type tracer struct{ o cli.Opening }

// Trace follows an event.
func (t tracer) Trace(ctx context.Context, event model.ID) (origin.Trace, error) {
	o, err := cli.OriginOf(ctx, t.o.Store, event)
	return origin.Trace{Event: o.Event, Import: o.Import, Request: o.Request, File: o.File, Line: o.Line, Record: o.Record, Missing: o.Missing}, err
}

// ReadAgain puts a new reading in the place of an import.
func (t tracer) ReadAgain(ctx context.Context, imported model.ID) (model.ImportReport, error) {
	return cli.ReadAgain(ctx, t.o.Store, imported, nil)
}
