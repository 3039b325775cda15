package importers

import (
	"bytes"
	"io"
	"strings"

	"aftermath/model"
)

var victoropsSource = Source{
	Name: "victorops", Title: "Splunk On-Call", About: "incidents with their transitions, the incident report, on-call shifts and alerts (formerly VictorOps)",
	Detect: detectVictorops, parse: parseVictorops,
}

// victoropsLists are the names of the lists that the API answers with.
var victoropsLists = map[string]bool{"incidents": true, "userLogs": true}

func detectVictorops(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "incidentNumber") && hasAnyMember(head, "transitions", "entityId", "currentPhase"), hasMembers(head, "transitions", "currentPhase"):
		return Sure, "incidents with transitions"
	case hasMembers(head, "teamSlug", "userLogs"):
		return Sure, "the shifts of a team"
	case bytes.Contains(head, []byte("VO_UUID")), hasMembers(head, "entity_id", "message_type", "monitoring_tool"):
		return Sure, "alerts of VictorOps"
	}
	return No, ""
}

// victoropsReading is one reading of Splunk On-Call's records.
type victoropsReading struct{ recorder }

func parseVictorops(r *run) error {
	v := &victoropsReading{recorder{run: r}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.records(content, func(key string) bool { return victoropsLists[key] }, func(rec jsonRecord) error {
			v.rec = rec
			o := objectOf(rec.raw)
			switch {
			case o.has("transitions"), o.has("incident_number"):
				return v.incident(o)
			case o.has("log"):
				return v.shifts(o)
			case o.has("message_type"):
				return v.alert(o)
			}
			return v.refuse("it is none of Splunk On-Call's records that have a time")
		})
	})
}

// victoropsKinds maps the names of transitions to kinds.
var victoropsKinds = map[string]string{"triggered": "page", "unacked": "page", "acknowledged": "ack", "acked": "ack", "resolved": "status", "rerouted": "page", "snoozed": "action"}

// incident gives the transitions of an incident, or its start when it has none.
func (v *victoropsReading) incident(o object) error {
	service := o.text("service")
	number := o.text("incident_number")
	name := firstOf(service, o.text("entity_display_name"), o.text("entity_id"), "incident "+number)
	body := joinLines(strings.TrimPrefix(o.text("entity_display_name"), name), named("host", o.text("host")), named("entity", o.text("entity_id")), named("alerts", o.text("alert_count")),
		named("paged", strings.Join(append(o.texts("paged_users"), o.texts("paged_teams")...), ", ")))
	begin := func(phase, by, at string) *model.Event {
		e := v.begin(firstOf(victoropsKinds[strings.ToLower(phase)], "status"), firstOf(number, o.text("entity_id")), strings.ToLower(phase), at)
		e.Title = name + " " + strings.ToLower(phase)
		e.Actor = by
		e.Service = firstOf(service, o.text("host"))
		e.Body = body
		if by != "" {
			e.Title += " by " + by
		}
		return e
	}
	transitions := o.list("transitions")
	if len(transitions) == 0 {
		at := o.text("start_time")
		begin("triggered", "", at)
		return v.give(at, o.text("last_alert_time"))
	}
	for _, t := range transitions {
		at := t.text("at")
		e := begin(t.text("name"), t.text("by"), at)
		e.Body = joinLines(t.text("message"), body)
		if err := v.give(at, ""); err != nil {
			return err
		}
	}
	return nil
}

// shifts gives the shifts of one person: who was on call is no event of an incident, so it is housekeeping.
func (v *victoropsReading) shifts(o object) error {
	user := o.in("user_id").text("username")
	user = firstOf(user, o.text("user_id", "username"))
	for _, s := range o.list("log") {
		on, policy := s.text("on"), s.in("escalation_policy").text("name", "slug")
		e := v.begin("note", "shift", user, policy, on)
		e.Actor = user
		e.Title = firstOf(user, "somebody") + " on call"
		e.Body = named("policy", policy)
		e.End = v.run.fieldInstant(s.text("off"))
		e.Housekeeping = true
		if err := v.give(on, ""); err != nil {
			return err
		}
	}
	return nil
}

// alert gives an alert as it was sent in.
func (v *victoropsReading) alert(o object) error {
	kind := map[string]string{"ACKNOWLEDGEMENT": "ack", "RECOVERY": "status"}[strings.ToUpper(o.text("message_type"))]
	at := o.text("timestamp", "state_start_time", "alert_time", "vo_alert_receive_time")
	e := v.begin(firstOf(kind, "alert"), "alert", o.text("entity_id"), o.text("message_type"), at)
	e.Title, e.Body = firstOf(o.text("entity_display_name"), o.text("entity_id"))+": "+strings.ToLower(o.text("message_type")), o.text("state_message")
	e.Service, e.Actor = o.text("service", "host_name"), o.text("ack_author", "monitoring_tool")
	return v.give(at, "")
}
