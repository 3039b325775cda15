package storage

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"slices"
	"strings"
)

// pendingLimit is how many ids wait to be stored. Ids are hashes, so that storing each with its row would
// touch a page of its own for every line; sorted by the ten thousand they touch each page once.
const pendingLimit = 1 << 15

// idRows are ids with the numbers of their rows, as incoming rows of which only these columns are read.
type idRows []struct{ id, n int64 }

func (r idRows) size() int { return len(r) }

func (r idRows) value(row, column int) driver.Value {
	if column == 0 {
		return r[row].n
	}
	return r[row].id
}

func (r idRows) sort() {
	slices.SortFunc(r, func(a, b struct{ id, n int64 }) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.n, b.n)) })
}

// pendingIDs are the ids of stored rows that evidence_ids does not have yet.
type pendingIDs struct {
	list idRows
	set  map[int64]struct{}
}

func (p *pendingIDs) has(id int64) bool {
	_, ok := p.set[id]
	return ok
}

func (p *pendingIDs) add(rows []evidenceRow) {
	if p.set == nil {
		p.set = map[int64]struct{}{}
	}
	for i := range rows {
		p.list = append(p.list, struct{ id, n int64 }{rows[i].id, rows[i].n})
		p.set[rows[i].id] = struct{}{}
	}
}

func (j *importing) addIDs(rows []evidenceRow) error {
	j.ids.add(rows)
	if len(j.ids.list) < pendingLimit {
		return nil
	}
	return j.flushIDs(&j.ids)
}

// flushIDs stores the ids that wait, in their order, some thousand by a statement: SQLite remembers in
// memory what the pages were before a statement.
func (s *Store) flushIDs(p *pendingIDs) error {
	p.list.sort()
	for some := range slices.Chunk(p.list, 1024) {
		if err := s.feed(some, func() error {
			return s.exec("INSERT INTO evidence_ids(id, n) SELECT id, n FROM temp.incoming")
		}); err != nil {
			return err
		}
	}
	p.list = p.list[:0]
	clear(p.set)
	return nil
}

// leaveKnown sorts out the rows that the incident already shows, or that came earlier in this import, unless
// they are a newer or a fuller version of the record: the rule of evidenceOf.
func (j *importing) leaveKnown(rows []evidenceRow) ([]evidenceRow, error) {
	known := make([]bool, len(rows))
	if err := j.feed(inOrderOfID(rows), func() error {
		return j.each(`SELECT i.n, v.n >= ? OR coalesce(b.shown AND b.entity <> ?, 0), v.leaf IS NOT NULL, coalesce(v.updated, 0), `+fullness+`, v.at, coalesce(b.entity, 0), coalesce(w.text, '')
			FROM temp.incoming i CROSS JOIN evidence_ids k ON k.id = i.id CROSS JOIN evidence v ON v.n = k.n LEFT JOIN batch b ON `+ofBatch+` LEFT JOIN word w ON w.n = v.zone_source`,
			[]any{j.first, j.replaced}, func(row scanner) error {
				var at int
				var here, redacted bool
				var updated, full, time, batch int64
				var zone string
				err := row.Scan(&at, &here, &redacted, &updated, &full, &time, &batch, &zone)
				r := &rows[at]
				if here && batch > 0 && r.at != time && r.updated == updated && (isTold(zone) || isTold(r.zoneSource)) {
					j.before, j.told = batch, zone
				}
				newer := !redacted && cmp.Or(cmp.Compare(r.updated, updated), cmp.Compare(int64(len(r.title)+len(r.body)), full), cmp.Compare(r.at, time)) > 0
				known[at] = known[at] || here && !newer
				r.newer = r.newer || here && newer
				j.copies = j.copies || !here || newer
				return err
			})
	}); err != nil && !errors.Is(err, errUntouched) { // SQLite does not look at the rows when there is no evidence to join them with
		return nil, err
	}
	seen := make(map[int64]bool, len(rows))
	fresh := rows[:0]
	for i := range rows {
		if id := rows[i].id; known[i] || seen[id] || j.ids.has(id) {
			j.report.Known++
			continue
		}
		seen[rows[i].id] = true
		fresh = append(fresh, rows[i])
	}
	return fresh, nil
}

// isTold reports whether a person, or the head of a file, said in which zone a time was written.
func isTold(zone string) bool {
	return strings.HasPrefix(zone, "told: ") || strings.HasPrefix(zone, "file: ")
}

// inOrderOfID gives the ids of rows with their places in the slice as numbers, so that looking them up goes
// through the table in one direction.
func inOrderOfID(rows []evidenceRow) idRows {
	ids := make(idRows, len(rows))
	for i := range rows {
		ids[i].id, ids[i].n = rows[i].id, int64(i)
	}
	ids.sort()
	return ids
}
