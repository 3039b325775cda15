package demo

import (
	"encoding/json"

	"aftermath/model"
)

func n(digits string) json.Number { return json.Number(digits) }

// work is what the room decided, how it is verified, and what was seen three months later.
func (t *telling) work() {
	t.changes(
		change{"page", []string{"average", "view"}, fields{
			"title", "Page on-call when connection use of payments-db is above 80% for 2 minutes", "stage", "effective",
			"detail", "Replaces the message to #db-capacity. The page carries the link to the connections by client.",
			"lever", "detection_speed", "effect", "detect", "strength", "intermediate", "owner", "Jonas Okafor", "due", "2026-06-19",
			"criteria", "A filled pool in staging pages within 3 minutes, and the page names the client with the most connections.",
			"metric", "time to detect a shortage of connections", "direction", "falling", "baseline", n("6"), "target", n("2"), "unit", "minutes", "by", "2026-08-31",
			"measured", "Incident log, detected minus impact started", "frequency", "high", "impact", "high", "effort", "low", "occurrences", "2–4–9", "loss", "10–20–60", "days", "1–2–4", "removes", "30–60–80",
			"data", "A script that opens 410 connections and holds them.", "environment", "staging, then production with a lowered threshold",
			"expected", "One page within 3 minutes; it resolves by itself when the script ends.", "rollback", "Silence the monitor; the message to the channel stays.",
			"success_signal", "A page for each hour above 80%", "harm_signal", "More than two pages a week without an action", "watch", "4 weeks", "verifier", "Priya Raman",
			"url", "https://tickets.example.org/PAY-881", "outcome", "improved", "outcome_value", n("1"), "outcome_on", "2026-09-02",
			"outcome_note", "Two shortages since, paged after 1 minute each. One page in 11 weeks needed no action.",
		}, [][2]string{
			{"Open 410 connections with the script", "a page within 3 minutes that names the script's user"},
			{"Stop the script", "the page resolves within 5 minutes"},
		}, []fields{
			{"environment", "staging", "status", "passed", "passed", n("2"), "failed", n("0"), "by", "Priya Raman", "at", "2026-06-12T09:20:00Z", "url", "https://ci.example.org/runs/9310"},
			{"environment", "production", "status", "passed", "passed", n("2"), "failed", n("0"), "by", "Priya Raman", "at", "2026-06-17T13:05:00Z", "url", "https://ci.example.org/runs/9377"},
		}},
		change{"auto", []string{"rollback", "cdn"}, fields{
			"title", "Roll checkout-api back by itself when errors pass 2% within 10 minutes of a deploy", "stage", "effective",
			"detail", "Starts the previous image again. No build, no tests, a note in the channel.",
			"lever", "automate_decision", "effect", "recover", "strength", "strong", "owner", "Priya Raman", "due", "2026-07-10",
			"criteria", "A deploy that fails on purpose is back on the previous version within 5 minutes, without a person.",
			"metric", "time to recover from a deploy", "direction", "falling", "baseline", n("45"), "target", n("10"), "unit", "minutes", "by", "2026-08-31",
			"measured", "Incident log, resolved minus impact started", "frequency", "high", "impact", "high", "effort", "medium", "occurrences", "3–6–12", "loss", "15–25–45", "days", "5–12–25", "removes", "60–80–95",
			"data", "A build that answers one request in ten with an error.", "environment", "staging, then production at a quiet hour",
			"expected", "The previous version serves everything within 5 minutes; the channel says why.", "rollback", "Switch the rule off; rolling back by hand stays possible.",
			"success_signal", "Deploys that rolled back by themselves", "harm_signal", "Rollbacks of a healthy deploy", "watch", "8 weeks", "verifier", "Maya Lindqvist",
			"url", "https://tickets.example.org/PAY-882", "outcome", "improved", "outcome_value", n("8"), "outcome_on", "2026-09-02",
			"outcome_note", "Two deploys since then failed in a similar way. Both rolled back by themselves and were over after 7 and 8 minutes. Two are few, but in both nobody had to decide anything.",
		}, [][2]string{
			{"Deploy the build that fails one request in ten", "the rule fires within 3 minutes"},
			{"Wait without touching anything", "the previous version serves everything within 5 minutes of the deploy"},
			{"Deploy a healthy build", "nothing happens for 10 minutes"},
		}, []fields{
			{"environment", "staging", "status", "failed", "passed", n("2"), "failed", n("1"), "by", "Maya Lindqvist", "at", "2026-07-01T08:40:00Z",
				"note", "A healthy deploy was rolled back: start-up errors counted.", "url", "https://ci.example.org/runs/9502"},
			{"environment", "staging", "status", "passed", "passed", n("3"), "failed", n("0"), "by", "Maya Lindqvist", "at", "2026-07-06T08:15:00Z", "url", "https://ci.example.org/runs/9544"},
			{"environment", "production", "status", "passed", "passed", n("3"), "failed", n("0"), "by", "Maya Lindqvist", "at", "2026-07-09T05:30:00Z", "url", "https://ci.example.org/runs/9571"},
		}},
		change{"refuse", []string{"limit", "label"}, fields{
			"title", "Refuse a deploy when the pools together exceed the database's limit", "stage", "verified",
			"lever", "blast_radius", "effect", "prevent", "strength", "strong", "owner", "Jonas Okafor", "due", "2026-07-24",
			"criteria", "The pipeline stops a change that would ask for more than 450 connections and shows the sum.",
			"metric", "deploys that exceed the limit", "direction", "falling", "baseline", n("1"), "target", n("0"), "unit", "a quarter", "by", "2026-09-30",
			"measured", "Pipeline report", "frequency", "medium", "impact", "high", "effort", "low", "occurrences", "1–2–4", "loss", "20–40–120", "days", "2–3–6", "removes", "90",
			"data", "A branch with a pool of 60.", "environment", "staging", "expected", "The deploy is refused and names each pool.",
			"rollback", "Make the check a warning.", "success_signal", "Refused deploys in the pipeline's report", "harm_signal", "Deploys refused although the sum fits",
			"watch", "4 weeks", "verifier", "Priya Raman", "url", "https://tickets.example.org/PAY-883",
			"outcome", "cannot_tell", "outcome_on", "2026-09-02", "outcome_note", "No change has come near the limit since, so there is nothing to count yet.",
		}, [][2]string{
			{"Deploy the branch with a pool of 60", "it is refused, and the sum 720 is shown"},
			{"Deploy with a pool of 30", "it goes through"},
		}, []fields{
			{"environment", "staging", "status", "passed", "passed", n("2"), "failed", n("0"), "by", "Priya Raman", "at", "2026-07-22T12:10:00Z", "url", "https://ci.example.org/runs/9688"},
		}},
		change{"board", []string{"view"}, fields{
			"title", "Put connections and pool waits on the checkout on-call dashboard", "stage", "implemented",
			"lever", "cognitive_load", "effect", "detect", "strength", "intermediate", "owner", "Maya Lindqvist", "due", "2026-07-03",
			"criteria", "Whoever is on call finds the share of connections in use within a minute of a page.",
			"metric", "time from page to the right team", "direction", "falling", "baseline", n("9"), "target", n("3"), "unit", "minutes", "by", "2026-10-31",
			"measured", "Incident channel, page to first mention of the database", "frequency", "high", "impact", "medium", "effort", "medium",
			"data", "A recorded hour of the outage.", "environment", "the replay of 2 June", "expected", "Two people who were not there name the database within 3 minutes.",
			"rollback", "Remove the panel.", "success_signal", "Panel opened during incidents", "harm_signal", "The dashboard takes longer than 2 s to load", "watch", "4 weeks", "verifier", "Elena Duarte",
		}, [][2]string{
			{"Replay the hour for two people who were not there", "both name the database within 3 minutes"},
		}, nil},
		change{"backoff", []string{"retry"}, fields{
			"title", "Back off and stop after two tries when the database refuses a connection", "stage", "committed",
			"lever", "blast_radius", "effect", "limit", "strength", "strong", "owner", "Maya Lindqvist", "due", "2026-08-14",
			"criteria", "Against a full database the client opens no more than 1.2 times its usual attempts.",
			"metric", "attempts for each refused connection", "direction", "falling", "baseline", n("3"), "target", n("1.2"), "by", "2026-09-30",
			"measured", "Client metrics", "frequency", "medium", "impact", "high", "effort", "medium", "occurrences", "1–2–4", "loss", "10–25–60", "days", "3–6–15", "removes", "50",
			"data", "The script of the page's plan.", "environment", "staging", "expected", "Attempts stay below 1.2 for each request while connections are refused.",
			"rollback", "The old client library, by a switch.", "success_signal", "Attempts for each request", "harm_signal", "Requests that fail although the database was back within a second", "watch", "4 weeks",
			"url", "https://tickets.example.org/PAY-885",
		}, [][2]string{
			{"Fill the database in staging and send 100 requests a second", "attempts stay below 120 a second"},
		}, nil},
		change{"replica", []string{"limit"}, fields{
			"title", "Move the reads of the reporting job to a replica", "stage", "proposed", "lever", "blast_radius", "effect", "prevent", "strength", "strong",
			"frequency", "low", "impact", "high", "effort", "high", "parked", "After the database upgrade in November, which brings a replica anyway.",
		}, nil, nil},
		change{"rehearse", nil, fields{"title", "Rehearse a full database once a quarter", "stage", "idea", "detail", "Elena offered to watch the channel from the customers' side."}, nil, nil},
	)
	t.template("An alert that pages", "page", "tooling", "detect", fields{
		"steps", "Bring it over its threshold with a script => a page within 3 minutes that names the cause\nTake it back => the page resolves within 5 minutes",
		"environment", "staging, then production with a lowered threshold", "expected", "One page within 3 minutes; it resolves by itself.",
		"rollback", "Silence the monitor; the message to the channel stays.", "success_signal", "A page for each hour above the threshold", "harm_signal", "More than two pages a week without an action", "watch", "4 weeks"})
	t.template("A rule that acts by itself", "auto", "delivery", "recover", fields{
		"steps", "Give it what it is to act on => it acts within 3 minutes\nWait without touching anything => all is as before\nGive it what it must leave alone => nothing happens for 10 minutes",
		"environment", "staging, then production at a quiet hour", "expected", "It acts by itself when it has to, and only then.",
		"rollback", "Switch the rule off; acting by hand stays possible.", "success_signal", "How often it acted", "harm_signal", "How often it acted on something healthy", "watch", "8 weeks"})
}

// template keeps a plan for the whole file, and says which action it came from.
func (t *telling) template(name, action, area, effect string, plan fields) {
	id := t.w.NewID(model.TypeTemplate)
	g := model.Gesture{}.Set(model.TypeTemplate, id, "name", name).Set(model.TypeTemplate, id, "area", area).Set(model.TypeTemplate, id, "effect", effect)
	for i := 0; i+1 < len(plan); i += 2 {
		g = g.Set(model.TypeTemplate, id, plan[i].(string), plan[i+1])
	}
	t.apply("save a template", g.Set(model.TypeAction, t.actions[action], "template", string(id)))
}
