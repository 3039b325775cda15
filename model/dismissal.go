package model

import "crypto/sha256"

// DismissalID is the id of the statement that a doubt was looked at and set aside. It follows from the kind
// and from what the doubt is about, not from its figures: the same doubt found again stays away, and two
// people who set it aside apart meet in one statement.
func DismissalID(incident ID, kind, about string) ID {
	sum := sha256.Sum256([]byte("dismissal\x00" + string(incident) + "\x00" + kind + "\x00" + about))
	return IDFrom(TypeDismissal, [8]byte(sum[:8]))
}

// SetAside sets a doubt aside for a reason. Undoing the gesture brings the doubt back.
func SetAside(incident ID, d Doubt, reason string) Gesture {
	id := DismissalID(incident, d.Kind, d.About)
	return Gesture{Label: "set a doubt aside"}.
		Set(TypeDismissal, id, "incident", string(incident)).
		Set(TypeDismissal, id, "kind", d.Kind).
		Set(TypeDismissal, id, "about", d.About).
		Set(TypeDismissal, id, "what", d.What).
		Set(TypeDismissal, id, "reason", reason)
}

// Aside sets what a check found aside for a reason, where that can be: what is missing is mended by filling
// it in.
func (f Finding) Aside(incident ID, reason string) (Gesture, bool) {
	if f.Kind == "" {
		return Gesture{}, false
	}
	g := SetAside(incident, Doubt{Kind: f.Kind, About: f.About, What: f.What}, reason)
	switch f.Kind {
	case DoubtWording:
		g.Label = "set a remark aside"
	case DoubtSecret:
		g.Label = "set a credential aside"
	}
	return g, true
}

// DoubtsSetAside counts the doubts about times that were set aside; remarks on wording and credentials are others.
func (r Record) DoubtsSetAside() int {
	n := 0
	for _, x := range r.Dismissals {
		if x.Kind != DoubtWording && x.Kind != DoubtSecret {
			n++
		}
	}
	return n
}

func (r Record) dismissed(d Doubt) bool {
	id := DismissalID(r.Incident.ID, d.Kind, d.About)
	for _, x := range r.Dismissals {
		if x.ID == id {
			return true
		}
	}
	return false
}
