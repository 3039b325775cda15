package model

import "time"

// Precision is how exact an event's time is: ns, ms, s, minute, hour, day, or about.
type Precision string

// An Event is one line of evidence or of the narrative. What was imported is never altered; the
// fields that people correct stand beside the original.
type Event struct {
	ID           ID        `json:"id"`
	At           time.Time `json:"at"` // UTC, as corrected
	End          time.Time `json:"end,omitzero"`
	Precision    Precision `json:"precision,omitempty"`
	ZoneSource   string    `json:"zone_source,omitempty"` // "data", "told: Europe/London", "typed"
	Source       string    `json:"source"`
	Kind         string    `json:"kind,omitempty"`
	Role         string    `json:"role,omitempty"`
	Moment       string    `json:"moment,omitempty"`
	Actor        string    `json:"actor,omitempty"`
	Service      string    `json:"service,omitempty"`
	Title        string    `json:"title"`
	Body         string    `json:"body,omitempty"`
	URL          string    `json:"url,omitempty"`
	ExternalID   string    `json:"external_id,omitempty"`
	Signals      string    `json:"signals,omitempty"`
	Belief       string    `json:"belief,omitempty"`
	Decision     string    `json:"decision,omitempty"`
	Why          string    `json:"why,omitempty"`
	Kept         bool      `json:"kept,omitempty"`  // somebody said that it belongs to the narrative
	Noise        bool      `json:"noise,omitempty"` // marked so, or dismissed with all lines like it
	Housekeeping bool      `json:"housekeeping,omitempty"`
	MergedInto   ID        `json:"merged_into,omitempty"`
	Merged       int       `json:"merged,omitempty"` // lines merged into this one
	Updated      time.Time `json:"-"`                // when the record was last changed at its source; of one record the newest version shows
	Untouched    bool      `json:"-"`                // imported, and nobody has worked on it yet

	TimeText      string    `json:"time_text,omitempty"` // the time as the source wrote it
	Line          int       `json:"line,omitempty"`      // in the imported file, from 1
	Import        ID        `json:"import,omitempty"`
	OriginalAt    time.Time `json:"original_at,omitzero"` // when the time was corrected
	OriginalTitle string    `json:"original_title,omitempty"`
	Reason        string    `json:"reason,omitempty"`
	Incident      ID        `json:"-"`
}

// A Cursor is a place in the timeline's order: time, then source and line, so that the order is the same
// whichever file came first, then the order of arrival.
type Cursor struct {
	At    time.Time
	Order int64
	N     int64
}

// An EventQuery asks for a stretch of an incident's timeline. The zero value of each filter means any; of a
// list, one of its members is enough. The empty text as a member stands for events that name none.
type EventQuery struct {
	Incident         ID
	Sources          []string
	Kinds            []string
	Roles            []string
	Actors           []string // in any case
	Services         []string // in any case
	Text             string   // words to search for in title and body
	Like             string   // lines of this shape, see LineShape
	Untouched        bool     // only what nobody has worked on: the inbox
	Narrative        bool     // only what somebody wrote or worked on
	From, To         time.Time
	WithNoise        bool // also what was marked as noise
	WithHousekeeping bool // also channel joins and the like
	WithMerged       bool // also lines that were merged into others

	After   *Cursor // only what comes after it, oldest first
	Before  *Cursor // only what comes before it; the page still reads oldest first
	AtEvent ID      // the page that has this event in its middle
	Last    bool    // the last page
	Limit   int     // 0 means 200
}

// An EventPage is a stretch of the timeline, oldest first.
type EventPage struct {
	Events  []Event
	Cursors []Cursor // one for each event
	Total   int      // events that the query's filters let through
	Offset  int      // how many of them stand before the first of this page
}

// A Density counts events in equal slices of time, for the strip above the timeline.
type Density struct {
	From, To time.Time
	Counts   []int
}

// A SourceCount is how many events a source gave.
type SourceCount struct {
	Source string
	Count  int
}

// A ValueCount is how many events name a value: a source, a person, a service.
type ValueCount struct {
	Value string
	Count int
}

// Lanes count events in equal slices of time, one row for each source, kind or service.
type Lanes struct {
	From, To time.Time
	Slice    time.Duration // how long each slice is
	Lanes    []Lane        // the fullest first
	Spans    []Span        // of each slice, over all lanes
}

// A Span is from the first event of a slice to its last one. Both are zero when it holds none.
type Span struct{ First, Last time.Time }

// OtherLanes is the name of the lane of all that are too many to be told apart.
const OtherLanes = "all others"

// A Lane is one row of the picture.
type Lane struct {
	Name   string // empty for events that name none
	Total  int
	Counts []int
}

// An Alike is a group of lines of one source that have one shape.
type Alike struct {
	Source string    `json:"source"`
	Shape  string    `json:"shape"`  // see LineShape
	Sample string    `json:"sample"` // one of the titles
	Event  ID        `json:"event"`  // the first of them
	Count  int       `json:"count"`
	First  time.Time `json:"first"`
	Last   time.Time `json:"last"`
}
