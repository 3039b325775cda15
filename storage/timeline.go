package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
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

// nextNumber is the first number that no imported line of the file has. Numbers follow the order of arrival.
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
// wrote it: by the millisecond, and within it by how many changes came before, up to a limit.
func (s *Store) typedOrder(entity int64) (int64, error) {
	const since, most = 1577836800000, 1<<8 - 1 // 2020, so that the milliseconds fit
	var clock int64
	_, err := found(s.row("SELECT clock FROM born WHERE entity = ?", entity).Scan(&clock))
	ms := min(max(clock>>16-since, 0), 1<<40-1)
	return 0x7fff<<48 | ms<<8 | min(clock&0xffff, most), err
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
		here.n = typedNumber(id)
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

// typedNumber is the number of an event that people wrote. It follows from the id, so that two of one moment
// stand the same way on every copy, and is below zero, where no imported line has its own.
func typedNumber(id model.ID) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.BigEndian.Uint64(sum[:8])) | math.MinInt64
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
