package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// tellBreaches is how many broken changes a report names.
const tellBreaches = 20

var errLookedOnly = errors.New("nothing is kept")

// Doctor looks whether the file is sound: whether SQLite can read all of it, whether every chain of changes
// holds, whether the tables are what the log says, and whether references lead anywhere. With mend it
// builds the tables and the indexes anew where they are wrong. What only the log could tell, it cannot mend.
func (s *Store) Doctor(ctx context.Context, mend bool) (report model.DoctorReport, err error) {
	d := &doctor{Store: s, mend: mend && s.sealed == "", report: model.DoctorReport{Findings: []model.Finding{}}}
	if err := s.view(ctx, "doctor", d.readAll); err != nil {
		return report, err
	}
	if s.sealed == "" {
		err = s.update(ctx, "doctor", d.compareTables)
		if errors.Is(err, errLookedOnly) {
			err = nil
		}
	}
	for _, look := range []func() error{d.forks, d.dangling} {
		if err == nil {
			err = s.view(ctx, "doctor", look)
		}
	}
	d.report.OK = true
	for _, f := range d.report.Findings {
		d.report.OK = d.report.OK && (f.Mended || f.Question != "")
	}
	return d.report, err
}

type doctor struct {
	*Store
	mend      bool
	malformed int // tables that are not made as they should be
	report    model.DoctorReport
}

func (d *doctor) find(where, what string) {
	d.report.Findings = append(d.report.Findings, model.Finding{Where: where, What: what})
}

// readAll lets SQLite read every page, and verifies the log.
func (d *doctor) readAll() error {
	err := d.each("PRAGMA integrity_check(20)", nil, func(row scanner) error {
		var line string
		if err := row.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			d.find("file", line)
		}
		return nil
	})
	if err != nil {
		d.find("file", "it cannot be read to its end: "+err.Error())
	}
	if err := d.readSchema(); err != nil {
		d.find("file", "its tables cannot be listed: "+err.Error())
	}
	broken := 0
	if err := d.verify(func(b breach) {
		if broken++; broken <= tellBreaches {
			d.find("log", b.String())
		}
	}); err != nil {
		d.find("log", "it cannot be read to its end: "+err.Error())
	}
	if broken > tellBreaches {
		d.find("log", fmt.Sprintf("and %d more changes do not hold", broken-tellBreaches))
	}
	return nil
}

// compareTables folds the log anew inside a transaction and compares. Unless something is to be mended, the
// transaction is rolled back.
func (d *doctor) compareTables() error {
	broken := len(d.report.Findings) > d.malformed
	before, err := d.fingerprint()
	if err == nil {
		err = d.exec("INSERT INTO evidence_words(evidence_words, rank) VALUES('integrity-check', 1)")
	}
	readable := err == nil
	if broken && d.mend {
		err = d.script("REINDEX")
		readable = readable && err == nil
	}
	if err := d.refold(d.mend); err != nil {
		d.find("tables", "they cannot be built from the log: "+err.Error())
		return errLookedOnly
	}
	after, err := d.fingerprint()
	if err != nil {
		d.find("tables", "they cannot be read: "+err.Error())
		return errLookedOnly
	}
	wrong := !readable || d.malformed > 0
	if left, err := d.malformedTables(); err == nil {
		for i := range d.report.Findings {
			f := &d.report.Findings[i]
			f.Mended = f.Mended || d.mend && f.What == malformed && !slices.Contains(left, strings.TrimPrefix(f.Where, "table "))
		}
	}
	for _, name := range fingerprintNames() {
		if readable && before[name] != after[name] {
			wrong = true
			d.report.Findings = append(d.report.Findings, model.Finding{Where: "table " + name, What: "it is not what the log says", Mended: d.mend})
		}
	}
	if !readable {
		d.report.Findings = append(d.report.Findings, model.Finding{Where: "tables", What: "they cannot be read", Mended: d.mend})
	}
	if !d.mend || !wrong && !broken {
		return errLookedOnly
	}
	return d.recheck(broken)
}

// recheck looks whether building anew has mended what SQLite complained about.
func (d *doctor) recheck(broken bool) error {
	if !broken {
		return nil
	}
	var verdict string
	if err := d.row("PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	for i := range d.report.Findings {
		if f := &d.report.Findings[i]; f.Where == "file" {
			f.Mended = verdict == "ok"
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
			d.report.Findings = append(d.report.Findings, model.Finding{Where: "log", What: f.String() + ".", Question: "Was a home restored or cloned?"})
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
	d.report.Findings = append(d.report.Findings, model.Finding{Where: from + " " + f.Name, What: "it points at " + to + ", which is not there", Question: "Should it still?"})
}
