package storage

import (
	"aftermath/model"
)

// A batch is the rows of one import: they stand one after the other, so a row's batch follows from its
// number. It shows when its import does.
type batch struct {
	first, count     int64
	entity, incident int64
	shown            bool
}

func (b batch) end() int64 { return b.first + b.count }

const batchColumns = "b.first, b.count, b.entity, b.incident, b.shown"

func scanBatch(row scanner, b *batch, more ...any) error {
	return row.Scan(append([]any{&b.first, &b.count, &b.entity, &b.incident, &b.shown}, more...)...)
}

func (s *Store) batches(condition string, args ...any) (list []batch, err error) {
	err = s.each("SELECT "+batchColumns+" FROM batch b WHERE "+condition, args, func(row scanner) error {
		var b batch
		list = append(list, b)
		return scanBatch(row, &list[len(list)-1])
	})
	return list, err
}

// fullness is how much a row says, in bytes.
const fullness = "octet_length(coalesce(v.title, '')) + octet_length(coalesce(v.body, ''))"

// ofBatch joins a row of evidence with its batch; a row of an import that still runs has none.
const ofBatch = "b.first = (SELECT max(first) FROM batch WHERE first <= v.n) AND v.n < b.first + b.count"

// evidenceOf finds the imported row of an event. When several imports brought it, the newest version of the
// record that shows stands for it, else the fuller one, else the one that came first: on every copy of the
// file, and in whichever order they came.
func (s *Store) evidenceOf(id model.ID) (n int64, b batch, err error) {
	number, ok := eventNumber(id)
	if !ok {
		return 0, b, nil
	}
	_, err = found(scanBatch(s.row("SELECT "+batchColumns+`, v.n FROM evidence_ids k JOIN evidence v ON v.n = k.n JOIN batch b ON `+ofBatch+` JOIN entity e ON e.n = b.entity
		WHERE k.id = ? ORDER BY b.shown DESC, v.leaf IS NOT NULL DESC, coalesce(v.updated, 0) DESC, `+fullness+` DESC, v.at DESC, b.clock, e.id, v.n LIMIT 1`, number), &b, &n))
	return n, b, err
}

// showBatches shows or hides all rows that an import brought.
func (f *fold) showBatches(entity int64, shown bool) error {
	list, err := f.batches("b.entity = ? AND b.shown <> ?", entity, shown)
	if err != nil {
		return err
	}
	for _, b := range list {
		if err := f.exec("UPDATE batch SET shown = ? WHERE first = ?", shown, b.first); err != nil {
			return err
		}
		b.shown = shown
		if err := f.showBatch(b); err != nil {
			return err
		}
		f.incidents[b.incident] = true
	}
	return nil
}

// bulkSlice is how many rows one statement moves before a waiting read gets its turn.
const bulkSlice = 4096

func (f *fold) showBatch(b batch) error {
	at, err := f.movedTime(b.incident)
	if err != nil {
		return err
	}
	level, err := f.untouchedLevel(b.incident)
	if err != nil {
		return err
	}
	if b.shown {
		order := lineOrder
		if f.alone == b.first && len(f.sources) > 0 {
			if order, err = f.lineOrderOf(f.sources); err != nil {
				return err
			}
		}
		single := " AND NOT EXISTS(SELECT 1 FROM evidence_ids o WHERE o.id = v.id AND o.n <> v.n)"
		if f.alone == b.first {
			single = ""
		}
		for from := b.first; from < b.end(); from += bulkSlice {
			if err := f.exec("INSERT INTO timeline(incident, at, ord, n, level, source, kind) SELECT ?, "+at+", "+order+", n, "+level+`, source, kind
				FROM evidence v WHERE n >= ? AND n < ?`+single+" ORDER BY 2, 3, n", b.incident, from, min(from+bulkSlice, b.end())); err != nil {
				return err
			}
			f.breathe()
		}
	} else if err := f.exec("DELETE FROM timeline WHERE incident = ?1 AND entity IS NULL AND (at, ord, n) IN (SELECT "+at+", "+lineOrder+", n FROM evidence v WHERE n >= ?2 AND n < ?3)",
		b.incident, b.first, b.end()); err != nil {
		return err
	}
	if f.alone != b.first {
		if err := f.seatCopies(b, at, level); err != nil {
			return err
		}
	}
	if err := f.touchCorrected(b); err != nil {
		return err
	}
	return f.stride(b.incident)
}

// seatCopies decides, for every line that other imports brought too, which of them stands in the timeline.
func (f *fold) seatCopies(b batch, at, level string) error {
	var ids []int64
	if err := f.each("SELECT DISTINCT v.id FROM evidence v JOIN evidence_ids o ON o.id = v.id AND o.n <> v.n WHERE v.n >= ? AND v.n < ?",
		[]any{b.first, b.end()}, func(row scanner) error {
			var id int64
			if err := row.Scan(&id); err != nil {
				return err
			}
			ids = append(ids, id)
			return nil
		}); err != nil {
		return err
	}
	for _, id := range ids {
		corrected, err := f.isCorrected(eventID(id))
		if err != nil {
			return err
		}
		if corrected {
			continue // it takes its place anew in touchCorrected
		}
		if err := f.exec("DELETE FROM timeline WHERE incident = ?1 AND entity IS NULL AND (at, ord, n) IN (SELECT "+at+", "+lineOrder+", v.n FROM evidence_ids k JOIN evidence v ON v.n = k.n WHERE k.id = ?2)",
			b.incident, id); err != nil {
			return err
		}
		n, winner, err := f.evidenceOf(eventID(id))
		if err != nil {
			return err
		}
		if !winner.shown {
			continue
		}
		if err := f.exec("INSERT INTO timeline(incident, at, ord, n, level, source, kind) SELECT ?, "+at+", "+lineOrder+", n, "+level+", source, kind FROM evidence v WHERE n = ?", b.incident, n); err != nil {
			return err
		}
	}
	return nil
}

// isCorrected tells whether people ever said anything about a line.
func (s *Store) isCorrected(id model.ID) (corrected bool, err error) {
	err = s.row("SELECT EXISTS(SELECT 1 FROM entity e JOIN cell c ON c.entity = e.n WHERE e.id = ?)", string(id)).Scan(&corrected)
	return corrected, err
}

// touchCorrected has the events that people worked on take their place anew.
func (f *fold) touchCorrected(b batch) error {
	type event struct {
		entity int64
		id     model.ID
	}
	var events []event
	if err := f.each("SELECT n, id FROM entity e WHERE type = 'event' AND incident IN (0, ?) AND EXISTS(SELECT 1 FROM cell WHERE entity = e.n)", []any{b.incident}, func(row scanner) error {
		var e event
		err := row.Scan(&e.entity, &e.id)
		events = append(events, e)
		return err
	}); err != nil {
		return err
	}
	for _, e := range events {
		number, ok := eventNumber(e.id)
		if !ok {
			continue
		}
		var here bool
		if err := f.row("SELECT EXISTS(SELECT 1 FROM evidence_ids WHERE id = ? AND n >= ? AND n < ?)", number, b.first, b.end()).Scan(&here); err != nil {
			return err
		}
		if here {
			f.entities[e.entity] = true
		}
	}
	return nil
}
