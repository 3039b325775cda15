package model

import (
	"regexp"
	"slices"
	"strings"
)

// The rules here speak only where the words leave no doubt: a false alarm in front of a meeting costs
// more trust than a weak line that nobody remarked on.

// A rule is a pattern and the better question.
type rule struct {
	pattern  func() *regexp.Regexp
	what     string
	question string
}

var weakActions = []rule{
	{Pattern(`(?i)\b(be|being) (more )?(careful|vigilant|mindful|cautious)\b|\b(pay (more|closer)|more) attention\b|\bkeep an eye on\b|\bremember(ing)? to\b|\bdouble[- ]check\b|\btry harder\b|\bmake sure (that )?(everyone|everybody|people|engineers|we) (remember|know|are aware)`),
		"This relies on people remembering.", "What would make the right thing happen without anyone remembering it?"},
	{Pattern(`(?i)^(training\b|trainings\b|train (the |all |our )?(team|staff|people|engineers|developers|operators|on-call|everyone)|remind\b|educate\b|raise awareness)`),
		"Training and reminders fade.", "What in the system could show, check or prevent it, so that nobody has to have been trained?"},
	{Pattern(`(?i)^(improve|increase|enhance|strengthen|extend|better|more) (the |our )?(monitoring|alerting|alerts|observability|visibility|logging|metrics)( coverage)?\.?$`),
		"This does not yet say what will be seen.", "Which signal, at what threshold, for which service?"},
	{Pattern(`(?i)^(improve|increase|enhance|strengthen|better|more) (the |our )?(communications?|documentation|docs|testing|tests|test coverage|process(es)?|reliability|stability|resilience|performance|quality|code quality|deploys?|deployments?|rollbacks?)\.?$`),
		"This does not yet say what will be different.", "What exactly will be in the system that is not there now, and how could a stranger tell?"},
	{Pattern(`(?i)^(investigate|look into|consider|explore|discuss|think about|evaluate)\b`),
		"This ends in knowing more, not yet in a change.", "What will be different in the system once this is done?"},
}

var vagueImpact = Pattern(`(?i)\b(some|many|several|various|multiple|most|a few|a number of|a lot of) (of (the|our) )?(users?|customers?|people|clients?|requests?|orders?|services?|systems?)\b`)

var amount = Pattern(`(?i)\d|\b(all|every|no|half|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b`)

var (
	faultWords  = Pattern(`(?i)\b(human|operator|user) error\b|\bcareless(ly|ness)?\b|\bnegligen(t|ce)\b`)
	personal    = Pattern(`(?i)\b(forgot|neglected|failed to|should(n't| not)? have|ought to have|didn't bother|did not bother|messed up|screwed up|(is|was|are|were) (to blame|at fault))\b`)
	hindsight   = Pattern(`(?i)\bin hindsight\b|\bwith hindsight\b|\b(would|could) have (been )?(prevented|avoided|caught)\b`)
	bareEvent   = Pattern(`(?i)^(the |a |an |our )?([\w-]+ ){0,2}?(deploy|deployment|release|rollout|rollback|migration|server|service|database|node|pod|host|disk|job|build|upgrade|application|app|api|cluster|process|queue|cache) (has |had |was |were |suddenly )?(failed|crashed|went down|broke|died|restarted|hung|stopped|timed out|fell over|down|broken)\.?$`)
	personWords = []string{"we", "he", "she", "they", "i", "someone", "somebody", "nobody", "engineer", "engineers", "developer", "developers",
		"operator", "operators", "admin", "administrator", "colleague", "colleagues", "person", "people", "team", "responder", "responders",
		"on-call", "oncall", "sre", "dba", "reviewer", "reviewers", "manager", "author"}
)

// JudgeAction asks a better question about an action's title, or returns nothing.
func JudgeAction(title string) (what, question string) {
	for _, r := range weakActions {
		if r.pattern().MatchString(strings.TrimSpace(title)) {
			return r.what, r.question
		}
	}
	return "", ""
}

// JudgeFactor asks a better question about a condition that names a person's fault, or that is an
// event. people are the names of those who took part.
func JudgeFactor(statement string, people []string) (what, question string) {
	s := strings.TrimSpace(statement)
	switch {
	case blames(s, people):
		return "This reads as somebody's fault.", "What made that the sensible thing to do then, or easy to miss?"
	case bareEvent().MatchString(s):
		return "This is an event, and a condition is what made it possible.", "What was true of the system before it, and let it have this effect?"
	}
	return "", ""
}

// JudgeEvent asks a better question about a hand-written line of the timeline.
func JudgeEvent(title string, people []string) (what, question string) {
	switch {
	case blames(title, people):
		return "This reads as somebody's fault.", "What did they see and believe at that moment?"
	case hindsight().MatchString(title):
		return "This is said with what we know now.", "What was known at that moment, and to whom?"
	}
	return "", ""
}

// JudgeImpact asks for an amount where the impact names none.
func JudgeImpact(text string) (what, question string) {
	if vagueImpact().MatchString(text) && !amount().MatchString(text) {
		return "The impact names no amount.", "How many, out of how many, and for how long, even as an estimate?"
	}
	return "", ""
}

// blames tells fault words, and verbs of omission whose subject is a person: "the service failed to
// start" is a plain fact.
func blames(s string, people []string) bool {
	if faultWords().MatchString(s) {
		return true
	}
	at := personal().FindStringIndex(s)
	if at == nil {
		return false
	}
	words := strings.Fields(s[:at[0]])
	for _, w := range words[max(0, len(words)-3):] {
		plain := strings.ToLower(strings.Trim(w, ".,;:@()'\""))
		if slices.Contains(personWords, plain) || strings.HasPrefix(w, "@") {
			return true
		}
		if slices.ContainsFunc(people, func(name string) bool {
			return slices.Contains(strings.Fields(strings.ToLower(name)), plain)
		}) {
			return true
		}
	}
	return false
}

// JudgedAim is what an action's wording aims at, and whether it is weak.
func JudgedAim(title string) (aim string, weak bool) {
	what, _ := JudgeAction(title)
	low := strings.ToLower(title)
	for _, a := range []struct{ aim, words string }{
		{"detect-faster", `alert|monitor|dashboard|notif|log |trace|detect`}, {"automate-decision", `automat|ci |gate|lint`}, {"limit-blast-radius", `limit|isolat|quota|rollback|roll back|canary|circuit|throttl`},
		{"reduce-cognitive-load", `runbook|document|playbook|simplif|readme`}, {"prevent", `.`},
	} {
		if Pattern(a.words)().MatchString(low) {
			return a.aim, what != ""
		}
	}
	return "", what != ""
}
