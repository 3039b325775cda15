package importers

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

var prometheusSource = Source{
	Name: "prometheus", Title: "Prometheus", About: "answers of query_range: ALERTS as alerts, any other series where it crosses --above or --below; active alerts and rules",
	Detect: detectPrometheus, parse: parsePrometheus,
}

var prometheusResult = model.Pattern(`"resultType"\s*:\s*"(?:matrix|vector|scalar|string)"`)

func detectPrometheus(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case prometheusResult().Match(head):
		return Sure, "an answer with series of numbers"
	case hasMembers(head, "activeAt", "labels", "state"):
		return Sure, "active alerts"
	case hasMembers(head, "metric", "values", "timestamps"):
		return Sure, "exported series"
	}
	return No, ""
}

// prometheusReading is one reading of Prometheus' answers.
type prometheusReading struct {
	alertReading
	watch *watch
}

func parsePrometheus(r *run) error {
	p := &prometheusReading{alertReading{recorder{run: r}}, newWatch(r, "prometheus")}
	return r.each(func(_ *File, content io.Reader) error {
		p.watch.look(r.query())
		err := r.recordsUpTo(otlpLimit, content, func(key string) bool { return key == "result" }, func(rec jsonRecord) error {
			p.rec = rec
			return p.record(objectOf(rec.raw))
		})
		if err != nil {
			return err
		}
		return p.watch.close()
	})
}

func (p *prometheusReading) record(o object) error {
	data := o.in("data")
	switch {
	case o.has("metric"):
		return p.result([]object{o})
	case o.has("active_at"):
		return p.active(o)
	case data.has("alerts"), data.has("groups"):
		return p.rules(data)
	case data.text("result_type") == "matrix", data.text("result_type") == "vector":
		return p.result(data.list("result"))
	case o.text("status") == "error":
		return p.refuse("Prometheus answered with an error: " + o.text("error"))
	}
	return p.refuse("it is no answer with series or alerts")
}

// rules gives the active alerts of an answer, of those below its rules too.
func (p *prometheusReading) rules(data object) error {
	alerts := data.list("alerts")
	for _, g := range data.list("groups") {
		for _, r := range g.list("rules") {
			alerts = append(alerts, r.list("alerts")...)
		}
	}
	for _, a := range alerts {
		if err := p.active(a); err != nil {
			return err
		}
	}
	return nil
}

// active gives an alert that is pending or fires, since when its condition holds.
func (p *prometheusReading) active(o object) error {
	labels := pairs(o["labels"])
	notes, state := objectOf(o["annotations"]), strings.ToLower(o.text("state"))
	at := o.text("active_at")
	e := p.begin("alert", "alert", fingerprint(labels), p.run.fieldInstant(at).Format(time.RFC3339Nano))
	e.Service = serviceOf(labels)
	e.Title = alertTitle(labelOf(labels, "alertname"), notes)
	e.Body = joinBlocks(joinLines(notes.text("summary"), notes.text("description"), named("state", state), named("value", o.text("value"))), pairLines(labels))
	if state == "pending" {
		p.event.Kind = "signal"
	}
	return p.give(at, "")
}

// A sample is one value of a series as Prometheus wrote it.
type sample struct {
	at      time.Time
	written string
	value   string
	p       model.Precision
}

// result gives the events of the series of an answer.
func (p *prometheusReading) result(list []object) error {
	all := make([][]sample, len(list))
	for i, o := range list {
		all[i] = p.samples(o)
	}
	step := smallestGap(all)
	for i, o := range list {
		labels := pairs(o["metric"])
		name := labelOf(labels, "__name__")
		labels = slices.DeleteFunc(labels, func(l [2]string) bool { return l[0] == "__name__" })
		if name == "ALERTS" {
			if err := p.stretches(labels, all[i], step); err != nil {
				return err
			}
			continue
		}
		s, err := p.watch.of(seriesName(name, labels), serviceOf(labels), "", labels, p.rec.n)
		if err != nil {
			return err
		}
		s.name = seriesName(firstOf(p.watch.query.Title, name, p.watch.query.Query), labels)
		for _, v := range all[i] {
			if err := p.watch.point(s, v.at, v.value, v.written, v.p, p.rec.n); err != nil {
				return err
			}
		}
	}
	return nil
}

// seriesName is the metric with those labels that tell its series from others at a glance.
func seriesName(name string, labels [][2]string) string {
	var shown []string
	for _, l := range labels {
		if len(shown) < 4 {
			shown = append(shown, l[0]+"="+`"`+l[1]+`"`)
		}
	}
	if len(shown) == 0 {
		return firstOf(name, "value")
	}
	return name + "{" + strings.Join(shown, ", ") + "}"
}

// samples are the values of a series: pairs of seconds and a text, or, as it is exported, two lists with
// the times in milliseconds.
func (p *prometheusReading) samples(o object) []sample {
	var list []sample
	add := func(at, value string, milli bool) {
		st, ok := epochStamp(at)
		if milli {
			t, good := counted(time.Millisecond, at)
			st, ok = stampOf(t, "ms", "milliseconds"), good
		}
		if !ok {
			p.refuse("the time cannot be read: " + quote(at))
			return
		}
		list = append(list, sample{unixUTC(&st), at, value, st.precision})
	}
	if times := o.raws("timestamps"); len(times) > 0 {
		values := o.raws("values")
		for i := range min(len(times), len(values)) {
			add(unquote(string(times[i])), unquote(string(values[i])), true)
		}
		return list
	}
	points := o.raws("values")
	if v := o["value"]; len(v) > 0 {
		points = append(points, v)
	}
	for _, raw := range points {
		var pair []json.RawMessage
		if decode(raw, &pair) != nil || len(pair) != 2 {
			p.refuse("the value is no pair of a time and a number")
			continue
		}
		add(unquote(string(pair[0])), unquote(string(pair[1])), false)
	}
	return list
}

// smallestGap is the step of an answer, which it does not state.
func smallestGap(all [][]sample) time.Duration {
	step := time.Duration(0)
	for _, list := range all {
		for i := 1; i < len(list); i++ {
			if gap := list[i].at.Sub(list[i-1].at); gap > 0 && (step == 0 || gap < step) {
				step = gap
			}
		}
	}
	return step
}

// stretches gives one event for each stretch in which an alert was pending or fired. It ends with the
// last value that says so; the alert may have gone on for less than a step.
func (p *prometheusReading) stretches(labels [][2]string, list []sample, step time.Duration) error {
	state := labelOf(labels, "alertstate")
	labels = slices.DeleteFunc(labels, func(l [2]string) bool { return l[0] == "alertstate" })
	for i := 0; i < len(list); i++ {
		if v, ok := number(list[i].value); !ok || v.Sign() == 0 {
			continue
		}
		last := i
		for last+1 < len(list) && list[last+1].at.Sub(list[last].at) <= step+step/2 {
			if v, ok := number(list[last+1].value); !ok || v.Sign() == 0 {
				break
			}
			last++
		}
		first := list[i]
		e := p.begin("alert", "alert", fingerprint(labels), firstOf(state, "firing"), first.at.Format(time.RFC3339Nano))
		e.At = first.at
		e.TimeText = first.written
		e.ZoneSource = "data"
		e.Precision = first.p
		e.Line = p.rec.n
		e.Service = serviceOf(labels)
		e.Title = firstOf(labelOf(labels, "alertname"), "alert") + " " + firstOf(state, "firing")
		e.Body = pairLines(labels)
		if state == "pending" {
			p.event.Kind = "signal"
		}
		if from := p.run.opt.From; !from.IsZero() && !first.at.After(from) {
			e.Body = joinLines(e.Body, "It was so already when the window of time began.")
		}
		if last > i {
			p.event.End = list[last].at
		}
		i = last
		// What is read later may know that the alert went on.
		if err := p.run.eventAsOf(&p.event, list[last].at); err != nil {
			return err
		}
	}
	return nil
}
