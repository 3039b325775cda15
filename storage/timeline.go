package storage

import (
	"database/sql"
	"math"
	"runtime"
	"time"

	"aftermath/model"
)

// What keeps an event off the plain timeline; 0 is on it.
const (
	levelNoise = 1 << iota
	levelHousekeeping
	levelMerged
)

// levelUntouched is beside them: an imported line that nobody has worked on. It hides nothing.
const levelUntouched = 8

// hiding are all levels that keep an event off the plain timeline.
const hiding = levelNoise | levelHousekeeping | levelMerged

const noHorizon = math.MaxInt64

// breathe lets a read that waits go first. Only an import does so, in the middle of its transaction: what
// it has added so far stands behind the horizon, where no read looks.
func (s *Store) breathe() {
	for s.horizon != noHorizon && s.waiting.Load() > 0 {
		s.mu.Unlock()
		runtime.Gosched()
		s.mu.Lock()
	}
}

// nextNumber is the first number that no event of the file has. Numbers follow the order of arrival.
func (s *Store) nextNumber() (n int64, err error) {
	err = s.row("SELECT 1 + max(coalesce((SELECT max(n) FROM evidence), 0), coalesce((SELECT max(n) FROM place), 0))").Scan(&n)
	return n, err
}

// A seat is where an event stands in the timeline.
type seat struct {
	incident, at, ord, n int64
	level                int
	source, kind         int64
	entity               int64
}

// typedOrder puts what people wrote behind what was imported of the same time, in the order in which they
// wrote it.
func (s *Store) typedOrder(entity int64) (int64, error) {
	var clock int64
	err := s.row("SELECT coalesce(min(clock), 0) FROM change WHERE entity = ?", entity).Scan(&clock)
	return 0x7fff<<48 | clock>>16&(1<<48-1), err
}

// placeEvent puts an event that people wrote or corrected where it belongs now.
func (f *fold) placeEvent(entity int64, id model.ID, incident int64, holds, gone bool) error {
	evidence, b, err := f.evidenceOf(id)
	if err != nil {
		return err
	}
	if err := f.unseat(entity, id, b); err != nil {
		return err
	}
	here := seat{incident: incident, entity: entity}
	switch {
	case gone:
	case b.shown:
		here.n = evidence
	case holds && evidence == 0 && incident != 0:
		if here.n, err = f.ownNumber(entity); err != nil {
			return err
		}
	}
	if here.n == 0 {
		return f.exec("UPDATE place SET at = NULL WHERE entity = ?", entity)
	}
	if err := f.fillSeat(&here, evidence, holds); err != nil {
		return err
	}
	if err := f.exec("INSERT INTO timeline(incident, at, ord, n, level, source, kind, entity) VALUES(?,?,?,?,?,?,?,?)",
		here.incident, here.at, here.ord, here.n, here.level, here.source, here.kind, here.entity); err != nil {
		return err
	}
	if err := f.exec("INSERT OR REPLACE INTO place(entity, n, incident, at, ord) VALUES(?,?,?,?,?)", entity, here.n, here.incident, here.at, here.ord); err != nil {
		return err
	}
	return f.bump(here, 1)
}

// unseat takes an event out of the timeline: from where it was placed, and from where an import left one of
// its copies.
func (f *fold) unseat(entity int64, id model.ID, b batch) error {
	var seats []seat
	add := func(row scanner) error {
		var at seat
		err := row.Scan(&at.incident, &at.at, &at.ord, &at.n)
		seats = append(seats, at)
		return err
	}
	if err := f.each("SELECT incident, at, ord, n FROM place WHERE entity = ? AND at IS NOT NULL", []any{entity}, add); err != nil {
		return err
	}
	if number, ok := eventNumber(id); ok {
		at, err := f.movedTime(b.incident)
		if err != nil {
			return err
		}
		if err := f.each("SELECT ?, "+at+", "+lineOrder+", v.n FROM evidence_ids k JOIN evidence v ON v.n = k.n WHERE k.id = ?", []any{b.incident, number}, add); err != nil {
			return err
		}
	}
	for _, at := range seats {
		if err := f.remove(at); err != nil {
			return err
		}
	}
	return nil
}

func (f *fold) remove(s seat) error {
	there, err := found(f.row("DELETE FROM timeline WHERE incident = ? AND at = ? AND ord = ? AND n = ? RETURNING level", s.incident, s.at, s.ord, s.n).Scan(&s.level))
	if err != nil || !there {
		return err
	}
	return f.bump(s, -1)
}

// ownNumber is the number of an event that people wrote; it keeps the one that it once got.
func (f *fold) ownNumber(entity int64) (n int64, err error) {
	known, err := found(f.row("SELECT n FROM place WHERE entity = ?", entity).Scan(&n))
	if known || err != nil {
		return n, err
	}
	return f.nextNumber()
}

// fillSeat finds the time, the level and what the filters ask for: as corrected, else as imported. Worked on
// says that people said something about the event that still holds.
func (f *fold) fillSeat(here *seat, evidence int64, workedOn bool) error {
	var at, noise, merged, source, kind sql.NullString
	if _, err := found(f.row("SELECT at, noise, merged_into, source, kind FROM event WHERE n = ?", here.entity).Scan(&at, &noise, &merged, &source, &kind)); err != nil {
		return err
	}
	here.at = earliest.UnixNano()
	var err error
	if evidence != 0 {
		err = f.importedSeat(here, evidence, workedOn)
	} else {
		here.ord, err = f.typedOrder(here.entity)
	}
	if err != nil {
		return err
	}
	if t, err := time.Parse(time.RFC3339Nano, at.String); err == nil {
		here.at = clamp(t)
	}
	if noise.Valid {
		here.level |= levelNoise
	}
	if merged.Valid {
		here.level |= levelMerged
	}
	for _, field := range []struct {
		text sql.NullString
		word *int64
	}{{source, &here.source}, {kind, &here.kind}} {
		if field.text.Valid || *field.word == 0 {
			n, err := f.word(field.text.String)
			if err != nil {
				return err
			}
			*field.word = n
		}
	}
	return nil
}

// importedSeat is where an imported line stands of its own.
func (f *fold) importedSeat(here *seat, evidence int64, workedOn bool) error {
	at, err := f.movedTime(here.incident)
	if err != nil {
		return err
	}
	level, err := f.untouchedLevel(here.incident)
	if err != nil {
		return err
	}
	if err := f.row("SELECT "+at+", "+lineOrder+", source, kind, "+level+" FROM evidence v WHERE n = ?", evidence).Scan(&here.at, &here.ord, &here.source, &here.kind, &here.level); err != nil {
		return err
	}
	if workedOn {
		here.level &^= levelUntouched | levelNoise | levelHousekeeping // only a mark of its own hides it now
	}
	return nil
}

// clamp is a time as the timeline orders it; far centuries stand at its ends.
func clamp(t time.Time) int64 {
	switch {
	case t.Before(earliest):
		return earliest.UnixNano()
	case t.After(latest):
		return latest.UnixNano()
	}
	return t.UnixNano()
}
