package overlay

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// An Option is one line of a list to pick from.
type Option struct {
	Value string
	Label string
	Help  string
	Mark  string // a glyph before the label
}

// A Pick is a list to pick one or many from, docked at the foot, narrowed by typing.
type Pick struct {
	Name    string
	Help    string
	Options []Option
	Chosen  []string // the values that are picked already
	Many    bool
	Free    bool // what is typed may be taken as it stands
	Done    func(values []string) tea.Cmd
	More    []More // what else can be done with the option under the cursor

	filter  filter
	touched bool // something was marked or let go since the filter changed
	parted  bool // a comma came last: the blank after it marks nothing
	list    widget.List
	at      []int // the options that the filter lets through
}

// More is one more thing to do with an option: its key is no letter, because letters narrow the list.
type More struct {
	Key, Verb string
	Do        func(value string) tea.Cmd
}

// Open shows the list with the cursor on what is chosen.
func (p *Pick) Open() tea.Cmd {
	p.narrow()
	if i := slices.IndexFunc(p.Options, func(o Option) bool { return slices.Contains(p.Chosen, o.Value) }); i > 0 && !p.Many {
		p.list.At = i
	}
	return Open(p)
}

// Docked is true: the screen above stays in sight.
func (p *Pick) Docked() bool { return true }

func (p *Pick) narrow() {
	p.at = Narrow(p.filter.text(), len(p.Options), func(i int) string { return cell.Clean(p.Options[i].Label) })
	p.list.Clamp(len(p.at), pickRows)
}

// Narrow ranks the items that a filter lets through: what holds the words as they stand comes first, in
// its own order, then what holds their letters.
func Narrow(filter string, n int, label func(int) string) []int {
	var first, labels = []int{}, make([]string, n)
	for i := range n {
		labels[i] = label(i)
		if strings.Contains(strings.ToLower(labels[i]), strings.ToLower(filter)) {
			first = append(first, i)
		}
	}
	for _, m := range fuzzy.Find(filter, labels) {
		if !slices.Contains(first, m.Index) {
			first = append(first, m.Index)
		}
	}
	return first
}

const pickRows = 9

// Update narrows, moves, picks.
func (p *Pick) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		p.typed(msg)
		return nil
	}
	for _, m := range p.More {
		if m.Key == k.String() && len(p.at) > 0 {
			return closeThen(m.Do(p.Options[p.at[p.list.At]].Value))
		}
	}
	parted := p.parted
	p.parted = false
	switch s := k.String(); {
	case s == "esc":
		return closeThen(nil)
	case s == "enter":
		return p.done()
	case s == "," && p.Many && p.Free:
		p.take()
		p.parted = true
	case s == "space" && parted:
	case s == "tab" && p.Many, s == "space" && p.Many && p.filter.text() == "":
		p.toggle()
	case s == "space" && p.filter.text() == "":
	default:
		if !p.typed(k) {
			p.list.Key(s, len(p.at), pickRows)
		}
	}
	return nil
}

// typed gives a key or a paste to the filter and reports whether it was meant for it. Other words are answered from
// the best answer to them on.
func (p *Pick) typed(msg tea.Msg) bool {
	changed, taken := p.filter.update(msg)
	if changed {
		p.restart()
	}
	return taken
}

func (p *Pick) restart() {
	p.touched, p.list.At = false, 0
	p.narrow()
}

// toggle marks the option under the cursor, or lets it go. While words are typed, space belongs to them, and
// tab marks.
func (p *Pick) toggle() {
	if len(p.at) == 0 {
		p.take()
		return
	}
	p.touched = true
	v := p.Options[p.at[p.list.At]].Value
	if i := slices.Index(p.Chosen, v); i >= 0 {
		p.Chosen = slices.Delete(slices.Clone(p.Chosen), i, i+1)
	} else {
		p.mark(v)
	}
}

func (p *Pick) mark(v string) {
	if !slices.Contains(p.Chosen, v) {
		p.Chosen = append(slices.Clone(p.Chosen), v)
	}
}

// take marks what is typed as it stands, where that is allowed.
func (p *Pick) take() {
	v := strings.TrimSpace(p.filter.text())
	if !p.Free || v == "" {
		return
	}
	if i := slices.IndexFunc(p.Options, func(o Option) bool { return strings.EqualFold(o.Label, v) }); i >= 0 {
		v = p.Options[i].Value
	} else {
		p.Options = append(p.Options, Option{Value: v, Label: v})
	}
	p.mark(v)
	p.filter.clear()
	p.restart()
}

// done turns the option that typing has found as well, as long as nothing was turned among what it found: who
// has marked something has said what they mean.
func (p *Pick) done() tea.Cmd {
	if p.Many {
		switch {
		case p.filter.text() == "" || p.touched:
		default:
			p.toggle()
		}
		return closeThen(p.Done(p.Chosen))
	}
	if len(p.at) > 0 {
		return closeThen(p.Done([]string{p.Options[p.at[p.list.At]].Value}))
	}
	if v := strings.TrimSpace(p.filter.text()); p.Free && v != "" {
		return closeThen(p.Done([]string{v}))
	}
	return nil
}

// View draws what is typed, the options and the keys.
func (p *Pick) View(th *theme.Theme, w, h int) []string {
	rows := max(1, min(pickRows, h-4, max(1, len(p.Options))))
	typed := th.Soft.Paint(cell.Cut(p.Help, w-4))
	if p.filter.text() != "" {
		taken := p.taken(w / 2)
		typed = p.filter.view(th, th.Soft.Paint(taken), w-4-cell.Width(taken))
	}
	lines := []string{typed}
	from, to := p.list.Window(len(p.at), rows)
	for i := from; i < to; i++ {
		lines = append(lines, p.row(th, p.Options[p.at[i]], i == p.list.At, w-2))
	}
	if len(p.at) == 0 {
		text := "Nothing like that here."
		if p.Free {
			text = "New: " + cell.Clean(p.filter.text())
		}
		lines = append(lines, th.Soft.Paint(text))
	}
	for len(lines) < rows+1 {
		lines = append(lines, "")
	}
	keys := []string{"type", "narrow", "enter", "choose", "esc", "leave"}
	switch {
	case p.Many && p.filter.text() == "":
		keys = []string{"space", "mark", "enter", "done", "type", "narrow", "esc", "leave"}
	case p.Many && p.touched:
		keys = []string{"tab", "mark", "enter", "done", "esc", "leave"}
	case p.Many && len(p.at) > 0 && slices.Contains(p.Chosen, p.Options[p.at[p.list.At]].Value):
		keys = []string{"tab", "mark", "enter", "let go and done", "esc", "leave"}
	case p.Many:
		keys = []string{"tab", "mark", "enter", "mark and done", "esc", "leave"}
	}
	if p.Many && p.Free {
		keys = append(keys, ",", "parts several")
	}
	for _, m := range p.More {
		keys = append(keys, strings.Replace(m.Key, "ctrl+", "ctrl-", 1), m.Verb)
	}
	return sheet(th, p.Name, append(lines, hints(th, keys...)), w)
}

// taken is what stands before what is being typed where new names are made: the ones that are made already are
// out of sight while the list shows what is like this one.
func (p *Pick) taken(w int) string {
	if !p.Many || !p.Free || len(p.Chosen) == 0 {
		return ""
	}
	return cell.Cut(cell.Clean(strings.Join(p.Chosen, ", ")), w-2) + ", "
}

func (p *Pick) row(th *theme.Theme, o Option, here bool, w int) string {
	mark := "  "
	if here {
		mark = th.Glyph.Cursor + " "
	}
	if p.Many {
		if slices.Contains(p.Chosen, o.Value) {
			mark += th.Glyph.Done + " "
		} else {
			mark += th.Glyph.Todo + " "
		}
	}
	if o.Mark != "" {
		mark += o.Mark + " "
	}
	label := mark + cell.Clean(o.Label)
	room := w - cell.Width(label) - 3
	if here {
		return th.Select.Paint(cell.Fit(label+"   "+cell.Cut(o.Help, room), w))
	}
	if room < 12 || o.Help == "" {
		return th.Text.Paint(cell.Cut(label, w))
	}
	return th.Text.Paint(label) + "   " + th.Soft.Paint(cell.Cut(o.Help, room))
}
