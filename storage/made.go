package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"aftermath/model"
)

// schemaDigest tells one set of folded tables from another.
var schemaDigest = sync.OnceValue(func() string {
	sum := sha256.New()
	for _, definition := range foldedTables() {
		io.WriteString(sum, spaced(definition)+"\n")
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
})

func (s *Store) noteSchema() error {
	return s.exec("INSERT INTO meta(name, value) VALUES('schema', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value", schemaDigest())
}

// followSchema folds the tables anew when the schema has got more types or fields since they were made: a new
// field is a line in the schema and nothing else.
func (s *Store) followSchema() error {
	var noted string
	known, err := found(s.row("SELECT value FROM meta WHERE name = 'schema'").Scan(&noted))
	if err != nil || known && noted == schemaDigest() || s.opt.logOnly {
		return err
	}
	if s.sealed != "" {
		return s.readable()
	}
	return s.transact(func() error {
		if err := s.refold(false); err != nil {
			return err
		}
		return s.noteSchema()
	})
}

// readable refuses a file that an older version made and that may only be read: its tables cannot be folded anew
// there, and without them it would be read wrongly.
func (s *Store) readable() error {
	var version int
	if err := s.row("PRAGMA user_version").Scan(&version); err != nil || version > fileVersion {
		return err
	}
	needed := map[string][]string{"born": {"clock"}, "tally": {"born", "archived"}}
	for _, t := range types() {
		for _, f := range model.Schema[t] {
			if f.Kind != model.Set && f.Kind != model.Content {
				needed[string(t)] = append(needed[string(t)], f.Name)
			}
		}
	}
	for table, columns := range needed {
		for _, column := range columns {
			var has int
			if err := s.row("SELECT count(*) FROM pragma_table_info(?) WHERE name = ?", table, column).Scan(&has); err != nil {
				return err
			}
			if has == 0 {
				return &model.Fault{Kind: model.FaultSealed, What: "open", File: s.path, Reason: "an older version of aftermath made it, and " + s.sealed,
					Remedy: "open a copy in a place that you can write to; that brings it up to date"}
			}
		}
	}
	return nil
}

const malformed = "it is not made as this program makes it"

// malformedTables names the tables and indexes whose definition in the file is not the one that this program
// writes. SQLite reads a column with a damaged name without a word, and its own check finds nothing wrong.
func (s *Store) malformedTables() (names []string, err error) {
	want := map[string]string{}
	for _, definition := range slices.Concat(logTables, tailTables, numberTables, foldedTables()) {
		want[nameOf(definition)] = spaced(definition)
	}
	seen := 0
	err = s.each("SELECT name, coalesce(sql, '') FROM sqlite_schema ORDER BY name", nil, func(row scanner) error {
		var name, definition string
		if err := row.Scan(&name, &definition); err != nil {
			return err
		}
		if is, ours := want[name]; ours {
			seen++
			if spaced(definition) != is {
				names = append(names, name)
			}
		}
		return nil
	})
	if missing := len(want) - seen; err == nil && missing > 0 {
		names = append(names, fmt.Sprintf("(%d missing)", missing))
	}
	return names, err
}

// nameOf is what a CREATE statement makes.
func nameOf(definition string) string {
	words := strings.Fields(definition)
	name := words[2]
	if strings.EqualFold(words[1], "VIRTUAL") {
		name = words[3]
	}
	name, _, _ = strings.Cut(name, "(")
	return strings.Trim(name, `"`)
}

// spaced writes a definition with single blanks: adding a column changes where its lines break.
func spaced(definition string) string { return strings.Join(strings.Fields(definition), " ") }

// readSchema looks whether every table is made as it should be. A newer version may make them otherwise.
func (d *doctor) readSchema() error {
	var version int
	if err := d.row("PRAGMA user_version").Scan(&version); err != nil || version != fileVersion {
		return err
	}
	names, err := d.malformedTables()
	for _, name := range names {
		d.find("table "+name, malformed, remedyTables)
	}
	d.malformed = len(names)
	return err
}
