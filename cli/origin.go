package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/importers"
	"aftermath/model"
	"aftermath/storage"
)

// An Origin is where an imported event comes from, down to the record that it was made of.
type Origin struct {
	Event   model.Event  `json:"event"`
	Import  model.Import `json:"import"`
	Request string       `json:"request,omitempty"` // that the record answered, when it was collected
	File    string       `json:"file,omitempty"`    // within the import
	Line    int          `json:"line,omitempty"`
	Record  string       `json:"record,omitempty"`  // as the source wrote it, made safe to show
	Missing string       `json:"missing,omitempty"` // why there is no record
}

// OriginOf finds out where an event comes from. When the record itself is not at hand, Missing says why.
func OriginOf(ctx context.Context, s *storage.Store, id model.ID) (o Origin, err error) {
	if o.Event, err = s.Event(ctx, id); err != nil {
		return o, err
	}
	if o.Event.Import == "" {
		o.Missing = "it was written by hand; its history says by whom"
		return o, nil
	}
	r, err := s.Record(ctx, o.Event.Incident)
	if err != nil {
		return o, err
	}
	for _, i := range r.Imports {
		if i.ID == o.Event.Import {
			o.Import = i
		}
	}
	src, in, opt, err := reopen(ctx, s, o.Event.Incident, o.Import)
	if err != nil {
		o.Missing = why(err)
		return o, nil
	}
	defer in.Close()
	record, found, err := importers.FindOriginal(src, in.Input, opt, o.Event.ExternalID)
	switch {
	case err != nil:
		o.Missing = why(err)
	case !found:
		o.Missing = "the bytes are here, and this version of the parser does not read the event from them"
	default:
		o.File, o.Line, o.Record, o.Request = record.File, record.Line, record.Text, in.requests[record.File]
	}
	return o, nil
}

// why is the reason of a fault, without what was tried: that stands beside it.
func why(err error) string {
	var fault *model.Fault
	if errors.As(err, &fault) && fault.Reason != "" {
		return fault.Reason
	}
	return err.Error()
}

// A reopened input is one that was imported before.
type reopened struct {
	*importers.Input
	requests map[string]string // by the name of the page
}

// reopen opens what an import read: the kept bytes, or the file if it is still where and what it was.
func reopen(ctx context.Context, s *storage.Store, incident model.ID, i model.Import) (src importers.Source, in reopened, opt importers.Options, err error) {
	const what = "read an import again"
	src, known := importers.Lookup(i.Source)
	if !known {
		return src, in, opt, &model.Fault{Kind: model.FaultInput, What: what, Reason: "there is no source " + i.Source + " in this version"}
	}
	if len(i.Pages) > 0 {
		pages, err := s.Pages(ctx, incident, "")
		if err != nil {
			return src, in, opt, err
		}
		var mine []model.Page
		in.requests = map[string]string{}
		for _, p := range pages {
			if !slices.Contains(i.Pages, p.ID) {
				continue
			}
			if p.Body, err = s.PageBody(ctx, p.ID); err != nil {
				return src, in, opt, err
			}
			if p.Request != "" {
				in.requests[p.Name] = p.Request
			}
			mine = append(mine, p)
		}
		in.Input, opt, err = importers.Reopen(i.Name, mine, i.Answers)
		return src, in, opt, err
	}
	if i.Path == "" {
		return src, in, opt, &model.Fault{Kind: model.FaultInput, What: what, Reason: "its bytes are not kept", Remedy: "import the file again"}
	}
	if in.Input, err = importers.Open([]string{i.Path}, nil); err != nil {
		return src, in, opt, err
	}
	digest, err := in.Digest()
	if err != nil || digest != i.Digest {
		in.Close()
		return src, in, opt, &model.Fault{Kind: model.FaultInput, What: what, File: i.Path, Reason: "the file is not the one that was imported", Remedy: "look for the file with the SHA-256 " + i.Digest, Err: err}
	}
	opt, err = importers.Answered(i.Answers)
	return src, in, opt, err
}

func (a *app) originCommand() *cobra.Command {
	c := command("origin EVENT", "Show where an event comes from, down to the record", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, id, err := a.find(ctx, args[0], model.TypeEvent, "an event", "`aftermath events KEY` shows the ids of events")
		if err != nil {
			return err
		}
		o, err := OriginOf(ctx, s, id)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(o)
		}
		a.printOrigin(o)
		return nil
	})
	c.Long = "Show the import that an event came with, the digest of what was read, the zone decision, and the record as its\nsource wrote it. Small inputs and everything that was collected are kept in the data file; a large file is read\nagain where it was, if it is still the same."
	return complete(c, false, a.things)
}

func (a *app) printOrigin(o Origin) {
	line := func(name, text string) {
		if text != "" {
			a.printf("%-12s %s\n", name, text)
		}
	}
	line("event", o.Event.Title)
	line("time", model.FormatTime(o.Event.At))
	if !o.Event.OriginalAt.IsZero() {
		line("its source", model.FormatTime(o.Event.OriginalAt))
	}
	line("written as", o.Event.TimeText)
	line("zone from", o.Event.ZoneSource)
	line("id there", o.Event.ExternalID)
	if i := o.Import; i.ID != "" {
		line("import", fmt.Sprintf("%s of %s (%s) by %s, %s", string(i.ID)[:6], i.Name, i.Source, i.By, model.FormatTime(i.At)))
		line("parser", i.Parser)
		line("SHA-256", i.Digest)
		line("path", i.Path)
	}
	line("asked", strings.ReplaceAll(o.Request, "\n", " "))
	if o.File != "" {
		line("record", fmt.Sprintf("%s, line %d", o.File, o.Line))
	}
	if o.Record != "" {
		a.printf("\n%s\n", o.Record)
	}
	line("not shown", o.Missing)
}

func (a *app) rereadCommand() *cobra.Command {
	c := command("reread IMPORT", "Read an import again with the parser of this version", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, id, err := a.find(ctx, args[0], model.TypeImport, "an import", "`aftermath show KEY --json` lists the imports")
		if err != nil {
			return err
		}
		report, err := ReadAgain(ctx, s, id, nil)
		if err != nil {
			return err
		}
		return a.printReport(report, false)
	})
	c.Long = "Read an import again from its kept bytes, or from its file if that is still the same, and put the new reading in\nits place. What people said about its lines stays with them. One undo brings the former reading back."
	return complete(c, false, a.things)
}

// ReadAgain puts a new reading of the same bytes in the place of an import.
func ReadAgain(ctx context.Context, s *storage.Store, id model.ID, progress func(int)) (report model.ImportReport, err error) {
	_, incident, _, err := s.Entity(ctx, id)
	if err != nil {
		return report, err
	}
	r, err := s.Record(ctx, incident)
	if err != nil {
		return report, err
	}
	for _, i := range r.Imports {
		if i.ID != id {
			continue
		}
		src, in, opt, err := reopen(ctx, s, incident, i)
		if err != nil {
			return report, err
		}
		defer in.Close()
		return s.ImportAgain(ctx, id, importers.Read(src, in.Input, opt), progress)
	}
	return report, &model.Fault{Kind: model.FaultInput, What: "read an import again", Reason: "there is no import " + string(id), Err: os.ErrNotExist}
}
