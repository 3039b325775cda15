package storage

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"aftermath/model"
)

// A cell is one field of one entity. Its heads are the changes that no other change of the cell has seen:
// one as a rule, more when people changed it at once. They depend on the set of changes alone, not on the
// order in which these came, and so do all copies of the file agree.
type cell struct {
	heads []ref
	holds bool // the shown head has a value
	clash bool // the heads have different values
}

// headsOf finds the heads among all changes of a cell, the shown one first.
func headsOf(changes []*change) []*change {
	seen := map[ref]bool{}
	for _, c := range changes {
		for _, b := range c.base {
			seen[b] = true
		}
	}
	var heads []*change
	for _, c := range changes {
		if !seen[c.ref()] {
			heads = append(heads, c)
		}
	}
	slices.SortFunc(heads, func(a, b *change) int {
		return cmp.Or(cmp.Compare(b.clock, a.clock), cmp.Compare(b.site, a.site), cmp.Compare(b.seq, a.seq))
	})
	return heads
}

func refsOf(changes []*change) []ref {
	refs := make([]ref, len(changes))
	for i, c := range changes {
		refs[i] = c.ref()
	}
	return refs
}

// entityNumber is the local number of an entity; 0 stands for none.
func (s *Store) entityNumber(id model.ID) (n int64, err error) {
	if id == "" {
		return 0, nil
	}
	n, known, err := s.knownEntity(id)
	if known || err != nil {
		return n, err
	}
	return n, s.row("INSERT INTO entity(id, type) VALUES(?, ?) RETURNING n", string(id), string(id.Type())).Scan(&n)
}

func (s *Store) knownEntity(id model.ID) (n int64, known bool, err error) {
	known, err = found(s.row("SELECT n FROM entity WHERE id = ?", string(id)).Scan(&n))
	return n, known, err
}

func (s *Store) entityID(n int64) (id model.ID, err error) {
	_, err = found(s.row("SELECT id FROM entity WHERE n = ?", n).Scan(&id))
	return id, err
}

// cellOf reads a cell's state as it was folded; a cell that nobody ever set has no heads.
func (s *Store) cellOf(entity, field int64) (c cell, err error) {
	var heads string
	if _, err = found(s.row("SELECT heads, holds, clash FROM cell WHERE entity = ? AND field = ?", entity, field).
		Scan(&heads, &c.holds, &c.clash)); err != nil {
		return c, err
	}
	c.heads, err = s.unpackRefs(heads)
	return c, err
}

// log reads all changes of a cell.
func (s *Store) cellLog(entity, field int64) ([]*change, error) {
	return s.changes("c.entity = ? AND c.field = ?", entity, field)
}

// decode is a change's value as Go has it; numbers stay as they were typed.
func (c *change) decode() any {
	if c.redacted() {
		return redactedText
	}
	decoder := json.NewDecoder(bytes.NewReader(c.value))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil
	}
	return value
}

const redactedText = "[redacted]"

// isNull tells whether a change clears its cell.
func (c *change) isNull() bool { return !c.redacted() && (c.value == nil || string(c.value) == "null") }

func sameValue(a, b *change) bool {
	return a.redacted() == b.redacted() && bytes.Equal(a.value, b.value)
}
