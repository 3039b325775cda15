package storage

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"aftermath/model"
)

// dump is all that people can see and the whole log, without the numbers that only this file gave.
func dump(t interface{ Fatal(...any) }, s *Store) string {
	var b strings.Builder
	show := func(query string) {
		if err := dumpRows(s, query, &b); err != nil {
			t.Fatal(query, err)
		}
	}
	for _, table := range types() {
		var columns []string
		for _, f := range model.Schema[table] {
			if f.Kind != model.Set && f.Kind != model.Content {
				columns = append(columns, "t."+quote(f.Name))
			}
		}
		show("SELECT e.id, " + strings.Join(columns, ",") + " FROM " + quote(string(table)) + " t JOIN entity e ON e.n = t.n ORDER BY 1")
	}
	for _, query := range []string{
		"SELECT e.id, coalesce(i.id, ''), e.holds, e.gone, e.shown FROM entity e LEFT JOIN entity i ON i.n = e.incident WHERE EXISTS(SELECT 1 FROM change WHERE entity = e.n) ORDER BY 1",
		"SELECT e.id, w.text, c.holds, c.clash FROM cell c JOIN entity e ON e.n = c.entity JOIN word w ON w.n = c.field ORDER BY 1, 2",
		"SELECT e.id, m.field, m.value FROM member m JOIN entity e ON e.n = m.entity ORDER BY 1, 2, 3",
		`SELECT i.id, coalesce(e.id, ''), v.id, t.at, t.level, s.text, k.text, v.title, v.body, hex(v.salt) FROM timeline t JOIN entity i ON i.n = t.incident LEFT JOIN entity e ON e.n = t.entity
			LEFT JOIN evidence v ON v.n = t.n JOIN word s ON s.n = t.source JOIN word k ON k.n = t.kind ORDER BY 1, 2, 3, 4`,
		"SELECT i.id, t.started, t.events, t.factors, t.actions, t.open FROM tally t JOIN entity i ON i.n = t.incident ORDER BY 1",
		"SELECT i.id, t.level, sum(t.count) FROM stride t JOIN entity i ON i.n = t.incident GROUP BY 1, 2 HAVING sum(t.count) > 0 ORDER BY 1, 2",
		"SELECT e.id, i.id, s.text, m.offset FROM moved m JOIN entity e ON e.n = m.entity JOIN entity i ON i.n = m.incident JOIN word s ON s.n = m.source ORDER BY 1",
		"SELECT e.id, i.id, s.text, w.actor, w.shape FROM swept w JOIN entity e ON e.n = w.entity JOIN entity i ON i.n = w.incident JOIN word s ON s.n = w.source ORDER BY 1",
		"SELECT e.id, w.text, t.text FROM typed_words t JOIN entity e ON e.n = t.rowid >> 32 JOIN word w ON w.n = t.rowid & 0xffffffff ORDER BY 1, 2",
		"SELECT s.id, b.seq, b.count, e.id, i.id, b.shown FROM batch b JOIN site s ON s.n = b.site JOIN entity e ON e.n = b.entity JOIN entity i ON i.n = b.incident ORDER BY 1, 2",
		"SELECT x.id, o.id, t.after FROM tail t JOIN site x ON x.n = t.site JOIN site o ON o.n = t.of ORDER BY 1",
		"SELECT x.id, m.seq, w.id, t.id FROM meant m JOIN site x ON x.n = m.site JOIN site w ON w.n = m.name JOIN site t ON t.n = m.tail ORDER BY 1, 2, 3",
		"SELECT s.id, c.seq, c.clock, c.wall, c.value, hex(c.commitment), hex(c.hash) FROM change c JOIN site s ON s.n = c.site ORDER BY 1, 2",
	} {
		show(query)
	}
	return b.String()
}

func dumpRows(s *Store, query string, to io.Writer) error {
	rows, err := s.conn.QueryContext(bg, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintf(to, "%v\n", values)
	}
	return rows.Err()
}

func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out strings.Builder
	for _, l := range x {
		if !slices.Contains(y, l) {
			fmt.Fprintln(&out, "-", l)
		}
	}
	for _, l := range y {
		if !slices.Contains(x, l) {
			fmt.Fprintln(&out, "+", l)
		}
	}
	return out.String()
}
