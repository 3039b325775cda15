package importers

import (
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"aftermath/model"
)

// Limits while unpacking. An archive that claims more is refused before a byte of it is read, one that
// lies about its size is stopped on the way.
const (
	entryLimit  = 100_000
	unpackLimit = 8 << 30 // bytes of one stream or of a whole archive
	ratioFree   = 64 << 20
	ratioLimit  = 250 // unpacked bytes for one stored byte, beyond the first ratioFree
)

func tooLarge(name string) error {
	return plainReason(fmt.Sprintf("%s unpacks to more than %d GB", name, int64(unpackLimit)>>30))
}

// addZip adds the files of a ZIP. Names that lead out of the archive make it untrustworthy as a whole.
func (in *Input) addZip(name, file string) error {
	refuse := func(reason, remedy string, err error) error {
		return &model.Fault{Kind: model.FaultInput, What: "import", File: name, Reason: reason, Remedy: remedy, Err: err}
	}
	z, err := zip.OpenReader(file)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return refuse("the ZIP cannot be read: "+cause(err), "get it again, it may be cut off", err)
	}
	in.closers = append(in.closers, z.Close)
	if key, ok := model.SealedKey([]byte(z.Comment)); ok {
		return madeFault("document", name, key)
	}
	if len(z.File) > entryLimit {
		return refuse(fmt.Sprintf("the ZIP holds %d entries, more than %d", len(z.File), entryLimit), "unpack it and import a part of the folder", nil)
	}
	var total uint64
	var files []*File
	for _, e := range z.File {
		if !filepath.IsLocal(filepath.FromSlash(strings.TrimSuffix(e.Name, "/"))) || strings.Contains(e.Name, `\`) {
			return refuse(fmt.Sprintf("the ZIP holds a name that leads out of it: %q", e.Name), "ask where the file comes from, it was not made by an export", nil)
		}
		total += e.UncompressedSize64
		if total > unpackLimit || e.UncompressedSize64 > unpackLimit {
			return refuse(fmt.Sprintf("the ZIP claims to unpack to more than %d GB", int64(unpackLimit)>>30), "unpack the part that you need and import that", nil)
		}
		if e.UncompressedSize64 > ratioFree && e.UncompressedSize64/ratioLimit > e.CompressedSize64 {
			return refuse(fmt.Sprintf("%q claims to unpack to %d times its size", e.Name, e.UncompressedSize64/max(1, e.CompressedSize64)), "ask where the file comes from", nil)
		}
		if e.Flags&1 != 0 {
			return refuse("the ZIP is protected by a password", "unpack it and import the folder", nil)
		}
		base := path.Base(e.Name)
		if !e.Mode().IsRegular() || e.Mode()&fs.ModeSymlink != 0 || strings.HasPrefix(base, ".") || strings.HasPrefix(e.Name, "__MACOSX/") {
			if !e.Mode().IsDir() {
				in.leave(e.Name, "hidden, or no file of its own")
			}
			continue
		}
		files = append(files, &File{Name: e.Name, Size: int64(e.UncompressedSize64), open: func() (io.ReadCloser, error) {
			r, err := e.Open()
			if err != nil {
				return nil, err
			}
			return capped(e.Name, r, int64(e.CompressedSize64), r.Close), nil
		}})
	}
	slices.SortStableFunc(files, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		f.given = len(in.given) - 1
	}
	in.Files = append(in.Files, dropRoot(files)...)
	in.archives = append(in.archives, file)
	return nil
}

// dropRoot takes away the one folder that all entries of a ZIP may lie in, so that a zipped folder and
// its contents read the same.
func dropRoot(files []*File) []*File {
	if len(files) < 2 {
		return files
	}
	root, _, nested := strings.Cut(files[0].Name, "/")
	for _, f := range files {
		r, _, n := strings.Cut(f.Name, "/")
		if !n || !nested || r != root {
			return files
		}
	}
	for _, f := range files {
		f.Name = strings.TrimPrefix(f.Name, root+"/")
	}
	return files
}

func openGzip(name, file string, size int64) (io.ReadCloser, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("the gzip file cannot be read: %w", err)
	}
	return capped(name, z, size, f.Close), nil
}

// cappedReader stops a stream that unpacks to far more than an honest one does.
type cappedReader struct {
	r      io.Reader
	name   string
	left   int64
	stored int64
	done   func() error
}

func capped(name string, r io.Reader, stored int64, done func() error) *cappedReader {
	return &cappedReader{r: r, name: name, stored: stored, left: min(unpackLimit, ratioFree+ratioLimit*stored), done: done}
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, plainReason(fmt.Sprintf("%s unpacks to more than %d times its size and was stopped", c.name, ratioLimit))
	}
	if int64(len(p)) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	return n, err
}

func (c *cappedReader) Close() error { return c.done() }
