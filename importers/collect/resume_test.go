package collect

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"aftermath/model"
)

// A flaky transport answers as the API behind it does, but for one request, which meets a fault.
type flaky struct {
	under http.RoundTripper
	at    int // the number of the request that meets it, from 0
	fault func(*http.Request) (*http.Response, error)
	n     int
}

func (f *flaky) RoundTrip(r *http.Request) (*http.Response, error) {
	f.n++
	if f.n-1 >= f.at && f.n-1 < f.at+len(pauses)+1 { // for as long as it is tried again
		if res, err := f.fault(r); res != nil || err != nil {
			return res, err
		}
	}
	return f.under.RoundTrip(r)
}

// breaking are faults that end a collection.
var breaking = map[string]func(*http.Request) (*http.Response, error){
	"500":    func(r *http.Request) (*http.Response, error) { return answering(r, 500, "{}"), nil },
	"401":    func(r *http.Request) (*http.Response, error) { return answering(r, 401, "{}"), nil },
	"403":    func(r *http.Request) (*http.Response, error) { return answering(r, 403, "{}"), nil },
	"404":    func(r *http.Request) (*http.Response, error) { return answering(r, 404, "{}"), nil },
	"html":   func(r *http.Request) (*http.Response, error) { return response200(r, "<html>"), nil },
	"cut":    func(r *http.Request) (*http.Response, error) { return response200(r, `{"ok":tr`), nil },
	"broken": func(r *http.Request) (*http.Response, error) { return nil, errors.New("connection reset by peer") },
	"slack": func(r *http.Request) (*http.Response, error) {
		return response200(r, `{"ok":false,"error":"fatal_error"}`), nil
	},
	"limit": func(r *http.Request) (*http.Response, error) {
		res := answering(r, 429, "{}")
		res.Header.Set("Retry-After", "7200")
		return res, nil
	},
}

func answering(r *http.Request, status int, body string) *http.Response {
	res := response200(r, body)
	res.StatusCode = status
	return res
}

// TestFaultAnywhere breaks a collection off at a random request and completes it with a second run. After the
// first the keeper holds exactly the pages that were reported; after the second everything is as without the fault.
func TestFaultAnywhere(t *testing.T) {
	faults := []string{}
	for name := range breaking {
		faults = append(faults, name)
	}
	slices.Sort(faults)
	all := []string{}
	for name := range visits {
		all = append(all, name)
	}
	slices.Sort(all)
	rapid.Check(t, func(rt *rapid.T) {
		v := visits[rapid.SampledFrom(all).Draw(rt, "vendor")]
		source := v.source
		source.Address = "https://api.example.com" + v.path
		server := &api{t: t, signed: v.signed, replies: v.replies}
		server.Server = &unstarted
		plain := &flaky{under: inMemory{server}, at: -100}
		whole := newTrial(source)
		whole.Transport = plain
		want := whole.run(t)

		fault := rapid.SampledFrom(faults).Draw(rt, "fault")
		at := rapid.IntRange(0, plain.n-1).Draw(rt, "request")
		x := newTrial(source)
		broken := &flaky{under: inMemory{server}, at: at, fault: breaking[fault]}
		x.Transport = broken
		first := x.run(t)
		if first.State != Failed {
			rt.Fatalf("the fault did not end it: %v", first.Err)
		}
		kept, _ := x.keeper.Kept(t.Context(), incident, source.Name)
		if !slices.Equal(requests(kept), requests(first.Pages)) || len(first.Pages) < at {
			rt.Fatalf("%d pages are kept, %d reported, at least %d were given", len(kept), len(first.Pages), at)
		}
		healthy := &flaky{under: inMemory{server}, at: -100}
		x.Transport = healthy
		second := x.run(t)
		if second.State != want.State || !slices.Equal(requests(second.Pages), requests(want.Pages)) {
			rt.Fatalf("the second run ended %v with %q, want %v with %q", second.Err, names(second.Pages), want.Err, names(want.Pages))
		}
		if healthy.n != plain.n-len(first.Pages) {
			rt.Fatalf("the second run asked %d times, want %d", healthy.n, plain.n-len(first.Pages))
		}
		if !slices.Equal(x.imported.ids(), whole.imported.ids()) {
			rt.Fatalf("events %q, want %q", x.imported.ids(), whole.imported.ids())
		}
		kept, _ = x.keeper.Kept(t.Context(), incident, source.Name)
		if len(kept) != len(want.Pages) {
			rt.Fatalf("%d pages are kept in the end, want %d", len(kept), len(want.Pages))
		}
	})
}

func requests(pages []model.Page) []string {
	var all []string
	for _, p := range pages {
		all = append(all, p.Request+" "+p.Digest)
	}
	return all
}

func TestRefusedCursorBeginsAnew(t *testing.T) {
	replies, source := slackUsers()
	const first, second = "GET /users.list?limit=1000", "GET /users.list?cursor=a&limit=1000"
	replies[first] = []reply{{body: `{"ok":true,"members":[],"response_metadata":{"next_cursor":"a"}}`}}
	replies[second] = []reply{{status: 401}}
	a := newAPI(t, bearerOf, replies)
	source.Address = a.URL
	x := newTrial(source)
	x.run(t)
	// Cursors do not last: the next day this one is refused, and the list begins with another.
	a.replies[second] = []reply{{body: `{"ok":false,"error":"invalid_cursor"}`}}
	a.replies[first] = []reply{{body: `{"ok":true,"members":[],"response_metadata":{"next_cursor":"b"}}`}}
	a.replies["GET /users.list?cursor=b&limit=1000"] = []reply{{body: `{"ok":true,"members":[{"id":"U0ADA"}]}`}}
	a.had()
	out := x.run(t)
	if out.Err != nil || len(out.Pages) != 3 {
		t.Fatalf("%v, %q", out.Err, names(out.Pages))
	}
	if asked := a.had(); len(asked) != 3 {
		t.Errorf("asked for %q", asked)
	}
}

func TestOldPagesOfAnOpenWindowDoNotStandIn(t *testing.T) {
	for name, c := range map[string]struct {
		since  time.Duration // from the first run to the second
		to     time.Time
		stands bool
	}{
		"the window was over":         {72 * time.Hour, to, true},
		"the window is open":          {2 * time.Hour, time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC), false},
		"the window is open, minutes": {5 * time.Minute, time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC), true},
	} {
		replies, source := slackUsers()
		const first, second = "GET /users.list?limit=1000", "GET /users.list?cursor=a&limit=1000"
		replies[first] = []reply{{body: `{"ok":true,"members":[],"response_metadata":{"next_cursor":"a"}}`}}
		replies[second] = []reply{{status: 401}}
		a := newAPI(t, bearerOf, replies)
		source.Address = a.URL
		x := newTrial(source)
		x.To = c.to
		x.run(t)
		a.had()
		_ = x.Clock.Wait(context.Background(), c.since)
		x.run(t)
		if asked := a.had(); (len(asked) == 1) != c.stands {
			t.Errorf("%s: asked for %q", name, asked)
		}
	}
}

// TestWaitsAreKept waits for real in a bubble where time passes at once.
func TestWaitsAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, source := slackUsers()
		n := 0
		x := newTrial(source)
		x.Clock = Clock{}
		x.From, x.To = time.Now().Add(-time.Hour), time.Now()
		x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			if n++; n == 1 {
				res := answering(r, 429, "")
				res.Header.Set("Retry-After", "840")
				return res, nil
			}
			return response200(r, `{"ok":true,"members":[]}`), nil
		})
		began := time.Now()
		out := x.run(t)
		if passed := time.Since(began); out.Err != nil || passed != 14*time.Minute {
			t.Errorf("%v after %v", out.Err, passed)
		}
	})
}

func TestWaitIsCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, source := slackUsers()
		x := newTrial(source)
		x.Clock = Clock{}
		x.From, x.To = time.Now().Add(-time.Hour), time.Now()
		x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			res := answering(r, 429, "")
			res.Header.Set("Retry-After", "600")
			return res, nil
		})
		c := Start(t.Context(), x.Job)
		began := time.Now()
		time.Sleep(time.Minute)
		c.Cancel("slack")
		if out := c.Wait(); out[0].State != Cancelled || time.Since(began) != time.Minute {
			t.Errorf("%+v after %v", out[0], time.Since(began))
		}
	})
}

func TestSlowAnswersEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, source := slackUsers()
		x := newTrial(source)
		x.Clock = Clock{}
		x.From, x.To = time.Now().Add(-time.Hour), time.Now()
		x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		began := time.Now()
		out := x.run(t)
		want := time.Duration(len(pauses)+1)*requestTime + 14*time.Second
		if out.State != Failed || !strings.Contains(out.Err.Error(), "there was no whole answer within 1m0s, 4 times in a row") || time.Since(began) != want {
			t.Errorf("%v after %v", out.Err, time.Since(began))
		}
	})
}

func TestWaitsInSumAreCapped(t *testing.T) {
	_, source := slackUsers()
	x := newTrial(source)
	n := 0
	x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		n++
		res := answering(r, 429, "")
		res.Header.Set("Retry-After", "300")
		return res, nil
	})
	if out := x.run(t); out.State != Failed || n != 4 {
		t.Errorf("asked %d times: %v", n, out.Err)
	}
}
