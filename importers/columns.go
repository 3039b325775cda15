package importers

import (
	"strings"

	"aftermath/model"
)

// A role is what a column or a field means for the timeline.
type role int

const (
	roleUnkept role = iota - 1 // not for the timeline, such as addresses of people
	roleNone
	roleTime
	roleClock // a time of day beside a date
	roleDate
	roleEnd
	roleZone
	roleSource
	roleKind
	roleActor
	roleService
	roleTitle
	roleBody
	roleURL
	roleID     // names the record
	roleParent // names what the record belongs to, so many records may share it
	roles
)

// roleNames lists for each role the names that columns have in the wild, the best first.
var roleNames = map[role]string{
	roleTime: "time timestamp ts @timestamp datetime date_time date/time event_time eventtime time_utc timestamp_utc utc_time occurred_at occurredat occurred " +
		"started_at startedat start_at start start_time starttime started begin begin_at when created_at createdat created created_on create_time " +
		"detected_at opened_at triggered_at published_at _time @t t asctime logged_at log_time syslog_timestamp event_timestamp event_date happened_at downtime_start date day updated_at updatedat",
	roleEnd: "end end_at endat ended_at endedat end_time endtime ended finished_at finish finish_time completed_at completedat resolved_at resolvedat " +
		"resolved_on closed_at stop stop_time stopped_at until downtime_end",
	roleZone:    "timezone time_zone tz zone utc_offset offset",
	roleSource:  "source origin tool system channel_type",
	roleKind:    "kind type event_type eventtype post_type category status state action_type level severity lvl log_level loglevel priority",
	roleActor:   "actor user username user_name author by who person responder owner assignee agent created_by nick sender from name_of_user engineer",
	roleService: "service service_name servicename component application app logger host hostname system_name team environment namespace",
	roleTitle:   "title summary subject headline short_description message msg text event description what action note notes comment content details body log line _raw @message textpayload name",
	roleBody:    "body description details detail text message msg content notes note comment comments long_description",
	roleURL:     "url link html_url permalink href web_url",
	roleID:      "id event_id eventid uuid guid external_id log_id message_id post_id _id key number",
	roleParent:  "parent_post_id incident_id incidentid incident incident_number incident_key parent_id alert_id trace_id",
}

// roleOf maps a column's name to what it can mean, with its rank; the lower the better.
var roleOf = func() map[string][]ranked {
	m := map[string][]ranked{}
	for r := roleTime; r < roles; r++ {
		rank := 0
		for name := range strings.FieldsSeq(roleNames[r]) {
			m[name] = append(m[name], ranked{r, rank})
			rank++
		}
	}
	return m
}()

type ranked struct {
	role role
	rank int
}

// isLevelName reports whether a column or a field of this name tells how bad a line of a log is.
func isLevelName(name string) bool {
	switch name {
	case "level", "severity", "lvl", "log_level", "loglevel":
		return true
	}
	return false
}

// columnName is a header as roleNames writes it. A zone in brackets, as in "Time (UTC)", is cut off and
// given back.
func columnName(header string) (name, zone string) {
	name = strings.ToLower(oneLine(header))
	if i := strings.IndexAny(name, "(["); i > 0 {
		zone = strings.Trim(oneLine(header)[i:], "()[] ")
		name = name[:i]
	}
	return strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(strings.TrimSpace(name)), zone
}

// columnNames are the names of the columns of a header in the form that roles are known by.
func columnNames(header []string) []string {
	names := make([]string, len(header))
	for i, h := range header {
		names[i], _ = columnName(h)
	}
	return names
}

// A layout says which column or field plays which role in a record: an index, or -1.
type layout [roles]int

// newLayout gives each role its best name among names. Title and body never share a column.
func newLayout(names []string) layout {
	var l layout
	var rank [roles]int
	for r := range l {
		l[r], rank[r] = -1, 1<<30
	}
	choose := func(skip int) {
		for i, n := range names {
			for _, c := range roleOf[n] {
				if c.rank < rank[c.role] && (c.role != roleBody || i != skip) {
					l[c.role], rank[c.role] = i, c.rank
				}
			}
		}
	}
	choose(-1)
	if l[roleTitle] >= 0 && l[roleBody] == l[roleTitle] {
		l[roleBody], rank[roleBody] = -1, 1<<30
		choose(l[roleTitle])
	}
	l.pairDate(names)
	return l
}

// pairDate finds a date and a time of day in two columns.
func (l *layout) pairDate(names []string) {
	date, clockAt := -1, -1
	for i, n := range names {
		switch n {
		case "date", "day", "event_date", "start_date":
			if date < 0 {
				date = i
			}
		case "time", "hour", "time_of_day", "clock", "start_time", "event_time":
			if clockAt < 0 {
				clockAt = i
			}
		}
	}
	if date >= 0 && clockAt >= 0 {
		l[roleDate], l[roleClock] = date, clockAt
	}
}

// A row is the values of a record in their roles. Other values go to the body, by name.
type row struct {
	value [roles]string
	rest  []string // name, value, name, value …
	line  int
	level bool // the kind is the level of a log

	levels bool // so it is in every row of the table
}

// reset makes r ready for the next record.
func (r *row) reset(line int) {
	r.value = [roles]string{}
	r.rest = r.rest[:0]
	r.line, r.level = line, r.levels
}

// maker turns rows into events: the part that tables and JSON lines share.
type maker struct {
	run      *run
	other    string // the kind of a record that names none that is known
	timeName string // the name of the time's column, for warnings
	text     []byte
}

// event makes an event of w and gives it. The error is a *Question or what the receiver returned.
func (m *maker) event(e *model.Event, w *row) error {
	r := m.run
	*e = model.Event{Line: w.line}
	written := w.value[roleTime]
	if d, c := w.value[roleDate], w.value[roleClock]; d != "" && c != "" && !strings.ContainsAny(c, "-/T") {
		written = d + " " + c
	}
	if isBlank(written) {
		r.refuse(w.line, "the record has no time", m.all(w))
		return nil
	}
	st, ok := wholeStamp(written)
	if !ok {
		r.refuse(w.line, "the time cannot be read: "+quote(written), m.all(w))
		return nil
	}
	m.placeStamp(&st, w)
	at, source, err := r.clock.at(st, w.line, written)
	if err != nil {
		return m.refuseOrAsk(err, w)
	}
	e.At, e.ZoneSource, e.Precision, e.TimeText = at, source, st.precision, written
	if end := w.value[roleEnd]; end != "" {
		if till, ok := wholeStamp(end); ok && till.timed {
			if till.month == 0 { // a time of day is on the day of the start
				till.year, till.month, till.day, till.slashed, till.dayFirst = st.year, st.month, st.day, st.slashed, st.dayFirst
			}
			st := till
			m.placeStamp(&st, w)
			if t, _, err := r.clock.at(st, w.line, end); err == nil {
				e.End = t
			}
		}
	}
	m.words(e, w)
	return r.event(e)
}

func isBlank(s string) bool { return s == "" || s[0] <= ' ' && strings.TrimSpace(s) == "" }

// placeStamp gives the stamp the zone of its record and tells once how bare numbers are read.
func (m *maker) placeStamp(st *stamp, w *row) {
	if st.epoch != "" {
		m.run.warn("epoch "+m.run.fileName(), "%s: the numbers in %q are read as %s since 1970", m.run.fileName(), m.timeName, st.epoch)
	}
	if zone := w.value[roleZone]; zone != "" && st.zone == nil {
		if z, ok := zoneWord(zone); ok {
			st.zone = z.location
		}
	}
}

// words fills in everything but the time.
func (m *maker) words(e *model.Event, w *row) {
	v := &w.value
	e.Source, e.Actor, e.Service, e.URL = v[roleSource], v[roleActor], v[roleService], v[roleURL]
	switch e.Kind = kindOf(v[roleKind]); {
	case w.level && isErrorLevel(v[roleKind]):
		e.Kind = "signal"
	case e.Kind == "", w.level && strings.EqualFold(v[roleKind], "trace"):
		e.Kind = m.other
	}
	e.Housekeeping = strings.HasPrefix(v[roleKind], "system_") // who came to a channel and who left it
	text := plainText(v[roleTitle])
	v[roleBody] = plainText(v[roleBody])
	if isBlank(text) && v[roleBody] != "" {
		text, v[roleBody] = v[roleBody], ""
	}
	if isBlank(text) {
		text = w.sentence()
	}
	if isBlank(text) {
		text = v[roleKind]
		if id := v[roleParent] + v[roleID]; id != "" {
			text = strings.TrimSpace(text + " (" + id + ")")
		}
	}
	if m.run.plain && len(text) <= titleRunes {
		e.Title = text
	} else {
		e.Title, e.Body = titleAndBody(text)
	}
	m.body(e, w)
	label := m.run.src.Name
	if v[roleSource] != "" {
		label = m.run.word(v[roleSource], 60)
	}
	if v[roleID] != "" {
		e.ExternalID = m.run.hashID(label, false, m.run.written(e), v[roleID], text, v[roleBody])
	} else {
		e.ExternalID = m.run.hashID(label, true, m.run.written(e), v[roleParent], text, v[roleBody])
	}
}

// body appends the long text and the values that no role has.
func (m *maker) body(e *model.Event, w *row) {
	if w.value[roleBody] == "" && len(w.rest) == 0 {
		return
	}
	var b strings.Builder
	b.WriteString(e.Body)
	add := func(s string) {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(s)
	}
	if w.value[roleBody] != "" {
		add(w.value[roleBody])
	}
	for i := 0; i+1 < len(w.rest); i += 2 {
		if w.rest[i+1] != "" {
			add(w.rest[i] + ": " + w.rest[i+1])
		}
	}
	e.Body = b.String()
}

// refuseOrAsk passes a question on and makes a refusal of any other error.
func (m *maker) refuseOrAsk(err error, w *row) error {
	if isQuestion(err) {
		return err
	}
	m.run.refuse(w.line, err.Error(), m.all(w))
	return nil
}

// all is the record in short, for a refusal.
func (m *maker) all(w *row) string {
	m.text = m.text[:0]
	for _, v := range w.value {
		if v != "" {
			m.text = append(append(m.text, v...), ' ')
		}
	}
	return string(m.text)
}
