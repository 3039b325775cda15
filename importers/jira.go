package importers

import (
	"bytes"
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var jiraSource = Source{
	Name: "jira", Title: "Jira", About: "searches, issues with their changelog, comments and webhooks, from the cloud or a server; the CSV of all fields",
	Detect: detectJira, parse: parseJira,
}

// jiraLists are the names of the lists that the API answers with.
var jiraLists = map[string]bool{"issues": true, "values": true, "comments": true, "histories": true, "issueChangeLogs": true}

var jiraIssueOf = model.Pattern(`^(https?://[^\s"]+?)/rest/[a-z]+/[^/]+/issue/([^/?]+)`)

func detectJira(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		if bytes.Contains(head, []byte("Issue key")) {
			if h, ok := headOf(head); ok && isJiraTable(h.header) {
				return Sure + 5, "a table of issues"
			}
		}
		return No, ""
	}
	switch {
	case hasMembers(head, "webhookEvent"), hasMembers(head, "transition", "from_status", "to_status"):
		return Sure, "a webhook of Jira"
	case hasMembers(head, "key", "fields") && hasAnyMember(head, "summary", "issuetype", "changelog"):
		return Sure, "issues with a key and fields"
	case hasMembers(head, "items", "fromString"), hasMembers(head, "issueChangeLogs"):
		return Sure, "a changelog of issues"
	case hasMembers(head, "comments", "updateAuthor", "body"):
		return Sure, "comments of an issue"
	}
	return No, ""
}

// jiraReading is one reading of Jira's records. Only what tells of an issue's course is taken: that it
// was created, its status, and what people wrote.
type jiraReading struct {
	recorder
	changes, comments int // left out
}

func parseJira(r *run) error {
	j := &jiraReading{recorder: recorder{run: r}}
	err := r.each(func(f *File, content io.Reader) error {
		if !looksLikeJSON(f.head()) {
			return j.table(f, content)
		}
		if head := compact(f.head()); bytes.Contains(head, []byte(`"isLast":false`)) || bytes.Contains(head, []byte(`"nextPageToken":"`)) {
			r.warn("more "+f.Name, "%s is one page of several: Jira says that there is more", f.Name)
		}
		return r.recordsUpTo(otlpLimit, content, func(key string) bool { return jiraLists[key] }, func(rec jsonRecord) error {
			j.rec = rec
			return j.record(objectOf(rec.raw))
		})
	})
	if j.changes > 0 {
		r.warn("changes", "%s left out, because only those of the status are taken", plural(j.changes, "change was", "changes were"))
	}
	if j.comments > 0 {
		r.warn("comments", "%s left out; a file of comments brings them in", plural(j.comments, "comment inside an issue was", "comments inside issues were"))
	}
	return err
}

func (j *jiraReading) record(o object) error {
	page := jiraIssueOf().FindStringSubmatch(unquote(string(j.rec.page["self"])))
	switch {
	case o.has("webhook_event"), o.has("timestamp") && (o.has("issue") || o.has("comment") || o.has("worklog")):
		return j.webhook(o)
	case o.has("key", "fields"):
		return j.issue(o)
	case o.has("change_histories"):
		return j.histories(issueRef{key: o.text("issue_id")}, o.list("change_histories"))
	case o.has("items", "created"):
		ref := issueRef{}
		if page != nil {
			ref = issueRef{key: page[2], base: page[1]}
		}
		return j.histories(ref, []object{o})
	case o.has("body", "created"):
		return j.comment(issueRef{}, o)
	}
	return j.refuse("it is none of Jira's records that have a time")
}

// An issueRef is what is said of an issue in the title of an event.
type issueRef struct{ key, summary, base, service string }

func (i issueRef) name() string { return firstOf(strings.TrimSpace(i.key+" "+i.summary), "issue") }

func (i issueRef) url() string {
	if i.base == "" || !strings.Contains(i.key, "-") {
		return ""
	}
	return i.base + "/browse/" + i.key
}

func refOf(issue object) issueRef {
	fields := issue.in("fields")
	ref := issueRef{key: firstOf(issue.text("key"), issue.text("id")), summary: fields.text("summary"), service: fields.in("project").text("key")}
	if m := jiraIssueOf().FindStringSubmatch(issue.text("self")); m != nil {
		ref.base = m[1]
	}
	if c := fields.list("components"); len(c) == 1 {
		ref.service = firstOf(c[0].text("name"), ref.service)
	}
	return ref
}

// about begins an event about an issue.
func (j *jiraReading) about(ref issueRef, what, kind string, id ...string) *model.Event {
	e := j.begin(kind, append([]string{firstOf(ref.key, "issue")}, id...)...)
	e.Title, e.Service, e.URL = ref.name()+": "+what, ref.service, ref.url()
	return e
}

// issue gives that an issue was created, and the changes of its status when its changelog is there.
func (j *jiraReading) issue(o object) error {
	if err := j.created(o); err != nil {
		return err
	}
	j.comments += len(o.in("fields").in("comment").list("comments"))
	return j.histories(refOf(o), o.in("changelog").list("histories"))
}

func (j *jiraReading) created(o object) error {
	f := o.in("fields")
	e := j.about(refOf(o), "created", "action", "created")
	e.Actor = person(f.in("creator"), f.in("reporter"))
	status := f.in("status").text("name")
	if c := f.in("status").in("status_category").text("name"); c != "" && c != status {
		status += " (" + c + ")"
	}
	e.Body = joinLines(named("type", f.in("issuetype").text("name")), named("status", status), named("priority", f.in("priority").text("name")),
		named("assignee", person(f.in("assignee"))), named("due", f.text("duedate")),
		named("resolution", strings.TrimSpace(f.in("resolution").text("name")+" "+f.text("resolutiondate"))), richText(f["description"]))
	return j.give(f.text("created"), f.text("updated"))
}

// person is the name of the first of people that has one.
func person(people ...object) string {
	for _, p := range people {
		if name := p.text("display_name", "name", "key", "account_id"); name != "" {
			return name
		}
	}
	return ""
}

// histories gives the entries of a changelog that hold a change of the status.
func (j *jiraReading) histories(ref issueRef, entries []object) error {
	for _, h := range entries {
		items := h.list("items")
		status, others := splitItems(items)
		if status == "" {
			j.changes += len(items)
			continue
		}
		e := j.about(ref, status, "action", h.text("id"))
		e.Actor, e.Body = person(h.in("author")), others
		if err := j.give(h.text("created"), ""); err != nil {
			return err
		}
	}
	return nil
}

// splitItems shows the change of the status and the other changes.
func splitItems(items []object) (status, others string) {
	for _, i := range items {
		from, to := i.text("from_string", "from"), i.text("to_string", "to")
		change := strings.Trim(from+" → "+to, " ")
		if i.text("field", "field_id") == "status" {
			status = change
		} else {
			others = joinLines(others, i.text("field")+": "+change)
		}
	}
	return status, others
}

func (j *jiraReading) comment(ref issueRef, c object) error {
	if m := jiraIssueOf().FindStringSubmatch(c.text("self")); m != nil {
		ref.base = m[1]
		ref.key = firstOf(ref.key, m[2])
	}
	text := richText(c["body"])
	e := j.about(ref, "", "comms", "comment", c.text("id"))
	e.Title, e.Body = titleAndBody(strings.TrimPrefix(ref.key+": "+text, ": "))
	if !strings.Contains(ref.key, "-") {
		e.Title, e.Body = titleAndBody(text)
	}
	e.Body = joinLines(e.Body, ref.summary)
	e.Actor = person(c.in("author"), c.in("update_author"))
	return j.give(c.text("created"), c.text("updated"))
}

// webhook gives what a webhook tells. Its timestamp, in milliseconds, is when it happened.
func (j *jiraReading) webhook(o object) error {
	ref, name := refOf(o.in("issue")), o.text("webhook_event")
	what := strings.ReplaceAll(strings.TrimPrefix(firstOf(name, "changed"), "jira:"), "_", " ")
	entry, commented := o.in("changelog"), o.has("comment") && o.in("comment").has("id")
	if strings.HasSuffix(name, "issue_created") && o.in("issue").in("fields").has("created") {
		return j.created(o.in("issue"))
	}
	if commented && !strings.HasSuffix(name, "deleted") {
		if err := j.comment(ref, o.in("comment")); err != nil || len(entry.list("items")) == 0 {
			return err
		}
	}
	status, others := splitItems(entry.list("items"))
	if t := o.in("transition"); len(t) > 0 && status == "" {
		status = strings.Trim(t.text("from_status")+" → "+t.text("to_status"), " ")
	}
	first, _, _ := strings.Cut(others, "\n")
	at := o.text("timestamp")
	id := firstOf(entry.text("id"), strings.ReplaceAll(what, " ", "_")+":"+firstOf(o.in("comment").text("id"), o.in("worklog").text("id"))+":"+at)
	e := j.about(ref, firstOf(status, first, what), "action", id)
	e.Body = joinLines(others, richText(o.in("comment")["body"]), named("time spent", o.in("worklog").text("time_spent")), what)
	e.Actor = person(o.in("user"), o.in("comment").in("update_author"), o.in("worklog").in("update_author"))
	if at == "" {
		return j.give(o.in("issue").in("fields").text("updated"), "")
	}
	return j.giveIn(time.Millisecond, at, "")
}

// richText is the text of a field that is plain, or a document of the cloud, whose paragraphs are lines.
func richText(raw []byte) string {
	if len(raw) == 0 || raw[0] != '{' {
		return unquote(string(raw))
	}
	var b strings.Builder
	writeRich(&b, objectOf(raw), 0)
	return strings.TrimSpace(b.String())
}

func writeRich(b *strings.Builder, node object, depth int) {
	if depth > 30 {
		return
	}
	switch kind := node.text("type"); kind {
	case "text":
		b.WriteString(node.text("text"))
	case "hardBreak":
		b.WriteByte('\n')
	case "mention", "emoji", "status", "inlineCard":
		b.WriteString(node.in("attrs").text("text", "short_name", "url"))
	default:
		for _, c := range node.list("content") {
			writeRich(b, c, depth+1)
		}
		switch kind {
		case "paragraph", "heading", "codeBlock", "rule", "tableRow":
			b.WriteByte('\n')
		}
	}
}
