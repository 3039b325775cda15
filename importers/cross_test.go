package importers

import (
	"io/fs"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestSlackFolderAndZipAreTheSame(t *testing.T) {
	dir := corpusFolder(t)
	folder := gather(t, "slack", Options{}, filepath.Join(dir, "slack/export_slackdump"))
	zipped := gather(t, "slack", Options{}, filepath.Join(dir, "slack/export_slackdump.zip"))
	if !slices.Equal(folder.ids(), zipped.ids()) || folder.lines() != zipped.lines() {
		t.Errorf("the folder gives %v, the ZIP %v", folder.ids(), zipped.ids())
	}
	both := gather(t, "slack", Options{}, filepath.Join(dir, "slack/export_slackdump"), filepath.Join(dir, "slack/export_slackdump.zip"))
	if len(both.events) != len(folder.events) || both.reading.Repeats != len(folder.events) {
		t.Errorf("together they give %d events and %d repeats", len(both.events), both.reading.Repeats)
	}
}

func TestRecordsThatLieInTwoFiles(t *testing.T) {
	dir := corpusFolder(t)
	for _, c := range []struct {
		source string
		files  []string
		want   int
	}{
		{"pagerduty", []string{"pagerduty/api_log_entries.json", "pagerduty/api_incident_log_entries.json"}, 1},
		{"github", []string{"github/webhook_deployment.json", "github/webhook_deployment_status.json"}, 2},
	} {
		var paths []string
		for _, f := range c.files {
			paths = append(paths, filepath.Join(dir, f))
		}
		if g := gather(t, c.source, Options{}, paths...); len(g.events) != c.want {
			t.Errorf("%v: %d events, want %d", c.files, len(g.events), c.want)
		}
	}
}

// TestNoFileIsTakenForAnother reads every file of the corpus as every source. Nothing may panic, the
// counts must add up, and no text may be unsafe; most files are not of that source.
func TestNoFileIsTakenForAnother(t *testing.T) {
	dir := corpusFolder(t)
	opt := Options{Zone: time.UTC, Year: 2015, Date: day("2015-07-01")}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		for _, s := range All() {
			for _, e := range gather(t, s.Name, opt, path).events {
				checkSafe(t, e)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
