// Package model is the domain of a retrospective: its types, its one schema, and the rules that need
// neither files nor clock nor screen.
package model

import "strings"

// Kind is how a field's value is written, checked and shown.
type Kind int

// The kinds of fields. In the file every value is JSON: text, or a list's member as true.
const (
	Line    Kind = iota // one line of text
	Text                // any number of lines, Markdown allowed
	Time                // an instant, RFC 3339 in UTC
	Date                // a day, 2006-01-02
	Choice              // one word of a taxonomy list
	Number              // a decimal number
	Flag                // true or absent
	Ref                 // the id of another entity
	Set                 // many words or ids; each member is a cell of its own, "services/checkout"
	Offset              // how far a clock is moved, such as -1m30s
	Content             // bytes as text, kept in the log only: no table, list or search has them
	Ranged              // an estimate as low–likely–high, such as 2–4–9; see Range
)

// A Field is one thing that can be known about an entity. The schema drives validation, the tables
// that the screens read, `set`, history and the record format in docs/, so that they cannot disagree.
type Field struct {
	Name   string
	Kind   Kind
	Label  string // on the screen and in documents
	Help   string // one sentence
	List   string // Choice: the taxonomy list that holds the words
	To     Type   // Ref, and Set of ids: what it points at
	Hidden bool   // kept by the program, not asked of people

	Unit  string  // Ranged: what it is counted in, where that is always the same
	Least float64 // Ranged: the smallest that its low end may be
	Most  float64 // Ranged: the largest that its high end may be; 0 for no such limit
}

// Schema lists the fields of each type, in the order in which they are shown. Fields and types are only
// ever added, never renamed and never given another meaning: older copies of the program keep and
// forward what they do not know.
var Schema = map[Type][]Field{
	TypeIncident: {
		{Name: "key", Kind: Line, Label: "Key", Help: "The readable name of the incident in commands and links.", Hidden: true},
		{Name: "title", Kind: Line, Label: "Title", Help: "What happened, in one line that someone outside the team understands."},
		{Name: "started", Kind: Time, Label: "Impact started", Help: "When users first felt it."},
		{Name: "impact", Kind: Text, Label: "User impact", Help: "Who could not do what, how many, for how long; and what was spared."},
		{Name: "severity", Kind: Choice, Label: "Severity", Help: "The impact of the incident, not the order of the work.", List: "severity"},
		{Name: "type", Kind: Choice, Label: "Type", Help: "The kind of incident, for comparing incidents later.", List: "incident_type"},
		{Name: "services", Kind: Set, Label: "Services", Help: "The services that were affected."},
		{Name: "context", Kind: Text, Label: "Context", Help: "What a reader needs to know first: the system, the day, what was normal."},
		{Name: "detected", Kind: Time, Label: "Detected", Help: "When a person or an alert first knew."},
		{Name: "paged", Kind: Time, Label: "First page", Help: "When somebody was first called."},
		{Name: "acknowledged", Kind: Time, Label: "Acknowledged", Help: "When somebody took it."},
		{Name: "mitigated", Kind: Time, Label: "Mitigated", Help: "When users stopped feeling it."},
		{Name: "resolved", Kind: Time, Label: "Resolved", Help: "When the system was back to normal."},
		{Name: "zone", Kind: Line, Label: "Time zone", Help: "The zone in which times are typed and shown, such as Europe/London."},
		{Name: "facilitator", Kind: Line, Label: "Facilitator", Help: "Who leads the retrospective."},
		{Name: "timeline_owner", Kind: Line, Label: "Timeline owner", Help: "Who rebuilds the timeline before the meeting."},
		{Name: "teams", Kind: Set, Label: "Teams", Help: "The teams that can change the system."},
		{Name: "environment", Kind: Line, Label: "Environment", Help: "Where it happened, such as production in one region."},
		{Name: "customer_effects", Kind: Text, Label: "Customer-visible effects", Help: "What a customer saw."},
		{Name: "business_impact", Kind: Text, Label: "Business impact", Help: "Money, contracts, reputation."},
		{Name: "regulatory", Kind: Text, Label: "Regulatory", Help: "Duties to report, data that was touched, deadlines."},
		{Name: "summary", Kind: Text, Label: "Executive summary", Help: "Half a page for someone who was not there."},
		{Name: "went_well", Kind: Text, Label: "What went well", Help: "What helped, and should be kept."},
		{Name: "lucky", Kind: Text, Label: "Where we got lucky", Help: "What could have been worse, and why it was not."},
		{Name: "prevent_technical", Kind: Text, Label: "Technical change", Help: "What technical change would have prevented or mitigated this?"},
		{Name: "prevent_human", Kind: Text, Label: "Human change", Help: "What change for the people would have prevented or mitigated this?"},
		{Name: "prevent_process", Kind: Text, Label: "Process change", Help: "What change of process would have prevented or mitigated this?"},
		{Name: "tags", Kind: Set, Label: "Tags", Help: "Words to find it by."},
		{Name: "stage", Kind: Choice, Label: "Stage", Help: "How far the retrospective is.", List: "incident_stage"},
		{Name: "archived", Kind: Time, Label: "Archived", Help: "When it was put away; empty while it stands in the lists.", Hidden: true},
	},
	TypeParticipant: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "name", Kind: Line, Label: "Name", Help: "Who takes part."},
		{Name: "discipline", Kind: Choice, Label: "Discipline", Help: "What they see the incident from.", List: "discipline"},
		{Name: "role", Kind: Line, Label: "Role", Help: "What they did during the incident."},
		{Name: "pos", Kind: Line, Hidden: true, Label: "Position", Help: "The place in the list."},
	},
	TypeImport: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "source", Kind: Line, Label: "Source", Help: "The importer that read it."},
		{Name: "name", Kind: Line, Label: "File", Help: "The name of what was read."},
		{Name: "digest", Kind: Line, Label: "SHA-256", Help: "The digest of the bytes that were read."},
		{Name: "parser", Kind: Line, Label: "Parser", Help: "The version of the parser."},
		{Name: "zone", Kind: Line, Label: "Zone decision", Help: "The zone used for times that carry none."},
		{Name: "answers", Kind: Text, Hidden: true, Label: "Answers", Help: "What was told about the file, as JSON, so that it can be read again."},
		{Name: "path", Kind: Line, Label: "Read from", Help: "Where the file was, when its bytes are not kept here."},
		{Name: "pages", Kind: Set, To: TypePage, Hidden: true, Label: "Kept bytes", Help: "The bytes that were read, as they came."},
		{Name: "replaces", Kind: Ref, To: TypeImport, Hidden: true, Label: "Replaces", Help: "The import that was read again."},
		{Name: "read", Kind: Number, Label: "Read", Help: "Records read."},
		{Name: "new", Kind: Number, Label: "New", Help: "Records that were new."},
		{Name: "known", Kind: Number, Label: "Known", Help: "Records that the incident already had."},
		{Name: "refused", Kind: Number, Label: "Refused", Help: "Records without a usable time or form."},
		{Name: "refusals", Kind: Text, Label: "Refusals", Help: "The first refusals, as JSON: file, line, reason."},
		{Name: "warnings", Kind: Text, Label: "Warnings", Help: "Doubts about what was read, as JSON."},
	},
	TypeEvent: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "at", Kind: Time, Label: "Time", Help: "When it happened. A correction stands beside the original."},
		{Name: "end", Kind: Time, Label: "End", Help: "When it was over, for what lasted."},
		{Name: "precision", Kind: Choice, Label: "Precision", Help: "How exact the time is.", List: "precision"},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "Why the time or text was corrected."},
		{Name: "title", Kind: Line, Label: "What happened", Help: "One line of fact."},
		{Name: "body", Kind: Text, Label: "Details", Help: "Everything else."},
		{Name: "source", Kind: Line, Label: "Source", Help: "Where it comes from.", Hidden: true},
		{Name: "kind", Kind: Choice, Label: "Kind", Help: "What sort of event it is.", List: "event_kind"},
		{Name: "actor", Kind: Line, Label: "Who or what", Help: "The person or system that acted."},
		{Name: "service", Kind: Line, Label: "Service", Help: "The service it concerns."},
		{Name: "url", Kind: Line, Label: "Link", Help: "Where to see it."},
		{Name: "role", Kind: Choice, Label: "Role", Help: "The part it played in the response.", List: "event_role"},
		{Name: "moment", Kind: Choice, Label: "Key moment", Help: "The key moment that it marks.", List: "moment"},
		{Name: "signals", Kind: Text, Label: "Signals", Help: "What could be seen at that moment."},
		{Name: "belief", Kind: Text, Label: "Belief", Help: "What people believed was going on."},
		{Name: "decision", Kind: Text, Label: "Decision", Help: "What was decided."},
		{Name: "why", Kind: Text, Label: "Why it made sense", Help: "What made it the sensible thing to do then."},
		{Name: "kept", Kind: Flag, Label: "In the narrative", Help: "True when the line belongs to the narrative as it stands."},
		{Name: "noise", Kind: Flag, Label: "Noise", Help: "True when it says nothing about the incident."},
		{Name: "merged_into", Kind: Ref, To: TypeEvent, Label: "Merged into", Help: "The line that tells the same."},
	},
	TypePage: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "source", Kind: Line, Label: "Source", Help: "The importer that reads it."},
		{Name: "name", Kind: Line, Label: "Name", Help: "The name under which it is read."},
		{Name: "request", Kind: Line, Label: "Request", Help: "What was asked for, without any credential; empty for a file."},
		{Name: "fetched", Kind: Time, Label: "Fetched", Help: "When it came."},
		{Name: "status", Kind: Number, Label: "Status", Help: "What the server answered with, such as 200."},
		{Name: "digest", Kind: Line, Label: "SHA-256", Help: "The digest of the bytes as they came."},
		{Name: "size", Kind: Number, Label: "Size", Help: "How many bytes they are."},
		{Name: "next", Kind: Line, Label: "Next", Help: "The request for what follows; empty at the end."},
		{Name: "content", Kind: Content, Hidden: true, Label: "Bytes", Help: "The bytes, packed with gzip and written in base64."},
	},
	TypeClock: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "source", Kind: Line, Label: "Source", Help: "The source whose clock was off."},
		{Name: "offset", Kind: Offset, Label: "Moved by", Help: "What is added to every time that the source wrote, such as -1m30s."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "How anyone knows."},
	},
	TypeSweep: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "source", Kind: Line, Label: "Source", Help: "The source whose lines are dismissed."},
		{Name: "actor", Kind: Line, Label: "Who or what", Help: "Only lines of this person or system."},
		{Name: "shape", Kind: Line, Label: "Lines like", Help: "Only lines of this shape: a # stands for any number."},
		{Name: "sample", Kind: Line, Label: "For example", Help: "The line that it was taken from."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "Why these lines say nothing about the incident."},
	},
	TypeView: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "name", Kind: Line, Label: "Name", Help: "What the filter is called."},
		{Name: "query", Kind: Text, Hidden: true, Label: "Filter", Help: "What it lets through, as JSON."},
	},
	TypeDismissal: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "kind", Kind: Line, Hidden: true, Label: "Kind", Help: "The kind of the doubt, such as clock or silence."},
		{Name: "about", Kind: Line, Hidden: true, Label: "About", Help: "What the doubt is about: sources, or ids of lines."},
		{Name: "what", Kind: Line, Label: "Doubt", Help: "The doubt, in the words in which it was set aside."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "Why the timeline is right as it stands."},
	},
	TypeQuestion: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "about", Kind: Ref, To: TypeEvent, Label: "Moment", Help: "The line of the timeline that it is asked about."},
		{Name: "asks", Kind: Line, Hidden: true, Label: "Asks for", Help: "The field of that line that the answer belongs into: signals, belief, decision or why."},
		{Name: "to", Kind: Line, Label: "To", Help: "The person or role that it is put to."},
		{Name: "text", Kind: Line, Label: "Question", Help: "The question, in words that ask how and what."},
		{Name: "answer", Kind: Text, Label: "Answer", Help: "What they answered, in their words."},
		{Name: "asked", Kind: Date, Label: "Asked", Help: "The day on which it was put."},
		{Name: "answered_on", Kind: Date, Label: "Answered", Help: "The day of the answer."},
	},
	TypeReply: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "prompt", Kind: Line, Hidden: true, Label: "Prompt", Help: "The name of the prompt that asked."},
		{Name: "about", Kind: Line, Hidden: true, Label: "About", Help: "The id of the event or condition that it asked about; empty for the whole incident."},
		{Name: "text", Kind: Line, Label: "Question", Help: "The question as it was put."},
		{Name: "answer", Kind: Text, Label: "Answer", Help: "What the room answered, in its own words."},
		{Name: "by", Kind: Line, Label: "Answered by", Help: "Who wrote the answer down."},
		{Name: "at", Kind: Time, Label: "Answered", Help: "When it was answered."},
	},
	TypeRedaction: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "text", Kind: Line, Label: "Words", Help: "The words that readers outside do not see. They stay in the file."},
		{Name: "instead", Kind: Line, Label: "Instead", Help: "What stands in documents for them; the same words say that they may stand."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "Why, or who said that it may stand."},
	},
	TypeFactor: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "statement", Kind: Line, Label: "Condition", Help: "What was true for a while, of a system, a team or a process."},
		{Name: "layer", Kind: Choice, Label: "Layer", Help: "Technical, human or process.", List: "layer"},
		{Name: "area", Kind: Choice, Label: "Area", Help: "The part of the layer.", List: "area"},
		{Name: "role", Kind: Choice, Label: "Role", Help: "The part it played.", List: "factor_role"},
		{Name: "without", Kind: Choice, Label: "Without it", Help: "A judgement: what would have been different without this condition.", List: "without"},
		{Name: "detail", Kind: Text, Label: "Details", Help: "How it came about, and how it acted."},
		{Name: "team", Kind: Line, Label: "Team that can change it", Help: "Who can change it; never who is at fault."},
		{Name: "evidence", Kind: Set, To: TypeEvent, Label: "Evidence", Help: "The events that show it. Without any it is a hypothesis."},
		{Name: "by", Kind: Line, Label: "Contributed by", Help: "Who named it."},
		{Name: "pos", Kind: Line, Hidden: true, Label: "Position", Help: "The place in the list."},
	},
	TypeInteraction: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "from", Kind: Ref, To: TypeFactor, Label: "From", Help: "The condition that acted."},
		{Name: "to", Kind: Ref, To: TypeFactor, Label: "To", Help: "The condition that it acted on."},
		{Name: "kind", Kind: Choice, Label: "Kind", Help: "How it acted.", List: "interaction"},
	},
	TypeAction: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "title", Kind: Line, Label: "Change", Help: "The change to the system: verb, object, visible end."},
		{Name: "detail", Kind: Text, Label: "Details", Help: "What is to be done, and what not."},
		{Name: "factors", Kind: Set, To: TypeFactor, Label: "Factors", Help: "The conditions that it answers."},
		{Name: "lever", Kind: Choice, Label: "Aim", Help: "How it makes recurrence unlikely.", List: "lever"},
		{Name: "effect", Kind: Choice, Label: "Effect", Help: "Where in an incident it acts.", List: "effect"},
		{Name: "strength", Kind: Choice, Label: "Strength", Help: "Strong: removes the hazard, automates or forces. Weak: relies on people remembering.", List: "strength"},
		{Name: "stage", Kind: Choice, Label: "Stage", Help: "How far it is.", List: "action_stage"},
		{Name: "owner", Kind: Line, Label: "Owner", Help: "The one person who sees it through."},
		{Name: "due", Kind: Date, Label: "Due", Help: "The day by which it is done."},
		{Name: "criteria", Kind: Text, Label: "Success criteria", Help: "How anyone can tell that it is done and works."},
		{Name: "metric", Kind: Line, Label: "Metric", Help: "What is measured."},
		{Name: "direction", Kind: Choice, Label: "Direction", Help: "Whether falling or rising is better.", List: "direction"},
		{Name: "baseline", Kind: Number, Label: "Baseline", Help: "The value before."},
		{Name: "target", Kind: Number, Label: "Target", Help: "The value wanted."},
		{Name: "unit", Kind: Line, Label: "Unit", Help: "The unit of the metric."},
		{Name: "by", Kind: Date, Label: "Target by", Help: "The day by which the target is reached."},
		{Name: "measured", Kind: Line, Label: "Measured where", Help: "The dashboard or query that shows the metric."},
		{Name: "frequency", Kind: Choice, Label: "Frequency", Help: "How often this could happen again.", List: "level"},
		{Name: "impact", Kind: Choice, Label: "Impact", Help: "What it costs when it does.", List: "level"},
		{Name: "effort", Kind: Choice, Label: "Effort", Help: "How hard the change is.", List: "level"},
		{Name: "occurrences", Kind: Ranged, Unit: "a year", Label: "Occurrences", Help: "How often it would happen in a year if nothing changed: low, likely, high."},
		{Name: "occurrences_source", Kind: Line, Hidden: true, Label: "Occurrences from", Help: "The suggestion that was accepted for it, with its ground and by whom. It holds while it begins with the range that stands there."},
		{Name: "loss", Kind: Ranged, Label: "Loss each time", Help: "What one occurrence costs, in the unit of the next field: low, likely, high."},
		{Name: "loss_unit", Kind: Line, Label: "Unit of the loss", Help: "One unit for the whole file keeps actions comparable; without one it is minutes of user impact."},
		{Name: "days", Kind: Ranged, Unit: "person-days", Least: 0.1, Label: "Effort in days", Help: "Person-days until it is in the system and verified: low, likely, high."},
		{Name: "removes", Kind: Ranged, Unit: "%", Most: 100, Label: "Share it removes", Help: "How much of that loss the change removes, in percent; without it, all of it."},
		{Name: "parked", Kind: Line, Label: "Parked because", Help: "Why it is below the cut line."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "Why it will not be done, or why the risk is accepted and until when."},
		{Name: "until", Kind: Date, Label: "Until", Help: "The day until which the risk is accepted, or the decision holds."},
		{Name: "url", Kind: Line, Label: "Ticket", Help: "The ticket in the team's backlog."},
		{Name: "data", Kind: Text, Label: "Test data", Help: "The data that the verification needs."},
		{Name: "environment", Kind: Line, Label: "Environment", Help: "Where it is verified, staging before production."},
		{Name: "expected", Kind: Text, Label: "Expected outcome", Help: "What shows that the change works."},
		{Name: "rollback", Kind: Text, Label: "Rollback plan", Help: "How the change is taken back if it does harm."},
		{Name: "success_signal", Kind: Line, Label: "Success signal", Help: "The signal that confirms success after the change."},
		{Name: "harm_signal", Kind: Line, Label: "Did-no-harm signal", Help: "The signal that would show harm done by the change."},
		{Name: "watch", Kind: Line, Label: "Watch for", Help: "How long the signals are watched."},
		{Name: "verifier", Kind: Line, Label: "Verifier", Help: "Who verifies; someone other than the owner sees more."},
		{Name: "template", Kind: Ref, To: TypeTemplate, Label: "Template", Help: "The template that the plan was taken from."},
		{Name: "outcome", Kind: Choice, Label: "Outcome", Help: "What the change did to the system.", List: "outcome"},
		{Name: "outcome_value", Kind: Number, Label: "Value after", Help: "The value of the metric afterwards."},
		{Name: "outcome_note", Kind: Text, Label: "Outcome in words", Help: "What was seen, where and when."},
		{Name: "outcome_on", Kind: Date, Label: "Outcome on", Help: "The day of that judgement."},
		{Name: "pos", Kind: Line, Hidden: true, Label: "Position", Help: "The place in the list."},
	},
	TypeStep: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "action", Kind: Ref, To: TypeAction, Label: "Action", Help: "The action that it verifies."},
		{Name: "do", Kind: Line, Label: "Do", Help: "What to do."},
		{Name: "expect", Kind: Line, Label: "Expect", Help: "What to see."},
		{Name: "pos", Kind: Line, Hidden: true, Label: "Position", Help: "The place in the list."},
	},
	TypeResult: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "action", Kind: Ref, To: TypeAction, Label: "Action", Help: "The action that was verified."},
		{Name: "environment", Kind: Line, Label: "Environment", Help: "Where it was verified."},
		{Name: "status", Kind: Choice, Label: "Status", Help: "Whether it passed.", List: "result_status"},
		{Name: "passed", Kind: Number, Label: "Passed", Help: "Checks that passed."},
		{Name: "failed", Kind: Number, Label: "Failed", Help: "Checks that failed."},
		{Name: "url", Kind: Line, Label: "Link", Help: "Where the run can be seen."},
		{Name: "note", Kind: Text, Label: "Note", Help: "What was seen."},
		{Name: "by", Kind: Line, Label: "Verified by", Help: "Who ran it."},
		{Name: "at", Kind: Time, Label: "Time", Help: "When it ran."},
		{Name: "waived", Kind: Line, Label: "Waived because", Help: "Why it ran in production before it had passed anywhere else."},
	},
	TypeTemplate: {
		{Name: "name", Kind: Line, Label: "Name", Help: "What the plan is for, so that it is found again."},
		{Name: "area", Kind: Choice, Label: "Area", Help: "The area of the conditions that it suits.", List: "area"},
		{Name: "effect", Kind: Choice, Label: "Effect", Help: "The effect of the actions that it suits.", List: "effect"},
		{Name: "steps", Kind: Text, Label: "Steps", Help: "One a line: what to do => what to see."},
		{Name: "data", Kind: Text, Label: "Test data", Help: "The data that the verification needs."},
		{Name: "environment", Kind: Line, Label: "Environment", Help: "Where it is verified, staging before production."},
		{Name: "expected", Kind: Text, Label: "Expected outcome", Help: "What shows that the change works."},
		{Name: "rollback", Kind: Text, Label: "Rollback plan", Help: "How the change is taken back if it does harm."},
		{Name: "success_signal", Kind: Line, Label: "Success signal", Help: "The signal that confirms success after the change."},
		{Name: "harm_signal", Kind: Line, Label: "Did-no-harm signal", Help: "The signal that would show harm done by the change."},
		{Name: "watch", Kind: Line, Label: "Watch for", Help: "How long the signals are watched."},
	},
	TypeRevision: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "number", Kind: Number, Label: "Number", Help: "1 for the first publication; later ones are addenda."},
		{Name: "digest", Kind: Line, Label: "SHA-256", Help: "The digest of the document."},
		{Name: "document", Kind: Content, Label: "Document", Help: "The published Markdown, byte for byte.", Hidden: true},
		{Name: "content", Kind: Line, Hidden: true, Label: "Content", Help: "The digest of what it says, by which a later record is told from it."},
		{Name: "profile", Kind: Line, Label: "Profile", Help: "The export profile."},
		{Name: "reason", Kind: Line, Label: "Reason", Help: "What is new in it."},
		{Name: "by", Kind: Line, Label: "Sealed by", Help: "Who sealed it."},
		{Name: "at", Kind: Time, Label: "Sealed", Help: "When it was sealed."},
	},
	TypeApproval: {
		{Name: "incident", Kind: Ref, To: TypeIncident, Hidden: true, Label: "Incident", Help: "The incident it belongs to."},
		{Name: "revision", Kind: Ref, To: TypeRevision, Label: "Revision", Help: "The sealed revision that it is about."},
		{Name: "digest", Kind: Line, Label: "SHA-256", Help: "The digest of that revision, so that it is clear what was approved."},
		{Name: "verdict", Kind: Choice, Label: "Verdict", Help: "Whether it is approved, or changes are waited for.", List: "verdict"},
		{Name: "note", Kind: Text, Label: "Note", Help: "What is to be changed, or what the approval rests on."},
		{Name: "by", Kind: Line, Label: "By", Help: "Who said so."},
		{Name: "at", Kind: Time, Label: "Time", Help: "When they said so."},
	},
}

// FieldOf finds a field by its name; a member of a set ("services/checkout") finds the set.
func FieldOf(t Type, name string) (Field, bool) {
	set, _, isMember := CutMember(name)
	for _, f := range Schema[t] {
		if f.Name == name && f.Kind != Set || isMember && f.Name == set && f.Kind == Set {
			return f, true
		}
	}
	return Field{}, false
}

// Member is the name of the cell that says whether value belongs to the set field.
func Member(field, value string) string { return field + "/" + value }

// CutMember takes the name of a set member's cell apart.
func CutMember(name string) (set, value string, ok bool) {
	set, value, _ = strings.Cut(name, "/")
	return set, value, value != ""
}

// FileWide tells whether things of a type belong to the whole file and not to one incident: their type has no
// field for an incident.
func FileWide(t Type) bool {
	_, belongs := Named(t, "incident")
	return t != TypeIncident && !belongs && Schema[t] != nil
}
