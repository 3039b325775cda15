package importers

import "testing"

func TestSeenForgetsOnlyTheOldest(t *testing.T) {
	var s seen
	hash := func(i int) uint64 { return uint64(i) * 0x9e3779b97f4a7c15 }
	const n = 5 * generation
	for i := range n {
		if !s.add(hash(i)) {
			t.Fatalf("%d is not new", i)
		}
		if i >= generation && s.add(hash(i-generation+1)) {
			t.Fatalf("%d was forgotten at %d", i-generation+1, i)
		}
	}
	if !s.add(hash(1)) {
		t.Error("the first is remembered still, so the set grows without end")
	}
	if len(s.young.places) > 2*generation || len(s.old.places) > 2*generation {
		t.Errorf("%d and %d places", len(s.young.places), len(s.old.places))
	}
	s.clear()
	if !s.add(0) || s.add(0) {
		t.Error("zero is not kept as any other")
	}
}
