package importers

import (
	"io"
	"strings"
)

var linearSource = Source{
	Name: "linear", Title: "Linear", About: "webhooks, and the answers of the API with issues, their history and comments",
	Detect: detectLinear, parse: parseLinear,
}

func detectLinear(_ string, head []byte) (Confidence, string) {
	switch {
	case !looksLikeJSON(head):
		return No, ""
	case hasMembers(head, "webhookTimestamp", "organizationId"), hasMembers(head, "updatedFrom", "organizationId"), hasMembers(head, "action", "type", "data", "organizationId"):
		return Sure, "a webhook of Linear"
	case hasMembers(head, "data", "nodes", "identifier"), hasMembers(head, "identifier", "title", "createdAt") && hasAnyMember(head, "state", "assignee", "team"):
		return Sure, "issues with an identifier"
	case hasMembers(head, "nodes", "createdAt") && hasAnyMember(head, "toState", "fromState"):
		return Sure, "the history of an issue"
	}
	return No, ""
}

// linearReading is one reading of Linear's records.
type linearReading struct{ recorder }

func parseLinear(r *run) error {
	l := &linearReading{recorder{run: r}}
	return r.each(func(_ *File, content io.Reader) error {
		return r.recordsUpTo(otlpLimit, content, func(string) bool { return false }, func(rec jsonRecord) error {
			l.rec = rec
			o := objectOf(rec.raw)
			switch {
			case o.has("action", "data") && o.has("type"):
				return l.webhook(o)
			case o.has("errors") && !o.has("data"):
				return l.refuse("Linear answered with an error")
			}
			found, err := l.walk(o, 0)
			if err == nil && !found {
				return l.refuse("it holds no issue of Linear")
			}
			return err
		})
	})
}

// walk looks for issues in an answer, whose shape follows the question that was asked.
func (l *linearReading) walk(o object, depth int) (found bool, err error) {
	if o.has("identifier") && (o.has("title") || o.has("created_at")) {
		return true, l.issue(o)
	}
	if o.in("page_info").text("has_next_page") == "true" {
		l.run.warn("more "+l.run.fileName(), "%s is one page of several: Linear says that there is more", l.run.fileName())
	}
	if depth > 8 {
		return false, nil
	}
	for _, key := range sortedKeys(o) {
		inner := []object{o.in(key)}
		if v := o[key]; len(v) > 0 && v[0] == '[' {
			inner = o.list(key)
		}
		for _, i := range inner {
			if len(i) == 0 {
				continue
			}
			f, err := l.walk(i, depth+1)
			if err != nil {
				return found, err
			}
			found = found || f
		}
	}
	return found, nil
}

// nodes are the entries of a connection, which may be answered with or without edges.
func nodes(o object, key string) []object {
	c := o.in(key)
	all := c.list("nodes")
	for _, e := range c.list("edges") {
		all = append(all, e.in("node"))
	}
	return append(all, o.list(key)...)
}

// linearName is the identifier and the title of an issue, or what else a record is called.
func linearName(o object) string {
	id := o.text("identifier")
	if team := o.in("team").text("key"); id == "" && team != "" && o.text("number") != "" {
		id = team + "-" + o.text("number")
	}
	return strings.TrimSpace(id + " " + o.text("title", "name"))
}

// issue gives that an issue was created, its history and its comments.
func (l *linearReading) issue(o object) error {
	e := l.begin("action", firstOf(o.text("id"), o.text("identifier")), o.text("created_at"))
	e.Title = linearName(o) + ": created"
	e.URL = o.text("url")
	e.Service = o.in("team").text("name", "key")
	e.Actor = o.in("creator").text("name", "display_name")
	e.Body = linearBody(o)
	if err := l.give(o.text("created_at"), o.text("updated_at")); err != nil {
		return err
	}
	for _, h := range nodes(o, "history") {
		if err := l.change(o, h); err != nil {
			return err
		}
	}
	for _, c := range nodes(o, "comments") {
		if err := l.comment(c, linearName(o), c.text("created_at")); err != nil {
			return err
		}
	}
	return nil
}

func linearBody(o object) string {
	return joinLines(named("state", o.in("state").text("name")), named("priority", o.text("priority_label")), named("assignee", o.in("assignee").text("name", "display_name")),
		named("due", o.text("due_date")), named("completed", o.text("completed_at")), named("canceled", o.text("canceled_at")), o.text("description", "content"))
}

// change gives one entry of an issue's history.
func (l *linearReading) change(issue, h object) error {
	var what []string
	for _, side := range []string{"state", "assignee", "priority", "title", "due_date", "estimate", "cycle", "project", "team", "parent"} {
		from, to := linearSide(h, "from_"+side), linearSide(h, "to_"+side)
		switch {
		case from+to == "":
		case side == "state":
			what = append([]string{strings.Trim(from+" → "+to, " ")}, what...)
		default:
			what = append(what, strings.ReplaceAll(side, "_", " ")+": "+strings.Trim(from+" → "+to, " "))
		}
	}
	for _, flag := range []string{"archived", "trashed", "auto_closed"} {
		if h.text(flag) == "true" {
			what = append(what, strings.ReplaceAll(flag, "_", " "))
		}
	}
	e := l.begin("action", firstOf(h.text("id"), issue.text("id")), h.text("created_at"))
	e.Title = linearName(issue) + ": " + firstOf(strings.Join(what, ", "), "changed")
	e.URL = issue.text("url")
	e.Service = issue.in("team").text("name", "key")
	e.Actor = h.in("actor").text("name", "display_name")
	return l.give(h.text("created_at"), h.text("updated_at"))
}

// linearSide is one side of a change: a name, a number or a text.
func linearSide(h object, key string) string {
	return firstOf(h.in(key).text("name", "display_name", "identifier", "number"), h.text(key))
}

func (l *linearReading) comment(c object, about, at string) error {
	text := c.text("body")
	e := l.begin("comms", c.text("id"), at)
	e.URL = c.text("url")
	e.Actor = firstOf(c.in("user").text("name", "display_name"), c.in("bot_actor").text("name"))
	e.Title, e.Body = titleAndBody(text)
	e.Body = joinLines(e.Body, about)
	return l.give(at, c.text("updated_at"))
}

// webhook gives what a webhook tells, at the time that its envelope states. The time in webhookTimestamp
// is when it was sent.
func (l *linearReading) webhook(o object) error {
	d, kind, action, at := o.in("data"), o.text("type"), o.text("action"), o.text("created_at")
	actor := firstOf(o.in("actor").text("name"), d.in("user").text("name"))
	name := firstOf(linearName(d), linearName(d.in("issue")), linearName(d.in("project")), d.text("emoji"))
	e := l.begin("action", d.text("id"), at)
	e.Actor, e.URL, e.Service = actor, o.text("url"), d.in("team").text("name")
	switch {
	case kind == "Comment" && action != "remove", kind == "ProjectUpdate" && action != "remove":
		e.Kind = "comms"
		e.Title, e.Body = titleAndBody(d.text("body"))
		e.Body = joinLines(e.Body, name, named("health", d.text("health")))
	default:
		e.Title, e.Body = name+": "+linearWhat(kind, action, d, o.in("updated_from")), linearBody(d)
	}
	if action == "remove" {
		e.ExternalID += ":remove"
	}
	return l.give(at, d.text("updated_at"))
}

// linearWhat says what happened to the record of a webhook.
func linearWhat(kind, action string, d, old object) string {
	past := map[string]string{"create": "created", "update": "changed", "remove": "removed", "restore": "restored"}[action]
	if kind != "Issue" {
		past = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(snake(kind), "_", " ")), " ")) + " " + firstOf(past, action)
	}
	if action != "update" || len(old) == 0 {
		return firstOf(past, action)
	}
	if old.has("state_id") && d.in("state").text("name") != "" {
		return "→ " + d.in("state").text("name")
	}
	var fields []string
	for _, k := range sortedKeys(old) {
		if k != "updated_at" && k != "sort_order" && k != "board_order" && k != "sub_issue_sort_order" && k != "description_data" {
			fields = append(fields, strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(k, "_ids"), "_id"), "_", " "))
		}
	}
	if len(fields) == 0 {
		return firstOf(past, action)
	}
	return strings.Join(fields, ", ") + " changed"
}
