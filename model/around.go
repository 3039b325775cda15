package model

import "time"

// aroundMargin is how much is looked at before an incident starts and after it is resolved.
const aroundMargin = time.Hour

// Around is the window of time in which evidence of an incident is looked for: from an hour before its start
// to an hour after it was resolved, or to now while it is not. From is zero when nobody has said when it
// started.
func (i Incident) Around(now time.Time) (from, to time.Time) {
	to = now.UTC()
	if !i.Resolved.IsZero() {
		to = i.Resolved.Add(aroundMargin)
	}
	if i.Started.IsZero() {
		return time.Time{}, to
	}
	return i.Started.Add(-aroundMargin), to
}
