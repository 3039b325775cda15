package collect

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aftermath/model"
)

// token is the credential of all tests. It must come out nowhere.
const token = "tok-3c07a1e29b44d0f1"

var (
	from     = time.Date(2026, 11, 2, 13, 0, 0, 0, time.UTC)
	to       = time.Date(2026, 11, 2, 15, 0, 0, 0, time.UTC)
	incident = model.IDFrom(model.TypeIncident, [8]byte{1})
)

// A reply is what the test's API answers; "{api}" stands for its address.
type reply struct {
	status int // 0 means 200
	header map[string]string
	body   string
	serve  http.HandlerFunc // in place of the others
}

// An api is a vendor's API on a real socket. It holds every request to a list: what is not in it is an error of
// the test, and what is not signed is answered with 401.
type api struct {
	*httptest.Server
	t       *testing.T
	signed  func(http.Header) bool
	replies map[string][]reply // by the request; the last one stays

	mu    sync.Mutex
	asked []string
	odd   []string
}

func newAPI(t *testing.T, signed func(http.Header) bool, replies map[string][]reply) *api {
	a := &api{t: t, signed: signed, replies: replies}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

// line is a request on one line that can be read: "GET /things?limit=100".
func requestLine(r *http.Request, body string) string {
	line := r.Method + " " + r.URL.Path
	if q, _ := url.QueryUnescape(r.URL.Query().Encode()); q != "" {
		line += "?" + q
	}
	if body != "" {
		line += " " + body
	}
	return line
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	line := requestLine(r, string(body))
	a.mu.Lock()
	a.asked = append(a.asked, line)
	list := a.replies[line]
	if len(list) > 1 {
		a.replies[line] = list[1:]
	}
	if len(list) == 0 {
		a.odd = append(a.odd, line)
	}
	a.mu.Unlock()
	switch {
	case a.signed != nil && !a.signed(r.Header):
		http.Error(w, `{"message":"bad credentials"}`, http.StatusUnauthorized)
	case len(list) == 0:
		http.Error(w, `{"message":"not found"}`, http.StatusNotFound)
	case list[0].serve != nil:
		list[0].serve(w, r)
	default:
		w.Header().Set("Content-Type", "application/json")
		for k, v := range list[0].header {
			w.Header().Set(k, strings.ReplaceAll(v, "{api}", a.URL))
		}
		if list[0].status != 0 {
			w.WriteHeader(list[0].status)
		}
		w.Write([]byte(strings.ReplaceAll(list[0].body, "{api}", a.URL)))
	}
}

// had says which requests came, in order, and forgets them.
func (a *api) had() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked := a.asked
	a.asked = nil
	return asked
}

// An imported keeps the events that a collection brought in.
type imported struct {
	mu     sync.Mutex
	events []model.Event
	titles map[string]bool
}

func (i *imported) Import(_ context.Context, read model.ReadEvidence) (model.ImportReport, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.titles == nil {
		i.titles = map[string]bool{}
	}
	rep := model.ImportReport{}
	reading, err := read(func(e *model.Event) error {
		if i.titles[e.ExternalID] {
			rep.Known++
			return nil
		}
		i.titles[e.ExternalID] = true
		i.events = append(i.events, *e)
		rep.New++
		return nil
	})
	rep.Source, rep.Read, rep.Refused, rep.Refusals, rep.Warnings = reading.Source, reading.Read, reading.Refused, reading.Refusals, reading.Warnings
	rep.Known += reading.Repeats
	return rep, err
}

func (i *imported) ids() []string {
	var all []string
	for _, e := range i.events {
		all = append(all, e.ExternalID)
	}
	slices.Sort(all)
	return all
}

// A trial is a job with everything that a test looks at.
type trial struct {
	Job
	keeper   *Memory
	imported *imported
	waits    []time.Duration
	told     []Progress
}

// newTrial waits for nothing and gives the token to every source that looks for one.
func newTrial(sources ...Source) *trial {
	x := &trial{keeper: &Memory{}, imported: &imported{}}
	var mu sync.Mutex
	now := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	x.Job = Job{Incident: incident, Window: Window{from, to}, Sources: sources, By: "ada", Keeper: x.keeper, Import: x.imported.Import,
		Getenv: func(string) string { return token },
		Clock: Clock{
			Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
			Wait: func(ctx context.Context, d time.Duration) error {
				mu.Lock()
				defer mu.Unlock()
				x.waits = append(x.waits, d)
				now = now.Add(d)
				return ctx.Err()
			},
		},
		Progress: func(p Progress) { mu.Lock(); defer mu.Unlock(); x.told = append(x.told, p) },
	}
	return x
}

// run collects from the one source of the trial, and looks for the token in everything that came of it.
func (x *trial) run(t *testing.T) Outcome {
	t.Helper()
	out := Collect(t.Context(), x.Job)
	for _, o := range out {
		x.holds(t, o)
	}
	return out[0]
}

// holds checks what is true of every outcome.
func (x *trial) holds(t *testing.T, o Outcome) {
	t.Helper()
	kept, _ := x.keeper.Kept(t.Context(), incident, o.Source)
	var everything strings.Builder
	for _, p := range kept {
		everything.WriteString(p.Name + p.Request + p.Next + p.By + string(p.Body))
	}
	for _, p := range x.told {
		everything.WriteString(p.Why)
	}
	if o.Err != nil {
		everything.WriteString(o.Err.Error())
	}
	if strings.Contains(everything.String(), token) || strings.Contains(everything.String(), basic("ada", token)) {
		t.Errorf("%s: the token came out", o.Source)
	}
	if o.State == Failed && model.KindOf(o.Err) == 0 {
		t.Errorf("%s: %v is no fault", o.Source, o.Err)
	}
	for _, p := range o.Pages {
		if !slices.ContainsFunc(kept, func(k model.Page) bool { return k.Request == p.Request && k.Digest == p.Digest }) {
			t.Errorf("%s: %s is reported and not kept", o.Source, p.Name)
		}
	}
}

func names(pages []model.Page) []string {
	var all []string
	for _, p := range pages {
		all = append(all, p.Name)
	}
	return all
}

func bearerOf(h http.Header) bool { return h.Get("Authorization") == "Bearer "+token }

func newAPIOf(t *testing.T, h http.Handler) *httptest.Server {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// A roundTrip answers without a socket.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func response200(r *http.Request, body string) *http.Response {
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
}

// unstarted stands for a server where none is needed.
var unstarted = httptest.Server{URL: "https://api.example.com"}

// inMemory answers with an api without a socket.
type inMemory struct{ *api }

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	return w.Result(), nil
}
