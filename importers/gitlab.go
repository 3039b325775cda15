package importers

import (
	"io"
	"strings"

	"aftermath/model"
)

var gitlabSource = Source{
	Name: "gitlab", Title: "GitLab", About: "webhooks and answers of the API: deployments, pipelines, jobs, pushes, releases, issues, merge requests, notes, events, commits",
	Detect: detectGitLab, parse: parseGitLab,
}

func detectGitLab(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case has("object_kind"), has("event_name", "path_with_namespace"), has("event_name", "project_id"):
		return Sure, "a GitLab webhook"
	case has("iid", "deployable"), has("iid", "environment", "sha"):
		return Sure, "GitLab deployments"
	case has("tag_name", "released_at"), has("tag_name", "description_html"):
		return Sure, "GitLab releases"
	case has("action_name", "author_username"), has("action_name", "target_type"), has("action_name", "push_data"):
		return Sure, "GitLab events"
	case has("short_id", "authored_date"), has("short_id", "committed_date"):
		return Sure, "GitLab commits"
	case has("iid", "web_url") && (has("ref", "sha") || has("source_branch") || has("project_id")), has("pipeline", "stage", "web_url"):
		return Sure, "the members of GitLab's answers"
	}
	return No, ""
}

// gitlabReading is one reading of GitLab's records.
type gitlabReading struct {
	recorder
	project string // of the record, as people write it: group/name
	web     string // its address
	user    string
}

func parseGitLab(r *run) error {
	g := &gitlabReading{recorder: recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error { return g.read(content, "", g.record) })
}

// record gives the event of one record, a webhook's or the API's, by the members that it has.
func (g *gitlabReading) record(o object) error {
	g.project = firstOf(o.in("project").text("path_with_namespace"), o.text("path_with_namespace", "project_name"), gitlabPath(o.text("web_url")), gitlabPath(o.in("_links").text("self")),
		gitlabPath(o.text("tag_path", "commit_path")), gitlabPath(o.in("deployable").text("web_url")))
	g.web = o.in("project").text("web_url", "homepage")
	g.user = firstOf(o.in("user").text("username", "name"), o.text("user_username", "user_name"), o.in("author").text("username", "name"), o.text("author_username"))
	a := o.in("object_attributes")
	switch kind := o.text("object_kind"); {
	case kind == "deployment":
		return g.deploymentStatus(o)
	case kind == "pipeline":
		return g.pipeline(a)
	case kind == "build" || kind == "job":
		return g.buildHook(o)
	case kind == "push" || kind == "tag_push":
		return g.push(o)
	case kind == "release":
		return g.release(o)
	case kind == "note":
		return g.note(a)
	case kind == "merge_request":
		return g.changeOf("merge_request", a, a.text("action"))
	case kind == "issue" || kind == "work_item":
		return g.changeOf("issue", a, a.text("action"))
	case kind != "":
		return g.other(kind, a)
	case o.has("action_name"):
		return g.activity(o)
	case o.has("released_at"), o.has("tag_name", "description"):
		return g.release(o)
	case o.has("short_id"):
		return g.commit(o)
	case o.has("environment", "sha"), o.has("deployable"):
		return g.deployment(o)
	case o.has("stage", "name") && (o.has("pipeline") || o.has("started_at")):
		return g.job(o)
	case o.has("source_branch"):
		return g.changeOf("merge_request", o, "")
	case o.has("ref", "sha", "status"):
		return g.pipeline(o)
	case o.has("iid", "title"):
		return g.changeOf("issue", o, "")
	case o.has("event_name", "created_at"):
		return g.other(o.text("event_name"), o)
	}
	return g.refuse("it is none of GitLab's records that are read")
}

// gitlabAddress is the path of a project in front of what belongs to it.
var gitlabAddress = model.Pattern(`^(?:https?://[^/\s]+/)?/?([^\s?#]+?)/(?:-/|commits?/|tags/|releases/|merge_requests/|issues/|pipelines/|jobs/|builds/)`)

func gitlabPath(address string) string {
	if m := gitlabAddress().FindStringSubmatch(address); m != nil && !strings.HasPrefix(m[1], "http") {
		return m[1]
	}
	return ""
}

// start begins an event of the record.
func (g *gitlabReading) start(kind string, id ...string) *model.Event {
	e := g.begin(kind, id...)
	e.Actor, e.Service = g.user, g.project
	return e
}

// deploymentStatus gives one step of a deployment. Each has its own time, so each is an event.
func (g *gitlabReading) deploymentStatus(o object) error {
	e := g.start("deploy", "deployment", o.text("deployment_id"), o.text("status"))
	e.Title = headline("deployment to "+o.text("environment"), o.text("status"))
	if title := o.text("commit_title"); title != "" {
		e.Title += " (" + oneLine(title) + ")"
	}
	e.Body = joinLines("", o.text("ref"), o.text("short_sha"))
	e.URL = o.text("deployable_url", "commit_url")
	e.Service = joinService(o.text("environment"), g.project)
	return g.give(o.text("status_changed_at"), "")
}

func (g *gitlabReading) deployment(o object) error {
	job, environment := o.in("deployable"), o.in("environment").text("name")
	e := g.start("deploy", "deployment", o.text("id"))
	e.Title = headline("deploy of "+firstOf(o.text("ref"), short(o.text("sha")))+" to "+environment, o.text("status"))
	e.Body = joinLines("", job.in("commit").text("title"), short(o.text("sha")))
	e.URL = job.text("web_url")
	e.Service = joinService(environment, g.project)
	created := o.text("created_at")
	g.until(created, firstOf(job.text("finished_at"), o.text("finished_at")))
	return g.give(created, o.text("updated_at"))
}

// until gives the event an end, if it lies after its start.
func (g *gitlabReading) until(start, end string) {
	if at := g.run.fieldInstant(end); at.After(g.run.fieldInstant(start)) {
		g.event.End = at
	}
}

// gitlabEnded are the states that a pipeline does not leave again.
var gitlabEnded = map[string]bool{"success": true, "failed": true, "canceled": true, "skipped": true}

func (g *gitlabReading) pipeline(o object) error {
	id, status := o.text("id"), o.text("status")
	name := firstOf(o.text("name"), "pipeline #"+id+" for "+o.text("ref"))
	e := g.start("change", "pipeline", id)
	if kindOfText(name, "") == "deploy" {
		e.Kind = "deploy"
	}
	e.Title = headline(name, status)
	e.Body = joinLines("", o.text("ref"), short(o.text("sha")), o.text("source"))
	if e.URL = o.text("web_url", "url"); e.URL == "" && g.web != "" {
		e.URL = g.web + "/-/pipelines/" + id
	}
	end := o.text("finished_at")
	if end == "" && gitlabEnded[status] {
		end = o.text("updated_at")
	}
	created := o.text("created_at")
	g.until(created, end)
	return g.give(created, firstOf(o.text("updated_at"), end))
}

// buildHook gives a job of a webhook, which writes the members of the job with a prefix.
func (g *gitlabReading) buildHook(o object) error {
	job := object{"ref": o["ref"], "environment": o["environment"]}
	for key, v := range o {
		for _, prefix := range []string{"build_", "job_"} {
			if name, ok := strings.CutPrefix(key, prefix); ok {
				job[name] = v
			}
		}
	}
	return g.job(job)
}

func (g *gitlabReading) job(o object) error {
	id := o.text("id")
	e := g.start("change", "job", id)
	environment := firstOf(o.in("environment").text("name"), o.text("environment"))
	if environment != "" || kindOfText(o.text("name")+" "+o.text("stage"), "") == "deploy" {
		e.Kind = "deploy"
	}
	e.Title = headline("job "+o.text("name"), o.text("status"))
	e.Body = joinLines("", named("stage", o.text("stage")), o.text("ref"), named("failure", o.text("failure_reason")))
	if e.URL = o.text("web_url"); e.URL == "" && g.web != "" {
		e.URL = g.web + "/-/jobs/" + id
	}
	e.Service = joinService(environment, g.project)
	start := o.text("started_at", "created_at")
	g.until(start, o.text("finished_at"))
	return g.give(start, o.text("finished_at", "started_at", "created_at"))
}

// push gives a push at the time of its newest commit: GitLab's webhook has no time of its own, and says
// so here.
func (g *gitlabReading) push(o object) error {
	kind, name := "branch", strings.TrimPrefix(o.text("ref"), "refs/heads/")
	if tag, ok := strings.CutPrefix(name, "refs/tags/"); ok {
		kind, name = "tag", tag
	}
	commits := o.list("commits")
	if len(commits) == 0 {
		return g.refuse("the record has no time: a push without commits tells none")
	}
	head := commits[len(commits)-1]
	for _, c := range commits {
		if sha := c.text("id"); sha != "" && sha == o.text("checkout_sha", "after") {
			head = c
		}
	}
	e := g.start("change", "push", g.project, o.text("ref"), o.text("before"), o.text("after"))
	what, _ := titleAndBody(firstOf(head.text("title"), head.text("message")))
	e.Title = "push to " + name + " (" + plural(max(len(commits), count(o.text("total_commits_count"))), "commit", "commits") + ": " + what + ")"
	if kind == "tag" {
		e.Title = "tag " + name + " pushed"
	}
	for _, c := range commits {
		title, _ := titleAndBody(firstOf(c.text("title"), c.text("message")))
		e.Body = joinLines(e.Body, short(c.text("id"))+" "+title)
	}
	e.URL = head.text("url")
	g.placedAtCommit()
	return g.give(head.text("timestamp"), "")
}

// count is a number that is written in a record, or 0.
func count(s string) int {
	n, end := digits(s, 0, 9)
	if end != len(s) {
		return 0
	}
	return n
}

// release gives a release of a webhook or of the API, which have the tag in common.
func (g *gitlabReading) release(o object) error {
	tag := o.text("tag_name", "tag")
	if o.text("action") == "delete" {
		return g.refuse("the webhook does not tell when the release was deleted")
	}
	e := g.start("deploy", "release", strings.TrimPrefix(g.project+":"+tag, ":"))
	e.Title = "release " + firstOf(o.text("name"), tag)
	e.Body = joinLines("", tag, o.text("description"))
	e.URL = firstOf(o.in("_links").text("self"), o.text("url"))
	return g.give(o.text("released_at", "created_at"), o.text("released_at"))
}

func (g *gitlabReading) note(o object) error {
	e := g.start("comms", "note", o.text("id"))
	e.Title, e.Body = titleAndBody(o.text("note", "body"))
	e.Body = joinLines(e.Body, named("on", o.text("noteable_type")))
	e.URL = o.text("url")
	e.Housekeeping = o.text("system") == "true"
	return g.give(o.text("created_at"), o.text("updated_at"))
}

// changeOf gives what happened to an issue or a merge request: the action of a webhook, or the state of
// an entry of a list.
func (g *gitlabReading) changeOf(what string, o object, action string) error {
	at := o.text("updated_at", "created_at")
	switch state := o.text("state"); {
	case action == "open", action == "" && (state == "opened" || state == ""):
		action, at = "open", o.text("created_at")
	case action == "merge", action == "" && state == "merged":
		action, at = "merge", firstOf(o.text("merged_at"), at)
	case action == "close", action == "" && state == "closed":
		action, at = "close", firstOf(o.text("closed_at"), at)
	}
	id := []string{what, o.text("id"), firstOf(action, o.text("state"))}
	if action != "open" {
		id = append(id, at)
	}
	e := g.start("action", id...)
	switch incident := strings.EqualFold(o.text("type", "issue_type"), "incident"); {
	case action == "merge":
		e.Kind = "change"
	case incident && action == "open":
		e.Kind = "alert"
	case incident:
		e.Kind = "status"
	}
	mark := map[string]string{"issue": "#", "merge_request": "!"}[what]
	e.Title = strings.TrimSpace(mark + o.text("iid") + " " + o.text("title"))
	if done := map[string]string{"merge": "merged", "close": "closed", "reopen": "reopened", "update": "updated", "approved": "approved"}[action]; action != "open" {
		e.Title = headline(e.Title, firstOf(done, action))
	}
	e.Body = joinLines("", o.text("description"), named("labels", o.words("labels")), named("from", o.text("source_branch")), named("to", o.text("target_branch")))
	e.URL = o.text("web_url", "url")
	return g.give(at, o.text("updated_at"))
}

// activity gives an entry of the events of a project or a person.
func (g *gitlabReading) activity(o object) error {
	action, pushed, note := o.text("action_name"), o.in("push_data"), o.in("note")
	kind := "action"
	switch {
	case o.has("push_data"), action == "accepted", action == "merged":
		kind = "change"
	case strings.HasPrefix(action, "commented"):
		kind = "comms"
	}
	e := g.start(kind, "event", o.text("id"))
	if ref := pushed.text("ref"); ref != "" {
		action += " " + ref
	}
	e.Title = headline(action, firstOf(o.text("target_title"), pushed.text("commit_title")))
	e.Body = joinLines("", note.text("body"), named("on", o.text("target_type")))
	e.Housekeeping = action == "joined" || action == "left"
	return g.give(o.text("created_at"), "")
}

func (g *gitlabReading) commit(o object) error {
	e := g.start("change", "commit", o.text("id"))
	e.Actor = o.text("author_name", "committer_name")
	e.Title, e.Body = titleAndBody(o.text("message", "title"))
	e.URL = o.text("web_url")
	return g.give(o.text("committed_date", "created_at", "authored_date"), "")
}

// other gives a webhook about something else, if it tells a time.
func (g *gitlabReading) other(kind string, o object) error {
	action := o.text("action")
	at := o.text("updated_at", "created_at")
	e := g.start("action", kind, o.text("id", "project_id"), action, at)
	e.Title = headline(strings.ReplaceAll(kind, "_", " "), strings.TrimSpace(o.text("title", "name")+" "+action))
	e.URL = o.text("url")
	e.Housekeeping = kind == "emoji"
	return g.give(at, "")
}
