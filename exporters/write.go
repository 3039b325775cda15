package exporters

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"aftermath/model"
)

// The audiences of a document.
const (
	Executive   = "executive"   // half a page: what happened, to whom, what changes, when anyone will know
	Engineering = "engineering" // all of it
	Public      = "public"      // for readers outside: roles for names, and nothing of the evidence
)

// Audiences are the readers that a document can be written for.
var Audiences = []string{Executive, Engineering, Public}

// Formats are what can be written. Those in Papers are for an audience; the others hold everything.
var (
	Formats = []string{"markdown", "html", "confluence-storage", "json", "audit", "calibration"}
	Papers  = []string{"markdown", "html", "confluence-storage"}
)

// A Form says how a document is written and for whom.
type Form struct {
	Format   string // empty means markdown
	Profile  string // of Markdown; empty means github
	Audience string // empty means engineering
}

// Settle fills in what was left out and refuses what there is not.
func (f Form) Settle() (Form, error) {
	if f.Format == "" || f.Format == "md" {
		f.Format = "markdown"
	}
	if f.Profile == "" {
		f.Profile = Profiles[0]
	}
	if f.Audience == "" {
		f.Audience = Engineering
	}
	for _, c := range []struct {
		what, value string
		among       []string
	}{{"format", f.Format, Formats}, {"profile", f.Profile, Profiles}, {"audience", f.Audience, Audiences}} {
		if !slices.Contains(c.among, c.value) {
			return f, &model.Fault{Kind: model.FaultUsage, What: fmt.Sprintf("there is no %s %q", c.what, c.value),
				Remedy: "the " + c.what + "s are " + listed(texts(c.among)).plain()}
		}
	}
	if f.Audience != Engineering && !slices.Contains(Papers, f.Format) {
		return f, &model.Fault{Kind: model.FaultUsage, What: fmt.Sprintf("the format %s holds everything, so it cannot be written for the audience %s", f.Format, f.Audience),
			Remedy: "choose one of " + strings.Join(Papers, ", ")}
	}
	return f, nil
}

func texts(list []string) (t []text) {
	for _, s := range list {
		t = append(t, words(s))
	}
	return t
}

// Write writes a document. The same record gives the same bytes.
func Write(w io.Writer, r Retro, f Form) error {
	f, err := f.Settle()
	if err != nil {
		return err
	}
	switch f.Format {
	case "json":
		return JSON(w, r)
	case "calibration":
		return Calibration(w, r)
	case "audit":
		return Audit(w, r, f.Profile)
	}
	d, err := compose(r, f.Audience)
	if err != nil {
		return err
	}
	return d.writeAs(w, f)
}

func (d *document) writeAs(w io.Writer, f Form) error {
	switch f.Format {
	case "html":
		return writeHTML(w, d)
	case "confluence-storage":
		return writeStorage(w, &d.draft)
	}
	return writeMarkdown(w, &d.draft, f.Profile)
}

// A Paper is a document before it is given away.
type Paper struct {
	Document string
	Words    string // the same as Markdown that people can read, where the document is mark-up for a machine
	Standing string // whether it is the newest revision, in a sentence
}

// Draw makes a document in one of the Papers.
func Draw(r Retro, f Form) (Paper, error) {
	f, err := f.Settle()
	if err != nil {
		return Paper{}, err
	}
	d, err := compose(r, f.Audience)
	if err != nil {
		return Paper{}, err
	}
	var document, words strings.Builder
	if err := d.writeAs(&document, f); err != nil {
		return Paper{}, err
	}
	p := Paper{Document: document.String(), Standing: d.stands.Sentence()}
	if p.Words = p.Document; f.Format != "markdown" {
		if err := writeMarkdown(&words, &d.draft, "plain"); err != nil {
			return Paper{}, err
		}
		p.Words = words.String()
	}
	return p, nil
}
