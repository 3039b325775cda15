package importers

import (
	"io"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

var datadogSource = Source{
	Name: "datadog", Title: "Datadog", About: "events, logs and incidents as the API answers them, monitor webhooks, archived logs, and the CSV of the log explorer",
	Detect: detectDatadog, parse: parseDatadog,
}

func detectDatadog(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		if isDatadogTable(headerOf(head)) {
			return Sure + 1, "the columns of Datadog's log explorer"
		}
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	typed := datadogType().Match(head)
	switch {
	case typed && has("attributes", "id") && (has("timestamp") || has("created") || has("start_at")):
		return Sure, "records with Datadog's attributes"
	case has("date_happened") && (has("alert_type") || has("priority") || has("title")):
		return Sure, "Datadog events"
	case has("alert_transition"), has("last_updated", "event_type"), has("alert_query", "title"), has("alert_id", "alert_status"):
		return Sure, "the fields of a Datadog webhook"
	case has("_id", "date", "attributes", "status"):
		return Sure, "logs from a Datadog archive"
	case has("logs", "content", "timestamp") && has("next_log_id") || has("nextLogId", "content"):
		return Sure, "Datadog logs"
	case isEmptyPage(head, "data"):
		return Possible - 10, "a page without records"
	}
	return No, ""
}

var datadogType = model.Pattern(`"type"\s*:\s*"(?:event|log|incidents|incident_impacts|incident_timeline_cells|incident_todos)"`)

func isDatadogTable(columns []string) bool {
	has := func(name string) bool { return slices.Contains(columns, name) }
	return len(columns) > 0 && columns[0] == "date" && has("host") && has("service") && (has("message") || has("content"))
}

// datadogReading is one reading of Datadog's records.
type datadogReading struct {
	recorder
	users map[string]string // names by their ids
}

func parseDatadog(r *run) error {
	d := &datadogReading{recorder: recorder{run: r}, users: map[string]string{}}
	return r.each(func(f *File, content io.Reader) error {
		if !looksLikeJSON(f.head()) {
			return d.rows(content, d.archived)
		}
		return d.read(content, "data events logs", d.record)
	})
}

// record gives the events of one record, by what it is.
func (d *datadogReading) record(o object) error {
	for _, wrapped := range []string{"data", "event"} {
		if inner := o.in(wrapped); len(inner) > 0 && !o.has("attributes") {
			d.learn(o.list("included"))
			o = inner
		}
	}
	a := o.in("attributes")
	switch kind := o.text("type"); {
	case len(a) > 0 && kind == "event":
		return d.v2Event(o.text("id"), a)
	case len(a) > 0 && kind == "log":
		return d.log(o.text("id"), a)
	case len(a) > 0 && kind == "incidents":
		return d.incident(o, a)
	case len(a) > 0 && kind == "incident_impacts":
		return d.impact(o.text("id"), a)
	case len(a) > 0 && kind == "incident_timeline_cells":
		return d.cell(o.text("id"), a)
	case len(a) > 0 && kind == "incident_todos":
		return d.todo(o.text("id"), a)
	case o.has("content") && len(o.in("content")) > 0:
		return d.log(o.text("id"), o.in("content"))
	case o.has("date_happened"):
		return d.v1Event(o)
	case o.has("_id", "date"):
		return d.archived(o)
	case o.has("date") || o.has("last_updated") || o.has("date_posix") || o.has("alert_transition") || o.has("event_type"):
		return d.webhook(o)
	}
	return d.refuse("it is none of Datadog's records that have a time")
}

// learn keeps the names of the people that an answer includes.
func (d *datadogReading) learn(included []object) {
	for _, u := range included {
		if u.text("type") == "users" {
			d.users[u.text("id")] = u.in("attributes").text("name", "handle")
		}
	}
}

// datadogFailures are the states that tell of trouble.
var datadogFailures = map[string]bool{"error": true, "err": true, "warning": true, "warn": true, "critical": true, "crit": true, "alert": true, "emergency": true, "emerg": true}

// datadogKind is the kind of an event of the event explorer.
func datadogKind(title, state string, monitored bool) string {
	lower := strings.ToLower(title)
	switch {
	case strings.HasPrefix(lower, "[recovered"), monitored && (state == "success" || state == "ok"):
		return "status"
	case monitored, strings.HasPrefix(lower, "[triggered"), strings.HasPrefix(lower, "[warn"), strings.HasPrefix(lower, "[no data"), strings.HasPrefix(lower, "[re-"):
		return "alert"
	}
	if kind := kindOfText(title, ""); kind != "" {
		return kind
	}
	if datadogFailures[state] {
		return "alert"
	}
	return "signal"
}

func (d *datadogReading) v2Event(id string, a object) error {
	in := a.in("attributes")
	title, body := datadogText(firstOf(in.text("title"), in.in("evt").text("name")), a.text("message"))
	state := strings.ToLower(in.text("status"))
	monitor := in.in("monitor")
	e := d.begin(datadogKind(title, state, len(monitor) > 0 || in.has("monitor_id")), "event", id)
	if in.text("category") == "change" && e.Kind == "signal" {
		e.Kind = "change"
	}
	e.Title, e.Body = title, joinLines(body, named("status", state), named("monitor", monitor.text("name")), named("tags", a.words("tags")))
	e.Service = firstOf(known(in.text("service")), datadogTag(a.words("tags"), "service"), in.text("hostname"))
	e.Actor = in.in("author").text("name")
	return d.giveIn(time.Millisecond, firstOf(a.text("timestamp"), in.text("timestamp")), "")
}

func (d *datadogReading) v1Event(o object) error {
	title, body := datadogText(o.text("title"), o.text("text"))
	state := strings.ToLower(o.text("alert_type"))
	e := d.begin(datadogKind(title, state, strings.EqualFold(o.text("source", "source_type_name"), "monitor alert")), "event", firstOf(o.text("id_str"), o.text("id")))
	e.Title, e.Body = title, joinLines(body, named("status", state), named("tags", o.words("tags")))
	e.Service, e.URL = firstOf(datadogTag(o.words("tags"), "service"), o.text("host")), o.text("url")
	return d.giveIn(time.Second, o.text("date_happened"), "")
}

// log gives a log of the API. What the service's own pipeline found in it is in the attributes.
func (d *datadogReading) log(id string, a object) error {
	in := a.in("attributes")
	e := d.begin("log", "log", id)
	if datadogFailures[strings.ToLower(a.text("status"))] && !strings.HasPrefix(strings.ToLower(a.text("status")), "warn") {
		e.Kind = "signal"
	}
	e.Title, e.Body = titleAndBody(firstOf(a.text("message", "content"), in.text("message", "msg"), string(a["attributes"])))
	e.Body = joinLines(e.Body, named("status", a.text("status")), named("host", a.text("host")), named("tags", a.words("tags")))
	e.Service = firstOf(a.text("service"), datadogTag(a.words("tags"), "service"), a.text("host"))
	if id == "" {
		return d.hashed(time.Millisecond, true, a.text("timestamp", "date"), e.Service, e.Title, e.Body)
	}
	return d.giveIn(time.Millisecond, a.text("timestamp", "date"), "")
}

// archived gives a log as archives and tables hold it: the same members without a frame around them.
func (d *datadogReading) archived(o object) error { return d.log(o.text("_id"), o) }

// incident gives the moments of an incident that were set. Each is an event of its own; the time of
// detection is one only when it differs from the declaration, which fills it in.
func (d *datadogReading) incident(o, a object) error {
	id, title, service := o.text("id"), a.text("title"), a.in("fields").in("services").words("value")
	by := firstOf(d.users[a.text("created_by_uuid")], d.users[o.in("relationships").in("created_by_user").in("data").text("id")], a.in("non_datadog_creator").text("name"))
	severity := named("severity", firstOf(a.text("severity"), a.in("fields").in("severity").text("value")))
	summary := a.in("fields").in("summary").text("value")
	moment := func(kind, what, prefix, at, end string) error {
		if at == "" {
			return nil
		}
		e := d.begin(kind, "incident", id)
		if what != "" {
			e.ExternalID += ":" + what
		}
		e.Title, e.Body, e.Service = prefix+title, joinLines(severity, summary, named("incident", a.text("public_id"))), service
		if what == "" {
			e.Actor = by
		}
		e.End = d.run.fieldInstant(end)
		return d.give(at, a.text("modified"))
	}
	created := a.text("created", "declared")
	if created == "" {
		return d.refuse("the incident has no time")
	}
	if err := moment("alert", "", "", created, ""); err != nil {
		return err
	}
	if gap := d.run.fieldInstant(a.text("detected")).Sub(d.run.fieldInstant(created)).Abs(); a.has("detected") && gap >= time.Second {
		if err := moment("alert", "detected", "Detected: ", a.text("detected"), ""); err != nil {
			return err
		}
	}
	if err := moment("status", "impact", "Customer impact: ", a.text("customer_impact_start"), a.text("customer_impact_end")); err != nil {
		return err
	}
	return moment("status", "resolved", "Resolved: ", a.text("resolved"), "")
}

func (d *datadogReading) impact(id string, a object) error {
	e := d.begin("status", "impact", id)
	e.Title, e.Body = titleAndBody("Customer impact: " + a.text("description"))
	e.End = d.run.fieldInstant(a.text("end_at"))
	return d.give(a.text("start_at"), a.text("modified"))
}

func (d *datadogReading) cell(id string, a object) error {
	e := d.begin("comms", "timeline", id)
	e.Title, e.Body = titleAndBody(firstOf(a.in("content").text("content", "message"), a.text("content"), a.text("cell_type")))
	return d.give(a.text("display_time", "created"), a.text("modified"))
}

func (d *datadogReading) todo(id string, a object) error {
	e := d.begin("action", "todo", id)
	e.Title, e.Body = titleAndBody(a.text("content"))
	e.Actor = a.words("assignees")
	e.Body = joinLines(e.Body, named("due", a.text("due_date")), named("completed", a.text("completed")))
	return d.give(a.text("created"), a.text("modified"))
}

// webhook gives what a monitor sent. Its fields are those of the customer's template; the names looked
// for are the ones of the template that Datadog offers, and of its variables.
func (d *datadogReading) webhook(o object) error {
	title, body := datadogText(o.text("title", "event_title", "alert_title", "subject", "monitor_name"), o.text("body", "event_msg", "text_only_msg", "message", "msg", "text"))
	transition := o.text("alert_transition", "transition", "alert_status")
	kind := "alert"
	switch strings.ToLower(transition) {
	case "recovered", "warn recovered", "ok", "no data recovered":
		kind = "status"
	case "":
		kind = datadogKind(title, strings.ToLower(o.text("alert_type")), o.has("event_type"))
	}
	name := ""
	for _, n := range []string{"date", "last_updated", "date_posix", "timestamp", "time", "event_time"} {
		if name == "" && o.text(n) != "" {
			name = n
		}
	}
	at := o.text(name)
	if st, ok := epochStamp(at); ok && name != "date" && name != "last_updated" {
		d.run.warn("epoch "+d.run.fileName(), "%s: the numbers in %q are read as %s since 1970", d.run.fileName(), name, st.epoch)
	}
	id := o.text("event_id", "id")
	e := d.begin(kind, "event", id)
	e.Title = title
	e.Body = joinLines(body, transition, named("query", o.text("alert_query")), named("tags", o.words("tags")))
	e.Actor = o.text("user", "username")
	e.Service = firstOf(datadogTag(o.words("tags"), "service"), o.text("service"), datadogTag(o.text("scopes", "alert_scope"), "service"), o.text("hostname", "host"))
	e.URL = o.text("url", "link")
	const eventID = 16 // digits; an id that is shorter names the monitor, which sends many
	if len(id) < eventID {
		d.event.ExternalID = "datadog:webhook"
		return d.hashed(time.Millisecond, false, millis(at), id, title, transition, e.Service)
	}
	return d.giveIn(time.Millisecond, millis(at), "")
}

// millis is a count in a field of a template as milliseconds: the variables hold those or seconds.
func millis(written string) string {
	if st, ok := epochStamp(written); ok && st.epoch == "seconds" && strings.Trim(written, "0123456789") == "" {
		return written + "000"
	}
	return written
}

// datadogText takes the marks of Markdown blocks out of a text. A text without a title gives it.
func datadogText(title, text string) (string, string) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "%%%", ""))
	if title == "" {
		return titleAndBody(text)
	}
	return title, text
}

// datadogTag is the value of a tag such as service:orders.
func datadogTag(tags, name string) string {
	for tag := range strings.SplitSeq(tags, ",") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(tag), name+":"); ok {
			return v
		}
	}
	return ""
}

// known is a service's name, unless it stands for none.
func known(s string) string {
	if s == "undefined" || s == "unknown" {
		return ""
	}
	return s
}
