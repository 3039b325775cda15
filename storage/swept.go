package storage

import (
	"database/sql/driver"
	"fmt"
	"slices"

	"modernc.org/sqlite"

	"aftermath/model"
)

// A sweep dismisses all lines of a source that are alike, also those that a later import brings. The table
// swept has what holds; a line that somebody worked on is not touched by it.

// registerShape lets SQL compare lines by their shape.
func registerShape() error {
	return sqlite.RegisterDeterministicScalarFunction("line_shape", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		title, _ := args[0].(string)
		return model.LineShape(title), nil
	})
}

func (s *Store) hasSweeps(incident int64) (some bool, err error) {
	err = s.row("SELECT EXISTS(SELECT 1 FROM swept WHERE incident = ?)", incident).Scan(&some)
	return some, err
}

const isSwept = `EXISTS(SELECT 1 FROM swept w WHERE w.incident = %d AND w.source = v.source
	AND (w.actor IS NULL OR w.actor = v.actor) AND (w.shape IS NULL OR w.shape = line_shape(v.title)))`

// untouchedLevel is the level of a row of evidence v as SQL, as long as nobody worked on it.
func (s *Store) untouchedLevel(incident int64) (string, error) {
	level := fmt.Sprintf("%d | CASE WHEN v.housekeeping THEN %d ELSE 0 END", levelUntouched, levelHousekeeping)
	some, err := s.hasSweeps(incident)
	if some {
		level += fmt.Sprintf(" | CASE WHEN "+isSwept+" THEN %d ELSE 0 END", incident, levelNoise)
	}
	return level, err
}

// sweep brings the timeline to what a sweep says now.
func (f *fold) sweep(entity, incident int64, holds bool) error {
	var source, actor, shape *string
	if _, err := found(f.row("SELECT source, actor, shape FROM sweep WHERE n = ?", entity).Scan(&source, &actor, &shape)); err != nil {
		return err
	}
	var before, now int64 // the sources that it spoke and speaks of
	if _, err := found(f.row("SELECT source FROM swept WHERE entity = ?", entity).Scan(&before)); err != nil {
		return err
	}
	if err := f.exec("DELETE FROM swept WHERE entity = ?", entity); err != nil {
		return err
	}
	if holds && incident != 0 && source != nil && (actor != nil || shape != nil) { // a sweep of everything is none
		word, err := f.word(*source)
		if err != nil {
			return err
		}
		now = word
		if err := f.exec("INSERT INTO swept(entity, incident, source, actor, shape) VALUES(?,?,?,?,?)", entity, incident, now, actor, shape); err != nil {
			return err
		}
	}
	for _, word := range slices.Compact([]int64{before, now}) {
		if word == 0 {
			continue
		}
		if err := f.levelAnew(incident, word); err != nil {
			return err
		}
	}
	return nil
}

// levelAnew gives the untouched lines of a source the level that the sweeps in force leave them.
func (f *fold) levelAnew(incident, source int64) error {
	level, err := f.untouchedLevel(incident)
	if err != nil {
		return err
	}
	if err := f.exec("UPDATE timeline SET level = (SELECT "+level+" FROM evidence v WHERE v.n = timeline.n) WHERE incident = ? AND source = ? AND entity IS NULL", incident, source); err != nil {
		return err
	}
	return f.seatAnew(incident, source)
}
