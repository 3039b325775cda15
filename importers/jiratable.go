package importers

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// Jira exports issues as a table, too. A row is one issue; headers that hold many values come many times, and a
// comment is date;account;text in one field.

// isJiraTable reports whether a header is that of Jira's export.
func isJiraTable(header []string) bool {
	names := columnNames(header)
	return slices.Contains(names, "issue_key") && slices.Contains(names, "created") && (slices.Contains(names, "summary") || slices.Contains(names, "issue_id"))
}

// A jiraRow is one issue of a table.
type jiraRow struct{ names, fields []string }

// first is the first value under a header that says something.
func (w jiraRow) first(name string) string {
	return firstOf(append(w.all(name), "")...)
}

// all is every value under the headers of a name.
func (w jiraRow) all(name string) (values []string) {
	for i, n := range w.names {
		if n == name && i < len(w.fields) && strings.TrimSpace(w.fields[i]) != "" {
			values = append(values, strings.TrimSpace(w.fields[i]))
		}
	}
	return values
}

// table reads an export in the form of a table.
func (j *jiraReading) table(f *File, content io.Reader) error {
	j.run.clock.file, j.run.clock.dayFirst = namedZone{}, orderUnknown
	h, ok := headOf(f.head())
	if !ok {
		return nil
	}
	t := newTable(content)
	t.comma = h.comma
	names := columnNames(h.header)
	for n := 0; ; n++ {
		fields, err := t.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, errOpenQuote):
			return brokenFile{t.lines.n, err}
		case n <= h.skipped:
			continue
		}
		j.rec = jsonRecord{raw: []byte(t.text), n: t.line}
		j.run.original = t.text
		if err := j.rowEvents(jiraRow{names, fields}); err != nil {
			return err
		}
	}
}

// rowEvents gives that an issue was created, its comments, and that it was resolved.
func (j *jiraReading) rowEvents(w jiraRow) error {
	ref := issueRef{key: firstOf(w.first("issue_key"), w.first("issue_id")), summary: w.first("summary"), service: firstOf(w.first("component/s"), w.first("components"), w.first("project_key"))}
	e := j.about(ref, "created", "action", "created")
	e.Actor = firstOf(w.first("creator"), w.first("reporter"))
	e.Body = joinLines(named("type", w.first("issue_type")), named("status", w.first("status")), named("priority", w.first("priority")),
		named("assignee", w.first("assignee")), named("due", w.first("due_date")), named("labels", strings.Join(w.all("labels"), ", ")),
		named("resolution", strings.TrimSpace(w.first("resolution")+" "+w.first("resolved"))), w.first("description"))
	if err := j.give(w.first("created"), w.first("updated")); err != nil {
		return err
	}
	for _, text := range append(w.all("comment"), w.all("comments")...) {
		if err := j.rowComment(ref, text); err != nil {
			return err
		}
	}
	if at := w.first("resolved"); at != "" {
		j.about(ref, "resolved"+strings.TrimSuffix(" ("+w.first("resolution")+")", " ()"), "status", "resolved")
		return j.give(at, "")
	}
	return nil
}

func (j *jiraReading) rowComment(ref issueRef, field string) error {
	parts := strings.SplitN(field, ";", 3)
	at, who, text := parts[0], "", ""
	switch len(parts) {
	case 3:
		who, text = parts[1], parts[2]
	case 2:
		text = parts[1]
	}
	if _, ok := wholeStamp(at); !ok || text == "" {
		j.comments++
		return nil
	}
	e := j.about(ref, "", "comms", "comment")
	e.Title, e.Body = titleAndBody(ref.key + ": " + text)
	e.Body = joinLines(e.Body, ref.summary)
	if !isAccount(who) {
		e.Actor = who
	}
	return j.hashed(textTime, false, at, ref.key, who, text)
}

// isAccount reports whether a name is an account's number, which tells people nothing.
func isAccount(who string) bool {
	return strings.Contains(who, ":") || len(who) >= 20 && !strings.ContainsAny(who, " @")
}
