package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/safetext"
	"aftermath/wording"
)

// longestJudged is the longest line of input that is read; a sentence is far shorter.
const longestJudged = 1 << 20

// An asked is one line of the input.
type asked struct {
	ID   json.RawMessage `json:"id"`
	Kind string          `json:"kind"`
	Text *string         `json:"text"`
}

// A judged is one line of the answer. Only the fields that fit the kind stand in it.
type judged struct {
	ID         json.RawMessage  `json:"id"`
	Weak       *bool            `json:"weak,omitempty"`
	Reasons    []wording.Reason `json:"reasons,omitzero"`
	Aim        string           `json:"aim,omitempty"`
	Shallow    *bool            `json:"shallow,omitempty"`
	Blame      *bool            `json:"blame,omitempty"`
	Layer      string           `json:"layer,omitempty"`
	Hindsight  *bool            `json:"hindsight,omitempty"`
	Stance     string           `json:"stance,omitempty"`
	Measurable *bool            `json:"measurable,omitempty"`
	Acronyms   []string         `json:"acronyms,omitempty"`
	What       string           `json:"what,omitempty"`
	Question   string           `json:"question,omitempty"`
}

func (a *app) judgeCommand() *cobra.Command {
	c := command("judge [FILE...]", "Judge the wording of actions, conditions, events and impacts", cobra.ArbitraryArgs, func(ctx context.Context, args []string) error {
		j := &judging{app: a, out: bufio.NewWriter(a.Out)}
		if len(args) == 0 {
			args = []string{"-"}
		}
		for _, name := range args {
			if err := j.file(ctx, name); err != nil {
				return errors.Join(err, j.out.Flush())
			}
		}
		if err := j.out.Flush(); err != nil {
			return err
		}
		if j.refused > 0 {
			return &model.Fault{Kind: model.FaultInput, What: "judge", Reason: model.Counted(j.refused, "line") + " of the input could not be read",
				Remedy: "mend what is named above; every other line is answered"}
		}
		return nil
	})
	c.Long = "Read lines of JSON, {\"id\",\"kind\",\"text\"} with the kind action, factor, event or impact, from files or standard input, and\n" +
		"answer each with what the wording says: whether an action is weak and why and what it aims at; whether a condition ends at\n" +
		"an event, blames somebody, and in which layer it lies; whether an event is said with hindsight, as fact or as opinion; whether\n" +
		"an impact carries an amount. Where there is something to remark on, the better question comes with it. It needs no data file\n" +
		"and no network. With --json the answers are JSON Lines."
	c.Example = "  echo '{\"id\":\"1\",\"kind\":\"action\",\"text\":\"Improve monitoring\"}' | aftermath judge --json\n  aftermath judge sentences.jsonl"
	return c
}

// A judging goes through the input, answers what it can read and counts what it cannot.
type judging struct {
	*app
	out     *bufio.Writer
	refused int
}

func (j *judging) file(ctx context.Context, name string) error {
	if name == "-" {
		return j.lines(ctx, "standard input", j.In)
	}
	f, err := os.Open(name)
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "judge", File: name, Reason: reasonOf(err), Remedy: "name a file of JSON Lines, or - for standard input"}
	}
	defer f.Close()
	return j.lines(ctx, name, f)
}

// reasonOf is the cause alone, without the name that stands beside it already.
func reasonOf(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

func (j *judging) lines(ctx context.Context, name string, from io.Reader) error {
	in := bufio.NewReaderSize(from, 64<<10)
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, long, err := boundedLine(in, longestJudged)
		if err != nil && !errors.Is(err, io.EOF) {
			return &model.Fault{Kind: model.FaultInput, What: "judge", File: name, Line: n, Reason: reasonOf(err), Remedy: "name a file of JSON Lines, or - for standard input"}
		}
		switch text := strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); {
		case long:
			j.refuse(name, n, fmt.Sprintf("it is longer than %d bytes", longestJudged), "give one sentence a line")
		case text != "":
			j.line(name, n, text)
		}
		if err != nil {
			return nil
		}
		if in.Buffered() == 0 { // whoever writes line by line gets the answers line by line
			if err := j.out.Flush(); err != nil {
				return err
			}
		}
	}
}

// boundedLine reads a line of at most limit bytes; of a longer one it tells only that it was.
func boundedLine(in *bufio.Reader, limit int) (line string, long bool, err error) {
	var b []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(b)+len(part) > limit {
			long, b = true, b[:0]
		}
		if !long {
			b = append(b, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(b), long, err
		}
	}
}

func (j *judging) refuse(name string, n int, reason, remedy string) {
	j.refused++
	f := &model.Fault{What: "judge", File: name, Line: n, Reason: reason, Remedy: remedy}
	fmt.Fprintln(j.Err, "aftermath:", oneLine(f.Error()))
}

func (j *judging) line(name string, n int, line string) {
	var q asked
	if !utf8.ValidString(line) {
		j.refuse(name, n, "it is not UTF-8", "save the file as UTF-8")
		return
	}
	if err := json.Unmarshal([]byte(line), &q); err != nil {
		j.refuse(name, n, "it is no JSON object with id, kind and text", `write {"id":"1","kind":"action","text":"..."}`)
		return
	}
	if len(q.ID) == 0 || q.ID[0] != '"' && (q.ID[0] < '0' || q.ID[0] > '9') {
		j.refuse(name, n, "it has no id", `give it one, such as "id":"1"`)
		return
	}
	if q.Text == nil {
		j.refuse(name, n, "it has no text", `put the sentence into "text"`)
		return
	}
	answer, ok := judgeAs(q.Kind, *q.Text)
	if !ok {
		j.refuse(name, n, fmt.Sprintf("%q is no kind of sentence", q.Kind), "the kinds are action, factor, event and impact")
		return
	}
	answer.ID = q.ID
	j.answer(answer)
}

// judgeAs is the answer to one sentence.
func judgeAs(kind, text string) (judged, bool) {
	none := wording.Around{}
	var j judged
	var m wording.Remark
	switch kind {
	case "action":
		v := wording.Action(text, none)
		j, m = judged{Weak: &v.Weak, Reasons: v.Reasons, Aim: v.Aim, Acronyms: v.Acronyms}, v.Remark
		if j.Reasons == nil {
			j.Reasons = []wording.Reason{}
		}
	case "factor":
		v := wording.Factor(text, none)
		j, m = judged{Shallow: &v.Shallow, Blame: &v.Blame, Layer: v.Layer, Acronyms: v.Acronyms}, v.Remark
	case "event":
		v := wording.Event(text, none)
		j, m = judged{Hindsight: &v.Hindsight, Blame: &v.Blame, Stance: v.Stance}, v.Remark
	case "impact":
		v := wording.Impact(text, none)
		j, m = judged{Measurable: &v.Measurable, Acronyms: v.Acronyms}, v.Remark
	default:
		return judged{}, false
	}
	j.What, j.Question = m.What, m.Question
	return j, true
}

func (j *judging) answer(v judged) {
	if j.json {
		b, err := safetext.Marshal(v)
		if err == nil {
			j.out.Write(append(b, '\n')) // a failed write is told by Flush
		}
		return
	}
	id := strings.Trim(string(v.ID), `"`)
	said := "Nothing to remark on."
	if v.What != "" {
		said = v.What + " " + v.Question
	}
	fmt.Fprintf(j.out, "%s: %s\n", model.CleanText(id), model.CleanText(said))
	if facts := v.facts(); facts != "" {
		fmt.Fprintf(j.out, "   %s\n", facts)
	}
}

// facts are the labels in words.
func (v judged) facts() string {
	var out []string
	for _, r := range v.Reasons {
		out = append(out, string(r))
	}
	for _, l := range []struct {
		on   *bool
		name string
	}{{v.Shallow, "shallow"}, {v.Blame, "blame"}, {v.Hindsight, "hindsight"}, {v.Measurable, "measurable"}} {
		if l.on != nil && *l.on {
			out = append(out, l.name)
		}
	}
	for _, l := range []struct{ name, value string }{{"aim", v.Aim}, {"layer", v.Layer}, {"stance", v.Stance}} {
		if l.value != "" {
			out = append(out, l.name+" "+l.value)
		}
	}
	return strings.Join(out, ", ")
}
