package storage

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"aftermath/model"
)

// conclude writes the change that holds the batch, and the import's own record, in one gesture.
func (j *importing) conclude(reading *model.Reading) error {
	r := &j.report
	r.Source = reading.Source
	r.Known += reading.Repeats
	r.Refused += reading.Refused
	r.Refusals = append(reading.Refusals[:len(reading.Refusals):len(reading.Refusals)], r.Refusals...)
	r.Refusals = r.Refusals[:min(len(r.Refusals), toldRefusals)]
	r.Warnings, r.Files, r.Chosen = reading.Warnings, reading.Files, reading.Chosen
	r.Read = r.New + r.Known + r.Refused
	j.progress(r.Read)
	if err := j.readBefore(reading); err != nil || j.next == j.first || j.trial {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.flushIDs(&j.ids); err != nil {
		return err
	}
	r.Import = model.NewID(model.TypeImport, j.opt.Random)
	w := j.newWriter("import "+reading.Name, "import:"+reading.Source)
	if !j.copies {
		w.alone, w.sources = j.first, j.sources
	}
	if j.again != "" {
		w.label = "read " + reading.Name + " again"
		if err := w.edit(model.Edit{Type: model.TypeImport, ID: j.again, Delete: true}); err != nil {
			return err
		}
	}
	if err := w.addBatch(r.Import, j.incident, j.number, j.first, j.next-j.first, hex.EncodeToString(j.root.sum.Sum(nil))); err != nil {
		return err
	}
	for _, cell := range importCells(j.incident, j.again, reading, r) {
		if err := w.edit(model.Edit{Type: model.TypeImport, ID: r.Import, Field: cell.field, Value: cell.value}); err != nil {
			return err
		}
	}
	if err := w.keepBytes(j.incident, r.Import, reading); err != nil {
		return err
	}
	if err := w.settle(); err != nil || j.again == "" {
		return err
	}
	return j.tellLost()
}

// readBefore stops an import of what the incident shows already, read with other answers.
func (j *importing) readBefore(reading *model.Reading) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	before := j.before
	if before == 0 && j.next > j.first && reading.Answers != "" {
		if err := j.each(`SELECT i.n, coalesce(i.answers, '') FROM import i JOIN entity e ON e.n = i.n
			WHERE e.incident = ? AND e.shown AND i.digest = ? AND i.source = ?`, []any{j.number, reading.Digest, reading.Source}, func(row scanner) error {
			var n int64
			var answers string
			err := row.Scan(&n, &answers)
			if n != j.replaced && !sameAnswers(answers, reading.Answers) {
				before = n
			}
			return err
		}); err != nil {
			return err
		}
	}
	if before == 0 || before == j.replaced {
		return nil
	}
	r := &model.ReadBefore{Told: j.told}
	err := j.row("SELECT e.id, coalesce(i.name, '') FROM entity e LEFT JOIN import i ON i.n = e.n WHERE e.n = ?", before).Scan(&r.Import, &r.Name)
	if err != nil {
		return err
	}
	return r
}

// sameAnswers reports whether two imports were told the same zone, day, year, columns and encoding. The window of time does not matter:
// another one brings other records.
func sameAnswers(a, b string) bool {
	type told struct {
		Zone, Date, Columns, Encoding string
		Year                          int
	}
	var x, y told
	return json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil || x == y
}

// keepBytes stores what was read beside the import, and names what the file had already.
func (w *writer) keepBytes(incident, id model.ID, reading *model.Reading) error {
	pages := slices.Clone(reading.Pages)
	for _, p := range reading.Kept {
		page, err := w.keepPage(incident, p)
		if err != nil {
			return err
		}
		pages = append(pages, page)
	}
	for _, page := range pages {
		if err := w.edit(model.Edit{Type: model.TypeImport, ID: id, Field: model.Member("pages", string(page)), Value: true}); err != nil {
			return err
		}
	}
	return nil
}

// tellLost warns of lines that people worked on and that the new reading does not have.
func (j *importing) tellLost() error {
	var lost int
	if err := j.row(`SELECT count(DISTINCT e.n) FROM batch b JOIN evidence v ON v.n >= b.first AND v.n < b.first + b.count
		JOIN entity e ON e.id = 'E-' || printf('%016x', v.id) AND e.holds
		WHERE b.entity = ? AND NOT EXISTS(SELECT 1 FROM timeline t WHERE t.incident = b.incident AND t.entity = e.n)`, j.replaced).Scan(&lost); err != nil || lost == 0 {
		return err
	}
	j.report.Warnings = append(j.report.Warnings, fmt.Sprintf("%d lines that people worked on are not in this reading and have left the timeline; undo brings them back", lost))
	return nil
}

// A manifest is the value of an import change: which rows it brought, by their number and hash.
type manifest struct {
	Incident model.ID `json:"incident"`
	Rows     int64    `json:"n"`
	Root     string   `json:"root"`
}

func (w *writer) addBatch(id, incident model.ID, number, first, rows int64, root string) error {
	value, err := json.Marshal(manifest{incident, rows, root})
	if err != nil {
		return err
	}
	c := &change{kind: kindImport, typ: string(model.TypeImport), entity: id, value: value}
	if err := w.add(c); err != nil {
		return err
	}
	return w.storeBatch(c, number, first, rows)
}

func (s *Store) storeBatch(c *change, incident, first, rows int64) error {
	site, err := s.siteNumber(c.site)
	if err != nil {
		return err
	}
	entity, err := s.entityNumber(c.entity)
	if err != nil {
		return err
	}
	return s.exec("INSERT INTO batch(first, count, site, seq, clock, entity, incident) VALUES(?,?,?,?,?,?,?)", first, rows, site, c.seq, c.clock, entity, incident)
}

type importCell struct {
	field string
	value any
}

func importCells(incident, again model.ID, reading *model.Reading, r *model.ImportReport) []importCell {
	number := func(n int) json.Number { return json.Number(strconv.Itoa(n)) }
	cells := []importCell{{"incident", string(incident)}, {"source", reading.Source}, {"name", reading.Name}, {"digest", reading.Digest},
		{"parser", reading.Parser}, {"zone", reading.Zone}, {"read", number(r.Read)}, {"new", number(r.New)}, {"known", number(r.Known)}, {"refused", number(r.Refused)}}
	for _, c := range []importCell{{"answers", reading.Answers}, {"path", reading.Path}, {"replaces", string(again)}} {
		if c.value != "" {
			cells = append(cells, c)
		}
	}
	if len(r.Refusals) > 0 {
		cells = append(cells, importCell{"refusals", asJSON(r.Refusals[:min(len(r.Refusals), keptRefusals)])})
	}
	if len(r.Warnings) > 0 {
		cells = append(cells, importCell{"warnings", asJSON(r.Warnings)})
	}
	return cells
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "" // plain structs of texts and numbers cannot fail
	}
	return string(text)
}
