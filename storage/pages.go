package storage

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"

	"aftermath/model"
)

// pageLimit is how much a kept page may unpack to.
const pageLimit = 1 << 30

// Keep stores a page of evidence as it came, in a transaction of its own, unless the incident has one of the
// same source, request and digest already, and gives its id. It is no step of undo: what was fetched stays.
func (s *Store) Keep(ctx context.Context, incident model.ID, p model.Page) (id model.ID, known bool, err error) {
	err = s.update(ctx, "keep a page", func() error {
		n, err := s.shownIncident("keep a page", incident)
		if err != nil {
			return err
		}
		p.Digest = digestOf(p.Body)
		if known, err = found(s.row(`SELECT e.id FROM page p JOIN entity e ON e.n = p.n WHERE e.incident = ? AND e.shown AND p.source IS ?
			AND coalesce(p.request, '') = ? AND p.digest = ? ORDER BY `+inOrder+` LIMIT 1`, n, p.Source, p.Request, p.Digest).Scan(&id)); err != nil || known {
			return err
		}
		w := s.newWriter("keep a page of "+p.Source, sourceCollect)
		if id, err = w.keepPage(incident, p); err != nil {
			return err
		}
		return w.settle()
	})
	return id, known, err
}

// sourceCollect stands on changes that no person made by hand: undo passes them over.
const sourceCollect = "collect"

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// keepPage writes the cells of a page.
func (w *writer) keepPage(incident model.ID, p model.Page) (model.ID, error) {
	packed, err := pack(p.Body)
	if err != nil {
		return "", err
	}
	id := model.NewID(model.TypePage, w.opt.Random)
	number := func(n int) json.Number { return json.Number(strconv.Itoa(n)) }
	for _, cell := range []importCell{
		{"incident", string(incident)}, {"source", p.Source}, {"name", p.Name}, {"request", p.Request}, {"fetched", p.FetchedAt}, {"status", number(p.Status)},
		{"digest", digestOf(p.Body)}, {"size", number(len(p.Body))}, {"next", p.Next}, {"content", packed},
	} {
		if cell.field == "status" && p.Status == 0 {
			continue
		}
		if err := w.edit(model.Edit{Type: model.TypePage, ID: id, Field: cell.field, Value: cell.value}); err != nil {
			return "", err
		}
	}
	return id, nil
}

// Kept gives the pages of a source with their bodies, in the order in which they were kept; an empty source
// means all sources.
func (s *Store) Kept(ctx context.Context, incident model.ID, source string) ([]model.Page, error) {
	pages, err := s.Pages(ctx, incident, source)
	for i := range pages {
		if err == nil {
			pages[i].Body, err = s.PageBody(ctx, pages[i].ID)
		}
	}
	return pages, err
}

// Pages lists the kept pages of an incident without their bodies, in the order in which they were kept; an
// empty source means all sources.
func (s *Store) Pages(ctx context.Context, incident model.ID, source string) (pages []model.Page, err error) {
	err = s.view(ctx, "read the kept pages", func() error {
		n, err := s.shownIncident("read the kept pages", incident)
		if err != nil {
			return err
		}
		return s.each(`SELECT e.id, p.source, p.name, p.request, p.fetched, p.status, p.digest, p.size, p.next,
				(SELECT w.text FROM change c JOIN site x ON x.n = c.site JOIN word w ON w.n = c.author
					WHERE c.entity = e.n AND c.field = (SELECT n FROM word WHERE text = 'digest') ORDER BY c.clock, x.id LIMIT 1)
			FROM page p JOIN entity e ON e.n = p.n
			WHERE e.incident = ?1 AND e.shown AND (?2 = '' OR p.source = ?2) ORDER BY `+inOrder, []any{n, source}, func(row scanner) error {
			page := model.Page{Incident: incident}
			var source, name, request, fetched, status, digest, size, next, by *string
			if err := row.Scan(&page.ID, &source, &name, &request, &fetched, &status, &digest, &size, &next, &by); err != nil {
				return err
			}
			for to, from := range map[*string]*string{&page.Source: source, &page.Name: name, &page.Request: request, &page.Digest: digest, &page.Next: next, &page.By: by} {
				if from != nil {
					*to = *from
				}
			}
			page.Status, page.Size = whole(status), whole(size)
			if fetched != nil {
				page.FetchedAt, _ = timeOf(*fetched)
			}
			pages = append(pages, page)
			return nil
		})
	})
	return pages, err
}

func whole(text *string) int {
	if text == nil {
		return 0
	}
	n, _ := strconv.Atoi(*text) // what is no number in somebody's copy counts as unknown
	return n
}

// PageBody gives the bytes of a kept page as they came. Bytes that do not match their digest are a fault.
func (s *Store) PageBody(ctx context.Context, id model.ID) (body []byte, err error) {
	var packed, digest string
	err = s.view(ctx, "read a kept page", func() error {
		if packed, err = s.content(id, "content"); err != nil {
			return err
		}
		_, err := found(s.row("SELECT coalesce(p.digest, '') FROM page p JOIN entity e ON e.n = p.n WHERE e.id = ?", string(id)).Scan(&digest))
		return err
	})
	if err != nil {
		return nil, err
	}
	if body, err = unpack(packed); err == nil && digestOf(body) == digest {
		return body, nil
	}
	return nil, &model.Fault{Kind: model.FaultInput, What: "read a kept page", Reason: "its bytes do not match their digest", Remedy: "run aftermath doctor", Err: err}
}

// pack writes bytes as text that fits a cell.
func pack(body []byte) (string, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(body)
	}
	if err == nil {
		err = z.Close()
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), err
}

func unpack(text string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, pageLimit))
}
