package storage

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// A breach is a place where a site's chain does not hold.
type breach struct {
	at   ref
	what string
}

func (b breach) String() string {
	return fmt.Sprintf("change %d of site %s: %s", b.at.seq, b.at.site, b.what)
}

// verify walks every site's chain, and the rows of every import, and tells where they do not hold.
func (s *Store) verify(tell func(breach)) error {
	var site string
	var previous siteHead
	ends := map[string]siteHead{}
	if err := s.each("SELECT "+changeColumns+" ORDER BY c.site, c.seq", nil, func(row scanner) error {
		c, err := s.scanChange(row)
		if err != nil {
			return err
		}
		if c.site != site {
			site = c.site
			if previous, err = s.start(site); err != nil {
				return err
			}
		}
		switch {
		case c.seq != previous.seq+1:
			tell(breach{c.ref(), fmt.Sprintf("changes are missing before it, from %d on", previous.seq+1)})
		case !bytes.Equal(c.chain(previous.hash), c.hash), c.redacted() && c.value != nil:
			tell(breach{c.ref(), "it does not match its hash"})
		}
		if c.kind == kindImport {
			if err := s.verifyRows(c, tell); err != nil {
				return err
			}
		}
		previous = siteHead{c.seq, c.hash}
		ends[site] = previous
		return nil
	}); err != nil {
		return err
	}
	sites, err := s.siteList()
	if err != nil {
		return err
	}
	for _, r := range sites {
		end, any := ends[r.name]
		if !any {
			end = siteHead{hash: chainStart(r.name)} // as it was when it was named first
		}
		if end.seq != r.head.seq || !bytes.Equal(end.hash, r.head.hash) {
			tell(breach{ref{r.name, end.seq}, fmt.Sprintf("the chain should end with change %d", r.head.seq)})
		}
	}
	return nil
}

// verifyRows compares the rows of an import with the hash that its change holds.
func (s *Store) verifyRows(c *change, tell func(breach)) error {
	var m manifest
	if json.Unmarshal(c.value, &m) != nil {
		return nil // the value itself is what does not match
	}
	var first, count int64
	known, err := found(s.row("SELECT b.first, b.count FROM batch b JOIN site s ON s.n = b.site WHERE s.id = ? AND b.seq = ?", c.site, c.seq).Scan(&first, &count))
	if err != nil {
		return err
	}
	root, rows := newBatchHash(), int64(0)
	if known {
		err = s.eachEvidence(first, first+count, func(r *evidenceRow) error {
			root.add(r)
			rows++
			return nil
		})
	}
	if err == nil && (rows != m.Rows || hex.EncodeToString(root.sum.Sum(nil)) != m.Root) {
		tell(breach{c.ref(), "the imported lines do not match their hash"})
	}
	return err
}

// eachEvidence reads the rows of evidence from one number up to another. The row is reused.
func (s *Store) eachEvidence(from, to int64, yield func(*evidenceRow) error) error {
	columns := strings.TrimSuffix(evidenceColumns, ", tie") // it follows from the others
	if s.firstVersion {
		columns = strings.TrimSuffix(columns, "updated") + "NULL"
	}
	return s.each("SELECT "+columns+" FROM evidence WHERE n >= ? AND n < ? ORDER BY n", []any{from, to}, func(row scanner) error {
		r, err := s.scanEvidence(row)
		if err != nil {
			return err
		}
		return yield(&r)
	})
}

func (s *Store) scanEvidence(row scanner) (r evidenceRow, err error) {
	var end, precision, zone, source, kind, line, updated sql.NullInt64
	var timeText, actor, service, title, body, url, external sql.NullString
	var housekeeping sql.NullBool
	var salt []byte
	if err := row.Scan(&r.n, &r.id, &r.at, &end, &precision, &timeText, &zone, &source, &kind, &actor, &service, &title, &body, &url,
		&external, &line, &housekeeping, &salt, &r.leaf, &updated); err != nil {
		return r, err
	}
	r.end, r.line, r.updated, r.housekeeping = end.Int64, line.Int64, updated.Int64, housekeeping.Bool
	r.timeText, r.plainTime = timeText.String, !timeText.Valid
	r.actor, r.service, r.title, r.body, r.url, r.externalID = actor.String, service.String, title.String, body.String, url.String, external.String
	copy(r.salt[:], salt)
	for _, w := range []struct {
		n  int64
		to *string
	}{{precision.Int64, &r.precision}, {zone.Int64, &r.zoneSource}, {source.Int64, &r.source}, {kind.Int64, &r.kind}} {
		if *w.to, err = s.spell(w.n); err != nil {
			return r, err
		}
	}
	return r, nil
}
