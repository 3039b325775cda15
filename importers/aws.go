package importers

import (
	"io"
	"path"
	"strings"
	"time"
)

var awsSource = Source{
	Name: "aws", Title: "AWS", About: "CloudWatch alarms, SNS messages, EventBridge events, CloudWatch logs as JSON, alarm histories, CloudTrail",
	Detect: detectAWS, parse: parseAWS,
}

func detectAWS(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case has("detail-type", "detail"): // An event may carry one of another source, which would be as sure.
		return Sure + 1, "EventBridge events"
	case has("TopicArn", "Message"), has("Records", "Sns"):
		return Sure, "SNS messages"
	case has("AlarmName", "NewStateValue"), has("AlarmHistoryItems"), has("AlarmName", "StateValue"), has("HistoryItemType", "AlarmName"):
		return Sure, "CloudWatch alarms"
	case has("awslogs"), has("logEvents", "logGroup"):
		return Sure, "a record of a CloudWatch Logs subscription"
	case has("timestamp", "message", "ingestionTime"):
		return Sure, "events of CloudWatch Logs"
	case has("field", "value") && has("results") && (has("statistics") || strings.Contains(string(head), `"@`)):
		return Sure, "results of CloudWatch Logs Insights"
	case has("eventVersion", "eventSource", "eventTime"), has("CloudTrailEvent"), has("EventId", "EventName", "EventTime"), has("eventID", "eventName", "userIdentity"):
		return Sure, "CloudTrail events"
	case has("records", "recordId", "data"), has("Records", "kinesis"), has("Records", "eventSourceARN"), has("ReceiptHandle", "Body"):
		return Sure, "messages of an AWS queue"
	case has("MetricAlarms"), has("searchedLogStreams"), has("nextForwardToken"):
		return Likely, "an answer of the aws command"
	}
	return No, ""
}

// awsReading is one reading of AWS's records.
type awsReading struct{ recorder }

func parseAWS(r *run) error {
	a := &awsReading{recorder{run: r, limit: otlpLimit}}
	return r.each(func(f *File, content io.Reader) error {
		return a.read(content, "Records records events Events AlarmHistoryItems MetricAlarms CompositeAlarms Messages", func(o object) error { return a.record(o, 0) })
	})
}

// wrapLimit is how many envelopes may lie around a record: a queue around a topic around a bus.
const wrapLimit = 5

// record gives the events of one record, by what it is. An envelope gives what lies in it.
func (a *awsReading) record(o object, depth int) error {
	switch {
	case depth > wrapLimit:
		return a.refuse("the record lies in too many envelopes")
	case o.has("sns"):
		return a.sns(o.in("sns"), depth)
	case o.has("topic_arn", "message"):
		return a.sns(o, depth)
	case o.has("detail-type"):
		return a.eventBridge(o)
	case o.has("alarm_name", "new_state_value"):
		return a.alarm(o)
	case o.has("history_item_type"):
		return a.alarmHistory(o)
	case o.has("alarm_name", "state_value"):
		return a.alarmState(o)
	case o.has("awslogs"):
		return a.packed(o.in("awslogs").text("data"), depth)
	case o.has("kinesis"):
		return a.packed(o.in("kinesis").text("data"), depth)
	case o.has("record_id", "data"):
		return a.packed(o.text("data"), depth)
	case o.has("log_events"):
		return a.subscription(o)
	case o.has("results") && (o.has("statistics") || o.has("status") || o.has("query_language")):
		return a.insights(o)
	case o.has("cloud_trail_event"):
		return a.trail(objectOf([]byte(o.text("cloud_trail_event"))), o)
	case o.has("event_name") && (o.has("event_time") || o.has("event_source")):
		return a.trail(o, o)
	case o.has("timestamp", "message"):
		return a.log(o, "")
	case o.has("body") && (o.has("receipt_handle") || o.has("message_id")):
		return a.queued(o, depth)
	case len(o.raws("rules")) == 0 && o.has("status_code", "event_type_code"):
		return a.health(o, o.text("start_time"), "")
	}
	return a.refuse("it is none of the AWS records that have a time")
}

// sns gives a message of a topic: what AWS put into it as JSON, else the message itself.
func (a *awsReading) sns(o object, depth int) error {
	text := o.text("message")
	if inner := objectOf([]byte(text)); inner.has("new_state_value") || inner.has("detail-type") || inner.has("log_events") {
		return a.record(inner, depth+1)
	}
	e := a.begin("signal", "sns", o.text("message_id"))
	e.Title, e.Body = titleAndBody(firstOf(o.text("subject"), text))
	e.Kind = kindOfText(e.Title, "signal")
	if e.Title != oneLine(text) {
		e.Body = joinLines(e.Body, text)
	}
	e.Service = awsName(o.text("topic_arn"))
	if t := o.text("type"); strings.HasSuffix(t, "Confirmation") {
		e.Title, e.Kind, e.Housekeeping = "SNS "+strings.ReplaceAll(snake(t), "_", " "), "note", true
	}
	return a.give(o.text("timestamp"), "")
}

// queued gives a message of a queue: what lies in it, else the text, at the time when it was sent.
func (a *awsReading) queued(o object, depth int) error {
	text := o.text("body")
	if inner := objectOf([]byte(text)); len(inner) > 0 && (inner.has("topic_arn") || inner.has("detail-type") || inner.has("new_state_value") || inner.has("log_events")) {
		return a.record(inner, depth+1)
	}
	e := a.begin("signal", "sqs", o.text("message_id"))
	e.Title, e.Body = titleAndBody(text)
	e.Kind = kindOfText(e.Title, "signal")
	e.Service = awsName(o.text("event_source_arn"))
	return a.giveIn(time.Millisecond, o.in("attributes").text("sent_timestamp"), "")
}

// alarm gives a change of state as CloudWatch sends it to a topic.
func (a *awsReading) alarm(o object) error {
	trigger := o.in("trigger")
	at := o.text("state_change_time")
	e := a.begin(awsAlarmKind(o.text("new_state_value")), "alarm", firstOf(o.text("alarm_arn"), o.text("alarm_name")), o.text("new_state_value"), at)
	e.Title = awsAlarmTitle(o.text("alarm_name"), o.text("old_state_value"), o.text("new_state_value"))
	e.Body = joinLines("", o.text("alarm_description"), o.text("new_state_reason"), named("metric", strings.TrimSpace(trigger.text("namespace")+" "+trigger.text("metric_name"))), named("region", o.text("region")))
	e.Service = trigger.text("namespace")
	for _, d := range trigger.list("dimensions") {
		if e.Service = firstOf(d.text("value"), e.Service); strings.Contains(strings.ToLower(d.text("name")), "service") {
			break
		}
	}
	return a.give(at, "")
}

func awsAlarmKind(state string) string {
	if state == "ALARM" {
		return "alert"
	}
	return "status"
}

func awsAlarmTitle(name, before, after string) string {
	if before != "" {
		after = before + " → " + after
	}
	return headline(name, after)
}

func (a *awsReading) alarmHistory(o object) error {
	name, kind := o.text("alarm_name"), o.text("history_item_type")
	data := objectOf([]byte(o.text("history_data")))
	e := a.begin("change", "alarmhistory")
	e.Title, e.Body = name+": "+o.text("history_summary"), o.text("history_data")
	switch kind {
	case "StateUpdate":
		after := data.in("new_state")
		e.Kind = awsAlarmKind(after.text("state_value"))
		if after.has("state_value") {
			e.Title = awsAlarmTitle(name, data.in("old_state").text("state_value"), after.text("state_value"))
			e.Body = joinLines("", o.text("history_summary"), after.text("state_reason"))
		}
	case "Action":
		e.Kind = "page"
	}
	e.Service = name
	return a.hashed(time.Second, false, o.text("timestamp"), name, kind, o.text("history_summary"))
}

// alarmState gives the last change of state of an alarm that is listed.
func (a *awsReading) alarmState(o object) error {
	at := o.text("state_transitioned_timestamp", "state_updated_timestamp")
	e := a.begin(awsAlarmKind(o.text("state_value")), "alarm", firstOf(o.text("alarm_arn"), o.text("alarm_name")), o.text("state_value"), at)
	e.Title = awsAlarmTitle(o.text("alarm_name"), "", o.text("state_value"))
	e.Body = joinLines("", o.text("alarm_description"), o.text("state_reason"))
	e.Service = o.text("namespace")
	return a.giveIn(time.Second, at, "")
}

// trail gives a call that CloudTrail recorded; around is the entry that it was looked up in.
func (a *awsReading) trail(o, around object) error {
	id := firstOf(o.text("event_id"), around.text("event_id"))
	at := firstOf(o.text("event_time"), around.text("event_time"))
	source := firstOf(o.text("event_source"), around.text("event_source"))
	e := a.begin("change", "event", id)
	e.Service, _, _ = strings.Cut(strings.TrimPrefix(source, "aws:"), ".")
	e.Actor = firstOf(awsCaller(o.in("user_identity")), around.text("username"))
	e.Title = firstOf(o.text("event_name"), around.text("event_name"))
	about := joinLines(scalars(o["request_parameters"]), o.in("s3").in("object").text("key"))
	for _, r := range around.list("resources") {
		about = joinLines(about, r.text("resource_name", "arn"))
	}
	if code := o.text("error_code"); code != "" {
		e.Title += ": " + code
	}
	e.Body = joinLines(o.text("error_message"), about, named("source", source), named("region", o.text("aws_region")), named("from", o.text("source_ip_address")))
	e.Housekeeping = firstOf(o.text("read_only"), around.text("read_only")) == "true"
	if id == "" {
		return a.hashed(time.Second, false, at, source, e.Title, e.Actor, e.Body)
	}
	return a.giveIn(time.Second, at, "")
}

// awsCaller is who made a call: the name of a user, or of the session of a role.
func awsCaller(o object) string {
	session := ""
	if arn := o.text("arn"); strings.Contains(arn, "/") {
		session = path.Base(arn)
	}
	if o.text("type") == "Root" {
		return "root"
	}
	return firstOf(o.text("user_name"), session, o.in("session_context").in("session_issuer").text("user_name"), o.text("invoked_by"), o.text("principal_id"))
}
