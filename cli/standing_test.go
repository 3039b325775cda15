package cli_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"aftermath/exporters"
)

// Sealed and approved are said of the text that they were said of: whatever changes, every document says so, and once it
// is as it was, every document says that.
func TestDocumentsSayWhetherTheyAreTheSealedText(t *testing.T) {
	d := newDesk(t)
	key := strings.TrimSpace(d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z", "--impact", "Nobody could pay"))
	factor := strings.TrimSpace(d.does("add", key, "factor", "process: rollback takes twenty minutes"))
	action := strings.TrimSpace(d.does("add", key, "action", "Roll back by one command @dana"))
	event := strings.TrimSpace(d.does("add", key, "event", "10:05 @maya p99 at 4 s"))
	d.does("seal", key)
	d.does("approve", key)
	sealed := func(yes bool) {
		t.Helper()
		for form, text := range d.everyDocument(key) {
			is, draft := strings.Contains(text, "Revision 1") || strings.Contains(text, `"as_sealed":true`) || strings.Contains(text, "that of revision 1"),
				strings.Contains(text, "Draft on top of revision 1") || strings.Contains(text, `"as_sealed":false`)
			if is != yes || draft == yes {
				t.Errorf("%s: says that it is revision 1: %v, a draft: %v", form, is, draft)
			}
		}
	}
	sealed(true)
	notes := d.write("more.csv", []byte("time,title\n2026-11-02T10:07:00Z,pool at 100%\n"))
	for _, change := range [][]string{
		{"set", key, "impact", "Everybody could pay"}, {"set", key, "severity", "sev1"}, {"set", factor, "without", "prevented"}, {"set", action, "due", "2026-12-01"},
		{"set", event, "belief", "the CDN"}, {"add", key, "factor", "technical: one pool for all"}, {"add", key, "idea", "a game day"}, {"add", key, "event", "10:06 paged"},
		{"import", key, "auto", notes},
	} {
		t.Run(strings.Join(change[:1], " ")+" "+change[2], func(t *testing.T) {
			d.t = t
			d.does(change...)
			sealed(false)
			if change[0] == "set" {
				d.says(d.does("export", key), "Draft on top of revision 1, sealed 2 November 2026 by maya: ")
			}
			d.does("undo")
			sealed(true)
		})
	}
	d.t = t
	d.does("set", key, "impact", "Everybody could pay")
	d.does("seal", key, "--reason", "the impact was another")
	for form, text := range d.everyDocument(key) {
		if strings.Contains(text, "approved it") {
			t.Errorf("%s says that revision 2 is approved", form)
		}
	}
}

// The digest that is printed, kept and approved is that of the file that a reader has.
func TestASealedTextIsWrittenAsItWasSealed(t *testing.T) {
	d := newDesk(t)
	key := strings.TrimSpace(d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z"))
	sealed := d.one("seal", key).(map[string]any)
	d.does("set", key, "summary", "Another text")
	path := filepath.Join(d.dir, "one.md")
	d.does("export", key, "--revision", "1", "-o", path)
	sum := sha256.Sum256(read(t, path))
	if hex.EncodeToString(sum[:]) != sealed["digest"] {
		t.Errorf("the file has %x, sealed was %s", sum, sealed["digest"])
	}
	if approved := d.one("approve", key).(map[string]any); approved["digest"] != sealed["digest"] {
		t.Errorf("approved is %s", approved["digest"])
	}
	d.says(d.does("export", key), "Approved", fmt.Sprint(sealed["digest"])[:16])
	d.does("export", key, "--revision", "1", "-o", path) // it is ours
	d.says(d.refuses(2, "export", key, "--revision", "7"), "no revision 7")
	d.refuses(2, "export", key, "--revision", "1", "--audience", "public")
}

// everyDocument is the record in every form, by its name.
func (d *desk) everyDocument(key string) map[string]string {
	d.t.Helper()
	all := map[string]string{}
	for _, f := range exporters.Papers {
		for _, a := range exporters.Audiences {
			all[f+" for "+a] = d.does("export", key, "--format", f, "--audience", a, "--allow-leaks", "a test")
		}
	}
	for _, p := range exporters.Profiles {
		all[p] = d.does("export", key, "--profile", p)
	}
	all["json"] = d.does("export", key, "--format", "json")
	all["template"] = d.does("export", key, "--template", d.write("own.tmpl", []byte("{{.standing}}")))
	pack := d.does("export", key, "--format", "audit")
	z, err := zip.NewReader(bytes.NewReader([]byte(pack)), int64(len(pack)))
	if err != nil {
		d.t.Fatal(err)
	}
	f, err := z.Open("audit.md")
	if err != nil {
		d.t.Fatal(err)
	}
	page, err := io.ReadAll(f)
	if err != nil {
		d.t.Fatal(err)
	}
	all["audit"] = string(page)
	return all
}
