package storage

import (
	"fmt"

	"aftermath/model"
)

// What people say about the clock of a whole source is one statement, not one for each of its lines: the
// table moved has it, and every place in the timeline that follows from an imported time adds it.

// movedTime is the time of a row of evidence v as SQL, with the clock of its source moved as people said.
func (s *Store) movedTime(incident int64) (string, error) {
	var some bool
	if err := s.row("SELECT EXISTS(SELECT 1 FROM moved WHERE incident = ?)", incident).Scan(&some); err != nil || !some {
		return "v.at", err
	}
	return fmt.Sprintf("max(%d, min(%d, v.at + coalesce((SELECT sum(offset) FROM moved m WHERE m.incident = %d AND m.source = v.source), 0)))",
		earliest.UnixNano(), latest.UnixNano(), incident), nil
}

// A move is what a statement about a clock says.
type move struct{ incident, source, offset int64 }

// moveClock brings the timeline to what a statement about a clock says now.
func (f *fold) moveClock(entity, incident int64, holds bool) error {
	var before, now move
	if _, err := found(f.row("SELECT incident, source, offset FROM moved WHERE entity = ?", entity).Scan(&before.incident, &before.source, &before.offset)); err != nil {
		return err
	}
	if holds {
		var source, offset *string
		if _, err := found(f.row("SELECT source, offset FROM clock WHERE n = ?", entity).Scan(&source, &offset)); err != nil {
			return err
		}
		if source != nil && offset != nil && incident != 0 {
			word, err := f.word(*source)
			if err != nil {
				return err
			}
			d, _ := model.ParseOffset(*offset) // one that a newer version writes otherwise moves nothing here
			now = move{incident, word, int64(d)}
		}
	}
	if now == before {
		return nil
	}
	if err := f.exec("DELETE FROM moved WHERE entity = ?", entity); err != nil {
		return err
	}
	if now.offset != 0 {
		if err := f.exec("INSERT INTO moved(entity, incident, source, offset) VALUES(?,?,?,?)", entity, now.incident, now.source, now.offset); err != nil {
			return err
		}
	}
	for _, m := range []move{before, now} {
		if m.source == 0 || m == now && before.source == now.source && before.incident == now.incident {
			continue
		}
		at, err := f.movedTime(m.incident)
		if err != nil {
			return err
		}
		if err := f.exec("UPDATE timeline SET at = (SELECT "+at+" FROM evidence v WHERE v.n = timeline.n) WHERE incident = ? AND source = ? AND entity IS NULL", m.incident, m.source); err != nil {
			return err
		}
		if err := f.seatAnew(m.incident, m.source); err != nil {
			return err
		}
	}
	return nil
}

// moves are the clocks of an incident that were moved, by the number of the source.
func (s *Store) moves(incident int64) (map[int64]int64, error) {
	moved := map[int64]int64{}
	return moved, s.each("SELECT source, sum(offset) FROM moved WHERE incident = ? GROUP BY source", []any{incident}, func(row scanner) error {
		var source, offset int64
		err := row.Scan(&source, &offset)
		moved[source] = offset
		return err
	})
}

// seatAnew gives the lines of a source that people worked on their places again, and counts the others.
func (f *fold) seatAnew(incident, source int64) error {
	if err := f.each("SELECT t.entity FROM timeline t JOIN evidence v ON v.n = t.n WHERE t.incident = ? AND v.source = ? AND t.entity IS NOT NULL", []any{incident, source}, func(row scanner) error {
		var entity int64
		err := row.Scan(&entity)
		f.entities[entity] = true
		return err
	}); err != nil {
		return err
	}
	return f.stride(incident)
}
