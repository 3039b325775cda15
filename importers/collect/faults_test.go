package collect

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// The faults are tried on a list of two pages of PagerDuty's change events and on one of GitHub's commits.
const (
	firstPage  = "GET /change_events?limit=100&since=2026-11-02T13:00:00Z&until=2026-11-02T15:00:00Z"
	secondPage = "GET /change_events?limit=100&offset=100&since=2026-11-02T13:00:00Z&until=2026-11-02T15:00:00Z"
	commitPage = "GET /repos/example/checkout/commits?per_page=100&since=2026-11-02T13:00:00Z&until=2026-11-02T15:00:00Z"
)

func changes(id, at string, more bool) reply {
	return reply{body: fmt.Sprintf(`{"change_events":[{"id":%q,"type":"change_event","summary":"deploy %s","timestamp":%q}],"limit":100,"more":%v}`, id, id, at, more)}
}

// twoPages are PagerDuty's pages, the second with faults before it.
func twoPages(faults ...reply) (map[string][]reply, Source) {
	return map[string][]reply{
		firstPage:  {changes("CH1", "2026-11-02T13:30:00Z", true)},
		secondPage: append(faults, changes("CH2", "2026-11-02T13:40:00Z", false)),
	}, Source{Name: "pagerduty", Settings: Settings{Skip: []string{"log_entries", "incidents"}}}
}

func commits(faults ...reply) (map[string][]reply, Source) {
	return map[string][]reply{commitPage: append(faults, reply{body: `[{"sha":"abc","commit":{"message":"fix","committer":{"date":"2026-11-02T13:30:00Z"}}}]`})},
		Source{Name: "github", Settings: Settings{Repositories: []string{"example/checkout"}, Skip: []string{"deployments", "runs", "releases"}}}
}

func slackUsers(faults ...reply) (map[string][]reply, Source) {
	return map[string][]reply{"GET /users.list?limit=1000": append(faults, reply{body: `{"ok":true,"members":[]}`})},
		Source{Name: "slack", Settings: Settings{Channels: []string{"C0"}, Skip: []string{"messages"}}}
}

// hijack cuts the connection after a part of an answer.
func hijack(part string) reply {
	return reply{serve: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "400")
		w.Write([]byte(part))
		w.(http.Flusher).Flush()
		c, _, _ := w.(http.Hijacker).Hijack()
		c.Close()
	}}
}

func TestWhatIsTriedAgain(t *testing.T) {
	limited := func(status int, body string, header ...string) reply {
		h := map[string]string{}
		for i := 0; i < len(header); i += 2 {
			h[header[i]] = header[i+1]
		}
		return reply{status: status, body: body, header: h}
	}
	const date = "Mon, 02 Nov 2026 16:00:00 GMT"
	const secondary = `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again"}`
	type pages func(...reply) (map[string][]reply, Source)
	for name, c := range map[string]struct {
		pages  pages
		faults []reply
		waits  []time.Duration
	}{
		"429 and seconds":                     {twoPages, []reply{limited(429, `{}`, "Retry-After", "90")}, []time.Duration{90 * time.Second}},
		"429 and a date":                      {twoPages, []reply{limited(429, `{}`, "Date", date, "Retry-After", "Mon, 02 Nov 2026 16:02:00 GMT")}, []time.Duration{2 * time.Minute}},
		"429 and a date that is over":         {twoPages, []reply{limited(429, `{}`, "Date", date, "Retry-After", "Mon, 02 Nov 2026 15:02:00 GMT")}, []time.Duration{time.Second}},
		"429 and the vendor's header":         {twoPages, []reply{limited(429, `{}`, "ratelimit-reset", "42")}, []time.Duration{42 * time.Second}},
		"429 and nothing":                     {twoPages, []reply{limited(429, ``), limited(429, ``), limited(429, ``)}, []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second}},
		"503 and seconds":                     {twoPages, []reply{limited(503, ``, "Retry-After", "7")}, []time.Duration{7 * time.Second}},
		"GitHub's limit of an hour":           {commits, []reply{limited(403, `{"message":"API rate limit exceeded"}`, "Date", date, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1793635500")}, []time.Duration{5 * time.Minute}},
		"403 and seconds":                     {commits, []reply{limited(403, `{"message":"Must have push access"}`, "Retry-After", "2", "X-RateLimit-Remaining", "4000")}, []time.Duration{2 * time.Second}},
		"429 by a secondary limit":            {commits, []reply{limited(429, secondary, "Retry-After", "8")}, []time.Duration{8 * time.Second}},
		"403 by a secondary limit and a time": {commits, []reply{limited(403, secondary, "Date", date, "X-RateLimit-Remaining", "4000", "X-RateLimit-Reset", "1793635203")}, []time.Duration{3 * time.Second}},
		"403 by a secondary limit far ahead":  {commits, []reply{limited(403, secondary, "Date", date, "X-RateLimit-Remaining", "4000", "X-RateLimit-Reset", "1793638800"), limited(403, secondary)}, []time.Duration{time.Minute, 2 * time.Minute}},
		"Slack's 200":                         {slackUsers, []reply{limited(200, `{"ok":false,"error":"ratelimited"}`, "Retry-After", "30")}, []time.Duration{30 * time.Second}},
		"500, 502 and 504":                    {twoPages, []reply{{status: 500}, {status: 502, body: "<html>"}, {status: 504}}, []time.Duration{time.Second, 3 * time.Second, 10 * time.Second}},
		"a connection that breaks off":        {twoPages, []reply{hijack(`{"change`)}, []time.Duration{time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			replies, source := c.pages(c.faults...)
			source.Address = newAPI(t, nil, replies).URL
			x := newTrial(source)
			out := x.run(t)
			if out.Err != nil {
				t.Fatal(out.Err)
			}
			if fmt.Sprint(x.waits) != fmt.Sprint(c.waits) {
				t.Errorf("waited %v, want %v", x.waits, c.waits)
			}
		})
	}
}

func TestWhatIsNotTriedAgain(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked for %s with %v", r.URL, r.Header)
	}))
	defer elsewhere.Close()
	bomb := reply{serve: func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 64 {
			z.Write(make([]byte, 1<<20))
		}
		z.Close()
	}}
	for name, c := range map[string]struct {
		fault reply
		words string
	}{
		"401":                   {reply{status: 401, body: `{"error":{"message":"Unauthorized"}}`}, `it answers 401 Unauthorized: "Unauthorized"; the token came from the environment variable PAGERDUTY_TOKEN: check that it is valid and may read this`},
		"401 with the token":    {reply{status: 401, body: `{"message":"no such token: ` + token + `"}`}, `it answers 401 Unauthorized: "no such token: …"`},
		"403":                   {reply{status: 403}, "it answers 403 Forbidden; the token came from"},
		"404":                   {reply{status: 404}, "it answers 404 Not Found; look at the address and the names"},
		"JSON that is cut":      {reply{body: `{"change_events":[{"id":"CH2"`}, "the answer is cut off or is not JSON"},
		"HTML":                  {reply{body: "<!DOCTYPE html><html>log in</html>"}, "a web page came in place of data"},
		"HTML by its type":      {reply{body: "Log in", header: map[string]string{"Content-Type": "text/html"}}, "a web page came in place of data"},
		"nothing":               {reply{body: " \n"}, "the answer is empty"},
		"204":                   {reply{status: 204}, "the answer is empty"},
		"a large body":          {reply{body: `"` + strings.Repeat("a", 2<<20) + `"`}, "the answer is larger than 1 MB; give a smaller window, or raise max_body_mb under [collect.pagerduty]"},
		"a bomb":                {bomb, "the answer is larger than 1 MB"},
		"a redirect elsewhere":  {reply{status: 302, header: map[string]string{"Location": elsewhere.URL + "/change_events"}}, "it leads to another host, " + elsewhere.URL + "; the token was not sent there"},
		"a redirect in circles": {reply{status: 302, header: map[string]string{"Location": "{api}/change_events?limit=100&offset=100&since=2026-11-02T13:00:00Z&until=2026-11-02T15:00:00Z"}}, "redirected again and again"},
		"errors in 200":         {reply{body: `{"errors":[{"message":"field is unknown"}],"data":null}`}, `it answers 200, but with an error: "field is unknown"`},
		"an echo of the token":  {reply{body: `{"headers":{"Authorization":"Token token=` + token + `"}}`}, "the answer repeats the token"},
		"a wait of an hour":     {reply{status: 429, header: map[string]string{"Retry-After": "3600"}}, "the rate limit asks for a wait of 1h0m0s, until 10:00 UTC; the pages before are kept; collect again then"},
		"a wait without end":    {reply{status: 429, header: map[string]string{"Retry-After": "999999999999"}}, "the rate limit asks for a wait of"},
		"500 on and on":         {reply{status: 500}, "the server answers 500 Internal Server Error, 4 times in a row"},
	} {
		t.Run(name, func(t *testing.T) {
			replies, source := twoPages(c.fault)
			good := replies[secondPage][1]
			replies[secondPage] = []reply{c.fault}
			a := newAPI(t, pagerdutySigned, replies)
			source.Address, source.MaxBodyMB = a.URL, 1
			x := newTrial(source)
			out := x.run(t)
			if out.State != Failed || model.KindOf(out.Err) != model.FaultRemote || !strings.Contains(out.Err.Error(), c.words) {
				t.Fatalf("got %v, want %q", out.Err, c.words)
			}
			if strings.ContainsAny(out.Err.Error(), "\n\x1b") {
				t.Error("the fault is not one line")
			}
			kept, _ := x.keeper.Kept(t.Context(), incident, "pagerduty")
			if len(kept) != 1 || len(out.Pages) != 1 || out.Report.New != 1 || len(x.imported.events) != 1 {
				t.Errorf("%d pages are kept, %d reported, %d events read", len(kept), len(out.Pages), out.Report.New)
			}
			// When the vendor is well again, a second run completes the first without asking for what is kept.
			a.had()
			a.replies[secondPage] = []reply{good}
			out = x.run(t)
			if out.Err != nil || len(out.Pages) != 2 || out.Report.New != 1 || len(x.imported.events) != 2 {
				t.Errorf("the second run: %+v", out)
			}
			if asked := a.had(); len(asked) != 1 || asked[0] != secondPage {
				t.Errorf("the second run asked for %q", asked)
			}
		})
	}
}

func TestLinkToAnotherHost(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked for %s with %v", r.URL, r.Header)
	}))
	defer elsewhere.Close()
	for _, link := range []string{elsewhere.URL + "/repositories/1/commits", "https://ada@api.example.com/x", "//example.com/x", "{api}/x?access_token=" + token} {
		replies, source := commits()
		replies[commitPage] = []reply{{body: `[]`, header: map[string]string{"Link": "<" + link + `>; rel="next"`}}}
		source.Address = newAPI(t, bearerOf, replies).URL
		x := newTrial(source)
		out := x.run(t)
		if kept, _ := x.keeper.Kept(t.Context(), incident, "github"); out.State != Failed || !strings.Contains(out.Err.Error(), "the link to the following page cannot be followed") || len(kept) != 0 {
			t.Errorf("%s: %v, %d kept", link, out.Err, len(kept))
		}
	}
}

func TestCursorThatRepeats(t *testing.T) {
	replies, source := slackUsers()
	replies["GET /users.list?limit=1000"] = []reply{{body: `{"ok":true,"members":[],"response_metadata":{"next_cursor":"a"}}`}}
	replies["GET /users.list?cursor=a&limit=1000"] = []reply{{body: `{"ok":true,"members":[],"response_metadata":{"next_cursor":"a"}}`}}
	source.Address = newAPI(t, bearerOf, replies).URL
	out := newTrial(source).run(t)
	if out.State != Failed || !strings.Contains(out.Err.Error(), "go round in a circle") || len(out.Pages) != 2 {
		t.Errorf("%+v", out)
	}
}

func TestPagesWithoutEnd(t *testing.T) {
	n := 0
	source := Source{Name: "slack", Settings: Settings{Channels: []string{"C0"}, Skip: []string{"messages"}}}
	x := newTrial(source)
	x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		n++
		return response200(r, fmt.Sprintf(`{"ok":true,"members":[],"response_metadata":{"next_cursor":"%d"}}`, n)), nil
	})
	out := x.run(t)
	if out.State != Failed || !strings.Contains(out.Err.Error(), "more than 2000 pages") || len(out.Pages) != pageLimit || n != pageLimit {
		t.Errorf("%v after %d of %d pages", out.Err, len(out.Pages), n)
	}
}

func TestSlackSaysWhatToDo(t *testing.T) {
	for code, words := range map[string]string{
		"invalid_auth":      "the token came from the environment variable SLACK_TOKEN",
		"missing_scope":     "give the app the scopes channels:history",
		"not_in_channel":    "invite the app to the channel",
		"channel_not_found": "write the ids of channels",
		"fatal_error":       "look at [collect.slack]",
	} {
		replies, source := slackUsers()
		replies["GET /users.list?limit=1000"] = []reply{{body: `{"ok":false,"error":"` + code + `"}`}}
		source.Address = newAPI(t, bearerOf, replies).URL
		out := newTrial(source).run(t)
		if out.State != Failed || !strings.Contains(out.Err.Error(), words) || !strings.Contains(out.Err.Error(), code) {
			t.Errorf("%s: %v", code, out.Err)
		}
	}
}

func TestTokens(t *testing.T) {
	program := func(script string) []string { return []string{"sh", "-c", script} }
	for name, c := range map[string]struct {
		settings Settings
		env      string
		words    string
	}{
		"the usual variable":       {Settings{}, "SLACK_TOKEN", ""},
		"another variable":         {Settings{TokenEnv: "OTHER"}, "OTHER", ""},
		"a program":                {Settings{TokenCmd: program("echo " + token)}, "", ""},
		"none":                     {Settings{}, "", "the environment variable SLACK_TOKEN gives no token; put the token into it, or name another place"},
		"an empty variable":        {Settings{TokenEnv: "OTHER"}, "SLACK_TOKEN", "the environment variable OTHER gives no token"},
		"a program that fails":     {Settings{TokenCmd: program("echo " + token + " >&2; echo " + token + "; exit 7")}, "", "the command sh ended with status 7"},
		"a program without a word": {Settings{TokenCmd: program("true")}, "", "the command sh gives no token"},
		"a program that talks":     {Settings{TokenCmd: program("echo the token is " + token)}, "", "what the command sh gives is not one word"},
		"a program that floods":    {Settings{TokenCmd: program("yes " + token)}, "", "the command sh prints more than may be read"},
		"a program that is not":    {Settings{TokenCmd: []string{"no-such-program-here"}}, "", "the command no-such-program-here was not found"},
	} {
		t.Run(name, func(t *testing.T) {
			replies, source := slackUsers()
			c.settings.Channels, c.settings.Skip = source.Channels, source.Skip
			source.Settings = c.settings
			a := newAPI(t, bearerOf, replies)
			source.Address = a.URL
			x := newTrial(source)
			x.Getenv = func(name string) string { return map[string]string{c.env: token}[name] }
			out := x.run(t)
			if c.words == "" && out.Err != nil || c.words != "" && (out.Err == nil || !strings.Contains(out.Err.Error(), c.words) || len(a.had()) > 0) {
				t.Errorf("got %v, want %q", out.Err, c.words)
			}
		})
	}
}

func TestCalledOff(t *testing.T) {
	asked := make(chan bool)
	replies, source := twoPages(reply{serve: func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		<-r.Context().Done()
	}})
	source.Address = newAPI(t, pagerdutySigned, replies).URL
	other, quick := slackUsers()
	quick.Address = newAPI(t, bearerOf, other).URL
	x := newTrial(source, quick)
	c := Start(t.Context(), x.Job)
	<-asked
	c.Cancel("pagerduty")
	out := c.Wait()
	if out[0].State != Cancelled || !errors.Is(out[0].Err, context.Canceled) || len(out[0].Pages) != 1 || len(x.imported.events) != 0 {
		t.Errorf("%+v", out[0])
	}
	if out[1].State != Done {
		t.Errorf("another source was called off, too: %+v", out[1])
	}
	c.Retry("pagerduty")
	if out = c.Wait(); out[0].State != Done || len(out[0].Pages) != 2 || out[0].Known != 1 || len(x.imported.events) != 2 {
		t.Errorf("started again: %+v", out[0])
	}
}

func TestProgressIsCalm(t *testing.T) {
	replies, source := twoPages(reply{status: 429, header: map[string]string{"Retry-After": "60"}})
	source.Address = newAPI(t, pagerdutySigned, replies).URL
	x := newTrial(source)
	x.run(t)
	var states []string
	for _, p := range x.told {
		states = append(states, p.State.String())
	}
	want := "waiting, fetching, waiting for the rate limit, fetching, reading, done" // the second page came within a tenth of a second
	if strings.Join(states, ", ") != want {
		t.Errorf("got %v", states)
	}
	if p := x.told[2]; p.Page != 2 || p.Until.Sub(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)) != time.Minute || p.Why != "the rate limit is reached" {
		t.Errorf("%+v", p)
	}
}

func TestUnreachable(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	_, source := twoPages()
	source.Address = closed.URL
	out := newTrial(source).run(t)
	if out.State != Failed || !strings.Contains(out.Err.Error(), strings.TrimPrefix(closed.URL, "http://")+" cannot be reached: connection refused, 4 times in a row") {
		t.Error(out.Err)
	}
	untrusted := httptest.NewTLSServer(nil)
	untrusted.Config.ErrorLog = nil
	defer untrusted.Close()
	source.Address = untrusted.URL
	if out = newTrial(source).run(t); out.State != Failed || !strings.Contains(out.Err.Error(), "the host cannot prove who it is") {
		t.Error(out.Err)
	}
}

// TestRecordedRefusals plays the refusals of a real vendor, where they are there.
func TestRecordedRefusals(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(corpus, "http", "*.wiremock.json"))
	if len(files) == 0 {
		t.Skipf("the recorded refusals are not there: %s", corpus)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var recorded struct {
			Response struct {
				Status  int
				Body    string
				Headers map[string]any
			}
		}
		if err := json.Unmarshal(text, &recorded); err != nil {
			t.Fatal(err)
		}
		refusal := reply{status: recorded.Response.Status, body: recorded.Response.Body, header: map[string]string{}}
		for k, v := range recorded.Response.Headers {
			if s, ok := v.(string); ok {
				s = strings.ReplaceAll(s, "{{now timezone='GMT' format='EEE, dd MMM yyyy HH:mm:ss z'}}", "Mon, 02 Nov 2026 16:00:00 GMT")
				refusal.header[k] = strings.ReplaceAll(s, "{{testStartDate offset='3 seconds' format='unix'}}", "1793635203")
			}
		}
		replies, source := commits(refusal)
		source.Address = newAPI(t, bearerOf, replies).URL
		x := newTrial(source)
		out := x.run(t)
		if out.Err != nil || len(x.waits) != 1 || x.waits[0] > 10*time.Second {
			t.Errorf("%s: waited %v, %v", filepath.Base(f), x.waits, out.Err)
		}
	}
}

func TestOneRefusalDoesNotKeepTheOthersBack(t *testing.T) {
	for name, refusal := range map[string]reply{"not invited": {body: `{"ok":false,"error":"not_in_channel"}`}, "forbidden": {status: 403}, "gone": {status: 404}} {
		v := visits["slack"]
		replies := map[string][]reply{}
		for k, r := range v.replies {
			if replies[k] = r; strings.Contains(k, "channel=C0ALPHA&inclusive") {
				replies[k] = []reply{refusal}
			}
		}
		v.source.Address = newAPI(t, v.signed, replies).URL + v.path
		x := newTrial(v.source)
		out := x.run(t)
		if out.State != Failed || len(out.Pages) != 2 || !strings.Contains(out.Err.Error(), "conversations.history") {
			t.Errorf("%s: %v, %q", name, out.Err, names(out.Pages))
		}
	}
	// A token that is not valid is not tried on the next channel.
	v := visits["slack"]
	a := newAPI(t, nil, map[string][]reply{})
	a.replies["GET /conversations.history?channel=C0ALPHA&inclusive=true&latest=1793631600.000000&limit=200&oldest=1793624400.000000"] = []reply{{body: `{"ok":false,"error":"invalid_auth"}`}}
	v.source.Address = a.URL
	if out := newTrial(v.source).run(t); out.State != Failed || len(a.had()) != 1 {
		t.Error(out.Err)
	}
}

// An endless body counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) { e.read += len(p); return len(p), nil }
func (e *endless) Close() error               { return nil }

func TestNoMoreIsReadThanAllowed(t *testing.T) {
	body := &endless{}
	_, source := twoPages()
	source.MaxBodyMB = 1
	x := newTrial(source)
	x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if body.read > 10<<20 {
			return nil, io.EOF
		}
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, Request: r}, nil
	})
	if out := x.run(t); out.State != Failed || body.read > 2<<20 {
		t.Errorf("%d bytes were read: %v", body.read, out.Err)
	}
}

// A stopping keeper calls the collection off while it is given a page.
type stopping struct {
	Memory
	stop func()
}

func (s *stopping) Keep(ctx context.Context, incident model.ID, p model.Page) (model.ID, bool, error) {
	s.stop()
	return s.Memory.Keep(ctx, incident, p)
}

func TestPageThatHasComeIsKeptWhole(t *testing.T) {
	replies, source := twoPages()
	source.Address = newAPI(t, pagerdutySigned, replies).URL
	ctx, stop := context.WithCancel(t.Context())
	keeper := &stopping{stop: stop}
	x := newTrial(source)
	x.Keeper = keeper
	out := Collect(ctx, x.Job)[0]
	if kept, _ := keeper.Kept(t.Context(), incident, "pagerduty"); out.State != Cancelled || len(out.Pages) != 1 || len(kept) != 1 {
		t.Errorf("%d pages are kept, %d reported: %v", len(kept), len(out.Pages), out.Err)
	}
}
