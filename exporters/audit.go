package exporters

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"aftermath/model"
)

// Audit writes a ZIP of all that an auditor asks for: the evidence with its digests, every change of every
// entry, the verification record, the sealed revisions, the whole record, and the digests of these files.
// The same record gives the same bytes.
func Audit(w io.Writer, r Retro, profile string) error {
	r = r.settle()
	history, err := r.history()
	if err != nil {
		return err
	}
	sealed, err := r.sealed()
	if err != nil {
		return err
	}
	var record, changes, page bytes.Buffer
	if err := JSON(&record, r); err != nil {
		return err
	}
	if err := writeHistory(&changes, history); err != nil {
		return err
	}
	if err := r.auditPage(&page, history, sealed, profile); err != nil {
		return err
	}
	files := []packed{{"audit.md", page.Bytes()}, {"history.csv", changes.Bytes()}, {"record.json", record.Bytes()}}
	for _, s := range sealed {
		files = append(files, packed{s.file, []byte(s.document)})
	}
	return pack(w, r.Record.Incident.Key, files)
}

// A packed file is one of an audit pack.
type packed struct {
	name    string
	content []byte
}

// sumsName is the list of the digests of all other files in a pack, as sha256sum writes and checks it.
const sumsName = "SHA256SUMS"

// pack writes files and their digests. No time of day is in it, so that the bytes follow from the record.
func pack(w io.Writer, key string, files []packed) error {
	var sums strings.Builder
	for _, f := range files {
		fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(digestOf(f.content)), f.name)
	}
	z := zip.NewWriter(w)
	if err := z.SetComment(sealText(key, digestOf([]byte(sums.String())))); err != nil {
		return err
	}
	for _, f := range append(files, packed{sumsName, []byte(sums.String())}) {
		out, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := out.Write(f.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// history is every change of the record, oldest first.
func (r Retro) history() ([]model.Change, error) {
	var list []model.Change
	if r.History != nil {
		if err := r.History(func(c model.Change) error { list = append(list, c); return nil }); err != nil {
			return nil, err
		}
	}
	slices.Reverse(list)
	return list, nil
}

// A sealing is a revision with its document.
type sealing struct {
	model.Revision
	file, document string
}

func (r Retro) sealed() ([]sealing, error) {
	var list []sealing
	for _, v := range r.Record.Revisions {
		s := sealing{Revision: v, file: fmt.Sprintf("revision-%d-%s.md", v.Number, cmp.Or(identifier(short(v.Digest)), "unsealed"))}
		var err error
		if s.document, err = r.Revision(v); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// holds tells whether a document is the one that was sealed.
func (s sealing) holds() bool {
	sum := sha256.Sum256([]byte(s.document))
	return hex.EncodeToString(sum[:]) == s.Digest
}

// writeHistory writes one row for each change.
func writeHistory(w io.Writer, history []model.Change) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"when", "who", "from", "gesture", "kind", "type", "entry", "field", "old", "new", "site", "number"}); err != nil {
		return err
	}
	for _, c := range history {
		when := ""
		if !c.At.IsZero() {
			when = model.FormatTime(c.At)
		}
		row := []string{when, c.Author, c.Source, c.Label, c.Kind, string(c.Type), string(c.Entity), c.Field,
			valueOf(c, c.Old), valueOf(c, c.New), c.Site, fmt.Sprint(c.Seq)}
		for i := range row {
			row[i] = noFormula(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// valueOf is a value of a cell as text. Of bytes that were kept whole only the digest is told.
func valueOf(c model.Change, v any) string {
	if v == nil {
		return ""
	}
	s, plain := v.(string)
	if !plain {
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		s = string(b)
	}
	if f, known := model.FieldOf(c.Type, c.Field); known && f.Kind == model.Content {
		sum := sha256.Sum256([]byte(s))
		return fmt.Sprintf("%d bytes, SHA-256 %s", len(s), hex.EncodeToString(sum[:]))
	}
	return model.CleanText(s)
}

// noFormula keeps a spreadsheet from reading text as a formula.
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
