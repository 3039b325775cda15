package importers

import (
	"bytes"
	"io"
	"strings"
)

var incidentioSource = Source{
	Name: "incidentio", Title: "incident.io", About: "incidents with their timestamps, updates, follow-ups, actions, alerts, escalations and webhooks",
	Detect: detectIncidentio, parse: parseIncidentio,
}

// incidentioLists are the names of the lists that the API answers with.
var incidentioLists = map[string]bool{"incidents": true, "incident_updates": true, "follow_ups": true, "actions": true, "alerts": true, "escalations": true}

func detectIncidentio(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "event_type") && (bytes.Contains(head, []byte("_incident.")) || bytes.Contains(head, []byte("public_alert."))):
		return Sure, "a webhook of incident.io"
	case hasMembers(head, "incident_timestamp_values"), hasMembers(head, "incident_role_assignments"), hasMembers(head, "slack_channel_name", "reference", "permalink"):
		return Sure, "incidents of incident.io"
	case hasMembers(head, "incident_updates", "new_incident_status"), hasMembers(head, "new_incident_status", "updater"):
		return Sure, "updates of incident.io"
	case hasMembers(head, "follow_ups", "incident_id"), hasMembers(head, "actions", "incident_id"):
		return Sure, "follow-ups of incident.io"
	case hasMembers(head, "alert_source_id", "deduplication_key"), hasMembers(head, "escalations", "escalation_path_id"):
		return Sure, "alerts of incident.io"
	}
	return No, ""
}

// incidentioReading is one reading of incident.io's records.
type incidentioReading struct{ recorder }

func parseIncidentio(r *run) error {
	i := &incidentioReading{recorder{run: r}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.records(content, func(key string) bool { return incidentioLists[key] }, func(rec jsonRecord) error {
			i.rec = rec
			return i.record(rec.key, objectOf(rec.raw))
		})
	})
}

// record gives the events of one record, by the list that it lies in or by the members that it has.
func (i *incidentioReading) record(list string, o object) error {
	switch {
	case o.has("event_type"):
		return i.webhook(o)
	case o.has("incident"):
		return i.incident(o.in("incident"))
	case o.has("follow_up"):
		return i.followUp(o.in("follow_up"), "follow_up")
	case o.has("action"):
		return i.followUp(o.in("action"), "action")
	case list == "incident_updates", o.has("new_incident_status", "incident_id"):
		return i.update(o)
	case list == "follow_ups", list == "actions":
		return i.followUp(o, strings.TrimSuffix(list, "s"))
	case list == "escalations", o.has("escalation_path_id"):
		return i.escalation(o)
	case list == "alerts", o.has("alert_source_id"):
		return i.alert(o)
	case list == "incidents", o.has("reference", "name"):
		return i.incident(o)
	case o.has("incident_id", "title"):
		return i.followUp(o, "follow_up")
	}
	return i.refuse("it is none of incident.io's records that have a time")
}

// incidentioPerson is who is behind an actor: a user, a key of the API, a workflow or an alert.
func incidentioPerson(o object) string {
	for _, k := range []string{"user", "api_key", "workflow", "alert"} {
		if name := o.in(k).text("name", "title"); name != "" {
			return name
		}
	}
	return o.text("name")
}

// incident gives that an incident was created, and every timestamp that its people set.
func (i *incidentioReading) incident(o object) error {
	name := strings.TrimSpace(o.text("reference") + " " + o.text("name"))
	e := i.begin("alert", "incident", o.text("id"))
	e.Title = name + ": created"
	e.Actor = incidentioPerson(o.in("creator"))
	e.URL = o.text("permalink")
	e.Body = joinLines(o.text("summary"), named("severity", o.in("severity").text("name")),
		named("status", firstOf(o.in("incident_status").text("name"), o.text("status"))), named("type", o.in("incident_type").text("name")))
	if err := i.give(o.text("created_at"), o.text("updated_at")); err != nil {
		return err
	}
	for _, t := range o.list("incident_timestamp_values") {
		stamp := t.in("incident_timestamp")
		if err := i.timestamp(o, name, stamp.text("name"), stamp.text("id"), t.in("value").text("value")); err != nil {
			return err
		}
	}
	for _, t := range o.list("timestamps") { // of the first version of the API
		if err := i.timestamp(o, name, t.text("name"), t.text("name"), t.text("last_occurred_at")); err != nil {
			return err
		}
	}
	return nil
}

// timestamp gives a moment of an incident. One that nobody has set is not there.
func (i *incidentioReading) timestamp(incident object, name, what, id, at string) error {
	if at == "" {
		return nil
	}
	e := i.begin(firstOf(kindOfMoment(what), "status"), "timestamp", incident.text("id"), id)
	e.Title = name + ": " + what
	e.URL = incident.text("permalink")
	return i.give(at, incident.text("updated_at"))
}

// kindOfMoment is the kind of a moment by the last word of its name, as in "Impact started" or "Accepted at".
func kindOfMoment(name string) string {
	words := strings.Fields(strings.TrimSuffix(strings.ToLower(name), " at"))
	if len(words) == 0 {
		return ""
	}
	return kindOf(words[len(words)-1])
}

func (i *incidentioReading) update(o object) error {
	status, severity := o.in("new_incident_status").text("name"), o.in("new_severity").text("name")
	e := i.begin("comms", "update", o.text("id"))
	e.Actor = incidentioPerson(o.in("updater"))
	e.Title, e.Body = titleAndBody(richText(o["message"]))
	if e.Title == "" {
		e.Kind, e.Title = "status", firstOf(named("status", status), named("severity", severity), "update")
	}
	e.Body = joinLines(e.Body, named("status", status), named("severity", severity))
	return i.give(o.text("created_at"), o.text("updated_at"))
}

// followUp gives a follow-up or an action. Whether it is done is what its status says, and not that it
// has a time of completion.
func (i *incidentioReading) followUp(o object, what string) error {
	issue := o.in("external_issue_reference")
	e := i.begin("action", what, o.text("id"))
	e.Actor = o.in("creator").text("name")
	e.URL = issue.text("issue_permalink")
	e.Title, e.Body = titleAndBody(o.text("title", "description"))
	e.Body = joinLines(joinBlocks(e.Body, o.text("description")), named("status", o.text("status")), named("assignee", o.in("assignee").text("name")),
		named("priority", o.in("priority").text("name")), named("issue", issue.text("issue_name")))
	if o.text("status") == "completed" {
		e.Body = joinLines(e.Body, named("completed", o.text("completed_at")))
	}
	return i.give(o.text("created_at"), o.text("updated_at"))
}

func (i *incidentioReading) alert(o object) error {
	e := i.begin("alert", "alert", o.text("id"))
	e.Title = o.text("title")
	e.Body = joinLines(o.text("description"), named("status", o.text("status")))
	e.URL = o.text("source_url")
	if o.text("status") == "resolved" {
		e.End = i.run.fieldInstant(o.text("resolved_at"))
	}
	return i.give(o.text("created_at"), o.text("updated_at"))
}

// incidentioKinds maps what happens in an escalation to kinds.
var incidentioKinds = map[string]string{"triggered": "page", "notified": "page", "notified_users": "page", "acknowledged": "ack", "acked": "ack", "resolved": "status", "cancelled": "status", "expired": "status", "nacked": "status"}

// escalation gives an escalation, and what happened in it when that is there.
func (i *incidentioReading) escalation(o object) error {
	title := firstOf(o.text("title"), "escalation")
	e := i.begin("page", "escalation", o.text("id"))
	e.Title = title
	e.Body = named("status", o.text("status"))
	e.Actor = incidentioPerson(o.in("creator"))
	if err := i.give(o.text("created_at"), o.text("updated_at")); err != nil {
		return err
	}
	for _, step := range o.list("events") {
		what := step.text("event", "type")
		e := i.begin(firstOf(incidentioKinds[what], "status"), "escalation_event", step.text("id"))
		e.Title = title + ": " + strings.ReplaceAll(what, "_", " ")
		for _, u := range step.list("users") {
			e.Actor = firstOf(e.Actor, u.text("name"))
		}
		if err := i.give(step.text("occurred_at"), ""); err != nil {
			return err
		}
	}
	return nil
}

// webhook gives what a webhook holds under a member that is named as its type. One of a private incident
// holds only an id.
func (i *incidentioReading) webhook(o object) error {
	kind := o.text("event_type")
	d := o.in(kind)
	_, what, _ := strings.Cut(kind, ".")
	switch {
	case len(d) == 0 || !d.has("created_at") && !d.has("incident"):
		return i.refuse("the webhook " + kind + " says nothing that has a time")
	case strings.HasPrefix(what, "incident_status_updated"):
		return i.statusUpdated(d)
	case strings.HasPrefix(what, "incident_"):
		return i.incident(firstObject(d.in("incident"), d))
	case strings.HasPrefix(what, "alert_"):
		return i.alert(firstObject(d.in("alert"), d))
	case strings.HasPrefix(what, "follow_up"):
		return i.followUp(d, "follow_up")
	case strings.HasPrefix(what, "action"):
		return i.followUp(d, "action")
	}
	return i.record("", d)
}

func firstObject(objects ...object) object {
	for _, o := range objects {
		if len(o) > 0 {
			return o
		}
	}
	return object{}
}

// statusUpdated gives a change of an incident's status, which happened when the incident was updated.
func (i *incidentioReading) statusUpdated(d object) error {
	incident := d.in("incident")
	from, to := d.in("previous_status").text("name"), d.in("new_status").text("name")
	at := incident.text("updated_at")
	e := i.begin("status", "status", incident.text("id"), at)
	e.URL = incident.text("permalink")
	e.Body = d.text("message")
	e.Title = strings.TrimSpace(incident.text("reference")+" "+incident.text("name")) + ": " + strings.Trim(from+" → "+to, " ")
	return i.give(at, at)
}
