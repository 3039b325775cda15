package importers

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"aftermath/model"
)

var githubSource = Source{
	Name: "github", Title: "GitHub", About: "webhooks, answers of the API, gh … --json, and git log: deployments, runs, releases, pushes, commits, statuses, issues",
	Detect: detectGitHub, parse: parseGitHub,
}

// githubLists are the names of the lists that the API answers with.
var githubLists = map[string]bool{"workflow_runs": true, "check_runs": true, "items": true, "statuses": true, "deployments": true, "releases": true, "jobs": true}

var (
	apiAddress = model.Pattern(`"[a-z_]*url"\s*:\s*"https://api\.github\.com/`)
	repoOfURL  = model.Pattern(`^https://[^/\s]+/(?:repos/)?([^/\s]+/[^/\s]+)`)
)

func detectGitHub(_ string, head []byte) (Confidence, string) {
	head = bytes.TrimSpace(head)
	if len(head) == 0 {
		return No, ""
	}
	if !looksLikeJSON(head) {
		line, _, _ := bytes.Cut(head, []byte("\n"))
		if gitLogLine().Match(line) || gitCommit().Match(line) && bytes.Contains(head, []byte("\nAuthor:")) {
			return Sure, "lines of git log"
		}
		return No, ""
	}
	has := func(keys ...string) bool {
		for _, k := range keys {
			if !bytes.Contains(head, []byte(`"`+k+`"`)) {
				return false
			}
		}
		return true
	}
	switch {
	case apiAddress().Match(head) && (has("node_id") || has("sender") || has("sha") || has("total_count")):
		return Sure, "addresses of api.github.com"
	case has("workflow_runs", "created_at"), has("check_runs", "started_at"), has("deployments", "created_at", "sha"), has("run_attempt", "run_started_at"), has("repository", "sender", "action"), has("node_id", "html_url"):
		return Sure, "the members of GitHub's answers"
	case has("databaseId"), has("tagName", "publishedAt"), has("headBranch", "createdAt"), has("headSha"):
		return Sure, "the members that gh --json writes"
	}
	return No, ""
}

// githubReading is one reading of GitHub's records.
type githubReading struct {
	run   *run
	event model.Event
	rec   jsonRecord
	repo  string
}

func parseGitHub(r *run) error {
	g := &githubReading{run: r}
	return r.each(func(f *File, content io.Reader) error {
		if head := bytes.TrimSpace(f.head()); len(head) > 0 && !looksLikeJSON(head) {
			return g.gitLog(content)
		}
		return r.records(content, func(key string) bool { return githubLists[key] }, func(rec jsonRecord) error {
			g.rec = rec
			return g.record(objectOf(rec.raw))
		})
	})
}

// record gives the event of one record, a webhook's or the API's, by the members that it has.
func (g *githubReading) record(o object) error {
	g.repo = firstOf(o.in("repository").text("full_name"), o.in("repository").text("name"))
	if o.has("repository") && !o.has("head_sha", "id") {
		switch {
		case o.has("deployment_status"):
			return g.deploymentStatus(o.in("deployment_status"), o.in("deployment"))
		case o.has("deployment") && !o.has("workflow_run"):
			return g.deployment(o.in("deployment"))
		case o.has("workflow_run"):
			return g.workflowRun(o.in("workflow_run"), o.in("workflow").text("name"))
		case o.has("workflow_job"):
			return g.checkRun(o.in("workflow_job"))
		case o.has("check_run"):
			return g.checkRun(o.in("check_run"))
		case o.has("release"):
			return g.release(o.in("release"), o.text("action"))
		case o.has("ref", "before", "after"):
			return g.push(o)
		case o.has("issue"), o.has("pull_request"):
			return g.issue(o)
		case o.has("state", "context"):
			return g.commitStatus(o)
		}
	}
	switch {
	case g.rec.key == "workflow_runs", o.has("run_number", "workflow_id"), o.has("run_attempt", "run_started_at"), o.has("database_id") && (o.has("workflow_name") || o.has("head_branch") || o.has("head_sha")):
		return g.workflowRun(o, o.text("workflow_name"))
	case g.rec.key == "check_runs", o.has("check_suite"), o.has("run_id", "head_sha"), o.has("head_sha", "started_at"):
		return g.checkRun(o)
	case o.has("deployment_url", "state"):
		return g.deploymentStatus(o, object{})
	case o.has("task", "environment"), o.has("statuses_url", "environment"):
		return g.deployment(o)
	case o.has("context", "state"):
		return g.commitStatus(o)
	case o.has("tag_name"):
		return g.release(o, "")
	case o.has("commit", "sha"):
		return g.commit(o)
	case o.has("event", "created_at"):
		return g.issueEvent(o)
	case o.has("number", "title"):
		return g.issue(object{"issue": g.rec.raw, "action": o["state"]})
	}
	g.run.refuse(g.rec.n, "it is none of GitHub's records that are read", string(g.rec.raw))
	return nil
}

// begin starts an event of a kind about the record, with the id of contract.
func (g *githubReading) begin(kind, what, id string, o object) *model.Event {
	g.event = model.Event{Kind: kind, ExternalID: "github:" + what + ":" + id, URL: o.text("html_url", "url"), Service: g.repoOf(o)}
	if strings.HasPrefix(g.event.URL, "https://api.github.com/") {
		g.event.URL = ""
	}
	return &g.event
}

func (g *githubReading) repoOf(o object) string {
	if repo := firstOf(g.repo, o.in("repository").text("full_name")); repo != "" {
		return repo
	}
	for _, k := range []string{"url", "html_url", "repository_url"} {
		if m := repoOfURL().FindStringSubmatch(o.text(k)); m != nil {
			return m[1]
		}
	}
	return ""
}

// give gives the event that was begun. Of one id the newest update wins.
func (g *githubReading) give(at, updated string) error {
	if ok, err := g.run.fieldTime(&g.event, at, g.rec); !ok {
		return err
	}
	g.event.Line = g.rec.n
	return g.run.eventAsOf(&g.event, g.run.fieldInstant(updated))
}

func (g *githubReading) deployment(o object) error {
	e := g.begin("deploy", "deployment", o.text("id"), o)
	e.Actor = o.in("creator").text("login")
	e.Title = "deploy of " + firstOf(o.text("ref"), short(o.text("sha"))) + " to " + o.text("environment")
	e.Body = joinLines("", o.text("description"), short(o.text("sha")))
	e.Service = joinService(o.text("environment"), e.Service)
	return g.give(o.text("created_at"), o.text("updated_at"))
}

func (g *githubReading) deploymentStatus(o, deployment object) error {
	e := g.begin("deploy", "deployment_status", o.text("id"), o)
	environment := firstOf(o.text("environment"), deployment.text("environment"))
	e.Actor = o.in("creator").text("login")
	e.Title = "deployment to " + environment + ": " + o.text("state")
	e.Body = joinLines("", o.text("description"), deployment.text("ref"))
	e.URL = firstOf(o.text("log_url"), o.text("environment_url"), o.text("target_url"))
	e.Service = joinService(environment, e.Service)
	return g.give(o.text("created_at"), "")
}

func joinService(environment, repo string) string {
	return strings.Trim(environment+"/"+repo, "/")
}

func (g *githubReading) workflowRun(o object, workflow string) error {
	name := firstOf(o.text("name"), workflow, o.in("workflow").text("name"), o.text("path"), "workflow")
	text := strings.TrimSpace(name + " " + o.text("display_title"))
	kind := "change"
	if kindOfText(text, "") == "deploy" {
		kind = "deploy"
	}
	id := firstOf(o.text("database_id"), o.text("id"), o.text("run_number"), o.text("number"))
	e := g.begin(kind, "run", id+"-"+firstOf(o.text("run_attempt"), o.text("attempt"), "1"), o)
	e.Actor = firstOf(o.in("triggering_actor").text("login"), o.in("actor").text("login"))
	e.Title = "workflow " + name + ": " + firstOf(o.text("conclusion"), o.text("status"))
	e.Body = joinLines("", o.text("display_title"), o.text("head_branch"), short(o.text("head_sha")), o.text("event"))
	if o.text("status") == "completed" || o.text("conclusion") != "" {
		e.End = g.run.fieldInstant(o.text("updated_at"))
	}
	return g.give(o.text("run_started_at", "started_at", "created_at"), o.text("updated_at"))
}

func (g *githubReading) checkRun(o object) error {
	e := g.begin("change", "check_run", o.text("id"), o)
	e.Actor = o.in("app").text("name")
	e.Title = firstOf(o.text("name"), "check") + ": " + firstOf(o.text("conclusion"), o.text("status"))
	e.Body = joinLines("", o.in("output").text("title"), o.in("output").text("summary"), short(o.text("head_sha")))
	e.End = g.run.fieldInstant(o.text("completed_at"))
	return g.give(o.text("started_at", "created_at"), o.text("completed_at"))
}

func (g *githubReading) commitStatus(o object) error {
	e := g.begin("change", "status", o.text("id"), o)
	e.Actor = firstOf(o.in("creator").text("login"), o.in("sender").text("login"))
	separator := ": "
	if strings.Contains(o.text("context"), separator) {
		separator = " "
	}
	e.Title, e.Body = o.text("context")+separator+o.text("state"), o.text("description")
	e.URL = firstOf(o.text("target_url"), e.URL)
	return g.give(o.text("created_at"), o.text("updated_at"))
}

func (g *githubReading) release(o object, action string) error {
	e := g.begin("deploy", "release", firstOf(o.text("id"), "tag:"+o.text("tag_name")), o)
	if action == "deleted" || action == "unpublished" {
		e.ExternalID += ":" + action
	}
	e.Actor = o.in("author").text("login")
	e.Title = strings.TrimSpace("release " + firstOf(o.text("name"), o.text("tag_name")) + " " + strings.TrimPrefix(action, "published"))
	e.Body = joinLines("", o.text("tag_name"), o.text("body"))
	return g.give(o.text("published_at"), o.text("updated_at"))
}

func (g *githubReading) push(o object) error {
	kind, name := "branch", strings.TrimPrefix(o.text("ref"), "refs/heads/")
	if tag, ok := strings.CutPrefix(name, "refs/tags/"); ok {
		kind, name = "tag", tag
	}
	var commits []json.RawMessage
	_ = decode(o["commits"], &commits)
	at := o.in("repository").text("pushed_at")
	e := g.begin("change", "push", g.repo+":"+o.text("ref")+":"+o.text("before")+":"+o.text("after")+":"+at, o)
	e.Actor = firstOf(o.in("pusher").text("name"), o.in("sender").text("login"))
	e.URL = o.text("compare")
	last := o.in("head_commit").text("message")
	last, _, _ = strings.Cut(last, "\n")
	switch {
	case o.text("deleted") == "true":
		e.Title = kind + " " + name + " deleted"
	case kind == "tag":
		e.Title = "tag " + name + " pushed"
	case len(commits) > 0 && last != "":
		e.Title = "push to " + name + " (" + plural(len(commits), "commit", "commits") + ": " + last + ")"
	default:
		e.Title = "push to " + name
	}
	for _, c := range commits {
		m, _, _ := strings.Cut(objectOf(c).text("message"), "\n")
		e.Body = joinLines(e.Body, short(objectOf(c).text("id"))+" "+m)
	}
	return g.give(firstOf(at, o.in("head_commit").text("timestamp")), "")
}

func (g *githubReading) commit(o object) error {
	c := o.in("commit")
	e := g.begin("change", "commit", o.text("sha"), o)
	e.Actor = firstOf(o.in("author").text("login"), c.in("author").text("name"), c.in("committer").text("name"))
	e.Title, e.Body = titleAndBody(c.text("message"))
	e.ExternalID = "github:commit:" + commitID(o.text("sha"), e.Title)
	return g.give(firstOf(c.in("committer").text("date"), c.in("author").text("date")), "")
}

func (g *githubReading) issueEvent(o object) error {
	issue := o.in("issue")
	e := g.begin("action", "issue_event", o.text("id"), issue)
	if g.repo == "" {
		e.Service = g.repoOf(o)
	}
	e.Actor = o.in("actor").text("login")
	what := o.text("event")
	if label := o.in("label").text("name"); label != "" {
		what += " " + label
	}
	e.Title = strings.TrimSpace(what)
	if n := issue.text("number"); n != "" {
		e.Title = "#" + n + " " + issue.text("title") + ": " + what
	}
	return g.give(o.text("created_at"), "")
}

// issue gives what happened to an issue or a pull request: a webhook, or an entry of a list.
func (g *githubReading) issue(o object) error {
	issue, what := o.in("issue"), "issue"
	if o.has("pull_request") {
		issue, what = o.in("pull_request"), "pull_request"
	}
	action := strings.ToLower(o.text("action"))
	at := issue.text("updated_at", "created_at")
	switch action {
	case "opened", "open", "":
		action, at = "opened", issue.text("created_at")
	case "closed", "merged":
		at = firstOf(issue.text("merged_at", "closed_at"), at)
	}
	e := g.begin("action", what, firstOf(issue.text("id"), "#"+issue.text("number"))+":"+action, issue)
	e.Actor = firstOf(o.in("comment").in("user").text("login"), o.in("sender").text("login"), issue.in("user").text("login"), issue.in("author").text("login"))
	e.Title = "#" + issue.text("number") + " " + issue.text("title")
	if action != "opened" {
		e.Title += ": " + action
		e.ExternalID += ":" + at
	}
	e.Body = firstOf(o.in("comment").text("body"), issue.text("body"))
	if c := o.in("comment"); len(c) > 0 {
		e.Kind, at = "comms", c.text("updated_at", "created_at")
		e.ExternalID = "github:comment:" + c.text("id")
		e.URL = c.text("html_url")
	}
	return g.give(at, issue.text("updated_at"))
}

func short(sha string) string { return sha[:min(len(sha), 10)] }
