package importers

// seenLimit bounds the memory of a reading: beyond it repeats are left to the storage, which knows
// every external id anyway.
const seenLimit = 2 << 20

// seen is a set of 8-byte hashes in open addressing. Zero stands for an empty place, so the hash zero
// is stored as one.
type seen struct {
	table []uint64
	n     int
}

// add puts h into the set and says whether it was new.
func (s *seen) add(h uint64) bool {
	if h == 0 {
		h = 1
	}
	if s.n >= seenLimit {
		return !s.has(h)
	}
	if 2*(s.n+1) > len(s.table) {
		s.grow()
	}
	i := h & uint64(len(s.table)-1)
	for s.table[i] != 0 {
		if s.table[i] == h {
			return false
		}
		i = (i + 1) & uint64(len(s.table)-1)
	}
	s.table[i] = h
	s.n++
	return true
}

func (s *seen) has(h uint64) bool {
	for i := h & uint64(len(s.table)-1); s.table[i] != 0; i = (i + 1) & uint64(len(s.table)-1) {
		if s.table[i] == h {
			return true
		}
	}
	return false
}

// clear empties the set and keeps its memory.
func (s *seen) clear() {
	clear(s.table)
	s.n = 0
}

func (s *seen) grow() {
	old := s.table
	s.table, s.n = make([]uint64, max(1<<14, 2*len(old))), 0
	for _, h := range old {
		if h != 0 {
			s.add(h)
		}
	}
}
