package storage

import (
	"encoding/json"
	"fmt"
)

// A filter by words can be read from two ends. Words that stand in many lines are tested line by line, as the
// timeline is read. Where few lines hold them, the words' own index says which, and only the seats of those
// are looked at: a million other lines cost nothing.

// mostRare is in how many lines words may stand to be called rare.
const mostRare = 2000

// A rareSeats is a JSON list of the seats at which the lines with rare words can stand, each as at, ord and n;
// empty when the words are not rare.
type rareSeats string

// narrowText asks for words in what was imported or typed.
func (s *Store) narrowText(f *filter, match string) error {
	seats, err := s.rareSeats(f.incident, match)
	switch {
	case err != nil:
		return err
	case seats != "":
		f.narrow("(t.at, t.ord, t.n) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))", string(seats))
	default:
		f.narrow(`(t.n IN (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?)
			OR t.entity IN (SELECT rowid >> 32 FROM typed_words WHERE typed_words MATCH ?))`, match, match)
	}
	return nil
}

// rareSeats finds where the lines with rare words stand, and remembers it.
func (s *Store) rareSeats(incident int64, match string) (rareSeats, error) {
	cache, err := s.fresh()
	if err != nil {
		return "", err
	}
	key := fmt.Sprint(incident, match)
	if seats, known := cache.rare[key]; known {
		return seats, nil
	}
	seats, err := s.findRareSeats(incident, match)
	if err == nil {
		cache.rare[key] = seats
	}
	return seats, err
}

func (s *Store) findRareSeats(incident int64, match string) (rareSeats, error) {
	var lines, typed []int64
	for _, find := range []struct {
		query string
		into  *[]int64
	}{
		{"SELECT rowid FROM evidence_words WHERE evidence_words MATCH ? LIMIT ?", &lines},
		{"SELECT rowid >> 32 FROM typed_words WHERE typed_words MATCH ? LIMIT ?", &typed},
	} {
		if err := s.each(find.query, []any{match, mostRare + 1}, func(row scanner) error {
			var n int64
			err := row.Scan(&n)
			*find.into = append(*find.into, n)
			return err
		}); err != nil || len(*find.into) > mostRare {
			return "", err
		}
	}
	moved, err := s.movedTime(incident)
	if err != nil {
		return "", err
	}
	seats := [][3]int64{}
	add := func(row scanner) error {
		var at seat
		err := row.Scan(&at.at, &at.ord, &at.n)
		seats = append(seats, [3]int64{at.at, at.ord, at.n})
		return err
	}
	// A line stands where it was imported, or where people put it; of the places named here it has one.
	for _, look := range []struct {
		query string
		among []int64
	}{
		{"SELECT " + moved + ", " + lineOrder + ", v.n FROM json_each(?) j CROSS JOIN evidence v ON v.n = j.value", lines},
		{"SELECT p.at, p.ord, p.n FROM json_each(?) j CROSS JOIN place p ON p.n = j.value WHERE p.at IS NOT NULL", lines},
		{"SELECT p.at, p.ord, p.n FROM json_each(?) j CROSS JOIN place p ON p.entity = j.value WHERE p.at IS NOT NULL", typed},
	} {
		list, err := json.Marshal(look.among)
		if err == nil && len(look.among) > 0 {
			err = s.each(look.query, []any{string(list)}, add)
		}
		if err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(seats)
	return rareSeats(list), err
}
