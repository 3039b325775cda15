package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseStretch(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 2, 14, 1, 0, 0, berlin)
	env := Env{Zone: berlin, Day: start, From: start}
	for _, c := range []struct{ text, from, to string }{
		{"14:00-15:10", "2026-11-02T13:00:00Z", "2026-11-02T14:10:00.000000001Z"},
		{"14:00 - 15:10:30", "2026-11-02T13:00:00Z", "2026-11-02T14:10:30.000000001Z"},
		{"14:00 to 15:10", "2026-11-02T13:00:00Z", "2026-11-02T14:10:00.000000001Z"},
		{"14:00–15:10 UTC", "2026-11-02T14:00:00Z", "2026-11-02T15:10:00.000000001Z"},
		{"23:30-00:20", "2026-11-02T22:30:00Z", "2026-11-02T23:20:00.000000001Z"},
		{"14:00-", "2026-11-02T13:00:00Z", ""},
		{"-15:10", "", "2026-11-02T14:10:00.000000001Z"},
		{"to 15:10", "", "2026-11-02T14:10:00.000000001Z"},
		{"2026-11-02 23:50 - 2026-11-03 00:20", "2026-11-02T22:50:00Z", "2026-11-02T23:20:00.000000001Z"},
		{"2 Nov 2026 23:50 to 3 Nov 2026 00:20", "2026-11-02T22:50:00Z", "2026-11-02T23:20:00.000000001Z"},
		{"2026-10-25 02:30 +02:00 - 2026-10-25 02:30 +01:00", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00.000000001Z"},
	} {
		s, err := ParseStretch(c.text, env)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		for _, end := range []struct {
			at   time.Time
			want string
		}{{s.From, c.from}, {s.To, c.to}} {
			if end.want == "" && !end.at.IsZero() || end.want != "" && end.at.UTC().Format(time.RFC3339Nano) != end.want {
				t.Errorf("%q: %s to %s, want %s to %s", c.text, s.From.UTC(), s.To.UTC(), c.from, c.to)
			}
		}
	}
	for _, text := range []string{"", "14:00", "pool", "14:00-pool", "14:00-15:10 pool", "-", "14:00 - 2026-11-01 14:00", "25:00-26:00", "14:00-15:61"} {
		if s, err := ParseStretch(text, env); err == nil {
			t.Errorf("%q became %s to %s", text, s.From, s.To)
		}
	}
}

// A stretch that is written for a field is read from it as the same.
func TestStretchesAreReadAsTheyAreWritten(t *testing.T) {
	zones := []*time.Location{time.UTC}
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"} {
		if z, err := time.LoadLocation(name); err == nil {
			zones = append(zones, z)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := zones[rapid.IntRange(0, len(zones)-1).Draw(t, "zone")]
		at := time.Unix(rapid.Int64Range(100_000, 4_000_000_000).Draw(t, "second"), rapid.Int64Range(0, 999).Draw(t, "ms")*1e6)
		s := Stretch{From: at, To: at.Add(time.Duration(rapid.Int64Range(1, 1e10).Draw(t, "long"))*time.Millisecond + 1)}
		switch rapid.IntRange(0, 2).Draw(t, "open") {
		case 1:
			s.From = time.Time{}
		case 2:
			s.To = time.Time{}
		}
		text := s.Format(zone)
		got, err := ParseStretch(text, Env{Zone: zone, Day: at.Add(time.Hour)})
		if err != nil || !got.From.Equal(s.From) || !got.To.Equal(s.To) {
			t.Fatalf("%q became %s to %s, %v", text, got.From, got.To, err)
		}
	})
}
