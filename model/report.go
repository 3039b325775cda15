package model

import "time"

// A Refusal is one record that could not become an event.
type Refusal struct {
	File    string `json:"file"`
	Line    int    `json:"line"` // 1 for the first; of a JSON list the number of the record
	Reason  string `json:"reason"`
	Excerpt string `json:"excerpt,omitempty"`
}

// An ImportReport is what an import did. Read = New + Known + Refused, always.
type ImportReport struct {
	Import   ID        `json:"import,omitempty"`
	Source   string    `json:"source"`
	Read     int       `json:"read"`
	New      int       `json:"new"`
	Known    int       `json:"known"`
	Refused  int       `json:"refused"`
	Updated  int       `json:"updated,omitempty"` // of the known ones: those that came in a newer version, which shows now
	Refusals []Refusal `json:"refusals"`          // the first thousand
	Warnings []string  `json:"warnings"`
	First    Edge      `json:"first,omitzero"`
	Last     Edge      `json:"last,omitzero"`

	Chosen string        `json:"chosen,omitempty"` // which columns of a table, or which list of a document, were taken
	Files  []FileReading `json:"files,omitempty"`  // when there was more than one
}

// A FileReading is what became of one file of several.
type FileReading struct {
	Name    string `json:"name"`
	Source  string `json:"source,omitempty"`
	Events  int    `json:"events"`
	Refused int    `json:"refused"`
	Left    string `json:"left,omitempty"` // why it was not read
}

// Add takes the report of a further import of the same delivery in.
func (r *ImportReport) Add(o ImportReport) {
	switch {
	case r.Source == "":
		r.Source, r.Import = o.Source, o.Import
	case o.Source != "" && r.Source != o.Source:
		r.Source += ", " + o.Source
	}
	if r.First.At.IsZero() || !o.First.At.IsZero() && o.First.At.Before(r.First.At) {
		r.First = o.First
	}
	if !o.Last.At.Before(r.Last.At) {
		r.Last = o.Last
	}
	r.Read, r.New, r.Known, r.Refused, r.Updated = r.Read+o.Read, r.New+o.New, r.Known+o.Known, r.Refused+o.Refused, r.Updated+o.Updated
	r.Refusals, r.Warnings, r.Files = append(r.Refusals, o.Refusals...), append(r.Warnings, o.Warnings...), append(r.Files, o.Files...)
	if r.Chosen == "" {
		r.Chosen = o.Chosen
	}
}

// An Edge is the first or last event of an import.
type Edge struct {
	At    time.Time `json:"at"`
	Title string    `json:"title"`
}

// A MergeReport is what merging another copy did.
type MergeReport struct {
	New       int        `json:"new"`
	Known     int        `json:"known"`
	Conflicts []Conflict `json:"conflicts"`
	Forks     []Fork     `json:"forks,omitempty"`   // that the file had not heard of
	Refused   []string   `json:"refused,omitempty"` // changes that do not match their hash, each as a sentence
}

// Fault is what is wrong with the copy that was merged; nil when all of it was taken.
func (r MergeReport) Fault(file string) error {
	if len(r.Refused) == 0 {
		return nil
	}
	return &Fault{Kind: FaultDamaged, What: "merge", File: file, Reason: "some of its changes were not taken: " + r.Refused[0],
		Remedy: "merge another copy that has them; all that came before them is kept"}
}

// A Fork is where copies of a file went on as one site, because a whole home was restored or cloned.
type Fork struct {
	Since time.Time `json:"since"`
	Sites []string  `json:"sites"` // what each of them is called now
}

// String tells a fork as a sentence.
func (f Fork) String() string {
	names := make([]string, len(f.Sites))
	for i, site := range f.Sites {
		names[i] = site[:min(len(site), 8)]
	}
	copies, kept := "Several copies", "all"
	if len(names) == 2 {
		copies, kept = "Two copies", "both"
	}
	return copies + " went on as one site since " + f.Since.UTC().Format("2006-01-02 15:04 MST") + "; " + kept + " are kept, as sites " + both(names)
}

// A Hit is one place where searched words were found.
type Hit struct {
	Type     Type      `json:"type"`
	ID       ID        `json:"id"`
	Incident ID        `json:"incident"`
	Key      string    `json:"key"`
	Zone     string    `json:"zone,omitempty"` // of the incident
	Field    string    `json:"field"`
	At       time.Time `json:"at,omitzero"` // of an event
	Title    string    `json:"title"`
	Snippet  string    `json:"snippet"` // the words stand between « and »
}

// A DoctorReport says whether the file is sound.
type DoctorReport struct {
	OK       bool      `json:"ok"`
	Findings []Finding `json:"findings"`
}

// A Finding is one thing that the doctor or a check noticed.
type Finding struct {
	Where    string `json:"where"`
	What     string `json:"what"`
	Question string `json:"question,omitempty"`
	Mended   bool   `json:"mended,omitempty"`
	Remedy   string `json:"remedy,omitempty"` // what to do about it
	Kind     string `json:"kind,omitempty"`   // of what can be set aside: "wording", or the kind of a doubt
	About    string `json:"about,omitempty"`  // what it is about; the same whenever it is found, see DismissalID
}

// A Reading is what a reader of evidence tells at its end, beside the events that it gave.
type Reading struct {
	Source   string // the importer: "slack"
	Name     string // what was read: "export.zip"
	Digest   string // SHA-256 of the bytes, in hex
	Parser   string // version of the parser
	Zone     string // the zone decision, for times without one
	Read     int    // records read, refused ones and repeats included
	Repeats  int    // records that came twice in the same reading
	Refused  int
	Refusals []Refusal // the first thousand
	Warnings []string
	Unread   []Refusal // pages of a live source that could not be read to their end; they are refused, too

	Chosen  string   // which columns of a table, or which list of a document, were taken
	Columns []string // what there was to choose from
	Files   []FileReading

	Answers string // what was told about the input, as JSON, so that it can be read again
	Path    string // where it lies, when its bytes are not kept
	Pages   []ID   // bytes that the file keeps already and that were read
	Kept    []Page // bytes to keep together with the import
}

// A ReadBefore stops an import of records that the incident shows already and that were read otherwise then: in
// another zone, or for another day. Nothing was kept; the import that it names can be replaced by the new reading.
type ReadBefore struct {
	Import ID
	Name   string // of the import that is there
	Told   string // how its times were read, such as "told: Europe/London"
}

// Error tells what is there already and how to replace it.
func (r *ReadBefore) Error() string { return r.Unwrap().Error() }

// Unwrap makes it a fault of the input, so that it ends a command as one.
func (r *ReadBefore) Unwrap() error {
	reason := "its records are in this retrospective already, read with other answers"
	if r.Told != "" {
		reason += " (zone " + r.Told + ")"
	}
	return &Fault{Kind: FaultInput, What: "import", File: r.Name, Reason: reason,
		Remedy: "nothing was kept; --replace puts this reading in the place of the former one, and one undo brings that back"}
}

// A ReadEvidence gives every event of one import to emit, in the order of the file, and then its
// reading. It must stop with the error that emit returns. Emit may be called from one goroutine only
// and copies what it keeps.
type ReadEvidence func(emit func(*Event) error) (Reading, error)

// An Integrity says whether what a file tells is what was written into it.
type Integrity struct {
	Broken    []string // what does not match its hash, or the log
	Unchecked int      // imported lines that were too many to check
}
