package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"aftermath/model"
)

var (
	gitLogLine = model.Pattern(`^([0-9a-f]{7,64})([\t|,; ])\s*"?(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?: ?[+-]\d{2}:?\d{2}|Z))"?([\t|,; ])\s*(.*)$`)
	gitCommit  = model.Pattern(`^commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\b`)
)

// gitLog reads git log: one commit a line with its date, or git's own form with the committer's date
// where it is written.
func (g *githubReading) gitLog(content io.Reader) error {
	l := newLines(content)
	var e *model.Event
	var date, message string
	flush := func() error {
		if e == nil {
			return nil
		}
		g.event = *e
		g.event.Title, g.event.Body = titleAndBody(message)
		e, message = nil, ""
		return g.giveCommit(date)
	}
	for {
		raw, err := l.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return brokenFile{l.n, err}
			}
			return flush()
		}
		line := string(raw)
		switch m := gitLogLine().FindStringSubmatch(line); {
		case l.long:
			g.run.refuse(l.n, longRecord, line[:200])
		case m != nil:
			if err := flush(); err != nil {
				return err
			}
			author, subject, ok := strings.Cut(m[5], m[4])
			if !ok || m[4] == " " {
				author, subject = "", m[5]
			}
			g.start(l.n, raw, m[1])
			g.event.Actor = strings.Trim(author, `"`)
			g.event.Title, g.event.Body = titleAndBody(strings.Trim(subject, `"`))
			if err := g.giveCommit(m[3]); err != nil {
				return err
			}
		case gitCommit().MatchString(line):
			if err := flush(); err != nil {
				return err
			}
			g.start(l.n, raw, gitCommit().FindStringSubmatch(line)[1])
			begun := g.event
			e, date = &begun, ""
		case e != nil && strings.HasPrefix(line, "    "):
			message = joinBlocks(message, line[4:])
		case e != nil:
			key, value, _ := strings.Cut(line, ":")
			value = strings.TrimSpace(value)
			switch key {
			case "Author":
				name, _, _ := strings.Cut(value, " <")
				e.Actor = name
			case "CommitDate":
				date = gitDate(value)
			case "Date", "AuthorDate":
				date = firstOf(date, gitDate(value))
			}
		case strings.TrimSpace(line) != "":
			g.run.refuse(l.n, "it is no line of git log with a commit, a date and a text", line)
		}
	}
}

// gitDate turns git's own date, Wed Nov 4 10:00:00 2026 +0100, into one that is read elsewhere.
func gitDate(s string) string {
	f := strings.Fields(s)
	if len(f) == 6 && len(f[1]) == 3 {
		return f[2] + " " + f[1] + " " + f[4] + " " + f[3] + " " + f[5]
	}
	return s
}

func (g *githubReading) start(line int, raw []byte, sha string) {
	g.rec = jsonRecord{n: line, raw: append([]byte(nil), raw...)}
	g.run.original = string(raw)
	g.event = model.Event{Kind: "change", ExternalID: sha}
}

// giveCommit gives a commit of a log. Logs cut its hash short at will, so it is known by the beginning of the hash and
// of its subject, whichever form it is written in.
func (g *githubReading) giveCommit(date string) error {
	g.event.ExternalID = "github:commit:" + commitID(g.event.ExternalID, g.event.Title)
	return g.give(date, "")
}

func commitID(sha, subject string) string {
	const short = 7 // the least that git writes
	sum := sha256.Sum256([]byte(subject[:min(len(subject), 24)]))
	return sha[:min(len(sha), short)] + ":" + hex.EncodeToString(sum[:4])
}
