package cli_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/cli"
)

// A desk runs commands in this process, on one file.
type desk struct {
	t    testing.TB
	dir  string
	file string
	now  time.Time
	in   string

	leases string    // in place of a folder of the desk
	out    io.Writer // instead of what run gives back
}

func newDesk(t testing.TB) *desk {
	dir := t.TempDir()
	return &desk{t: t, dir: dir, file: filepath.Join(dir, "retros.db"), now: time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)}
}

// run gives the exit status and what was said.
func (d *desk) run(args ...string) (code int, stdout, stderr string) {
	d.t.Helper()
	var out, err bytes.Buffer
	var to io.Writer = &out
	if d.out != nil {
		to = d.out
	}
	code = cli.Run(context.Background(), cli.Env{
		In: strings.NewReader(d.in), Out: to, Err: &err, Version: "1.2.3", Now: func() time.Time { return d.now }, Random: rand.Reader,
		File: d.file, Config: filepath.Join(d.dir, "config.toml"), Leases: cmp.Or(d.leases, filepath.Join(d.dir, "sites")), Author: "maya", Zone: time.UTC,
	}, args)
	return code, out.String(), err.String()
}

// does runs a command that has to succeed.
func (d *desk) does(args ...string) string {
	d.t.Helper()
	code, out, err := d.run(args...)
	if code != 0 {
		d.t.Fatalf("%v: exit status %d\n%s", args, code, err)
	}
	return out
}

// refuses runs a command that has to end with code and one line on stderr, and gives that line.
func (d *desk) refuses(want int, args ...string) string {
	d.t.Helper()
	code, out, err := d.run(args...)
	if code != want || out != "" || strings.Count(err, "\n") != 1 || !strings.HasPrefix(err, "aftermath: ") {
		d.t.Fatalf("%.200v: exit status %d instead of %d, stdout %.200q, stderr %.500q", args, code, want, out, err)
	}
	return strings.TrimSuffix(err, "\n")
}

// A shape names the members of an object and the type of each: "text", "number", "bool", "time", "list",
// "object", with "?" where null is allowed.
type shape map[string]string

func (d *desk) holds(what string, v any, want shape) map[string]any {
	d.t.Helper()
	object, ok := v.(map[string]any)
	if !ok {
		d.t.Fatalf("%s is %T, not an object", what, v)
	}
	for name, kind := range want {
		value, there := object[name]
		bare, nullable := strings.CutSuffix(kind, "?")
		switch {
		case !there:
			d.t.Errorf("%s has no %s: %v", what, name, object)
		case value == nil && nullable:
		case kindOf(value) != bare && !(bare == "text" && kindOf(value) == "time"):
			d.t.Errorf("%s: %s is %s (%v), not %s", what, name, kindOf(value), value, kind)
		}
	}
	return object
}

func kindOf(v any) string {
	switch v := v.(type) {
	case string:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil && t.Location() == time.UTC {
			return "time"
		}
		return "text"
	case json.Number:
		return "number"
	case bool:
		return "bool"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "null"
}

// documents decodes everything on stdout, so that anything beside JSON shows.
func (d *desk) documents(out string) (list []any) {
	d.t.Helper()
	dec := json.NewDecoder(strings.NewReader(out))
	dec.UseNumber()
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			d.t.Fatalf("%v in %q", err, out)
		}
		list = append(list, v)
	}
	return list
}

// one decodes the one document that a command prints.
func (d *desk) one(args ...string) any {
	d.t.Helper()
	list := d.documents(d.does(append(args, "--json")...))
	if len(list) != 1 {
		d.t.Fatalf("%v printed %d documents", args, len(list))
	}
	return list[0]
}

// lines decodes JSON lines: every line is one object.
func (d *desk) lines(args ...string) []any {
	d.t.Helper()
	out := d.does(append(args, "--json")...)
	list := d.documents(out)
	if strings.Count(out, "\n") != len(list) || len(list) == 0 {
		d.t.Fatalf("%v printed %d lines with %d documents", args, strings.Count(out, "\n"), len(list))
	}
	return list
}

func first(v any) any { return v.([]any)[0] }

// TestEveryJSONHasItsMembers holds every --json against the contract: a member may be added, and none may
// change its name or type.
func TestEveryJSONHasItsMembers(t *testing.T) {
	d := newDesk(t)
	d.holds("new", d.one("new", "--title", "Checkout slow", "--severity", "sev2", "--service", "checkout", "--started", "2026-11-02T10:00Z",
		"--resolved", "2026-11-02T11:00Z"), shape{"key": "text", "id": "text"})
	const key = "2026-11-02-checkout-slow"
	d.in = `{"time":"2026-11-02T10:01:00.123456789Z","message":"pool at 80%"}` + "\n" + `{"message":"no time"}` + "\n"
	report := d.holds("import", d.one("import", key, "jsonl", "-"), shape{"source": "text", "read": "number", "new": "number", "known": "number",
		"refused": "number", "refusals": "list", "warnings": "list", "first": "object", "last": "object"})
	d.holds("import's refusal", first(report["refusals"]), shape{"file": "text", "line": "number", "reason": "text"})
	edge := d.holds("import's first", report["first"], shape{"at": "time", "title": "text"})
	if edge["at"] != "2026-11-02T10:01:00.123456789Z" {
		t.Errorf("nanoseconds are lost: %v", edge["at"])
	}
	d.holds("a source", first(d.one("import", "--list")), shape{"name": "text", "title": "text", "about": "text"})

	add := func(kind, line string) string {
		return d.holds("add", d.one("add", key, kind, line), shape{"id": "text"})["id"].(string)
	}
	event := add("event", "10:05-10:07 @maya deploy: rolled back")
	factor := add("factor", "process: rollback takes 20 minutes")
	action := add("action", "Roll back without a new build within 2 minutes @dana due:2026-12-01")
	add("idea", "Rehearse a full database")
	for _, set := range [][]string{{event, "role", "repair"}, {factor, "evidence", event}, {factor, "area", "delivery"}, {factor, "role", "enabling"},
		{factor, "without", "shorter"}, {action, "factors", factor}, {action, "frequency", "high"}, {action, "impact", "high"}, {action, "effort", "low"}} {
		d.holds("set", d.one(append([]string{"set"}, set...)...), shape{"id": "text", "field": "text"})
	}

	d.holds("list", first(d.one("list")), shape{"id": "text", "key": "text", "title": "text", "severity": "text", "stage": "text", "services": "list",
		"started": "time", "resolved": "time", "events": "number", "factors": "number", "actions": "number", "open": "number", "overdue": "number"})
	show := d.holds("show", d.one("show", key), shape{"incident": "object", "events": "number", "evidence": "number", "factors": "list", "actions": "list",
		"imports": "list", "durations": "list"})
	d.holds("show's incident", show["incident"], shape{"id": "text", "key": "text", "title": "text", "severity": "text", "services": "list", "stage": "text",
		"started": "time", "zone": "text"})
	d.holds("show's factor", first(show["factors"]), shape{"id": "text", "statement": "text", "layer": "text", "area": "text", "role": "text",
		"without": "text", "evidence": "list", "by": "text"})
	d.holds("show's action", first(show["actions"]), shape{"id": "text", "title": "text", "stage": "text", "owner": "text", "due": "text", "factors": "list",
		"frequency": "text", "impact": "text", "effort": "text", "score": "number"})
	for _, a := range show["actions"].([]any) {
		d.holds("show's other action", a, shape{"score": "number?", "factors": "list"})
	}
	for _, e := range d.lines("events", key) {
		d.holds("events", e, shape{"id": "text", "at": "time", "precision": "text", "zone_source": "text", "source": "text", "kind": "text", "title": "text"})
	}
	d.holds("an event", d.one("show", event), shape{"end": "time", "role": "text", "actor": "text"})
	d.holds("an entity", d.one("show", factor), shape{"id": "text", "type": "text", "incident": "text", "fields": "object"})

	d.holds("check", first(d.one("check", key)), shape{"where": "text", "what": "text", "question": "text"})
	d.holds("score", first(d.one("score", key)), shape{"action": "text", "title": "text", "frequency": "text", "impact": "text", "effort": "text",
		"score": "number", "formula": "text", "above": "bool"})
	export := d.holds("export", d.one("export", key, "--format", "json"), shape{"incident": "object", "timeline": "list"})
	d.holds("export's event", first(export["timeline"]), shape{"id": "text", "at": "time", "title": "text"})
	for _, c := range d.lines("log", key) {
		d.holds("log", c, shape{"site": "text", "seq": "number", "at": "time", "author": "text", "source": "text", "group": "number", "kind": "text"})
	}
	for _, h := range d.lines("search", "rollback") {
		d.holds("search", h, shape{"type": "text", "id": "text", "incident": "text", "key": "text", "field": "text", "title": "text", "snippet": "text"})
	}
	d.holds("seal", d.one("seal", key), shape{"id": "text", "number": "number", "digest": "text"})
	d.holds("undo", d.one("undo"), shape{"label": "text", "kept": "list", "none": "bool"})
	d.holds("redo", d.one("redo"), shape{"label": "text", "kept": "list", "none": "bool"})
	d.holds("doctor", d.one("doctor"), shape{"ok": "bool", "findings": "list"})
	d.holds("version", d.one("version"), shape{"version": "text"})

	other := filepath.Join(d.dir, "other.db")
	d.holds("backup", d.one("backup", other), shape{"file": "text"})
	d.does("--file", other, "set", key, "severity", "sev1")
	d.does("set", key, "severity", "sev4")
	merge := d.holds("merge", d.one("merge", other), shape{"new": "number", "known": "number", "conflicts": "list"})
	conflict := d.holds("conflicts", first(d.one("conflicts")), shape{"type": "text", "entity": "text", "field": "text", "what": "text", "values": "list"})
	if len(merge["conflicts"].([]any)) != 1 {
		t.Errorf("merge tells %v", merge["conflicts"])
	}
	d.holds("a conflict's value", first(conflict["values"]), shape{"value": "text", "author": "text", "at": "time", "site": "text", "seq": "number"})
	d.holds("resolve", d.one("resolve", fmt.Sprint(conflict["entity"]), "severity", "1"), shape{"id": "text", "field": "text", "value": "text"})
	d.holds("demo", d.one("demo", "--write", filepath.Join(d.dir, "sample.db")), shape{"file": "text"})
}

// Lists are never null: a program that loops over them needs no case of its own.
func TestEmptyListsAreLists(t *testing.T) {
	d := newDesk(t)
	d.does("new", "--title", "x")
	d.does("undo")
	for _, args := range [][]string{{"list"}, {"conflicts"}, {"check", "--all"}} {
		if list, ok := d.one(args...).([]any); !ok || len(list) != 0 {
			t.Errorf("%v printed no empty list", args)
		}
	}
	d.does("new", "--title", "x")
	show := d.one("show", "2026-11-02-x").(map[string]any)
	for _, name := range []string{"factors", "actions", "durations"} {
		if kindOf(show[name]) != "list" {
			t.Errorf("show's %s is %v", name, show[name])
		}
	}
	if kindOf(show["incident"].(map[string]any)["services"]) != "list" {
		t.Error("the services of an incident without any are no list")
	}
}
