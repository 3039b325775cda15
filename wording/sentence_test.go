package wording

import "testing"

func TestLemmas(t *testing.T) {
	d := theDictionary()
	for word, want := range map[string]string{
		"used": "use", "using": "use", "need": "need", "bring": "bring", "stopped": "stop", "queries": "query", "processes": "process",
		"misunderstood": "misunderstand", "retries": "retry", "access": "access", "status": "status", "hosts": "host", "caching": "cache",
	} {
		if got := lemma(word, d.known); got != want {
			t.Errorf("%s: %s, not %s", word, got, want)
		}
	}
}

// The clause's verb is the finite one, whatever participles stand before it.
func TestClauses(t *testing.T) {
	for text, want := range map[string]struct {
		verb, modal              string
		negated, passive, person bool
	}{
		"The change committed in May was never tested":      {"tested", "", true, true, false},
		"We should have rolled back":                        {"rolled", "should", false, false, true},
		"The person on call had not read the handover":      {"read", "", true, false, true},
		"The switch they are replacing would have survived": {"survived", "would", false, false, false},
		"Tired operators pressed the key":                   {"pressed", "", false, false, true},
		"Schema changes are reviewed":                       {"reviewed", "", false, true, false},
		"One of the engineers stopped it":                   {"stopped", "", false, false, true},
	} {
		s := parse(text)
		c := s.clauses[0]
		if c.verb < 0 || s.tokens[c.verb].text != want.verb || c.modal != want.modal || c.negated != want.negated || c.passive != want.passive || s.personal(c, nil) != want.person {
			t.Errorf("%q: %+v, person %v", text, c, s.personal(c, nil))
		}
	}
}
