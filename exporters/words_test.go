package exporters

import (
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// Lines in a row are told as a range, and after a dozen places the rest is counted.
func TestPlacesInARow(t *testing.T) {
	for want, numbers := range map[string][]int{"": nil, "3": {3}, "3–4": {3, 4}, "3 and 5": {3, 5}, "3, 7–9 and 12": {3, 7, 8, 9, 12}, "1–3": {1, 2, 3}} {
		if got := ranges(numbers); got != want {
			t.Errorf("%v: %q, want %q", numbers, got, want)
		}
	}
	var odd []int
	for n := range 14 {
		odd = append(odd, 2*n+1)
	}
	if got := ranges(odd[:12]); strings.Contains(got, "more") || !strings.HasSuffix(got, "21 and 23") {
		t.Error(got)
	}
	if got := ranges(odd[:13]); !strings.HasSuffix(got, "23 and 1 more places") {
		t.Error(got)
	}
	for n, want := range map[string]string{"": "", "0": "0 passed", "3": "3 passed"} {
		if got := howMany(n, "passed"); got != want {
			t.Errorf("%q: %q", n, got)
		}
	}
}

// Days are told where what is told lies on more than one.
func TestDaysAreToldWhereThereAreSeveral(t *testing.T) {
	next := at("13:00:00").AddDate(0, 0, 1)
	for _, c := range []struct {
		i    model.Incident
		body []model.Event
		want bool
	}{
		{model.Incident{}, nil, false}, {model.Incident{Started: at("13:00:00")}, nil, false}, {model.Incident{Started: at("13:00:00"), Resolved: at("14:00:00")}, []model.Event{{At: at("13:30:00")}}, false},
		{model.Incident{Started: at("13:00:00"), Resolved: next}, nil, true}, {model.Incident{Started: at("13:00:00")}, []model.Event{{At: next}}, true}, {model.Incident{}, []model.Event{{At: at("13:00:00")}, {At: next}}, true},
		{model.Incident{}, []model.Event{{At: at("13:00:00")}, {At: next}, {At: next}}, true}, {model.Incident{Started: at("13:00:00")}, []model.Event{{}}, false},
	} {
		if got := newClock(time.UTC, c.i, c.body).days; got != c.want {
			t.Errorf("%+v: days are told: %v", c, got)
		}
	}
}

// What helped and what was luck stand under their headings, each where there is any, with what would have been without it.
func TestWhatHelpedIsTold(t *testing.T) {
	const well, luck = "## What went well\n", "## Where we got lucky\n"
	for _, c := range []struct {
		i       model.Incident
		f       []model.Factor
		well    bool
		luck    bool
		without bool
	}{
		{model.Incident{}, nil, false, false, false}, {model.Incident{WentWell: " \n"}, nil, false, false, false}, {model.Incident{WentWell: "support wrote"}, nil, true, false, false}, {model.Incident{Lucky: "a Monday"}, nil, false, true, false},
		{model.Incident{}, []model.Factor{{ID: "F-1", Statement: "A page by hand", Role: "mitigator", Without: "larger"}}, true, false, true}, {model.Incident{}, []model.Factor{{ID: "F-1", Statement: "A Monday", Role: "luck"}}, false, true, false},
		{model.Incident{}, []model.Factor{{ID: "F-1", Statement: "A Monday", Role: "luck", Without: "unknown"}}, false, true, false},
	} {
		c.i.ID, c.i.Title = "N-1", "x"
		page := render(t, Retro{Record: model.Record{Incident: c.i, Factors: c.f}}, "plain")
		_, told, _ := strings.Cut(page, "## Wh")
		if strings.Contains(page, well) != c.well || strings.Contains(page, luck) != c.luck || strings.Contains(told, "without it") != c.without {
			t.Errorf("%+v %+v:\n%s", c.i, c.f, page)
		}
	}
}
