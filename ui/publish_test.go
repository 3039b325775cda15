package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

func TestPublishForReadersOutside(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	p := o.Writer.(*papers)
	d := open(t, o, id, nav.Publish, 120, 36)
	d.Keys("a").Type("public").Keys("enter")
	for _, has := range []string{"For public", "db-prod-03  host", "cache-1  host", "r says what stands instead"} {
		if !strings.Contains(d.Screen(), has) {
			t.Fatalf("no %q in\n%s", has, d.Screen())
		}
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		at := open(t, o, id, nav.Publish, size[0], size[1])
		at.Keys("a").Type("public").Keys("enter")
		uitest.Golden(t, fmt.Sprintf("publish-public-%dx%d", size[0], size[1]), at.Screen())
		check(t, at, size[0], size[1], "publish")
	}

	d.Keys("x")
	if !strings.Contains(d.Screen(), "They would see “db-prod-03”, “cache-1”, in 2 places") {
		t.Fatalf("nothing is said before the file is written:\n%s", d.Screen())
	}
	d.Keys("n")
	if p.saved != "" {
		t.Fatal("it was written after a no")
	}

	d.Keys("r").Type("db-prod").Keys("enter").Type("a database host").Keys("enter")
	if !strings.Contains(d.Screen(), "cache-1  host") || !strings.Contains(d.Screen(), "ctrl-l let it stand") {
		t.Fatalf("the list does not come back with what is left:\n%s", d.Screen())
	}
	d.Type("cache").Keys("ctrl+l")
	r, err := m.Record(t.Context(), id)
	if err != nil || len(r.Redactions) != 2 || r.Redactions[0].Instead != "a database host" && r.Redactions[1].Instead != "a database host" {
		t.Fatal(err, r.Redactions)
	}
	if s := d.Screen(); !strings.Contains(s, "None was found.") {
		t.Fatalf("what is mapped is still told:\n%s", s)
	}
	d.Keys("x").Keys("enter")
	if p.saved == "" {
		t.Error("nothing was written")
	}
	d.Keys("r").Type("cache").Keys("ctrl+d")
	if r, err = m.Record(t.Context(), id); err != nil || len(r.Redactions) != 1 {
		t.Error(err, r.Redactions)
	}
}

// A credential gets to nobody outside by a yes, and to our own people only with one; a reason sets it aside.
func TestPublishHoldsCredentialsBack(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	p := o.Writer.(*papers)
	p.secret = "hunter2secret"
	d := open(t, o, id, nav.Publish, 120, 36)
	d.Keys("x")
	if s := d.Screen(); !strings.Contains(s, "A credential stands in it") || strings.Contains(s, p.secret) {
		t.Fatalf("our own people are not warned:\n%s", s)
	}
	d.Keys("n").Keys("a").Type("public").Keys("enter").Keys("x").Keys("y").Keys("esc")
	if p.saved != "" {
		t.Fatal("a yes let it out")
	}
	d.Keys("r").Type("hunt").Keys("ctrl+l").Type("made up").Keys("enter")
	r, err := m.Record(t.Context(), id)
	if err != nil || len(r.Dismissals) != 1 || r.Dismissals[0].Kind != model.DoubtSecret || r.Dismissals[0].Reason != "made up" || len(r.Redactions) != 0 {
		t.Fatal(err, r.Dismissals, r.Redactions, d.Screen())
	}
	d.Keys("esc").Keys("x").Keys("y").Keys("enter")
	if p.saved == "" {
		t.Fatalf("what was set aside still holds it back:\n%s", d.Screen())
	}
}

func TestPublishKeepsWhatAHandChanged(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	p := o.Writer.(*papers)
	p.kept = &model.Fault{Kind: model.FaultInput, What: "write the document", Reason: "it was changed by hand", Err: model.ErrKept}
	d := open(t, o, id, nav.Publish, 80, 24)
	d.Keys("x").Keys("enter")
	if p.saved != "" || !strings.Contains(d.Screen(), "It was changed by hand") {
		t.Fatalf("it was written over:\n%s", d.Screen())
	}
	d.Keys("y")
	if p.saved == "" {
		t.Error("a yes wrote nothing")
	}
}

// Only the Markdown for engineering becomes a revision; the format of a page is shown by its words.
func TestPublishFormats(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	d := open(t, o, id, nav.Publish, 120, 36)
	d.Keys("f").Type("html").Keys("enter")
	if s := d.Screen(); !strings.Contains(s, "the words of the html") {
		t.Errorf("no html in\n%s", s)
	}
	d.Keys("S")
	if r, err := m.Record(t.Context(), id); err != nil || len(r.Revisions) != 0 || strings.Contains(d.Screen(), "Seal revision") {
		t.Errorf("a page of HTML could be sealed:\n%s", d.Screen())
	}
	d.Keys("x").Keys("enter")
	if !strings.HasSuffix(o.Writer.(*papers).saved, "html") {
		t.Error("the words were written, not the page")
	}
}
