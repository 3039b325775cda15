package importers

import (
	"strings"
	"time"
)

// bitbucketDone are the words for what happened to a pull request, by the state that it is in or the last
// word of a webhook's key.
var bitbucketDone = map[string]string{
	"open": "", "opened": "", "created": "", "merged": "merged", "fulfilled": "merged", "declined": "declined", "rejected": "declined", "superseded": "superseded", "deleted": "deleted",
	"approved": "approved", "unapproved": "approval withdrawn", "needs_work": "needs work", "from_ref_updated": "new commits", "modified": "changed", "updated": "updated", "reviewer": "reviewers changed",
}

// pullRequestHook gives what a webhook of the Cloud tells of a pull request: an approval or a comment has
// a time of its own, everything else the one of the request.
func (b *bitbucketReading) pullRequestHook(o object) error {
	request, comment := o.in("pullrequest"), o.in("comment")
	switch {
	case len(comment) > 0:
		return b.comment(comment.in("content").text("raw"), comment.text("id"), comment.text("created_on", "updated_on"), comment.in("links").in("html").text("href"), request)
	case o.has("approval"):
		return b.pullRequest(request, "approved", o.in("approval").text("date"))
	case o.has("changes_request"):
		return b.pullRequest(request, "needs_work", o.in("changes_request").text("date"))
	}
	return b.pullRequest(request, "", "")
}

func (b *bitbucketReading) comment(text, id, at, link string, request object) error {
	e := b.start("comms", "comment", id)
	e.Title, e.Body = titleAndBody(text)
	e.Body = joinLines(e.Body, named("on", "#"+request.text("id")+" "+request.text("title")))
	e.URL = link
	return b.giveIn(time.Millisecond, at, "")
}

// pullRequest gives a pull request of the Cloud as it is, or what was done to it at a time.
func (b *bitbucketReading) pullRequest(o object, done, at string) error {
	created, updated := o.text("created_on"), o.text("updated_on")
	if done == "" {
		if done = strings.ToLower(o.text("state")); done == "open" && updated != "" && updated != created && b.actor != "" {
			done = "updated"
		}
		at = updated
		if done == "open" || at == "" {
			at = created
		}
	}
	b.request(o, done, at)
	e := &b.event
	e.Body = joinLines(o.text("description"), named("from", o.in("source").in("branch").text("name")), named("to", o.in("destination").in("branch").text("name")))
	e.Actor = firstOf(b.actor, bitbucketName(o.in("author")))
	e.URL = o.in("links").in("html").text("href")
	if e.Service == "" {
		e.Service = o.in("destination").in("repository").text("full_name")
	}
	return b.give(at, updated)
}

// request begins the event of what was done to a pull request.
func (b *bitbucketReading) request(o object, done, at string) {
	word, known := bitbucketDone[done]
	if !known {
		word = strings.ReplaceAll(done, "_", " ")
	}
	id := []string{"pull_request", b.repo, o.text("id"), firstOf(word, "opened")}
	if word != "" {
		id = append(id, at)
	}
	e := b.start("action", id...)
	if word == "merged" {
		e.Kind = "change"
	}
	e.Title = headline(strings.TrimSpace("#"+o.text("id")+" "+o.text("title")), word)
}

// serverPullRequest gives what a webhook of a server tells of a pull request.
func (b *bitbucketReading) serverPullRequest(o object) error {
	request := o.in("pull_request")
	if len(request) == 0 {
		return b.refuse("it is none of Bitbucket's records that are read")
	}
	comment := o.in("comment")
	parts := strings.Split(o.text("event_key"), ":")
	if done := parts[len(parts)-1]; len(comment) == 0 || done == "deleted" {
		if len(parts) > 1 && parts[1] == "reviewer" {
			done = firstOf(map[string]string{"updated": "reviewer"}[done], done)
		}
		return b.serverRequest(request, done, o.text("date"))
	}
	b.repo = firstOf(b.repo, serverRepo(request))
	return b.comment(comment.text("text"), comment.text("id"), firstOf(o.text("date"), comment.text("updated_date", "created_date")), "", request)
}

// serverRequest gives a pull request of a server as it is, or what was done to it at a time.
func (b *bitbucketReading) serverRequest(o object, done, at string) error {
	b.repo = firstOf(b.repo, serverRepo(o))
	if done == "" {
		done = strings.ToLower(o.text("state"))
		at = o.text("closed_date", "updated_date", "created_date")
		if done == "open" {
			at = o.text("created_date")
		}
	}
	b.request(o, snake(done), at)
	b.event.Actor = firstOf(b.actor, bitbucketName(o.in("author")))
	b.event.Body = joinLines(o.text("description"), named("from", o.in("from_ref").text("display_id")), named("to", o.in("to_ref").text("display_id")))
	return b.giveIn(time.Millisecond, at, o.text("updated_date"))
}

func serverRepo(request object) string {
	repo := request.in("to_ref").in("repository")
	return strings.Trim(repo.in("project").text("key")+"/"+repo.text("slug"), "/")
}
