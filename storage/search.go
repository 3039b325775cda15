package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"aftermath/model"
)

const ordinaryHits = 50

// Search finds words in everything that was imported and everything that people typed, in one incident or,
// with "", in all. Every word must be there; the last one may be the beginning of a word. The newest come
// first, or the best matches when byRank is set. A limit of 0 means 50.
func (s *Store) Search(ctx context.Context, words string, incident model.ID, limit int, byRank bool) (hits []model.Hit, err error) {
	match := matchWords(words)
	if match == "" {
		return nil, nil
	}
	if limit <= 0 {
		limit = ordinaryHits
	}
	err = s.view(ctx, "search", func() error {
		var only int64
		if incident != "" {
			if only, err = s.shownIncident("search", incident); err != nil {
				return err
			}
		}
		typed, err := s.searchTyped(match, only, limit, byRank)
		if err != nil {
			return err
		}
		evidence, err := s.searchEvidence(match, only, limit, byRank)
		if err != nil {
			return err
		}
		hits = mergeHits(typed, evidence, limit, byRank)
		return nil
	})
	return hits, err
}

// matchWords turns what a person typed into a query for FTS5: its words as plain strings, whatever signs
// are between them, the last one as a beginning unless a space follows.
func matchWords(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.M, r) && r < 0x10000
	})
	if len(words) == 0 {
		return ""
	}
	for i, w := range words {
		words[i] = `"` + w + `"`
	}
	last, _ := lastRune(text)
	match := strings.Join(words, " ")
	if !unicode.IsSpace(last) {
		match += "*"
	}
	return match
}

func lastRune(text string) (last rune, ok bool) {
	for _, r := range text {
		last, ok = r, true
	}
	return last, ok
}

// A foundHit is a hit with what it is sorted by.
type foundHit struct {
	model.Hit
	rank  float64 // smaller is better
	order int64   // larger is newer
}

const snippetWords = "'«', '»', '…', 12"

// rankedHits is how many hits of imported lines are compared for the best match: the newest ones. Ranking a
// word that is in every second line would take longer than anybody waits, and say little.
const rankedHits = 2000

func (s *Store) searchEvidence(match string, only int64, limit int, byRank bool) (list []foundHit, err error) {
	if match, err = s.spelledOut("evidence_words", match); err != nil {
		return nil, err
	}
	order, rank := "w.rowid DESC", "0.0"
	condition := "evidence_words MATCH ?1"
	if byRank {
		order, rank = "w.rank", "w.rank"
		condition += fmt.Sprintf(" AND w.rowid >= coalesce((SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET %d), 0)", rankedHits)
	}
	type place struct{ incident, at, n int64 }
	var places []place
	// Hidden imports and deleted lines keep their words; the timeline knows what shows. CROSS JOIN keeps
	// SQLite from starting anywhere but at the words, so that it can stop at the limit.
	const at = "v.at + coalesce((SELECT sum(offset) FROM moved m WHERE m.incident = b.incident AND m.source = v.source), 0)"
	err = s.each(`SELECT v.id, b.incident, `+at+`, v.n, coalesce(v.title, ''), snippet(evidence_words, -1, `+snippetWords+`), `+rank+`
		FROM evidence_words w CROSS JOIN evidence v ON v.n = w.rowid CROSS JOIN batch b ON `+ofBatch+`
		WHERE `+condition+` AND b.shown AND EXISTS(SELECT 1 FROM tally y WHERE y.incident = b.incident) AND (?2 = 0 OR b.incident = ?2)
		AND (EXISTS(SELECT 1 FROM timeline t WHERE t.incident = b.incident AND t.at = `+at+` AND t.n = v.n)
			OR EXISTS(SELECT 1 FROM place p WHERE p.n = v.n AND p.at IS NOT NULL))
		ORDER BY `+order+` LIMIT ?3`, []any{match, only, limit}, func(row scanner) error {
		var h foundHit
		var id int64
		var p place
		if err := row.Scan(&id, &p.incident, &p.at, &p.n, &h.Title, &h.Snippet, &h.rank); err != nil {
			return err
		}
		h.Type, h.ID, h.At, h.order = model.TypeEvent, eventID(id), time.Unix(0, p.at).UTC(), p.at
		h.Field = "title"
		if !strings.Contains(h.Title, strings.Trim(plainSnippet(h.Snippet), "…")) {
			h.Field = "body"
		}
		list, places = append(list, h), append(places, p)
		return nil
	})
	for i := range list {
		if err == nil {
			err = s.nameIncident(&list[i].Hit, places[i].incident)
		}
	}
	return list, err
}

func plainSnippet(snippet string) string {
	return strings.NewReplacer("«", "", "»", "").Replace(snippet)
}

// nameIncident adds the incident's id, key and zone to a hit.
func (s *Store) nameIncident(h *model.Hit, incident int64) error {
	_, err := found(s.row(`SELECT e.id, coalesce(i."key", ''), coalesce(i.zone, '') FROM entity e LEFT JOIN incident i ON i.n = e.n WHERE e.n = ?`, incident).Scan(&h.Incident, &h.Key, &h.Zone))
	return err
}

func (s *Store) searchTyped(match string, only int64, limit int, byRank bool) (list []foundHit, err error) {
	const wanted = "typed_words MATCH ?1 AND e.gone = 0 AND i.shown = 1 AND (?2 = 0 OR e.incident = ?2)"
	const words = "typed_words w CROSS JOIN entity e ON e.n = w.rowid >> 32 JOIN entity i ON i.n = e.incident"
	rank, where, order := "0.0", `typed_words MATCH ?1 AND w.rowid IN (SELECT w.rowid FROM `+words+` JOIN born b ON b.entity = e.n
		WHERE `+wanted+" ORDER BY b.clock DESC, e.id, (SELECT text FROM word WHERE n = w.rowid & 0xffffffff) LIMIT ?3)", "1" // an excerpt is costly: it is made of those that are told
	if byRank {
		rank, where, order = "w.rank", wanted, "w.rank"
	}
	type cellOf struct{ entity, field, incident int64 }
	var cells []cellOf
	err = s.each(`SELECT e.n, w.rowid & 0xffffffff, e.incident, e.id, snippet(typed_words, 0, `+snippetWords+`), `+rank+`
		FROM `+words+` WHERE `+where+` ORDER BY `+order+` LIMIT ?3`, []any{match, only, limit}, func(row scanner) error {
		var h foundHit
		var c cellOf
		if err := row.Scan(&c.entity, &c.field, &c.incident, &h.ID, &h.Snippet, &h.rank); err != nil {
			return err
		}
		list, cells = append(list, h), append(cells, c)
		return nil
	})
	for i := range list {
		if err == nil {
			err = s.completeTyped(&list[i], cells[i].entity, cells[i].field, cells[i].incident)
		}
	}
	return list, err
}

// completeTyped adds what the cell belongs to: the entity's title, the incident, and when it was typed.
func (s *Store) completeTyped(h *foundHit, entity, field, incident int64) (err error) {
	h.Type = h.ID.Type()
	if h.Field, err = s.spell(field); err != nil {
		return err
	}
	if set, _, isMember := model.CutMember(h.Field); isMember {
		h.Field = set
	}
	if h.Title, err = s.titleOf(entity, h.ID); err != nil {
		return err
	}
	var wall int64
	if _, err := found(s.row("SELECT c.wall FROM change c JOIN site x ON x.n = c.site WHERE c.entity = ? AND c.field = ? ORDER BY c.clock DESC, x.id DESC LIMIT 1", entity, field).Scan(&wall)); err != nil {
		return err
	}
	h.order = wall
	if h.Type == model.TypeEvent {
		at, err := s.seatOf(h.ID)
		if err != nil {
			return err
		}
		if at != nil {
			h.At, h.order = time.Unix(0, at.at).UTC(), at.at
		}
	}
	return s.nameIncident(&h.Hit, incident)
}

// titles are the fields that name an entity for people.
var titles = map[model.Type]string{
	model.TypeIncident: "title", model.TypeParticipant: "name", model.TypeImport: "name", model.TypeEvent: "title", model.TypeFactor: "statement",
	model.TypeAction: "title", model.TypeStep: "do", model.TypeResult: "note", model.TypeRevision: "reason", model.TypeInteraction: "kind",
	model.TypeView: "name", model.TypeTemplate: "name", model.TypeReply: "text", model.TypeQuestion: "text", model.TypeApproval: "verdict", model.TypeRedaction: "text",
}

// titleOf is what people call an entity.
func (s *Store) titleOf(entity int64, id model.ID) (title string, err error) {
	column, known := titles[id.Type()]
	if !known {
		return "", nil
	}
	if _, err := found(s.row("SELECT coalesce("+quote(column)+", '') FROM "+quote(string(id.Type()))+" WHERE n = ?", entity).Scan(&title)); err != nil {
		return "", err
	}
	if title == "" && id.Type() == model.TypeEvent {
		n, _, err := s.evidenceOf(id)
		if err != nil || n == 0 {
			return "", err
		}
		err = s.row("SELECT coalesce(title, '') FROM evidence WHERE n = ?", n).Scan(&title)
		return title, err
	}
	return title, nil
}

// mergeHits makes one list of both, without naming one place twice.
func mergeHits(typed, evidence []foundHit, limit int, byRank bool) []model.Hit {
	all := append(typed, evidence...)
	slices.SortStableFunc(all, func(a, b foundHit) int {
		switch {
		case byRank && a.rank != b.rank:
			if a.rank < b.rank {
				return -1
			}
			return 1
		case a.order != b.order:
			if a.order > b.order {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Snippet, b.Snippet))
	})
	type spot struct {
		id    model.ID
		field string
	}
	seen := map[spot]bool{}
	var hits []model.Hit
	for _, h := range all {
		if at := (spot{h.ID, h.Field}); !seen[at] && len(hits) < limit {
			seen[at] = true
			hits = append(hits, h.Hit)
		}
	}
	return hits
}
