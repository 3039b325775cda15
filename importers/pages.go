package importers

import (
	"bytes"
	"io"

	"aftermath/model"
)

// Pages is an input of pages that were fetched from a live source. They are known to be of the source that
// reads them, so none is left out for not being recognised, and none is taken for a part of something larger.
func Pages(name string, pages []model.Page) *Input {
	in := &Input{Name: name, fetched: true}
	for _, p := range pages {
		if p.ID != "" {
			in.pages = append(in.pages, p.ID)
		}
		in.Files = append(in.Files, &File{Name: p.Name, Size: int64(p.Size), page: p.ID, digest: p.Digest, open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(p.Body)), nil
		}})
	}
	return in
}

// query is what the page being read was asked for. A file was asked for nothing, and the thresholds that were told
// hold for all of it.
func (r *run) query() model.Query {
	q := r.opt.Queries[r.file.page]
	if q.Above == "" && q.Below == "" {
		q.Above, q.Below = r.opt.Above, r.opt.Below
	}
	return q
}

// foreign says whether a file among several is none of the source's, which only a person's choice of files can
// bring about.
func (in *Input) foreign(src Source, f *File) bool {
	if in.fetched || len(in.Files) < 2 {
		return false
	}
	c, _ := src.Detect(f.Name, f.head())
	return c == No
}
