//go:build linux || darwin

package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A fault is what stands between the program and a server: for the nth time that the page is asked for, it answers in
// the place of the server, or lets the request pass.
type fault func(w http.ResponseWriter, r *http.Request, n int32, through http.Handler)

// behind is the address of a server behind a fault, which the answers to the query `up` meet for as long as it is on.
func behind(t *testing.T, server *daemon, f fault) (address string, on *atomic.Bool) {
	to, err := url.Parse(server.address)
	if err != nil {
		t.Fatal(err)
	}
	through := httputil.NewSingleHostReverseProxy(to)
	on = new(atomic.Bool)
	on.Store(true)
	var asked atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("query") == "up" && on.Load() {
			f(w, r, asked.Add(1), through)
			return
		}
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	return proxy.URL, on
}

// unpacked is the whole answer of the server, without its compression.
func unpacked(through http.Handler, r *http.Request) []byte {
	r.Header.Del("Accept-Encoding")
	w := httptest.NewRecorder()
	through.ServeHTTP(w, r)
	return w.Body.Bytes()
}

// whole lets the request pass.
func whole(w http.ResponseWriter, r *http.Request, _ int32, through http.Handler) {
	through.ServeHTTP(w, r)
}

// cutBody gives the beginning of an answer that is announced as longer.
func cutBody(w http.ResponseWriter, r *http.Request, _ int32, through http.Handler) {
	body := unpacked(through, r)
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.Write(body[:len(body)/2])
}

// cutPacked gives the beginning of a compressed answer, whose connection ends as if it were whole.
func cutPacked(w http.ResponseWriter, r *http.Request, _ int32, through http.Handler) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(unpacked(through, r))
	z.Close()
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(packed.Bytes()[:packed.Len()/2])
}

// cutJSON gives the beginning of the JSON as a whole answer.
func cutJSON(w http.ResponseWriter, r *http.Request, _ int32, through http.Handler) {
	body := unpacked(through, r)
	w.Write(body[:len(body)/2])
}

// inPieces gives the answer byte by byte at first, so that it comes in many packets.
func inPieces(w http.ResponseWriter, r *http.Request, _ int32, through http.Handler) {
	body := unpacked(through, r)
	for len(body) > 100 {
		w.Write(body[:7])
		w.(http.Flusher).Flush()
		body = body[7:]
		time.Sleep(time.Millisecond)
	}
	w.Write(body)
}

// answersFirst answers with a status so many times, then lets the request pass.
func answersFirst(times int32, status int, header ...string) fault {
	return func(w http.ResponseWriter, r *http.Request, n int32, through http.Handler) {
		if n > times {
			through.ServeHTTP(w, r)
			return
		}
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, "upstream is busy")
	}
}

// TestServerBehindAFault puts faults between the program and one page of a real Prometheus. What passes comes at once;
// what does not is named, keeps nothing else back, and comes with the next collection, once.
func TestServerBehindAFault(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for an alert to fire")
	}
	t.Parallel()
	server := newPrometheus(t, newAlertmanager(t))
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked for %s", r.URL)
	}))
	t.Cleanup(elsewhere.Close)
	for name, c := range map[string]struct {
		fault fault
		words string // empty where the fault is got over
	}{
		"nothing":              {whole, ""},
		"503 twice":            {answersFirst(2, 503), ""},
		"429 and a second":     {answersFirst(1, 429, "Retry-After", "1"), ""},
		"an answer in pieces":  {inPieces, ""},
		"503 for good":         {answersFirst(1000, 503), "the server answers 503 Service Unavailable, 4 times in a row"},
		"429 and an hour":      {answersFirst(1000, 429, "Retry-After", "3600"), "the rate limit asks for a wait of 1h0m0s"},
		"401":                  {answersFirst(1000, 401), "it answers 401 Unauthorized; no token was sent; name its place with token_env or token_cmd under [collect.prometheus]"},
		"a body that is cut":   {cutBody, "the connection broke off in the middle of the answer, 4 times in a row"},
		"gzip that is cut":     {cutPacked, "the connection broke off in the middle of the answer, 4 times in a row"},
		"JSON that is cut":     {cutJSON, "the answer is cut off or is not JSON"},
		"a way to other hosts": {answersFirst(1000, 302, "Location", elsewhere.URL), "it leads to another host, " + elsewhere.URL},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, on := behind(t, server, c.fault)
			l := newLive(t, fmt.Sprintf("[collect.prometheus]\naddress = %q\nqueries = [\"up\", \"sum(up)\"]\n", address))
			want, code := 4, 0 // the alert, two targets and their sum
			if c.words != "" {
				code = 4
			}
			said := l.collects(code, "prometheus: ", c.words)
			if code != 0 {
				if !strings.Contains(said, "collect from Prometheus: query-01-0001.json (up)") {
					t.Errorf("the page is not named:\n%s", said)
				}
				titled(t, l.lines("prometheus"), "TargetDown firing")
			}
			on.Store(false)
			l.collects(0)
			list := l.lines("prometheus")
			titled(t, list, "TargetDown firing")
			titled(t, list, `up{instance="127.0.0.1:1", job="checkout"}: 0 throughout`)
			if len(list) != want {
				t.Errorf("%d lines, want %d: %+v", len(list), want, list)
			}
		})
	}
}

// TestServerThatCannotProveItself: a certificate that nobody vouches for ends the collection before a token is sent.
func TestServerThatCannotProveItself(t *testing.T) {
	t.Parallel()
	var asked atomic.Bool
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Store(true) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	l := newLive(t, fmt.Sprintf("[collect.prometheus]\naddress = %q\n", server.URL))
	l.collects(4, "collect from Prometheus: alerts-0001.json", "the host cannot prove who it is: x509: certificate", "look at the address, and at what stands between here and it")
	if asked.Load() {
		t.Error("it was asked all the same")
	}
}

// TestTokenThatIsMissing is a sentence, and another source brings what it has.
func TestTokenThatIsMissing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `[{"fingerprint":"f1","startsAt":%q,"labels":{"alertname":"CheckoutSlow"},"annotations":{}}]`, time.Now().UTC().Format(time.RFC3339))
	}))
	t.Cleanup(server.Close)
	l := newLive(t, fmt.Sprintf("[collect.alertmanager]\naddress = %q\n[collect.grafana]\naddress = %q\n", server.URL, server.URL))
	l.collects(3, "alertmanager: 1 read, 1 new", "grafana: 0 read", "collect from Grafana: the environment variable GRAFANA_TOKEN gives no token; put the token into it")
	titled(t, l.lines("alertmanager"), "CheckoutSlow")
}
