package storage

import (
	"fmt"
	"slices"
	"strings"
)

const malformed = "it is not made as this program makes it"

// malformedTables names the tables and indexes whose definition in the file is not the one that this program
// writes. SQLite reads a column with a damaged name without a word, and its own check finds nothing wrong.
func (s *Store) malformedTables() (names []string, err error) {
	want := map[string]string{}
	for _, definition := range slices.Concat(logTables, numberTables, foldedTables()) {
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
		d.find("table "+name, malformed)
	}
	d.malformed = len(names)
	return err
}
