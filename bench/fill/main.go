// Command fill writes the data files that the bench opens, through the same storage as the program.
//
//	fill incidents 1000 I1000.db LEASES     so many incidents of 20 events, 5 factors and 3 actions
//	fill changes 100000 H100000.db LEASES   one incident whose log has so many changes
//	fill records 10000 FOLDER               a file of so many records of each source
//
// LEASES is where the program that is measured keeps its leases: without one it would take the file for a
// copy and check it whenever it opens.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"aftermath/model"
	"aftermath/storage"
)

// together is how many edits are saved as one gesture: a transaction for each would take its time on the disk.
const together = 4096

var start = time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)

func main() {
	if err := fill(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
}

func fill(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("want: fill incidents|changes COUNT FILE LEASES, or fill records COUNT FOLDER")
	}
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	if args[0] == "records" {
		return records(n, args[2])
	}
	if len(args) != 4 {
		return fmt.Errorf("want: fill %s COUNT FILE LEASES", args[0])
	}
	ctx := context.Background()
	s, err := storage.Open(ctx, args[2], storage.Options{Author: "bench", Leases: args[3], Random: constant(args[0] + args[1]), Now: func() time.Time { return start }})
	if err != nil {
		return err
	}
	w := &writer{ctx: ctx, store: s}
	switch args[0] {
	case "incidents":
		err = w.incidents(n)
	case "changes":
		err = w.changes(n)
	default:
		err = fmt.Errorf("there is nothing called %q to fill", args[0])
	}
	if closing := s.Close(); err == nil {
		err = closing
	}
	return err
}

// constant is the same stream of bytes in each run, so that each run measures the same file. Two files have
// two streams: they must not share the name of a site.
func constant(what string) io.Reader {
	return rand.NewChaCha8(sha256.Sum256([]byte(what)))
}

// A writer gathers edits into large gestures.
type writer struct {
	ctx     context.Context
	store   *storage.Store
	gesture model.Gesture
}

// set makes or changes one entity; values are names and values in turn.
func (w *writer) set(t model.Type, id model.ID, values ...any) {
	for i := 0; i+1 < len(values); i += 2 {
		w.gesture = w.gesture.Set(t, id, values[i].(string), values[i+1])
	}
}

func (w *writer) flush() error {
	g := w.gesture
	w.gesture = model.Gesture{}
	if len(g.Edits) == 0 {
		return nil
	}
	g.Label, g.Source = "fill", "bench"
	return w.store.Apply(w.ctx, g)
}

func (w *writer) incidents(n int) error {
	var ids []model.ID
	for i := range n {
		ids = append(ids, w.incident(i))
		if len(w.gesture.Edits) < together && i < n-1 {
			continue
		}
		if err := w.flush(); err != nil {
			return err
		}
		for j, id := range ids {
			if _, err := w.store.Import(w.ctx, id, events(i-len(ids)+1+j), nil); err != nil {
				return err
			}
		}
		ids = ids[:0]
	}
	return nil
}

func (w *writer) incident(i int) model.ID {
	id := w.store.NewID(model.TypeIncident)
	at := start.Add(time.Duration(-i) * 5 * time.Hour)
	w.set(model.TypeIncident, id, "key", fmt.Sprintf("%s-bench-%d", at.Format(time.DateOnly), i), "title", fmt.Sprintf("Bench incident %d: checkout slow", i),
		"zone", "UTC", "stage", "draft", "severity", "sev2", "started", at.Format(time.RFC3339), "resolved", at.Add(time.Hour).Format(time.RFC3339))
	w.gesture = w.gesture.Set(model.TypeIncident, id, model.Member("services", "checkout"), true)
	for f := range 5 {
		w.set(model.TypeFactor, w.store.NewID(model.TypeFactor), "incident", string(id), "statement", fmt.Sprintf("Condition %d let the pool run empty", f),
			"layer", "process", "without", "The pool would have kept a reserve", "pos", string(rune('b'+f)))
	}
	for a := range 3 {
		w.set(model.TypeAction, w.store.NewID(model.TypeAction), "incident", string(id), "title", fmt.Sprintf("Page on-call when pool use is above %d%% for 2 minutes", 70+a),
			"stage", "proposed", "owner", "maya", "due", at.AddDate(0, 1, 0).Format(time.DateOnly), "pos", string(rune('b'+a)))
	}
	return id
}

// events are the 20 lines of an incident.
func events(incident int) model.ReadEvidence {
	return func(emit func(*model.Event) error) (model.Reading, error) {
		const n = 20
		for i := range n {
			at := start.Add(time.Duration(-incident)*5*time.Hour + time.Duration(i)*3*time.Minute)
			e := model.Event{At: at, TimeText: at.Format(time.RFC3339), Precision: "s", ZoneSource: "data", Source: "app", Kind: "log", Actor: "host-1", Service: "checkout",
				Title: fmt.Sprintf("pool %d%% in use, retry %d of incident %d", i*5, i%4, incident), ExternalID: strconv.Itoa(i), Line: i + 1}
			if err := emit(&e); err != nil {
				return model.Reading{}, err
			}
		}
		return model.Reading{Source: "app", Name: "app.log", Digest: strconv.Itoa(incident), Parser: "bench/1", Read: n}, nil
	}
}

// changes rewrites the statements of 100 factors again and again.
func (w *writer) changes(n int) error {
	incident := w.incident(0)
	var factors []model.ID
	for range 100 {
		id := w.store.NewID(model.TypeFactor)
		factors = append(factors, id)
		w.set(model.TypeFactor, id, "incident", string(incident))
	}
	for i := len(w.gesture.Edits); i < n; i++ {
		w.set(model.TypeFactor, factors[i%len(factors)], "statement", fmt.Sprintf("The pool ran empty, wording %d", i))
		if i%len(factors) == len(factors)-1 {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return w.flush()
}
