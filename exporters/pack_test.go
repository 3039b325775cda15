package exporters

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func audited() Retro {
	r := sample()
	document := "# As it was\n"
	sum := sha256.Sum256([]byte(document))
	r.Record.Revisions = []model.Revision{{ID: "V-1", Number: 1, Digest: hex.EncodeToString(sum[:]), By: "Ines", At: at("17:00:00")},
		{ID: "V-2", Number: 2, Digest: strings.Repeat("cd", 32), By: "Ines", At: at("18:00:00"), Reason: "The second cause"}}
	r.Document = func(model.ID) (string, error) { return document, nil }
	r.History = func(yield func(model.Change) error) error {
		for n, value := range []string{"=HYPERLINK(\"http://evil.example\")", "sev2\x1b[31m"} {
			c := model.Change{At: at("16:00:00").Add(-time.Duration(n) * time.Minute), Author: "maya", Source: "cli", Kind: "set", Type: model.TypeIncident, Entity: "N-1", Field: "title", New: value, Seq: int64(9 - n)}
			if err := yield(c); err != nil {
				return err
			}
		}
		return nil
	}
	return r
}

func TestAuditPack(t *testing.T) {
	pack := renderAs(t, audited(), Form{Format: "audit"})
	if renderAs(t, audited(), Form{Format: "audit"}) != pack {
		t.Error("the same record gave other bytes")
	}
	z, err := zip.NewReader(strings.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(b)
	}
	for name, content := range files {
		sum := sha256.Sum256([]byte(content))
		if name != "SHA256SUMS" && !strings.Contains(files["SHA256SUMS"], fmt.Sprintf("%x  %s\n", sum, name)) {
			t.Errorf("%s is not in the digests", name)
		}
	}
	rows, err := csv.NewReader(strings.NewReader(files["history.csv"])).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	if rows[1][9] != "sev2" || rows[2][9] != "'=HYPERLINK(\"http://evil.example\")" {
		t.Errorf("%q", rows)
	}
	page := files["audit.md"]
	for _, has := range []string{strings.Repeat("ab", 32), "| 1 | 2026-11-02 18:00 Ines | | ", "| yes |", "| no |", "2 changes, each in history.csv", "| maya | cli | 2 |"} {
		if !strings.Contains(page, has) {
			t.Errorf("no %q in %s", has, page)
		}
	}
	if files["revision-1-"+short(audited().Record.Revisions[0].Digest)+".md"] != "# As it was\n" || files["record.json"] == "" {
		t.Errorf("the pack holds %d files", len(files))
	}
}

var exampleTemplate = regexp.MustCompile("(?s)```template\n(.*?)```")

func TestTemplateOfTheDocumentation(t *testing.T) {
	guide, err := os.ReadFile("../docs/templates.md")
	if err != nil {
		t.Fatal(err)
	}
	m := exampleTemplate.FindSubmatch(guide)
	if m == nil {
		t.Fatal("the page has no example")
	}
	var b bytes.Buffer
	if err := Template(&b, sample(), Engineering, "example.tmpl", string(m[1]), false); err != nil {
		t.Fatal(err)
	}
	for _, has := range []string{"h1. Checkout unavailable after the pool change\n\nSEV2, 2 November 2026, checkout, payments_api\n\nAbout 4,200 people", "* 13:58 checkout v212 deployed",
		"\n\n# A-1 Alert when pool use > 80% for 2 minutes, due 1 December 2026\n"} {
		if !strings.Contains(b.String(), has) {
			t.Errorf("no %q in\n%s", has, b.String())
		}
	}
	for name := range (Retro{}).templateWords() {
		if !strings.Contains(string(guide), "`"+name+" ") {
			t.Errorf("the page does not explain %s", name)
		}
	}
}

func TestTemplateFaults(t *testing.T) {
	for source, want := range map[string]string{
		"\n{{.incident.titel}}":    `own.tmpl, line 2: <.incident.titel>: map has no entry for key "titel"`,
		"{{if}}":                   "own.tmpl, line 1: missing value for if",
		"{{nothing 1}}":            `own.tmpl, line 1: function "nothing" not defined`,
		"{{range 9}}{{.}}{{end}}":  "",
		"{{range 3000000}}{{end}}": "it takes more than a million steps",
		"{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}":  "exceeded maximum template depth",
		"{{range 1000000000}}" + strings.Repeat("x", 1000) + "{{end}}": "it writes more than 16 MiB",
	} {
		err := Template(io.Discard, sample(), Engineering, "own.tmpl", source, false)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v", source, err)
		}
	}
}

func TestCompareTellsWhatAHandChanged(t *testing.T) {
	for _, form := range []Form{{Profile: "github"}, {Profile: "confluence", Audience: Executive}, {Format: "html"}, {Format: "confluence-storage", Audience: Public}} {
		page := renderAs(t, sample(), form)
		if c, err := Compare([]byte(page), sample(), Form{}); err != nil || c.Edited {
			t.Errorf("%v: %v %+v", form, err, c)
		}
		lines := strings.Split(page, "\n")
		lines[4] = "by hand"
		edited := strings.Join(append(lines[:6:6], lines[7:]...), "\n")
		c, err := Compare([]byte(edited), sample(), Form{})
		if err != nil || !c.Edited || !c.Sure || len(c.Lines) != 2 || c.Lines[0].Line != 5 || c.Lines[0].Now != "by hand" || c.Lines[1].What != "removed" || c.Lines[1].Line != 6 {
			t.Errorf("%v: %v %+v", form, err, c)
		}
		later := sample()
		later.Record.Incident.Title = "Another title"
		if c, err = Compare([]byte(edited), later, form); err != nil || !c.Edited || c.Sure || len(c.Lines) < 3 {
			t.Errorf("%v: %v %+v", form, err, c)
		}
	}
	if _, err := Compare([]byte("# else\n"), sample(), Form{}); model.KindOf(err) != model.FaultInput {
		t.Error(err)
	}
}

// Whatever a file holds, comparing it neither fails in another way than in words nor finds changes in lines
// that it does not have.
func FuzzCompare(f *testing.F) {
	var b bytes.Buffer
	if err := Markdown(&b, sample(), "github"); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(bytes.Replace(b.Bytes(), []byte("\n"), []byte("\r\n"), 5))
	f.Add([]byte("\naftermath: a sha256:" + strings.Repeat("0", 64)))
	r := sample()
	r.Record = model.Record{Incident: model.Incident{ID: "N-1", Key: "k", Title: "T"}}
	f.Fuzz(func(t *testing.T, document []byte) {
		c, err := Compare(document, r, Form{})
		if err != nil {
			return
		}
		for _, l := range c.Lines {
			if l.Line < 0 || l.Line > bytes.Count(document, []byte("\n"))+1 {
				t.Fatalf("line %d of %q", l.Line, document)
			}
		}
		c.Text()
		c.Reason()
	})
}

// Every list of a record can be named while there is nothing in it.
func TestTemplatesKnowEveryList(t *testing.T) {
	names := lists()
	if len(names) < 17 {
		t.Fatal(names)
	}
	for _, name := range names {
		var b strings.Builder
		if err := Template(&b, Retro{}, Engineering, "own.tmpl", "{{range ."+name+"}}{{.id}}{{end}}ok", false); err != nil || b.String() != "ok" {
			t.Errorf("%s: %q, %v", name, b.String(), err)
		}
	}
}

// A parked action is no work to be done, and one that is late is called so.
func TestActionsSayWhatTheyAre(t *testing.T) {
	r := sample()
	r.Now = at("12:00:00").AddDate(0, 1, 0)
	for _, form := range []Form{{}, {Audience: Executive}, {Audience: Public}, {Format: "html"}, {Format: "confluence-storage"}} {
		page := renderAs(t, r, form)
		if !strings.Contains(page, "overdue") {
			t.Errorf("%v: nothing is overdue", form)
		}
		if strings.Contains(page, "[ ] A-5") {
			t.Errorf("%v: what is parked can be ticked off", form)
		}
	}
	r.Now = at("12:00:00")
	if page := renderAs(t, r, Form{}); strings.Contains(page, "overdue") {
		t.Error("overdue before its day")
	}
}

// The line that marks a key moment may have another time than the one that the measures count from: both are told, and
// which is which.
func TestTwoTimesOfOneMomentAreToldApart(t *testing.T) {
	for event, want := range map[string]string{"13:06:00": "", "13:06:34": " (counted from 14:06)", "13:09:00": " (counted from 14:06)"} {
		r := sample()
		all := r.Events
		r.Events = func(yield func(*model.Event) error) error {
			return all(func(e *model.Event) error {
				if e.Moment == "detected" {
					moved := *e
					moved.At, moved.Precision = at(event), "s"
					e = &moved
				}
				return yield(e)
			})
		}
		if page := renderAs(t, r, Form{}); !strings.Contains(page, "**Detected**"+want+": p99") {
			t.Errorf("%s: nothing says%s in\n%s", event, want, page)
		}
	}
}
