package storage

import (
	"testing"
)

func TestBetween(t *testing.T) {
	r := &seeded{3}
	for name, next := range map[string]func(a, b, new string) (string, string){
		"at the end": func(_, _, new string) (string, string) { return new, "" }, "at the front": func(_, _, new string) (string, string) { return "", new },
		"in one spot": func(a, _, new string) (string, string) { return cmpOr(a, new), new },
	} {
		a, b, longest := "", "", 0
		for range 1000 {
			p := Between(r, a, b)
			if p <= a || b != "" && p >= b {
				t.Fatalf("%s: %q is not between %q and %q", name, p, a, b)
			}
			longest = max(longest, len(p))
			if a, b = next(a, b, p); a == b {
				b = ""
			}
		}
		if longest > 250 {
			t.Errorf("%s: %d characters", name, longest)
		}
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
