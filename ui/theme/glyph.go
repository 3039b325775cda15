package theme

// Glyphs are the marks that stand beside colour, so that nothing is told by colour alone.
type Glyphs struct {
	Technical, Human, Process string // layers
	Done, Now, Todo           string // steps
	Cursor                    string // the printed mark of the selected row
	Hollow, Dot               string
	Dash, Line                string
	Right, Left               string
	Warn, Moment, Note        string
	Deploy, Alert, Tick       string   // of the picture
	Pointer, Span             string   // the cursor on an axis, and what is selected there
	Bar                       string   // one cell of a bar
	Levels                    []string // a strip of density, empty first
	TopLeft, TopRight         string
	BottomLeft, BottomRight   string
	Vertical, Gap, Ellipsis   string
	Seal                      string
}

var unicodeGlyphs = Glyphs{
	Technical: "◆", Human: "●", Process: "■",
	Done: "✓", Now: "▸", Todo: "·",
	Cursor: "▌", Hollow: "○", Dot: "●",
	Dash: "─", Line: "─", Right: "→", Left: "←",
	Warn: "▲", Moment: "◈", Note: "◇", Deploy: "▲", Alert: "●", Tick: "┬", Pointer: "╂", Span: "━",
	Bar: "▇", Levels: []string{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯", Vertical: "│", Gap: "┄", Ellipsis: "…",
	Seal: "▣",
}

var asciiGlyphs = Glyphs{
	Technical: "T", Human: "H", Process: "P",
	Done: "x", Now: ">", Todo: ".",
	Cursor: ">", Hollow: "o", Dot: "*",
	Dash: "-", Line: "-", Right: "->", Left: "<-",
	Warn: "!", Moment: "K", Note: "+", Deploy: "^", Alert: "*", Tick: "+", Pointer: "#", Span: "=",
	Bar: "#", Levels: []string{" ", ".", ":", "-", "=", "+", "*", "#", "@"},
	TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+", Vertical: "|", Gap: ".", Ellipsis: "...",
	Seal: "#",
}

// Layer is the mark of a layer.
func (g Glyphs) Layer(layer string) string {
	switch layer {
	case "technical":
		return g.Technical
	case "human":
		return g.Human
	case "process":
		return g.Process
	}
	return g.Hollow
}
