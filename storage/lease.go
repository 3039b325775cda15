package storage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// leases is the directory that proves the right to write as a site. A clean close leaves a file named
// after the site, with the end of its chain and the path of the data file; the next open takes it away. A
// copied, restored, crashed or doubly opened file finds no proof that fits and becomes a new site, so
// that no two writers ever share one. While a site is in use, a locked file beside it says so.
type leases struct {
	dir  string
	held *os.File
}

func leaseText(head siteHead, path string) string {
	return fmt.Sprintf("%d %x %s", head.seq, head.hash, path)
}

// take removes the proof for a site and tells whether it fits.
func (l *leases) take(site string, head siteHead, path string) (bool, error) {
	proof, taken := filepath.Join(l.dir, site), filepath.Join(l.dir, fmt.Sprintf("%s.%d.taken", site, os.Getpid()))
	if os.Rename(proof, taken) != nil {
		return false, nil // there is none, or another process was quicker
	}
	text, err := os.ReadFile(taken)
	if err != nil {
		return false, err
	}
	if err := os.Remove(taken); err != nil {
		return false, err
	}
	return string(text) == leaseText(head, path), nil
}

// hold marks a site as in use until this process ends, however it ends.
func (l *leases) hold(site string) error {
	if l == nil {
		return nil
	}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(l.heldPath(site), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	if err := lockFile(file); err != nil {
		file.Close()
		return err
	}
	l.held = file
	return nil
}

func (l *leases) heldPath(site string) string { return filepath.Join(l.dir, site+".held") }

// live tells whether a running process writes as the site.
func (l *leases) live(site string) bool {
	file, err := os.OpenFile(l.heldPath(site), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer file.Close()
	return lockFile(file) != nil
}

// leave writes the proof for the next open.
func (l *leases) leave(own ownSite, path string) error {
	if l.held == nil {
		return nil
	}
	if own.settled.seq > 0 {
		if err := os.WriteFile(filepath.Join(l.dir, own.name), []byte(leaseText(own.settled, path)), 0o600); err != nil {
			return err
		}
	}
	err := l.held.Close()
	os.Remove(l.heldPath(own.name)) // best effort: an unlocked file says the same
	l.held = nil
	return err
}

// claim looks for a site of the file that this process may go on writing as.
func (s *Store) claim(state fileState) error {
	list, err := s.siteList()
	if err != nil || s.opt.Leases == "" {
		return err
	}
	s.leases = &leases{dir: s.opt.Leases}
	proven := false
	for _, site := range list {
		fits, err := s.leases.take(site.name, site.head, s.path)
		if err != nil {
			return err
		}
		if fits && !proven {
			proven = true
			s.own = ownSite{name: site.name, head: site.head, settled: site.head}
			if err := s.leases.hold(site.name); err != nil {
				return err
			}
		}
	}
	if proven || len(list) == 0 {
		return nil
	}
	return s.checkUnclean(state)
}

// abandoned are the sites whose gestures count as one's own: the same person's, by processes that are gone.
func (s *Store) abandoned(author string) (names []string, err error) {
	if s.leases == nil {
		return nil, nil
	}
	word, known, err := s.knownWord(author)
	if !known || err != nil {
		return nil, err
	}
	err = s.each("SELECT id FROM site WHERE id <> ? AND EXISTS(SELECT 1 FROM change WHERE site = site.n AND seq = 1 AND author = ?)",
		[]any{s.own.name, word}, func(row scanner) error {
			var name string
			if err := row.Scan(&name); err != nil {
				return err
			}
			names = append(names, name)
			return nil
		})
	dead := names[:0]
	for _, name := range names {
		if !strings.ContainsAny(name, `/\`) && !s.leases.live(name) {
			dead = append(dead, name)
		}
	}
	return dead, err
}
