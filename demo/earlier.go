package demo

import (
	"context"

	"aftermath/model"
)

// earlier is a small incident of the spring that shows one of the same conditions.
func earlier(ctx context.Context, w Writer) error {
	t := begin(ctx, w, "2026-03-12", "+01:00")
	t.apply("create the incident", t.entity(model.Gesture{}, model.TypeIncident, t.incident, fields{
		"key", "2026-03-12-slow-card-payments", "title", "Card payments slow while a certificate was renewed", "severity", "sev3", "type", "latency", "stage", "published",
		"zone", "Europe/Berlin", "services", []string{shop}, "teams", []string{"Checkout"}, "tags", []string{"certificate", "rollback"},
		"started", t.at("10:20"), "detected", t.at("10:24"), "acknowledged", t.at("10:26"), "mitigated", t.at("10:49"), "resolved", t.at("10:55"),
		"facilitator", "Ines Albrecht", "timeline_owner", "Jonas Okafor",
		"impact", "One card payment in six took longer than 10 seconds for 29 minutes, about 380 people.",
		"summary", "On 12 March 2026 one card payment in six was slow for 29 minutes. A renewed certificate made each connection to the card provider a new one. It was over once the old certificate was back, which took 22 minutes because the pipeline built everything again.",
		"went_well", "The provider's help desk answered within two minutes.",
	}))
	t.participants([3]string{"Jonas Okafor", "ops", "On call"}, [3]string{"Elena Duarte", "support", "Wrote to customers"}, [3]string{"Ines Albrecht", "other", "Facilitator"})
	t.narrate(
		line{name: "renew", clock: "10:18", actor: "ci-bot", kind: "deploy", role: "trigger", title: "Certificate for the card provider renewed"},
		line{name: "slow", clock: "10:24", actor: "monitor", kind: "alert", role: "detection", moment: "detected", title: "Card payments above 10 s"},
		line{name: "revert", clock: "10:27", actor: "Jonas Okafor", kind: "decision", role: "decision", title: "Put the old certificate back",
			signals: "New connections rose twentyfold at 10:18.", belief: "The new certificate is refused for reuse.", decision: "Go back.", why: "The old one was valid for nine more days."},
		line{name: "over", clock: "10:49", actor: "ci-bot", kind: "deploy", role: "repair", moment: "mitigated", title: "Old certificate in place"},
	)
	t.conditions(
		condition{"reuse", "The provider refuses to reuse connections made with another certificate", "technical", "infrastructure", "trigger", "prevented", "Checkout", "Jonas Okafor", "", []string{"renew", "slow"}},
		condition{"rollback", "Going back runs the whole build and all tests again", "process", "delivery", "delayed_recovery", "shorter", "Platform", "Jonas Okafor", "", []string{"revert", "over"}},
	)
	t.interactions([3]string{"reuse", "amplified", "rollback"})
	t.changes(
		change{"overlap", []string{"reuse"}, fields{"title", "Renew certificates with a day of overlap", "stage", "effective", "lever", "blast_radius", "effect", "prevent", "strength", "strong",
			"owner", "Jonas Okafor", "due", "2026-04-30", "criteria", "A renewal in staging opens no more connections than usual.",
			"metric", "slow payments at a renewal", "direction", "falling", "baseline", n("380"), "target", n("0"), "unit", "people", "by", "2026-06-30", "measured", "Payment log",
			"frequency", "medium", "impact", "medium", "effort", "low", "environment", "staging", "expected", "Connections stay level.", "rollback", "Renew at once as before.",
			"success_signal", "Connections a minute", "harm_signal", "Renewals that come too late", "outcome", "improved", "outcome_value", n("0"), "outcome_on", "2026-06-15",
			"outcome_note", "The renewal of June went unnoticed."},
			[][2]string{{"Renew the certificate in staging", "connections stay level"}},
			[]fields{{"environment", "staging", "status", "passed", "passed", n("1"), "failed", n("0"), "by", "Elena Duarte", "at", "2026-04-28T10:00:00Z"}}},
		change{"fast", []string{"rollback"}, fields{"title", "Start the previous image again without a build", "stage", "wont_do", "frequency", "low", "impact", "medium", "effort", "medium",
			"reason", "One slow way back in a year did not seem worth two weeks of work. Seen again on 2 June."}, nil, nil},
	)
	return t.err
}
