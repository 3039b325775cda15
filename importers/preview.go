package importers

import (
	"errors"

	"aftermath/model"
)

// A Sample is one event of a preview beside the record that it came from.
type Sample struct {
	Event    model.Event
	Original string // the record as it was written, made safe to show and cut
}

// previewLimit is how many events a preview counts; an import counts all.
const previewLimit = 20_000

var errEnough = errors.New("enough was read")

// Preview reads the first n events, so that a person can see what became of them before anything is
// kept. The reading holds the counts and warnings of all that was read, as an import would have them; a *Question is
// returned as an error.
func Preview(src Source, in *Input, opt Options, n int) ([]Sample, model.Reading, error) {
	read, samples := Sampling(src, in, opt, n)
	reading, err := read(func(*model.Event) error { return nil })
	return *samples, reading, err
}

// Sampling is Read for a preview: it stops where a preview has counted enough, and gathers the first n events.
func Sampling(src Source, in *Input, opt Options, n int) (model.ReadEvidence, *[]Sample) {
	samples := &[]Sample{}
	return func(emit func(*model.Event) error) (model.Reading, error) {
		*samples = nil
		events := 0
		var r *run
		r = newRun(src, in, opt, func(e *model.Event) error {
			if len(*samples) < n {
				*samples = append(*samples, Sample{Event: *e, Original: cutRunes(manyLines(r.original), 2000)})
			}
			if err := emit(e); err != nil {
				return err
			}
			if events++; events >= previewLimit {
				return errEnough
			}
			return nil
		})
		r.previewing = true
		if err := r.read(); err != nil && !errors.Is(err, errEnough) {
			return r.reading, err
		}
		return r.reading, nil
	}, samples
}
