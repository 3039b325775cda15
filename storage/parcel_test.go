package storage

import (
	"bytes"
	"cmp"
	"maps"
	"math/rand"
	"slices"

	"pgregory.net/rapid"
)

// A parcel is a change on its way, with the rows that it brought.
type parcel struct {
	change *change
	rows   []evidenceRow
}

type vector map[string]int64

func (v vector) has(r ref) bool { return v[r.site] >= r.seq }

func vectorOf(t *rapid.T, s *Store) vector {
	v := vector{}
	list, err := s.siteList()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.head.seq > 0 {
			v[r.name] = r.head.seq
		}
	}
	return v
}

// parcels packs everything after a vector.
func parcels(t *rapid.T, s *Store, after vector) (list []parcel) {
	changes, err := s.changes("1 ORDER BY c.site, c.seq")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if after.has(c.ref()) {
			continue
		}
		p := parcel{change: c}
		if c.kind == kindImport {
			if err := s.rowsOf(c)(func(r *evidenceRow) error { p.rows = append(p.rows, *r); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, p)
	}
	return list
}

func deliver(t *rapid.T, s *Store, list []parcel) {
	if err := s.makeIncoming(); err != nil {
		t.Fatal(err)
	}
	err := s.update(bg, "deliver", func() error {
		in := s.newIntake()
		for _, p := range list {
			if err := in.take(p.change, func(yield func(*evidenceRow) error) error {
				for i := range p.rows {
					if err := yield(&p.rows[i]); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return in.conclude()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exchange brings something from one site to another: any part of it, doubled, shuffled, cut off, damaged.
func (w *world) exchange(from, to int) {
	if w.forked { // by parts a change can come before what tells which tail it means
		w.merge(w.sites[from], w.sites[to])
		return
	}
	after := vectorOf(w.t, w.sites[to])
	for _, site := range slices.Sorted(maps.Keys(after)) {
		after[site] = rapid.Int64Range(0, after[site]).Draw(w.t, "from")
	}
	list := parcels(w.t, w.sites[from], after)
	if len(list) == 0 {
		return
	}
	r := rand.New(rand.NewSource(rapid.Int64().Draw(w.t, "seed")))
	if r.Intn(2) == 0 {
		list = append(list, list[:r.Intn(len(list))]...)
	}
	r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	if r.Intn(2) == 0 {
		list = list[:1+r.Intn(len(list))]
	}
	if r.Intn(3) > 0 {
		slices.SortStableFunc(list, func(a, b parcel) int {
			return cmp.Or(cmp.Compare(a.change.site, b.change.site), cmp.Compare(a.change.seq, b.change.seq))
		})
	}
	for i := range list {
		if r.Intn(15) == 0 || len(list[i].rows) > 0 && r.Intn(4) == 0 {
			w.damage(&list[i], r)
		}
	}
	deliver(w.t, w.sites[to], list)
	w.stats["exchange"]++
}

func (w *world) damage(p *parcel, r *rand.Rand) {
	c := *p.change
	if len(p.rows) > 0 && r.Intn(2) == 0 {
		p.rows = slices.Clone(p.rows)
		p.rows[r.Intn(len(p.rows))].title += "!"
	} else if len(c.value) > 2 {
		c.value = bytes.Clone(c.value)
		c.value[1] ^= 1
	} else {
		c.author += "x"
	}
	p.change = &c
	w.stats["damaged"]++
}
