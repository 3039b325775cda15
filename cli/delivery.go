package cli

import (
	"context"
	"errors"
	"time"

	"aftermath/importers"
	"aftermath/model"
	"aftermath/storage"
)

// A Delivery is evidence that was named for an incident. Each of its parts is one import.
type Delivery struct {
	Store    *storage.Store
	Incident model.ID
	Input    *importers.Input
	Source   string // auto, or what reads all of it
	Options  importers.Options
	Replace  bool // a reading with other answers gives way to this one
}

// A Glance is what a delivery would bring.
type Glance struct {
	Report  model.ImportReport
	Samples []importers.Sample
	Parts   []importers.Part
	Columns []string
}

// Look reads the delivery as an import would and keeps nothing. Of each part it stops where a preview has seen enough,
// unless all of it is wanted.
func (d *Delivery) Look(ctx context.Context, samples int, all bool) (Glance, error) {
	var g Glance
	parts, left, err := d.Input.Parts(d.Source)
	if g.Parts = parts; err != nil {
		return g, err
	}
	err = d.each(parts, left, &g.Report, func(p importers.Part) (model.ImportReport, error) {
		read, seen := importers.Sampling(p.Source, p.Input, d.Options, samples)
		if all {
			read = importers.Read(p.Source, p.Input, d.Options)
		}
		counted := func(emit func(*model.Event) error) (model.Reading, error) {
			reading, err := read(emit)
			g.Columns = append(g.Columns, reading.Columns...)
			return reading, err
		}
		rep, err := d.Store.TryImport(ctx, d.Incident, "", counted, nil)
		if before := (*model.ReadBefore)(nil); errors.As(err, &before) && (d.Replace || !all) {
			rep, err = d.Store.TryImport(ctx, d.Incident, before.Import, read, nil)
		}
		g.Samples = append(g.Samples, *seen...)
		return rep, err
	})
	return g, err
}

// Take imports the delivery. What leaves a question open stops it before anything is kept.
func (d *Delivery) Take(ctx context.Context, progress func(int)) (model.ImportReport, error) {
	var sum model.ImportReport
	parts, left, err := d.Input.Parts(d.Source)
	if err != nil {
		return sum, err
	}
	if len(parts) > 1 {
		for _, p := range parts {
			var q *importers.Question
			if _, _, err := importers.Preview(p.Source, p.Input, d.Options, 0); errors.As(err, &q) {
				return sum, q
			}
		}
	}
	before := 0
	err = d.each(parts, left, &sum, func(p importers.Part) (model.ImportReport, error) {
		told := func(n int) {
			if progress != nil {
				progress(before + n)
			}
		}
		read := importers.Read(p.Source, p.Input, d.Options)
		rep, err := d.Store.Import(ctx, d.Incident, read, told)
		if before := (*model.ReadBefore)(nil); d.Replace && errors.As(err, &before) {
			rep, err = d.Store.ImportAgain(ctx, before.Import, read, told)
		}
		before += rep.Read
		return rep, err
	})
	return sum, err
}

// each reads the parts one after the other and adds up their reports. Of several, one that holds nothing keeps the
// others not out; it is told with its reason.
func (d *Delivery) each(parts []importers.Part, left []model.FileReading, sum *model.ImportReport, read func(importers.Part) (model.ImportReport, error)) error {
	for _, p := range parts {
		rep, err := read(p)
		rep.Files = p.Counted(rep.Files)
		if err != nil && len(parts)+len(left) > 1 {
			fault := (*model.Fault)(nil)
			if q := (*importers.Question)(nil); errors.As(err, &q) || !errors.As(err, &fault) || fault.Kind != model.FaultInput {
				return err
			}
			for _, f := range p.Input.Files {
				left = append(left, model.FileReading{Name: f.Name, Source: p.Source.Name, Left: fault.Reason})
			}
			continue
		}
		if err != nil {
			return err
		}
		sum.Add(rep)
	}
	if sum.Files = append(sum.Files, left...); len(sum.Files) == 1 {
		sum.Files = nil
	}
	return nil
}

// OfferOf is what an incident offers for times that leave something open.
func OfferOf(i model.Incident) importers.Offer {
	var o importers.Offer
	zone := time.UTC
	if z, err := time.LoadLocation(i.Zone); err == nil && i.Zone != "" {
		o.Zone, zone = z, z
	}
	if !i.Started.IsZero() {
		o.Day = i.Started.In(zone)
	}
	return o
}
