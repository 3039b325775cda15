package exporters

import (
	"bytes"
	"strings"
	"testing"
)

// Where ranges order the work, the document says so in their unit, and tells how firm the order is.
func TestRangesInTheDocument(t *testing.T) {
	r := sample()
	for i, ranges := range [][3]string{{"2–4–9", "10–20–60", "1–2–4"}, {"1–2–4", "30–60–90", "5–8–20"}, {}, {}, {"2–4–9", "10–20–60", "1–2–4"}} {
		a := &r.Record.Actions[i]
		a.Occurrences, a.Loss, a.Days, a.LossUnit = ranges[0], ranges[1], ranges[2], "EUR | <b>"
	}
	r.Record.Results[0].Waived = "Staging has no such data."
	var doc bytes.Buffer
	if err := Markdown(&doc, r, "github"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"for each person-day, in EUR | &lt;b>.", "| Rank | Action | Per person-day | Occurrences × loss × share ÷ days |",
		"2–4–9 a year × 10–20–60 EUR &#124; &lt;b> ÷ 1–2–4 person-days", "The estimate that could change the order most is",
		"production first because: Staging has no such data",
	} {
		if !strings.Contains(doc.String(), want) {
			t.Errorf("%q is not there", want)
		}
	}
	if t.Failed() {
		_, rest, _ := strings.Cut(doc.String(), "## Priorities")
		t.Log(rest)
	}
}
