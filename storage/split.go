package storage

import (
	"fmt"
	"slices"
	"strings"
)

// keepSenses stores what a change means by names of sites that forked.
func (s *Store) keepSenses(c *change) error {
	for _, one := range c.senses {
		if s.tails.root(c.site) != one.name {
			if err := s.keepSense(c.ref(), one); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) keepSense(of ref, one sense) error {
	var n [3]int64
	for i, name := range []string{of.site, one.name, one.tail} {
		var err error
		if n[i], err = s.siteNumber(name); err != nil {
			return err
		}
	}
	list := slices.DeleteFunc(s.tails.meant[of], func(o sense) bool { return o.name == one.name })
	s.tails.meant[of] = append(list, one)
	return s.exec("INSERT OR REPLACE INTO meant(site, seq, name, tail) VALUES(?,?,?,?)", n[0], of.seq, n[1], n[2])
}

// begin keeps that a tail begins.
func (s *Store) begin(tail string, f fork) error {
	site, err := s.siteNumber(tail)
	if err != nil {
		return err
	}
	of, err := s.siteNumber(f.of)
	if err != nil {
		return err
	}
	s.tails.from[tail] = f
	return s.exec("INSERT OR REPLACE INTO tail(site, of, after) VALUES(?,?,?)", site, of, f.after)
}

// split gives what a site has after a number to a tail of its own. All that follows it, and all that means it,
// goes along.
func (in *intake) split(site string, after int64) error {
	end, err := in.head(site)
	if err != nil || end.seq <= after {
		return err // nothing is there yet
	}
	first, err := in.hashAt(ref{site, after + 1})
	if err != nil {
		return err
	}
	shared, err := in.hashAt(ref{site, after})
	if err != nil {
		return err
	}
	tail := tailName(first)
	meaning, err := in.meaning(site, after)
	if err != nil {
		return err
	}
	from, err := in.siteNumber(site)
	if err != nil {
		return err
	}
	to, err := in.siteNumber(tail)
	if err != nil {
		return err
	}
	for name, f := range in.tails.from {
		if f.of == site {
			if err := in.begin(name, fork{tail, f.after}); err != nil {
				return err
			}
		}
	}
	if err := in.begin(tail, fork{site, after}); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE change SET site = ?2 WHERE site = ?1 AND seq > ?3",
		"UPDATE batch SET site = ?2 WHERE site = ?1 AND seq > ?3",
		"UPDATE meant SET site = ?2 WHERE site = ?1 AND seq > ?3",
		"UPDATE change SET base_site = ?2 WHERE base_site = ?1 AND base_seq > ?3",
	} {
		if err := in.exec(statement, from, to, after); err != nil {
			return err
		}
	}
	if err := in.exec("UPDATE site SET seq = ?, hash = ?, clock = (SELECT clock FROM site WHERE n = ?) WHERE n = ?",
		end.seq, end.hash, from, to); err != nil {
		return err
	}
	if err := in.exec("UPDATE site SET seq = ?, hash = ? WHERE n = ?", after, shared, from); err != nil {
		return err
	}
	if err := in.movePacked(from, to, after); err != nil {
		return err
	}
	for of, senses := range in.tails.meant {
		if of.site == site && of.seq > after {
			delete(in.tails.meant, of)
			in.tails.meant[ref{tail, of.seq}] = senses
		}
	}
	for _, m := range meaning {
		if m.of.site == site && m.of.seq > after {
			m.of.site = tail
		}
		if err := in.keepSense(m.of, sense{m.name, tail}); err != nil {
			return err
		}
	}
	delete(in.heads, site)
	return in.touchSite(to)
}

// movePacked renames a site in the references that are kept as text: of changes that had seen a conflict.
func (in *intake) movePacked(from, to, after int64) error {
	type row struct {
		site, seq int64
		packed    string
	}
	var rows []row
	const naming = "SELECT site, seq, base_more FROM change WHERE ' ' || base_more LIKE '% ' || ? || ':%'"
	if err := in.each(naming, []any{from}, func(r scanner) error {
		var one row
		err := r.Scan(&one.site, &one.seq, &one.packed)
		rows = append(rows, one)
		return err
	}); err != nil {
		return err
	}
	for _, r := range rows {
		refs := strings.Fields(r.packed)
		for i, text := range refs {
			if one, ok := parseRef(text); ok && one.site == fmt.Sprint(from) && one.seq > after {
				refs[i] = ref{fmt.Sprint(to), one.seq}.String()
			}
		}
		if err := in.exec("UPDATE change SET base_more = ? WHERE site = ? AND seq = ?", strings.Join(refs, " "), r.site, r.seq); err != nil {
			return err
		}
	}
	return nil
}

// A meaning is a change that says a name and means what becomes a tail.
type meaning struct {
	of   ref
	name string
}

// meaning finds the changes that mean what a site has after a number. A change of the site itself, or of a tail of
// the same root, needs no note: its own name says it.
func (in *intake) meaning(site string, after int64) (list []meaning, err error) {
	root := in.tails.root(site)
	err = in.each("SELECT "+changeColumns, nil, func(row scanner) error {
		c, err := in.scanChange(row)
		if err != nil {
			return err
		}
		for _, said := range c.mentions() {
			self := said.name == root && in.tails.root(c.site) == root
			if said.at.site == site && said.at.seq > after && !self {
				list = append(list, meaning{c.ref(), said.name})
			}
		}
		return nil
	})
	return list, err
}

// touchSite has every cell that a site wrote to folded anew: the names of its heads have changed.
func (in *intake) touchSite(n int64) error {
	const cells = "SELECT DISTINCT entity, field FROM change WHERE site = ? AND kind IN (SELECT n FROM word WHERE text IN (?, ?))"
	return in.each(cells,
		[]any{n, kindSet, kindDelete}, func(row scanner) error {
			var k cellKey
			err := row.Scan(&k.entity, &k.field)
			in.cells[k] = true
			return err
		})
}
