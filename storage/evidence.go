package storage

import (
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"hash"
	"time"

	"aftermath/model"
)

// An evidenceRow is one imported line as its source told it. Rows are never edited: what people correct
// are changes over them. A batch of rows is the payload of one import change, which holds their number and
// the hash over them, so that an import is in the file once.
type evidenceRow struct {
	n            int64
	id           int64
	at           int64 // ns since 1970, UTC
	end          int64 // 0 means none
	precision    string
	timeText     string // as the source wrote it
	plainTime    bool   // timeText is at in RFC 3339, and is not stored
	zoneSource   string
	source       string
	kind         string
	actor        string
	service      string
	title        string
	body         string
	url          string
	externalID   string
	line         int64
	housekeeping bool
	updated      int64 // ns since 1970, UTC, at the source; 0 means unknown
	newer        bool  // a newer version of a line that the incident shows
	salt         [8]byte
	leaf         []byte // of a redacted row: what its hash was

	words [4]int64 // precision, zone source, source, kind
}

// wordSource is where the source stands among a row's words.
const wordSource = 2

// The times that fit into the file, as ns since 1970: the years 1678 to 2262.
var (
	earliest = time.Unix(0, -1<<63).UTC()
	latest   = time.Unix(0, 1<<63-1).UTC()
)

func storable(t time.Time) bool { return !t.Before(earliest) && !t.After(latest) }

// newEvidence copies what an event says into a row of an incident.
func newEvidence(incident model.ID, e *model.Event) evidenceRow {
	r := evidenceRow{
		at: e.At.UnixNano(), precision: string(e.Precision), timeText: e.TimeText, zoneSource: e.ZoneSource, source: e.Source, kind: e.Kind,
		actor: e.Actor, service: e.Service, title: e.Title, body: e.Body, url: e.URL, externalID: e.ExternalID,
		line: int64(e.Line), housekeeping: e.Housekeeping,
	}
	if !e.End.IsZero() {
		r.end = e.End.UnixNano()
	}
	if storable(e.Updated) && !e.Updated.IsZero() {
		r.updated = e.Updated.UnixNano()
	}
	r.plainTime = r.timeText == e.At.UTC().Format(time.RFC3339Nano)
	r.id = evidenceID(incident, &r)
	return r
}

// evidenceID is the same for the same line of the same source, so that two people who import one channel
// meet. A line without an id of its own is known by what it says.
func evidenceID(incident model.ID, r *evidenceRow) int64 {
	var buffer [256]byte
	text := append(buffer[:0], incident...)
	text = append(append(text, 0), r.source...)
	text = append(append(text, 0), r.externalID...)
	if r.externalID == "" {
		text = binary.LittleEndian.AppendUint64(append(text, 0), uint64(r.at))
		for _, part := range []string{r.kind, r.actor, r.title, r.body} {
			text = append(append(text, part...), 0)
		}
	}
	sum := sha256.Sum256(text)
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// eventNumber is an event's id as the evidence table has it.
func eventNumber(id model.ID) (int64, bool) {
	b, ok := id.Bytes()
	return int64(binary.BigEndian.Uint64(b[:])), ok && id.Type() == model.TypeEvent
}

func eventID(number int64) model.ID {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(number))
	return model.IDFrom(model.TypeEvent, b)
}

// hash is the row's leaf under the hash of its batch.
func (r *evidenceRow) hash(buffer []byte) ([]byte, []byte) {
	if r.leaf != nil {
		return r.leaf, buffer
	}
	b := append(buffer[:0], r.salt[:]...)
	flag := int64(0)
	if r.housekeeping {
		flag = 1
	}
	if r.plainTime {
		flag |= 2
	}
	for _, v := range [...]int64{r.id, r.at, r.end, r.line, flag} {
		b = binary.LittleEndian.AppendUint64(b, uint64(v))
	}
	timeText := r.timeText
	if r.plainTime {
		timeText = ""
	}
	for _, v := range [...]string{r.precision, timeText, r.zoneSource, r.source, r.kind, r.actor, r.service, r.title, r.body, r.url, r.externalID} {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(v)))
		b = append(b, v...)
	}
	if r.updated != 0 { // rows of the first version of the file have none
		b = binary.LittleEndian.AppendUint64(b, uint64(r.updated))
	}
	sum := sha256.Sum256(b)
	return sum[:], b
}

// A batchHash runs over the leaves of a batch.
type batchHash struct {
	sum    hash.Hash
	buffer []byte
}

func newBatchHash() *batchHash { return &batchHash{sum: sha256.New()} }

func (h *batchHash) add(r *evidenceRow) {
	var leaf []byte
	leaf, h.buffer = r.hash(h.buffer)
	h.sum.Write(leaf)
}

// evidenceColumns are the columns of a row, in the order of value.
const evidenceColumns = `n, id, at, ending, precision, time_text, zone_source, source, kind, actor, service, title, body, url, external_id, line, housekeeping, salt, leaf, updated, tie`

// tie tells rows of one time, source and line apart by what their source calls them, in every incident alike.
func (r *evidenceRow) tie() int64 {
	h := uint32(2166136261) // FNV-1a
	for i := range len(r.externalID) {
		h = (h ^ uint32(r.externalID[i])) * 16777619
	}
	return int64(h >> 16)
}

// evidenceRows are whole rows on their way into the file.
type evidenceRows []evidenceRow

func (e evidenceRows) size() int                          { return len(e) }
func (e evidenceRows) value(row, column int) driver.Value { return e[row].value(column) }

// value is what stands in a column; empty texts take no room.
func (r *evidenceRow) value(column int) driver.Value {
	switch column {
	case 0:
		return r.n
	case 1:
		return r.id
	case 2:
		return r.at
	case 3:
		return unlessZero(r.end)
	case 4:
		return unlessZero(r.words[0])
	case 5:
		if r.plainTime {
			return nil
		}
		return r.timeText
	case 6:
		return unlessZero(r.words[1])
	case 7:
		return r.words[2]
	case 8:
		return r.words[3]
	case 9:
		return unlessEmpty(r.actor)
	case 10:
		return unlessEmpty(r.service)
	case 11:
		return r.title
	case 12:
		return unlessEmpty(r.body)
	case 13:
		return unlessEmpty(r.url)
	case 14:
		return unlessEmpty(r.externalID)
	case 15:
		return unlessZero(r.line)
	case 16:
		if r.housekeeping {
			return int64(1)
		}
		return nil
	case 17:
		if r.leaf != nil {
			return nil
		}
		return r.salt[:]
	case 18:
		if r.leaf == nil {
			return nil
		}
		return r.leaf
	case 19:
		return unlessZero(r.updated)
	case 20:
		return r.tie()
	}
	return nil
}

func unlessZero(n int64) driver.Value {
	if n == 0 {
		return nil
	}
	return n
}

func unlessEmpty(text string) driver.Value {
	if text == "" {
		return nil
	}
	return text
}
