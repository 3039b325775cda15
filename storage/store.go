// Package storage keeps everything in one SQLite file. The append-only log of changes is the truth; the
// tables that people read are folded from it, so that history, undo, merging and repair are one mechanism. Each process
// that writes is a site with a chain of its own. Where copies went on as one site, the chain forks: its common part keeps
// the name and what follows is named by its content (tails.go), so that copies agree in whichever order they meet.
package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"aftermath/model"
)

// Options say who works on the file and with what.
type Options struct {
	Author   string           // written into every change
	Leases   string           // the directory of the proofs of site ids; "" keeps none
	Now      func() time.Time // nil means time.Now
	Random   io.Reader        // nil means crypto/rand
	ReadOnly bool
	Existing bool // refuse to make a file where there is none

	logOnly bool // only the log is read, which every version writes alike
}

// A Store is one open data file. Its methods may be called from any goroutine.
type Store struct {
	path   string
	opt    Options
	sealed string // why nothing can be written; "" when it can

	firstVersion bool // the file is still in its first form
	pool         *sql.DB

	writing sync.Mutex   // held for a whole write, an import included
	mu      sync.Mutex   // the connection; an import lets go of it between its slices
	waiting atomic.Int32 // who wants mu: an import then cuts its slice short
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	words   lexicon
	sites   siteNames
	tails   tails
	own     ownSite
	leases  *leases
	counts  countCache
	horizon int64       // numbers of events from here on belong to an import that is still running
	opened  os.FileInfo // the file as it was opened; nil until then
	scratch bool        // a copy that nobody else has and that is thrown away
	due     bool        // the file was not closed cleanly and is too big to be checked at once
	source  *rowSource

	keepsTails bool // the file has the tables of forks
}

// background serves every statement: a context that can be cancelled starts a watcher for each of them.
var background = context.Background()

// Open opens the file at path, and makes it unless the options forbid that. Every refusal is a *model.Fault. A file that is newer than
// this program or that cannot be written is opened for reading; ReadOnly then tells so.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, &model.Fault{Kind: model.FaultInput, What: "open", File: path, Err: err}
	}
	s := &Store{path: absolute, opt: opt, stmts: map[string]*sql.Stmt{}, horizon: noHorizon}
	s.words.reset()
	s.sites.reset()
	s.tails.reset()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := s.open(); err != nil {
		return nil, errors.Join(s.fault("open", err), s.release())
	}
	return s, nil
}

func (s *Store) open() error {
	state, err := s.inspect()
	if err != nil {
		return err
	}
	if err := s.connect(); err != nil {
		return err
	}
	if s.opened, err = os.Stat(s.path); err != nil {
		return err
	}
	if state.blank {
		if err := s.create(); err != nil {
			return err
		}
	}
	if state.older {
		if err := s.upgrade(state.version); err != nil {
			return err
		}
	}
	if err := s.keepTails(); err != nil {
		return err
	}
	if err := s.followSchema(); err != nil {
		return err
	}
	if s.sealed != "" {
		_, err := s.siteList() // a first read, so that damage shows now
		return err
	}
	return s.claim(state)
}

// Close gives the file back and leaves the proof that this site id may be used again.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.release()
}

func (s *Store) release() error {
	var errs []error
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	s.stmts = map[string]*sql.Stmt{}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
		s.conn = nil
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
		s.pool = nil
	}
	if s.source != nil {
		s.source.forget()
		s.source = nil
	}
	if s.leases != nil {
		errs = append(errs, s.leases.leave(s.own))
		s.leases = nil
	}
	return errors.Join(errs...)
}

// Path is the absolute path of the file.
func (s *Store) Path() string { return s.path }

// ReadOnly tells whether the file can only be read.
func (s *Store) ReadOnly() bool { return s.sealed != "" }

// Sealed says in words why the file can only be read; it is empty when it can be written.
func (s *Store) Sealed() string { return s.sealed }

// displaced says that the file was moved away, or another one put in its place, while it was open. What is written then
// would end in a file that nobody looks for, or with a journal that belongs to another.
func (s *Store) displaced(what string) error {
	if s.opened == nil {
		return nil
	}
	if now, err := os.Stat(s.path); err == nil && os.SameFile(now, s.opened) {
		return nil
	}
	return &model.Fault{Kind: model.FaultSealed, What: what, File: s.path, Reason: "the file was moved or replaced while it was open",
		Remedy: "quit and open it again; what was saved before is in the file that was moved"}
}

// Now is the time by the clock of the store.
func (s *Store) Now() time.Time { return s.opt.Now() }

// Author is the name that is written into every change.
func (s *Store) Author() string { return s.opt.Author }

// NewID draws an id for a new entity.
func (s *Store) NewID(t model.Type) model.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return model.NewID(t, s.opt.Random)
}

// DataVersion changes whenever another process has written to the file. Its error is of the kind FaultSealed when the
// file is not the one that was opened any more.
func (s *Store) DataVersion(ctx context.Context) (version int64, err error) {
	if err := s.displaced("look for changes"); err != nil {
		return 0, err
	}
	err = s.view(ctx, "look for changes", func() error {
		return s.row("PRAGMA data_version").Scan(&version)
	})
	return version, err
}
