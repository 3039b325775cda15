package storage

import (
	"bytes"
	"encoding/hex"
	"io"
	"time"
)

// siteNames numbers the sites: a site is one stretch of work of one process on one file.
type siteNames struct {
	number map[string]int64
	name   map[int64]string
}

func (n *siteNames) reset() { n.number, n.name = map[string]int64{}, map[int64]string{} }

func (n *siteNames) keep(number int64, name string) { n.number[name], n.name[number] = number, name }

// A siteHead is the end of a site's chain.
type siteHead struct {
	seq  int64
	hash []byte
}

// ownSite is the site that this store writes as. Its name is minted when it is first needed.
type ownSite struct {
	name    string
	head    siteHead
	settled siteHead // the head as the file has it, for when a transaction fails
}

type siteRow struct {
	n     int64
	name  string
	clock int64
	head  siteHead
}

func (s *Store) siteList() (list []siteRow, err error) {
	err = s.each("SELECT n, id, seq, clock, hash FROM site ORDER BY n", nil, func(row scanner) error {
		var r siteRow
		if err := row.Scan(&r.n, &r.name, &r.head.seq, &r.clock, &r.head.hash); err != nil {
			return err
		}
		s.sites.keep(r.n, r.name)
		list = append(list, r)
		return nil
	})
	return list, err
}

// siteNumber is the local number of a site, which it adds when it is new. A read finds every site that
// it can ask for already there.
func (s *Store) siteNumber(name string) (n int64, err error) {
	if n, ok := s.sites.number[name]; ok {
		return n, nil
	}
	known, err := found(s.row("SELECT n FROM site WHERE id = ?", name).Scan(&n))
	if err != nil {
		return 0, err
	}
	if !known {
		if err := s.row("INSERT INTO site(id, seq, clock, hash) VALUES(?, 0, 0, ?) RETURNING n", name, chainStart(name)).Scan(&n); err != nil {
			return 0, err
		}
	}
	s.sites.keep(n, name)
	return n, nil
}

func (s *Store) siteName(n int64) (name string, err error) {
	if name, ok := s.sites.name[n]; ok {
		return name, nil
	}
	if err := s.row("SELECT id FROM site WHERE n = ?", n).Scan(&name); err != nil {
		return "", err
	}
	s.sites.keep(n, name)
	return name, nil
}

// head is the end of a site's chain, as the file has it.
func (s *Store) head(name string) (h siteHead, err error) {
	known, err := found(s.row("SELECT seq, hash FROM site WHERE id = ? AND seq > 0", name).Scan(&h.seq, &h.hash))
	if !known && err == nil {
		return s.start(name)
	}
	return h, err
}

// start is what a site's first change follows; a tail's follows what it has in common with the others.
func (s *Store) start(name string) (siteHead, error) {
	f, is := s.tails.from[name]
	if !is {
		return siteHead{hash: chainStart(name)}, nil
	}
	hash, err := s.hashAt(ref{f.of, f.after})
	return siteHead{f.after, hash}, err
}

// hashAt is the hash of a change; nil when it is not there.
func (s *Store) hashAt(r ref) (hash []byte, err error) {
	if f, is := s.tails.from[r.site]; is && r.seq == f.after {
		return s.hashAt(ref{f.of, f.after})
	}
	if r.seq == 0 {
		return chainStart(r.site), nil
	}
	const at = "SELECT c.hash FROM change c JOIN site x ON x.n = c.site WHERE x.id = ? AND c.seq = ?"
	_, err = found(s.row(at, r.site, r.seq).Scan(&hash))
	return hash, err
}

// maxDrift bounds how far a wild clock elsewhere can move ours.
const maxDrift = 24 * time.Hour

// tick is the next reading of the clock that orders concurrent changes: later than every change in the
// file, as far as their clocks can be believed.
func (s *Store) tick(now time.Time) (int64, error) {
	limit := now.Add(maxDrift).UnixMilli() << 16
	var latest int64
	if err := s.row("SELECT coalesce(max(min(clock, ?)), 0) FROM site", limit).Scan(&latest); err != nil {
		return 0, err
	}
	return max(latest+1, now.UnixMilli()<<16), nil
}

// append adds one change of this site to the log. The caller has filled in what was done; the rest, from
// the place in the chain to the salt, is added here.
func (s *Store) append(c *change) error {
	if mine, err := s.isOwn(); err != nil {
		return err
	} else if !mine {
		if err := s.mint(); err != nil {
			return err
		}
	}
	now := s.opt.Now()
	clock, err := s.tick(now)
	if err != nil {
		return err
	}
	c.site, c.seq, c.clock, c.wall, c.author = s.own.name, s.own.head.seq+1, clock, now.UnixNano(), s.opt.Author
	if c.gesture == 0 {
		c.gesture = c.seq
	}
	c.salt = make([]byte, 8)
	if _, err := io.ReadFull(s.opt.Random, c.salt); err != nil {
		return err
	}
	c.hash = c.chain(s.own.head.hash)
	if err := s.store(c); err != nil {
		return err
	}
	s.own.head = siteHead{c.seq, c.hash}
	return nil
}

// isOwn reports whether this process may go on with its site. Where the chain ends elsewhere than this process left
// it, somebody else wrote as the site too, and it is nobody's any more.
func (s *Store) isOwn() (bool, error) {
	if _, forked := s.tails.end(s.own.name); s.own.name == "" || forked {
		return false, nil
	}
	end, err := s.head(s.own.name)
	return end.seq == s.own.head.seq && bytes.Equal(end.hash, s.own.head.hash), err
}

// disown gives up a site that is not this process's alone; the next change begins a new one.
func (s *Store) disown() error {
	mine, err := s.isOwn()
	if err != nil || mine {
		return err
	}
	s.own = ownSite{}
	return s.leases.release()
}

// mint draws a name for a new site.
func (s *Store) mint() error {
	name := make([]byte, 8)
	if _, err := io.ReadFull(s.opt.Random, name); err != nil {
		return err
	}
	s.own.name = hex.EncodeToString(name)
	s.own.head = siteHead{hash: chainStart(s.own.name)}
	s.own.settled = s.own.head
	return s.leases.hold(s.own.name)
}
