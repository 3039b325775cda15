package collect

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aftermath/config"
	"aftermath/importers"
)

// A visit is a whole collection from one vendor: what must be asked, and what becomes of the answers.
type visit struct {
	source  Source
	path    string // that the vendor's address ends in
	signed  func(http.Header) bool
	replies map[string][]reply
	pages   []string // names of the pages that are kept, in their order
	events  []string // external ids, sorted; nil where found says enough
	found   int      // how many events are read
}

var visits = map[string]visit{}

func TestVisits(t *testing.T) {
	for name, v := range visits {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, v.signed, v.replies)
			want := len(v.replies)
			if v.source.Address = a.URL + v.path; v.source.Name == "kubernetes" {
				v.source.Address = ""
			}
			x := newTrial(v.source)
			out := x.run(t)
			if len(a.odd) > 0 {
				t.Errorf("asked for what is not there: %q", a.odd)
			}
			_, readable := importers.Lookup(v.source.Name)
			if out.Err != nil && readable {
				t.Fatal(out.Err)
			}
			if d := cmp.Diff(v.pages, names(out.Pages)); d != "" {
				t.Error("pages:", d)
			}
			asked := a.had()
			slices.Sort(asked)
			if asked = slices.Compact(asked); len(asked) != want {
				t.Errorf("%d of %d things were asked for: %q", len(asked), want, asked)
			}
			if v.events != nil {
				v.found = len(v.events)
				if d := cmp.Diff(v.events, x.imported.ids()); d != "" {
					t.Error("events:", d, out.Report.Refusals)
				}
			}
			if readable && v.found > 0 {
				if out.Report.New != v.found {
					t.Errorf("%d events, want %d: %q", out.Report.New, v.found, x.imported.ids())
				}
				warnings := slices.DeleteFunc(out.Report.Warnings, func(w string) bool { return strings.Contains(w, "outside the window") })
				if out.Report.Refused > 0 || len(warnings) > 0 {
					t.Error(out.Report.Refusals, warnings)
				}
			}
			// A collection that has come to its end is made anew, and finds the same.
			again := x.run(t)
			if again.Known != len(again.Pages) || len(again.Pages) != len(out.Pages) || again.Report.New != 0 {
				t.Errorf("again: %d of %d pages were known, and %d events new", again.Known, len(again.Pages), again.Report.New)
			}
			if len(a.had()) == 0 && v.source.Name != "kubernetes" {
				t.Error("a finished collection was not made anew")
			}
		})
	}
}

// TestPartsAreLeftOut holds the words that the configuration takes for skip to what they do.
func TestPartsAreLeftOut(t *testing.T) {
	for name, v := range visits {
		if name != v.source.Name {
			continue // another way to ask the same vendor
		}
		for _, part := range config.PartsOf(name) {
			source := v.source
			source.Address = newAPI(t, v.signed, v.replies).URL + v.path
			source.Skip = []string{part}
			if out := newTrial(source).run(t); len(out.Pages) >= len(v.pages) {
				t.Errorf("%s without %s: %q", name, part, names(out.Pages))
			}
		}
	}
}
