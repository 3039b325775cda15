package importers

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"aftermath/model"
)

var journaldSource = Source{
	Name: "journald", Title: "systemd journal", About: "journalctl -o json or -o export, with binary, repeated and empty fields",
	Detect: detectJournald, parse: parseJournald,
}

func detectJournald(_ string, head []byte) (Confidence, string) {
	switch {
	case bytes.Contains(head, []byte(`"__REALTIME_TIMESTAMP"`)):
		return Sure, "the member __REALTIME_TIMESTAMP"
	case isJournalExport(head):
		return Sure, "the field __REALTIME_TIMESTAMP"
	}
	return No, ""
}

func isJournalExport(head []byte) bool {
	return bytes.HasPrefix(head, []byte("__")) || bytes.Contains(head, []byte("\n__REALTIME_TIMESTAMP="))
}

// journalEntry is what is used of an entry of the journal.
type journalEntry map[string]string

// journalFields are the fields that are kept.
var journalFields = map[string]bool{
	"__CURSOR": true, "__REALTIME_TIMESTAMP": true, "_SOURCE_REALTIME_TIMESTAMP": true, "MESSAGE": true, "PRIORITY": true, "SYSLOG_IDENTIFIER": true,
	"_SYSTEMD_UNIT": true, "_COMM": true, "_HOSTNAME": true, "UNIT": true,
}

// journalReading is one reading of a journal.
type journalReading struct {
	run   *run
	event model.Event
}

func parseJournald(r *run) error {
	j := &journalReading{run: r}
	return r.each(func(f *File, content io.Reader) error {
		if head := f.head(); !looksLikeJSON(head) && isJournalExport(head) {
			return j.export(content)
		}
		return r.records(content, nil, func(rec jsonRecord) error {
			e := journalEntry{}
			err := members(string(rec.raw), func(key, value string) {
				if journalFields[key] {
					e[key] = journalText(value)
				}
			})
			if err != nil {
				r.refuse(rec.n, err.Error(), string(rec.raw))
				return nil
			}
			return j.entry(e, rec.n)
		})
	})
}

// journalText is a field of the JSON form: a text, null when it was too large, a list of bytes when it
// is not UTF-8, or a list of these when the field was given more than once.
func journalText(value string) string {
	if value[0] != '[' {
		return unquote(value)
	}
	var numbers []uint8
	var list []json.RawMessage
	if json.Unmarshal([]byte(value), &list) != nil || len(list) == 0 {
		return ""
	}
	if c := list[0][0]; c >= '0' && c <= '9' {
		for _, n := range list {
			b, err := strconv.ParseUint(string(n), 10, 8)
			if err != nil {
				return ""
			}
			numbers = append(numbers, byte(b))
		}
		return strings.ToValidUTF8(string(numbers), "\ufffd")
	}
	var parts []string
	for _, v := range list {
		if t := journalText(string(v)); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, "\n")
}

// entry gives the event of an entry. The time is the one at which the journal received it; what syslog
// wrote into the message is the host's local time and is not used.
func (j *journalReading) entry(f journalEntry, line int) error {
	written := f["__REALTIME_TIMESTAMP"]
	if written == "" {
		written = f["_SOURCE_REALTIME_TIMESTAMP"]
	}
	micros, n := int64(0), 0
	for ; n < len(written) && n < 17 && written[n] >= '0' && written[n] <= '9'; n++ {
		micros = micros*10 + int64(written[n]-'0')
	}
	if n == 0 || n != len(written) {
		j.run.refuse(line, "the entry has no __REALTIME_TIMESTAMP that can be read", firstOf(written, f["MESSAGE"]))
		return nil
	}
	j.event = model.Event{At: time.UnixMicro(micros).UTC(), TimeText: written, ZoneSource: "data", Precision: "ns", Line: line, Kind: "log", Source: "journald"}
	e := &j.event
	e.Actor = f["_HOSTNAME"]
	e.Service = firstOf(strings.TrimSuffix(firstOf(f["UNIT"], f["_SYSTEMD_UNIT"]), ".service"), f["SYSLOG_IDENTIFIER"], f["_COMM"])
	e.Title, e.Body = titleAndBody(firstOf(f["MESSAGE"], "(message without text)"))
	if p := f["PRIORITY"]; len(p) == 1 && p <= "3" {
		e.Kind = "signal"
	}
	e.ExternalID = "journald:" + f["__CURSOR"]
	if f["__CURSOR"] == "" {
		e.ExternalID = j.run.hashID("journald", true, e.At, f["_HOSTNAME"], f["MESSAGE"])
	}
	return j.run.event(e)
}

// journalExport reads the export form: NAME=value lines, or a name, a length of eight bytes and that many
// bytes for a value with line breaks; an empty line ends an entry.
type journalExport struct {
	r     *bufio.Reader
	line  int
	entry journalEntry
	start int
	size  int
	any   bool
}

func (j *journalReading) export(content io.Reader) error {
	x := &journalExport{r: bufio.NewReaderSize(content, 256<<10), line: 1, start: 1, entry: journalEntry{}}
	for {
		done, reason, err := x.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return brokenFile{x.line, err}
		}
		if x.any && (done || err != nil) {
			switch {
			case reason != "":
				j.run.refuse(x.start, reason, firstOf(x.entry["MESSAGE"], x.entry["__CURSOR"]))
			default:
				j.run.original = firstOf(x.entry["MESSAGE"], x.entry["__CURSOR"])
				if err := j.entry(x.entry, x.start); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return nil
		}
		x.entry, x.start, x.size, x.any = journalEntry{}, x.line, 0, false
	}
}

// next reads to the end of an entry. A reason says why the entry cannot be used.
func (x *journalExport) next() (done bool, reason string, err error) {
	for {
		line, long, err := x.readLine()
		if err != nil && len(line) == 0 {
			return true, reason, err
		}
		if len(line) == 0 {
			if !x.any {
				x.start = x.line
			}
			return true, reason, nil
		}
		x.any = true
		if x.size += len(line); x.size > recordLimit || long {
			reason = longRecord
			continue
		}
		name, value, text := strings.Cut(string(line), "=")
		if !fieldName().MatchString(name) {
			reason = firstOf(reason, "a line is no field of the journal: "+quote(string(line)))
			continue
		}
		if !text {
			value, reason, err = x.binary(reason)
			if err != nil {
				return true, firstOf(reason, "the entry breaks off"), io.EOF
			}
		}
		if journalFields[name] && reason == "" {
			if !utf8.ValidString(value) {
				value = strings.ToValidUTF8(value, "\ufffd")
			}
			if old, again := x.entry[name]; again {
				value = old + "\n" + value
			}
			x.entry[name] = value
		}
	}
}

// readLine reads one line; of a line beyond the limit only the beginning is kept.
func (x *journalExport) readLine() (line []byte, long bool, err error) {
	for {
		part, err := x.r.ReadSlice('\n')
		if len(line)+len(part) <= recordLimit {
			line = append(line, part...)
		} else {
			long = true
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == nil {
			x.line++
		}
		return bytes.TrimSuffix(line, []byte{'\n'}), long, err
	}
}

var fieldName = model.Pattern(`^[A-Z_][A-Z0-9_]{0,255}$`)

// binary reads the value of a field that is written with its length. Where the length is not true the reading goes
// on at the next entry, so that one broken entry costs no other.
func (x *journalExport) binary(reason string) (value, why string, err error) {
	size, err := x.r.Peek(8)
	if err != nil {
		return "", "the entry breaks off", err
	}
	n := binary.LittleEndian.Uint64(size)
	if n > 1<<40 {
		return "", fmt.Sprintf("a field claims to hold %d bytes", n), nil
	}
	x.r.Discard(8)
	data := make([]byte, min(n, uint64(recordLimit)))
	read, err := io.ReadFull(x.r, data)
	if err != nil {
		return "", "the entry breaks off", x.resume(data[:read])
	}
	if n > recordLimit || x.size+int(n) > recordLimit {
		_, err := io.CopyN(io.Discard, x.r, int64(n)-int64(read)+1)
		return "", longRecord, err
	}
	x.size += read
	if c, err := x.r.ReadByte(); err == nil && c != '\n' {
		if err := x.r.UnreadByte(); err != nil {
			return "", "a field does not end where it says", err
		}
		if x.resume(data) != nil {
			x.line += bytes.Count(data, []byte{'\n'})
		}
		return "", "a field does not end where it says", nil
	}
	x.line += bytes.Count(data, []byte{'\n'}) + 1
	return string(data), reason, nil
}

// resume goes back to the first entry that begins within what was read as a value.
func (x *journalExport) resume(data []byte) error {
	at := bytes.Index(data, []byte("\n\n__"))
	if at < 0 {
		return io.ErrUnexpectedEOF
	}
	x.line += bytes.Count(data[:at+1], []byte{'\n'})
	x.r = bufio.NewReaderSize(io.MultiReader(bytes.NewReader(data[at+1:]), x.r), 256<<10)
	return nil
}
