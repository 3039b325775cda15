package storage

import (
	"database/sql"
	"encoding/json"
	"sort"
	"time"

	"aftermath/model"
)

const eventColumns = `t.at, t.n, t.level, t.entity, v.id, v.at, v.ending, v.precision, v.time_text, v.zone_source, v.source, v.kind, v.actor, v.service,
	v.title, v.body, v.url, v.external_id, v.line`

// An eventReader turns rows of the timeline into events: what was imported, with what people corrected
// over it.
type eventReader struct {
	*Store
	incident model.ID
	imports  []importSpan
	events   []model.Event
	places   []model.Cursor
	entities []int64 // of each event; 0 when nobody touched it
	touched  bool
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
	return r, s.each("SELECT b.first, b.first + b.count, e.id FROM batch b JOIN entity e ON e.n = b.entity WHERE b.incident = ? ORDER BY b.first",
		[]any{incident}, func(row scanner) error {
			var span importSpan
			err := row.Scan(&span.first, &span.end, &span.id)
			r.imports = append(r.imports, span)
			return err
		})
}

func (r *eventReader) add(row scanner) error {
	var at, n, level int64
	var entity, id, original, end, precision, zone, source, kind, line sql.NullInt64
	var timeText, actor, service, title, body, url, external sql.NullString
	if err := row.Scan(&at, &n, &level, &entity, &id, &original, &end, &precision, &timeText, &zone, &source, &kind, &actor, &service,
		&title, &body, &url, &external, &line); err != nil {
		return err
	}
	e := model.Event{At: time.Unix(0, at).UTC(), Incident: r.incident, Noise: level&levelNoise != 0, Housekeeping: level&levelHousekeeping != 0}
	if id.Valid {
		e.ID = eventID(id.Int64)
		e.At = time.Unix(0, original.Int64).UTC()
		e.Actor, e.Service, e.Title, e.Body, e.URL = actor.String, service.String, title.String, body.String, url.String
		e.ExternalID, e.TimeText, e.Line, e.Import = external.String, timeText.String, int(line.Int64), r.importOf(n)
		if !timeText.Valid {
			e.TimeText = e.At.Format(time.RFC3339Nano)
		}
		if end.Valid {
			e.End = time.Unix(0, end.Int64).UTC()
		}
		var text string
		for _, w := range []struct {
			n  int64
			to *string
		}{{precision.Int64, &text}, {zone.Int64, &e.ZoneSource}, {source.Int64, &e.Source}, {kind.Int64, &e.Kind}} {
			var err error
			if *w.to, err = r.spell(w.n); err != nil {
				return err
			}
		}
		e.Precision = model.Precision(text)
	}
	r.touched = r.touched || entity.Valid
	r.entities = append(r.entities, entity.Int64)
	r.events = append(r.events, e)
	r.places = append(r.places, model.Cursor{At: time.Unix(0, at).UTC(), N: n})
	return nil
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
		if e.Import != "" && !at.Equal(e.At) {
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
