package importers

import (
	"io"
	"strings"
	"time"
)

var sentrySource = Source{
	Name: "sentry", Title: "Sentry", About: "issues, their activity and events, releases, deploys, metric alerts and webhooks",
	Detect: detectSentry, parse: parseSentry,
}

func detectSentry(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "firstSeen", "lastSeen") && hasAnyMember(head, "shortId", "culprit", "permalink"):
		return Sure, "issues of Sentry"
	case hasMembers(head, "eventID", "dateCreated"), hasMembers(head, "event_id", "culprit"), hasMembers(head, "event_id", "issue_url"):
		return Sure, "events of Sentry"
	case hasMembers(head, "installation", "actor", "action", "data"):
		return Sure, "a webhook of Sentry"
	case hasMembers(head, "activity", "dateCreated"):
		return Sure, "the activity of an issue"
	case hasMembers(head, "environment", "dateFinished"), hasMembers(head, "version", "dateReleased"), hasMembers(head, "alertRule", "dateStarted"):
		return Sure, "releases and deploys of Sentry"
	}
	return No, ""
}

// sentryReading is one reading of Sentry's records.
type sentryReading struct{ recorder }

func parseSentry(r *run) error {
	s := &sentryReading{recorder{run: r}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.recordsUpTo(otlpLimit, content, func(string) bool { return false }, func(rec jsonRecord) error {
			s.rec = rec
			return s.record(objectOf(rec.raw))
		})
	})
}

func (s *sentryReading) record(o object) error {
	switch {
	case o.has("action", "data"):
		return s.webhook(o)
	case o.has("first_seen"):
		return s.issue(o)
	case o.has("event_id"):
		return s.happened(o, o)
	case o.has("event") && o.in("event").has("event_id"), o.has("triggering_rules"):
		return s.happened(o.in("event"), o)
	case o.has("identifier") && o.has("alert_rule"):
		return s.metricAlert(o, "")
	case o.has("environment") && (o.has("date_finished") || o.has("date_started")):
		return s.deploy(o)
	case o.has("version") && o.has("date_created"):
		return s.release(o)
	case o.has("type", "date_created"):
		return s.activity(o, object{})
	case o.has("activity"):
		for _, a := range o.list("activity") {
			if err := s.activity(a, object{}); err != nil {
				return err
			}
		}
		return nil
	}
	return s.refuse("it is none of Sentry's records that have a time")
}

// sentryKind tells an error from what was only logged.
func sentryKind(level string) string {
	switch level {
	case "debug", "info", "warning", "log", "sample":
		return "log"
	}
	return "signal"
}

func sentryProject(o object) string {
	return firstOf(o.in("project").text("slug", "name"), o.text("project_slug", "project_name"), o.text("project"))
}

// issue gives an issue from when it was first seen until it was last seen, and its activity.
func (s *sentryReading) issue(o object) error {
	first, last := o.text("first_seen"), o.text("last_seen")
	e := s.begin(sentryKind(o.text("level")), "issue", o.text("id"))
	e.Title = o.text("title")
	e.Service = sentryProject(o)
	e.URL = o.text("permalink", "web_url")
	e.End = s.run.fieldInstant(last)
	e.Body = joinLines(o.text("culprit"), named("issue", o.text("short_id")), named("status", o.text("status")),
		named("level", o.text("level")), named("users", o.text("user_count")))
	if n := o.text("count"); n != "" && n != "1" && n != "0" {
		e.Title += " ×" + n
	}
	if first == last {
		e.End = time.Time{}
	}
	if err := s.give(first, last); err != nil {
		return err
	}
	for _, a := range o.list("activity") {
		if a.text("type") == "first_seen" { // the issue itself says so
			continue
		}
		if err := s.activity(a, o); err != nil {
			return err
		}
	}
	return nil
}

// activity gives what somebody did with an issue.
func (s *sentryReading) activity(a, issue object) error {
	kind, data := a.text("type"), a.in("data")
	what := strings.ReplaceAll(strings.TrimPrefix(kind, "set_"), "_", " ")
	e := s.begin("action", "activity", firstOf(a.text("id"), issue.text("id")), kind)
	e.Actor = a.in("user").text("name", "username")
	e.Service = sentryProject(issue)
	e.URL = issue.text("permalink")
	switch kind {
	case "note":
		e.Kind = "comms"
		e.Title, e.Body = titleAndBody(data.text("text"))
		e.Body = joinLines(e.Body, issue.text("title"))
	default:
		if strings.Contains(kind, "resolved") || strings.Contains(kind, "regression") {
			e.Kind = "status"
		}
		e.Title = strings.TrimPrefix(firstOf(issue.text("short_id"), issue.text("title"))+": "+what, ": ")
		e.Body = joinLines(issue.text("title"), scalars(a["data"]))
	}
	if kind == "first_seen" {
		e.Kind, e.Title = "signal", "issue first seen"
	}
	return s.give(a.text("date_created"), "")
}

// happened gives one event of an issue. Around is what it lies in, which may name the project.
func (s *sentryReading) happened(o, around object) error {
	tags := sentryTags(o)
	level := firstOf(o.text("level"), labelOf(tags, "level"), around.text("level"))
	e := s.begin(sentryKind(level), "event", o.text("event_id", "id"))
	e.Title = firstOf(o.text("title"), o.in("metadata").text("title"), o.text("message"), around.text("message"))
	e.Body = joinBlocks(joinLines(o.text("culprit"), o.text("message"), around.text("triggered_rule")), pairLines(tags))
	e.Service, e.URL = firstOf(sentryProject(around), sentryProject(o)), firstOf(o.text("web_url", "permalink"), around.text("url"))
	if o.text("type") == "error" {
		e.Kind = "signal"
	}
	return s.give(o.text("datetime", "date_created", "timestamp", "date_received", "received"), "")
}

// sentryTags are the tags of an event, which come as objects or as pairs.
func sentryTags(e object) [][2]string {
	var tags [][2]string
	for _, raw := range e.raws("tags") {
		var pair []string
		if len(raw) > 0 && raw[0] == '{' {
			t := objectOf(raw)
			tags = append(tags, [2]string{t.text("key"), t.text("value")})
		} else if decode(raw, &pair) == nil && len(pair) == 2 {
			tags = append(tags, [2]string{pair[0], pair[1]})
		}
	}
	return tags
}

func (s *sentryReading) deploy(o object) error {
	e := s.begin("deploy", "deploy", o.text("id"))
	e.Title = strings.TrimSpace("deploy "+o.text("name")) + " to " + o.text("environment")
	e.Service = o.text("environment")
	e.URL = o.text("url")
	e.Body = named("started", o.text("date_started"))
	return s.give(o.text("date_finished", "date_started"), "")
}

func (s *sentryReading) release(o object) error {
	version := o.text("short_version", "version")
	e := s.begin("deploy", "release", o.text("version"))
	e.Title = "release " + version
	e.URL = o.text("url")
	e.Body = joinLines(named("ref", o.text("ref")), named("new issues", o.text("new_groups")))
	if projects := o.list("projects"); len(projects) == 1 {
		e.Service = projects[0].text("slug", "name")
	}
	return s.give(o.text("date_released", "date_created"), "")
}

// metricAlert gives an alert on a metric. A webhook tells one step of it; the API all of it.
func (s *sentryReading) metricAlert(o object, action string) error {
	id := firstOf(o.text("id"), o.text("identifier"))
	e := s.begin("alert", "metric_alert", id)
	e.Title = firstOf(o.text("title"), o.in("alert_rule").text("name"), "metric alert")
	e.Service = o.words("projects")
	at := o.text("date_started", "date_detected", "date_created")
	switch action {
	case "":
		e.End = s.run.fieldInstant(o.text("date_closed"))
	case "resolved":
		e.Kind, at = "status", o.text("date_closed")
		fallthrough
	default:
		e.Title += ": " + action
		e.ExternalID += ":" + action
	}
	return s.give(at, o.text("date_closed"))
}

// webhook gives what a webhook tells when it tells when. One of an issue that was resolved, assigned or
// ignored does not: its times are those of the errors.
func (s *sentryReading) webhook(o object) error {
	d, action := o.in("data"), o.text("action")
	switch {
	case d.has("error"):
		return s.happened(d.in("error"), d)
	case d.has("event"):
		return s.happened(d.in("event"), d)
	case d.has("metric_alert"):
		m := d.in("metric_alert")
		if title := d["description_title"]; len(title) > 0 {
			m["title"] = title
		}
		return s.metricAlert(m, action)
	case d.has("issue") && action == "created":
		return s.issue(d.in("issue"))
	case d.has("issue"):
		return s.refuse("the webhook does not say when the issue was " + action)
	case d.has("comment"):
		e := s.begin("comms", "comment", d.text("comment_id"))
		e.Actor = o.in("actor").text("name")
		e.Service = d.text("project_slug")
		e.Title, e.Body = titleAndBody(d.text("comment"))
		return s.give(d.text("timestamp"), "")
	}
	return s.refuse("the webhook " + action + " says nothing that has a time")
}
