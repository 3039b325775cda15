package storage

import (
	"encoding/json"

	"aftermath/model"
)

// seenEdits is what a delete says: the last edit of the entity by each site that its author had seen.
type seenEdits map[string]int64

func (s seenEdits) covers(edits map[string]int64) bool {
	for site, last := range edits {
		if last > s[site] {
			return false
		}
	}
	return true
}

// turnDelete is what the cell of deletes says once change c of it is undone or redone. Where that deletes the
// entity again, the delete has seen what it had seen then, and what undoing and redoing wrote since; never
// what others wrote meanwhile, so that their edits keep the entity visible.
func (w *writer) turnDelete(kind string, c *change) ([]byte, error) {
	given, err := w.deletesGiven(kind, c)
	if err != nil || len(given) == 0 {
		return []byte("null"), err
	}
	all := make([]seenEdits, len(given))
	union := seenEdits{}
	for i, g := range given {
		if g.isNull() {
			return []byte("null"), nil // somebody kept it then
		}
		if all[i], err = g.seenEdits(); err != nil {
			return g.value, nil // said by a newer version in its own way
		}
		for site, last := range all[i] {
			union[site] = max(union[site], last)
		}
	}
	before, now, err := w.ownEdits(c)
	if err != nil {
		return nil, err
	}
	for _, seen := range all {
		if !seen.covers(before) || !seen.covers(union) {
			continue // with this one alone the entity was not gone
		}
		for site, last := range now {
			seen[site] = max(seen[site], last)
		}
		return json.Marshal(seen)
	}
	return json.Marshal(all[0])
}

// deletesGiven are the changes whose state an undo or a redo of c brings back, the shown one first.
func (w *writer) deletesGiven(kind string, c *change) (list []*change, err error) {
	if kind == kindRedo {
		return []*change{c}, nil
	}
	for _, r := range c.base {
		one, err := w.lookUp(r)
		if err != nil {
			return nil, err
		}
		if one != nil {
			list = append(list, one)
		}
	}
	return list, nil
}

// ownEdits are one's own last edits of c's entity: those before c, and those until now.
func (w *writer) ownEdits(c *change) (before, now map[string]int64, err error) {
	own, err := w.ownGestures()
	if err != nil {
		return nil, nil, err
	}
	sites, err := json.Marshal(own.sites)
	if err != nil {
		return nil, nil, err
	}
	set, err := w.word(kindSet)
	if err != nil {
		return nil, nil, err
	}
	entity, err := w.entityNumber(c.entity)
	if err != nil {
		return nil, nil, err
	}
	before, now = map[string]int64{}, map[string]int64{}
	err = w.each(`SELECT s.id, max(c.seq), coalesce(max(CASE WHEN iif(s.id = ?1, c.seq < ?2, c.clock < ?3) THEN c.seq END), 0)
		FROM change c JOIN site s ON s.n = c.site WHERE c.entity = ?4 AND c.kind = ?5 AND c.site IN (SELECT value FROM json_each(?6)) GROUP BY c.site`,
		[]any{c.site, c.seq, c.clock, entity, set, string(sites)}, func(row scanner) error {
			var site string
			var last, earlier int64
			err := row.Scan(&site, &last, &earlier)
			before[site], now[site] = earlier, last
			return err
		})
	return before, now, err
}

// verdict is what the cell of deletes says once somebody has decided: a delete has seen every edit there is.
func (w *writer) verdict(id model.ID, delete bool) ([]byte, error) {
	if !delete {
		return []byte("null"), nil
	}
	entity, err := w.entityNumber(id)
	if err != nil {
		return nil, err
	}
	seen, err := w.editsOf(entity)
	if err != nil {
		return nil, err
	}
	return json.Marshal(seen)
}
