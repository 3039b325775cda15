package exporters

import (
	"reflect"
	"strings"
	"testing"

	"aftermath/model"
)

func TestExecutiveIsHalfAPage(t *testing.T) {
	page := renderAs(t, sample(), Form{Audience: Executive})
	if n := len(strings.Fields(page)); n > 250 {
		t.Errorf("%d words", n)
	}
	for _, has := range []string{"## What happened", "## Impact", "## What we change", "- Alert when pool use > 80% for 2 minutes (dana, by 1 December 2026)",
		"## When we will know", "— time to detect: from 6 to 1 minute by 15 December 2026.", "- One-command rollback: improved, from 20 minutes to 2 minutes."} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in %s", has, page)
		}
	}
	for _, not := range []string{"Evidence", "A-1", "F-1", "Score ="} {
		if strings.Contains(page, not) {
			t.Errorf("%q in %s", not, page)
		}
	}
}

// outside is the sample with names, hosts and addresses in what readers outside would see.
func outside() Retro {
	r := sample()
	i := &r.Record.Incident
	i.Summary = "Maya Berg rolled forward; maya had the CDN in mind. Dana asked @ines. The pool of db-prod-03 (10.0.4.7) was full. Maya's dashboard showed averages."
	i.Facilitator, i.TimelineOwner = "Ines", "Maya Berg"
	r.Record.Participants = []model.Participant{{ID: "P-1", Name: "Ines", Discipline: "product", Role: "facilitator"}, {ID: "P-2", Name: "Maya Berg", Discipline: "dev"},
		{ID: "P-3", Name: "Dana", Discipline: "dev"}}
	return r
}

func TestPublicCallsPeopleByTheirRoles(t *testing.T) {
	page := renderAs(t, outside(), Form{Audience: Public, Profile: "plain"})
	for _, has := range []string{"Engineer 1 rolled forward; engineer 1 had the CDN in mind. Engineer 2 asked the facilitator.", "Engineer 1's dashboard"} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in %s", has, page)
		}
	}
	for _, not := range []string{"Ines", "Maya", "Dana", "Jonas", "A-1", "F-1", "Evidence", "ci-bot", "@here", "slack", "datadog", "Priorities", "Verification", "platform"} {
		if strings.Contains(page, not) {
			t.Errorf("%q in %s", not, page)
		}
	}
}

func TestLeaksAreToldWithTheirPlace(t *testing.T) {
	r := outside()
	leaks := func(audience string) (list []string) {
		found, err := Leaks(r, audience)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range found {
			list = append(list, l.Kind+" "+l.Text+" "+l.Where)
		}
		return list
	}
	public := strings.Join(leaks(Public), "\n")
	for _, has := range []string{"host db-prod-03 “executive summary” of the incident", "ip 10.0.4.7 “executive summary” of the incident"} {
		if !strings.Contains(public, has) {
			t.Errorf("no %q in\n%s", has, public)
		}
	}
	if strings.Contains(public, "Maya") {
		t.Errorf("a name that has a role is told:\n%s", public)
	}
	inside := strings.Join(leaks(Engineering), "\n")
	for _, has := range []string{"person Maya Berg", "person dana “owner” of A-1", "url https://tickets.example.org/OPS-12 “ticket” of A-2"} {
		if !strings.Contains(inside, has) {
			t.Errorf("no %q in\n%s", has, inside)
		}
	}
	r.Record.Redactions = []model.Redaction{{Text: "db-prod-03", Instead: "a database"}, {Text: "10.0.4.7", Instead: "10.0.4.7"}, {Text: "maya", Instead: "the author"},
		{Text: "checkout", Instead: "checkout"}}
	if rest := leaks(Public); len(rest) > 0 {
		t.Errorf("mapped, and still told: %v", rest)
	}
	if page := renderAs(t, r, Form{Audience: Public, Profile: "plain"}); !strings.Contains(page, "; the author had the CDN in mind") || !strings.Contains(page, "The pool of a database (10.0.4.7) was full.") {
		t.Error(page)
	}
}

func TestRedactionLeavesTheRecordAlone(t *testing.T) {
	r := outside()
	before := renderAs(t, r, Form{Format: "json"})
	renderAs(t, r, Form{Audience: Public})
	if renderAs(t, r, Form{Format: "json"}) != before {
		t.Error("writing for the public changed the record")
	}
}

// Whatever field a name stands in, no document for the public says it.
func TestNoNameReachesThePublic(t *testing.T) {
	r := sample()
	text := func() string { return "Zed Quill saw it, zed quill and @ZED told Quill; Zed's turn" }
	fill(reflect.ValueOf(&r.Record).Elem(), text)
	var events []model.Event
	_ = r.Events(func(e *model.Event) error { events = append(events, *e); return nil })
	for i := range events {
		fill(reflect.ValueOf(&events[i]).Elem(), text)
		events[i].Source, events[i].Kind = model.SourceHand, "decision"
	}
	r.Events = each(events)
	r.Record.Redactions = nil
	r.Record.Participants = []model.Participant{{ID: "P-1", Name: "Zed Quill", Discipline: "ops"}}
	for i := range r.Record.Actions {
		r.Record.Actions[i].Stage, r.Record.Actions[i].Owner, r.Record.Actions[i].Verifier = "committed", "zed", "Quill"
	}
	forms := []Form{{Format: "html", Audience: Public}, {Format: "confluence-storage", Audience: Public}}
	for _, p := range Profiles {
		forms = append(forms, Form{Profile: p, Audience: Public})
	}
	for _, f := range forms {
		page := renderAs(t, r, f)
		for _, name := range []string{"zed", "quill"} {
			if at := strings.Index(strings.ToLower(page), name); at >= 0 {
				t.Errorf("%v: %s", f, page[max(0, at-60):at+60])
			}
		}
		if !strings.Contains(page, "perations engineer") {
			t.Errorf("%v: nobody is called by a role", f)
		}
	}
}
