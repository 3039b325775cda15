package timeline

import "testing"

func TestTurnCallsOffTheOneBefore(t *testing.T) {
	var turns turn
	first := turns.next()
	second := turns.next()
	if first.Err() == nil || second.Err() != nil {
		t.Errorf("first %v, second %v", first.Err(), second.Err())
	}
}
