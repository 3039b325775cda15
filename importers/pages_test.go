package importers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"aftermath/model"
)

// TestOnePageStopsNoOther reads pages of a live source of which one raises a question, one a fault and one breaks off.
func TestOnePageStopsNoOther(t *testing.T) {
	trouble := map[string]error{
		"asks": &Question{Need: NeedAbove, Line: 3, Example: "up", Why: "is a series of numbers"}, "fault": &model.Fault{Reason: "it cannot be read"},
		"breaks": brokenFile{2, errors.New("unexpected end")},
	}
	src := Source{Name: "jsonl", parse: func(r *run) error {
		return r.each(func(f *File, _ io.Reader) error {
			if err := trouble[f.Name]; err != nil {
				return err
			}
			return r.event(&model.Event{At: time.Unix(1793628000, 0), Title: f.Name, ExternalID: f.Name})
		})
	}}
	var pages []model.Page
	for _, name := range []string{"one", "asks", "two", "fault", "three", "breaks", "four"} {
		pages = append(pages, model.Page{ID: model.ID(name), Name: name, Body: []byte("{}")})
	}
	n := 0
	reading, err := Read(src, Pages("seven pages", pages), Options{})(func(*model.Event) error { n++; return nil })
	if err != nil || n != 4 || reading.Refused != 3 || len(reading.Unread) != 3 {
		t.Fatalf("%v: %d events, %+v", err, n, reading)
	}
	if got := fmt.Sprint(reading.Unread[0]); got != `{asks 3 the file cannot be read further: "up" is a series of numbers }` {
		t.Errorf("got %s", got)
	}
	broken := errors.New("the disk is full")
	if _, err = Read(src, Pages("seven pages", pages), Options{})(func(*model.Event) error { return broken }); err != broken {
		t.Errorf("what the keeper refuses ends the reading: got %v", err)
	}
}

// TestLiveRecordsWithoutZone are refused one by one: nobody is there to answer.
func TestLiveRecordsWithoutZone(t *testing.T) {
	list, _ := json.Marshal([]map[string]any{
		{"id": 1, "time": "2026-11-02 14:00:00", "text": "without a zone", "tags": []string{}},
		{"id": 2, "time": 1793628000000, "text": "with a time", "tags": []string{}},
	})
	src, _ := Lookup("grafana")
	n := 0
	reading, err := Read(src, Pages("1 page", []model.Page{{Name: "annotations-0001.json", Body: list}}), Options{})(func(*model.Event) error { n++; return nil })
	if err != nil || n != 1 || reading.Refused != 1 || reading.Refusals[0].Reason != `"2026-11-02 14:00:00" has no time zone` {
		t.Errorf("%v: %d events, %+v", err, n, reading)
	}
}
