package storage

import (
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// logTables are the truth: what people did, what was imported, and the numbers that this file gave them.
// They are never dropped.
var logTables = []string{
	`CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE word(n INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)`,
	`CREATE TABLE site(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, clock INTEGER NOT NULL, hash BLOB NOT NULL)`,
	`CREATE TABLE change(site INTEGER NOT NULL, seq INTEGER NOT NULL, clock INTEGER NOT NULL, wall INTEGER NOT NULL,
		author INTEGER NOT NULL, source INTEGER NOT NULL, label INTEGER NOT NULL, kind INTEGER NOT NULL, gesture INTEGER NOT NULL,
		type INTEGER NOT NULL, entity INTEGER NOT NULL, field INTEGER NOT NULL,
		base_site INTEGER, base_seq INTEGER, base_more TEXT,
		salt BLOB, value TEXT, commitment BLOB, hash BLOB NOT NULL, PRIMARY KEY(site, seq)) WITHOUT ROWID`,
	`CREATE INDEX change_cell ON change(entity, field)`,
	`CREATE INDEX change_clock ON change(clock)`,
	`CREATE TABLE evidence(n INTEGER PRIMARY KEY, id INTEGER NOT NULL, at INTEGER NOT NULL, ending INTEGER, precision INTEGER,
		time_text TEXT, zone_source INTEGER, source INTEGER, kind INTEGER, actor TEXT, service TEXT, title TEXT, body TEXT, url TEXT,
		external_id TEXT, line INTEGER, housekeeping INTEGER, salt BLOB, leaf BLOB, updated INTEGER, tie INTEGER)`,
}

// numberTables give out local numbers and are kept through a refold, so that what has a number keeps it.
var numberTables = []string{
	`CREATE TABLE entity(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
		incident INTEGER NOT NULL DEFAULT 0, holds INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0, shown INTEGER NOT NULL DEFAULT 0)`,
	`CREATE INDEX entity_of ON entity(incident, type, shown)`,
	`CREATE TABLE batch(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, site INTEGER NOT NULL, seq INTEGER NOT NULL, clock INTEGER NOT NULL,
		entity INTEGER NOT NULL, incident INTEGER NOT NULL, shown INTEGER NOT NULL DEFAULT 0)`,
	`CREATE INDEX batch_entity ON batch(entity)`,
	`CREATE INDEX batch_incident ON batch(incident)`,
	`CREATE TABLE place(entity INTEGER PRIMARY KEY, n INTEGER NOT NULL, incident INTEGER, at INTEGER, ord INTEGER)`,
	`CREATE INDEX place_n ON place(n)`,
}

// foldedTables are functions of the log: dropping and folding them again changes nothing that people see.
func foldedTables() []string {
	tables := []string{
		`CREATE TABLE cell(entity INTEGER NOT NULL, field INTEGER NOT NULL, heads TEXT NOT NULL, holds INTEGER NOT NULL, clash INTEGER NOT NULL,
			PRIMARY KEY(entity, field)) WITHOUT ROWID`,
		`CREATE INDEX cell_clash ON cell(entity, field) WHERE clash = 1`,
		`CREATE TABLE born(entity INTEGER PRIMARY KEY, clock INTEGER NOT NULL)`,
		`CREATE TABLE evidence_ids(id INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(id, n)) WITHOUT ROWID`,
		`CREATE TABLE moved(entity INTEGER PRIMARY KEY, incident INTEGER NOT NULL, source INTEGER NOT NULL, offset INTEGER NOT NULL)`,
		`CREATE TABLE swept(entity INTEGER PRIMARY KEY, incident INTEGER NOT NULL, source INTEGER NOT NULL, actor TEXT, shape TEXT)`,
		`CREATE TABLE member(entity INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(entity, field, value)) WITHOUT ROWID`,
		`CREATE INDEX member_value ON member(value, field, entity)`,
		`CREATE TABLE timeline(incident INTEGER NOT NULL, at INTEGER NOT NULL, ord INTEGER NOT NULL, n INTEGER NOT NULL, level INTEGER NOT NULL,
			source INTEGER NOT NULL, kind INTEGER NOT NULL, entity INTEGER, PRIMARY KEY(incident, at, ord, n)) WITHOUT ROWID`,
		`CREATE TABLE stride(incident INTEGER NOT NULL, level INTEGER NOT NULL, at INTEGER NOT NULL, ord INTEGER NOT NULL, n INTEGER NOT NULL, count INTEGER NOT NULL,
			PRIMARY KEY(incident, level, at, ord, n)) WITHOUT ROWID`,
		`CREATE TABLE tally(incident INTEGER PRIMARY KEY, started TEXT NOT NULL, born INTEGER NOT NULL, id TEXT NOT NULL, archived INTEGER NOT NULL, events INTEGER NOT NULL,
			factors INTEGER NOT NULL, actions INTEGER NOT NULL, open INTEGER NOT NULL)`,
		`CREATE INDEX tally_started ON tally(archived, started, born, id)`,
		`CREATE VIRTUAL TABLE evidence_words USING fts5(title, body, content='evidence', content_rowid='n')`,
		`CREATE VIRTUAL TABLE typed_words USING fts5(text)`,
	}
	for _, t := range types() {
		var columns strings.Builder
		for _, f := range model.Schema[t] {
			if f.Kind != model.Set && f.Kind != model.Content {
				fmt.Fprintf(&columns, ", %s TEXT", quote(f.Name))
			}
		}
		tables = append(tables, fmt.Sprintf("CREATE TABLE %s(n INTEGER PRIMARY KEY%s)", quote(string(t)), columns.String()))
	}
	return append(tables,
		`CREATE INDEX incident_key ON incident("key")`,
		`CREATE INDEX event_merged ON event(merged_into) WHERE merged_into IS NOT NULL`)
}

// foldedNames are the names of the folded tables, in an order in which they can be dropped.
func foldedNames() []string {
	names := []string{"cell", "born", "evidence_ids", "moved", "swept", "member", "timeline", "stride", "tally", "evidence_words", "typed_words"}
	for _, t := range types() {
		names = append(names, string(t))
	}
	return names
}

// types are the types of the schema in a stable order.
func types() []model.Type { return slices.Sorted(maps.Keys(model.Schema)) }

// quote makes a name of the schema safe as a column: some are words of SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// create fills an empty file. Two processes may race for it: the later one finds the tables and goes on.
func (s *Store) create() error {
	return s.transact(func() error {
		var tables int
		if err := s.row("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil || tables > 0 {
			return err
		}
		for _, list := range [][]string{logTables, tailTables, numberTables, foldedTables()} {
			if err := s.script(list...); err != nil {
				return err
			}
		}
		workspace := make([]byte, 16)
		if _, err := io.ReadFull(s.opt.Random, workspace); err != nil {
			return err
		}
		if err := s.noteSchema(); err != nil {
			return err
		}
		if err := s.exec("INSERT INTO meta(name, value) VALUES('workspace', ?)", hex.EncodeToString(workspace)); err != nil {
			return err
		}
		return s.script(fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", fileVersion))
	})
}

// workspace is the name that all copies of one file share.
func (s *Store) workspace() (id string, err error) {
	err = s.row("SELECT value FROM meta WHERE name = 'workspace'").Scan(&id)
	return id, err
}
