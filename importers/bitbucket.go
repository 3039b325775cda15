package importers

import (
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var bitbucketSource = Source{
	Name: "bitbucket", Title: "Bitbucket", About: "webhooks of Cloud and Server, and answers of the API: deployments, pipelines, pushes, commits, build statuses, pull requests",
	Detect: detectBitbucket, parse: parseBitbucket,
}

var bitbucketAddress = model.Pattern(`"https://(?:api\.)?bitbucket\.org/`)

func detectBitbucket(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case has("eventKey", "actor"), has("eventKey", "repository"):
		return Sure, "a webhook of Bitbucket Server"
	case has("actor", "repository") && (has("push", "changes") || has("commit_status") || has("pullrequest")):
		return Sure, "a webhook of Bitbucket Cloud"
	case strings.Contains(string(head), `"deployment_state_`), strings.Contains(string(head), `"pipeline_state_`), has("build_number", "created_on", "target"):
		return Sure, "deployments or pipelines of Bitbucket"
	case has("displayId", "committerTimestamp"), has("displayId", "authorTimestamp"), has("createdDate", "fromRef", "toRef"):
		return Sure, "answers of Bitbucket Server"
	case bitbucketAddress().Match(head) && (has("created_on") || has("hash", "date")):
		return Sure, "addresses of bitbucket.org"
	}
	return No, ""
}

// bitbucketReading is one reading of Bitbucket's records.
type bitbucketReading struct {
	recorder
	repo  string // of the record, as people write it: team/name
	actor string
}

func parseBitbucket(r *run) error {
	b := &bitbucketReading{recorder: recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error { return b.read(content, "values", b.record) })
}

// record gives the events of one record, by the members that it has.
func (b *bitbucketReading) record(o object) error {
	repo := o.in("repository")
	b.repo = firstOf(repo.text("full_name"), strings.Trim(repo.in("project").text("key")+"/"+repo.text("slug"), "/"), bitbucketRepo(o))
	b.actor = bitbucketName(o.in("actor"))
	switch {
	case o.has("event_key", "changes"):
		return b.refsChanged(o)
	case o.has("event_key"):
		return b.serverPullRequest(o)
	case o.has("push"):
		return b.push(o)
	case o.has("commit_status"):
		return b.status(o.in("commit_status"))
	case o.has("pullrequest"):
		return b.pullRequestHook(o)
	case o.text("type") == "deployment", o.has("environment", "release"), o.has("environment", "deployable"):
		return b.deployment(o)
	case o.has("build_number"):
		return b.pipeline(o)
	case o.has("key", "state") && (o.has("created_on") || o.has("date_added")):
		return b.status(o)
	case o.has("hash", "date"):
		return b.commit(o)
	case o.has("display_id", "message"):
		return b.serverCommit(o)
	case o.has("from_ref") || o.has("created_date"):
		return b.serverRequest(o, "", "")
	case o.has("title", "created_on"):
		return b.pullRequest(o, "", "")
	}
	return b.refuse("it is none of Bitbucket's records that are read")
}

// bitbucketName is the name of a person. The raw author of a commit holds an address, which is left out.
func bitbucketName(o object) string {
	raw, _, _ := strings.Cut(o.text("raw"), "<")
	return firstOf(o.in("user").text("display_name", "nickname"), o.text("display_name", "nickname", "name"), strings.TrimSpace(raw))
}

var bitbucketPath = model.Pattern(`^https://(?:api\.)?bitbucket\.org/(?:2\.0/repositories/|!api/2\.0/repositories/)?([^/\s]+/[^/\s]+)`)

// bitbucketRepo is the repository that the addresses of a record lie in.
func bitbucketRepo(o object) string {
	links := o.in("links")
	for _, address := range []string{links.in("html").text("href"), links.in("self").text("href"), o.in("release").text("url"), o.in("commit").in("links").in("self").text("href")} {
		if m := bitbucketPath().FindStringSubmatch(address); m != nil {
			return m[1]
		}
	}
	return ""
}

// start begins an event of the record.
func (b *bitbucketReading) start(kind string, id ...string) *model.Event {
	e := b.begin(kind, id...)
	e.Actor, e.Service = b.actor, b.repo
	return e
}

// push gives each branch and tag that a push to the Cloud changed, at the time of its newest commit.
func (b *bitbucketReading) push(o object) error {
	for _, c := range o.in("push").list("changes") {
		after, before := c.in("new"), c.in("old")
		if len(after) == 0 {
			b.refuse("the record has no time: the webhook does not tell when " + before.text("type") + " " + quote(before.text("name")) + " was deleted")
			continue
		}
		head := after.in("target")
		e := b.start("change", "push", b.repo, after.text("name"), before.in("target").text("hash"), head.text("hash"))
		b.describePush(after.text("type"), after.text("name"), head.text("message"), c.list("commits"))
		e.URL = c.in("links").in("html").text("href")
		b.placedAtCommit()
		if err := b.give(firstOf(after.text("date"), head.text("date")), ""); err != nil {
			return err
		}
	}
	return nil
}

func (b *bitbucketReading) describePush(kind, name, message string, commits []object) {
	e := &b.event
	title, _ := titleAndBody(message)
	switch {
	case kind == "tag":
		e.Title = "tag " + name + " pushed"
	case title != "" && len(commits) > 0:
		e.Title = "push to " + name + " (" + plural(len(commits), "commit", "commits") + ": " + title + ")"
	default:
		e.Title = headline("push to "+name, title)
	}
	for _, c := range commits {
		title, _ := titleAndBody(c.text("message"))
		e.Body = joinLines(e.Body, short(c.text("hash", "id"))+" "+title)
	}
}

// refsChanged gives each branch and tag that a push to a server changed.
func (b *bitbucketReading) refsChanged(o object) error {
	for _, c := range o.list("changes") {
		ref := c.in("ref")
		kind, name := strings.ToLower(ref.text("type")), firstOf(ref.text("display_id"), c.text("ref_id"))
		e := b.start("change", "push", b.repo, c.text("ref_id"), c.text("from_hash"), c.text("to_hash"))
		b.describePush(kind, name, o.in("to_commit").text("message"), o.list("commits"))
		if c.text("type") == "DELETE" {
			e.Title = firstOf(kind, "branch") + " " + name + " deleted"
		}
		if err := b.give(o.text("date"), ""); err != nil {
			return err
		}
	}
	return nil
}

// status gives a state of a build. Each state has its own time.
func (b *bitbucketReading) status(o object) error {
	state := o.text("state")
	commit := firstOf(o.in("commit").text("hash"), o.in("links").in("commit").text("href"))
	e := b.start("change", "status", firstOf(commit, b.repo), o.text("key"), state)
	e.Title = headline(firstOf(o.text("name"), o.text("key")), state)
	if kindOfText(e.Title, "") == "deploy" {
		e.Kind = "deploy"
	}
	e.Body, e.URL = joinLines("", o.text("description"), o.text("refname", "ref")), o.text("url")
	at := o.text("updated_on", "created_on", "date_added")
	if state == "INPROGRESS" {
		at = o.text("created_on", "date_added", "updated_on")
	}
	return b.giveIn(time.Millisecond, at, o.text("updated_on"))
}

func (b *bitbucketReading) deployment(o object) error {
	state, release := o.in("state"), o.in("release")
	environment := firstOf(o.in("environment").text("name", "slug"), o.in("environment").text("uuid"))
	e := b.start("deploy", "deployment", o.text("uuid"))
	e.Title = "deployment"
	if environment != "" {
		e.Title += " to " + environment
	}
	if name := release.text("name"); name != "" {
		e.Title += " (" + name + ")"
	}
	e.Title = headline(e.Title, state.in("status").text("name"), map[bool]string{true: state.text("name")}[len(state.in("status")) == 0])
	e.Body = joinLines("", short(release.in("commit").text("hash")), release.in("commit").text("message"))
	e.Actor = firstOf(bitbucketName(state.in("deployer")), bitbucketName(o.in("deployer")), b.actor)
	e.URL = firstOf(state.text("url"), release.text("url"))
	e.Service = joinService(environment, b.repo)
	started := firstOf(state.text("started_on", "start_date"), o.text("created_on"), state.text("completed_on", "completion_date"), o.text("last_update_time"))
	e.End = b.run.fieldInstant(state.text("completed_on", "completion_date"))
	return b.give(started, firstOf(o.text("last_update_time"), state.text("completed_on", "completion_date"), started))
}

func (b *bitbucketReading) pipeline(o object) error {
	state, target := o.in("state"), o.in("target")
	e := b.start("change", "pipeline", firstOf(o.text("uuid"), b.repo+":"+o.text("build_number")))
	name := "pipeline #" + o.text("build_number")
	if ref := firstOf(target.text("ref_name"), target.text("source")); ref != "" {
		name += " for " + ref
	}
	if pattern := target.in("selector").text("pattern"); kindOfText(pattern, "") == "deploy" {
		e.Kind = "deploy"
		name += " (" + pattern + ")"
	}
	e.Title = headline(name, firstOf(state.in("result").text("name"), state.in("stage").text("name"), state.text("name")))
	e.Body = joinLines("", short(target.in("commit").text("hash")), target.in("commit").text("message"), named("trigger", o.in("trigger").text("name")))
	e.Actor = firstOf(bitbucketName(o.in("creator")), b.actor)
	e.URL = o.in("links").in("html").text("href")
	e.End = b.run.fieldInstant(o.text("completed_on"))
	return b.give(o.text("created_on"), firstOf(o.text("completed_on"), o.text("created_on")))
}

func (b *bitbucketReading) commit(o object) error {
	e := b.start("change", "commit", o.text("hash"))
	e.Actor = bitbucketName(o.in("author"))
	e.Title, e.Body = titleAndBody(o.text("message"))
	e.URL = o.in("links").in("html").text("href")
	return b.give(o.text("date"), "")
}

func (b *bitbucketReading) serverCommit(o object) error {
	e := b.start("change", "commit", o.text("id"))
	e.Actor = bitbucketName(o.in("author"))
	e.Title, e.Body = titleAndBody(o.text("message"))
	return b.giveIn(time.Millisecond, o.text("committer_timestamp", "author_timestamp"), "")
}
