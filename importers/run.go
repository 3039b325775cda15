package importers

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// refusalLimit is how many refusals are kept one by one; all are counted.
const refusalLimit = 1000

// warningLimit keeps a hostile file from filling the memory with warnings.
const warningLimit = 200

// Read gives the reading of in as src, with opt as the answers. It can be called more than once.
//
// The error of the returned function is a *Question when something must be answered first, the error
// that emit returned, or a *model.Fault. What was emitted before an error must be rolled back.
func Read(src Source, in *Input, opt Options) model.ReadEvidence {
	return func(emit func(*model.Event) error) (model.Reading, error) {
		r := newRun(src, in, opt, emit)
		if err := r.read(); err != nil {
			return r.reading, err
		}
		return r.reading, nil
	}
}

// run is one reading in progress: parsers hand it events and refusals, and it counts.
type run struct {
	src     Source
	in      *Input
	opt     Options
	emit    func(*model.Event) error
	failed  error // of emit: it ends the reading, whatever is read
	reading model.Reading
	clock   clock
	bad     error // of the first file that could not be read to its end

	file       *File  // being read
	original   string // the record being read, for the preview
	previewing bool
	plain      bool // the record being read is printable ASCII through and through
	seen       seen
	texts      seen           // of records without an id, in the file being read
	again      map[uint64]int // how often they came, beyond the first time
	held       []heldEvent    // events that a newer version may replace
	heldAt     map[string]int
	outside    int
	nothing    string          // why a file that was read well holds nothing
	told       map[string]bool // warnings that were given
	scratch    []byte
	counts     model.FileReading // of the file being read
}

// A heldEvent waits for the end of the reading, because its record may come again in a newer version.
type heldEvent struct {
	event    model.Event
	updated  time.Time
	original string
	file     *File
}

// heldLimit is how many events may wait; then they are given as they are.
const heldLimit = 50_000

func newRun(src Source, in *Input, opt Options, emit func(*model.Event) error) *run {
	r := &run{src: src, in: in, opt: opt, again: map[uint64]int{}, heldAt: map[string]int{}, told: map[string]bool{}}
	r.emit = func(e *model.Event) error {
		r.failed = emit(e)
		return r.failed
	}
	r.clock = clock{run: r}
	for _, f := range in.Files {
		f.encodeAs(opt.Encoding)
	}
	r.reading = model.Reading{Source: src.Name, Name: in.Name, Parser: src.Name + "/2"}
	return r
}

func (r *run) read() error {
	if err := mismatch(r.src, r.in); err != nil {
		return err
	}
	for _, w := range r.in.Warnings {
		r.warn(w, "%s", w)
	}
	if err := r.src.parse(r); err != nil {
		return r.offered(err)
	}
	if err := r.release(); err != nil {
		return err
	}
	if r.outside > 0 {
		r.warn("outside", "%s outside the window of time and left out", plural(r.outside, "record lies", "records lie"))
	}
	if r.reading.Read == 0 && r.outside == 0 {
		if r.bad != nil {
			return &model.Fault{Kind: model.FaultInput, What: "import as " + r.src.Name, File: r.in.Name, Reason: cause(r.bad), Remedy: "get the file again", Err: r.bad}
		}
		if why := r.in.unreadable(); why != "no format was recognised in it" {
			return &model.Fault{Kind: model.FaultInput, What: "import as " + r.src.Name, File: r.in.Name, Reason: why, Remedy: "look at the file"}
		}
		if err := r.empty(); err != nil {
			return err
		}
	}
	sum, err := r.in.sum()
	r.reading.Digest = sum
	if err == nil && !r.previewing {
		r.keep()
	}
	return err
}

// empty is the fault of an input that holds nothing for a timeline. A live source may well have nothing to tell.
func (r *run) empty() error {
	if r.in.fetched {
		r.warn("none", "no record with a time was found in %s", r.in.Name)
		return nil
	}
	reason := r.nothing
	if reason == "" {
		reason = fmt.Sprintf("no record with a time was found; it was read as %s (%s)", r.src.Title, r.src.About)
		if line := r.in.firstLine(); line != "" {
			reason += " and begins with " + quote(line)
		}
	}
	remedy := "nothing was kept; `aftermath import --list` names the other forms"
	if other, why, c := bestSource(r.in); c >= Likely && other.Name != r.src.Name {
		remedy = fmt.Sprintf("nothing was kept; it looks like %s (%s): name the source %s, or auto", other.Title, why, other.Name)
	}
	return &model.Fault{Kind: model.FaultInput, What: "import as " + r.src.Name, File: r.in.Name, Reason: reason, Remedy: remedy}
}

// each reads the files of the input one after the other. Of several files those that the source does
// not know are left alone with a warning; one that breaks off is reported and the next is read.
func (r *run) each(read func(f *File, content io.Reader) error) error {
	for _, f := range r.in.Files {
		if r.in.foreign(r.src, f) {
			r.warn("skip "+f.Name, "%s is not %s and was left out", f.Name, r.src.Title)
			r.reading.Files = append(r.reading.Files, model.FileReading{Name: f.Name, Left: "it is not " + r.src.Title})
			continue
		}
		if err := f.ours(); err != nil && !r.in.fetched {
			r.file = f
			r.refuse(0, reasonOf(err), "")
			continue
		}
		if err := r.askEncoding(f); err != nil {
			return err
		}
		if err := r.read1(f, read); err != nil {
			return err
		}
	}
	return nil
}

// read1 reads one file, taking the digest of its bytes on the way.
func (r *run) read1(f *File, read func(f *File, content io.Reader) error) error {
	r.file = f
	r.texts.clear()
	clear(r.again)
	r.counts = model.FileReading{Name: f.Name, Source: r.src.Name}
	outside := r.outside
	defer func() {
		if r.counts.Events+r.counts.Refused == 0 && r.outside == outside {
			r.counts.Left = firstOf(r.nothing, "no record with a time was found")
		}
		r.reading.Files = append(r.reading.Files, r.counts)
	}()
	content, err := f.open()
	if err != nil {
		r.broken(0, err)
		return nil
	}
	defer content.Close()
	if f.raw == "" || f.packed || f.digest != "" {
		return r.tolerate(read(f, f.text(content)))
	}
	sum := sha256.New()
	tee := io.TeeReader(content, sum)
	if err := r.tolerate(read(f, f.text(tee))); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, tee); err != nil {
		r.broken(0, err)
		return nil
	}
	f.digest = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// A brokenFile is trouble with the bytes of a file. What was read before it is good.
type brokenFile struct {
	line int
	err  error
}

func (b brokenFile) Error() string { return b.err.Error() }

// tolerate turns trouble with one file into a refusal, so that the others are read. Of the pages of a live source
// that holds for a question, too: nobody is there to answer it, and the other pages need no answer.
func (r *run) tolerate(err error) error {
	var b brokenFile
	var q *Question
	switch {
	case errors.As(err, &b):
		r.broken(b.line, b.err)
	case err == nil || !r.in.fetched || r.failed != nil:
		return err
	case errors.As(err, &q):
		r.broken(q.Line, plainReason(quote(q.Example)+" "+q.Why))
	default:
		r.broken(0, err)
	}
	return nil
}

func (r *run) broken(line int, err error) {
	if r.bad == nil {
		r.bad = err
	}
	reason := "the file cannot be read further: " + cause(err)
	r.refuse(line, reason, "")
	if r.in.fetched {
		r.reading.Unread = append(r.reading.Unread, model.Refusal{File: r.fileName(), Line: line, Reason: reason})
	}
}

// event gives e, whose external id is set, unless it came before. Its texts are made safe here.
func (r *run) event(e *model.Event) error {
	if reason := r.polish(e); reason != "" {
		r.refuse(e.Line, reason, e.TimeText)
		return nil
	}
	if r.isOutside(e) {
		return nil
	}
	r.reading.Read++
	r.counts.Events++
	if !r.seen.add(stringHash(e.ExternalID)) {
		r.reading.Repeats++
		return nil
	}
	return r.emit(e)
}

// eventAsOf gives e at the end of the reading, unless its record comes again with a later update.
func (r *run) eventAsOf(e *model.Event, updated time.Time) error {
	e.Updated = updated
	if reason := r.polish(e); reason != "" {
		r.refuse(e.Line, reason, e.TimeText)
		return nil
	}
	if r.isOutside(e) {
		return nil
	}
	r.reading.Read++
	r.counts.Events++
	if at, ok := r.heldAt[e.ExternalID]; ok {
		r.reading.Repeats++
		if h := &r.held[at]; updated.After(h.updated) {
			*h = heldEvent{*e, updated, r.original, r.file}
		}
		return nil
	}
	if !r.seen.add(stringHash(e.ExternalID)) {
		r.reading.Repeats++
		return nil
	}
	r.heldAt[e.ExternalID] = len(r.held)
	r.held = append(r.held, heldEvent{*e, updated, r.original, r.file})
	if len(r.held) >= heldLimit {
		return r.release()
	}
	return nil
}

func (r *run) release() error {
	for i := range r.held {
		r.original, r.file = r.held[i].original, r.held[i].file
		if err := r.emit(&r.held[i].event); err != nil {
			return err
		}
	}
	r.held = r.held[:0]
	clear(r.heldAt)
	return nil
}

// polish makes the texts of e safe to show and fills in what every event has. It returns a reason when
// e cannot be an event.
func (r *run) polish(e *model.Event) string {
	if year := e.At.Year(); year < firstYear || year >= lastYear {
		return fmt.Sprintf("the year %d is outside %d to %d", year, firstYear, lastYear)
	}
	e.At = e.At.UTC()
	if !e.End.IsZero() {
		e.End = e.End.UTC()
		if e.End.Before(e.At) || e.End.Year() >= lastYear {
			e.End = time.Time{}
			r.warn("end", "ends that lie before their start were left out; the first is in %s", r.place(e.Line))
		}
	}
	e.Title, e.Actor, e.Service = r.word(e.Title, titleRunes), r.word(e.Actor, titleRunes), r.word(e.Service, titleRunes)
	if e.Body != "" {
		e.Body = manyLines(e.Body)
	}
	e.URL = webAddress(e.URL)
	e.TimeText = r.word(e.TimeText, 100)
	if e.Source = r.word(e.Source, 60); e.Source == "" {
		e.Source = r.src.Name
	}
	if e.Title == "" {
		if e.Title, e.Body = titleAndBody(e.Body); e.Title == "" {
			e.Title = "(no text)"
		}
	}
	return ""
}

// word is a text of the record being read, on one line and at most n runes long.
func (r *run) word(s string, n int) string {
	if !r.plain {
		return cutRunes(oneLine(s), n)
	}
	return cutRunes(trimmed(s), n)
}

// trimmed is strings.TrimSpace for printable ASCII.
func trimmed(s string) string {
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// isOutside says whether e does not touch the window that was asked for, and counts it then.
func (r *run) isOutside(e *model.Event) bool {
	end := e.End
	if end.IsZero() {
		end = e.At
	}
	if !r.opt.From.IsZero() && end.Before(r.opt.From) || !r.opt.To.IsZero() && e.At.After(r.opt.To) {
		r.outside++
		return true
	}
	return false
}

// refuse reports a record that cannot be an event.
func (r *run) refuse(line int, reason, text string) {
	r.reading.Read++
	r.reading.Refused++
	r.counts.Refused++
	if len(r.reading.Refusals) < refusalLimit {
		r.reading.Refusals = append(r.reading.Refusals, model.Refusal{File: r.fileName(), Line: line, Reason: reason, Excerpt: excerpt(text)})
	}
}

// warn gives a warning once for each key.
func (r *run) warn(key, format string, args ...any) {
	if r.told[key] || len(r.told) >= warningLimit {
		return
	}
	r.told[key] = true
	r.reading.Warnings = append(r.reading.Warnings, oneLine(fmt.Sprintf(format, args...)))
}

func (r *run) fileName() string {
	if r.file == nil {
		return r.in.Name
	}
	return r.file.Name
}

// place names a line of the file being read.
func (r *run) place(line int) string {
	if line == 0 {
		return r.fileName()
	}
	return fmt.Sprintf("%s, line %d", r.fileName(), line)
}

// hashID is the external id of a record that has none of its own: a digest of its parts. With unique,
// equal records of one file are told apart by a running number, because they are different lines; without,
// the parts hold an id and an equal record is the same one again. The number starts anew in each file, so
// that files which overlap give their common part once.
func (r *run) hashID(label string, unique bool, at time.Time, parts ...string) string {
	b := append(r.scratch[:0], label...)
	b = binary.BigEndian.AppendUint64(append(b, 0), uint64(at.Unix()))
	b = binary.BigEndian.AppendUint32(b, uint32(at.Nanosecond()))
	for _, p := range parts {
		b = append(append(b, p...), 0)
	}
	r.scratch = b
	sum := sha256.Sum256(b)
	var text [64]byte
	out := append(append(text[:0], label...), ':')
	out = hex.AppendEncode(out, sum[:10])
	if unique {
		h := binary.BigEndian.Uint64(sum[10:])
		if !r.texts.add(h) {
			if len(r.again) > generation {
				clear(r.again) // a file made of pairs must not fill the memory
			}
			r.again[h]++
			out = append(out, '-')
			out = strconv.AppendInt(out, int64(r.again[h]+1), 10)
		}
	}
	return string(out)
}

// written is the time of an event as its record has it. Where a zone beside the record makes an instant of it, told or
// stated for a whole file, the clock's own time is a part of who the record is, and the zone is not: read in another
// zone it is the same record.
func (r *run) written(e *model.Event) time.Time {
	zone := r.opt.Zone
	switch {
	case e.ZoneSource == "data" || e.ZoneSource == "":
		return e.At
	case strings.HasPrefix(e.ZoneSource, "file: "):
		zone = r.clock.file.location
	}
	if zone == nil || zone == time.UTC {
		return e.At
	}
	_, offset := e.At.In(zone).Zone()
	return e.At.Add(time.Duration(offset) * time.Second)
}

// hashSeed differs in each process, so that no file can be made to collide.
var hashSeed = maphash.MakeSeed()

func stringHash(s string) uint64 { return maphash.String(hashSeed, s) }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// noteInvalid tells once that bytes which are not UTF-8 were replaced.
func (r *run) noteInvalid(valid bool, line int) {
	if !valid {
		r.warn("utf8", "bytes that are not UTF-8 were replaced by \ufffd; the first are in %s", r.place(line))
	}
}

// webAddress is s when it is a web address that can be shown, else "".
func webAddress(s string) string {
	if len(s) > 4000 || !(len(s) > 8 && (s[:7] == "http://" || s[:8] == "https://")) {
		return ""
	}
	if !isPlain(s) || bytes.ContainsAny([]byte(s), " <>\"") {
		return ""
	}
	return s
}
