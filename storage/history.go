package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"aftermath/model"
)

// historyChunk is how many entries are read before others get at the file.
const historyChunk = 500

// History gives entries of the log to yield, newest first, without holding them in memory. The old value
// is the one that the author saw. It stops with the error that yield returns.
func (s *Store) History(ctx context.Context, q model.HistoryQuery, yield func(model.Change) error) error {
	var last *historyPlace
	for given := 0; ; {
		size := historyChunk
		if q.Limit > 0 {
			size = min(size, q.Limit-given)
		}
		if size == 0 {
			return nil
		}
		var chunk []model.Change
		err := s.view(ctx, "read the history", func() (err error) {
			chunk, last, err = s.historyAfter(q, last, size)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range chunk {
			if err := yield(c); err != nil {
				return err
			}
		}
		given += len(chunk)
		if len(chunk) < size {
			return nil
		}
	}
}

// A historyPlace is where in the order of the history a chunk ended.
type historyPlace struct {
	clock int64
	site  string
	seq   int64
}

const historyColumns = `SELECT x.id, c.seq, c.clock, c.wall, c.author, c.source, c.label, c.kind, c.gesture, c.type, coalesce(e.id, ''), coalesce(i.id, ''), c.field,
	c.value, c.commitment IS NOT NULL, o.value, o.commitment IS NOT NULL
	FROM change c CROSS JOIN site x ON x.n = c.site LEFT JOIN entity e ON e.n = c.entity LEFT JOIN entity i ON i.n = e.incident AND e.incident <> 0
	LEFT JOIN change o ON o.site = c.base_site AND o.seq = c.base_seq WHERE `

func (s *Store) historyAfter(q model.HistoryQuery, last *historyPlace, size int) (list []model.Change, end *historyPlace, err error) {
	where, args := "1", []any{}
	if q.Incident != "" {
		n, _, err := s.knownEntity(q.Incident)
		if err != nil {
			return nil, nil, err
		}
		column := "c.entity" // the index over cells, and then a sort
		if q.Limit == 0 || q.Limit > historyChunk {
			column = "+c.entity" // the index over time, so that no chunk sorts everything again
		}
		where += " AND " + column + " IN (SELECT n FROM entity WHERE incident = ?)"
		args = append(args, n)
	}
	if q.Entity != "" {
		n, _, err := s.knownEntity(q.Entity)
		if err != nil {
			return nil, nil, err
		}
		where += " AND c.entity = ?"
		args = append(args, n)
	}
	if q.Field != "" {
		n, _, err := s.knownWord(q.Field)
		if err != nil {
			return nil, nil, err
		}
		where += " AND c.field = ?"
		args = append(args, n)
	}
	for _, kind := range []string{kindUndo, kindRedo} { // marks: the changes of their gestures tell the same
		n, known, err := s.knownWord(kind)
		if err != nil {
			return nil, nil, err
		}
		if known {
			where += " AND c.kind <> ?"
			args = append(args, n)
		}
	}
	if last != nil {
		where += " AND c.clock <= ? AND (c.clock, x.id, c.seq) < (?, ?, ?)"
		args = append(args, last.clock, last.clock, last.site, last.seq)
	}
	end = last
	err = s.each(historyColumns+where+" ORDER BY c.clock DESC, x.id DESC, c.seq DESC LIMIT ?", append(args, size), func(row scanner) error {
		c, at, err := s.scanEntry(row)
		list, end = append(list, c), &at
		return err
	})
	return list, end, err
}

func (s *Store) scanEntry(row scanner) (c model.Change, at historyPlace, err error) {
	var wall int64
	var words [6]int64
	var value, old sql.NullString
	var oldRedacted bool
	if err := row.Scan(&at.site, &c.Seq, &at.clock, &wall, &words[0], &words[1], &words[2], &words[3], &c.Group, &words[4], &c.Entity, &c.Incident, &words[5],
		&value, &c.Redacted, &old, &oldRedacted); err != nil {
		return c, at, err
	}
	at.seq = c.Seq
	c.At = wallTime(wall)
	c.Site = at.site
	for i, to := range []*string{&c.Author, &c.Source, &c.Label, &c.Kind, (*string)(&c.Type), &c.Field} {
		if *to, err = s.spell(words[i]); err != nil {
			return c, at, err
		}
	}
	if c.Kind == kindDelete {
		c.New, c.Old = notNull(value), notNull(old)
		return c, at, nil
	}
	c.New, c.Old = entryValue(value, c.Redacted), entryValue(old, oldRedacted)
	return c, at, nil
}

// notNull is what an entry of a delete tells: true for deleted, nil for not.
func notNull(value sql.NullString) any {
	if value.Valid && value.String != "null" {
		return true
	}
	return nil
}

func entryValue(value sql.NullString, redacted bool) any {
	if redacted {
		return redactedText
	}
	if !value.Valid {
		return nil
	}
	text := value.String
	if len(text) >= 2 && text[0] == '"' && strings.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1] // the common case, without a decoder
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var v any
	if decoder.Decode(&v) != nil {
		return text
	}
	return v
}
