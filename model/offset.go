package model

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// mostOffset is the farthest that a clock is moved. A clock that is off by more is a wrong date, which
// belongs to single lines.
const mostOffset = 366 * 24 * time.Hour

// ParseOffset reads how far a clock is moved: "-1m30s", "+2h", "0.5s", or a bare number of seconds.
func ParseOffset(text string) (time.Duration, bool) {
	text = strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(text), " ", ""), "\u2212", "-")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && math.Abs(seconds) <= mostOffset.Seconds() {
		return time.Duration(math.Round(seconds * float64(time.Second))), true
	}
	days := 0
	if whole, rest, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.Atoi(whole)
		if err != nil || n > 366 || n < -366 {
			return 0, false
		}
		if days, text = n, rest; strings.HasPrefix(whole, "-") && rest != "" {
			text = "-" + rest
		}
		if text == "" {
			text = "0s"
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, false
	}
	d += time.Duration(days) * 24 * time.Hour
	return d, d >= -mostOffset && d <= mostOffset
}

// FormatOffset writes it with its sign, exact: "+37s", "-1h0m0.25s".
func FormatOffset(d time.Duration) string {
	text := d.String()
	for _, zero := range []struct{ long, short string }{{"m0s", "m"}, {"h0m", "h"}} {
		if rest, ok := strings.CutSuffix(text, zero.long); ok {
			text = rest + zero.short
		}
	}
	if d > 0 {
		text = "+" + text
	}
	return text
}

func parseOffset(f Field, text string) (any, error) {
	d, ok := ParseOffset(text)
	if !ok {
		return nil, refuse(f, quote(text)+" is no offset of a clock", "write it as +37s, -1m30s or -2h")
	}
	if d == 0 {
		return nil, nil
	}
	return FormatOffset(d), nil
}
