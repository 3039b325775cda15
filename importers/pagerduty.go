package importers

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"aftermath/model"
)

var pagerdutySource = Source{
	Name: "pagerduty", Title: "PagerDuty", About: "webhooks (v3), log entries, incidents, alerts, notes and change events as JSON",
	Detect: detectPagerduty, parse: parsePagerduty,
}

var pdAddress = model.Pattern(`"(?:html_url|self)"\s*:\s*"https://[a-z0-9.-]*pagerduty\.com/`)

// pagerdutyLists are the names of the lists that the API answers with.
var pagerdutyLists = map[string]bool{"log_entries": true, "incidents": true, "alerts": true, "notes": true, "change_events": true}

func detectPagerduty(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return No, ""
	}
	has := func(text string) bool { return bytes.Contains(head, []byte(text)) }
	switch {
	case has(`"event_type"`) && has(`"occurred_at"`) && has(`"event"`):
		return Sure, "a PagerDuty webhook"
	case has("_log_entry") && has(`"agent"`):
		return Sure, "PagerDuty log entries"
	case pdAddress().Match(head) && (has(`"created_at"`) || has(`"timestamp"`)), has(`"change_events"`):
		return Sure, "addresses of pagerduty.com"
	case has(`"incident_number"`) && has(`"escalation_policy"`), has(`"type": "change_event"`), has(`"type":"change_event"`):
		return Sure, "PagerDuty incidents"
	case has(`"log_entries"`):
		return Likely, "a list of log entries"
	case has(`"notes"`) && has(`"content"`) && has(`"user_reference"`):
		return Sure, "PagerDuty notes"
	}
	return No, ""
}

// pdRef is how PagerDuty refers to another object.
type pdRef struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Summary string `json:"summary"`
	HTMLURL string `json:"html_url"`
}

// pdObject is any of PagerDuty's records; each kind fills its part.
type pdObject struct {
	pdRef
	Title        string          `json:"title"`
	Description  string          `json:"description"`
	CreatedAt    string          `json:"created_at"`
	UpdatedAt    string          `json:"updated_at"`
	ResolvedAt   string          `json:"resolved_at"`
	LastChangeAt string          `json:"last_status_change_at"`
	LastChangeBy pdRef           `json:"last_status_change_by"`
	Status       string          `json:"status"`
	Severity     string          `json:"severity"`
	Service      pdRef           `json:"service"`
	Agent        pdRef           `json:"agent"`
	User         pdRef           `json:"user"`
	Incident     pdRef           `json:"incident"`
	FirstTrigger pdRef           `json:"first_trigger_log_entry"`
	Note         string          `json:"note"`
	Content      string          `json:"content"`
	Timestamp    string          `json:"timestamp"`
	Source       string          `json:"source"`
	Services     []pdRef         `json:"services"`
	Details      json.RawMessage `json:"custom_details"`
	EventDetails struct {
		Description string `json:"description"`
	} `json:"event_details"`
	Channel struct {
		Type    string `json:"type"`
		Summary string `json:"summary"`
		Note    string `json:"note"`
		Subject string `json:"subject"`
	} `json:"channel"`
	Links []struct {
		Href string `json:"href"`
	} `json:"links"`

	// of webhooks
	Event      *pdObject `json:"event"`
	EventType  string    `json:"event_type"`
	OccurredAt string    `json:"occurred_at"`
	Data       *pdObject `json:"data"`
}

// pdReading is one reading of PagerDuty's records.
type pdReading struct {
	run   *run
	event model.Event
}

func parsePagerduty(r *run) error {
	p := &pdReading{run: r}
	return r.each(func(f *File, content io.Reader) error {
		more := false
		err := r.records(content, func(key string) bool { return pagerdutyLists[key] }, func(rec jsonRecord) error {
			more = more || string(rec.page["more"]) == "true"
			var o pdObject
			if err := decode(rec.raw, &o); err != nil {
				r.refuse(rec.n, errBadJSON.Error(), string(rec.raw))
				return nil
			}
			return p.record(rec, &o)
		})
		if r.in.fetched {
			return err // the pages that follow are among the files
		}
		if more || bytes.Contains(compact(f.head()), []byte(`"more":true`)) {
			r.warn("more "+f.Name, "%s is one page of several: PagerDuty says that there is more", f.Name)
		}
		return err
	})
}

// compact is JSON text without white space, enough to look for a member.
func compact(b []byte) []byte {
	return bytes.Map(func(c rune) rune {
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			return -1
		}
		return c
	}, b)
}

// record gives the events of one record, by what it is.
func (p *pdReading) record(rec jsonRecord, o *pdObject) error {
	switch {
	case o.Event != nil:
		return p.webhook(rec, o.Event)
	case o.EventType != "" && o.Data != nil:
		return p.webhook(rec, o)
	case rec.key == "log_entries" || strings.HasSuffix(o.Type, "_log_entry"):
		return p.logEntry(rec, o)
	case rec.key == "change_events" || o.Type == "change_event":
		return p.change(rec, o)
	case rec.key == "notes" || o.Content != "" && o.User.ID != "":
		return p.note(rec, o)
	case rec.key == "alerts" || o.Type == "alert":
		return p.alert(rec, o)
	case rec.key == "incidents" || o.Type == "incident":
		return p.incident(rec, o)
	}
	for _, name := range []string{"incident", "log_entry", "note", "alert", "change_event"} {
		var wrapped map[string]json.RawMessage
		if decode(rec.raw, &wrapped) == nil && len(wrapped[name]) > 0 && wrapped[name][0] == '{' && o.ID == "" {
			var inner pdObject
			if decode(wrapped[name], &inner) == nil {
				key := strings.TrimSuffix(name, "y") + map[bool]string{true: "ies", false: "s"}[name == "log_entry"]
				return p.record(jsonRecord{key: key, raw: wrapped[name], n: rec.n}, &inner)
			}
		}
	}
	p.run.refuse(rec.n, "it is none of PagerDuty's records that have a time", string(rec.raw))
	return nil
}

// give completes an event that happened at the time written in at, and gives it.
func (p *pdReading) give(rec jsonRecord, at, updated string) error {
	e := &p.event
	if ok, err := p.run.fieldTime(e, at, rec); !ok {
		return err
	}
	e.Line, e.Source = rec.n, "pagerduty"
	return p.run.eventAsOf(e, p.run.fieldInstant(updated))
}

// pdEntryKinds maps the beginnings of log entry types to kinds.
var pdEntryKinds = map[string]string{
	"trigger": "page", "notify": "page", "acknowledge": "ack", "unacknowledge": "status", "resolve": "status", "escalate": "page", "assign": "page",
	"delegate": "page", "reach_trigger_limit": "alert", "repeat_escalation_path": "page", "exhaust_escalation_path": "page", "reach_ack_limit": "page",
	"annotate": "comms", "snooze": "action", "priority_change": "action", "urgency_change": "action", "field_value_change": "action", "custom_field_value_change": "action",
	"add_responders": "page", "responder": "page", "subscriber": "comms", "status_update": "comms", "stop_incident": "status", "link": "action", "merge": "action",
}

func (p *pdReading) logEntry(rec jsonRecord, o *pdObject) error {
	kind := strings.TrimSuffix(strings.TrimSuffix(o.Type, "_reference"), "_log_entry")
	p.event = model.Event{Kind: firstOf(pdEntryKinds[kind], "status"), Actor: o.Agent.Summary, Service: o.Service.Summary, URL: o.HTMLURL, ExternalID: "pagerduty:" + o.ID}
	e := &p.event
	text := firstOf(o.Summary, o.EventDetails.Description, o.Incident.Summary, kind)
	if n := firstOf(o.Note, o.Channel.Summary, o.Channel.Note); kind == "annotate" && n != "" {
		text = n
	}
	e.Title, e.Body = titleAndBody(text)
	e.Body = joinLines(e.Body, o.EventDetails.Description, o.Channel.Subject, o.Incident.Summary)
	if strings.HasPrefix(o.Agent.Type, "service") && e.Service == "" {
		e.Service = o.Agent.Summary
	}
	return p.give(rec, o.CreatedAt, pdFull)
}

// pdFull is later than any update: a log entry tells more than the incident that refers to it.
const pdFull = "2199-12-31T00:00:00Z"

func (p *pdReading) incident(rec jsonRecord, o *pdObject) error {
	title := firstOf(o.Title, o.Description, o.Summary)
	id := "pagerduty:" + firstOf(o.FirstTrigger.ID, o.ID+":triggered")
	p.event = model.Event{Kind: "page", Service: o.Service.Summary, URL: o.HTMLURL, Title: title, ExternalID: id}
	p.event.Body = joinLines("", o.Summary, o.Description)
	if err := p.give(rec, o.CreatedAt, o.UpdatedAt); err != nil {
		return err
	}
	resolved := o.ResolvedAt
	if resolved == "" && o.Status == "resolved" {
		resolved = o.LastChangeAt
	}
	if resolved == "" {
		return nil
	}
	p.event = model.Event{Kind: "status", Actor: o.LastChangeBy.Summary, Service: o.Service.Summary, URL: o.HTMLURL, ExternalID: "pagerduty:" + o.ID + ":resolved"}
	p.event.Title, p.event.Body = "Resolved: "+title, joinLines("", o.Summary)
	return p.give(rec, resolved, o.UpdatedAt)
}

func (p *pdReading) alert(rec jsonRecord, o *pdObject) error {
	p.event = model.Event{Kind: "alert", Service: o.Service.Summary, URL: o.HTMLURL, Title: o.Summary, ExternalID: "pagerduty:alert:" + o.ID}
	if o.Severity != "" {
		p.event.Body = "severity: " + o.Severity
	}
	p.event.End = p.run.fieldInstant(o.ResolvedAt)
	return p.give(rec, o.CreatedAt, o.UpdatedAt)
}

func (p *pdReading) note(rec jsonRecord, o *pdObject) error {
	p.event = model.Event{Kind: "comms", Actor: o.User.Summary, URL: o.HTMLURL, ExternalID: "pagerduty:note:" + o.ID}
	p.event.Title, p.event.Body = titleAndBody(o.Content)
	return p.give(rec, o.CreatedAt, o.UpdatedAt)
}

func (p *pdReading) change(rec jsonRecord, o *pdObject) error {
	p.event = model.Event{Kind: "change", Actor: o.Source, Title: o.Summary, ExternalID: "pagerduty:change:" + o.ID}
	p.event.Kind = firstOf(map[bool]string{true: "deploy"}[kindOfText(o.Summary, "") == "deploy"], "change")
	for _, s := range o.Services {
		if p.event.Service == "" {
			p.event.Service = firstOf(s.Summary, s.ID)
		}
	}
	if len(o.Links) > 0 {
		p.event.URL = o.Links[0].Href
	}
	members(string(o.Details), func(key, value string) {
		p.event.Body = joinLines(p.event.Body, key+": "+unquote(value))
	})
	return p.give(rec, o.Timestamp, "")
}

// pdWebhookKinds maps the last word of a webhook's type to a kind.
var pdWebhookKinds = map[string]string{
	"triggered": "page", "acknowledged": "ack", "unacknowledged": "status", "resolved": "status", "reopened": "status", "escalated": "page", "reassigned": "page",
	"delegated": "page", "annotated": "comms", "status_update_published": "comms", "priority_updated": "action", "responder.added": "page", "responder.replied": "comms",
}

func (p *pdReading) webhook(rec jsonRecord, o *pdObject) error {
	d := o.Data
	if d == nil {
		d = &pdObject{}
	}
	_, what, _ := strings.Cut(o.EventType, ".")
	p.event = model.Event{
		Kind: firstOf(pdWebhookKinds[what], "status"), Actor: o.Agent.Summary, Service: firstOf(d.Service.Summary, d.Incident.Summary),
		URL: firstOf(d.HTMLURL, d.Incident.HTMLURL), ExternalID: "pagerduty:" + o.ID,
	}
	if d.Service.Summary == "" {
		p.event.Service = ""
	}
	p.event.Title, p.event.Body = titleAndBody(firstOf(d.Title, d.Content, d.Summary, d.Incident.Summary, o.EventType))
	p.event.Body = joinLines(p.event.Body, o.EventType, d.Incident.Summary)
	return p.give(rec, o.OccurredAt, "")
}
