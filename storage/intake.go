package storage

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"aftermath/model"
)

// An intake takes changes from elsewhere into the log, inside one transaction. It takes a change when it
// is the next one of its site and its hash holds; so it does not matter how often, in which order or how
// incompletely they are delivered. A bad change stops its site: the good one may come from elsewhere. What it takes says
// the names of this file (see meeting).
type intake struct {
	*fold
	report  model.MergeReport
	heads   map[string]siteHead
	stopped map[string]bool
	cells   map[cellKey]bool
}

type cellKey struct{ entity, field int64 }

// rowsOf gives the rows of an import change to yield, in their order.
type rowsOf func(yield func(*evidenceRow) error) error

func (s *Store) newIntake() *intake {
	return &intake{fold: s.newFold(), heads: map[string]siteHead{}, stopped: map[string]bool{}, cells: map[cellKey]bool{}}
}

// refuse stops a site and says why.
func (in *intake) refuse(c *change, reason string) {
	in.stopped[c.site] = true
	in.report.Refused = append(in.report.Refused, breach{c.ref(), reason}.String())
}

const (
	reasonHash  = "it does not match its hash"
	reasonPlace = "another change has its place already"
	reasonRows  = "the imported lines do not match their hash"
)

func (in *intake) take(c *change, rows rowsOf) (err error) {
	if in.stopped[c.site] {
		return nil
	}
	head, known := in.heads[c.site]
	if !known {
		if head, err = in.head(c.site); err != nil {
			return err
		}
		in.heads[c.site] = head
	}
	switch {
	case c.seq <= head.seq:
		return in.compare(c)
	case c.seq > head.seq+1, head.hash == nil:
		return nil // what is missing in between may come later
	case !bytes.Equal(c.chain(head.hash), c.hash), c.redacted() && c.value != nil:
		in.refuse(c, reasonHash)
		return nil
	}
	if c.kind == kindImport {
		sound, err := in.takeRows(c, rows)
		if err != nil {
			return err
		}
		if !sound {
			in.refuse(c, reasonRows)
			return nil
		}
	}
	if err := in.store(c); err != nil {
		return err
	}
	in.heads[c.site] = siteHead{c.seq, c.hash}
	in.report.New++
	return in.touch(c)
}

// compare looks whether a change that the log has already is the same one.
func (in *intake) compare(c *change) error {
	site, err := in.siteNumber(c.site)
	if err != nil {
		return err
	}
	var hash []byte
	if err := in.row("SELECT hash FROM change WHERE site = ? AND seq = ?", site, c.seq).Scan(&hash); err != nil {
		return err
	}
	if !bytes.Equal(hash, c.hash) {
		in.refuse(c, reasonPlace)
		return nil
	}
	in.report.Known++
	return nil
}

// touch remembers what has to be folded.
func (in *intake) touch(c *change) error {
	entity, err := in.entityNumber(c.entity)
	if err != nil {
		return err
	}
	switch c.kind {
	case kindSet, kindDelete:
		field, err := in.word(c.field)
		if err != nil {
			return err
		}
		in.cells[cellKey{entity, field}] = true
	case kindImport:
		in.entities[entity] = true
	}
	return nil
}

// takeRows stores the rows of an import if they are what its change promises.
func (in *intake) takeRows(c *change, rows rowsOf) (sound bool, err error) {
	var m manifest
	if json.Unmarshal(c.value, &m) != nil || m.Incident.Type() != model.TypeIncident {
		return false, nil
	}
	incident, err := in.entityNumber(m.Incident)
	if err != nil {
		return false, err
	}
	if err := in.script("SAVEPOINT rows"); err != nil {
		return false, err
	}
	first, err := in.nextNumber()
	if err != nil {
		return false, err
	}
	root, next := newBatchHash(), first
	var slice []evidenceRow
	var size int
	flush := func() error {
		defer func() { clear(slice); slice, size = slice[:0], 0 }()
		if len(slice) == 0 {
			return nil
		}
		return in.addEvidence(slice)
	}
	err = rows(func(r *evidenceRow) error {
		root.add(r)
		one := *r
		one.n = next
		next++
		if err := in.wordsOf(&one); err != nil {
			return err
		}
		slice = append(slice, one)
		if size += len(one.title) + len(one.body); len(slice) >= importRows || size >= importBytes {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return false, err
	}
	if next-first != m.Rows || hex.EncodeToString(root.sum.Sum(nil)) != m.Root {
		in.words.reset()
		return false, in.script("ROLLBACK TO rows", "RELEASE rows")
	}
	if err := in.storeBatch(c, incident, first, m.Rows); err != nil {
		return false, err
	}
	if err := in.touchCorrected(batch{first: first, count: m.Rows, incident: incident}); err != nil {
		return false, err
	}
	return true, in.script("RELEASE rows")
}

// conclude folds everything that came, and lists the conflicts that it left.
func (in *intake) conclude() error {
	keys := slices.SortedFunc(maps.Keys(in.cells), func(a, b cellKey) int {
		if a.entity != b.entity {
			return int(min(1, max(-1, a.entity-b.entity)))
		}
		return int(min(1, max(-1, a.field-b.field)))
	})
	touched := map[model.ID]bool{}
	for _, k := range keys {
		if err := in.refresh(k.entity, k.field); err != nil {
			return err
		}
		id, err := in.entityID(k.entity)
		if err != nil {
			return err
		}
		touched[id] = true
	}
	if err := in.settle(); err != nil {
		return err
	}
	conflicts, err := in.conflicts(0)
	for _, c := range conflicts {
		if touched[c.Entity] {
			in.report.Conflicts = append(in.report.Conflicts, c)
		}
	}
	return err
}
