package collect

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A resetHeader is how a vendor says when the limit ends. Headers of one name differ in their unit from vendor
// to vendor, so the unit belongs to the vendor.
type resetHeader struct {
	name  string
	epoch bool // seconds since 1970; otherwise the seconds that are left
}

// statusCalm is what some APIs answer in place of 429.
const statusCalm = 420

// limit says whether an answer asks to come back later, and how long to wait. Asked again and again without
// being told a time, it waits twice as long each time.
func (l *line) limit(a response, before int) (wait time.Duration, limited bool) {
	after := a.header.Get("Retry-After")
	strict := l.vendor.strict != nil && l.vendor.strict(a)
	switch {
	case a.status == http.StatusTooManyRequests, a.status == statusCalm, strict:
	case after != "" && (a.status == http.StatusForbidden || a.status == http.StatusServiceUnavailable):
	default:
		return 0, false
	}
	now := l.now(a)
	patience := l.vendor.patient
	if patience == 0 {
		patience = 5 * time.Second
	}
	patience <<= min(before, 20)
	wait, told := retryAfter(after, now)
	if !told {
		if wait, told = l.vendor.reset.left(a.header, now); told && strict && !spent(a) {
			wait = min(wait, patience) // the header speaks of another limit, but in that time this one ends too
		}
	}
	if !told {
		wait = patience
	}
	return max(wait, time.Second), true
}

// now is the time of the server where it says it: waits until a time are then right whatever our clock says.
func (l *line) now(a response) time.Time {
	if at, err := http.ParseTime(a.header.Get("Date")); err == nil {
		return at
	}
	return l.job.Clock.now()
}

// retryAfter reads the header in both of its forms.
func retryAfter(text string, now time.Time) (time.Duration, bool) {
	if at, err := http.ParseTime(text); err == nil {
		return at.Sub(now), true
	}
	return seconds(text)
}

func seconds(text string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || !(n >= 0) {
		return 0, false
	}
	return time.Duration(min(n, 1e9) * float64(time.Second)), true
}

func (r resetHeader) left(h http.Header, now time.Time) (time.Duration, bool) {
	text := h.Get(r.name)
	if !r.epoch {
		return seconds(text)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 {
		return 0, false
	}
	return time.Unix(n, 0).Sub(now), true
}

// spent says whether the ordinary limit is used up.
func spent(a response) bool { return a.header.Get("X-RateLimit-Remaining") == "0" }

// says looks for any of some phrases in an answer.
func says(a response, phrases ...string) bool {
	text := bytes.ToLower(a.body[:min(len(a.body), 4096)])
	for _, p := range phrases {
		if bytes.Contains(text, []byte(p)) {
			return true
		}
	}
	return false
}
