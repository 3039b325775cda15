package demo

import "aftermath/model"

// analysis is the room's view of what had to be true, and how one thing acted on another.
func (t *telling) analysis() {
	t.conditions(
		condition{"limit", "Nothing compares the sum of the pools with the 500 connections that the database accepts", "technical", "infrastructure", "enabling", "prevented",
			"Database", "Jonas Okafor", "The limit is set in the database's repository, the pools in each service's. No place knows both.", []string{"refused", "full"}},
		condition{"retry", "The client asks three times without a pause when a connection is refused", "technical", "code", "amplifying", "smaller",
			"Checkout", "Maya Lindqvist", "It was written for a database that restarts within a second. Against a full one it triples the demand.", []string{"retries"}},
		condition{"average", "The latency alert watches an average over five minutes of all endpoints", "technical", "tooling", "detection_gap", "sooner",
			"Checkout", "Priya Raman", "p99 was above 2 s from 14:02, the average passed its threshold at 14:06.", []string{"slow", "alert"}},
		condition{"view", "Connection use is on the database team's dashboard only, and its alert pages nobody", "human", "on_call", "detection_gap", "sooner",
			"Database", "Maya Lindqvist", "Whoever is on call for checkout has no access to it.", []string{"full", "first"}},
		condition{"cdn", "A notice from the morning made the CDN the likelier explanation", "human", "decision_making", "delayed_recovery", "shorter",
			"Checkout", "Maya Lindqvist", "It was the sensible first guess: twice that spring the same picture had been the CDN.", []string{"cdn", "first", "cdnmove"}},
		condition{"label", "A change of configuration goes out without a load test, whatever it changes", "process", "delivery", "trigger", "prevented",
			"Platform", "Priya Raman", "The label was made for texts and feature switches. It fits pools, timeouts and limits as well.", []string{"review", "build", "approve"}},
		condition{"rollback", "Going back runs the whole build and all tests again and takes twenty minutes", "process", "delivery", "delayed_recovery", "shorter",
			"Platform", "Jonas Okafor", "From the decision at 14:18 to 14:38. The image of v211 was there all the time.", []string{"rebuild", "undeployed", "back"}},
		condition{"prepared", "Support had a notice ready for slow payments", "human", "communication", "mitigator", "unchanged",
			"Support", "Elena Duarte", "The outage would have lasted as long; some 300 more people would have written in.", []string{"notice"}},
	)
	t.interactions(
		[3]string{"label", "enabled", "limit"},
		[3]string{"limit", "enabled", "retry"},
		[3]string{"retry", "amplified", "limit"},
		[3]string{"retry", "masked", "limit"},
		[3]string{"retry", "enabled", "cdn"},
		[3]string{"average", "amplified", "cdn"},
		[3]string{"view", "enabled", "cdn"},
		[3]string{"cdn", "delayed", "rollback"},
		[3]string{"rollback", "enabled", "cdn"},
	)
	t.answers("Ines Albrecht", "16:20",
		[2]string{"boundary", "The database accepts 500 connections, and nothing on the way to production knows that number."},
		[2]string{"boundary-seen", "Only the dashboard of the database team shows it, and its alert pages nobody."},
		[2]string{"change", "The pool of each of the twelve instances went from 20 to 60. Its label said configuration, so no load test ran."},
		[2]string{"deploy-back", "It builds and tests everything again: twenty minutes, and it was last tried in March."},
		[2]string{"deploy-at-once", model.LookedAt},
		[2]string{"capacity-feedback", "The client's three tries: they tripled the demand as soon as the first connection was refused."},
	)
}
