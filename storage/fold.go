package storage

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"aftermath/model"
)

// A fold brings the tables up to date with the log, inside one transaction: first the cells that changed,
// then, in settle, what follows from them for whole entities and incidents.
type fold struct {
	*Store
	entities  map[int64]bool
	incidents map[int64]bool
	alone     int64          // the first number of a batch whose lines no other import brought
	sources   map[int64]bool // of that batch
}

func (s *Store) newFold() *fold {
	return &fold{Store: s, entities: map[int64]bool{}, incidents: map[int64]bool{}}
}

// refresh folds one cell from its whole log.
func (f *fold) refresh(entity, field int64) error {
	log, err := f.cellLog(entity, field)
	if err != nil || len(log) == 0 {
		return err
	}
	id, err := f.entityID(entity)
	if err != nil {
		return err
	}
	return f.show(entity, id, field, log[0].field, headsOf(log))
}

// show writes a cell with the given heads into the tables.
func (f *fold) show(entity int64, id model.ID, field int64, name string, heads []*change) error {
	f.entities[entity] = true
	shown := heads[0]
	c := cell{holds: !shown.isNull(), heads: refsOf(heads)}
	for _, h := range heads[1:] {
		c.clash = c.clash || !sameValue(shown, h)
	}
	packed, err := f.packRefs(c.heads)
	if err != nil {
		return err
	}
	if err := f.exec(`INSERT INTO cell(entity, field, heads, holds, clash) VALUES(?,?,?,?,?)
		ON CONFLICT DO UPDATE SET heads = excluded.heads, holds = excluded.holds, clash = excluded.clash`,
		entity, field, packed, c.holds, c.clash); err != nil {
		return err
	}
	def, known := model.FieldOf(id.Type(), name)
	if !known {
		return nil // of a newer version: kept in the log, passed on, shown after an upgrade
	}
	if def.Kind == model.Set {
		return f.showMember(entity, field, name, def, c.holds)
	}
	if def.Kind == model.Content {
		return nil // only the log has it
	}
	value := column(def, shown.decode())
	table, col := quote(string(id.Type())), quote(name)
	if err := f.exec(fmt.Sprintf("INSERT INTO %s(n, %s) VALUES(?,?) ON CONFLICT DO UPDATE SET %s = excluded.%s", table, col, col, col), entity, value); err != nil {
		return err
	}
	return f.showWords(entity, field, id.Type(), def, value)
}

func (f *fold) showMember(entity, field int64, name string, def model.Field, holds bool) error {
	set, value, _ := model.CutMember(name)
	if !holds {
		if err := f.exec("DELETE FROM member WHERE entity = ? AND field = ? AND value = ?", entity, set, value); err != nil {
			return err
		}
		return f.forgetWords(entity, field)
	}
	if err := f.exec("INSERT OR IGNORE INTO member(entity, field, value) VALUES(?,?,?)", entity, set, value); err != nil {
		return err
	}
	if def.To != "" {
		return nil
	}
	return f.keepWords(entity, field, value)
}

// column is a value as the tables have it: text as it is, times in UTC, numbers as they were typed.
func column(def model.Field, value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		if def.Kind == model.Time {
			if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
				return t.UTC().Format(time.RFC3339Nano)
			}
		}
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return string(text)
}

// settle brings whole entities, the timeline and the tallies up to date after all cells are folded.
func (f *fold) settle() error {
	for len(f.entities) > 0 { // showing a batch of evidence brings the events that people corrected with it
		entities := slices.Sorted(maps.Keys(f.entities))
		clear(f.entities)
		for _, entity := range entities {
			if err := f.settleEntity(entity); err != nil {
				return err
			}
		}
	}
	for _, incident := range slices.Sorted(maps.Keys(f.incidents)) {
		if err := f.count(incident); err != nil {
			return err
		}
	}
	clear(f.incidents)
	return nil
}

// settleEntity decides whether an entity is there: some cell of it holds a value, and no delete covers it.
func (f *fold) settleEntity(entity int64) error {
	var id model.ID
	var before, incident int64
	if err := f.row("SELECT id, incident FROM entity WHERE n = ?", entity).Scan(&id, &before); err != nil {
		return err
	}
	deleted, err := f.word(deletedField)
	if err != nil {
		return err
	}
	var holds bool
	if err := f.row("SELECT EXISTS(SELECT 1 FROM cell WHERE entity = ? AND holds AND field <> ?)", entity, deleted).Scan(&holds); err != nil {
		return err
	}
	gone, err := f.isGone(entity, deleted)
	if err != nil {
		return err
	}
	if incident, err = f.incidentOf(entity, id, holds); err != nil {
		return err
	}
	if err := f.exec("UPDATE entity SET incident = ?, holds = ?, gone = ?, shown = ? WHERE n = ?", incident, holds, gone, holds && !gone, entity); err != nil {
		return err
	}
	f.incidents[before], f.incidents[incident] = true, true
	switch id.Type() {
	case model.TypeEvent:
		return f.placeEvent(entity, id, incident, holds, gone)
	case model.TypeImport:
		return f.showBatches(entity, holds && !gone)
	case model.TypeClock:
		return f.moveClock(entity, incident, holds && !gone)
	case model.TypeSweep:
		return f.sweep(entity, incident, holds && !gone)
	}
	return nil
}

// isGone tells whether some delete has seen every edit of the entity. An edit that nobody deleting had
// seen keeps it, and the two show as a conflict.
func (f *fold) isGone(entity, deleted int64) (bool, error) {
	c, err := f.cellOf(entity, deleted)
	if err != nil || len(c.heads) == 0 {
		return false, err
	}
	edits, err := f.editsOf(entity)
	if err != nil {
		return false, err
	}
	covered, kept, clash := false, false, false
	for _, r := range c.heads {
		head, err := f.lookUp(r)
		if err != nil {
			return false, err
		}
		if head == nil || head.isNull() {
			kept = true
			continue
		}
		seen, err := head.seenEdits()
		if err != nil {
			continue // said by a newer version in its own way
		}
		covered, clash = covered || seen.covers(edits), true
	}
	gone := covered && !kept
	return gone, f.exec("UPDATE cell SET clash = ? WHERE entity = ? AND field = ? AND clash <> ?", clash && !gone, entity, deleted, clash && !gone)
}

// editsOf is the last edit of an entity by each site: what a delete says that it has seen.
func (s *Store) editsOf(entity int64) (map[string]int64, error) {
	edits := map[string]int64{}
	set, err := s.word(kindSet)
	if err != nil {
		return nil, err
	}
	return edits, s.each("SELECT site, max(seq) FROM change WHERE entity = ? AND kind = ? GROUP BY site", []any{entity, set}, func(row scanner) error {
		var site, seq int64
		if err := row.Scan(&site, &seq); err != nil {
			return err
		}
		name, err := s.siteName(site)
		edits[name] = seq
		return err
	})
}

// incidentOf is the number of the incident that an entity belongs to; 0 when it says none.
func (f *fold) incidentOf(entity int64, id model.ID, holds bool) (n int64, err error) {
	t := id.Type()
	if t == model.TypeIncident {
		return entity, nil
	}
	if _, known := model.Schema[t]; !known || model.FileWide(t) {
		return 0, nil
	}
	var incident *string
	if _, err := found(f.row("SELECT incident FROM "+quote(string(t))+" WHERE n = ?", entity).Scan(&incident)); err != nil {
		return 0, err
	}
	if incident != nil {
		return f.entityNumber(model.ID(*incident))
	}
	if t == model.TypeEvent {
		_, batch, err := f.evidenceOf(id)
		if batch.incident != 0 || err != nil {
			return batch.incident, err
		}
	}
	if holds {
		return 0, nil
	}
	return f.formerIncident(entity)
}

// formerIncident is the incident that an entity belonged to before its creation was undone: what was undone
// is still part of that incident's history.
func (f *fold) formerIncident(entity int64) (int64, error) {
	field, known, err := f.knownWord("incident")
	if err != nil || !known {
		return 0, err
	}
	var text string
	known, err = found(f.row(`SELECT c.value FROM change c JOIN site s ON s.n = c.site WHERE c.entity = ? AND c.field = ? AND c.value <> 'null'
		ORDER BY c.clock DESC, s.id DESC LIMIT 1`, entity, field).Scan(&text))
	if err != nil || !known {
		return 0, err
	}
	var id model.ID
	if json.Unmarshal([]byte(text), &id) != nil {
		return 0, nil
	}
	return f.entityNumber(id)
}

// count brings the numbers that the list of incidents shows up to date.
func (f *fold) count(incident int64) error {
	var shown bool
	if known, err := found(f.row("SELECT shown FROM entity WHERE n = ? AND type = 'incident'", incident).Scan(&shown)); err != nil || !known {
		return err
	}
	if !shown {
		return f.exec("DELETE FROM tally WHERE incident = ?", incident)
	}
	return f.exec(`INSERT OR REPLACE INTO tally(incident, started, born, id, archived, events, factors, actions, open)
		SELECT o.n, coalesce(i.started, ?2), coalesce((SELECT clock FROM born WHERE entity = o.n), 0), o.id, i.archived IS NOT NULL,
			(SELECT coalesce(sum(count), 0) FROM stride WHERE incident = o.n AND level & ?3 = 0),
			(SELECT count(*) FROM entity WHERE incident = o.n AND type = 'factor' AND shown = 1),
			(SELECT count(*) FROM entity e JOIN action a USING(n) WHERE e.incident = o.n AND e.type = 'action' AND e.shown = 1 AND coalesce(a.stage, 'idea') <> 'idea'),
			(SELECT count(*) FROM entity e JOIN action a USING(n) WHERE e.incident = o.n AND e.type = 'action' AND e.shown = 1 AND a.stage IN ('committed', 'implemented'))
		FROM entity o LEFT JOIN incident i ON i.n = o.n WHERE o.n = ?1`, incident, notStarted, hiding)
}

// notStarted sorts an incident without a time before all others.
const notStarted = "~"
