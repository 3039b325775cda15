package wording

// betterAction is the question that fits the weightiest reason. It never scolds.
func (s *sentence) betterAction(reasons []Reason) Remark {
	r := reasons[0]
	watched := s.all(watch)
	switch r {
	case Investigate:
		return Remark{Reason: r, What: "This ends in knowing more, not yet in a change.", Question: "What will be different in the system once this is done?"}
	case Memory:
		return Remark{Reason: r, What: "This relies on people remembering.", Question: "What would make the right thing happen without anyone remembering it?"}
	case Training:
		return Remark{Reason: r, What: "Training and reminders fade.", Question: "What in the system could show, check or prevent it, so that nobody has to have been trained?"}
	case Nag:
		return Remark{Reason: r, What: "Nothing in the system enforces this yet.", Question: "What would make the next change pass through it, even on a busy day?"}
	}
	if watched {
		return Remark{Reason: r, What: "This does not yet say what will be seen.", Question: "Which signal, at what threshold, for which service?"}
	}
	if r == NoMeasure {
		return Remark{Reason: r, What: "This says in which direction, not how far.", Question: "How much, and by what means?"}
	}
	return Remark{Reason: r, What: "This does not yet say what will be different.", Question: "What exactly will be in the system that is not there now?"}
}

func (s *sentence) deeper() Remark {
	return Remark{Reason: Shallow, What: "This is an event, and a condition is what made it possible.", Question: "What was true of the system before it, and let it have this effect?"}
}

func (s *sentence) backThen() Remark {
	return Remark{Reason: Hindsight, What: "This is said with what we know now.", Question: "What was known at that moment, and to whom?"}
}
