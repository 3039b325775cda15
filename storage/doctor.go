package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"maps"
	"path/filepath"
	"slices"

	"aftermath/model"
)

// tellBreaches is how many broken changes a report names.
const tellBreaches = 20

// Doctor looks whether the file is sound: whether SQLite can read all of it, whether every chain of changes
// holds, whether the tables are what the log says, and whether references lead anywhere. It does so in a copy, so that
// nobody waits for it. With mend it builds the tables and the indexes of the file anew where they are wrong. What only
// the log could tell, it cannot mend. An error beside a report says what could not be looked at.
func (s *Store) Doctor(ctx context.Context, mend bool) (report model.DoctorReport, err error) {
	found, err := s.examine(ctx)
	report = reportOf(found)
	if err != nil || report.OK || !mend || s.sealed != "" {
		return report, err
	}
	if err := s.update(ctx, "doctor", s.rebuild); err != nil {
		return report, err
	}
	left, err := s.examine(ctx)
	for i := range found {
		f := &found[i]
		f.Mended = !slices.ContainsFunc(left, func(l model.Finding) bool { return l.Where == f.Where && l.What == f.What })
	}
	return reportOf(found), err
}

func reportOf(found []model.Finding) model.DoctorReport {
	r := model.DoctorReport{OK: true, Findings: []model.Finding{}}
	for _, f := range found {
		if f.Mended {
			f.Remedy = ""
		}
		r.OK = r.OK && (f.Mended || f.Question != "")
		r.Findings = append(r.Findings, f)
	}
	return r
}

// rebuild builds everything that follows from the log anew.
func (s *Store) rebuild() error {
	if err := s.script("REINDEX"); err != nil && !isCorrupt(err) { // a table that cannot be read is dropped in a moment
		return err
	}
	return s.refold(true)
}

// examine looks at a copy of the file; for want of room at the file itself, as far as reading goes.
func (s *Store) examine(ctx context.Context) ([]model.Finding, error) {
	c, err := s.openScratch(ctx)
	if err != nil && !isFull(err) {
		return nil, err
	}
	if err != nil {
		d := &doctor{Store: s}
		full := s.noRoom(filepath.Dir(s.opt.Leases), err)
		return d.found, errors.Join(s.view(ctx, "doctor", d.readAll), full)
	}
	d := &doctor{Store: c.Store}
	err = c.view(ctx, "doctor", d.readAll)
	if err == nil && s.sealed == "" {
		err = c.update(ctx, "doctor", d.compareTables)
	}
	for _, look := range []func() error{d.forks, d.dangling} {
		if err == nil {
			err = c.view(ctx, "doctor", look)
		}
	}
	if err != nil && isFull(err) {
		err = s.noRoom(c.dir, err)
	}
	return d.found, errors.Join(err, c.close())
}

type doctor struct {
	*Store
	malformed int // tables that are not made as they should be
	found     []model.Finding
}

// What can be done about what is found.
const (
	remedyFile   = "restore a backup, or merge a copy that is sound into a new file: `aftermath --file NEW.db merge COPY.db`"
	remedyLog    = "keep this file as it is, and merge a copy from before into a new file; what is named here is not taken from this one"
	remedyTables = "`aftermath doctor --mend` builds them anew from the log; nothing that was written is lost"
)

func (d *doctor) find(where, what, remedy string) {
	d.found = append(d.found, model.Finding{Where: where, What: what, Remedy: remedy})
}

// readAll lets SQLite read every page, and verifies the log.
func (d *doctor) readAll() error {
	err := d.each("PRAGMA integrity_check(20)", nil, func(row scanner) error {
		var line string
		if err := row.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			d.find("file", line, remedyFile)
		}
		return nil
	})
	if err := d.unreadable("file", "it cannot be read to its end", err, remedyFile); err != nil {
		return err
	}
	if err := d.unreadable("file", "its tables cannot be listed", d.readSchema(), remedyFile); err != nil {
		return err
	}
	broken := 0
	err = d.verify(func(b breach) {
		if broken++; broken <= tellBreaches {
			d.find("log", b.String(), remedyLog)
		}
	})
	if broken > tellBreaches {
		d.find("log", fmt.Sprintf("and %d more changes do not hold", broken-tellBreaches), remedyLog)
	}
	return d.unreadable("log", "it cannot be read to its end", err, remedyLog)
}

// unreadable takes an error for a finding. Want of room is none.
func (d *doctor) unreadable(where, what string, err error, remedy string) error {
	if err == nil || isFull(err) {
		return err
	}
	d.find(where, what+": "+firstLine(err.Error()), remedy)
	return nil
}

// compareTables folds the log anew in the copy and compares.
func (d *doctor) compareTables() error {
	before, err := d.fingerprint()
	if err == nil {
		err = d.exec("INSERT INTO evidence_words(evidence_words, rank) VALUES('integrity-check', 1)")
	}
	if err := d.unreadable("tables", "they cannot be read", err, remedyTables); err != nil {
		return err
	}
	readable := err == nil
	if err := d.refold(false); err != nil {
		return d.unreadable("tables", "they cannot be built from the log", err, remedyLog)
	}
	after, err := d.fingerprint()
	if err != nil {
		return d.unreadable("tables", "they cannot be read", err, remedyFile)
	}
	for _, name := range fingerprintNames() {
		if readable && before[name] != after[name] {
			d.find("table "+name, "it is not what the log says", remedyTables)
		}
	}
	return nil
}

// A fingerprint tells one state of the folded tables from another.
func fingerprintQueries() map[string]string {
	queries := map[string]string{
		"cell": "SELECT * FROM cell ORDER BY entity, field", "member": "SELECT * FROM member ORDER BY entity, field, value",
		"timeline": "SELECT * FROM timeline ORDER BY incident, at, ord, n", "tally": "SELECT * FROM tally ORDER BY incident",
		"stride":      "SELECT incident, level, sum(count) FROM stride GROUP BY incident, level HAVING sum(count) > 0 ORDER BY incident, level",
		"moved":       "SELECT * FROM moved ORDER BY entity",
		"swept":       "SELECT * FROM swept ORDER BY entity",
		"born":        "SELECT * FROM born ORDER BY entity",
		"typed_words": "SELECT rowid, text FROM typed_words ORDER BY rowid",
		"entity":      "SELECT n, incident, holds, gone, shown FROM entity ORDER BY n",
		"batch":       "SELECT first, shown FROM batch ORDER BY first",
		"place":       "SELECT entity, incident, at FROM place WHERE at IS NOT NULL ORDER BY entity",
	}
	for _, t := range types() {
		queries[string(t)] = "SELECT * FROM " + quote(string(t)) + " ORDER BY n"
	}
	return queries
}

func fingerprintNames() []string {
	names := []string{"cell", "member", "timeline", "stride", "tally", "moved", "swept", "born", "typed_words", "entity", "batch", "place"}
	for _, t := range types() {
		names = append(names, string(t))
	}
	return names
}

func (s *Store) fingerprint() (map[string]string, error) {
	prints := map[string]string{}
	for name, query := range fingerprintQueries() {
		sum := sha256.New()
		if err := s.hashRows(query, sum); err != nil {
			return nil, err
		}
		prints[name] = string(sum.Sum(nil))
	}
	return prints, nil
}

func (s *Store) hashRows(query string, sum hash.Hash) error {
	rows, err := s.conn.QueryContext(background, query)
	if err != nil {
		return err
	}
	columns, err := rows.Columns()
	if err != nil {
		return errors.Join(err, rows.Close())
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return errors.Join(err, rows.Close())
		}
		fmt.Fprintf(sum, "%q\n", values)
	}
	return errors.Join(rows.Err(), rows.Close())
}

// forks tells where copies went on as one site. Nothing is lost by it; that a home was cloned may be news.
func (d *doctor) forks() error {
	told := map[fork]bool{}
	for _, tail := range slices.Sorted(maps.Keys(d.tails.from)) {
		at := d.tails.from[tail]
		if told[at] {
			continue
		}
		told[at] = true
		f, err := d.forkAt(at)
		if err != nil {
			return err
		}
		if len(f.Sites) > 1 {
			d.found = append(d.found, model.Finding{Where: "log", What: f.String() + ".", Question: "Was a home restored or cloned?"})
		}
	}
	return nil
}

// dangling finds references to what is not there. That is no damage, people delete things; so each is a
// question.
func (d *doctor) dangling() error {
	for _, t := range types() {
		for _, f := range model.Schema[t] {
			var err error
			switch {
			case f.Kind == model.Ref && f.To != model.TypeEvent:
				err = d.lost(fmt.Sprintf(`SELECT e.id, t.%s FROM %s t JOIN entity e ON e.n = t.n WHERE e.shown = 1 AND t.%[1]s IS NOT NULL
					AND NOT EXISTS(SELECT 1 FROM entity o WHERE o.id = t.%[1]s AND o.shown = 1) ORDER BY 1, 2`, quote(f.Name), quote(string(t))), f)
			case f.Kind == model.Set && f.To != "" && f.To != model.TypeEvent:
				err = d.lost(`SELECT e.id, m.value FROM member m JOIN entity e ON e.n = m.entity WHERE e.shown = 1 AND e.type = '`+string(t)+`' AND m.field = '`+f.Name+`'
					AND NOT EXISTS(SELECT 1 FROM entity o WHERE o.id = m.value AND o.shown = 1) ORDER BY 1, 2`, f)
			case f.Kind == model.Ref:
				err = d.lostEvents(fmt.Sprintf("SELECT e.id, t.%s FROM %s t JOIN entity e ON e.n = t.n WHERE e.gone = 0 AND t.%[1]s IS NOT NULL ORDER BY 1, 2", quote(f.Name), quote(string(t))), f)
			case f.Kind == model.Set && f.To == model.TypeEvent:
				err = d.lostEvents(`SELECT e.id, m.value FROM member m JOIN entity e ON e.n = m.entity WHERE e.shown = 1 AND e.type = '`+string(t)+`' AND m.field = '`+f.Name+`' ORDER BY 1, 2`, f)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *doctor) lost(query string, f model.Field) error {
	return d.each(query, nil, func(row scanner) error {
		var from, to string
		err := row.Scan(&from, &to)
		d.ask(from, to, f)
		return err
	})
}

func (d *doctor) lostEvents(query string, f model.Field) error {
	type link struct{ from, to string }
	var links []link
	if err := d.each(query, nil, func(row scanner) error {
		var l link
		err := row.Scan(&l.from, &l.to)
		links = append(links, l)
		return err
	}); err != nil {
		return err
	}
	for _, l := range links {
		at, err := d.seatOf(model.ID(l.to))
		if err != nil {
			return err
		}
		if at == nil {
			d.ask(l.from, l.to, f)
		}
	}
	return nil
}

func (d *doctor) ask(from, to string, f model.Field) {
	d.found = append(d.found, model.Finding{Where: from + " " + f.Name, What: "it points at " + to + ", which is not there", Question: "Should it still?"})
}
