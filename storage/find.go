package storage

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// tellCandidates is how many of several meanings a fault names.
const tellCandidates = 5

// Find turns what a person typed into an id: an incident's key or the unique beginning of one, or the
// unique beginning of any id, with or without its letter, in any case. A key begins with the day on which the
// retrospective was begun; the day of the incident finds it as well.
func (s *Store) Find(ctx context.Context, text string) (id model.ID, err error) {
	text = strings.TrimSpace(text)
	err = s.view(ctx, "find "+text, func() error {
		if text == "" {
			return s.missing("find an entry", "\"\"")
		}
		keys, err := s.incidentsByKey(text)
		if err != nil {
			return err
		}
		if len(keys) > 0 && keys[0].key == text {
			id = keys[0].id
			return nil
		}
		ids, err := s.idsWith(text)
		if err != nil {
			return err
		}
		if len(keys) == 0 && len(ids) == 0 {
			if keys, err = s.incidentsOn(text); err != nil {
				return err
			}
		}
		for _, k := range keys {
			ids = append(ids, k.id)
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		switch {
		case len(ids) == 0:
			return s.missing("find an entry", text)
		case len(ids) > 1:
			return s.ambiguous(text, ids, keys)
		}
		id = ids[0]
		return nil
	})
	return id, err
}

type keyed struct {
	key string
	id  model.ID
}

// incidentsByKey are the incidents whose key begins with text, an equal key first.
func (s *Store) incidentsByKey(text string) (list []keyed, err error) {
	err = s.each(`SELECT i."key", e.id FROM incident i JOIN entity e ON e.n = i.n WHERE i."key" >= ?1 AND i."key" < ?2 AND e.shown = 1
		ORDER BY i."key", `+inOrder+` LIMIT ?3`, []any{text, text + "\U0010ffff", tellCandidates + 1}, func(row scanner) error {
		var k keyed
		err := row.Scan(&k.key, &k.id)
		list = append(list, k)
		return err
	})
	return list, err
}

// incidentsOn are the incidents that began on a day.
func (s *Store) incidentsOn(day string) (list []keyed, err error) {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return nil, nil
	}
	err = s.each(`SELECT coalesce(i."key", e.id), e.id FROM incident i JOIN entity e ON e.n = i.n WHERE i.started >= ?1 AND i.started < ?2 AND e.shown = 1
		ORDER BY i."key", `+inOrder+` LIMIT ?3`, []any{day, day + "\U0010ffff", tellCandidates + 1}, func(row scanner) error {
		var k keyed
		err := row.Scan(&k.key, &k.id)
		list = append(list, k)
		return err
	})
	return list, err
}

// idsWith are some ids that begin with text: enough to see that it is not unique.
func (s *Store) idsWith(text string) ([]model.ID, error) {
	letter, digits, hasLetter := strings.Cut(text, "-")
	if !hasLetter {
		letter, digits = "", text
	}
	digits = strings.ToLower(digits)
	if digits == "" || len(digits) > 16 || strings.Trim(digits, "0123456789abcdef") != "" {
		return nil, nil
	}
	var ids []model.ID
	for _, t := range types() {
		prefix := string(model.IDFrom(t, [8]byte{})[:2])
		if hasLetter && !strings.EqualFold(letter+"-", prefix) {
			continue
		}
		if t == model.TypeEvent {
			continue
		}
		from := prefix + digits
		if err := s.each("SELECT id FROM entity WHERE id >= ? AND id < ? AND shown = 1 ORDER BY id LIMIT ?", []any{from, from + "g", tellCandidates + 1}, func(row scanner) error {
			var id model.ID
			err := row.Scan(&id)
			ids = append(ids, id)
			return err
		}); err != nil {
			return nil, err
		}
	}
	if hasLetter && !strings.EqualFold(letter, "E") {
		return ids, nil
	}
	events, err := s.eventsWith(digits)
	return append(ids, events...), err
}

// eventsWith are some events whose id begins with the digits.
func (s *Store) eventsWith(digits string) (ids []model.ID, err error) {
	from := "E-" + digits
	candidates := map[model.ID]bool{}
	if err := s.each("SELECT id FROM entity WHERE id >= ? AND id < ? ORDER BY id LIMIT 64", []any{from, from + "g"}, func(row scanner) error {
		var id model.ID
		err := row.Scan(&id)
		candidates[id] = true
		return err
	}); err != nil {
		return nil, err
	}
	low, high := span(digits)
	if err := s.each("SELECT DISTINCT id FROM evidence_ids WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 64", []any{low, high}, func(row scanner) error {
		var number int64
		err := row.Scan(&number)
		candidates[eventID(number)] = true
		return err
	}); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(candidates)) {
		at, err := s.seatOf(id)
		if err != nil {
			return nil, err
		}
		if at != nil {
			ids = append(ids, id)
		}
		if len(ids) > tellCandidates {
			break
		}
	}
	return ids, nil
}

// span is the range of event numbers that begin with the hexadecimal digits. One digit fixes the sign, so
// the range is in order.
func span(digits string) (low, high int64) {
	end := func(fill string) int64 {
		b, err := hex.DecodeString(digits + strings.Repeat(fill, 16-len(digits)))
		if err != nil {
			return 0 // the caller has looked at the digits
		}
		return int64(binary.BigEndian.Uint64(b))
	}
	return end("0"), end("f")
}

func (s *Store) ambiguous(text string, ids []model.ID, keys []keyed) error {
	names := make([]string, 0, tellCandidates)
	for _, id := range ids[:min(len(ids), tellCandidates)] {
		name := string(id)
		for _, k := range keys {
			if k.id == id {
				name = k.key
			}
		}
		names = append(names, name)
	}
	more := ""
	if len(ids) > tellCandidates {
		more = " and others"
	}
	return &model.Fault{Kind: model.FaultUsage, What: "find " + text, File: s.path,
		Reason: "it may mean " + strings.Join(names, ", ") + more, Remedy: "type more of it"}
}

// The fewest digits of a short id. Events are many, and show more so that theirs stay the same for longer.
const (
	shortDigits      = 4
	shortEventDigits = 6
)

// Short is the shortest beginning of an id that names nothing else in the file.
func (s *Store) Short(ctx context.Context, id model.ID) (short string, err error) {
	err = s.view(ctx, "name "+string(id), func() (err error) {
		short, err = s.short(id)
		return err
	})
	return short, err
}

func (s *Store) short(id model.ID) (string, error) {
	b, ok := id.Bytes()
	if !ok {
		return string(id), nil
	}
	digits := hex.EncodeToString(b[:])
	fewest := shortDigits
	if id.Type() == model.TypeEvent {
		fewest = shortEventDigits
	}
	for n := fewest; n < len(digits); n++ {
		others, err := s.idsWith(string(id[:2]) + digits[:n])
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(others, func(other model.ID) bool { return other != id }) {
			return string(id[:2]) + digits[:n], nil
		}
	}
	return string(id), nil
}
