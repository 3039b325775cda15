package collect

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// A full page of streams is followed from its latest line, in whichever stream that is; one that is not full is the last.
func TestLokiGoesOnFromTheLatestLine(t *testing.T) {
	page := func(streams ...[]string) string {
		var all []string
		for _, s := range streams {
			var values []string
			for _, at := range s {
				values = append(values, fmt.Sprintf(`[%q,"line"]`, at))
			}
			all = append(all, `{"values":[`+strings.Join(values, ",")+`]}`)
		}
		return `{"data":{"result":[` + strings.Join(all, ",") + `]}}`
	}
	times := func(n int, from int) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprint(1772632800000000000+from+i))
		}
		return all
	}
	last := fmt.Sprint(1772632800000000000 + lokiSize - 1)
	for _, c := range []struct {
		name string
		body string
		want string
	}{
		{"a full page", page(times(lokiSize, 0)), last}, {"one line less", page(times(lokiSize-1, 0)), ""}, {"nothing", page(), ""},
		{"two streams, the latest first", page(times(1, lokiSize-1), times(lokiSize-1, 0)), last}, {"two streams, the latest last", page(times(lokiSize-1, 0), times(1, lokiSize-1)), last},
		{"a time with fewer digits", page(append(times(lokiSize, 0), "999")), last}, {"a time with more digits", page(append([]string{"11"}, append(times(lokiSize-1, 0), "9")...)), fmt.Sprint(1772632800000000000 + lokiSize - 2)},
	} {
		next, err := lokiPages(answer{Request: Request{Method: http.MethodGet, URL: "https://loki.example/loki/api/v1/query_range?start=1"}, body: []byte(c.body)})
		got := ""
		if u, parseErr := url.Parse(next.URL); parseErr == nil {
			got = u.Query().Get("start")
		}
		if err != nil || got != c.want {
			t.Errorf("%s: it goes on from %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// Incidents that were opened so long before the window that no update can lie in it end the reading.
func TestStatuspageEndsBeforeTheWindow(t *testing.T) {
	from := time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)
	p := &plan{Window: Window{From: from}}
	opened := func(at time.Time) string { return fmt.Sprintf(`{"created_at":%q}`, at.Format(time.RFC3339)) }
	edge := from.Add(-statusReach)
	for body, want := range map[string]bool{
		"[]": true, "[" + opened(edge) + "]": false, "[" + opened(edge.Add(-time.Second)) + "]": true, "[" + opened(from) + "]": false, "[" + opened(edge.Add(-time.Hour)) + "," + opened(from) + "]": false,
		"[" + opened(from) + "," + opened(edge.Add(-time.Hour)) + "]": true, `[{"created_at":"soon"}]`: false,
	} {
		if got := p.statuspagePast([]byte(body)); got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}
