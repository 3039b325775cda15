package storage

import (
	"encoding/json"
	"sort"
	"time"

	"aftermath/model"
)

const eventColumns = `t.at, t.ord, t.n, t.level, t.entity, v.id, v.at, v.ending, v.precision, v.time_text, v.zone_source, v.source, v.kind, v.actor, v.service,
	v.title, v.body, v.url, v.external_id, v.line`

// An eventReader turns rows of the timeline into events: what was imported, with what people corrected
// over it.
type eventReader struct {
	*Store
	incident model.ID
	imports  []importSpan
	moved    map[int64]int64 // how far the clocks of sources are moved, in ns
	events   []model.Event
	places   []model.Cursor
	entities []int64 // of each event; 0 when nobody touched it
	cells    valueRow
}

// An importSpan says which import brought the rows from a number on.
type importSpan struct {
	first, end int64
	id         model.ID
}

func (s *Store) newEventReader(incident int64) (*eventReader, error) {
	id, err := s.entityID(incident)
	if err != nil {
		return nil, err
	}
	r := &eventReader{Store: s, incident: id}
	if r.moved, err = s.moves(incident); err != nil {
		return nil, err
	}
	return r, s.each("SELECT b.first, b.first + b.count, e.id FROM batch b JOIN entity e ON e.n = b.entity WHERE b.incident = ? ORDER BY b.first",
		[]any{incident}, func(row scanner) error {
			var span importSpan
			err := row.Scan(&span.first, &span.end, &span.id)
			r.imports = append(r.imports, span)
			return err
		})
}

// The columns of eventColumns.
const (
	colAt = iota
	colOrder
	colN
	colLevel
	colEntity
	colID
	colOriginal
	colEnd
	colPrecision
	colTimeText
	colZone
	colSource
	colKind
	colActor
	colService
	colTitle
	colBody
	colURL
	colExternal
	colLine
	eventWidth
)

// A valueRow takes any row as SQLite has it. Scanning into it needs neither memory nor reflection, which
// matters where a document reads a million of them.
type valueRow struct {
	values [eventWidth]any
	into   [eventWidth]any // pointers to values
}

func (v *valueRow) scan(row scanner) error {
	if v.into[0] == nil {
		for i := range v.values {
			v.into[i] = &v.values[i]
		}
	}
	return row.Scan(v.into[:]...)
}

// number and text are zero and empty for NULL.
func (v *valueRow) number(i int) int64 { n, _ := v.values[i].(int64); return n }
func (v *valueRow) text(i int) string  { t, _ := v.values[i].(string); return t }
func (v *valueRow) has(i int) bool     { return v.values[i] != nil }

func (r *eventReader) add(row scanner) error {
	v := &r.cells
	if err := v.scan(row); err != nil {
		return err
	}
	at, level := time.Unix(0, v.number(colAt)).UTC(), v.number(colLevel)
	e := model.Event{At: at, Incident: r.incident, Noise: level&levelNoise != 0, Housekeeping: level&levelHousekeeping != 0, Untouched: level&levelUntouched != 0}
	if v.has(colID) {
		if err := r.imported(&e); err != nil {
			return err
		}
	}
	r.entities = append(r.entities, v.number(colEntity))
	r.events = append(r.events, e)
	r.places = append(r.places, model.Cursor{At: at, Order: v.number(colOrder), N: v.number(colN)})
	return nil
}

// imported fills in what the source said.
func (r *eventReader) imported(e *model.Event) error {
	v := &r.cells
	e.ID = eventID(v.number(colID))
	e.At = time.Unix(0, v.number(colOriginal)).UTC()
	e.Actor, e.Service, e.Title, e.Body, e.URL = v.text(colActor), v.text(colService), v.text(colTitle), v.text(colBody), v.text(colURL)
	e.ExternalID, e.TimeText, e.Line, e.Import = v.text(colExternal), v.text(colTimeText), int(v.number(colLine)), r.importOf(v.number(colN))
	if !v.has(colTimeText) {
		e.TimeText = e.At.Format(time.RFC3339Nano)
	}
	if v.has(colEnd) {
		e.End = time.Unix(0, v.number(colEnd)).UTC()
	}
	if moved := time.Duration(r.moved[v.number(colSource)]); moved != 0 {
		e.OriginalAt, e.At = e.At, e.At.Add(moved)
		if !e.End.IsZero() {
			e.End = e.End.Add(moved)
		}
	}
	precision, err := r.spell(v.number(colPrecision))
	if err != nil {
		return err
	}
	e.Precision = model.Precision(precision)
	if e.ZoneSource, err = r.spell(v.number(colZone)); err != nil {
		return err
	}
	if e.Source, err = r.spell(v.number(colSource)); err != nil {
		return err
	}
	e.Kind, err = r.spell(v.number(colKind))
	return err
}

func (r *eventReader) importOf(n int64) model.ID {
	i := sort.Search(len(r.imports), func(i int) bool { return r.imports[i].end > n })
	if i < len(r.imports) && r.imports[i].first <= n {
		return r.imports[i].id
	}
	return ""
}

// complete lays over the events what people said about them, after all rows are read.
func (r *eventReader) complete() error {
	for i, entity := range r.entities {
		if entity == 0 {
			continue
		}
		if err := r.correct(&r.events[i], entity); err != nil {
			return err
		}
	}
	return r.countMerged()
}

func (r *eventReader) correct(e *model.Event, entity int64) error {
	if e.ID == "" {
		var err error
		if e.ID, err = r.entityID(entity); err != nil {
			return err
		}
		e.At, e.ZoneSource = time.Time{}, zoneTyped
	}
	fields, err := r.fields(model.TypeEvent, entity)
	if err != nil {
		return err
	}
	text := func(name string, to *string) {
		if v, ok := fields[name].(string); ok {
			*to = v
		}
	}
	if at, ok := timeOf(fields["at"]); ok {
		if e.Import != "" && e.OriginalAt.IsZero() && !at.Equal(e.At) {
			e.OriginalAt = e.At
		}
		e.At = at
	}
	if end, ok := timeOf(fields["end"]); ok {
		e.End = end
	}
	if title, ok := fields["title"].(string); ok {
		if e.Import != "" && title != e.Title {
			e.OriginalTitle = e.Title
		}
		e.Title = title
	}
	e.Kept = fields["kept"] != nil
	precision, merged := string(e.Precision), ""
	text("precision", &precision)
	text("merged_into", &merged)
	e.Precision, e.MergedInto = model.Precision(precision), model.ID(merged)
	for name, to := range map[string]*string{"source": &e.Source, "kind": &e.Kind, "role": &e.Role, "moment": &e.Moment, "actor": &e.Actor, "service": &e.Service,
		"body": &e.Body, "url": &e.URL, "signals": &e.Signals, "belief": &e.Belief, "decision": &e.Decision, "why": &e.Why, "reason": &e.Reason} {
		text(name, to)
	}
	return nil
}

// zoneTyped is the source of the zone of what people typed.
const zoneTyped = "typed"

func timeOf(value any) (time.Time, bool) {
	text, _ := value.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UTC(), err == nil
}

// countMerged says of each event how many lines were merged into it.
func (r *eventReader) countMerged() error {
	var some bool
	if err := r.row("SELECT EXISTS(SELECT 1 FROM event WHERE merged_into IS NOT NULL)").Scan(&some); err != nil || !some {
		return err
	}
	at := make(map[string]int, len(r.events))
	ids := make([]string, len(r.events))
	for i := range r.events {
		ids[i] = string(r.events[i].ID)
		at[ids[i]] = i
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return r.each(`SELECT c.merged_into, count(*) FROM json_each(?) j JOIN event c ON c.merged_into = j.value JOIN entity e ON e.n = c.n
		WHERE e.gone = 0 GROUP BY 1`, []any{string(list)}, func(row scanner) error {
		var id string
		var n int
		err := row.Scan(&id, &n)
		r.events[at[id]].Merged = n
		return err
	})
}
