package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"aftermath/model"
)

// Backup writes a whole copy of the file, also while it is in use. It does not overwrite anything.
func (s *Store) Backup(ctx context.Context, path string) error {
	return s.view(ctx, "back up", func() error { return s.copyTo(path) })
}

// copyTo makes the copy readable by its owner only, from its first byte on: SQLite fills an empty file.
func (s *Store) copyTo(path string) error {
	refuse := func(reason string, err error) error {
		return &model.Fault{Kind: model.FaultInput, What: "back up", File: path, Reason: reason, Remedy: "choose another name for the copy", Err: err}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return refuse("there is a file of that name already", err)
	}
	if err != nil {
		return refuse(reasonOf(err), err)
	}
	if err := file.Close(); err != nil {
		return refuse(reasonOf(err), err)
	}
	if err := s.exec("VACUUM INTO ?", path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
