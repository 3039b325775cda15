package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"aftermath/model"
)

const (
	applicationID = model.ApplicationID // "AFMH" at offset 68: the file is ours
	fileVersion   = 3                   // at offset 60: the tables folded from the log
	magic         = "SQLite format 3\x00"
)

const remedyNoFile = "check the path, or begin with `aftermath new --title TITLE`"

// fileState is what the file told before SQLite opened it.
type fileState struct {
	blank   bool // new, or empty
	older   bool // its tables must be folded anew
	version uint32
	size    int64
}

// inspect looks at the file's header. This happens before SQLite opens the file and never while it is
// open: nothing but SQLite may hold a descriptor of a live data file.
func (s *Store) inspect() (state fileState, err error) {
	refuse := func(kind model.FaultKind, reason, remedy string) (fileState, error) {
		return state, &model.Fault{Kind: kind, What: "open", File: s.path, Reason: reason, Remedy: remedy}
	}
	info, err := os.Stat(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if s.opt.ReadOnly || s.opt.Existing {
			return refuse(model.FaultInput, "there is no such file", remedyNoFile)
		}
		state.blank = true
		return state, s.makeEmpty()
	case err != nil:
		return refuse(model.FaultInput, "it cannot be reached: "+reasonOf(err), "check the path")
	case info.IsDir():
		return refuse(model.FaultInput, "it is a directory", "name the file inside it")
	case !info.Mode().IsRegular():
		return refuse(model.FaultInput, "it is not a regular file", "name a file on a disk")
	}
	file, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		if file, err = os.Open(s.path); err != nil {
			return refuse(model.FaultInput, "it cannot be read: "+reasonOf(err), "look at its permissions")
		}
		s.sealed = "the file may only be read"
	}
	defer file.Close()
	if s.opt.ReadOnly {
		s.sealed = "it was opened for reading"
	}
	header := make([]byte, 100)
	n, err := io.ReadFull(file, header)
	state.size = info.Size()
	switch {
	case n == 0 && err == io.EOF && s.opt.Existing:
		return refuse(model.FaultInput, "the file is empty", remedyNoFile)
	case n == 0 && err == io.EOF && s.sealed == "":
		state.blank = true
		return state, nil
	case n < len(header) || string(header[:len(magic)]) != magic:
		return refuse(model.FaultDamaged, "it is not a data file of aftermath", "name another file; this one was left as it is")
	case binary.BigEndian.Uint32(header[68:]) != applicationID:
		return refuse(model.FaultDamaged, "it is another program's database", "name another file; this one was left as it is")
	}
	state.version = binary.BigEndian.Uint32(header[60:])
	if state.version > fileVersion {
		s.sealed = "a newer version of aftermath wrote it, so this one only reads it"
	}
	s.firstVersion = state.version == 1
	state.older = state.version < fileVersion && s.sealed == ""
	if s.cutOff(header, state.size) {
		return refuse(model.FaultDamaged, "the end of the file is missing", "go back to a backup or another copy")
	}
	return state, nil
}

// cutOff compares the size that the header remembers with the real one. After a crash the journal beside
// the file will put the size right, so then it says nothing.
func (s *Store) cutOff(header []byte, size int64) bool {
	if info, err := os.Stat(s.path + "-journal"); err == nil && info.Size() > 0 {
		return false
	}
	page := int64(binary.BigEndian.Uint16(header[16:]))
	if page == 1 {
		page = 65536
	}
	remembered := binary.BigEndian.Uint32(header[24:]) == binary.BigEndian.Uint32(header[92:])
	return remembered && int64(binary.BigEndian.Uint32(header[28:]))*page > size
}

// makeEmpty makes the file that SQLite will fill, readable by its owner only.
func (s *Store) makeEmpty() error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return s.cannotMake(err)
	}
	file, err := os.OpenFile(s.path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return s.cannotMake(err)
	}
	return file.Close()
}

func (s *Store) cannotMake(err error) error {
	kind := model.FaultInput
	if errors.Is(err, fs.ErrPermission) || isReadOnlyDisk(err) {
		kind = model.FaultSealed
	}
	return &model.Fault{Kind: kind, What: "open", File: s.path, Reason: "it cannot be made: " + reasonOf(err),
		Remedy: "choose a place that you can write to", Err: err}
}

// reasonOf is the system's word for what failed, without the path that the fault names anyway.
func reasonOf(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return fmt.Sprint(err)
}
