package model

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseOffset(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"-1m30s": -90 * time.Second, "+37s": 37 * time.Second, "2h": 2 * time.Hour, "90": 90 * time.Second, "-0.5": -500 * time.Millisecond,
		"1d2h": 26 * time.Hour, "-1d2h": -26 * time.Hour, "+1h 0m": time.Hour, "\u22125s": -5 * time.Second,
	} {
		if d, ok := ParseOffset(text); !ok || d != want {
			t.Errorf("%q: %v %v, want %v", text, d, ok, want)
		}
	}
	for _, text := range []string{"", "abc", "1y", "9999h9999h", "400d", "1e300"} {
		if d, ok := ParseOffset(text); ok {
			t.Errorf("%q was read as %v", text, d)
		}
	}
}

func TestOffsetsAreWrittenAsTheyAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Range(int64(-mostOffset), int64(mostOffset)).Draw(t, "offset"))
		if back, ok := ParseOffset(FormatOffset(d)); !ok || back != d {
			t.Fatalf("%v is written %s and read %v", d, FormatOffset(d), back)
		}
	})
	for d, want := range map[time.Duration]string{37 * time.Second: "+37s", -90 * time.Second: "-1m30s", 2 * time.Hour: "+2h", -2*time.Hour - 250*time.Millisecond: "-2h0m0.25s", 10 * time.Minute: "+10m"} {
		if got := FormatOffset(d); got != want {
			t.Errorf("%v is written %s, want %s", d, got, want)
		}
	}
}

func TestLineShape(t *testing.T) {
	for line, want := range map[string]string{
		"took 31 ms":                                "took # ms",
		"GET /cart/88 from 10.0.0.17:443":           "GET /cart/# from #.#.#.#:#",
		"trace 4bf92f3577b34da6a3ce929d0e0e4736 ok": "trace # ok",
		"pod checkout-7d9f-x2 of web12 is ready":    "pod checkout-#-x# of web# is ready",
		`"GET /cart/88 HTTP/1.1" 500 120`:           `"GET /cart/# HTTP/#.#" 500 #`,
		"upstream answered status=503 in 31 ms":     "upstream answered status=503 in # ms",
		"worker 12 exited with code 137":            "worker # exited with code 137",
		"worker 12 exited with 137":                 "worker # exited with 137",
		"exit code: 1 after 3 tries":                "exit code: 1 after # tries",
		"SEV2 opened as INC-4711":                   "SEV2 opened as INC-#",
		"P1 alert 55":                               "P1 alert #",
		"error 1714015955 at 12":                    "error # at #",
		"naïve café":                                "naïve café",
		"":                                          "",
	} {
		if got := LineShape(line); got != want {
			t.Errorf("%q has the shape %q, want %q", line, got, want)
		}
	}
}
