package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"aftermath/model"
)

// Drafts are what somebody typed and has not saved yet. They are private: files beside the leases, never
// part of the data file. They outlive a crash, and are found again by every copy of the same file.

func (s *Store) draftPath(key string) (string, error) {
	if s.opt.Leases == "" {
		return "", errNoDrafts
	}
	s.acquire()
	workspace, err := s.workspace()
	s.mu.Unlock()
	if err != nil {
		return "", s.fault("keep a draft", err)
	}
	name := sha256.Sum256([]byte(key))
	return filepath.Join(filepath.Dir(s.opt.Leases), "drafts", workspace, hex.EncodeToString(name[:16])), nil
}

var errNoDrafts = errors.New("there is no place for drafts")

// SaveDraft keeps the text of an open field under a key.
func (s *Store) SaveDraft(key, text string) error {
	path, err := s.draftPath(key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return draftFault(path, err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "draft-*") // 0600
	if err != nil {
		return draftFault(path, err)
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(draftFault(path, err), os.Remove(file.Name()))
	}
	return nil
}

func draftFault(path string, err error) error {
	return &model.Fault{Kind: model.FaultInput, What: "keep a draft", File: path, Reason: reasonOf(err), Remedy: "save the field now", Err: err}
}

// Draft is the text that was kept under a key.
func (s *Store) Draft(key string) (text string, ok bool) {
	path, err := s.draftPath(key)
	if err != nil {
		return "", false
	}
	data, err := os.ReadFile(path)
	return string(data), err == nil
}

// DropDraft forgets a draft; one that is not there is no trouble.
func (s *Store) DropDraft(key string) error {
	path, err := s.draftPath(key)
	if errors.Is(err, errNoDrafts) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return draftFault(path, err)
	}
	return nil
}
