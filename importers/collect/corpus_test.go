package collect

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// corpus is the folder of recorded payloads that lies beside the project on some machines.
const corpus = "../../../shared/corpus"

func recorded(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(corpus, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("the recorded payloads are not there: %s", corpus)
	}
	return text
}

// TestRecordedLinks follows the links of GitHub's recorded pages, which change the path on the way.
func TestRecordedLinks(t *testing.T) {
	var exchanges []struct {
		Request string
		Headers http.Header
	}
	if err := json.Unmarshal(recorded(t, "github/workflow_runs_headers.json"), &exchanges); err != nil {
		t.Fatal(err)
	}
	var all []Exchange
	for i, x := range exchanges {
		request := x.Request
		if i == 0 {
			request = "GET https://api.github.com/repos/example/checkout/actions/runs?created=2020-01-01T00:00:00Z..2026-01-01T00:00:00Z&per_page=100"
		}
		body := recorded(t, "github/workflow_runs_page"+string(rune('1'+i))+".json")
		all = append(all, Exchange{Request: request, Status: 200, Header: x.Headers, Body: string(body)})
	}
	source := Source{Name: "github", Settings: Settings{Repositories: []string{"example/checkout"}, Skip: []string{"deployments", "commits", "releases"}}}
	for _, socket := range []bool{false, true} {
		replay := NewReplay(all...)
		x := newTrial(source)
		x.From, x.To = time.Date(2020, 1, 1, 6, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		x.Transport = replay
		if socket {
			x.Transport = nil
			x.Sources[0].Address = newAPIOf(t, replay).URL
		}
		out := x.run(t)
		if out.Err != nil || len(out.Pages) != 3 || out.Report.New != 3 {
			t.Errorf("socket %v: %v, %d pages, %d events", socket, out.Err, len(out.Pages), out.Report.New)
		}
	}
}

// TestRecordedCursors follows Datadog's cursors: a page that is not full has one, and the last page is empty.
func TestRecordedCursors(t *testing.T) {
	for _, c := range []struct {
		list string
		next func(answer) (Request, error)
	}{{"events", cursor("page[cursor]", datadogCursor)}, {"logs", cursor("page[cursor]", datadogCursor)}, {"incidents", datadogIncidents}} {
		lines := strings.Split(strings.TrimSpace(string(recorded(t, "datadog/v2_"+c.list+"_requests.txt"))), "\n")
		req := parseRequest(strings.TrimSuffix(lines[0], " -> 200")).with("x", "")
		for i := range lines {
			next, err := c.next(answer{req, nil, recorded(t, "datadog/v2_"+c.list+"_page"+string(rune('1'+i))+".json")})
			switch {
			case err != nil:
				t.Fatal(err)
			case i == len(lines)-1 && next.Method != "" && c.list != "incidents":
				t.Errorf("%s go on after the last page: %s", c.list, next)
			case i < len(lines)-1:
				want := parseRequest(strings.TrimSuffix(lines[i+1], " -> 200")).with("x", "")
				if next != want {
					t.Errorf("%s: after page %d %s, want %s", c.list, i+1, next, want)
				}
				req = next
			}
		}
	}
}
