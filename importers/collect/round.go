package collect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"aftermath/importers"
	"aftermath/model"
)

// Limits of one source, against a vendor that never comes to an end.
const (
	pageLimit = 2000
	sizeLimit = 1 << 30 // bytes of all pages
)

// young is how long a kept page stands in for an answer while its window is not over: then more may have
// happened since.
const young = 15 * time.Minute

// A round is one collection from one source.
type round struct {
	job    *Job
	source Source
	line   *line
	report *reporter

	kept  map[string]model.Page // by request: answers that need not be fetched again
	pages []model.Page
	have  map[string]bool // request and digest of pages
	known int
	size  int64

	queries map[model.ID]model.Query // that pages answer, by their ids
	unread  []model.Refusal          // pages that could not be read to their end
}

// collectSource fetches, keeps and reads the pages of one source.
func collectSource(ctx context.Context, job *Job, s Source, report *reporter) Outcome {
	r := &round{job: job, source: s, report: report, have: map[string]bool{}, queries: map[model.ID]model.Query{}}
	failed := r.fetch(ctx)
	out := Outcome{Source: s.Name, Known: r.known, Report: model.ImportReport{Source: s.Name}}
	if len(r.pages) > 0 && ctx.Err() == nil {
		report.tell(Progress{State: Reading, Page: len(r.pages)})
		if read, err := r.read(ctx); err != nil {
			failed = append(failed, err) // and nothing of it was kept
		} else {
			out.Report = read
		}
		failed = append(failed, r.untold()...)
	}
	err := s.together(failed)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	for _, p := range r.pages {
		p.Body = nil
		out.Pages = append(out.Pages, p)
	}
	out.Err, out.State = err, ending(err)
	last := Progress{State: out.State, Page: len(out.Pages)}
	if err != nil {
		last.Why = err.Error()
	}
	report.tell(last)
	return out
}

// fetch walks over everything that the source is asked for.
func (r *round) fetch(ctx context.Context) (failed []error) {
	v := vendorOf(r.source.Name)
	if v == nil {
		return []error{r.source.fault(model.FaultUsage, "there is no such source", "`aftermath collect --list` shows what can be collected from")}
	}
	if r.job.From.IsZero() || !r.job.From.Before(r.job.To) {
		return []error{r.source.fault(model.FaultUsage, "the window of time is empty", "give --from and --to, the earlier time first")}
	}
	calls, err := r.source.calls(v, r.job.Window)
	if err == nil {
		r.line, err = newLine(ctx, r.job, r.source, v, r.report)
	}
	if err == nil {
		err = r.recall(ctx, calls)
	}
	if err != nil {
		return []error{err}
	}
	w := walk{done: map[string]bool{}, page: func(c call, req Request, n int, anew bool) (model.Page, bool, error) {
		if p, ok := r.kept[req.String()]; ok && !anew {
			r.known++
			r.add(c, p)
			return p, true, nil
		}
		p, err := r.page(ctx, c, req, n)
		return p, false, c.named(n, err)
	}}
	failed = w.all(calls)
	for i, err := range failed {
		if errors.Is(err, errRepeats) {
			failed[i] = r.line.fault(Request{}, err.Error(), "the pages before are kept; try a smaller window with --from and --to", err)
		}
	}
	return failed
}

// recall looks up what an earlier collection kept before it broke off. After one that came to its end nothing
// stands in, because there may be new evidence.
func (r *round) recall(ctx context.Context, calls []call) error {
	pages, err := r.job.Keeper.Kept(ctx, r.job.Incident, r.source.Name)
	if err != nil {
		return err
	}
	all, usable := map[string]model.Page{}, map[string]model.Page{}
	for _, p := range pages {
		all[p.Request] = p
		if !p.FetchedAt.Before(r.job.To) || r.job.Clock.now().Sub(p.FetchedAt) < young {
			usable[p.Request] = p
		}
	}
	if !finished(calls, all) {
		r.kept = usable
	}
	return nil
}

// page fetches one page and keeps it.
func (r *round) page(ctx context.Context, c call, req Request, n int) (model.Page, error) {
	if len(r.pages) >= pageLimit || r.size > sizeLimit {
		return model.Page{}, r.line.fault(req, fmt.Sprintf("more than %d pages or %d GB are too much for one window", pageLimit, sizeLimit>>30),
			"the pages before are kept; give a smaller window with --from and --to", nil)
	}
	a, err := r.line.fetch(ctx, req, len(r.pages)+1)
	if err != nil {
		return model.Page{}, err
	}
	p := model.Page{Incident: r.job.Incident, Source: r.source.Name, Name: c.pageName(n), Request: req.String(),
		FetchedAt: r.job.Clock.now(), By: r.job.By, Status: a.status, Size: len(a.body), Body: a.body}
	sum := sha256.Sum256(a.body)
	p.Digest = hex.EncodeToString(sum[:])
	if c.next != nil {
		next, err := c.next(answer{req, a.header, a.body})
		if err == nil && next.Method != "" {
			err = r.line.allowed(next)
		}
		if err != nil {
			return model.Page{}, r.line.fault(req, "the link to the following page cannot be followed: "+err.Error(),
				"the pages before are kept; look at the address in the configuration", errBad)
		}
		if next.Method != "" {
			p.Next = next.String()
		}
	}
	// A page that has come is kept whole, even when the collection is called off meanwhile.
	id, known, err := r.job.Keeper.Keep(context.WithoutCancel(ctx), r.job.Incident, p)
	if err != nil {
		return model.Page{}, err
	}
	p.ID = id
	if known {
		r.known++
	}
	r.add(c, p)
	return p, nil
}

// add takes a page into the round, once.
func (r *round) add(c call, p model.Page) {
	if c.query.Query != "" {
		r.queries[p.ID] = c.query
	}
	if key := p.Request + "\n" + p.Digest; !r.have[key] {
		r.have[key] = true
		r.pages = append(r.pages, p)
		r.size += int64(p.Size)
	}
}

// read gives the pages to the importer of the source.
func (r *round) read(ctx context.Context) (model.ImportReport, error) {
	src, ok := importers.Lookup(r.source.Name)
	if !ok {
		return model.ImportReport{Source: r.source.Name}, r.source.fault(model.FaultInput,
			"this version keeps the pages but cannot read them", "collect again with a version whose `aftermath import --list` names "+r.source.Name)
	}
	name := fmt.Sprintf("%s, %d pages", r.source.title(), len(r.pages))
	if len(r.pages) == 1 {
		name = r.source.title() + ", 1 page"
	}
	opt := importers.Options{From: r.job.From, To: r.job.To, Above: r.job.Above, Below: r.job.Below, Queries: r.queries}
	read := importers.Read(src, importers.Pages(name, r.pages), opt)
	return r.job.Import(ctx, func(emit func(*model.Event) error) (model.Reading, error) {
		reading, err := read(emit)
		r.unread = reading.Unread
		return reading, err
	})
}

// untold are the faults of the pages that could not be read to their end.
func (r *round) untold() (faults []error) {
	for _, u := range r.unread {
		f := r.source.fault(model.FaultInput, u.Reason, "the page is kept as it came, and all others were read")
		f.File, f.Line = u.File, u.Line
		faults = append(faults, f)
	}
	return faults
}
