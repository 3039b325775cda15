package docs

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"aftermath/cli"
)

// The words of a command as a shell parts them: in quotes, or without blanks.
var shellWord = regexp.MustCompile(`"([^"]*)"|'([^']*)'|(\S+)`)

// TestVerificationRecipes runs every `aftermath verify` of docs/verification.md as it stands there against a file
// with one action, from a folder with the reports that the recipes name. All must be understood and pass.
func TestVerificationRecipes(t *testing.T) {
	page, err := os.ReadFile("verification.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	report := `<testsuite name="plan" tests="2"><testcase name="a"/><testcase name="b"/></testsuite>`
	lines := `{"Action":"pass","Package":"p","Test":"TestPlan"}` + "\n" + `{"Action":"pass","Package":"p"}` + "\n"
	for path, text := range map[string]string{"results.jsonl": lines, "results.xml": report, "target/surefire-reports/TEST-a.xml": report, "target/surefire-reports/TEST-b.xml": report} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	aftermath := func(stdin string, args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		status := cli.Run(context.Background(), cli.Env{In: strings.NewReader(stdin), Out: &out, Err: &errs, Now: time.Now, Random: rand.Reader, File: "retros.db",
			Config: "none.toml", Leases: "sites", Author: "maya", Zone: time.UTC}, args)
		return status, out.String(), errs.String()
	}
	id := func(args ...string) string {
		status, out, errs := aftermath("", append(args, "--json")...)
		var made struct{ Key, ID string }
		if err := json.Unmarshal([]byte(out), &made); status != 0 || err != nil {
			t.Fatal(status, out, errs, err)
		}
		if made.Key != "" {
			return made.Key
		}
		return made.ID
	}
	incident := id("new", "--title", "x")
	names := map[string]string{"ACTION": id("add", incident, "action", "Alert when pool use is above 80%"), "USER": "maya", "GITHUB_ACTOR": "maya", "GITLAB_USER_LOGIN": "maya",
		"RUN_URL": "https://ci.example.org/1", "CI_JOB_URL": "https://ci.example.org/2", "BUILD_URL": "https://ci.example.org/3"}
	count, inFence, fences := 0, false, 0
	for line := range strings.Lines(string(page)) {
		if strings.HasPrefix(line, "```") {
			inFence = !inFence
			fences++
			continue
		}
		_, command, found := strings.Cut(line, "aftermath verify ")
		if !inFence || !found {
			continue
		}
		command = strings.TrimSuffix(strings.TrimSpace(command), "'") // the end of a string of Groovy
		args := []string{"verify"}
		for _, w := range shellWord.FindAllStringSubmatch(command, -1) {
			args = append(args, os.Expand(w[1]+w[2]+w[3], func(name string) string {
				if names[name] == "" {
					t.Errorf("nothing sets %s in %s", name, command)
				}
				return names[name]
			}))
		}
		if status, out, errs := aftermath(lines, args...); status != 0 {
			t.Errorf("%v: exit status %d\n%s%s", args, status, out, errs)
		}
		count++
	}
	if count != 7 || inFence || fences != 8 {
		t.Errorf("%d commands in %d fences", count, fences)
	}
	if strings.Contains(string(page), "\t") {
		t.Error("a tab breaks YAML")
	}
}
