package storage

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// heads are, of some changes, those that no author of another one held, the shown one first.
func (w *world) heads(changes []*change) (heads []*change) {
	for _, c := range changes {
		if !slices.ContainsFunc(changes, func(o *change) bool { return w.of(o).held[string(c.hash)] }) {
			heads = append(heads, c)
		}
	}
	slices.SortFunc(heads, func(a, b *change) int {
		return cmp.Or(cmp.Compare(b.clock, a.clock), cmp.Compare(b.site, a.site))
	})
	return heads
}

// of is what was seen when a change was made.
func (w *world) of(c *change) *witness { return w.made[string(c.hash)] }

// oracle compares what a site shows with what follows from full knowledge.
func (w *world) oracle(s *Store) {
	t := w.t
	log, err := s.changes("1 ORDER BY c.clock, c.hash")
	if err != nil {
		t.Fatal(err)
	}
	byEntity := map[model.ID]map[string][]*change{}
	var imports []*change
	for _, c := range log {
		w.of(c).change = c // as it is called on this copy
		switch c.kind {
		case kindImport:
			imports = append(imports, c)
		case kindSet, kindDelete:
			if byEntity[c.entity] == nil {
				byEntity[c.entity] = map[string][]*change{}
			}
			byEntity[c.entity][c.field] = append(byEntity[c.entity][c.field], c)
		}
	}
	shown, gone := map[model.ID]bool{}, map[model.ID]bool{}
	for _, id := range slices.Sorted(maps.Keys(byEntity)) {
		fields := byEntity[id]
		gone[id] = w.isGone(fields)
		holds := false
		for _, field := range slices.Sorted(maps.Keys(fields)) {
			w.oracleCell(s, id, field, w.heads(fields[field]), gone[id])
			holds = holds || field != deletedField && !w.heads(fields[field])[0].isNull()
		}
		shown[id] = holds && !gone[id]
		var got bool
		if err := s.row("SELECT shown FROM entity WHERE id = ?", string(id)).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != shown[id] {
			t.Fatalf("%s: shown %v, want %v", id, got, shown[id])
		}
		if gone[id] {
			w.stats["gone"]++
		}
	}
	w.oracleLines(s, imports, shown, gone)
}

// oracleCell compares a cell's heads, whether it is in conflict, and the value that shows.
func (w *world) oracleCell(s *Store, id model.ID, name string, want []*change, gone bool) {
	t := w.t
	entity, _, err := s.knownEntity(id)
	field, _, also := s.knownWord(name)
	got, broken := s.cellOf(entity, field)
	if err := cmp.Or(err, also, broken); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.heads, refsOf(want)) {
		t.Fatalf("%s %s: heads %v, want %v", id, name, got.heads, refsOf(want))
	}
	clash := slices.ContainsFunc(want[1:], func(o *change) bool { return string(o.value) != string(want[0].value) })
	if name == deletedField {
		clash = !gone && slices.ContainsFunc(want, func(d *change) bool { return !d.isNull() })
	}
	if got.clash != clash {
		t.Fatalf("%s %s: in conflict %v, want %v", id, name, got.clash, clash)
	}
	if clash {
		w.stats["conflicts"]++
	}
	def, known := model.FieldOf(typeOf(id), name)
	if !known || def.Kind == model.Set || def.Kind == model.Content {
		return
	}
	var value *string
	if _, err := found(s.row("SELECT "+quote(name)+" FROM "+quote(string(id.Type()))+" WHERE n = ?", entity).Scan(&value)); err != nil {
		t.Fatal(err)
	}
	shows := "null"
	if value != nil {
		shows = strings.Trim(*value, `"`)
	}
	if shows != strings.Trim(string(want[0].value), `"`) {
		t.Fatalf("%s %s: shows %s, want %s", id, name, shows, want[0].value)
	}
}

func (w *world) isGone(fields map[string][]*change) bool {
	covered, kept := false, false
	for _, d := range w.heads(fields[deletedField]) {
		sight := w.sightOf(d)
		if sight.keeps != d.isNull() {
			w.t.Fatalf("%s %s: says %s, keeps %v", d.ref(), d.entity, d.value, sight.keeps)
		}
		all := true
		for field, changes := range fields {
			for _, c := range changes {
				all = all && (field == deletedField || sight.has(c))
			}
		}
		covered, kept = covered || all, kept || sight.keeps
	}
	if covered && kept {
		w.stats["kept"]++
	}
	return covered && !kept
}

// A sight is which edits a delete had seen. Deletes that an undo or a redo gives back have seen what they had
// seen the first time; where the entity was gone then, also what undoing and redoing wrote since.
type sight struct {
	keeps bool // the entity, by taking deletes back
	of    []map[string]bool
}

func (s sight) has(c *change) bool {
	return slices.ContainsFunc(s.of, func(seen map[string]bool) bool { return seen[string(c.hash)] })
}

func (w *world) sightOf(d *change) sight {
	target := w.made[w.of(d).first].target
	if target == "" {
		return sight{d.isNull(), []map[string]bool{w.of(d).held}}
	}
	var cell, edits []*change
	var c *change
	for _, o := range w.made {
		switch {
		case o.entity == d.entity && o.kind == kindSet:
			edits = append(edits, o.change)
		case o.entity == d.entity && o.kind == kindDelete:
			cell = append(cell, o.change)
			if o.first == target {
				c = o.change
			}
		}
	}
	given := []*change{c}
	known := w.of(c).held
	if w.made[w.of(d).first].kind == kindUndo {
		given = w.heads(slices.DeleteFunc(cell, func(o *change) bool { return !known[string(o.hash)] }))
	}
	w.stats["given back"]++
	return w.givenBack(d, given, slices.DeleteFunc(edits, func(o *change) bool { return !known[string(o.hash)] }))
}

// givenBack is the sight of d, which gives the deletes back that an author had who knew these edits.
func (w *world) givenBack(d *change, given, known []*change) sight {
	if len(given) == 0 || slices.ContainsFunc(given, func(g *change) bool { return g.isNull() }) {
		return sight{keeps: true}
	}
	sights := make([]sight, len(given))
	for i, g := range given {
		sights[i] = w.sightOf(g)
	}
	for _, one := range sights {
		if !slices.ContainsFunc(known, func(o *change) bool { return !one.has(o) }) && w.seesAll(one, sights, d.entity) {
			return sight{of: append(slices.Clone(one.of), w.of(d).own)}
		}
	}
	return sights[0]
}

func (w *world) seesAll(one sight, sights []sight, entity model.ID) bool {
	for _, c := range w.made {
		if c.entity == entity && c.kind == kindSet && !one.has(c.change) && slices.ContainsFunc(sights, func(s sight) bool { return s.has(c.change) }) {
			return false
		}
	}
	return true
}

// oracleLines checks that the timeline has every line of the imports that show once: as its newest version
// tells it, then the fuller one, then the one that came first.
func (w *world) oracleLines(s *Store, imports []*change, shown, gone map[model.ID]bool) {
	slices.SortFunc(imports, func(a, b *change) int { return cmp.Or(cmp.Compare(a.clock, b.clock), cmp.Compare(a.entity, b.entity)) })
	want, versions := map[int64]string{}, map[int64]evidenceRow{}
	for _, c := range imports {
		if !shown[c.entity] {
			continue
		}
		if err := s.rowsOf(c)(func(r *evidenceRow) error {
			other, there := versions[r.id]
			newer := cmp.Or(cmp.Compare(r.updated, other.updated), cmp.Compare(len(r.title)+len(r.body), len(other.title)+len(other.body)), cmp.Compare(r.at, other.at)) > 0
			if !gone[eventID(r.id)] && (!there || newer) {
				want[r.id], versions[r.id] = r.body, *r
			}
			return nil
		}); err != nil {
			w.t.Fatal(err)
		}
	}
	got := map[int64]string{}
	if err := s.each("SELECT v.id, v.body FROM timeline t JOIN evidence v ON v.n = t.n", nil, func(row scanner) error {
		var id int64
		var body string
		err := row.Scan(&id, &body)
		if _, twice := got[id]; twice {
			w.t.Fatalf("%s stands twice", eventID(id))
		}
		got[id] = body
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		w.t.Fatalf("lines %v, want %v", got, want)
	}
	w.stats["lines"] += len(got)
}
