package storage

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite/vtab"
)

// Bulk rows go into SQLite through a table that lives in Go: `INSERT INTO evidence SELECT … FROM incoming`
// runs inside SQLite for many rows, which is twice as fast as binding and running a statement for each.

// incomingRows are rows with the columns of evidence; a statement reads those columns that it names.
type incomingRows interface {
	size() int
	value(row, column int) driver.Value
}

const rowsModule = "aftermath_rows"

// minimumStretch is how many rows a statement takes at least before it makes room for a waiting read.
const minimumStretch = 512

// A rowSource holds the rows that the statement that runs now may read.
type rowSource struct {
	key     string
	rows    incomingRows
	from    int           // the statement starts here
	reached int           // and stopped here
	waiting *atomic.Int32 // somebody wants the connection: the statement ends early
}

var rowSources struct {
	sync.Mutex
	byKey map[string]*rowSource
	last  int
}

func registerRows() error { return vtab.RegisterModule(nil, rowsModule, rowsTables{}) }

// makeIncoming makes the table that reads from the store's row source, once for a connection and outside
// of any transaction, which might take it back.
func (s *Store) makeIncoming() error {
	if s.source != nil {
		return nil
	}
	rowSources.Lock()
	if rowSources.byKey == nil {
		rowSources.byKey = map[string]*rowSource{}
	}
	rowSources.last++
	source := &rowSource{key: strconv.Itoa(rowSources.last), waiting: &s.waiting}
	rowSources.byKey[source.key] = source
	rowSources.Unlock()
	if err := s.script("CREATE VIRTUAL TABLE temp.incoming USING " + rowsModule + "(" + source.key + ")"); err != nil {
		source.forget()
		return err
	}
	s.source = source
	return nil
}

func (r *rowSource) forget() {
	rowSources.Lock()
	delete(rowSources.byKey, r.key)
	rowSources.Unlock()
}

// rowsTables is the module; its tables find their source by the number they were made with.
type rowsTables struct{}

func (rowsTables) Create(ctx vtab.Context, args []string) (vtab.Table, error) {
	rowSources.Lock()
	source := rowSources.byKey[args[len(args)-1]]
	rowSources.Unlock()
	if source == nil {
		return nil, fmt.Errorf("no rows wait under %v", args)
	}
	return rowsTable{source}, ctx.Declare("CREATE TABLE incoming(" + evidenceColumns + ")")
}

func (m rowsTables) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

type rowsTable struct{ source *rowSource }

func (t rowsTable) BestIndex(info *vtab.IndexInfo) error {
	info.EstimatedRows, info.EstimatedCost = 1000, 1000
	return nil
}
func (t rowsTable) Open() (vtab.Cursor, error) { return &rowsCursor{source: t.source}, nil }
func (t rowsTable) Disconnect() error          { return nil }
func (t rowsTable) Destroy() error             { return nil }

type rowsCursor struct {
	source *rowSource
	at     int
}

func (c *rowsCursor) Filter(int, string, []vtab.Value) error {
	c.at = c.source.from
	c.source.reached = c.at
	return nil
}

func (c *rowsCursor) Next() error {
	c.at++
	c.source.reached = c.at
	return nil
}

func (c *rowsCursor) Eof() bool {
	return c.at >= c.source.rows.size() || c.at-c.source.from >= minimumStretch && c.source.waiting.Load() > 0
}

func (c *rowsCursor) Column(column int) (vtab.Value, error) {
	return c.source.rows.value(c.at, column), nil
}
func (c *rowsCursor) Rowid() (int64, error) { return int64(c.at), nil }
func (c *rowsCursor) Close() error          { return nil }
