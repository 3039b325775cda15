package importers

import (
	"io"
	"strconv"
	"strings"
	"time"
)

var alertmanagerSource = Source{
	Name: "alertmanager", Title: "Alertmanager", About: "webhooks, alerts and groups of the API, silences, amtool -o json",
	Detect: detectAlertmanager, parse: parseAlertmanager,
}

// alertmanagerLists are the names of the lists in a webhook, in a group, and in the answers of the first API.
var alertmanagerLists = map[string]bool{"alerts": true, "data": true}

func detectAlertmanager(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "startsAt", "labels") && hasAnyMember(head, "silenceURL", "dashboardURL", "valueString", "orgId"):
		return No, "" // Grafana's alerts have the same shape and more
	case hasMembers(head, "startsAt", "labels") && hasAnyMember(head, "annotations", "fingerprint", "groupKey", "generatorURL"):
		return Sure, "alerts with labels and a start"
	case hasMembers(head, "matchers", "createdBy", "startsAt"):
		return Sure, "silences"
	}
	return No, ""
}

func parseAlertmanager(r *run) error {
	a := &alertReading{recorder{run: r}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.records(content, func(key string) bool { return alertmanagerLists[key] }, func(rec jsonRecord) error {
			a.rec = rec
			o := objectOf(rec.raw)
			if o.has("matchers", "created_by") {
				return a.silence(o)
			}
			if !o.has("labels") {
				return a.refuse("it is neither an alert nor a silence")
			}
			return a.alert(o, "")
		})
	})
}

// alertReading is one reading of alerts in the form that Prometheus gave them.
type alertReading struct{ recorder }

// alert gives an alert. It has an end when it is resolved; the endsAt of one that fires is when it would
// lapse unless it is sent again. The group's name is used when the alert has none.
func (a *alertReading) alert(o object, group string) error {
	labels, notes := pairs(o["labels"]), objectOf(o["annotations"])
	starts, ends, updated := o.text("starts_at"), o.text("ends_at"), o.text("updated_at")
	at, end := a.run.fieldInstant(starts), a.run.fieldInstant(ends)
	e := a.begin("alert", "alert", firstOf(o.text("fingerprint"), fingerprint(labels)), at.Format(time.RFC3339Nano))
	e.Title, e.Service, e.URL = alertTitle(firstOf(labelOf(labels, "alertname"), group), notes), serviceOf(labels), o.text("generator_url")
	lapsed := updated != "" && !end.After(a.run.fieldInstant(updated))
	if end.After(at) && (o.text("status") == "resolved" || lapsed) {
		e.End, updated = end, firstOf(updated, ends)
	}
	e.Body = joinBlocks(joinLines(named("summary", notes.text("summary")), named("description", notes.text("description", "message")),
		named("runbook", notes.text("runbook_url", "runbook"))), pairLines(labels))
	e.Body = joinLines(e.Body, named("values", firstOf(strings.ReplaceAll(pairLines(pairs(o["values"])), "\n", ", "), o.text("value_string"))), named("state", o.in("status").text("state")))
	return a.give(starts, firstOf(updated, starts))
}

// alertTitle is the alert's name and the most telling of its texts that fits on a line.
func alertTitle(name string, notes object) string {
	text := firstOf(notes.text("description"), notes.text("message"))
	const fits = 80
	if text == "" || len(text) > fits || strings.Contains(text, "\n") {
		text = firstOf(notes.text("summary"), cutRunes(oneLine(text), fits))
	}
	switch {
	case name == "":
		return firstOf(text, "alert without a name")
	case text == "" || strings.EqualFold(text, name):
		return name
	}
	return name + ": " + text
}

// fingerprint is the id that Alertmanager derives from the labels of an alert, for the answers that leave
// it out: FNV-1a over the names and the values in order.
func fingerprint(labels [][2]string) string {
	sum := uint64(14695981039346656037)
	for _, l := range labels {
		for _, part := range l {
			for i := range len(part) {
				sum = (sum ^ uint64(part[i])) * 1099511628211
			}
			sum = (sum ^ 255) * 1099511628211
		}
	}
	text := strconv.FormatUint(sum, 16)
	return strings.Repeat("0", 16-len(text)) + text
}

// silence gives a silence, which somebody set for a stretch of time.
func (a *alertReading) silence(o object) error {
	var matchers []string
	for _, m := range o.list("matchers") {
		first, second := "", "="
		if m.text("is_regex") == "true" {
			first, second = "=", "~"
		}
		if m.text("is_equal") == "false" {
			first = "!"
		}
		matchers = append(matchers, m.text("name")+first+second+m.text("value"))
	}
	e := a.begin("action", "silence", o.text("id"))
	e.Actor = o.text("created_by")
	e.Title = "silence: " + firstOf(o.text("comment"), strings.Join(matchers, ", "))
	e.Body = strings.Join(matchers, "\n")
	e.End = a.run.fieldInstant(o.text("ends_at"))
	return a.give(o.text("starts_at"), o.text("updated_at"))
}
