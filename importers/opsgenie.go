package importers

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

var opsgenieSource = Source{
	Name: "opsgenie", Title: "Opsgenie", About: "webhooks, alerts, their logs and notes, incidents with timelines as JSON, and the CSV of the alert list",
	Detect: detectOpsgenie, parse: parseOpsgenie,
}

var opsgenieAddress = model.Pattern(`"https://[a-z0-9.-]*opsgenie\.com/`)

func detectOpsgenie(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		columns := headerOf(head)
		has := func(name string) bool { return slices.Contains(columns, name) }
		if has("tiny_id") && has("message") && (has("created_at") || has("created_at_date")) {
			return Sure + 1, "the columns of Opsgenie's alert list"
		}
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case has("action", "alert", "alertId"), has("action", "integrationId", "integrationName"):
		return Sure, "an Opsgenie webhook"
	case has("tinyId", "createdAt", "message"):
		return Sure, "Opsgenie alerts or incidents"
	case has("eventTime", "group", "actor", "hidden"):
		return Sure, "an Opsgenie timeline"
	case has("createdAt", "owner", "offset") && (has("log") || has("note")):
		return Sure, "the log or the notes of an Opsgenie alert"
	case opsgenieAddress().Match(head) && has("createdAt"):
		return Likely, "addresses of opsgenie.com"
	case isEmptyPage(head, "data"):
		return Possible - 10, "a page without records"
	}
	return No, ""
}

// opsgenieReading is one reading of Opsgenie's records.
type opsgenieReading struct{ recorder }

func parseOpsgenie(r *run) error {
	p := &opsgenieReading{recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error {
		if !looksLikeJSON(f.head()) {
			return p.rows(content, p.alert)
		}
		return p.read(content, "data values", p.record)
	})
}

// record gives the events of one record, by what it is.
func (p *opsgenieReading) record(o object) error {
	if inner := o.in("data"); len(inner) > 0 {
		o = inner
	}
	switch {
	case o.has("entries"):
		return p.timeline(o.list("entries"), object{})
	case len(o.raws("timelines")) > 0:
		return p.timeline(o.list("timelines"), o)
	case o.has("event_time"):
		return p.timeline([]object{o}, object{})
	case o.has("action") && (o.has("alert") || o.has("incident") || o.has("integration_id")):
		return p.webhook(o)
	case o.has("log", "created_at"):
		return p.log(o)
	case o.has("note", "created_at") && !o.has("message"):
		return p.note(o)
	case o.has("impacted_services"), o.has("impact_start_date"):
		return p.incident(o)
	case o.has("message") && (o.has("tiny_id") || o.has("created_at")):
		return p.alert(o)
	}
	return p.refuse("it is none of Opsgenie's records that have a time")
}

// opsgenieActions tells what a webhook's action did, in words, and of which kind it is.
var opsgenieActions = map[string]struct{ kind, done string }{
	"create": {"alert", ""}, "acknowledge": {"ack", "acknowledged"}, "unacknowledge": {"status", "unacknowledged"}, "close": {"status", "closed"}, "delete": {"status", "deleted"},
	"escalate": {"page", "escalated"}, "escalatenext": {"page", "escalated"}, "addrecipient": {"page", "recipient added"}, "addresponder": {"page", "responder added"}, "addteam": {"page", "team added"},
	"assignownership": {"action", "ownership assigned"}, "takeownership": {"action", "ownership taken"}, "addnote": {"comms", ""}, "snooze": {"action", "snoozed"}, "snoozeended": {"action", "snooze ended"},
	"updatepriority": {"action", "priority changed"}, "updatemessage": {"action", "message changed"}, "updatedescription": {"action", "description changed"}, "resolve": {"status", "resolved"}, "reopen": {"status", "reopened"},
	"addtags": {"action", "tags added"}, "removetags": {"action", "tags removed"}, "adddetails": {"action", "details added"}, "removedetails": {"action", "details removed"},
}

// webhook gives what was done to an alert. Its time is the update of the alert, in nanoseconds; the
// creation beside it, in milliseconds, is the time of nothing but a creation.
func (p *opsgenieReading) webhook(o object) error {
	about, what := o.in("alert"), "alert"
	if o.has("incident") {
		about, what = o.in("incident"), "incident"
	}
	action := o.text("action")
	did, ok := opsgenieActions[strings.ToLower(action)]
	if !ok {
		did.kind, did.done = "action", oneLine(action)
	}
	at := about.text("updated_at")
	if strings.EqualFold(action, "create") {
		at = firstOf(about.text("created_at"), at)
	}
	if at == "" && about.has("created_at") {
		return p.refuse("the webhook tells when the " + what + " was created, and not when this was done to it")
	}
	e := p.begin(did.kind, what, about.text("alert_id", "incident_id", "id"), strings.ToLower(action), firstOf(about.text("updated_at"), at))
	e.Title, e.Body = titleAndBody(about.text("message"))
	if did.done != "" {
		e.Title += ": " + did.done
	}
	if note := about.text("note"); note != "" && did.kind == "comms" {
		e.Title, e.Body = titleAndBody(note)
		e.Body = joinLines(e.Body, named("alert", about.text("message")))
	} else {
		e.Body = joinLines(e.Body, note)
	}
	e.Body = joinLines(e.Body, about.text("description"), named("priority", about.text("priority")), named("tags", about.words("tags")),
		named("escalation", o.text("escalation_name")), named("added", firstOf(about.words("added_tags"), about.words("team"), about.text("recipient"))))
	e.Actor = firstOf(about.text("username"), o.in("source").text("name"))
	e.Service = about.text("entity")
	e.Housekeeping = strings.Contains(strings.ToLower(action), "tags")
	return p.giveIn(opsgenieUnit(at), at, "")
}

// opsgenieUnit is the unit of a time in a webhook. Creations are milliseconds and updates nanoseconds,
// which no number of fewer than 15 digits can be.
func opsgenieUnit(written string) time.Duration {
	if len(written) < 15 {
		return time.Millisecond
	}
	return time.Nanosecond
}

// alert gives an alert of a list. The times in its report are counted from its creation: they are told
// in the text, because they are derived and not recorded.
func (p *opsgenieReading) alert(o object) error {
	e := p.begin("alert", "alert", o.text("id", "alert_id"))
	created := o.text("created_at", "created_at_date")
	e.Title, e.Body = titleAndBody(o.text("message"))
	e.Body = joinLines(e.Body, o.text("description"), named("status", o.text("status")), named("priority", o.text("priority")), named("tags", o.words("tags")),
		named("source", o.text("source")), named("owner", o.text("owner")))
	if n := o.text("count"); n != "" && n != "1" && n != "0" {
		e.Body = joinLines(e.Body, "occurred "+n+" times")
		e.End = p.run.fieldInstantIn(time.Millisecond, o.text("last_occurred_at", "last_occured_at"))
	}
	report := o.in("report")
	e.Body = joinLines(e.Body, p.after("acknowledged", created, report.text("ack_time"), report.text("acknowledged_by")), p.after("closed", created, report.text("close_time"), report.text("closed_by")))
	e.Service = o.text("entity")
	return p.giveIn(time.Millisecond, created, o.text("updated_at"))
}

// after tells of something that was done so many milliseconds after a time.
func (p *opsgenieReading) after(done, created, ms, by string) string {
	n, err := strconv.ParseInt(ms, 10, 48)
	at := p.run.fieldInstantIn(time.Millisecond, created)
	if err != nil || n <= 0 || at.IsZero() {
		return ""
	}
	gap := time.Duration(n) * time.Millisecond
	text := done + " after " + gap.String() + " (" + at.Add(gap).Format("2006-01-02T15:04:05.999Z") + ", derived)"
	if by != "" {
		text = done + " by " + by + strings.TrimPrefix(text, done)
	}
	return text
}

func (p *opsgenieReading) log(o object) error {
	text := o.text("log")
	lower := strings.ToLower(text)
	kind := "status"
	for _, k := range []struct{ words, kind string }{
		{"unacknowledged", "status"}, {"acknowledged", "ack"}, {"notif", "page"}, {"escalat", "page"}, {"rout", "page"}, {"note", "comms"}, {"created", "alert"}, {"snooz", "action"}, {"assign", "action"}, {"owner", "action"}, {"executed", "action"},
	} {
		if strings.Contains(lower, k.words) {
			kind = k.kind
			break
		}
	}
	e := p.begin(kind, "log")
	e.Title, e.Body = titleAndBody(text)
	e.Actor = o.text("owner")
	e.Housekeeping = strings.HasPrefix(lower, "viewed on") || strings.HasPrefix(lower, "alert is seen")
	return p.hashed(time.Millisecond, !o.has("offset"), o.text("created_at"), o.text("offset"), e.Actor, text)
}

func (p *opsgenieReading) note(o object) error {
	e := p.begin("comms", "note")
	e.Title, e.Body = titleAndBody(o.text("note"))
	e.Actor = o.text("owner")
	return p.hashed(time.Millisecond, !o.has("offset"), o.text("created_at"), o.text("offset"), e.Actor, o.text("note"))
}

func (p *opsgenieReading) incident(o object) error {
	e := p.begin("alert", "incident", o.text("id"))
	e.Title, e.Body = titleAndBody(o.text("message"))
	e.Body = joinLines(e.Body, o.text("description"), named("status", o.text("status")), named("priority", o.text("priority")), named("tags", o.words("tags")),
		named("impact from", o.text("impact_start_date")), named("impact until", o.text("impact_end_date")))
	e.URL = o.in("links").text("web")
	return p.giveIn(time.Millisecond, o.text("created_at"), o.text("updated_at"))
}

// opsgenieTimes maps parts of the types of timeline entries to kinds; the first that fits counts.
var opsgenieTimes = []struct{ part, kind string }{
	{"Acked", "ack"}, {"Acknowledged", "ack"}, {"StatusPage", "comms"}, {"Stakeholder", "comms"}, {"Note", "comms"}, {"Resolved", "status"}, {"Closed", "status"}, {"Reopened", "status"},
	{"Opened", "alert"}, {"AssociatedAlert", "alert"}, {"Responder", "page"}, {"Notif", "page"}, {"Action", "action"}, {"Updated", "action"}, {"Changed", "action"},
}

// timeline gives the entries of an incident's timeline.
func (p *opsgenieReading) timeline(entries []object, incident object) error {
	for _, t := range entries {
		kind := "status"
		for _, k := range opsgenieTimes {
			if strings.Contains(t.text("type"), k.part) {
				kind = k.kind
				break
			}
		}
		e := p.begin(kind, "timeline", t.text("id"))
		e.Title, e.Body = titleAndBody(firstOf(t.in("title").text("content"), t.text("title"), t.text("type")))
		e.Body = joinLines(e.Body, firstOf(t.in("description").text("content"), t.text("description")), named("incident", incident.text("message")))
		e.Actor = t.in("actor").text("name", "username")
		e.URL = incident.in("links").text("web")
		e.Housekeeping = t.text("hidden") == "true"
		at := t.text("event_time")
		if t.text("id") == "" {
			p.event.ExternalID = "opsgenie:timeline"
			if err := p.hashed(time.Millisecond, true, at, e.Actor, e.Title, e.Body); err != nil {
				return err
			}
			continue
		}
		if err := p.giveIn(time.Millisecond, at, t.text("last_edit_time")); err != nil {
			return err
		}
	}
	return nil
}
