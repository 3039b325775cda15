package exporters

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"

	"aftermath/model"
	"aftermath/safetext"
)

// A Document is a whole record as `show --json` prints it.
type Document struct {
	model.Record
	Actions   []ScoredAction   `json:"actions"`
	Durations []model.Duration `json:"durations"`
	Alignment string           `json:"alignment,omitempty"`

	Verification model.PassRate `json:"verification"`
}

// A ScoredAction is an action with its score; null while an estimate is missing.
type ScoredAction struct {
	model.Action
	Score *float64 `json:"score"`
}

// Show makes the document of a record; lists are never null.
func Show(rec model.Record, scale model.Scale) Document {
	d := Document{Record: rec, Actions: []ScoredAction{}, Durations: rec.Incident.Durations(), Alignment: model.Align(rec.Factors).Sentence,
		Verification: model.PassRateOf(rec)}
	if d.Incident.Services == nil {
		d.Incident.Services = []string{}
	}
	d.Factors = make([]model.Factor, len(rec.Factors))
	for i, f := range rec.Factors {
		if f.Evidence == nil {
			f.Evidence = []model.ID{}
		}
		d.Factors[i] = f
	}
	for _, a := range rec.Actions {
		if a.Factors == nil {
			a.Factors = []model.ID{}
		}
		s := ScoredAction{Action: a}
		if score, ok := model.Score(a, scale); ok {
			s.Score = &score
		}
		d.Actions = append(d.Actions, s)
	}
	return d
}

// JSON writes the document of Show with three members more: "standing", whether it is the newest revision,
// "timeline", every event, one a line, in time, and "digest", the SHA-256 of everything above the last line.
// Nothing is held in memory but one event.
func JSON(w io.Writer, r Retro) error {
	r = r.settle()
	standing, err := r.Standing()
	if err != nil {
		return err
	}
	head, err := safetext.Marshal(struct {
		Document
		Standing Standing `json:"standing"`
	}{Show(r.Record, r.Scale), standing})
	if err != nil {
		return err
	}
	above := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, above), 1<<16)
	out.Write(bytes.TrimSuffix(head, []byte("}")))
	out.WriteString(`,"timeline":[`)
	separator := "\n"
	var line []byte
	err = r.Events(func(e *model.Event) error {
		line = e.AppendJSON(append(line[:0], separator...))
		separator = ",\n"
		_, err := out.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	out.WriteString("\n],")
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n\"digest\":\"%s\"}\n", sealText(r.Record.Incident.Key, above.Sum(nil)))
	return err
}
