package storage

import (
	"context"
	"strings"

	"aftermath/model"
)

// How many conditions are compared: those with all of the words, and of those with some of them the newest.
const (
	namedAll  = 50
	namedSome = 400
)

// NamedBefore finds conditions of other incidents that read much like a text, the likest first. It is asked
// while somebody types, so what it looks at is bounded.
func (s *Store) NamedBefore(ctx context.Context, text string, incident model.ID) (list []model.NamedBefore, err error) {
	stems := model.Stems(text)
	if len(stems) < 2 {
		return nil, nil
	}
	for i, w := range stems { // whole words: of a beginning the index would gather every word first
		stems[i] = `("` + strings.Join(model.Forms(w), `" OR "`) + `")`
	}
	err = s.view(ctx, "look for conditions that were named before", func() error {
		field, known, err := s.knownWord("statement")
		if err != nil || !known {
			return err
		}
		only, _, err := s.knownEntity(incident)
		if err != nil {
			return err
		}
		seen := map[int64]bool{}
		for _, find := range []struct {
			match string
			limit int
		}{{strings.Join(stems, " AND "), namedAll}, {strings.Join(stems, " OR "), namedSome}} {
			if err := s.eachBefore(find.match, field, only, find.limit, seen, &list); err != nil {
				return err
			}
		}
		return nil
	})
	return model.AlikeBefore(text, list), err
}

func (s *Store) eachBefore(match string, field, not int64, limit int, seen map[int64]bool, list *[]model.NamedBefore) error {
	return s.each(`SELECT e.n, e.id, coalesce(f.statement, ''), coalesce(f.layer, ''), coalesce(f.area, ''), i.id, coalesce(o."key", ''), coalesce(o.title, ''), coalesce(o.started, '')
		FROM typed_words w CROSS JOIN entity e ON e.n = w.rowid >> 32 JOIN factor f ON f.n = e.n JOIN born b ON b.entity = e.n JOIN entity i ON i.n = e.incident LEFT JOIN incident o ON o.n = i.n
		WHERE typed_words MATCH ? AND w.rowid & 0xffffffff = ? AND e.shown = 1 AND i.shown = 1 AND e.incident <> ? ORDER BY b.clock DESC, e.id LIMIT ?`,
		[]any{match, field, not, limit}, func(row scanner) error {
			var n int64
			var f model.NamedBefore
			var started string
			if err := row.Scan(&n, &f.Factor, &f.Statement, &f.Layer, &f.Area, &f.Incident, &f.Key, &f.Title, &started); err != nil {
				return err
			}
			f.Started, _ = timeOf(started)
			if !seen[n] {
				seen[n] = true
				*list = append(*list, f)
			}
			return nil
		})
}
