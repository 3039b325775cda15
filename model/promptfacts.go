package model

import (
	"slices"
	"strings"
)

// The domains of operations that checklists are mapped to, each with the words that show that an incident
// touches it.
var domains = []struct {
	name  string
	words []string
}{
	{"network", []string{"network", "dns", "packet", "latency between", "load balancer", "proxy", "tls", "certificate", "route", "firewall", "timeout"}},
	{"data", []string{"database", "data loss", "schema", "migration", "replica", "backup", "restore", "index", "query", "corrupt"}},
	{"deploy", []string{"deploy", "release", "rollout", "rolled out", "rollback", "rolled back", "version", "canary", "pipeline"}},
	{"configuration", []string{"config", "configuration", "flag", "setting", "parameter", "environment variable", "limit was", "default"}},
	{"capacity", []string{"capacity", "pool", "memory", "cpu", "disk", "saturat", "queue", "load", "traffic", "throttl", "quota", "scale"}},
	{"dependency", []string{"dependency", "upstream", "downstream", "provider", "third party", "third-party", "vendor", "library", "api of"}},
	{"access", []string{"credential", "permission", "token", "secret", "access", "login", "password", "key expired", "expired"}},
}

// Domains are the names of the operational domains, in order.
func Domains() []string {
	var names []string
	for _, d := range domains {
		names = append(names, d.name)
	}
	return names
}

// Facts are what can be said of a record, and lead to prompts. FactNames explains them.
func Facts(r *Record, events []Event) map[string]bool {
	f := map[string]bool{}
	for _, e := range events {
		if e.Role != "" {
			f["role:"+e.Role] = true
		}
		if e.Kind != "" {
			f["kind:"+e.Kind] = true
		}
	}
	f["narrative"] = len(events) > 0
	factFactors(f, r)
	factTimes(f, r.Incident)
	factActions(f, r)
	text := strings.ToLower(wordsOf(r, events))
	for _, d := range domains {
		f["domain:"+d.name] = slices.ContainsFunc(d.words, func(w string) bool { return strings.Contains(text, w) })
	}
	return f
}

func factFactors(f map[string]bool, r *Record) {
	conditions, layers := 0, map[string]bool{}
	for _, x := range r.Factors {
		f["factor:"+x.Role] = true
		if !x.Condition() {
			continue
		}
		conditions++
		layers[x.Layer] = true
		f["layer:"+x.Layer], f["area:"+x.Area] = true, true
		f["unjudged"] = f["unjudged"] || x.Without == ""
		f["hypothesis"] = f["hypothesis"] || len(x.Evidence) == 0
		f["no team"] = f["no team"] || x.Team == ""
	}
	f["conditions"], f["several conditions"] = conditions > 0, conditions > 1
	f["one layer"] = conditions > 1 && len(layers) == 1
	f["interactions"] = len(r.Interactions) > 0
	f["helped"] = f["factor:mitigator"] || r.Incident.WentWell != ""
	f["luck"] = f["factor:luck"] || r.Incident.Lucky != ""
}

// factTimes tell which stretch of the incident was the longest: there is most to learn there.
func factTimes(f map[string]bool, i Incident) {
	f["detected"], f["mitigated"] = !i.Detected.IsZero(), !i.Mitigated.IsZero()
	if i.Started.IsZero() || i.Resolved.IsZero() || !i.Resolved.After(i.Started) {
		return
	}
	whole := i.Resolved.Sub(i.Started)
	if f["detected"] {
		f["slow to detect"] = 3*i.Detected.Sub(i.Started) > whole
	}
	if f["detected"] && f["mitigated"] {
		f["slow to mitigate"] = 2*i.Mitigated.Sub(i.Detected) > whole
	}
	if f["mitigated"] {
		f["slow to recover"] = 2*i.Resolved.Sub(i.Mitigated) > whole
	}
}

func factActions(f map[string]bool, r *Record) {
	for _, a := range r.Actions {
		f["actions"] = f["actions"] || a.Answers()
		f["weak action"] = f["weak action"] || a.Answers() && a.Strength == "weak"
	}
	f["uncovered"] = len(Cover(r.Factors, r.Actions).Uncovered) > 0
}

// wordsOf gathers what an incident is told in, for the words that show a domain.
func wordsOf(r *Record, events []Event) string {
	var b strings.Builder
	add := func(texts ...string) {
		for _, t := range texts {
			b.WriteString(t)
			b.WriteByte('\n')
		}
	}
	i := r.Incident
	add(i.Title, i.Type, i.Context, i.Impact, i.Environment)
	add(i.Tags...)
	for _, x := range r.Factors {
		add(x.Statement, x.Detail)
	}
	for _, e := range events {
		add(e.Title)
	}
	return b.String()
}

// factWords are the facts without a word of their own after a colon, as the end of "asked because …".
var factWords = map[string]string{
	"narrative": "the timeline has a narrative", "conditions": "a condition is named", "several conditions": "several conditions are named",
	"one layer": "all conditions lie in one layer", "interactions": "conditions are said to act on each other",
	"unjudged": "a condition is not judged yet", "hypothesis": "a condition has no evidence yet", "no team": "a condition has no team that can change it",
	"helped": "something is noted that helped", "luck": "luck is noted", "detected": "the time of detection is known", "mitigated": "the time of mitigation is known",
	"slow to detect": "a third of the time had passed before it was detected", "slow to mitigate": "most of the time lay between detection and mitigation",
	"slow to recover": "most of the time lay between mitigation and recovery", "actions": "an action is named", "weak action": "an action relies on people remembering",
	"uncovered": "a condition has no action",
}

var factAbsent = map[string]string{
	"narrative": "the timeline has no narrative yet", "conditions": "no condition is named yet", "several conditions": "no second condition is named yet",
	"interactions": "no condition is said to act on another", "helped": "nothing is noted that helped", "luck": "no luck is noted",
	"detected": "the time of detection is not known", "mitigated": "the time of mitigation is not known", "actions": "no action is named yet",
}

// FactNames lists every fact that a prompt may wait for, for the documentation and the configuration's checks:
// those that stand alone, and the beginnings of those with a word after a colon.
func FactNames() (alone, begin []string) {
	for name := range factWords {
		alone = append(alone, name)
	}
	slices.Sort(alone)
	return alone, []string{"answered:", "area:", "domain:", "factor:", "kind:", "layer:", "role:"}
}

// KnownFact tells whether a condition of a prompt names a fact.
func KnownFact(when string) bool {
	fact := strings.TrimPrefix(when, "not ")
	alone, begin := FactNames()
	return slices.Contains(alone, fact) || slices.ContainsFunc(begin, func(b string) bool { return strings.HasPrefix(fact, b) && fact != b })
}

// reasons tells what on the record leads to a prompt, as the end of "asked because …".
func reasons(p Prompt) string {
	var parts []string
	for _, w := range p.When {
		fact, negated := strings.CutPrefix(w, "not ")
		parts = append(parts, factSentence(fact, negated))
	}
	return both(parts)
}

func factSentence(fact string, negated bool) string {
	if text := factWords[fact]; text != "" && !negated {
		return text
	}
	if text := factAbsent[fact]; text != "" && negated {
		return text
	}
	kind, word, _ := strings.Cut(fact, ":")
	word = strings.ReplaceAll(word, "_", " ")
	has, lacks := "the record has "+word, "the record has no "+word
	switch kind {
	case "layer":
		has, lacks = "a condition lies in the "+word+" layer", "the "+word+" layer is empty"
	case "area":
		has, lacks = "a condition lies in "+word, "nothing is named in "+word+" yet"
	case "domain":
		has, lacks = "it touches "+domainWord(word), "it does not touch "+domainWord(word)
	case "factor":
		has, lacks = "there is "+withArticle(word), "no "+word+" is named"
	case "role", "kind":
		has, lacks = "the timeline has "+withArticle(eventWord(word)), "the timeline has no "+eventWord(word)
	case "answered":
		has, lacks = "it follows from an answer", "it was not answered"
	}
	if negated {
		return lacks
	}
	return has
}

func domainWord(word string) string {
	switch word {
	case "network":
		return "the network"
	case "deploy":
		return "a deploy"
	case "dependency":
		return "a dependency"
	}
	return word
}

// eventWord names an event by its role or kind: "a step of diagnosis".
func eventWord(word string) string {
	switch word {
	case "diagnosis", "repair", "communication", "recovery":
		return "step of " + word
	case "ack":
		return "acknowledgement"
	case "comms":
		return "message"
	}
	return strings.ReplaceAll(word, "_", " ")
}

func withArticle(word string) string {
	if strings.ContainsRune("aeiou", rune((word + " ")[0])) {
		return "an " + word
	}
	return "a " + word
}
