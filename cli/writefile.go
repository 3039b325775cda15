package cli

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"aftermath/model"
)

// WriteFile replaces a file as a whole: a reader never sees half a document. What is no file, such as a
// pipe, is written as it is.
func WriteFile(path string, write func(io.Writer) error) error {
	fail := func(err error) error {
		f := &model.Fault{Kind: model.FaultInput, What: "write the export", File: path, Err: err, Remedy: "name a file in a folder that can be written to"}
		if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
			f.Reason = inner.Err.Error() // without the name of the file that would have become it
		}
		return f
	}
	target, mode := path, fs.FileMode(0o600)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		target = real
	}
	if info, err := os.Stat(target); err == nil {
		if info.IsDir() {
			return &model.Fault{Kind: model.FaultInput, What: "write the export", File: path, Reason: "it is a directory", Remedy: "name the file inside it"}
		}
		if !info.Mode().IsRegular() {
			return writeThrough(target, write, fail)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(target), ".aftermath-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name())
	if err := fill(f, write, fail); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return fail(err)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return fail(err)
	}
	return nil
}

func writeThrough(path string, write func(io.Writer) error, fail func(error) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fail(err)
	}
	return fill(f, write, fail)
}

// fill writes a document to a file and closes it.
func fill(f *os.File, write func(io.Writer) error, fail func(error) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	err := write(w)
	if flushed := w.Flush(); flushed != nil {
		err = fail(flushed) // what the document met is only a consequence
	}
	if closed := f.Close(); err == nil && closed != nil {
		err = fail(closed)
	}
	return err
}
