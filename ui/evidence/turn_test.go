package evidence

import "testing"

func TestTurnCallsOffTheOneBefore(t *testing.T) {
	var turns Turn
	first := turns.Next()
	second := turns.Next()
	if first.Err() == nil || second.Err() != nil {
		t.Errorf("first %v, second %v", first.Err(), second.Err())
	}
}
