package storage

import "encoding/json"

// Two copies that go on as one site, because a whole home was restored or cloned with the proof of its lease, fork its
// chain: they agree up to some change and differ from the next on. What they share keeps the site's name. Each way on
// is a tail, a site of its own that is named after the hash of its first change; so every copy that sees the fork
// names both alike, whichever it had first, and a tail that forks again has tails in the same way. A fork is known
// for good and travels with the log: who had only one of the tails renames it.
//
// What people wrote before they knew says the site's old name. Their changes stay as they are, because their hashes
// cover it; the file keeps beside each change that names a fork which tail its author had (meant), and whatever reads
// a reference goes through that. In the changes of a tail itself the old name means that tail.

// tails are the forks of a file.
type tails struct {
	from    map[string]fork // where each tail begins
	meant   map[ref][]sense // of the changes that say a name and mean a tail
	version int64           // of the file, when they were read
}

// A fork is the end of what several tails have in common.
type fork struct {
	of    string
	after int64
}

// A sense is what a change means by a site's name: the tail, and what it follows up to that name.
type sense struct{ name, tail string }

func (t *tails) reset() {
	t.from, t.meant, t.version = map[string]fork{}, map[ref][]sense{}, -1
}

// end is where a site ends because it forked.
func (t *tails) end(site string) (after int64, forked bool) {
	for _, f := range t.from {
		if f.of == site {
			return f.after, true
		}
	}
	return 0, false
}

// root is the name under which the changes of a tail were written.
func (t *tails) root(site string) string {
	for {
		f, is := t.from[site]
		if !is {
			return site
		}
		site = f.of
	}
}

// depth is how many forks lie before a site.
func (t *tails) depth(site string) (n int) {
	for f, is := t.from[site]; is; f, is = t.from[f.of] {
		n++
	}
	return n
}

// senses are what a change means by names that are not meant literally.
func (t *tails) senses(of ref) []sense {
	if _, is := t.from[of.site]; is {
		return append([]sense{{t.root(of.site), of.site}}, t.meant[of]...)
	}
	return t.meant[of]
}

// eachPart gives the sites that a sense goes through, the last one first, each with the last number that it can have.
func (t *tails) eachPart(s sense, last int64, yield func(site string, last int64) bool) {
	for site := s.tail; yield(site, last) && site != s.name; {
		f, is := t.from[site]
		if !is {
			return
		}
		site, last = f.of, min(last, f.after)
	}
}

// resolve finds the site in which a reference lies.
func (c *change) resolve(r ref) ref {
	for _, s := range c.senses {
		if s.name != r.site {
			continue
		}
		at := r
		c.tails.eachPart(s, r.seq, func(site string, _ int64) bool {
			at.site = site
			f, is := c.tails.from[site]
			return is && r.seq <= f.after
		})
		return at
	}
	return r
}

// written is the site's name as the change says it.
func (c *change) written(site string) string {
	for _, s := range c.senses {
		is := false
		c.tails.eachPart(s, 0, func(part string, _ int64) bool {
			is = is || part == site
			return !is
		})
		if is {
			return s.name
		}
	}
	return site
}

// seenEdits are what a delete says that its author had seen.
func (c *change) seenEdits() (seenEdits, error) {
	var said seenEdits
	if err := json.Unmarshal(c.value, &said); err != nil || len(c.senses) == 0 {
		return said, err
	}
	seen := seenEdits{}
	for name, last := range said {
		literally := true
		for _, s := range c.senses {
			if s.name == name {
				literally = false
				c.tails.eachPart(s, last, func(site string, last int64) bool {
					if f, is := c.tails.from[site]; !is || last > f.after {
						seen[site] = max(seen[site], last)
					}
					return true
				})
			}
		}
		if literally {
			seen[name] = max(seen[name], last)
		}
	}
	return seen, nil
}

// marks is the gesture that an undo or a redo is about.
func (c *change) marks() (ref, bool) {
	var m mark
	if c.kind != kindUndo && c.kind != kindRedo || json.Unmarshal(c.value, &m) != nil {
		return ref{}, false
	}
	r, ok := parseRef(m.Gesture)
	return c.resolve(r), ok
}

// A mention is a name in a change, with the largest number that it says of it, and where that lies.
type mention struct {
	name string
	at   ref
}

// mentions are all sites that a change names beside its own.
func (c *change) mentions() (list []mention) {
	add := func(name string, at ref) { list = append(list, mention{name, at}) }
	for _, b := range c.base {
		add(c.written(b.site), b)
	}
	if of, ok := c.marks(); ok {
		add(c.written(of.site), of)
	}
	var said seenEdits
	if c.kind == kindDelete && json.Unmarshal(c.value, &said) == nil {
		for name, last := range said {
			add(name, c.resolve(ref{name, last}))
		}
	}
	return list
}

// loadTails reads the forks anew when another process has written to the file.
func (s *Store) loadTails() error {
	if !s.keepsTails {
		return nil
	}
	var version int64
	if err := s.row("PRAGMA data_version").Scan(&version); err != nil || version == s.tails.version {
		return err
	}
	s.tails.reset()
	if err := s.each(`SELECT x.id, o.id, t.after FROM tail t
		JOIN site x ON x.n = t.site JOIN site o ON o.n = t.of`, nil, func(row scanner) error {
		var name string
		var f fork
		err := row.Scan(&name, &f.of, &f.after)
		s.tails.from[name] = f
		return err
	}); err != nil {
		return err
	}
	if err := s.each(`SELECT x.id, m.seq, w.id, t.id FROM meant m JOIN site x ON x.n = m.site JOIN site w ON w.n = m.name
		JOIN site t ON t.n = m.tail ORDER BY 1, 2, 3`, nil, func(row scanner) error {
		var of ref
		var one sense
		err := row.Scan(&of.site, &of.seq, &one.name, &one.tail)
		s.tails.meant[of] = append(s.tails.meant[of], one)
		return err
	}); err != nil {
		return err
	}
	s.tails.version = version
	return nil
}

// keepTails makes the tables of the forks in a file that has none yet.
func (s *Store) keepTails() error {
	var have int
	if err := s.row("SELECT count(*) FROM sqlite_schema WHERE name IN ('tail', 'meant')").Scan(&have); err != nil {
		return err
	}
	if have == 0 && s.sealed == "" {
		if err := s.transact(func() error { return s.script(tailTables...) }); err != nil {
			return err
		}
		have = len(tailTables)
	}
	s.keepsTails = have == len(tailTables)
	return s.loadTails()
}

// tailTables belong to the log: which sites are tails, and which tail a change means by a name.
var tailTables = []string{
	`CREATE TABLE tail(site INTEGER PRIMARY KEY, of INTEGER NOT NULL, after INTEGER NOT NULL)`,
	`CREATE TABLE meant(site INTEGER NOT NULL, seq INTEGER NOT NULL, name INTEGER NOT NULL, tail INTEGER NOT NULL,
		PRIMARY KEY(site, seq, name)) WITHOUT ROWID`,
}
