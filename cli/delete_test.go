package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"aftermath/model"
)

// Whatever a person wrote can be removed by a command, and undo brings it back; evidence and what was sealed stay.
func TestDelete(t *testing.T) {
	d := newDesk(t)
	d.does("demo", "--write", d.file)
	key := fmt.Sprint(first(d.one("list")).(map[string]any)["key"])
	removed := map[model.Type]bool{}
	for _, entry := range d.entries(key) {
		id := model.ID(fmt.Sprint(entry["id"]))
		if removed[id.Type()] || id.Type() == "" || id.Type() == model.TypeIncident {
			continue
		}
		removed[id.Type()] = true
		if !model.Removable(id.Type()) {
			d.says(d.refuses(2, "delete", string(id)), "which stays")
			continue
		}
		before := d.does("show", key, "--json")
		d.says(d.does("delete", string(id)), "undo")
		if strings.Contains(d.does("show", key, "--json"), fmt.Sprintf(`"id": "%s"`, id)) {
			t.Errorf("%s is still there", id)
		}
		d.does("undo")
		if d.does("show", key, "--json") != before {
			t.Errorf("%s did not come back as it was", id)
		}
	}
	if len(removed) < 8 {
		t.Errorf("only %v were there", removed)
	}
}

// A removed retrospective is nowhere: neither listed nor found nor proposed from.
func TestDeleteARetrospective(t *testing.T) {
	d := newDesk(t)
	d.does("demo", "--write", d.file)
	kept := strings.TrimSpace(d.does("new", "--title", "Another", "--started", "2026-11-02T10:00Z"))
	key := "2026-06-02"
	for _, what := range []struct{ args []string }{{[]string{"search", "pool"}}, {[]string{"alike", "rolling back takes twenty minutes"}}} {
		if d.does(what.args...) == "" {
			t.Fatalf("%v finds nothing before", what.args)
		}
	}
	before, deleted := d.does("show", key, "--json"), 0
	for _, line := range d.one("list").([]any) {
		if k := fmt.Sprint(line.(map[string]any)["key"]); k != kept {
			d.does("delete", k)
			deleted++
		}
	}
	if list := d.one("list").([]any); len(list) != 1 {
		t.Errorf("%d are listed", len(list))
	}
	for _, args := range [][]string{{"search", "pool"}, {"conflicts"}, {"alike", "rolling back takes twenty minutes"}} {
		if out := d.does(args...); out != "" {
			t.Errorf("%v finds %s", args, out)
		}
	}
	d.refuses(3, "show", key)
	for range deleted {
		d.does("undo")
	}
	if d.does("show", key, "--json") != before {
		t.Error("it did not come back as it was")
	}
}

func TestArchive(t *testing.T) {
	d := newDesk(t)
	key := strings.TrimSpace(d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z"))
	d.does("archive", key)
	if list := d.one("list").([]any); len(list) != 0 {
		t.Error("what is archived is listed")
	}
	if list := d.one("list", "--archived").([]any); len(list) != 1 {
		t.Error("the archive does not list it")
	}
	d.says(d.does("show", key), "Slow")
	d.says(d.does("search", "slow"), "Slow")
	d.does("archive", key, "--back")
	if list := d.one("list").([]any); len(list) != 1 {
		t.Error("it did not come back")
	}
}

// entries are all entries of a record that have an id.
func (d *desk) entries(key string) (list []map[string]any) {
	d.t.Helper()
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				collect(e)
			}
		case map[string]any:
			if _, has := v["id"]; has {
				list = append(list, v)
			}
			for _, e := range v {
				collect(e)
			}
		}
	}
	record := d.one("show", key).(map[string]any)
	collect(record)
	list = append(list, first(d.lines("events", key)).(map[string]any))
	return list
}
