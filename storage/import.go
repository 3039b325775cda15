package storage

import (
	"context"
	"errors"
	"fmt"
	"io"

	"aftermath/model"
)

const (
	importRows     = 4096    // rows that are written at a time
	importBytes    = 1 << 20 // or as much text
	importHash     = 4 << 20 // what the search index gathers in memory before it writes, while an import runs
	ordinaryHash   = 1 << 20
	keptRefusals   = 200  // in the file
	toldRefusals   = 1000 // in the report
	progressStride = 1000
)

// An importing is one import under way. Reading and writing run side by side: the reader's goroutine fills
// one slice of rows while the other one is written.
type importing struct {
	*Store
	incident model.ID
	number   int64 // of the incident
	progress func(int)
	report   model.ImportReport

	filling []evidenceRow
	bytes   int
	emitted int
	full    chan []evidenceRow
	empty   chan []evidenceRow
	failed  chan error

	begun bool
	first int64 // number of the first new row
	next  int64
	root  *batchHash
	ids   pendingIDs

	sources map[int64]bool // by their words

	copies bool // some lines are in the file already, under an import that does not show

	before int64  // the import that shows a record with another instant, by its number
	told   string // where its zone came from

	again    model.ID // the import that is read again and replaced
	replaced int64    // its number
	trial    bool     // nothing is kept
}

// Import adds the evidence that read gives to an incident, in one transaction and as one change of the log.
// Lines that the incident already shows are counted and not stored again. Reads go on meanwhile, writes
// wait. When ctx ends or read fails, nothing is kept. Progress is told how many records came so far.
func (s *Store) Import(ctx context.Context, incident model.ID, read model.ReadEvidence, progress func(read int)) (model.ImportReport, error) {
	return s.importing(ctx, incident, "", false, read, progress)
}

// TryImport does all that Import does, or ImportAgain when again names an import, and keeps nothing of it. The report
// tells what would be new and what is known.
func (s *Store) TryImport(ctx context.Context, incident, again model.ID, read model.ReadEvidence, progress func(read int)) (model.ImportReport, error) {
	return s.importing(ctx, incident, again, true, read, progress)
}

// ImportAgain puts a new reading of the same bytes in the place of an import, in one gesture that can be
// undone. What people said about its lines stays with them; where a line is not in the new reading, the
// report says so.
func (s *Store) ImportAgain(ctx context.Context, old model.ID, read model.ReadEvidence, progress func(read int)) (model.ImportReport, error) {
	_, incident, _, err := s.Entity(ctx, old)
	if err != nil {
		return model.ImportReport{}, err
	}
	return s.importing(ctx, incident, old, false, read, progress)
}

func (s *Store) importing(ctx context.Context, incident, again model.ID, trial bool, read model.ReadEvidence, progress func(read int)) (model.ImportReport, error) {
	if s.sealed != "" {
		return model.ImportReport{}, s.sealedFault("import")
	}
	if progress == nil {
		progress = func(int) {}
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	job := &importing{Store: s, incident: incident, again: again, trial: trial, progress: progress, root: newBatchHash(), sources: map[int64]bool{},
		full: make(chan []evidenceRow), empty: make(chan []evidenceRow, 2), failed: make(chan error, 1)}
	err := s.view(ctx, "import", func() (err error) {
		if job.number, err = s.shownIncident("import", incident); err == nil && again != "" {
			job.replaced, _, err = s.knownEntity(again)
		}
		return err
	})
	if err != nil {
		return model.ImportReport{}, err
	}
	err = job.run(ctx, read)
	return job.report, s.fault("import", err)
}

func (j *importing) run(ctx context.Context, read model.ReadEvidence) (err error) {
	j.empty <- make([]evidenceRow, 0, 1024)
	j.filling = make([]evidenceRow, 0, 1024)
	go j.writeSlices()
	over := false
	stop := func() error { // the writer is done with all that it was given
		over = true
		close(j.full)
		return <-j.failed
	}
	defer func() {
		if !over {
			_ = stop() // read has failed, or panics; its own trouble is the one to tell
		}
		if j.begun {
			j.mu.Lock()
			err = j.finish(orAbandoned(err, j.next > j.first && !j.trial))
			j.horizon = noHorizon
			j.mu.Unlock()
			if err == errNothingNew {
				err = nil
			}
		}
	}()
	reading, err := read(func(e *model.Event) error { return j.emit(ctx, e) })
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && len(j.filling) > 0 {
		err = j.hand()
	}
	if broken := stop(); broken != nil {
		return broken
	}
	if err != nil {
		return err
	}
	return j.conclude(&reading)
}

// errNothingNew rolls back an import that found nothing new: the file stays as it was, byte for byte.
var errNothingNew = fmt.Errorf("nothing new")

func orAbandoned(err error, anything bool) error {
	if err == nil && !anything {
		return errNothingNew
	}
	return err
}

// emit takes one event from the reader.
func (j *importing) emit(ctx context.Context, e *model.Event) error {
	j.emitted++
	if j.emitted%progressStride == 0 {
		j.progress(j.emitted)
	}
	if reason := unusable(e); reason != "" {
		j.refuse(model.Refusal{Line: e.Line, Reason: reason, Excerpt: e.Title})
		return nil
	}
	j.edges(e)
	j.filling = append(j.filling, newEvidence(j.incident, e))
	j.bytes += len(e.Title) + len(e.Body)
	if len(j.filling) < importRows && j.bytes < importBytes {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return j.hand()
}

func unusable(e *model.Event) string {
	switch {
	case e.At.IsZero():
		return "it has no time"
	case !storable(e.At), !e.End.IsZero() && !storable(e.End):
		return "its time is outside the years 1678 to 2262"
	}
	return ""
}

func (j *importing) refuse(r model.Refusal) {
	j.report.Refused++
	if len(j.report.Refusals) < toldRefusals {
		j.report.Refusals = append(j.report.Refusals, r)
	}
}

func (j *importing) edges(e *model.Event) {
	here := model.Edge{At: e.At.UTC(), Title: e.Title}
	if j.report.First.At.IsZero() || here.At.Before(j.report.First.At) {
		j.report.First = here
	}
	if !here.At.Before(j.report.Last.At) {
		j.report.Last = here
	}
}

// hand gives the filled slice to the writer and goes on with the other one.
func (j *importing) hand() error {
	select {
	case j.full <- j.filling:
	case err := <-j.failed:
		j.failed <- err
		return err
	}
	select {
	case j.filling = <-j.empty:
	case err := <-j.failed:
		j.failed <- err
		return err
	}
	j.filling, j.bytes = j.filling[:0], 0
	return nil
}

// writeSlices writes what it is handed until there is no more, or until something fails.
func (j *importing) writeSlices() {
	for rows := range j.full {
		if err := j.write(rows); err != nil {
			j.failed <- err
			return
		}
		clear(rows) // lets go of the texts
		j.empty <- rows
	}
	j.failed <- nil
}

func (j *importing) write(rows []evidenceRow) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.begun {
		if err := j.begin(); err != nil {
			return err
		}
	}
	fresh, err := j.leaveKnown(rows)
	if err != nil {
		return err
	}
	if err := j.enroll(fresh); err != nil {
		return err
	}
	if err := j.addRows(fresh); err != nil {
		return err
	}
	if err := j.addIDs(fresh); err != nil {
		return err
	}
	return j.addWords(fresh)
}

func (j *importing) begin() (err error) {
	if err := j.makeIncoming(); err != nil {
		return err
	}
	if err := j.beginWrite(); err != nil {
		return err
	}
	j.begun = true
	if err := j.loadTails(); err != nil {
		return err
	}
	j.first, err = j.nextNumber()
	j.next, j.horizon = j.first, j.first
	return err
}

// enroll gives new rows their numbers, salts and words.
func (j *importing) enroll(rows []evidenceRow) (err error) {
	salts := make([]byte, 8*len(rows))
	if _, err := io.ReadFull(j.opt.Random, salts); err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		r.n = j.next
		j.next++
		copy(r.salt[:], salts[8*i:])
		if err := j.wordsOf(r); err != nil {
			return err
		}
		j.sources[r.words[wordSource]] = true
		if r.newer {
			j.report.Known++
			j.report.Updated++
		} else {
			j.report.New++
		}
		j.root.add(r)
	}
	return nil
}

// wordsOf numbers the texts that many rows share.
func (s *Store) wordsOf(r *evidenceRow) (err error) {
	for i, text := range [...]string{r.precision, r.zoneSource, r.source, r.kind} {
		if text == "" && i < 2 {
			continue
		}
		if r.words[i], err = s.word(text); err != nil {
			return err
		}
	}
	return nil
}

// errUntouched is a statement that read none of the rows.
var errUntouched = errors.New("a statement took none of the rows that wait")

// feed runs a statement that reads from incoming until it has had all rows, and lets reads in between.
func (s *Store) feed(rows incomingRows, run func() error) error {
	source := s.source
	source.rows, source.reached = rows, 0
	defer func() { source.rows = nil }()
	for source.reached < rows.size() {
		source.from = source.reached
		if err := run(); err != nil {
			return err
		}
		if source.reached == source.from {
			return errUntouched
		}
		s.breathe()
	}
	return nil
}

// addEvidence stores rows and their words for the search.
func (s *Store) addEvidence(rows []evidenceRow) error {
	if err := s.addRows(rows); err != nil {
		return err
	}
	var ids pendingIDs
	ids.add(rows)
	if err := s.flushIDs(&ids); err != nil {
		return err
	}
	return s.addWords(rows)
}

func (s *Store) addRows(rows []evidenceRow) error {
	return s.feed(evidenceRows(rows), func() error {
		return s.exec("INSERT INTO evidence(" + evidenceColumns + ") SELECT " + evidenceColumns + " FROM temp.incoming")
	})
}

// addWords indexes many rows at a time, because the index is written at the end of each statement.
func (s *Store) addWords(rows []evidenceRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := s.exec("INSERT INTO evidence_words(evidence_words, rank) VALUES('hashsize', ?)", importHash); err != nil {
		return err
	}
	if err := s.feed(evidenceRows(rows), func() error {
		return s.exec("INSERT INTO evidence_words(rowid, title, body) SELECT n, title, body FROM temp.incoming")
	}); err != nil {
		return err
	}
	return s.exec("INSERT INTO evidence_words(evidence_words, rank) VALUES('hashsize', ?)", ordinaryHash)
}
