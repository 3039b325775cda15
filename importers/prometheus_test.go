package importers

import (
	"errors"
	"strings"
	"testing"
)

func TestPrometheus(t *testing.T) {
	matrix := func(series string) string {
		return `{"status":"success","data":{"resultType":"matrix","result":[` + series + `]}}`
	}
	errorsSeries := `{"metric":{"__name__":"errors","service":"orders"},"values":[[1772632800,"1"],[1772632860.5,"7"],[1772632920,"9.50"],[1772632980,"5"],[1772633040,"NaN"],[1772633100,"6"],[1772633160,"1e1"]]}`
	read := "2026-03-04T14:01:00.5Z metric||orders|errors{service=\"orders\"} above 5: peak 9.50\n2026-03-04T14:05:00Z metric||orders|errors{service=\"orders\"} above 5: peak 1e1\n"
	if g := gather(t, "auto", Options{Above: "+Inf"}, write(t, "p.json", matrix(errorsSeries))...); g.err == nil || !strings.Contains(g.err.Error(), "no value lies above +Inf; nothing was kept") {
		t.Errorf("never above it: %v", g.err)
	}
	for _, c := range []struct {
		name, text, want, ends string
		opt                    Options
		refused                int
	}{
		{"above", matrix(errorsSeries), read, "14:03 -", Options{Above: "5"}, 0},
		{"below", matrix(errorsSeries), "2026-03-04T14:00:00Z metric||orders|errors{service=\"orders\"} below 5: lowest 1\n", "14:01", Options{Below: "5"}, 0},
		{"an instant", `{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"orders"},"value":[1772632800,"7"]}]}}`, "2026-03-04T14:00:00Z metric||orders|{job=\"orders\"} above 5: peak 7\n", "-", Options{Above: "5"}, 0},
		{"an export", `{"metric":{"__name__":"up"},"values":[1,0,1],"timestamps":[1772632800000,1772632815000,1772632830000]}`, "2026-03-04T14:00:15Z metric|||up below 1: lowest 0\n", "14:00", Options{Below: "1"}, 0},
		{"alerts need no threshold", matrix(`{"metric":{"__name__":"ALERTS","alertname":"QueueFull","alertstate":"firing","service":"orders"},"values":[[1772632800,"1"],[1772632815,"1"],[1772632830,"1"],[1772632890,"1"]]},{"metric":{"__name__":"ALERTS","alertname":"QueueFull","alertstate":"pending"},"values":[[1772632785,"1"]]}`),
			"2026-03-04T14:00:00Z alert||orders|QueueFull firing\n2026-03-04T14:01:30Z alert||orders|QueueFull firing\n2026-03-04T13:59:45Z signal|||QueueFull pending\n", "14:00 - -", Options{}, 0},
		{"active alerts", `{"status":"success","data":{"alerts":[{"labels":{"alertname":"QueueFull"},"annotations":{"summary":"full"},"state":"firing","activeAt":"2026-03-04T14:00:00.123456789Z","value":"9e+02"}]}}`, "2026-03-04T14:00:00.123456789Z alert|||QueueFull: full\n", "-", Options{}, 0},
		{"rules", `{"status":"success","data":{"groups":[{"name":"g","rules":[{"state":"firing","alerts":[{"labels":{"alertname":"QueueFull"},"annotations":{},"state":"pending","activeAt":"2026-03-04T14:00:00Z"}]}]}]}}`, "2026-03-04T14:00:00Z signal|||QueueFull\n", "-", Options{}, 0},
		{"values that are none", matrix(`{"metric":{},"values":[[1772632800,"x"],[1],["y","1"],[1772632860,"7"]]}`), "2026-03-04T14:01:00Z metric|||value above 5: peak 7\n", "-", Options{Above: "5"}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "p.json", c.text)
			g := gather(t, "auto", c.opt, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "prometheus" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "prometheus", c.opt, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			var ends []string
			for _, e := range g.events {
				end := "-"
				if !e.End.IsZero() {
					end = e.End.Format("15:04")
				}
				ends = append(ends, end)
			}
			if got := strings.Join(ends, " "); got != c.ends {
				t.Errorf("ends at %s, want %s", got, c.ends)
			}
			if c.name == "never" && strings.Join(g.reading.Warnings, " ") != "no value in p.json lies above +Inf" {
				t.Errorf("got %v", g.reading.Warnings)
			}
		})
	}
	for _, name := range []string{"prometheus", "auto"} {
		g := gather(t, name, Options{}, write(t, "p.json", matrix(errorsSeries))...)
		var q *Question
		if !errors.As(g.err, &q) || q.Need != NeedAbove || !strings.Contains(q.Error(), "--above 100") || !strings.Contains(q.Error(), "--below") {
			t.Errorf("got %v, want a question", g.err)
		}
	}
}

func TestOTLPMetrics(t *testing.T) {
	request := func(at, value string) string {
		return `{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"scopeMetrics":[{"metrics":[{"name":"depth","unit":"items","gauge":{"dataPoints":[{"timeUnixNano":"` + at + `",` + value + `,"attributes":[{"key":"queue","value":{"stringValue":"a"}}]}]}},{"name":"took","histogram":{"dataPoints":[{}]}}]}]}]}` + "\n"
	}
	text := request("1772632800000000001", `"asInt":"3"`) + request("1772632860000000001", `"asInt":"912"`) + request("1772632920000000001", `"asDouble":7.25`) + request("1772632980000000001", `"asDouble":1`)
	path := write(t, "m.json", text)
	g := gather(t, "auto", Options{Above: "5"}, path...)
	wantLines(t, g, "2026-03-04T14:01:00.000000001Z metric||orders|depth{queue=\"a\"} above 5: peak 912 items\n")
	if e := g.events[0]; e.End.Minute() != 3 || len(g.reading.Warnings) != 1 {
		t.Errorf("got %+v %v", e, g.reading.Warnings)
	}
	var q *Question
	if g = gather(t, "auto", Options{}, path...); !errors.As(g.err, &q) || q.Example != "depth" {
		t.Errorf("got %v, want a question", g.err)
	}
	mixed := gather(t, "auto", Options{}, write(t, "m.json", text+`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772632800000000000","body":{"stringValue":"up"}}]}]}]}`)...)
	wantLines(t, mixed, "2026-03-04T14:00:00Z log|||up\n")
	if mixed.reading.Refused != 4 {
		t.Errorf("got %+v", mixed.reading.Refusals)
	}
}

func TestTablesOfNumbers(t *testing.T) {
	text := "Time,orders,depth,comment\n2026-03-04 14:00:00,1,x,\n2026-03-04 14:01:00,9.5,600,up\n2026-03-04 14:02:00,2,700,\nnever,1,1,\n2026-03-04 14:03:00,,,text\n"
	g := gather(t, "auto", Options{Zone: zone("Europe/London"), Above: "5"}, write(t, "t.csv", text)...)
	wantLines(t, g, "2026-03-04T14:01:00Z metric|||orders above 5: peak 9.5\n2026-03-04T14:01:00Z metric|||depth above 5: peak 700\n")
	if e := g.events; g.reading.Refused != 2 || e[0].End.Minute() != 2 || !e[1].End.IsZero() || e[0].ZoneSource != "told: Europe/London" {
		t.Errorf("got %+v %+v", e, g.reading.Refusals)
	}
	var q *Question
	if g = gather(t, "csv", Options{Above: "5"}, write(t, "t.csv", text)...); !errors.As(g.err, &q) || q.Need != NeedZone {
		t.Errorf("got %v, want a question", g.err)
	}
}

func TestTablesOfJira(t *testing.T) {
	text := "Summary,Issue key,Status,Created,Labels,Labels\nAlert on depth,OPS-7,Done,04/Mar/26 2:00 PM,a,b\nFix it,OPS-8,To Do,04/Mar/26 14:30,a,\n"
	g := gather(t, "auto", Options{Zone: zone("Europe/London")}, write(t, "jira.csv", text)...)
	if len(g.events) != 2 || g.events[0].At.Hour() != 14 || g.events[1].At.Minute() != 30 || g.events[0].Title != "OPS-7 Alert on depth: created" || !strings.Contains(g.events[0].Body, "labels: a, b") {
		t.Errorf("got %s%v", g.lines(), g.reading.Refusals)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]bool{"5": true, "-0.5": true, "1e6": true, " 7 ": true, "": false, "five": false, "0x10": false, "1_000": false, "NaN": false, "Inf": false, "1e99999999999": false} {
		if IsNumber(text) != want {
			t.Errorf("%q: got %v", text, !want)
		}
	}
}

func FuzzPrometheus(f *testing.F) {
	fuzzSource(f, "prometheus", "x.json", `{"data":{"resultType":"matrix","result":[{"metric":{"__name__":"ALERTS"},"values":[[1772632800,"1"],[1772632815,"1"]]}]}}`,
		`{"data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1772632800,"1"]}]}}`, `{"data":{"alerts":[{"labels":{},"state":"firing","activeAt":"2026-03-04T14:00:00Z"}]}}`)
}

func FuzzThreshold(f *testing.F) {
	for _, s := range []string{"1", "-0.5e3", "NaN", "Inf", "1e2147483647"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, okA := number(a)
		y, okB := number(b)
		if !okA || !okB {
			return
		}
		above, below := bound{value: y}, bound{value: y, below: true}
		if above.beyond(x) && below.beyond(x) || (x.Cmp(y) == 0) == (above.beyond(x) || below.beyond(x)) {
			t.Errorf("%s lies on the wrong side of %s", a, b)
		}
	})
}
