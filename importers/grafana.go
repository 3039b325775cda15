package importers

import (
	"encoding/json"
	"io"
	"strings"
	"time"
)

var grafanaSource = Source{
	Name: "grafana", Title: "Grafana", About: "webhooks of alerting, annotations of the API, the history of alert states",
	Detect: detectGrafana, parse: parseGrafana,
}

func detectGrafana(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "startsAt", "labels") && hasAnyMember(head, "silenceURL", "dashboardURL", "valueString", "orgId"):
		return Sure, "alerts with the addresses of Grafana"
	case hasMembers(head, "ruleName", "evalMatches"), hasMembers(head, "ruleName", "ruleUrl", "state"):
		return Sure, "a webhook of Grafana's older alerting"
	case hasMembers(head, "time", "text", "tags") && hasAnyMember(head, "dashboardUID", "dashboardId", "panelId", "alertId", "timeEnd", "regionId"):
		return Sure, "annotations"
	case hasMembers(head, "time", "newState", "prevState"):
		return Sure, "the history of alert states"
	case hasMembers(head, "schema", "fields", "values") && hasAnyMember(head, "ruleUID", "ruleTitle"):
		return Sure, "the history of alert states as a frame"
	}
	return No, ""
}

// grafanaReading is one reading of what Grafana wrote.
type grafanaReading struct{ alertReading }

func parseGrafana(r *run) error {
	g := &grafanaReading{alertReading{recorder{run: r}}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.recordsUpTo(otlpLimit, content, func(key string) bool { return key == "annotations" }, func(rec jsonRecord) error {
			g.rec = rec
			return g.record(objectOf(rec.raw))
		})
	})
}

func (g *grafanaReading) record(o object) error {
	switch {
	case o.has("alerts"):
		return g.webhook(o)
	case o.has("starts_at"), o.has("labels", "fingerprint"):
		return g.alert(o, "")
	case o.has("rule_name"):
		return g.legacy(o)
	case o.has("schema", "data"):
		return g.frame(o)
	case o.has("time"):
		return g.annotation(o)
	}
	return g.refuse("it is none of Grafana's records that have a time")
}

// webhook gives the alerts of a notification. The rule's name may stand only in what they have in common.
func (g *grafanaReading) webhook(o object) error {
	common := firstOf(o.in("common_labels").text("alertname"), o.in("group_labels").text("alertname"))
	for _, raw := range o.raws("alerts") {
		g.rec.raw = raw
		if err := g.alert(objectOf(raw), common); err != nil {
			return err
		}
	}
	return nil
}

// legacy gives a notification of the older alerting. It says what fires and not since when, so that it
// can only be an event when somebody kept a time beside it.
func (g *grafanaReading) legacy(o object) error {
	state := o.text("state")
	at := o.text("time", "timestamp", "date")
	e := g.begin(stateKind(state), "rule", firstOf(o.text("rule_id"), o.text("rule_name")), state, at)
	e.Title, e.Body, e.URL = o.text("rule_name")+": "+state, joinLines(o.text("message"), o.text("title")), o.text("rule_url")
	for _, m := range o.list("eval_matches") {
		e.Body = joinLines(e.Body, named(m.text("metric"), m.text("value")))
	}
	return g.give(at, "")
}

// stateKind tells an alert that begins from one that only changes.
func stateKind(state string) string {
	switch word, _, _ := strings.Cut(strings.ToLower(state), " "); word {
	case "alerting", "firing", "error", "nodata", "no_data":
		return "alert"
	}
	return "status"
}

// annotation gives a mark on a dashboard, or a change of an alert's state, which is kept as one.
func (g *grafanaReading) annotation(o object) error {
	text, tags := htmlText(o.text("text")), o.texts("tags")
	from, to := o.text("prev_state"), o.text("new_state")
	e := g.begin("note", "annotation", o.text("id"))
	e.Actor = o.text("login", "user_name")
	if to != "" {
		e.Kind = stateKind(to)
		e.Title = firstOf(o.text("alert_name"), text, "alert") + ": " + strings.TrimPrefix(from+" → "+to, " → ")
		e.Body = text
	} else {
		for _, t := range tags {
			if k := kindOf(t); k != "" {
				e.Kind = k
				break
			}
		}
		if e.Kind == "note" {
			e.Kind = kindOfText(text, "note")
		}
		e.Title, e.Body = titleAndBody(firstOf(text, strings.Join(tags, " "), "annotation"))
	}
	e.Body = joinLines(e.Body, named("tags", strings.Join(tags, ", ")))
	if end := g.run.fieldInstantIn(time.Millisecond, o.text("time_end")); to == "" && end.After(g.run.fieldInstantIn(time.Millisecond, o.text("time"))) {
		e.End = end
	}
	return g.giveIn(time.Millisecond, o.text("time"), o.text("updated"))
}

// frame gives the history of alert states, which Grafana answers as columns of values.
func (g *grafanaReading) frame(o object) error {
	var columns [][]json.RawMessage
	_ = decode(o.in("data")["values"], &columns)
	at := map[string]int{}
	for i, f := range o.in("schema").list("fields") {
		at[strings.ToLower(f.text("name"))] = i
	}
	column := func(name string) []json.RawMessage {
		if i, ok := at[name]; ok && i < len(columns) {
			return columns[i]
		}
		return nil
	}
	times, lines := column("time"), column("line")
	if len(times) == 0 || len(times) != len(lines) {
		return g.refuse("the frame has no times with lines")
	}
	for i, raw := range lines {
		if err := g.transition(string(times[i]), raw, i+1); err != nil {
			return err
		}
	}
	return nil
}

func (g *grafanaReading) transition(at string, raw json.RawMessage, n int) error {
	if len(raw) > 0 && raw[0] == '"' {
		raw = json.RawMessage(unquote(string(raw)))
	}
	line := objectOf(raw)
	labels := pairs(line["labels"])
	from, to := line.text("previous"), line.text("current")
	g.rec = jsonRecord{n: n, raw: raw}
	e := g.begin(stateKind(to), "state", line.text("rule_uid"), firstOf(line.text("fingerprint"), fingerprint(labels)), at, to)
	e.Service = serviceOf(labels)
	e.Body = joinBlocks(pairLines(pairs(line["values"])), pairLines(labels))
	e.Title = firstOf(line.text("rule_title"), labelOf(labels, "alertname"), "alert") + ": " + strings.TrimPrefix(from+" → "+to, " → ")
	return g.giveIn(time.Millisecond, unquote(at), "")
}
