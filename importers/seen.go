package importers

// generation is how many hashes a seen remembers for certain; it forgets what is twice as old. Records
// that come again later than that are left to the storage, which knows every external id.
const generation = 1 << 16

// seen is a set of 8-byte hashes that forgets the oldest, so that a reading of any length needs the same
// memory.
type seen struct {
	young, old hashTable
}

// add puts h into the set and says whether it was new.
func (s *seen) add(h uint64) bool {
	if h == 0 {
		h = 1 // zero stands for an empty place
	}
	if s.old.has(h) || !s.young.add(h) {
		return false
	}
	if s.young.n >= generation {
		s.young, s.old = s.old, s.young
		s.young.clear()
	}
	return true
}

func (s *seen) clear() {
	s.young.clear()
	s.old.clear()
}

// A hashTable is a set in open addressing.
type hashTable struct {
	places []uint64
	n      int
}

// place is where h is, or where it would be put.
func (t *hashTable) place(h uint64) int {
	last := uint64(len(t.places) - 1)
	i := h & last
	for t.places[i] != 0 && t.places[i] != h {
		i = (i + 1) & last
	}
	return int(i)
}

func (t *hashTable) has(h uint64) bool { return t.n > 0 && t.places[t.place(h)] == h }

func (t *hashTable) add(h uint64) bool {
	if 2*(t.n+1) > len(t.places) {
		t.grow()
	}
	i := t.place(h)
	if t.places[i] == h {
		return false
	}
	t.places[i] = h
	t.n++
	return true
}

func (t *hashTable) grow() {
	old := t.places
	t.places, t.n = make([]uint64, max(1<<10, 2*len(old))), 0
	for _, h := range old {
		if h != 0 {
			t.add(h)
		}
	}
}

// clear empties the table and keeps its memory.
func (t *hashTable) clear() {
	clear(t.places)
	t.n = 0
}
