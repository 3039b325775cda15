package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestLeakCheck(t *testing.T) {
	check := NewLeakCheck(Known{People: []string{"Maya Berg", "May", "dana"}, Services: []string{"checkout"}}, []Redaction{{Text: "x", Instead: "status.example.com"}})
	for text, want := range map[string]string{
		"Maya Berg and @dana rolled back":            "person Maya Berg, person dana",
		"in may, and in May":                         "person May",
		"the checkout was slow, checkouts were not":  "service checkout, service checkouts",
		"db-prod-03 and web-1 and eu-west-1":         "host db-prod-03, host web-1, host eu-west-1",
		"pool.db.internal, main.go, v2.1.0, e.g. so": "host pool.db.internal",
		"10.0.4.7 or fe80::1, at 14:07:30 v1.2.3.4x": "ip 10.0.4.7, ip fe80::1",
		"mail maya@example.org now":                  "email maya@example.org",
		"see https://wiki.internal/x?a=1.":           "url https://wiki.internal/x?a=1",
		"status.example.com is fine":                 "",
		"key AKIAIOSFODNN7EXAMPLE":                   "credential AKIAIOSFODNN7EXAMPLE",
		"token 9f8a7b6c5d4e3f2a1b0c9d8e":             "credential 9f8a7b6c5d4e3f2a1b0c9d8e",
		"UTF-8, SHA-256, sev-2, a well-known thing":  "",
		"Ask @ops-lead about A-12 at 80%":            "person @ops-lead",
		"12 × 60 = 720; 1/2; 2026-11-02; 14:07–15:0": "",
	} {
		var got []string
		for _, l := range check.In(text) {
			got = append(got, l.Kind+" "+l.Text)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

func TestRedactor(t *testing.T) {
	r := NewRedactor([]Redaction{{Text: "Maya Berg", Instead: "the on-call engineer"}, {Text: "Maya", Instead: "the on-call engineer", Exact: true}, {Text: "db-1", Instead: "a host"},
		{Text: "checkout", Instead: "Checkout"}, {Text: "", Instead: "nothing"}, {Text: "gone", Instead: ""},
		{Text: "@abuse desk", Instead: "a moderator"}, {Text: "@night", Instead: "@night"}})
	for text, want := range map[string]string{
		"maya berg paged Maya; @maya berg answered.": "The on-call engineer paged the on-call engineer; the on-call engineer answered.",
		"Mayan maya's Maya's":                        "Mayan maya's the on-call engineer's",
		"db-1 is not db-12, nor xdb-1":               "A host is not db-12, nor xdb-1",
		"checkout stays":                             "checkout stays",
		"gone stays":                                 "gone stays",
		"Slow. db-1 was full":                        "Slow. A host was full",
		"Then @Abuse desk blocked them, an abuse":    "Then a moderator blocked them, an abuse",
		"@night watched, by night":                   "@night watched, by night",
		"":                                           "",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// After a text was mapped to words of another kind, it stands nowhere as a word of its own.
func TestRedactorLeavesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"Zoë", "Ann Lee", "a.b", "支払", "x"}).Draw(t, "name")
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{name, "@" + name, " ", ".", "q", strings.ToUpper(name), "\n", "-"})).Draw(t, "text"), "")
		once := NewRedactor([]Redaction{{Text: name, Instead: "0"}}).Text(text)
		for _, l := range NewLeakCheck(Known{People: []string{name}}, nil).In(once) {
			if l.Kind == LeakPerson && !l.Perhaps && strings.TrimPrefix(l.Text, "@") == name {
				t.Fatalf("%q leaves %q in %q", text, l.Text, once)
			}
		}
	})
}

// Whatever the text, what is found stands in it, and no two finds overlap.
func FuzzLeakCheck(f *testing.F) {
	for _, seed := range []string{"maya@example.org at 10.0.4.7", "https://a.b/c, db-1", "@dana \xff\xfe İ", "::1 2001:db8::1", ""} {
		f.Add(seed)
	}
	known := Known{People: []string{"Maya Berg", "dana", "İ"}, Services: []string{"checkout", "a.b"}}
	check := NewLeakCheck(known, []Redaction{{Text: "x", Instead: "db-1"}})
	redact := NewRedactor([]Redaction{{Text: "Maya Berg", Instead: "an engineer"}, {Text: "dana", Instead: "a manager", Exact: true}, {Text: "İ", Instead: "i"}})
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, l := range check.In(text) {
			i := strings.Index(text[at:], l.Text)
			if i < 0 || l.Text == "" {
				t.Fatalf("%q: %q does not follow", text, l.Text)
			}
			at += i + len(l.Text)
		}
		redact.Text(text)
	})
}
