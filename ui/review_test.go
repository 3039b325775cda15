package ui_test

import (
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
)

func TestARevisionIsReviewed(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Publish, 120, 48)
	d.Keys("A")
	if r := recordOf(t, m, id); len(r.Approvals) != 0 {
		t.Fatal("something that is not sealed was approved")
	}
	d.Keys("S y A down enter").Type("The second condition has no evidence.").Keys("tab")
	r := recordOf(t, m, id)
	if len(r.Approvals) != 1 || r.Approvals[0].Verdict != model.ChangesAwaited || r.Approvals[0].Digest != r.Revisions[0].Digest {
		t.Fatalf("%+v", r.Approvals)
	}
	for range 60 {
		d.Keys("down")
	}
	d.Keys("A enter")
	if r := recordOf(t, m, id); len(r.Approvals) != 1 || r.Approvals[0].Verdict != model.Approved || r.Approvals[0].By != "dana" || r.Approvals[0].Note != "" {
		t.Errorf("%+v", r.Approvals)
	}
	if !strings.Contains(d.Screen(), "Revision 1 is approved by dana.") {
		t.Errorf("who approved it is not told:\n%s", d.Screen())
	}
}
