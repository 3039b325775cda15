package storage

import (
	"fmt"
	"strings"
)

// mostWords is up to how many words that begin alike are asked for by name.
const mostWords = 12

// spelledOut spells out which words the beginning at the end of a query stands for. FTS5 answers a whole word lazily,
// from the newest line on; of a beginning it gathers every line of every such word first, which takes longer the
// longer the file is. Where too many words begin so, or the beginning is no plain ASCII, it stays one.
func (s *Store) spelledOut(table, match string) (string, error) {
	rest, found := strings.CutSuffix(match, `"*`)
	at := strings.LastIndexByte(rest, '"')
	if !found || at < 0 {
		return match, nil
	}
	begin := strings.ToLower(rest[at+1:])
	if strings.IndexFunc(begin, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) >= 0 {
		return match, nil
	}
	words, all, err := s.beginWith(table, begin)
	if err != nil || !all {
		return match, err
	}
	return fmt.Sprintf(`%s("%s")`, andAfter(rest[:at]), strings.Join(append([]string{begin}, words...), `" OR "`)), nil
}

// andAfter joins what comes before to a group in brackets, which FTS5 wants told.
func andAfter(before string) string {
	if before = strings.TrimSpace(before); before == "" {
		return ""
	}
	return strings.ReplaceAll(before, `" "`, `" AND "`) + " AND "
}

// beginWith lists the longer words of an index that begin so; all is false when there are too many.
func (s *Store) beginWith(table, begin string) (words []string, all bool, err error) {
	vocabulary := "temp." + table + "_vocabulary"
	if err := s.script("CREATE VIRTUAL TABLE IF NOT EXISTS " + vocabulary + " USING fts5vocab(main, " + table + ", instance)"); err != nil {
		return nil, false, err
	}
	end := begin[:len(begin)-1] + string(rune(begin[len(begin)-1]+1))
	for from := begin + "0"; len(words) < mostWords; {
		var word string
		known, err := found(s.row("SELECT term FROM "+vocabulary+" WHERE term >= ? AND term < ? LIMIT 1", from, end).Scan(&word))
		if err != nil || !known {
			return words, err == nil, err
		}
		words, from = append(words, word), word+"0"
	}
	return nil, false, nil
}
