package importers

import (
	"slices"
	"strings"
	"testing"
)

func TestLoki(t *testing.T) {
	stream := `{"stream":{"app":"orders","level":"error","pod":"orders-7"},"values":[["1772632800123456789","queue full"],["1772632799000000001","{\"msg\":\"slow\",\"took\":3}",{"trace_id":"t"}],["x","never"],["1772632799000000001"]]}`
	read := "2026-03-04T14:00:00.123456789Z signal|orders-7|orders|queue full\n2026-03-04T13:59:59.000000001Z signal|orders-7|orders|slow\n"
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"query_range", `{"status":"success","data":{"resultType":"streams","result":[` + stream + `,` + stream + `],"stats":{}}}`, read, 4},
		{"what is pushed or tailed", `{"streams":[` + stream + `]}`, read, 2},
		{"logcli", `{"labels":{"job":"orders"},"line":"one\ntwo","timestamp":"2026-03-04T15:00:00.5+01:00"}` + "\n" + `{"labels":{},"line":"three","timestamp":"2026-03-04T14:00:01Z"}`,
			"2026-03-04T14:00:00.5Z log||orders|one\n2026-03-04T14:00:01Z log|||three\n", 0},
		{"a download from Grafana", `[{"line":"one","timestamp":"1772632800000000000","date":"2026-03-04T14:00:00.000Z","fields":{"app":"orders","detected_level":"warn"}}]`, "2026-03-04T14:00:00Z log||orders|one\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "l.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "loki" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "loki", Options{}, path...); !slices.Equal(g.ids(), again.ids()) {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			if c.name == "query_range" && (g.reading.Repeats != 2 || !strings.Contains(g.events[1].Body, "trace_id: t")) {
				t.Errorf("got %+v", g.reading)
			}
		})
	}
}

func FuzzLoki(f *testing.F) {
	fuzzSource(f, "loki", "x.json", `{"data":{"resultType":"streams","result":[{"stream":{"a":"b"},"values":[["1772632800123456789","x"]]}]}}`, `{"labels":{},"line":"{\"msg\":1}","timestamp":"2026-03-04T14:00:01Z"}`)
}
