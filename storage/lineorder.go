package storage

import (
	"fmt"
	"strings"
)

// lineOrder is how a row of evidence v stands among those of its time, as SQL: by the first three letters of
// its source, then by its line, then by what its
// source calls it. It says nothing of which import came first, so that the
// timeline is the same in whichever order files are imported.
const lineOrder = "(coalesce((SELECT " + sourceCode + " FROM word w WHERE w.n = v.source), 0) << 48) | " + orderInSource

const (
	sourceCode = `((unicode(w.text) & 31) << 10) | ((coalesce(unicode(substr(w.text, 2, 1)), 0) & 31) << 5) | (coalesce(unicode(substr(w.text, 3, 1)), 0) & 31)`

	orderInSource = "(min(coalesce(v.line, 0), 16777215) << 24) | coalesce(v.tie, 0)"
)

// lineOrderOf is lineOrder for rows that are all of these sources, without looking each of them up.
func (s *Store) lineOrderOf(sources map[int64]bool) (string, error) {
	var b strings.Builder
	b.WriteString("(CASE v.source")
	for word := range sources {
		var code int64
		if err := s.row("SELECT coalesce("+sourceCode+", 0) FROM word w WHERE w.n = ?", word).Scan(&code); err != nil {
			return "", err
		}
		fmt.Fprintf(&b, " WHEN %d THEN %d", word, code)
	}
	b.WriteString(" END << 48) | " + orderInSource)
	return b.String(), nil
}
