package model

import (
	"slices"
	"strings"
)

// A Word is one entry of a taxonomy list: the value in the file and what people read.
type Word struct {
	Value string
	Label string
	Help  string
	Group string // area: the layer that it belongs to
}

// A Taxonomy holds every list of words that a Choice may take. Lists of the configuration replace
// these; a value that is no longer in its list stays readable.
type Taxonomy map[string][]Word

// Layers in the order of the screen. Their glyphs belong to the theme.
const (
	LayerTechnical = "technical"
	LayerHuman     = "human"
	LayerProcess   = "process"
)

// DefaultTaxonomy is what every team starts from.
func DefaultTaxonomy() Taxonomy {
	return Taxonomy{
		"severity": {
			{Value: "sev1", Label: "SEV1", Help: "Critical: most users, or data at risk."},
			{Value: "sev2", Label: "SEV2", Help: "Major: many users, or a main function."},
			{Value: "sev3", Label: "SEV3", Help: "Minor: some users, with a way around."},
			{Value: "sev4", Label: "SEV4", Help: "Low: hardly felt."},
		},
		"incident_type": words("availability Availability", "latency Latency", "correctness Correctness", "data_loss Data loss",
			"security Security", "capacity Capacity", "dependency Dependency", "near_miss Near miss"),
		"incident_stage": words("draft Draft", "in_review In review", "published Published"),
		"discipline": words("dev Development", "ops Operations", "test Test", "security Security", "product Product",
			"support Support", "management Management", "other Other"),
		"event_kind": words("alert Alert", "page Page", "ack Acknowledgement", "deploy Deploy", "change Change", "comms Message",
			"status Status", "action Action", "decision Decision", "signal Signal", "metric Metric", "log Log", "note Note"),
		"event_role": words("trigger Trigger", "detection Detection", "diagnosis Diagnosis", "decision Decision", "repair Repair",
			"communication Communication", "recovery Recovery"),
		"moment": words("started Impact started", "detected Detected", "paged First page", "acknowledged Acknowledged",
			"mitigated Mitigated", "resolved Resolved"),
		"precision": words("ns Nanosecond", "ms Millisecond", "s Second", "minute Minute", "hour Hour", "day Day", "about About"),
		"layer": {
			{Value: LayerTechnical, Label: "Technical", Help: "Code, infrastructure, tooling."},
			{Value: LayerHuman, Label: "Human", Help: "Decision-making, communication, on-call behaviour."},
			{Value: LayerProcess, Label: "Process", Help: "Delivery pipeline, incident response, prioritisation."},
		},
		"area": {
			{Value: "code", Label: "Code", Group: LayerTechnical},
			{Value: "infrastructure", Label: "Infrastructure", Group: LayerTechnical},
			{Value: "tooling", Label: "Tooling", Group: LayerTechnical},
			{Value: "decision_making", Label: "Decision-making", Group: LayerHuman},
			{Value: "communication", Label: "Communication", Group: LayerHuman},
			{Value: "on_call", Label: "On-call", Group: LayerHuman},
			{Value: "delivery", Label: "Delivery pipeline", Group: LayerProcess},
			{Value: "response", Label: "Incident response", Group: LayerProcess},
			{Value: "prioritisation", Label: "Prioritisation", Group: LayerProcess},
		},
		"factor_role": words("trigger Trigger", "enabling Enabling", "amplifying Amplifying", "detection_gap Detection gap",
			"delayed_recovery Delayed recovery", "mitigator Mitigator", "luck Luck"),
		"without": words("prevented Would not have happened", "smaller Smaller", "shorter Shorter", "sooner Seen sooner",
			"unchanged Unchanged", "worse Would have been worse", "unknown Do not know"),
		"interaction": words("enabled Enabled", "masked Masked", "amplified Amplified", "delayed Delayed"),
		"lever": words("cognitive_load Reduce cognitive load", "detection_speed Improve detection speed",
			"blast_radius Limit blast radius", "automate_decision Automate a human decision"),
		"effect": words("prevent Prevent", "detect Detect", "limit Limit", "recover Recover"),
		"strength": {
			{Value: "strong", Label: "Strong", Help: "Removes the hazard, automates, or makes the wrong thing impossible."},
			{Value: "intermediate", Label: "Intermediate", Help: "Detects sooner, limits, adds redundancy, a checklist, a runbook."},
			{Value: "weak", Label: "Weak", Help: "Training, a reminder, a policy: relies on people remembering."},
		},
		"action_stage": {
			{Value: StageIdea, Label: "Idea", Help: "Somebody said it. Never counted."},
			{Value: StageProposed, Label: "Proposed", Help: "Written as a change, waiting for a decision."},
			{Value: StageCommitted, Label: "Committed", Help: "Somebody will do it by a day."},
			{Value: StageImplemented, Label: "Implemented", Help: "It is in the system."},
			{Value: StageVerified, Label: "Verified", Help: "Its plan has passed."},
			{Value: StageEffective, Label: "Effective", Help: "The system measurably behaves differently."},
			{Value: StageNotEffective, Label: "Not effective", Help: "It is there, and changed nothing."},
			{Value: StageWontDo, Label: "Won't do", Help: "Decided against, with a reason."},
			{Value: StageAccepted, Label: "Risk accepted", Help: "Known and carried, with a reason and a date."},
		},
		"level":         words("high High", "medium Medium", "low Low"),
		"direction":     words("falling Falling is better", "rising Rising is better"),
		"verdict":       words("approved Approved", "changes Changes awaited"),
		"result_status": words("passed Passed", "failed Failed"),
		"outcome":       words("improved Improved", "no_sign No sign", "worse Worse", "cannot_tell Cannot tell yet"),
	}
}

// The stages of an action.
const (
	StageIdea         = "idea"
	StageProposed     = "proposed"
	StageCommitted    = "committed"
	StageImplemented  = "implemented"
	StageVerified     = "verified"
	StageEffective    = "effective"
	StageNotEffective = "not_effective"
	StageWontDo       = "wont_do"
	StageAccepted     = "risk_accepted"
)

func words(entries ...string) []Word {
	list := make([]Word, len(entries))
	for i, e := range entries {
		list[i].Value, list[i].Label, _ = strings.Cut(e, " ")
	}
	return list
}

// Label is what people read for a value; a value outside its list is shown as it is.
func (t Taxonomy) Label(list, value string) string {
	if w, ok := t.Find(list, value); ok {
		return w.Label
	}
	return value
}

// Find looks a word up by value or label, whatever the case.
func (t Taxonomy) Find(list, text string) (Word, bool) {
	for _, w := range t[list] {
		if w.Value == text {
			return w, true
		}
	}
	plain := func(s string) string {
		return strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(strings.TrimSpace(s)))
	}
	i := slices.IndexFunc(t[list], func(w Word) bool { return plain(w.Value) == plain(text) || plain(w.Label) == plain(text) })
	if i < 0 {
		return Word{}, false
	}
	return t[list][i], true
}
