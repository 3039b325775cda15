package importers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aftermath/model"
)

// keepLimit is how many bytes of an input are kept beside its events, so that a record can be looked at as it
// came and read again by a better parser. Larger inputs are known by their path and digest.
const keepLimit = 1 << 20

// given is one path that a person named: where it is, and its name with the folder that it lies in.
type given struct{ path, name string }

// retold is what has to be known to read an input again, as it stands in the file.
type retold struct {
	Zone  string    `json:"zone,omitempty"`
	Date  string    `json:"date,omitempty"`
	Year  int       `json:"year,omitempty"`
	From  time.Time `json:"from,omitzero"`
	To    time.Time `json:"to,omitzero"`
	Above string    `json:"above,omitempty"`
	Below string    `json:"below,omitempty"`

	Columns  string `json:"columns,omitempty"`
	Encoding string `json:"encoding,omitempty"`

	Queries map[model.ID]model.Query `json:"queries,omitempty"`
	Paths   []string                 `json:"paths,omitempty"` // the names that were given; absent for fetched pages
}

// keep puts into the reading what is needed to read the input again.
func (r *run) keep() {
	t := retold{Year: r.opt.Year, From: r.opt.From, To: r.opt.To, Above: r.opt.Above, Below: r.opt.Below, Queries: r.opt.Queries, Encoding: r.opt.Encoding, Columns: columnsText(r.opt.Columns)}
	if r.opt.Zone != nil {
		t.Zone = r.opt.Zone.String()
	}
	if !r.opt.Date.IsZero() {
		t.Date = r.opt.Date.Format(time.DateOnly)
	}
	t.Paths = r.in.again
	for _, g := range r.in.given {
		t.Paths = append(t.Paths, g.name)
	}
	if text, err := json.Marshal(t); err == nil {
		r.reading.Answers = string(text)
	}
	if r.reading.Pages = r.in.pages; len(r.in.given) == 0 {
		return
	}
	kept, whole := r.in.bytes()
	if grown := len(kept) == 1 && kept[0].Digest != r.reading.Digest; grown || !whole { // a file may go on growing while it is read
		if len(r.in.given) == 1 {
			r.reading.Path, _ = filepath.Abs(r.in.given[0].path)
		}
		return
	}
	for i := range kept {
		kept[i].Source = r.src.Name
	}
	r.reading.Kept = kept
}

// bytes are the files of the input as they lie on the disk; whole is false when they are too many to keep.
func (in *Input) bytes() (files []model.Page, whole bool) {
	left := int64(keepLimit)
	for _, g := range in.given {
		err := filepath.WalkDir(g.path, func(path string, d fs.DirEntry, err error) error {
			hidden := err == nil && path != g.path && d.Name()[0] == '.'
			switch {
			case err != nil:
				return err
			case d.IsDir() && hidden:
				return fs.SkipDir
			case d.IsDir() || hidden || !d.Type().IsRegular():
				return nil
			}
			info, err := d.Info()
			if err != nil {
				return err
			}
			if left -= info.Size(); left < 0 {
				return errTooMuch
			}
			body, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			sum := sha256.Sum256(body)
			name, err := filepath.Rel(g.path, path)
			if err != nil {
				return err
			}
			files = append(files, model.Page{Name: filepath.ToSlash(filepath.Join(g.name, name)), Size: len(body), Digest: hex.EncodeToString(sum[:]), Body: body})
			return nil
		})
		if err != nil {
			return nil, false
		}
	}
	return files, true
}

var errTooMuch = errors.New("more than is kept")

// Reopen makes an input again of the bytes that were kept with an import, and the options of its answers.
// Close it when the reading is over.
func Reopen(name string, pages []model.Page, answers string) (*Input, Options, error) {
	t, opt, err := answered(answers)
	if err != nil {
		return nil, opt, err
	}
	if len(t.Paths) == 0 {
		return Pages(name, pages), opt, nil
	}
	dir, err := os.MkdirTemp("", "aftermath-again-*")
	if err != nil {
		return nil, opt, err
	}
	in, err := reopen(dir, t.Paths, pages)
	if err != nil {
		return nil, opt, errors.Join(err, os.RemoveAll(dir))
	}
	in.closers = append(in.closers, func() error { return os.RemoveAll(dir) })
	for _, p := range pages {
		in.pages = append(in.pages, p.ID)
	}
	in.Name, in.given, in.again = name, nil, t.Paths
	return in, opt, nil
}

// reopen lays the bytes out as they lay, below a private folder.
func reopen(dir string, paths []string, pages []model.Page) (*Input, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	for _, p := range pages {
		name := filepath.FromSlash(p.Name)
		if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return nil, err
		}
		if err := root.WriteFile(name, p.Body, 0o600); err != nil {
			return nil, err
		}
	}
	var named []string
	for _, p := range paths {
		if !filepath.IsLocal(filepath.FromSlash(p)) {
			return nil, &model.Fault{Kind: model.FaultInput, What: "read an import again", Reason: "it names a file outside of what was kept: " + quote(p)}
		}
		named = append(named, filepath.Join(dir, filepath.FromSlash(p)))
	}
	return Open(named, nil)
}

// Answered are the options that an import was read with.
func Answered(answers string) (Options, error) {
	_, opt, err := answered(answers)
	return opt, err
}

func answered(answers string) (t retold, opt Options, err error) {
	if answers != "" {
		if err := json.Unmarshal([]byte(answers), &t); err != nil {
			return t, opt, &model.Fault{Kind: model.FaultInput, What: "read an import again", Reason: "what was told about it cannot be understood", Err: err}
		}
	}
	opt, err = t.options()
	return t, opt, err
}

func (t retold) options() (opt Options, err error) {
	opt = Options{Year: t.Year, From: t.From, To: t.To, Above: t.Above, Below: t.Below, Queries: t.Queries, Encoding: t.Encoding}
	for text := range strings.Lines(t.Columns) {
		c, err := ParseColumn(strings.TrimSpace(text))
		if err != nil {
			return opt, err
		}
		opt.Columns = append(opt.Columns, c)
	}
	if t.Zone != "" {
		if opt.Zone, err = ParseZone(t.Zone); err != nil {
			return opt, err
		}
	}
	if t.Date != "" {
		opt.Date, err = time.Parse(time.DateOnly, t.Date)
	}
	return opt, err
}

// columnsText is columns as they stand in the file, one a line.
func columnsText(columns []Column) string {
	var lines []string
	for _, c := range columns {
		lines = append(lines, c.Role+"="+c.Name)
	}
	return strings.Join(lines, "\n")
}

// An Original is a record as its source wrote it.
type Original struct {
	File string // within the input
	Line int
	Text string // made safe to show
}

// FindOriginal reads an input until the event with an external id comes, and gives the record that it was
// made of. Found is false when no record gives it.
func FindOriginal(src Source, in *Input, opt Options, externalID string) (o Original, found bool, err error) {
	var r *run
	r = newRun(src, in, opt, func(e *model.Event) error {
		if e.ExternalID != externalID {
			return nil
		}
		o, found = Original{r.fileName(), e.Line, manyLines(r.original)}, true
		return errEnough
	})
	r.previewing = true
	if err := r.read(); err != nil && !errors.Is(err, errEnough) {
		return o, false, err
	}
	return o, found, nil
}
