package importers

import (
	"encoding/json"
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var lokiSource = Source{
	Name: "loki", Title: "Loki", About: "query_range and tail answers with streams, logcli -o jsonl, the log download of Grafana",
	Detect: detectLoki, parse: parseLoki,
}

// lokiLine is a line with its labels, as logcli writes it.
var lokiLine = model.Pattern(`"line"\s*:\s*"`)

func detectLoki(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "stream", "values"), hasMembers(head, "streams", "values"):
		return Sure, "streams of lines"
	case hasMembers(head, "resultType", "streams"):
		return Sure, "an answer of Loki"
	case lokiLine().Match(head) && hasMembers(head, "timestamp") && hasAnyMember(head, "labels", "fields"):
		return Sure, "lines with their labels"
	}
	return No, ""
}

// lokiReading is one reading of Loki's lines, and of numbers that were counted of them.
type lokiReading struct {
	recorder
	numbers prometheusReading
}

func parseLoki(r *run) error {
	l := &lokiReading{recorder{run: r}, prometheusReading{alertReading{recorder{run: r}}, newWatch(r, "loki")}}
	return r.each(func(_ *File, content io.Reader) error {
		l.numbers.watch.look(r.query())
		err := r.recordsUpTo(otlpLimit, content, func(key string) bool { return key == "streams" || key == "result" }, func(rec jsonRecord) error {
			l.rec, l.numbers.rec = rec, rec
			o := objectOf(rec.raw)
			switch {
			case o.has("metric"):
				return l.metric([]object{o})
			case o.has("stream", "values"):
				return l.stream(o)
			case o.has("data"):
				return l.answer(o.in("data"))
			case o.has("line", "timestamp"):
				labels := pairs(o["labels"])
				if len(labels) == 0 {
					labels = pairs(o["fields"])
				}
				return l.line(labels, o.text("timestamp"), o.text("line"), nil)
			}
			return l.refuse("it is no stream of Loki")
		})
		if err != nil {
			return err
		}
		return l.numbers.watch.close()
	})
}

func (l *lokiReading) answer(data object) error {
	switch kind := data.text("result_type"); kind {
	case "matrix", "vector":
		return l.metric(data.list("result"))
	case "streams", "":
	default:
		return l.refuse("the result is a " + kind + " and holds no lines")
	}
	for _, s := range data.list("result") {
		if err := l.stream(s); err != nil {
			return err
		}
	}
	return nil
}

// metric gives the events of numbers, which Loki answers as Prometheus does.
func (l *lokiReading) metric(list []object) error {
	if !l.run.in.fetched && len(l.numbers.watch.bounds) == 0 {
		return l.refuse("the result holds numbers and no lines; import it as prometheus")
	}
	return l.numbers.result(list)
}

func (l *lokiReading) stream(o object) error {
	labels := pairs(o["stream"])
	for i, raw := range o.raws("values") {
		var value []json.RawMessage
		l.rec = jsonRecord{n: i + 1, raw: raw}
		if decode(raw, &value) != nil || len(value) < 2 {
			if err := l.refuse("the entry is no pair of a time and a line"); err != nil {
				return err
			}
			continue
		}
		var extra json.RawMessage
		if len(value) > 2 {
			extra = value[2]
		}
		if err := l.line(labels, unquote(string(value[0])), unquote(string(value[1])), extra); err != nil {
			return err
		}
	}
	return nil
}

// lokiLevels are the labels that hold the level of a line.
var lokiLevels = []string{"detected_level", "level", "severity", "severity_text"}

// line gives one line. Loki keeps a line once for its stream and nanosecond, so equal ones are the same.
func (l *lokiReading) line(labels [][2]string, at, text string, extra json.RawMessage) error {
	all := append(labels, pairs(extra)...)
	e := l.begin("log")
	e.Service, e.Actor = serviceOf(labels), firstOf(labelOf(labels, "pod"), labelOf(labels, "instance"), labelOf(labels, "host"))
	for _, key := range lokiLevels {
		if isErrorLevel(labelOf(all, key)) {
			e.Kind = "signal"
		}
	}
	e.Title, e.Body = titleAndBody(text)
	if strings.HasPrefix(text, "{") {
		if said := objectOf(json.RawMessage(text)).text("msg", "message", "log", "event"); said != "" {
			e.Title, e.Body = said, text
		}
	}
	e.Body = joinBlocks(e.Body, pairLines(all))
	parts := []string{text}
	for _, p := range labels {
		parts = append(parts, p[0], p[1])
	}
	return l.hashed(time.Nanosecond, false, at, parts...)
}

// isErrorLevel says whether a level tells of something that went wrong.
func isErrorLevel(level string) bool {
	switch strings.ToLower(level) {
	case "error", "err", "critical", "crit", "fatal", "severe", "emerg", "emergency", "alert", "panic":
		return true
	}
	return false
}
