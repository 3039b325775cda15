// Package outfile writes documents to files that people name. A file is replaced as a whole, and only one that
// is ours to replace: a name typed wrongly costs nobody their notes, and never a data file.
package outfile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"aftermath/model"
)

// A Target is the file that a document goes to.
type Target struct {
	Path string
	Data string // the open data file, which no document ever replaces
	Over bool   // write over a file that is not ours, or that was changed by hand

	// Ours says why the content of a file may not be replaced: nil when it is a document as we wrote it.
	Ours func(content []byte) error
}

// maxOurs is how large a document of ours may be, in bytes.
const maxOurs = 64 << 20

// Write replaces the file by what write writes: a reader never sees half a document. What is no regular file,
// such as a pipe, is written to as it is. Every refusal is a *model.Fault.
func (t Target) Write(write func(io.Writer) error) error {
	target, mode := t.Path, fs.FileMode(0o600)
	if real, err := filepath.EvalSymlinks(t.Path); err == nil {
		target = real
	}
	if t.belongsToData(target) {
		return t.refuse("it belongs to the open data file", "choose another name", nil)
	}
	if info, err := os.Stat(target); err == nil {
		switch {
		case info.IsDir():
			return t.refuse("it is a directory", "name the file inside it", nil)
		case !info.Mode().IsRegular():
			return t.through(target, write)
		}
		if err := t.mayReplace(target, info); err != nil {
			return err
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(target), ".aftermath-*")
	if err != nil {
		return t.failed(err)
	}
	defer os.Remove(f.Name())
	if err := t.fill(f, write); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return t.failed(err)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return t.failed(err)
	}
	return nil
}

// belongsToData reports whether a path is the open data file under any of its names, or one of the files that
// SQLite keeps beside it: a document under the name of its journal would be played back into it.
func (t Target) belongsToData(target string) bool {
	if t.Data == "" {
		return false
	}
	mine, err := os.Stat(t.Data)
	if theirs, other := os.Stat(target); err == nil && other == nil && os.SameFile(mine, theirs) {
		return true
	}
	target, err = resolve(target)
	data, other := resolve(t.Data)
	if err != nil || other != nil {
		return false
	}
	rest, found := strings.CutPrefix(target, data)
	return found && (rest == "" || rest == "-journal" || rest == "-wal" || rest == "-shm")
}

// resolve is the absolute path of a file that need not be there, with the links in its folder followed.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.Join(dir, filepath.Base(path)), err
}

// mayReplace looks at a file that is there. An empty one holds nothing that could be lost.
func (t Target) mayReplace(path string, info fs.FileInfo) error {
	if info.Size() == 0 {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return t.failed(err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxOurs+1))
	switch {
	case err != nil:
		return t.failed(err)
	case isDatabase(content):
		return t.refuse("it is a database", "choose another name; a database is never written over", nil)
	case t.Over:
		return nil
	case len(content) > maxOurs:
		return t.refuse("there is a file of that name, too large to tell whether it may be replaced", "choose another name, or write over it with --force", model.ErrKept)
	}
	return t.Ours(content)
}

// isDatabase reports whether a file is a database of SQLite or the journal of one.
func isDatabase(content []byte) bool {
	begins := string(content[:min(len(content), 16)])
	return begins == "SQLite format 3\x00" || strings.HasPrefix(begins, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
}

func (t Target) refuse(reason, remedy string, err error) error {
	return &model.Fault{Kind: model.FaultInput, What: "write the document", File: t.Path, Reason: reason, Remedy: remedy, Err: err}
}

// failed tells what the system said, without the name of the file that would have become this one.
func (t Target) failed(err error) error {
	reason := err.Error()
	if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
		reason = inner.Err.Error()
	}
	return t.refuse(reason, "name a file in a folder that can be written to", err)
}

func (t Target) through(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return t.failed(err)
	}
	return t.fill(f, write)
}

// fill writes a document to a file and closes it.
func (t Target) fill(f *os.File, write func(io.Writer) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	err := write(w)
	if flushed := w.Flush(); flushed != nil {
		err = t.failed(flushed) // what the document met is only a consequence
	}
	if closed := f.Close(); err == nil && closed != nil {
		err = t.failed(closed)
	}
	return err
}
