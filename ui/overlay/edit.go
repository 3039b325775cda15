package overlay

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// An Edit is a field to type into, docked at the foot. What is typed is kept as a draft from the first
// letter on, so that neither esc nor the end of the program loses it.
type Edit struct {
	Name   string // the label
	Verb   string // what enter does; empty means save
	Help   string
	Text   string // the value to begin with
	Multi  bool
	Draft  string                                   // the name under which the draft is kept
	Check  func(text string) (note string, ok bool) // live; a text that is not ok cannot be saved
	Judge  func(text string) string                 // live: one calm line, which never refuses
	Words  *Words                                   // live: whose words these are, for the judgement of wording
	Live   func(text string) tea.Cmd                // told of every change, for a filter
	Recall func(text string) tea.Cmd                // looks up what is known of a text, and answers with Recalled
	Save   func(text string) tea.Cmd
	Paste  func(text string) tea.Cmd // takes several lines pasted into a field for one; nil leaves them to the field
	Cancel func() tea.Cmd            // esc, where there is no draft

	in       *widget.Input
	note     string
	remark   model.Remark // what the note is about, where it is about the wording
	recalled string       // what is known of the text
	asking   bool         // a recall is on its way: the next one waits, so that typing starts no queue
	bad      bool
	restored bool
	version  int
}

// The messages by which an Edit has its drafts kept. The root does it, in commands.
type (
	KeepDraft struct{ Name, Text string }
	DropDraft struct{ Name string }
	FindDraft struct {
		Name string
		Then func(text string) tea.Msg
	}
	// UseEditor asks for the person's own editor and then gives its text back.
	UseEditor struct {
		Text string
		Then func(text string) tea.Msg
	}
)

// Recalled is the answer to a recall: what is known of a text, or nothing.
type Recalled struct{ Text, Note string }

type (
	draftFound struct{ text string }
	edited     struct{ text string }
	draftDue   struct{ version int }
)

// draftPause is how long typing has to rest before the draft is written.
const draftPause = 250 * time.Millisecond

// Open shows the field.
func (e *Edit) Open() tea.Cmd {
	e.in = widget.NewInput(e.Text, e.Multi)
	e.look()
	if e.Draft == "" {
		return Open(e)
	}
	return nav.Seq(Open(e), nav.Cmd(FindDraft{e.Draft, func(text string) tea.Msg { return draftFound{text} }}))
}

// Docked is true: the screen above stays in sight.
func (e *Edit) Docked() bool { return true }

// Update takes typing.
func (e *Edit) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftFound:
		if msg.text != "" && msg.text != e.Text && e.in.Value() == e.Text {
			e.in, e.restored = widget.NewInput(msg.text, e.Multi), true
			e.look()
		}
		return nil
	case edited:
		e.in = widget.NewInput(msg.text, e.Multi)
		return e.changed()
	case Recalled:
		e.asking = false
		if msg.Text != e.in.Value() {
			return e.recall()
		}
		e.recalled = msg.Note
		return nil
	case draftDue:
		if msg.version == e.version {
			return e.Keep()
		}
		return nil
	case nav.Loaded: // a remark may have been set aside, or come back
		if e.Words != nil {
			e.Words.Record = msg.Record
			e.look()
		}
		return nil
	case tea.PasteMsg:
		if text := strings.TrimSpace(msg.Content); e.Paste != nil && strings.ContainsAny(text, "\r\n") {
			return closeThen(e.Paste(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(msg.Content)))
		}
	case tea.KeyPressMsg:
		switch msg.String() {
		case "ctrl+d":
			if e.aside() {
				return Aside(e.Words.Record.Incident.ID, e.remark)
			}
			return nil
		case "esc":
			return closeThen(e.leave())
		case "enter":
			if !e.Multi {
				return e.save()
			}
		case "tab", "ctrl+enter":
			return e.save()
		case "ctrl+e":
			return nav.Cmd(UseEditor{e.in.Value(), func(text string) tea.Msg { return edited{text} }})
		}
	}
	if e.in.Update(msg) {
		return e.changed()
	}
	return nil
}

func (e *Edit) changed() tea.Cmd {
	e.restored = false
	e.version++
	e.look()
	if e.Live != nil {
		return e.Live(e.in.Value())
	}
	if cmd := e.recall(); cmd != nil {
		return tea.Batch(cmd, e.draft())
	}
	return e.draft()
}

func (e *Edit) recall() tea.Cmd {
	if e.Recall == nil || e.asking {
		return nil
	}
	e.asking = true
	return e.Recall(e.in.Value())
}

// draft has the text kept once typing rests.
func (e *Edit) draft() tea.Cmd {
	if e.Draft == "" {
		return nil
	}
	if e.version%20 == 0 { // somebody who never pauses is safe too
		return e.Keep()
	}
	version := e.version
	return nav.Cmd(nav.Later{After: draftPause, Msg: draftDue{version}})
}

// Keep has the text kept as a draft.
func (e *Edit) Keep() tea.Cmd {
	if e.Draft == "" || e.in.Value() == e.Text {
		return nil
	}
	return nav.Cmd(KeepDraft{e.Draft, e.in.Value()})
}

func (e *Edit) look() {
	e.note, e.bad = "", false
	if e.Check != nil {
		note, ok := e.Check(e.in.Value())
		e.note, e.bad = note, !ok
	}
	if e.note == "" && e.Judge != nil {
		e.note = e.Judge(e.in.Value())
	}
	e.remark = model.Remark{}
	if e.note == "" && e.Words != nil {
		e.remark = e.Words.Remark(e.in.Value())
		e.note = e.remark.String()
	}
}

// aside tells whether there is a remark that can be set aside.
func (e *Edit) aside() bool { return e.remark.Some() && e.remark.Of != "" }

func (e *Edit) leave() tea.Cmd {
	switch {
	case e.Cancel != nil:
		return e.Cancel()
	case e.Draft == "":
		return nil
	case e.in.Value() == e.Text:
		return nav.Cmd(DropDraft{e.Draft})
	}
	return tea.Batch(e.Keep(), nav.Cmd(nav.Say{Text: "Not saved. The draft waits here for you."}))
}

func (e *Edit) save() tea.Cmd {
	if e.bad {
		return nil
	}
	save := e.Save(e.in.Value())
	if e.Draft == "" {
		return closeThen(save)
	}
	if m, ok := nav.Instant(save); ok {
		if do, ok := m.(nav.Do); ok { // the draft goes only once its text is in the file
			do.Draft = e.Draft
			return closeThen(nav.Cmd(do))
		}
	}
	return closeThen(nav.Seq(save, nav.Cmd(DropDraft{e.Draft})))
}

// View draws the label, the help, the field, the live note and the keys.
func (e *Edit) View(th *theme.Theme, w, h int) []string {
	var lines []string
	if help := cell.Wrap(e.Help, w-2); e.Help != "" && h > 6 {
		for _, l := range help[:min(2, len(help))] {
			lines = append(lines, th.Soft.Paint(l))
		}
	}
	rows := 1
	if e.Multi {
		rows = max(1, min(10, h-4-len(lines)))
	}
	for _, l := range e.in.View(th, w-4, rows) {
		lines = append(lines, th.Accent.Paint(th.Glyph.Vertical)+" "+l)
	}
	lines = append(lines, e.noteLines(th, w-2)...)
	if e.recalled != "" {
		for i, l := range cell.Wrap(e.recalled, w-4) {
			if i < 2 {
				lines = append(lines, th.Soft.Paint("  "+l))
			}
		}
	}
	save := "enter"
	if e.Multi {
		save = "tab"
	}
	verb, leave := "save", "keep as draft"
	if e.Verb != "" {
		verb = e.Verb
	}
	if e.Draft == "" {
		leave = "leave"
	}
	keys := []string{save, verb, "esc", leave, "ctrl-e", "editor", "ctrl-z", "undo typing"}
	if e.aside() {
		keys = []string{save, verb, "ctrl-d", "set the remark aside", "esc", leave, "ctrl-e", "editor"}
	}
	lines = append(lines, hints(th, keys...))
	return sheet(th, e.Name, lines, w)
}

// noteLines is what the field has to say about its text, on at most three lines.
func (e *Edit) noteLines(th *theme.Theme, w int) []string {
	mark, ink, text := th.Glyph.Note, th.Warn, e.note
	switch {
	case e.note != "" && e.bad:
		mark, ink = th.Glyph.Warn, th.Bad
	case e.note == "" && e.restored:
		ink, text = th.Soft, "Your draft is back."
	case e.note == "":
		return []string{""}
	}
	var lines []string
	for i, l := range cell.Wrap(text, w-2) {
		lead := "  "
		if i == 0 {
			lead = mark + " "
		}
		if i < 3 {
			lines = append(lines, ink.Paint(lead+l))
		}
	}
	return lines
}
