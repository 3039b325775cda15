package importers

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"aftermath/model"
)

// An Input is what a person named: files, folders, ZIPs or the standard input, opened so that it can be
// read more than once. Close it when the reading is over.
type Input struct {
	Name     string   // the names that were given, for people
	Files    []*File  // what is inside, in the order of their names
	Warnings []string // what was left alone, and why

	given    []given    // what was named, to keep its bytes
	again    []string   // the names that were given when these bytes were first read
	pages    []model.ID // the kept bytes that it is made of
	fetched  bool       // its files are pages of the source that reads them
	archives []string   // ZIP files on disk, for the digest
	closers  []func() error
	left     []model.FileReading // what is not read, and why
	leftIn   []int               // below which of the given paths each of them is
}

// A File is one readable thing inside an input.
type File struct {
	Name string // within the input, with slashes
	Dir  string // the name of the folder that a single file lies in
	Size int64  // bytes as stored; -1 when unknown

	open   func() (io.ReadCloser, error) // unpacked bytes
	given  int                           // which of the given paths it is, or lies in
	raw    string                        // the path on disk, for the digest; empty inside a ZIP
	packed bool                          // gzip: the bytes on disk are not the bytes that are read
	first  []byte
	looked bool
	page   model.ID // of a live source

	encoding string // that was told
	guess    string // what it looks like, when that is not UTF-8
	marked   bool   // it begins with a byte order mark
	made     string // what of this program's it is, and of which incident, once it was asked
	key      string
	asked    bool
	digest   string // SHA-256 of the bytes as stored; taken on the way when it is empty
}

// Open opens what paths name. "-" is stdin. A folder is walked without following symbolic links.
func Open(paths []string, stdin io.Reader) (*Input, error) {
	in := &Input{}
	var names []string
	for _, p := range paths {
		if slices.Contains(names, p) {
			continue
		}
		names = append(names, p)
		if err := in.add(p, stdin); err != nil {
			in.Close()
			return nil, err
		}
	}
	for i, n := range names {
		if n == "-" {
			names[i] = "standard input"
		} else {
			names[i] = filepath.Base(filepath.Clean(n))
		}
	}
	in.Name = strings.Join(names, ", ")
	if len(paths) == 0 {
		return nil, &model.Fault{Kind: model.FaultUsage, What: "import", Reason: "no file is named", Remedy: "name a file, a folder, a ZIP or - for the standard input"}
	}
	return in, nil
}

// Pasted is an input of text that a person pasted.
func Pasted(text string) (*Input, error) {
	in := &Input{Name: "pasted text"}
	if err := in.addStream("pasted text", strings.NewReader(text)); err != nil {
		in.Close()
		return nil, err
	}
	return in, nil
}

// Close lets go of what the input holds open.
func (in *Input) Close() error {
	var errs []error
	for _, c := range in.closers {
		errs = append(errs, c())
	}
	in.closers = nil
	return errors.Join(errs...)
}

func (in *Input) add(path string, stdin io.Reader) error {
	if path == "-" {
		return in.addStream("standard input", stdin)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &model.Fault{Kind: model.FaultInput, What: "import", File: path, Reason: "there is no such file", Remedy: "look at the path", Err: err}
	case err != nil:
		return &model.Fault{Kind: model.FaultInput, What: "import", File: path, Reason: cause(err), Err: err}
	case info.IsDir():
		in.given = append(in.given, given{path, filepath.Base(filepath.Clean(path))})
		return in.addFolder(path)
	case info.Mode().IsRegular():
		in.given = append(in.given, given{path, filepath.ToSlash(filepath.Join(folderOf(path), filepath.Base(path)))})
		return in.addFile(filepath.Base(path), path, info.Size())
	}
	f, err := os.Open(path)
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: path, Reason: cause(err), Err: err}
	}
	defer f.Close()
	return in.addStream(filepath.Base(path), f)
}

// addStream keeps what comes through a pipe in a file of its own, because a reading may have to look
// twice: to tell the format, to show a preview, to decide how a column of dates is written.
func (in *Input) addStream(name string, r io.Reader) error {
	if r == nil {
		r = strings.NewReader("")
	}
	tmp, err := os.CreateTemp("", "aftermath-import-*")
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: name, Reason: cause(err), Err: err}
	}
	in.closers = append(in.closers, func() error { return os.Remove(tmp.Name()) })
	n, err := io.Copy(tmp, io.LimitReader(r, unpackLimit+1))
	err = errors.Join(err, tmp.Close())
	if err == nil && n > unpackLimit {
		err = tooLarge(name)
	}
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: name, Reason: cause(err), Err: err}
	}
	in.given = append(in.given, given{tmp.Name(), name})
	return in.addFile(name, tmp.Name(), n)
}

// addFile adds one file of the disk: a ZIP's entries, or the file itself, unpacked when it is gzip.
func (in *Input) addFile(name, path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: name, Reason: cause(err), Err: err}
	}
	var magic [4]byte
	n, _ := io.ReadFull(f, magic[:])
	f.Close()
	if n == 4 && (string(magic[:]) == "PK\x03\x04" || string(magic[:]) == "PK\x05\x06") {
		return in.addZip(name, path)
	}
	file := &File{Name: filepath.ToSlash(name), Dir: folderOf(path), Size: size, raw: path, packed: n > 2 && magic[0] == 0x1f && magic[1] == 0x8b}
	file.open = func() (io.ReadCloser, error) { return os.Open(path) }
	if file.packed {
		file.open = func() (io.ReadCloser, error) { return openGzip(name, path, size) }
	}
	file.given = len(in.given) - 1
	in.Files = append(in.Files, file)
	return nil
}

func folderOf(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	return filepath.Base(filepath.Dir(abs))
}

// addFolder adds the regular files below a folder. Hidden ones and symbolic links are left alone, and so are files that
// cannot be opened.
func (in *Input) addFolder(root string) error {
	links, before := 0, len(in.Files)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		if err != nil && path != root {
			in.leave(name, cause(err))
			return nil
		}
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(d.Name(), ".") && path != root
		switch {
		case d.IsDir() && hidden:
			in.leave(name+"/", "hidden")
			return fs.SkipDir
		case d.IsDir():
			return nil
		case d.Type()&fs.ModeSymlink != 0:
			in.leave(name, "a symbolic link, which is not followed")
			links++
			return nil
		case hidden:
			in.leave(name, "hidden")
			return nil
		case !d.Type().IsRegular():
			in.leave(name, "no file of its own")
			return nil
		case len(in.Files) >= entryLimit:
			return plainReason(fmt.Sprintf("the folder holds more than %d files", entryLimit))
		}
		info, err := d.Info()
		if err == nil {
			err = in.addFile(name, path, info.Size())
		}
		if err != nil {
			in.leave(name, reasonOf(err))
		}
		return nil
	})
	if links > 0 {
		in.Warnings = append(in.Warnings, fmt.Sprintf("%s: symbolic links are not followed; %d left alone", filepath.Base(root), links))
	}
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: root, Reason: cause(err), Err: err}
	}
	slices.SortStableFunc(in.Files[before:], func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// head is the beginning of the file's unpacked bytes; a file that cannot be read has none.
func (f *File) head() []byte {
	if f.looked {
		return f.first
	}
	f.looked = true
	r, err := f.open()
	if err != nil {
		return nil
	}
	defer r.Close()
	mark := bufio.NewReader(r)
	bom, _ := mark.Peek(3)
	f.marked = bytes.HasPrefix(bom, []byte("\xff\xfe")) || bytes.HasPrefix(bom, []byte("\xfe\xff")) || string(bom) == "\xef\xbb\xbf"
	first := make([]byte, headSize)
	n, _ := io.ReadFull(f.text(mark), first)
	f.lookAtBytes(first[:n], n == headSize)
	return f.first
}

// firstLine is the first line of the input that says something.
func (in *Input) firstLine() string {
	for _, f := range in.Files {
		for line := range bytes.Lines(f.head()) {
			if text := oneLine(string(line)); text != "" {
				return text
			}
		}
	}
	return ""
}

// unreadable says why no source knows the input.
func (in *Input) unreadable() string {
	if len(in.Files) == 0 {
		return "it holds no file that can be read"
	}
	empty := true
	for _, f := range in.Files {
		if h := f.head(); len(bytes.TrimSpace(h)) > 0 {
			empty = false
			if looksBinary(h) {
				return "its bytes are not text"
			}
		}
	}
	if empty {
		return "it is empty"
	}
	return "no format was recognised in it"
}

// Digest is the SHA-256 of the input's bytes, as an import has it.
func (in *Input) Digest() (string, error) { return in.sum() }

// sum is the SHA-256 of the input's bytes as they lie on the disk: of the one file, or of the list of
// digests and names when there are several.
func (in *Input) sum() (string, error) {
	var list strings.Builder
	var only string
	n := 0
	add := func(digest, name string) {
		fmt.Fprintf(&list, "%s  %s\n", digest, name)
		only = digest
		n++
	}
	for _, path := range in.archives {
		digest, err := fileDigest(path)
		if err != nil {
			return "", err
		}
		add(digest, filepath.Base(path))
	}
	for _, f := range in.Files {
		if f.raw == "" && f.digest == "" {
			continue // its archive stands for it
		}
		if f.digest == "" {
			digest, err := fileDigest(f.raw)
			if err != nil {
				return "", err
			}
			f.digest = digest
		}
		add(f.digest, f.Name)
	}
	if n == 1 {
		return only, nil
	}
	all := sha256.Sum256([]byte(list.String()))
	return hex.EncodeToString(all[:]), nil
}

func fileDigest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, bufio.NewReaderSize(f, 256<<10)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
