package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestConditionsThatAreAlike(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"Rolling back takes twenty minutes", "Rollback took 20 minutes", false},
		{"The rollback takes twenty minutes", "A rollback took more than twenty minutes", true},
		{"The pool limit was shared by two services", "Two services share the pool's limit", true},
		{"The alert watches an average", "The dashboard shows an average of all endpoints", false},
		{"Nobody owned the certificate", "The certificate had no owner", false},
		{"Certificates expire without a warning", "The certificate expired and no warning was sent", true},
		{"", "Certificates expire", false},
	} {
		like, shared := Likeness(c.a, c.b)
		if got := like >= AlikeFrom && len(shared) > 1; got != c.alike {
			t.Errorf("%q and %q: %.2f, %v", c.a, c.b, like, shared)
		}
	}
}

func TestLikenessIsSoundAndFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z]{1,8} ){0,8}`)
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		ab, _ := Likeness(a, b)
		if ba, _ := Likeness(b, a); ab != ba || ab < 0 || ab > 1 {
			t.Fatalf("%q and %q: %v and %v", a, b, ab, ba)
		}
		if aa, _ := Likeness(a, a); len(Stems(a)) > 0 && aa != 1 {
			t.Fatalf("%q is like itself by %v", a, aa)
		}
	})
}

func TestOneForEachIncident(t *testing.T) {
	list := AlikeBefore("The pool limit was shared", []NamedBefore{
		{Factor: "F-1", Incident: "N-1", Key: "one", Statement: "The pool limit was shared by two", Started: instant("2026-01-01T00:00:00Z")},
		{Factor: "F-2", Incident: "N-1", Key: "one", Statement: "The pool limit was shared"},
		{Factor: "F-3", Incident: "N-2", Key: "two", Statement: "The shared limit of the pool", Started: instant("2026-02-01T00:00:00Z")},
		{Factor: "F-4", Incident: "N-3", Key: "three", Statement: "Nobody owned it"},
	})
	if len(list) != 2 || list[0].Factor != "F-3" && list[0].Factor != "F-2" {
		t.Fatalf("%+v", list)
	}
	if s := list[0].Sentence(1); !strings.HasPrefix(s, "Named before in ") || !strings.Contains(s, "and in 1 other incident. Both speak of pool, limit and shared.") {
		t.Error(s)
	}
}
