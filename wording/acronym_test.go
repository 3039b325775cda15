package wording

import (
	"slices"
	"testing"
)

func TestAcronyms(t *testing.T) {
	around := Around{Terms: []string{"lhb-gateway"}, Texts: []string{"The Order Intake Desk (OID) takes phone orders."}}
	for text, want := range map[string][]string{
		"Add a limit to the QXZ queue":                             {"QXZ"},
		"Add a limit to the QXZs":                                  {"QXZ"},
		"The API returned HTTP 503 to the CDN":                     nil,
		"The LHB queue is full":                                    nil,
		"The OID queue is full":                                    nil,
		"The QXZ (quick exchange zone) is full":                    nil,
		"The queue exit zone is full, so QEZ failed":               nil,
		"NOBODY WAS TOLD":                                          nil,
		"`QXZ` is unset":                                           nil,
		"ZZT and YYK differ":                                       {"ZZT", "YYK"},
		"Sev2 at 14:02 on node A7":                                 nil,
		"Quick Exchange Zone (QXZ) is down, and QXZ stays down":    nil,
		"The WXP cannot reach the WXP after the switch of the WXP": {"WXP"},
	} {
		if got := Acronyms(text, around); !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v", text, got, want)
		}
	}
}
