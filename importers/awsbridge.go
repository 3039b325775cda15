package importers

import (
	"path"
	"strings"
	"time"
)

// awsSubjects are the members of an event's detail that name what it is about, the most telling first.
var awsSubjects = []string{
	"application", "pipeline", "project-name", "alarm_name", "auto_scaling_group_name", "stack-id", "source_identifier", "instance-id", "repository-name", "repository_name",
	"bucket-name", "function-name", "function_name", "state_machine_arn", "job_name", "db_instance_identifier", "cluster_name", "group", "service", "name",
}

// awsStates are the members that tell what became of it.
var awsStates = []string{
	"state", "status", "build-status", "last_status", "event_name", "deployment-state", "task_status", "status_code", "event_type_code", "event", "action-type", "scan-status", "completed-phase-status",
}

// awsKinds maps the services that send events to kinds; others are signals unless their words tell more.
var awsKinds = map[string]string{
	"aws.codedeploy": "deploy", "aws.codepipeline": "deploy", "aws.cloudformation": "deploy", "aws.codebuild": "change", "aws.codecommit": "change", "aws.ecr": "change",
	"aws.config": "change", "aws.ssm": "change", "aws.autoscaling": "change", "aws.health": "alert", "aws.guardduty": "alert", "aws.securityhub": "alert", "aws.devops-guru": "alert",
}

// eventBridge gives an event of a bus, whatever its type. What is known of a type only makes its title
// better.
func (a *awsReading) eventBridge(o object) error {
	source, what, d := o.text("source"), o.text("detail-type"), o.in("detail")
	switch {
	case source == "aws.health":
		return a.health(d, o.text("time"), o.text("id"))
	case d.has("event_name", "event_source"):
		around := object{"event_id": quoted(firstOf(o.text("id"), d.text("event_id")))}
		return a.trail(d, around)
	}
	e := a.begin(firstOf(awsKinds[source], kindOfText(what, "signal")), "event", o.text("id"))
	subject, state := awsName(d.text(awsSubjects...)), d.text(awsStates...)
	switch {
	case source == "aws.cloudwatch" && d.has("alarm_name"):
		state = d.in("state").text("value")
		e.Kind, e.Title = awsAlarmKind(state), awsAlarmTitle(subject, d.in("previous_state").text("value"), state)
	case source == "aws.codedeploy":
		e.Title = headline(strings.TrimSpace(subject+" "+d.text("deployment_id")), state)
	case source == "aws.codepipeline":
		e.Title = strings.Join(strings.Fields(strings.Join([]string{subject, d.text("stage"), d.text("action")}, " ")), " / ")
		e.Title = headline(e.Title, state)
	case source == "aws.ecs":
		subject = firstOf(strings.TrimPrefix(d.text("group"), "service:"), awsResource(o), awsName(d.text("cluster_arn")))
		state = firstOf(d.text("event_name"), d.text("last_status"), d.text("status"))
		e.Title = headline(subject, firstOf(state, what))
		if strings.Contains(what, "Deployment") {
			e.Kind = "deploy"
		}
	case source == "aws.autoscaling":
		e.Title = headline(firstOf(subject, awsResource(o)), what)
	case source == "aws.cloudformation":
		e.Title = headline(subject, firstOf(d.in("status-details").text("status"), state, what))
	default:
		e.Title = firstOf(d.text("title"), headline(firstOf(subject, awsResource(o), what), firstOf(state, what)))
	}
	e.Service = firstOf(subject, strings.TrimPrefix(source, "aws."), awsResource(o))
	if awsFailed(e.Title) && e.Kind == "change" {
		e.Kind = "signal"
	}
	e.Body = joinLines(what, firstOf(d.in("state").text("reason"), d.text("stopped_reason", "reason", "message", "cause", "status_reason", "description")), scalars(o["detail"]), named("region", o.text("region")), named("account", o.text("account")))
	if o.text("id") == "" {
		return a.hashed(time.Second, false, o.text("time"), source, what, e.Title, string(o["detail"]))
	}
	return a.give(o.text("time"), "")
}

func awsFailed(title string) bool {
	lower := strings.ToLower(title)
	return strings.Contains(lower, "fail") || strings.Contains(lower, "unsuccessful")
}

// awsName is the last part of an ARN or an address, or a name as it is. A stack's ARN ends in an id.
func awsName(s string) string {
	if !strings.HasPrefix(s, "arn:") {
		return s
	}
	if _, stack, ok := strings.Cut(s, ":stack/"); ok {
		name, _, _ := strings.Cut(stack, "/")
		return name
	}
	return path.Base(strings.ReplaceAll(s, ":", "/"))
}

// awsResource is the name of the first resource that an event is about.
func awsResource(o object) string {
	for _, raw := range o.raws("resources") {
		if name := awsName(unquote(string(raw))); name != "" {
			return name
		}
	}
	return ""
}

// health gives an event of AWS's own health, at the time when it was told.
func (a *awsReading) health(d object, at, id string) error {
	kind := "alert"
	if strings.EqualFold(d.text("status_code"), "closed") {
		kind = "status"
	}
	e := a.begin(kind, "event", firstOf(id, d.text("event_arn", "arn")))
	e.Title = headline(d.text("service"), d.text("event_type_code"), d.text("status_code"))
	for _, text := range d.list("event_description") {
		e.Body = joinLines(e.Body, text.text("latest_description"))
	}
	e.Body = joinLines(e.Body, named("from", d.text("start_time")), named("until", d.text("end_time")), named("category", d.text("event_type_category")))
	e.Service = d.text("service")
	return a.give(at, d.text("last_updated_time"))
}
