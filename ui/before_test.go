package ui_test

import (
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
)

func TestAConditionThatWasNamedBeforeIsTold(t *testing.T) {
	m, id := sample(t)
	other, f := m.NewID(model.TypeIncident), m.NewID(model.TypeFactor)
	g := model.Gesture{}.Set(model.TypeIncident, other, "title", "Payments slow").Set(model.TypeIncident, other, "key", "2026-03-02-payments").Set(model.TypeIncident, other, "started", "2026-03-02T12:00:00Z").
		Set(model.TypeFactor, f, "incident", string(other)).Set(model.TypeFactor, f, "statement", "The certificate expired and no warning was sent")
	if err := m.Apply(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	d := open(t, options(m), id, nav.Factors, 100, 30)
	d.Keys("a").Type("process: certificates expire without a warning")
	if screen := d.Screen(); !strings.Contains(screen, "Named before in 2026-03-02-payments") || !strings.Contains(screen, "speak of certificates, expire and warning") {
		t.Errorf("it is not told:\n%s", screen)
	}
	d.Type(" zzz yyy xxx www vvv uuu ttt sss")
	if strings.Contains(d.Screen(), "Named before") {
		t.Errorf("it is still told of another text:\n%s", d.Screen())
	}
	check(t, d, 100, 30, "recall")
}
