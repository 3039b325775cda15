package model

import (
	"encoding/json"
	"time"
)

// The structs below are the entities of Schema as Go values. Their JSON names are the schema's field
// names; a field that is empty in the file is the zero value here.

// An Incident is what happened, to whom, and who is in the room.
type Incident struct {
	ID               ID        `json:"id"`
	Key              string    `json:"key"`
	Title            string    `json:"title"`
	Severity         string    `json:"severity"`
	Type             string    `json:"type,omitempty"`
	Stage            string    `json:"stage"`
	Archived         time.Time `json:"archived,omitzero"`
	Services         []string  `json:"services"`
	Teams            []string  `json:"teams,omitempty"`
	Tags             []string  `json:"tags,omitempty"`
	Environment      string    `json:"environment,omitempty"`
	Context          string    `json:"context,omitempty"`
	Impact           string    `json:"impact,omitempty"`
	CustomerEffects  string    `json:"customer_effects,omitempty"`
	BusinessImpact   string    `json:"business_impact,omitempty"`
	Regulatory       string    `json:"regulatory,omitempty"`
	Zone             string    `json:"zone,omitempty"`
	Facilitator      string    `json:"facilitator,omitempty"`
	TimelineOwner    string    `json:"timeline_owner,omitempty"`
	Started          time.Time `json:"started,omitzero"`
	Detected         time.Time `json:"detected,omitzero"`
	Paged            time.Time `json:"paged,omitzero"`
	Acknowledged     time.Time `json:"acknowledged,omitzero"`
	Mitigated        time.Time `json:"mitigated,omitzero"`
	Resolved         time.Time `json:"resolved,omitzero"`
	Summary          string    `json:"summary,omitempty"`
	WentWell         string    `json:"went_well,omitempty"`
	Lucky            string    `json:"lucky,omitempty"`
	PreventTechnical string    `json:"prevent_technical,omitempty"`
	PreventHuman     string    `json:"prevent_human,omitempty"`
	PreventProcess   string    `json:"prevent_process,omitempty"`
}

// A Participant is somebody in the room.
type Participant struct {
	ID         ID     `json:"id"`
	Name       string `json:"name"`
	Discipline string `json:"discipline,omitempty"`
	Role       string `json:"role,omitempty"`
	Pos        string `json:"-"`
}

// A Factor is a contributing condition, or what helped, or luck.
type Factor struct {
	ID        ID     `json:"id"`
	Statement string `json:"statement"`
	Layer     string `json:"layer"`
	Area      string `json:"area,omitempty"`
	Role      string `json:"role,omitempty"`
	Without   string `json:"without,omitempty"`
	Detail    string `json:"detail,omitempty"`
	Team      string `json:"team,omitempty"`
	Evidence  []ID   `json:"evidence"`
	By        string `json:"by,omitempty"`
	Pos       string `json:"-"`
}

// An Interaction says how one condition acted on another.
type Interaction struct {
	ID   ID     `json:"id"`
	From ID     `json:"from"`
	To   ID     `json:"to"`
	Kind string `json:"kind"`
}

// An Action is a change to the system, with its priority, its plan of verification and its outcome.
// Numbers are kept as they were typed, so that 5.0 stays 5.0; an empty one is unknown.
type Action struct {
	ID            ID          `json:"id"`
	Title         string      `json:"title"`
	Detail        string      `json:"detail,omitempty"`
	Factors       []ID        `json:"factors"`
	Lever         string      `json:"lever,omitempty"`
	Effect        string      `json:"effect,omitempty"`
	Strength      string      `json:"strength,omitempty"`
	Stage         string      `json:"stage"`
	Owner         string      `json:"owner,omitempty"`
	Due           string      `json:"due,omitempty"`
	Criteria      string      `json:"criteria,omitempty"`
	Metric        string      `json:"metric,omitempty"`
	Direction     string      `json:"direction,omitempty"`
	Baseline      json.Number `json:"baseline,omitempty"`
	Target        json.Number `json:"target,omitempty"`
	Unit          string      `json:"unit,omitempty"`
	By            string      `json:"by,omitempty"`
	Measured      string      `json:"measured,omitempty"`
	Frequency     string      `json:"frequency,omitempty"`
	Impact        string      `json:"impact,omitempty"`
	Effort        string      `json:"effort,omitempty"`
	Occurrences   string      `json:"occurrences,omitempty"` // a Range as text, as the next ones
	OccurrencesBy string      `json:"occurrences_source,omitempty"`
	Loss          string      `json:"loss,omitempty"`
	LossUnit      string      `json:"loss_unit,omitempty"`
	Days          string      `json:"days,omitempty"`
	Removes       string      `json:"removes,omitempty"`
	Parked        string      `json:"parked,omitempty"`
	Reason        string      `json:"reason,omitempty"`
	Until         string      `json:"until,omitempty"`
	URL           string      `json:"url,omitempty"`
	Data          string      `json:"data,omitempty"`
	Environment   string      `json:"environment,omitempty"`
	Expected      string      `json:"expected,omitempty"`
	Rollback      string      `json:"rollback,omitempty"`
	SuccessSignal string      `json:"success_signal,omitempty"`
	HarmSignal    string      `json:"harm_signal,omitempty"`
	Watch         string      `json:"watch,omitempty"`
	Verifier      string      `json:"verifier,omitempty"`
	Template      ID          `json:"template,omitempty"`
	Outcome       string      `json:"outcome,omitempty"`
	OutcomeValue  json.Number `json:"outcome_value,omitempty"`
	OutcomeNote   string      `json:"outcome_note,omitempty"`
	OutcomeOn     string      `json:"outcome_on,omitempty"`
	Pos           string      `json:"-"`
}

// A Step is one line of an action's plan of verification.
type Step struct {
	ID     ID     `json:"id"`
	Action ID     `json:"action"`
	Do     string `json:"do"`
	Expect string `json:"expect,omitempty"`
	Pos    string `json:"-"`
}

// A Result is one run of a plan of verification.
type Result struct {
	ID          ID          `json:"id"`
	Action      ID          `json:"action"`
	Environment string      `json:"environment,omitempty"`
	Status      string      `json:"status"`
	Passed      json.Number `json:"passed,omitempty"`
	Failed      json.Number `json:"failed,omitempty"`
	URL         string      `json:"url,omitempty"`
	Note        string      `json:"note,omitempty"`
	By          string      `json:"by,omitempty"`
	At          time.Time   `json:"at,omitzero"`
	Waived      string      `json:"waived,omitempty"`
}

// A Template is a plan of verification that is used again. It belongs to the file and to no incident.
type Template struct {
	ID            ID     `json:"id"`
	Name          string `json:"name"`
	Area          string `json:"area,omitempty"`
	Effect        string `json:"effect,omitempty"`
	Steps         string `json:"steps,omitempty"` // one a line, see CutStep
	Data          string `json:"data,omitempty"`
	Environment   string `json:"environment,omitempty"`
	Expected      string `json:"expected,omitempty"`
	Rollback      string `json:"rollback,omitempty"`
	SuccessSignal string `json:"success_signal,omitempty"`
	HarmSignal    string `json:"harm_signal,omitempty"`
	Watch         string `json:"watch,omitempty"`
}

// A Revision is one sealed publication.
type Revision struct {
	ID       ID        `json:"id"`
	Number   int       `json:"number"`
	Name     string    `json:"name,omitempty"` // see RevisionName
	Digest   string    `json:"digest"`
	Document string    `json:"document,omitempty"`
	Content  string    `json:"content,omitempty"` // the digest of what it says, in whichever form
	Profile  string    `json:"profile,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at"`
}

// An Approval is what one person says of one sealed revision.
type Approval struct {
	ID       ID        `json:"id"`
	Revision ID        `json:"revision"`
	Digest   string    `json:"digest"`
	Verdict  string    `json:"verdict"`
	Note     string    `json:"note,omitempty"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// An Import is where a batch of evidence came from and what was made of it.
type Import struct {
	ID       ID        `json:"id"`
	Source   string    `json:"source"`
	Name     string    `json:"name"`
	Digest   string    `json:"digest"`
	Parser   string    `json:"parser,omitempty"`
	Zone     string    `json:"zone,omitempty"`
	Read     int       `json:"read"`
	New      int       `json:"new"`
	Known    int       `json:"known"`
	Refused  int       `json:"refused"`
	Refusals string    `json:"-"`
	Warnings string    `json:"-"`
	Answers  string    `json:"-"`
	Path     string    `json:"path,omitempty"`
	Pages    []ID      `json:"pages,omitempty"`
	Replaces ID        `json:"replaces,omitempty"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at,omitzero"`
}

// A Clock says how far the times of a source are moved. Every line keeps the time that its source wrote.
type Clock struct {
	ID     ID     `json:"id"`
	Source string `json:"source"`
	Offset string `json:"offset"` // see ParseOffset
	Reason string `json:"reason,omitempty"`
}

// A Sweep dismisses all lines of a source that are alike, also those that come later.
type Sweep struct {
	ID     ID     `json:"id"`
	Source string `json:"source"`
	Actor  string `json:"actor,omitempty"`
	Shape  string `json:"shape,omitempty"` // see LineShape
	Sample string `json:"sample,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// A View is a filter of the timeline that was given a name.
type View struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Query string `json:"query"` // a ViewQuery as JSON
}

// A Dismissal is a doubt about the timeline that somebody looked at and set aside.
type Dismissal struct {
	ID     ID     `json:"id"`
	Kind   string `json:"kind"`
	About  string `json:"about"`
	What   string `json:"what,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// A Question is put to a person or a role about one moment, before the meeting.
type Question struct {
	ID         ID     `json:"id"`
	About      ID     `json:"about"`          // the event
	Asks       string `json:"asks,omitempty"` // the event's field that the answer belongs into
	To         string `json:"to"`
	Text       string `json:"text"`
	Answer     string `json:"answer,omitempty"`
	Asked      string `json:"asked,omitempty"` // a day
	AnsweredOn string `json:"answered_on,omitempty"`
}

// A Reply is what the room answered to a prompt of the guided analysis.
type Reply struct {
	ID     ID        `json:"id"`
	Prompt string    `json:"prompt"`
	About  ID        `json:"about,omitempty"` // an event or a condition; empty for the incident
	Text   string    `json:"text"`            // the question as it was put
	Answer string    `json:"answer"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// A Redaction says what stands in documents for readers outside instead of a text.
type Redaction struct {
	ID      ID     `json:"id"`
	Text    string `json:"text"`
	Instead string `json:"instead"`
	Reason  string `json:"reason,omitempty"`
	Exact   bool   `json:"-"` // only in this case: part of a name, which may be a word, too
}

// A Record is everything about one incident but its events, of which there may be a million.
type Record struct {
	Incident     Incident      `json:"incident"`
	Events       int           `json:"events"` // on the timeline: neither noise, housekeeping nor merged away
	Evidence     int           `json:"evidence"`
	Inbox        int           `json:"inbox"` // imported lines on the timeline that nobody has worked on yet
	Participants []Participant `json:"participants,omitempty"`
	Imports      []Import      `json:"imports,omitempty"`
	Clocks       []Clock       `json:"clocks,omitempty"`
	Sweeps       []Sweep       `json:"sweeps,omitempty"`
	Views        []View        `json:"views,omitempty"`
	Dismissals   []Dismissal   `json:"dismissals,omitempty"`
	Questions    []Question    `json:"questions,omitempty"`
	Replies      []Reply       `json:"replies,omitempty"`
	Redactions   []Redaction   `json:"redactions,omitempty"`
	Factors      []Factor      `json:"factors"`
	Interactions []Interaction `json:"interactions,omitempty"`
	Actions      []Action      `json:"actions"`
	Steps        []Step        `json:"steps,omitempty"`
	Results      []Result      `json:"results,omitempty"`
	Revisions    []Revision    `json:"revisions,omitempty"` // without their documents
	Approvals    []Approval    `json:"approvals,omitempty"`
	Conflicts    int           `json:"conflicts,omitempty"`
}

// IncidentLine is an incident as the list shows it.
type IncidentLine struct {
	ID       ID        `json:"id"`
	Key      string    `json:"key"`
	Title    string    `json:"title"`
	Severity string    `json:"severity"`
	Stage    string    `json:"stage"`
	Services []string  `json:"services"`
	Started  time.Time `json:"started,omitzero"`
	Resolved time.Time `json:"resolved,omitzero"`
	Zone     string    `json:"zone,omitempty"`
	Events   int       `json:"events"`
	Factors  int       `json:"factors"`
	Actions  int       `json:"actions"` // of any stage but ideas
	Open     int       `json:"open"`    // committed or implemented, not yet verified
	Overdue  int       `json:"overdue"` // open and past their day
	Archived bool      `json:"archived,omitempty"`
}

// An IncidentQuery asks for a part of the list of incidents.
type IncidentQuery struct {
	Archived      bool // those in the archive, and no others
	Offset, Limit int  // a limit of 0 means all of them
}
