package demo

import (
	"context"

	"aftermath/model"
)

func outage(ctx context.Context, w Writer) error {
	t := begin(ctx, w, "2026-06-02", "+02:00")
	t.frame()
	t.participants(
		[3]string{"Maya Lindqvist", "dev", "On call for checkout"},
		[3]string{"Jonas Okafor", "ops", "Author of the change, responder from 14:15"},
		[3]string{"Priya Raman", "test", "Owner of the pipeline's tests"},
		[3]string{"Elena Duarte", "support", "Wrote to customers"},
		[3]string{"Tomas Weiss", "product", "Campaigns and checkout"},
		[3]string{"Ines Albrecht", "other", "Facilitator"},
	)
	for _, e := range exports {
		t.bring(e)
	}
	t.story()
	t.triage()
	t.analysis()
	t.work()
	return t.err
}

func (t *telling) frame() {
	t.apply("create the incident", t.entity(model.Gesture{}, model.TypeIncident, t.incident, fields{
		"key", "2026-06-02-checkout-unavailable", "title", "Checkout unavailable after the connection pool change",
		"severity", "sev2", "type", "capacity", "stage", "in_review", "zone", "Europe/Berlin", "environment", "production, eu-central",
		"services", []string{shop, base}, "teams", []string{"Checkout", "Platform", "Database"}, "tags", []string{"connection-pool", "deploy", "rollback"},
		"started", t.at("14:00"), "detected", t.at("14:06"), "paged", t.at("14:06:30"), "acknowledged", t.at("14:08:05"),
		"mitigated", t.at("14:38"), "resolved", t.at("14:45"),
		"facilitator", "Ines Albrecht", "timeline_owner", "Maya Lindqvist",
		"context", "checkout-api runs on twelve instances. Each keeps a pool of connections to payments-db, which accepts 500 in all; a reporting job holds up to 80 of them in the afternoon. Until that day a pool was 20 connections, 240 in all.\n\nThe change raised it to 60 to shorten the waits at noon. It was a change of configuration, and those go out without a load test.",
		"impact", "About 4,200 people could not pay between 14:00 and 14:38, nine in ten of those who tried. 310 orders were held and confirmed by 14:45; none was lost.",
		"customer_effects", "A spinner of up to 30 seconds, then “something went wrong, your cart is kept”. From 14:13 on most attempts ended that way.",
		"business_impact", "Orders worth an estimated 96,000 euros came late or not at all; about two thirds were made up the same evening.",
		"regulatory", "No personal data was involved. The outage stayed below the threshold of the payment provider's duty to report.",
		"summary", "On 2 June 2026 about 4,200 people could not pay for 38 minutes. A change that was meant to shorten waiting let the checkout service ask for more database connections than the database accepts.\n\nNobody in the room could have seen that from where they sat: the limit belongs to one team and the pools to another, the alert watched an average that hid the slow third of requests, and a notice from the morning made the CDN the likelier explanation. Going back was decided at 14:18 and took twenty minutes, because the pipeline built and tested everything again.\n\nThe room committed to five changes. Three months later the two that matter most have been tested by reality: twice a deploy was rolled back by itself, and time to recover fell from 45 to 8 minutes.",
		"went_well", "- Support had a notice ready and posted it four minutes after the page.\n- Orders that had been accepted were held and confirmed later, none was lost.\n- The decision to go back took two minutes once the connections were in view.",
		"lucky", "The campaign mail of 14:30 was not out yet; it would have tripled the traffic. That somebody asked was chance.",
		"prevent_technical", "A deploy that adds the pools up and refuses to exceed what the database accepts. And a client that backs off instead of asking three times at once.",
		"prevent_human", "One dashboard for whoever is on call that shows the database as well as the application, so that a likely story can be checked in seconds.",
		"prevent_process", "Going back as its own path that needs no new build, so quick that trying it first is the natural thing.",
	}))
}

// triage marks what the imported lines are to the story; the lines themselves stay as they came.
func (t *telling) triage() {
	mark := func(name string, values fields) model.Gesture {
		g := model.Gesture{}
		for i := 0; i+1 < len(values); i += 2 {
			g = g.Set(model.TypeEvent, t.events[name], values[i].(string), values[i+1])
		}
		return g
	}
	t.apply("mark the trigger", mark("deploy", fields{"role", "trigger"}))
	t.apply("mark a key moment", mark("refused", fields{"moment", "started", "role", "trigger"}))
	t.apply("mark a key moment", mark("alert", fields{"moment", "detected", "role", "detection",
		"signals", "Average latency over five minutes; p99 had been above 2 s since 14:02."}))
	t.apply("mark a key moment", mark("page", fields{"moment", "paged", "role", "detection"}))
	t.apply("mark a key moment", mark("ack", fields{"moment", "acknowledged"}))
	t.apply("mark a key moment", mark("undeployed", fields{"moment", "mitigated", "role", "repair"}))
	t.apply("mark a key moment", mark("done", fields{"moment", "resolved", "role", "recovery"}))
	t.apply("mark a role", mark("notice", fields{"role", "communication"}))
	t.apply("mark a role", mark("graph", fields{"role", "diagnosis",
		"signals", "Connections in use on payments-db: 500 of 500 since 14:00, flat.",
		"belief", "The pools together ask for 720.", "why", "He had written the change and knew the number of instances."}))
	t.apply("mark a role", mark("rebuild", fields{"role", "repair"}))
	for _, twin := range [][2]string{{"trigger", "alert"}, {"looks", "first"}, {"guess", "first"}, {"move", "cdnmove"}, {"nothing", "nochange"},
		{"roll", "back"}, {"healthy", "undeployed"}} {
		t.apply("merge two lines", mark(twin[0], fields{"merged_into", string(t.events[twin[1]])}))
	}
	noise := model.Gesture{}
	for _, name := range []string{"flap1", "flap2"} {
		noise = noise.Set(model.TypeEvent, t.events[name], "noise", true)
	}
	t.apply("mark as noise", noise)
}

// story is what no tool recorded: what people saw, believed and decided.
func (t *telling) story() {
	t.narrate(
		line{"approve", "13:40", "Maya Lindqvist", "decision", "decision", "", "Approved the pool change without a load test",
			"The diff: one number. Load at that hour: low. The pipeline's label: configuration.",
			"It would only shorten waiting.", "Merge before the afternoon.", "Changes with this label have skipped the load test for two years, and none had caused harm."},
		line{"first", "14:09", "Maya Lindqvist", "signal", "diagnosis", "", "Saw p99 at 4 s on the checkout dashboard, errors hardly up",
			"Latency and errors of checkout, and a mail from 09:12 about a slow CDN location. Not in view: connections of the database.",
			"The CDN was slow again.", "Look at the CDN first.", "Refused connections were tried three times, so they showed as slowness and not as errors. Slowness without errors had been the CDN twice that spring."},
		line{"cdnmove", "14:11", "Maya Lindqvist", "decision", "decision", "", "Moved static traffic to the second CDN instead of rolling back",
			"p99 at 4.4 s, errors at 6%, the deploy of 13:52 in the deploy channel.",
			"A deploy of one number was less likely than the CDN.", "Move the traffic, then look again.",
			"Moving takes one minute and can be undone; rolling back takes twenty, and then it would have to be rolled forward again."},
		line{"nochange", "14:15", "Maya Lindqvist", "signal", "diagnosis", "", "Nine of ten payments failed, unchanged by the move",
			"Error rate 91%, two of twelve instances ready.", "It is not the CDN; something that all instances share.", "Call the author of the last change.",
			"He would know what it touched."},
		line{"back", "14:18", "Maya Lindqvist", "decision", "decision", "", "Decided to roll back",
			"Connections at 500 of 500, and the arithmetic: twelve times sixty.", "The pool change is enough to explain everything.",
			"Revert and deploy.", "Lowering the limit by hand would have needed a restart of each instance, in an order that nobody had written down."},
		line{"held", "14:38", "Elena Duarte", "comms", "communication", "", "Told customers that paying works and that held orders will be confirmed",
			"First payments in the shop's back office.", "The worst is over.", "Say so at once.", "People had begun to order twice."},
	)
}
