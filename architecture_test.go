package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// rooms says what each package may import of ours; a package that is not here may import nothing of ours.
// ARCHITECTURE.md explains why.
var rooms = map[string][]string{
	"":          {"*"},
	"model":     {"wording", "disclose", "safetext"},
	"storage":   {"model", "leftover"},
	"importers": {"model", "safetext"},
	"exporters": {"model", "disclose", "safetext"},
	"outfile":   {"model"},
	"pipeline":  {"model"},
	"config":    {"model"},
	"demo":      {"model"},
	"cli":       {"model", "storage", "importers", "importers/collect", "exporters", "outfile", "leftover", "config", "demo", "wording", "pipeline", "safetext"},
	"bench":     {"model", "storage"},

	"importers/collect": {"model", "importers"},
	"ui":                {"model", "ui/"},
}

// leaves are the parts of ui that every screen may use. A screen imports no other screen.
var leaves = []string{"cell", "desk", "entry", "evidence", "key", "nav", "overlay", "theme", "widget"}

func TestPackagesImportOnlyWhatTheyMay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "aftermath"), "/")
		for _, i := range p.Imports {
			if of, ok := strings.CutPrefix(i, "aftermath/"); ok && !may(name, of) {
				t.Errorf("%s imports %s, which it may not", p.ImportPath, i)
			}
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(name, "ui") && name != "ui/uitest" && (i == "os" || i == "net/http" || i == "database/sql") {
				t.Errorf("%s imports %s: the screen does no input or output of its own", p.ImportPath, i)
			}
			if (name == "model" || name == "wording") && (i == "os" || i == "net/http" || i == "database/sql") {
				t.Errorf("%s imports %s: it is pure", name, i)
			}
			if name == "importers" && i == "net/http" {
				t.Errorf("importers imports %s: what is fetched is fetched by importers/collect", i)
			}
		}
	}
}

func may(name, of string) bool {
	if screen, ok := strings.CutPrefix(name, "ui/"); ok && screen != "uitest" {
		for _, l := range leaves {
			if of == "ui/"+l {
				return true
			}
		}
		return of == "model" || of == "safetext"
	}
	room, own := rooms[name]
	if !own {
		top, _, _ := strings.Cut(name, "/")
		room = rooms[top]
	}
	for _, allowed := range room {
		if allowed == "*" || of == allowed || strings.HasSuffix(allowed, "/") && strings.HasPrefix(of, allowed) {
			return true
		}
	}
	return false
}
