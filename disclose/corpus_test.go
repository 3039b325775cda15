package disclose

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// Real lines of logs, alerts, chats and APIs hold hardly anything that is taken for a credential.
func TestFewFalseAlarms(t *testing.T) {
	dir := os.DirFS("../../shared/corpus")
	lines, alarms := 0, 0
	err := fs.WalkDir(dir, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(dir, path)
		if err != nil || !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
			return err
		}
		for line := range strings.SplitSeq(string(raw), "\n") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			lines++
			for _, s := range Secrets(line) {
				alarms++
				if testing.Verbose() {
					t.Logf("%s: %q in %q", path, line[s.From:s.To], line[max(0, s.From-50):min(len(line), s.To+20)])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Skip("no corpus here")
	}
	t.Logf("%d false alarms in %d lines", alarms, lines)
	if alarms*1000 > lines {
		t.Errorf("%d false alarms in %d lines", alarms, lines)
	}
}
