package importers

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"aftermath/model"
)

var syslogSource = Source{
	Name: "syslog", Title: "Log lines", About: "syslog (RFC 3164 and 5424), logs of servers and applications, access logs, logfmt; lines without a time join the one before. Also called logs",
	aliases: []string{"logs", "log"},
	Detect:  detectSyslog, parse: parseSyslog,
}

func detectSyslog(name string, head []byte) (Confidence, string) {
	if looksBinary(head) || hasExt(name, ".md", ".csv", ".json", ".jsonl") {
		return No, ""
	}
	stamped, all, boot := 0, 0, 0
	for line := range strings.Lines(string(head)) {
		if line = strings.TrimRight(line, "\r\n"); line == "" || line[0] == ' ' || line[0] == '\t' {
			continue
		}
		all++
		if l, ok := logLineOf(line); ok && l.stamp.precision != "minute" && (l.stamp.month > 0 || l.level != "") {
			stamped++
		} else if sinceBoot().MatchString(line) {
			boot++
		}
	}
	switch {
	case boot*10 >= all*8 && boot > stamped:
		return Likely, "lines that start with the seconds since the machine started"
	case stamped == 0:
		return No, ""
	case stamped*10 >= all*8:
		return Likely + 15, "lines that start with a date and a time"
	case stamped*10 >= all:
		return Possible + 25, "lines that start with a date and a time"
	}
	return Possible - 10, "a line that starts with a date and a time"
}

// A logLine is a line of a log taken apart.
type logLine struct {
	stamp   stamp
	written string
	host    string
	tag     string
	level   string
	text    string
}

var (
	priority  = model.Pattern(`^<(\d{1,3})>`)
	classic   = model.Pattern(`^([A-Z][a-z]{2}) ([ 0-3]?\d) (?:(\d{4}) )?(\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?)(?: ([A-Z]{3,4}|[+-]\d{2}:?\d{2}):?)?:? `)
	bracketed = model.Pattern(`^\[((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2}(?:\.\d+)? \d{4}|\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}|\d{4}-\d{2}-\d{2}[T ][^\]]{5,30})\]\s*`)
	elsewhere = model.Pattern(`^(\p{L}[\p{L}\p{M}]{2,9})\.? {1,2}([ 0-3]?\d) (?:(\d{4}) )?(\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?)(?: ([A-Z]{3,4}|[+-]\d{2}:?\d{2}):?)?:? `) // the month in another language
	access    = model.Pattern(`^(\S+) \S+ \S+ \[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4})\] (".*)$`)
	klog      = model.Pattern(`^([IWEF])(\d{2})(\d{2}) (\d{2}:\d{2}:\d{2}\.\d{1,6})\s+\d+ ([^\]\s]+)\] (.*)$`)
	header    = model.Pattern(`^(\S+) ([^\s:\[]{1,128}(?:\([^)]*\))?)(?:\[\d+\])?(?: \([^)]*\))?: ?`)
	// Without its version a line is RFC 5424 only where the name is none of a tag's and the process is a number.
	rfc5424   = model.Pattern(`^(?:\d{1,2} )?(\S+) ([^\s\[]*[^\s:\]]) (-|\d+) (\S+) (-(?: |$)|\[)`)
	versioned = model.Pattern(`^ ?(\S+) (\S+) (\S+) (\S+) (-|\[)`)
	// A word is a level in brackets, in capitals, or before a colon; elsewhere it is a word of the text.
	levelWord = model.Pattern(`^[\s-]*(?:[\[(](?i:(` + levelWords + `)) *[\])](?:[\s:|-]+|$)|(` + levels + `|` + levelWords + `)(?:\s*[:|]+[\s|-]*|\t+|\s{2,}|$)|(` + levels + `)(?:[\s:|-]+|$))`)
	httpPath  = model.Pattern(`^(?:/|\*|https?://)\S* ?`)
	sinceBoot = model.Pattern(`^(?:<\d{1,3}>)?\[ {0,6}\d{1,7}\.\d{6}\](?:\[[^\]]*\])? `)
	directive = model.Pattern(`^#(?:Software|Version|Fields|Date|Start-Date|End-Date|Remark): `)
	leading   = model.Pattern(`^(?i:\[?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE)\]?:?\s+)`)
)

const levelWords = `trace|debug|info|notice|warn|warning|error|err|critical|crit|fatal|severe|emerg|alert|panic`

// logLineOf takes a line apart. It says no when the line has no time that begins an entry.
func logLineOf(line string) (logLine, bool) {
	if l, ok := stampedLine(line); ok {
		return l, true
	}
	if line == "" || line[0] == ' ' || line[0] == '\t' {
		return logLine{}, false
	}
	if l, ok := logfmtLine(line); ok {
		return l, true
	}
	return formLine(line)
}

// stampedLine takes a line apart that starts with a date and a time, as nearly all do.
func stampedLine(line string) (logLine, bool) {
	var l logLine
	rest := line
	if m := priority().FindString(rest); m != "" {
		if pri, _ := digits(m, 1, 3); pri&7 <= 3 {
			l.level = "error"
		}
		rest = rest[len(m):]
		if strings.HasPrefix(rest, "1 ") {
			return l.structured(rest[2:])
		}
	}
	if len(rest) == 0 {
		return l, false
	}
	switch c := rest[0]; {
	case c >= '0' && c <= '9':
		if st, n, ok := isoStamp(rest); ok && st.timed {
			l.stamp, l.written = st, rest[:n]
			return l.after(rest[n:])
		}
		if m := access().FindStringSubmatch(rest); m != nil {
			l.host, l.text, l.written = m[1], m[3], m[2]
			st, ok := wholeStamp(m[2])
			l.stamp = st
			return l, ok
		}
		return l, false
	case c == '[':
		m := bracketed().FindStringSubmatch(rest)
		if m == nil {
			return l, false
		}
		st, ok := wholeStamp(m[1])
		l.stamp, l.written = st, m[1]
		if !ok {
			return l, false
		}
		return l.after(" " + rest[len(m[0]):])
	case c >= 'A' && c <= 'Z':
		return l.named(rest)
	case c >= utf8.RuneSelf || c >= 'a' && c <= 'z':
		if m := elsewhere().FindStringSubmatch(rest); m != nil && model.MonthNamed(m[1]) > 0 {
			return l.dated(m, rest), true
		}
	}
	if m := access().FindStringSubmatch(rest); m != nil {
		l.host, l.text, l.written = m[1], m[3], m[2]
		st, ok := wholeStamp(m[2])
		l.stamp = st
		return l, ok
	}
	return l, false
}

// named reads the lines that begin with a month, a klog letter or a level.
func (l logLine) named(rest string) (logLine, bool) {
	if m := classic().FindStringSubmatch(rest); m != nil && model.MonthNamed(m[1]) > 0 {
		return l.dated(m, rest), true
	}
	if m := klog().FindStringSubmatch(rest); m != nil {
		l.stamp.month, _ = digits(m[2], 0, 2)
		l.stamp.day, _ = digits(m[3], 0, 2)
		clockTime(m[4], &l.stamp)
		l.written, l.tag, l.text = m[1]+m[2]+m[3]+" "+m[4], m[5], m[6]
		l.level = map[string]string{"I": "info", "W": "warning", "E": "error", "F": "fatal"}[m[1]]
		return l, true
	}
	if m := leading().FindStringSubmatch(rest); m != nil {
		after := strings.TrimLeft(rest[len(m[0]):], "[ ")
		if st, n, ok := isoStamp(after); ok && st.timed {
			l.stamp, l.written, l.level = st, after[:n], strings.ToLower(m[1])
			l.text = strings.TrimLeft(after[n:], "] :-")
			return l, true
		}
	}
	return l, false
}

// dated reads a line that begins with a month, a day and a clock, as syslog has written it from the beginning.
func (l logLine) dated(m []string, rest string) logLine {
	l.stamp.month = model.MonthNamed(m[1])
	l.stamp.day, _ = digits(strings.TrimSpace(m[2]), 0, 2)
	l.stamp.year, _ = digits(m[3], 0, 4)
	clockTime(m[4], &l.stamp)
	if z, ok := zoneWord(m[5]); ok {
		l.stamp.zone = z.location
	}
	l.written = strings.TrimRight(m[0], ": ")
	l.tagged(rest[len(m[0]):])
	return l
}

// after reads what follows an ISO time: RFC 5424 without its number, a host and a tag, or a level.
func (l logLine) after(rest string) (logLine, bool) {
	if rest != "" && rest[0] != ' ' && rest[0] != '\t' && rest[0] != ':' && rest[0] != ']' && rest[0] != '|' && rest[0] != ',' {
		return l, false
	}
	rest = l.zoneBefore(strings.TrimLeft(rest, " \t:]|,"))
	if m := levelWord().FindStringSubmatch(rest); m != nil && !httpPath().MatchString(rest[len(m[0]):]) {
		l.level = strings.ToLower(m[1] + m[2] + m[3])
		l.text = l.thread(strings.TrimLeft(rest[len(m[0]):], " "))
		return l, true
	}
	if l.tail(logTails, rest) {
		return l, true
	}
	if l.fields(rfc5424, rest) {
		return l, true
	}
	l.tagged(rest)
	return l, true
}

// fields reads what RFC 5424 has after the time: host, name, process, kind of message, structured data.
func (l *logLine) fields(form func() *regexp.Regexp, rest string) bool {
	m := form().FindStringSubmatch(rest)
	if m == nil || strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "- ") {
		return false
	}
	l.host, l.tag = dashless(m[1]), dashless(m[2])
	l.text = afterStructure(rest[len(m[0])-len(m[5]):])
	return true
}

// zoneBefore takes an abbreviation of a zone off the rest, as in "CET [12] LOG: …". One that is not known
// stays, and the zone is asked for.
func (l *logLine) zoneBefore(rest string) string {
	n := strings.IndexAny(rest, " :")
	if l.stamp.zone != nil || n < 3 || n > 5 || !strings.HasPrefix(rest[n:], " [") && rest[n] != ':' {
		return rest
	}
	z, ok := zoneWord(rest[:n])
	if !ok {
		return rest
	}
	l.stamp.zone = z.location
	l.written += " " + rest[:n]
	return strings.TrimLeft(rest[n:], " :")
}

// thread takes a bracketed thread or logger off the text, as log4j writes it before its message.
func (l *logLine) thread(rest string) string {
	if i := strings.Index(rest, "] - "); i > 0 && rest[0] == '[' {
		l.tag = lastWord(rest[1:i])
		return rest[i+4:]
	}
	if l.tail(afterLevel, rest) {
		return l.text
	}
	return rest
}

// lastWord is the class in a log4j thread such as main:QuorumPeer@913.
func lastWord(s string) string {
	s = s[strings.LastIndexByte(s, ':')+1:]
	s, _, _ = strings.Cut(s, "@")
	return s
}

// tagged reads "host tag[12]: text".
func (l *logLine) tagged(rest string) {
	if m := header().FindStringSubmatch(rest); m != nil {
		l.host, l.tag, l.text = m[1], m[2], rest[len(m[0]):]
		return
	}
	l.text = rest
}

// structured reads the rest of an RFC 5424 line after its version.
func (l logLine) structured(rest string) (logLine, bool) {
	st, n, ok := isoStamp(rest)
	if !ok || !st.timed || n >= len(rest) {
		return l, false
	}
	l.stamp, l.written = st, rest[:n]
	if l.fields(versioned, rest[n:]) {
		return l, true
	}
	level := l.level
	l, ok = l.after(rest[n:])
	l.level = firstOf(level, l.level)
	return l, ok
}

func dashless(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// afterStructure skips the structured data of RFC 5424.
func afterStructure(s string) string {
	if s[0] == '-' {
		return strings.TrimPrefix(strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(s[1:], " "), "-"), " "), "\ufeff")
	}
	for len(s) > 0 && s[0] == '[' {
		quoted, end := false, -1
		for i := 1; i < len(s); i++ {
			if s[i] == '\\' && quoted {
				i++
			} else if s[i] == '"' {
				quoted = !quoted
			} else if s[i] == ']' && !quoted {
				end = i
				break
			}
		}
		if end < 0 {
			return s
		}
		s = s[end+1:]
	}
	return strings.TrimPrefix(strings.TrimLeft(s, " "), "\ufeff")
}

// syslogReading is one reading of a log. An event waits for the lines that go on with it.
type syslogReading struct {
	run    *run
	event  model.Event
	open   bool
	text   strings.Builder
	last   time.Time
	month  int
	year   int
	broken bool // the last line was refused, so what goes on with it is refused too
}

func parseSyslog(r *run) error {
	return r.each(func(_ *File, content io.Reader) error {
		r.clock.file = namedZone{}
		s := &syslogReading{run: r}
		l := newLines(content)
		for {
			line, err := l.next()
			if errors.Is(err, io.EOF) {
				return s.flush()
			}
			if err != nil {
				return errors.Join(s.flush(), brokenFile{l.n, err})
			}
			if l.long {
				r.refuse(l.n, longRecord, string(line[:200]))
				continue
			}
			if err := s.line(line, l.n); err != nil {
				return err
			}
		}
	})
}

func (s *syslogReading) line(raw []byte, n int) error {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	r := s.run
	r.noteInvalid(utf8.Valid(raw), n)
	line := string(raw)
	l, ok := logLineOf(line)
	if !ok {
		return s.more(line, n)
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.rollYear(&l.stamp)
	at, source, err := r.clock.at(l.stamp, n, l.written)
	if isQuestion(err) {
		return err
	}
	if s.broken = err != nil; s.broken {
		r.refuse(n, err.Error(), line)
		return nil
	}
	at = r.clock.secondPass(at, s.last, source)
	s.last = at
	s.event = model.Event{At: at, TimeText: l.written, ZoneSource: source, Precision: l.stamp.precision, Line: n, Actor: l.host, Service: l.tag, Kind: "log", Source: r.src.Name}
	if isErrorLevel(l.level) || strings.HasPrefix(l.text, "##[error]") {
		s.event.Kind = "signal"
	}
	s.text.Reset()
	s.text.WriteString(l.text)
	s.open = true
	r.original = line
	return nil
}

// more joins a line without a time to the event before it.
func (s *syslogReading) more(line string, n int) error {
	switch {
	case sinceBoot().MatchString(line):
		if err := s.flush(); err != nil {
			return err
		}
		s.run.refuse(n, "it has no date: its time counts the seconds since the machine started; dmesg -T or journalctl -k writes dates", line)
	case directive().MatchString(line):
		s.run.clock.file = namedZone{name: "UTC, as W3C logs are", location: time.UTC}
	case s.broken:
		return nil // it was refused with its first line
	case !s.open:
		s.run.refuse(n, "the line does not start with a date and a time", line)
	case s.text.Len()+len(line) > recordLimit:
		s.run.refuse(n, longRecord, line)
	default:
		s.text.WriteByte('\n')
		s.text.WriteString(line)
	}
	return nil
}

func (s *syslogReading) flush() error {
	if !s.open {
		return nil
	}
	s.open = false
	e, text := &s.event, slowQuery(s.text.String())
	e.Title, e.Body = titleAndBody(text)
	if m := leading().FindStringSubmatch(e.Title); m != nil && isErrorLevel(m[1]) && m[1] == strings.ToUpper(m[1]) {
		e.Kind = "signal"
	}
	e.ExternalID = s.run.hashID("syslog", true, s.run.written(e), e.Actor, e.Service, text)
	return s.run.event(e)
}

// slowQuery puts the statement of MySQL's log of slow queries before the figures about it.
func slowQuery(text string) string {
	if !strings.HasPrefix(text, "\n# User@Host:") {
		return text
	}
	figures := 0
	for line := range strings.Lines(text) {
		if line == "\n" || line[0] == '#' || strings.HasPrefix(line, "SET timestamp=") || strings.HasPrefix(line, "use ") {
			figures += len(line)
			continue
		}
		return strings.TrimRight(text[figures:], "\n") + text[:figures]
	}
	return text
}

// rollYear follows a log without years over the turn of the year, in either direction.
func (s *syslogReading) rollYear(st *stamp) {
	if st.year != 0 || st.month == 0 || s.run.opt.Year == 0 {
		return
	}
	if s.year == 0 {
		s.year, s.month = s.run.opt.Year, st.month
	}
	switch step := st.month - s.month; {
	case step <= -6:
		s.year++
		s.run.warn("year "+s.run.fileName(), "%s goes over the turn of the year to %d", s.run.fileName(), s.year)
	case step >= 6:
		s.year--
		s.run.warn("year "+s.run.fileName(), "%s goes over the turn of the year to %d", s.run.fileName(), s.year)
	}
	st.year, s.month = s.year, st.month
}
