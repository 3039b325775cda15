package storage

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"sync"

	"modernc.org/sqlite"

	"aftermath/model"
)

// driverSetup runs before the first connection. Without OFD locks, closing any other descriptor of the
// file in this process would drop SQLite's locks, and a second process could write into a transaction.
var driverSetup = sync.OnceValue(func() error {
	_, err := sqlite.OFDLocking(true)
	return errors.Join(err, registerRows(), registerShape())
})

// connect opens the one connection. Everything but these settings is SQLite's default: a rollback journal
// leaves no second file with the newest changes behind, so that a copy of the idle file is whole.
func (s *Store) connect() error {
	if err := driverSetup(); err != nil {
		return err
	}
	query := url.Values{"_defensive": {"1"}, "_pragma": {"busy_timeout(5000)", "secure_delete(ON)", "synchronous(FULL)", "temp_store(MEMORY)"}}
	switch {
	case s.scratch:
		query["_pragma"] = []string{"journal_mode(OFF)", "synchronous(OFF)", "temp_store(MEMORY)"}
	case s.sealed != "":
		query.Set("mode", "ro")
	default:
		query["_pragma"] = append(query["_pragma"], "journal_mode(DELETE)")
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(s.path), RawQuery: query.Encode()}
	var err error
	if s.pool, err = sql.Open("sqlite", address.String()); err != nil {
		return err
	}
	s.conn, err = s.pool.Conn(background)
	return err
}

// prepared statements are kept: planning one costs more than running it.
func (s *Store) prepared(query string) (*sql.Stmt, error) {
	if stmt := s.stmts[query]; stmt != nil {
		return stmt, nil
	}
	if s.conn == nil {
		return nil, errClosed
	}
	stmt, err := s.conn.PrepareContext(background, query)
	if err == nil {
		s.stmts[query] = stmt
	}
	return stmt, err
}

func (s *Store) exec(query string, args ...any) error {
	stmt, err := s.prepared(query)
	if err != nil {
		return err
	}
	_, err = stmt.Exec(args...)
	return err
}

// script runs statements that are not worth keeping.
func (s *Store) script(statements ...string) error {
	if s.conn == nil {
		return errClosed
	}
	for _, statement := range statements {
		if _, err := s.conn.ExecContext(background, statement); err != nil {
			return err
		}
	}
	return nil
}

// A scanner is a row, or the error that stands in for it.
type scanner interface{ Scan(...any) error }

type noRow struct{ err error }

func (n noRow) Scan(...any) error { return n.err }

func (s *Store) row(query string, args ...any) scanner {
	stmt, err := s.prepared(query)
	if err != nil {
		return noRow{err}
	}
	return stmt.QueryRow(args...)
}

// each calls scan for every row of the answer.
func (s *Store) each(query string, args []any, scan func(scanner) error) error {
	stmt, err := s.prepared(query)
	if err != nil {
		return err
	}
	rows, err := stmt.Query(args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// found turns "no such row" into false.
func found(err error) (bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// acquire takes the connection, and says meanwhile that somebody waits for it.
func (s *Store) acquire() {
	s.waiting.Add(1)
	s.mu.Lock()
	s.waiting.Add(-1)
}

// view runs a read.
func (s *Store) view(ctx context.Context, what string, read func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.acquire()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil { // it was called off while it waited
		return err
	}
	if err := s.loadTails(); err != nil {
		return s.fault(what, err)
	}
	return s.fault(what, read())
}

// transact runs write in one transaction. After an error nothing of it is left, neither in the file nor in
// memory. Whoever calls it holds writing and mu.
func (s *Store) transact(write func() error) error {
	if err := s.beginWrite(); err != nil {
		return err
	}
	err := s.loadTails()
	if err == nil {
		err = write()
	}
	return s.finish(err)
}

// beginWrite opens a transaction that writes.
func (s *Store) beginWrite() error {
	if err := s.displaced("write"); err != nil {
		return err
	}
	return s.script("BEGIN IMMEDIATE")
}

// finish ends the transaction that is open: well, when err is nil.
func (s *Store) finish(err error) error {
	own := s.own
	if err == nil {
		if err = s.script("COMMIT"); err == nil {
			s.own.settled = own.head
			s.counts.forget()
			if own.head.seq > 0 {
				_ = s.leases.note(own.head, false) // what is saved is saved; without it the next process is a new site
			}
			return nil
		}
	}
	if s.conn != nil {
		_ = s.script("ROLLBACK") // it may have happened already; the first error is the one to tell
	}
	s.own.head = own.settled
	s.words.reset()
	s.sites.reset()
	s.tails.reset()
	s.counts.forget()
	return err
}

// update runs write in one transaction of its own.
func (s *Store) update(ctx context.Context, what string, write func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.sealed != "" {
		return s.sealedFault(what)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.acquire()
	defer s.mu.Unlock()
	return s.fault(what, s.transact(write))
}

func (s *Store) sealedFault(what string) error {
	return &model.Fault{Kind: model.FaultSealed, What: what, File: s.path, Reason: s.sealed}
}
