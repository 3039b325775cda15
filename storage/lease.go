package storage

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// leases is the directory that proves the right to write as a site. While a process writes as one, it has a locked
// file there, named after the site, that says where the chain ends and in which file that is: its path and number on
// the disk, the machine, and since which start of the machine. Whoever opens the data file next and finds all of it
// as it was goes on as the site, also after the process was killed. A copied, restored or synced file, home or machine
// does not fit and becomes a new site.
type leases struct {
	dir   string
	place string // of the data file that was opened, see placeOf
	site  string // that is held
	held  *os.File
}

// A lease is what one file of the directory says.
type lease struct {
	clean bool // the data file was closed
	head  siteHead
	place string // see placeOf
}

func (l lease) String() string {
	return fmt.Sprintf("2 %t %d %x %s", l.clean, l.head.seq, l.head.hash, l.place)
}

func parseLease(text string) (l lease, ok bool) {
	var version int
	parts := strings.SplitN(text, " ", 5)
	if len(parts) < 5 {
		return l, false
	}
	_, err := fmt.Sscanf(strings.Join(parts[:4], " "), "%d %t %d %x", &version, &l.clean, &l.head.seq, &l.head.hash)
	l.place = parts[4]
	return l, err == nil && version == 2
}

// machine tells this machine, since it was started, from others; of its id only a hash is written down.
var machine = sync.OnceValue(func() string {
	said := ""
	for _, path := range []string{"/etc/machine-id", "/proc/sys/kernel/random/boot_id"} {
		text, err := os.ReadFile(path)
		if err != nil { // another system: its name has to do
			name, _ := os.Hostname()
			text = []byte(name)
		}
		said += string(text) + "\x00"
	}
	sum := sha256.Sum256([]byte(said))
	return fmt.Sprintf("%x", sum[:8])
})

// placeOf says which file a path is, on which machine.
func placeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return machine() + " none " + path
	}
	return machine() + " " + fileNumber(info) + " " + path
}

// fits reports whether a file, with the chain that it has, is the one that the lease is about.
func (l lease) fits(head siteHead, place string) bool {
	return l.head.seq == head.seq && bytes.Equal(l.head.hash, head.hash) && l.place == place
}

// spent reports whether nothing can fit the lease any more: the machine was started anew, or the file is gone.
func (l lease) spent() bool {
	of, rest, _ := strings.Cut(l.place, " ")
	_, path, _ := strings.Cut(rest, " ")
	return of != machine() || placeOf(path) != l.place
}

func (l *leases) path(site string) string { return filepath.Join(l.dir, site) }

// open opens and locks the file of a site; nil when there is none or when a process writes as the site.
func (l *leases) open(site string, flag int) *os.File {
	file, err := os.OpenFile(l.path(site), os.O_RDWR|flag, 0o600)
	if err != nil {
		return nil
	}
	if lockFile(file) == nil {
		here, err := os.Stat(l.path(site))
		mine, also := file.Stat()
		if err == nil && also == nil && os.SameFile(here, mine) {
			return file
		}
	}
	file.Close()
	return nil
}

// take goes on as a site if its lease fits, and tells whether the data file was closed.
func (l *leases) take(site string, head siteHead) (taken, clean bool) {
	file := l.open(site, 0)
	if file == nil {
		return false, false
	}
	text, err := io.ReadAll(file)
	if is, ok := parseLease(string(text)); err == nil && ok && is.fits(head, l.place) {
		l.site, l.held = site, file
		return true, is.clean
	}
	file.Close()
	return false, false
}

// hold marks a site as in use until this process ends, however it ends.
func (l *leases) hold(site string) error {
	if l == nil {
		return nil
	}
	if err := l.release(); err != nil {
		return err
	}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return err
	}
	if l.held = l.open(site, os.O_CREATE); l.held == nil {
		return fmt.Errorf("%s cannot be locked", l.path(site))
	}
	l.site = site
	return nil
}

// release gives up the site that is held; nobody goes on as it.
func (l *leases) release() error {
	if l == nil || l.held == nil {
		return nil
	}
	err := os.Remove(l.path(l.site))
	if closed := l.held.Close(); err == nil {
		err = closed
	}
	l.held = nil
	return err
}

// note says where the chain ends now. It outlives this process but not the machine's: it is not forced onto the disk.
func (l *leases) note(head siteHead, clean bool) error {
	if l == nil || l.held == nil {
		return nil
	}
	text := lease{clean, head, l.place}.String()
	if _, err := l.held.WriteAt([]byte(text), 0); err != nil {
		return err
	}
	return l.held.Truncate(int64(len(text)))
}

// leave gives the site back to whoever opens the file next.
func (l *leases) leave(own ownSite) error {
	if l.held == nil {
		return nil
	}
	if own.settled.seq == 0 {
		return l.release()
	}
	err := l.note(own.settled, true)
	if closed := l.held.Close(); err == nil {
		err = closed
	}
	l.held = nil
	return err
}

// live tells whether a running process writes as the site.
func (l *leases) live(site string) bool {
	if _, err := os.Stat(l.path(site)); err != nil {
		return false
	}
	file := l.open(site, 0)
	if file != nil {
		file.Close()
	}
	return file == nil
}

// sweep removes what processes left that are gone, where nothing can fit it any more.
func (l *leases) sweep() {
	list, err := os.ReadDir(l.dir)
	if err != nil {
		return
	}
	for _, entry := range list {
		if !entry.Type().IsRegular() {
			continue
		}
		file := l.open(entry.Name(), 0)
		if file == nil {
			continue
		}
		text, err := io.ReadAll(file)
		if is, ok := parseLease(string(text)); err == nil && (!ok || is.spent()) {
			_ = os.Remove(l.path(entry.Name())) // best effort: the next one tries again
		}
		file.Close()
	}
}

// claim looks for a site of the file that this process may go on writing as.
func (s *Store) claim(state fileState) error {
	list, err := s.siteList()
	if err != nil || s.opt.Leases == "" {
		return err
	}
	s.leases = &leases{dir: s.opt.Leases, place: placeOf(s.path)}
	defer s.leases.sweep()
	for _, site := range list {
		if _, forked := s.tails.end(site.name); forked || site.head.seq == 0 {
			continue
		}
		taken, clean := s.leases.take(site.name, site.head)
		if !taken {
			continue
		}
		s.own = ownSite{name: site.name, head: site.head, settled: site.head}
		if err := s.leases.note(site.head, false); err != nil || clean {
			return err
		}
		return s.checkUnclean(state)
	}
	if len(list) == 0 {
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
	err = s.each(`SELECT id FROM site WHERE id <> ?
		AND (SELECT author FROM change WHERE site = site.n ORDER BY seq LIMIT 1) = ?`, []any{s.own.name, word}, func(row scanner) error {
		var name string
		if err := row.Scan(&name); err != nil {
			return err
		}
		names = append(names, name)
		return nil
	})
	dead := names[:0]
	for _, name := range names {
		if root := s.tails.root(name); !strings.ContainsAny(root, `/\`) && !s.leases.live(root) {
			dead = append(dead, name)
		}
	}
	return dead, err
}
