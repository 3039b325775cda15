package storage

import (
	"cmp"
	"sort"
)

// Strides make counting quick: each row counts the events of one level from its own place in the timeline
// up to the next stride's. So the number of events before any place is a sum over some rows of this table
// and a count of some hundred events, however many events there are.

const strideLength = 1024

// The place before all others.
const (
	firstAt = -1 << 63
	firstN  = -1 << 63
)

const strideAt = "SELECT at, ord, n FROM stride WHERE incident = ?1 AND level = ?2 AND (at, ord, n) <= (?3, ?4, ?5) ORDER BY at DESC, ord DESC, n DESC LIMIT 1"

// bump counts an event in or out, after it was added to the timeline or removed from it.
func (f *fold) bump(at seat, by int) error {
	f.incidents[at.incident] = true
	var start seat
	var count int
	known, err := found(f.row("UPDATE stride SET count = count + ?6 WHERE incident = ?1 AND level = ?2 AND (at, ord, n) = ("+strideAt+") RETURNING at, ord, n, count",
		at.incident, at.level, at.at, at.ord, at.n, by).Scan(&start.at, &start.ord, &start.n, &count))
	if err != nil {
		return err
	}
	if !known {
		return f.exec("INSERT INTO stride(incident, level, at, ord, n, count) VALUES(?,?,?,?,?,?)", at.incident, at.level, firstAt, firstN, firstN, by)
	}
	if count <= 2*strideLength {
		return nil
	}
	var middle seat
	if err := f.row("SELECT at, ord, n FROM timeline WHERE incident = ? AND level = ? AND (at, ord, n) >= (?, ?, ?) ORDER BY at, ord, n LIMIT 1 OFFSET ?",
		at.incident, at.level, start.at, start.ord, start.n, strideLength).Scan(&middle.at, &middle.ord, &middle.n); err != nil {
		return err
	}
	if err := f.exec("UPDATE stride SET count = ? WHERE incident = ? AND level = ? AND at = ? AND ord = ? AND n = ?", strideLength, at.incident, at.level, start.at, start.ord, start.n); err != nil {
		return err
	}
	return f.exec("INSERT INTO stride(incident, level, at, ord, n, count) VALUES(?,?,?,?,?,?)", at.incident, at.level, middle.at, middle.ord, middle.n, count-strideLength)
}

// stride counts an incident's untouched events anew, after an import brought or took many of them, or a
// statement about a whole source moved or hid them.
func (f *fold) stride(incident int64) error {
	type step struct {
		seat
		count int64
	}
	// The swept levels count even when no sweep is left: a line that was worked on once, and is not now, takes
	// its place anew only after this.
	levels := []int{levelUntouched, levelUntouched | levelHousekeeping, levelUntouched | levelNoise, levelUntouched | levelNoise | levelHousekeeping}
	var steps []step
	for _, level := range levels {
		from := seat{at: firstAt, ord: firstN, n: firstN}
		for {
			var next seat
			more, err := found(f.row("SELECT at, ord, n FROM timeline WHERE incident = ? AND level = ? AND (at, ord, n) >= (?, ?, ?) ORDER BY at, ord, n LIMIT 1 OFFSET ?",
				incident, level, from.at, from.ord, from.n, strideLength).Scan(&next.at, &next.ord, &next.n))
			if err != nil {
				return err
			}
			here := step{seat: from, count: strideLength}
			here.level = level
			if !more {
				if err := f.row("SELECT count(*) FROM timeline WHERE incident = ? AND level = ? AND (at, ord, n) >= (?, ?, ?)", incident, level, from.at, from.ord, from.n).Scan(&here.count); err != nil {
					return err
				}
			}
			if here.count > 0 {
				steps = append(steps, here)
			}
			if !more {
				break
			}
			from = next
			f.breathe()
		}
	}
	if err := f.exec("DELETE FROM stride WHERE incident = ? AND level & ? <> 0", incident, levelUntouched); err != nil {
		return err
	}
	for _, here := range steps {
		if err := f.exec("INSERT INTO stride(incident, level, at, ord, n, count) VALUES(?,?,?,?,?,?)", incident, here.level, here.at, here.ord, here.n, here.count); err != nil {
			return err
		}
	}
	f.incidents[incident] = true
	return nil
}

// countAll is how many events of an incident stand on the levels that a mask lets through.
func (s *Store) countAll(incident int64, m mask) (n int, err error) {
	err = s.row("SELECT coalesce(sum(count), 0) FROM stride WHERE incident = ? AND level & ? = ?", incident, m.looked, m.wanted).Scan(&n)
	return n, err
}

// strides are an incident's strides of one level, each with the number of events before it.
type strides struct {
	level  int
	starts []seat
	before []int
}

// stridesOf reads the strides of the levels that a mask lets through.
func (s *Store) stridesOf(incident int64, m mask) (list []strides, err error) {
	sum := 0
	return list, s.each("SELECT level, at, ord, n, count FROM stride WHERE incident = ? AND level & ? = ? ORDER BY level, at, ord, n", []any{incident, m.looked, m.wanted}, func(row scanner) error {
		start := seat{incident: incident}
		var count int
		if err := row.Scan(&start.level, &start.at, &start.ord, &start.n, &count); err != nil {
			return err
		}
		if len(list) == 0 || list[len(list)-1].level != start.level {
			list, sum = append(list, strides{level: start.level}), 0
		}
		one := &list[len(list)-1]
		one.starts, one.before = append(one.starts, start), append(one.before, sum)
		sum += count
		return nil
	})
}

// isAfter tells whether a seat stands behind another one in the timeline.
func (s seat) isAfter(o seat) bool {
	return cmp.Or(cmp.Compare(s.at, o.at), cmp.Compare(s.ord, o.ord), cmp.Compare(s.n, o.n)) > 0
}

// beforeAll is the place before all events of a time.
func beforeAll(at int64) seat { return seat{at: at, ord: firstN, n: firstN} }

// find is the stride that a place lies in; -1 when it lies before them all.
func (one *strides) find(at seat) int {
	return sort.Search(len(one.starts), func(i int) bool { return one.starts[i].isAfter(at) }) - 1
}

// countFrom is how many events of a level stand from a place up to another one.
func (s *Store) countFrom(from, to seat) (count int, err error) {
	err = s.row("SELECT count(*) FROM timeline WHERE incident = ? AND level = ? AND (at, ord, n) >= (?, ?, ?) AND (at, ord, n) < (?, ?, ?)",
		from.incident, from.level, from.at, from.ord, from.n, to.at, to.ord, to.n).Scan(&count)
	return count, err
}

// countBefore is how many events stand before a place.
func (s *Store) countBefore(list []strides, at seat) (total int, err error) {
	for _, one := range list {
		i := one.find(at)
		if i < 0 {
			continue
		}
		part, err := s.countFrom(one.starts[i], at)
		if err != nil {
			return 0, err
		}
		total += one.before[i] + part
	}
	return total, nil
}

// countSlices counts the events of a level between each two of some times that rise. Where several of them
// lie in one stride, its events are counted once and not from its start for each.
func (s *Store) countSlices(one *strides, times []int64, counts []int) error {
	stride, from, part, before := -1, seat{}, 0, 0
	for i, at := range times {
		total := 0
		if here := one.find(beforeAll(at)); here >= 0 {
			if here != stride {
				stride, from, part = here, one.starts[here], 0
			}
			n, err := s.countFrom(from, beforeAll(at))
			if err != nil {
				return err
			}
			from.at, from.ord, from.n, part = at, firstN, firstN, part+n
			total = one.before[here] + part
		}
		if i > 0 {
			counts[i-1] += total - before
		}
		before = total
	}
	return nil
}
