package storage

import (
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"aftermath/model"
)

// The kinds of changes. Others come from newer versions; they are kept and passed on untouched.
const (
	kindSet    = "set"
	kindDelete = "delete" // of a whole entity, or the taking back of that
	kindImport = "import"
	kindUndo   = "undo" // marks its gesture as the undo, or redo, of another
	kindRedo   = "redo"
)

// deletedField is the cell that holds an entity's deletes: ordinary heads, with what their author had seen.
const deletedField = "(deleted)"

// A ref names a change.
type ref struct {
	site string
	seq  int64
}

func (r ref) String() string { return r.site + ":" + strconv.FormatInt(r.seq, 10) }

func parseRef(text string) (r ref, ok bool) {
	site, seq, ok := strings.Cut(text, ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	return ref{site, n}, ok && err == nil
}

// A change is history, audit, undo step and unit of exchange at once. Value and salt are gone once it is
// redacted; the commitment then stands in for them, so that the chain still holds.
type change struct {
	site       string
	seq        int64
	clock      int64 // milliseconds << 16 and a counter: orders concurrent changes, and is never shown
	wall       int64 // the author's own clock in ns: shown, and orders nothing
	author     string
	source     string
	label      string
	kind       string
	gesture    int64 // the first seq of what was done in one go
	typ        string
	entity     model.ID
	field      string
	base       []ref // the heads of the cell that the author saw, the shown one first
	salt       []byte
	value      []byte // JSON
	commitment []byte
	hash       []byte

	tails  *tails  // of the file that the change was read from
	senses []sense // what it means by names of sites that forked
}

func (c *change) ref() ref { return ref{c.site, c.seq} }

func (c *change) redacted() bool { return c.commitment != nil }

// commit binds the value without telling it: the salt keeps short secrets from being guessed.
func (c *change) commit() []byte {
	if c.redacted() {
		return c.commitment
	}
	h := sha256.New()
	h.Write(c.salt)
	h.Write(c.value)
	return h.Sum(nil)
}

// chain is the hash of this change, which covers the one before it. The header's fields and their order
// are part of the file format and never change.
func (c *change) chain(previous []byte) []byte {
	h := sha256.New()
	var n [8]byte
	number := func(v int64) {
		binary.LittleEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	text := func(v string) {
		number(int64(len(v)))
		h.Write([]byte(v))
	}
	text(string(previous))
	for _, v := range []int64{c.seq, c.clock, c.wall, c.gesture} {
		number(v)
	}
	for _, v := range []string{c.written(c.site), c.author, c.source, c.label, c.kind, c.typ, string(c.entity), c.field} {
		text(v)
	}
	number(int64(len(c.base)))
	for _, b := range c.base {
		text(ref{c.written(b.site), b.seq}.String())
	}
	text(string(c.commit()))
	return h.Sum(nil)
}

// chainStart is what a site's first change follows.
func chainStart(site string) []byte {
	h := sha256.Sum256([]byte("aftermath site " + site))
	return h[:]
}

// store appends a change to the log; its hash must be right already.
func (s *Store) store(c *change) error {
	site, err := s.siteNumber(c.site)
	if err != nil {
		return err
	}
	var words [6]int64
	for i, text := range []string{c.author, c.source, c.label, c.kind, c.typ, c.field} {
		if words[i], err = s.word(text); err != nil {
			return err
		}
	}
	entity, err := s.entityNumber(c.entity)
	if err != nil {
		return err
	}
	var baseSite, baseSeq, baseMore any
	if len(c.base) > 0 {
		if baseSite, err = s.siteNumber(c.base[0].site); err != nil {
			return err
		}
		baseSeq = c.base[0].seq
	}
	if len(c.base) > 1 {
		if baseMore, err = s.packRefs(c.base[1:]); err != nil {
			return err
		}
	}
	var value any
	if c.value != nil {
		value = string(c.value)
	}
	if err := s.exec(`INSERT INTO change(site, seq, clock, wall, author, source, label, kind, gesture, type, entity, field,
		base_site, base_seq, base_more, salt, value, commitment, hash) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		site, c.seq, c.clock, c.wall, words[0], words[1], words[2], words[3], c.gesture, words[4], entity, words[5],
		baseSite, baseSeq, baseMore, c.salt, value, c.commitment, c.hash); err != nil {
		return err
	}
	if err := s.exec("INSERT INTO born(entity, clock) SELECT ?1, ?2 WHERE ?1 <> 0 ON CONFLICT DO UPDATE SET clock = min(clock, excluded.clock)",
		entity, c.clock); err != nil {
		return err
	}
	if err := s.keepSenses(c); err != nil {
		return err
	}
	return s.exec("UPDATE site SET seq = ?, hash = ?, clock = max(clock, ?) WHERE n = ?", c.seq, c.hash, c.clock, site)
}

// packRefs writes refs with the file's own short site numbers.
func (s *Store) packRefs(refs []ref) (string, error) {
	var b strings.Builder
	for i, r := range refs {
		site, err := s.siteNumber(r.site)
		if err != nil {
			return "", err
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d:%d", site, r.seq)
	}
	return b.String(), nil
}

func (s *Store) unpackRefs(text string) (refs []ref, err error) {
	for packed := range strings.FieldsSeq(text) {
		local, ok := parseRef(packed)
		if !ok {
			return nil, s.damaged("read the log", "a reference in it cannot be read")
		}
		n, _ := strconv.ParseInt(local.site, 10, 64)
		site, err := s.siteName(n)
		if err != nil {
			return nil, err
		}
		refs = append(refs, ref{site, local.seq})
	}
	return refs, nil
}

const changeColumns = `c.site, c.seq, c.clock, c.wall, c.author, c.source, c.label, c.kind, c.gesture, c.type, coalesce(e.id, ''), c.field,
	c.base_site, c.base_seq, c.base_more, c.salt, c.value, c.commitment, c.hash FROM change c LEFT JOIN entity e ON e.n = c.entity`

// scanChange reads one row of changeColumns.
func (s *Store) scanChange(row scanner) (*change, error) {
	c := &change{}
	var site int64
	var words [6]int64
	var baseSite, baseSeq sql.NullInt64
	var more, value sql.NullString
	if err := row.Scan(&site, &c.seq, &c.clock, &c.wall, &words[0], &words[1], &words[2], &words[3], &c.gesture, &words[4], &c.entity, &words[5],
		&baseSite, &baseSeq, &more, &c.salt, &value, &c.commitment, &c.hash); err != nil {
		return nil, err
	}
	var err error
	if c.site, err = s.siteName(site); err != nil {
		return nil, err
	}
	for i, to := range []*string{&c.author, &c.source, &c.label, &c.kind, &c.typ, &c.field} {
		if *to, err = s.spell(words[i]); err != nil {
			return nil, err
		}
	}
	if value.Valid {
		c.value = []byte(value.String)
	}
	if baseSite.Valid {
		name, err := s.siteName(baseSite.Int64)
		if err != nil {
			return nil, err
		}
		rest, err := s.unpackRefs(more.String)
		if err != nil {
			return nil, err
		}
		c.base = append([]ref{{name, baseSeq.Int64}}, rest...)
	}
	if len(s.tails.from) > 0 {
		c.tails, c.senses = &s.tails, s.tails.senses(c.ref())
	}
	return c, nil
}

// changes reads the changes that the condition, and the order after it, ask for.
func (s *Store) changes(condition string, args ...any) (list []*change, err error) {
	err = s.each("SELECT "+changeColumns+" WHERE "+condition, args, func(row scanner) error {
		c, err := s.scanChange(row)
		list = append(list, c)
		return err
	})
	return list, err
}

// lookUp finds the change that r names, or nil.
func (s *Store) lookUp(r ref) (*change, error) {
	site, err := s.siteNumber(r.site)
	if err != nil {
		return nil, err
	}
	list, err := s.changes("c.site = ? AND c.seq = ?", site, r.seq)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}
