package importers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A yamlReader reads the YAML that kubectl and its like write: block style, quoted and folded texts. It
// gives it as JSON, with every scalar a text. What else YAML knows, such as flow style, anchors and tags,
// it refuses, because a half understood file is worse than one that is asked for again as JSON.
type yamlReader struct {
	lines []string
	first int // the number of the first line in its file
	i     int // the line being read
}

// A yamlFault tells which line cannot be read, and why.
type yamlFault struct {
	line int
	why  string
}

func (f yamlFault) Error() string { return f.why }

// yamlDepth is how deep values may lie in one another.
const yamlDepth = 100

// yamlToJSON is one document of YAML as JSON; first is the number of its first line.
func yamlToJSON(text string, first int) ([]byte, error) {
	y := &yamlReader{lines: strings.Split(strings.TrimRight(text, "\n"), "\n"), first: first}
	v, err := y.node(0, 0)
	if err != nil {
		return nil, err
	}
	if y.skip(); y.i < len(y.lines) {
		return nil, y.fault("it is indented in a way that is not understood")
	}
	return v, nil
}

func (y *yamlReader) fault(why string) error { return yamlFault{y.first + y.i, why} }

// skip goes to the next line that says something.
func (y *yamlReader) skip() {
	for y.i < len(y.lines) {
		t := strings.TrimLeft(y.lines[y.i], " ")
		if t = strings.TrimRight(t, " \r"); t != "" && t[0] != '#' {
			return
		}
		y.i++
	}
}

// at is the indentation and the text of the line being read; the indentation is -1 at the end.
func (y *yamlReader) at() (indent int, text string) {
	y.skip()
	if y.i >= len(y.lines) {
		return -1, ""
	}
	line := y.lines[y.i]
	text = strings.TrimLeft(line, " ")
	return len(line) - len(text), strings.TrimRight(text, " \r")
}

func isItem(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

// node reads the value that starts at the line being read, if it is indented by at least so much.
func (y *yamlReader) node(atLeast, depth int) ([]byte, error) {
	indent, text := y.at()
	switch {
	case indent < atLeast:
		return []byte("null"), nil
	case depth > yamlDepth:
		return nil, y.fault("its values lie too deep in one another")
	case isItem(text):
		return y.sequence(indent, depth)
	}
	return y.mapping(indent, depth)
}

func (y *yamlReader) sequence(indent, depth int) ([]byte, error) {
	out := []byte{'['}
	for {
		in, text := y.at()
		if in != indent || !isItem(text) {
			break
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		v, err := y.item(indent, text, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, v...)
	}
	return append(out, ']'), nil
}

// item reads one item of a sequence. What stands after its dash is read as if it began a line.
func (y *yamlReader) item(indent int, text string, depth int) ([]byte, error) {
	rest := strings.TrimLeft(text[1:], " ")
	if rest == "" {
		y.i++
		return y.node(indent+1, depth+1)
	}
	if _, _, err := y.key(rest); err != nil && !isItem(rest) {
		if rest[0] == '|' || rest[0] == '>' {
			return y.block(rest, indent)
		}
		return y.scalar(rest, indent)
	}
	inner := indent + len(text) - len(rest)
	y.lines[y.i] = strings.Repeat(" ", inner) + rest
	return y.node(inner, depth+1)
}

func (y *yamlReader) mapping(indent, depth int) ([]byte, error) {
	out := []byte{'{'}
	for {
		in, text := y.at()
		if in < indent || in == indent && isItem(text) {
			return append(out, '}'), nil
		}
		if in > indent {
			return nil, y.fault("it is indented in a way that is not understood")
		}
		name, rest, err := y.key(text)
		if err != nil {
			return nil, err
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		v, err := y.member(rest, indent, depth)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, quoted(name)...), ':'), v...)
	}
}

// member reads the value of a key, which stands beside it or below it.
func (y *yamlReader) member(rest string, indent, depth int) ([]byte, error) {
	switch {
	case rest == "":
		y.i++
		if in, text := y.at(); in == indent && isItem(text) {
			return y.sequence(indent, depth+1)
		}
		return y.node(indent+1, depth+1)
	case rest[0] == '|' || rest[0] == '>':
		return y.block(rest, indent)
	}
	return y.scalar(rest, indent)
}

// key splits a line into its key and what stands beside it.
func (y *yamlReader) key(text string) (name, rest string, err error) {
	if text[0] == '\t' {
		return "", "", y.fault("it is indented with tabs")
	}
	if text[0] == '"' || text[0] == '\'' {
		name, n, closed := quotedScalar(text)
		if rest, ok := strings.CutPrefix(text[n:], ":"); closed && ok && (rest == "" || rest[0] == ' ') {
			return name, strings.TrimSpace(rest), nil
		}
		return "", "", y.fault("a text stands where a key is expected")
	}
	if strings.IndexByte("{[&*!|>?%@`", text[0]) >= 0 {
		return "", "", y.fault("it uses a form of YAML that is not read here")
	}
	if before, after, ok := strings.Cut(text, ": "); ok {
		return before, strings.TrimSpace(after), nil
	}
	if before, ok := strings.CutSuffix(text, ":"); ok {
		return before, "", nil
	}
	return "", "", y.fault("it has no key")
}

// scalar reads a text that starts with rest. It goes on over the lines that are indented deeper.
func (y *yamlReader) scalar(rest string, indent int) ([]byte, error) {
	switch {
	case rest == "{}" || rest == "[]":
		y.i++
		return []byte(rest), nil
	case strings.IndexByte("{[&*!%@`|>", rest[0]) >= 0:
		return nil, y.fault("it uses a form of YAML that is not read here")
	case rest[0] == '"' || rest[0] == '\'':
		return y.quotedLines(rest)
	}
	var b strings.Builder
	b.WriteString(uncommented(rest))
	for y.i++; ; {
		more, ok := y.continuation(indent)
		if !ok {
			break
		}
		if strings.Contains(more, ": ") || strings.HasSuffix(more, ":") {
			y.i--
			return nil, y.fault("it is indented in a way that is not understood")
		}
		if more[0] != '\n' {
			b.WriteByte(' ')
		}
		b.WriteString(more)
	}
	text := b.String()
	if text == "null" || text == "~" || text == "" {
		return []byte("null"), nil
	}
	return quoted(text), nil
}

// continuation is the line being read, if it goes on with a plain text. A blank line is an empty one.
func (y *yamlReader) continuation(indent int) (string, bool) {
	for n := y.i; n < len(y.lines); n++ {
		line := y.lines[n]
		text := strings.TrimLeft(line, " ")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(line)-len(text) <= indent {
			return "", false
		}
		blank := n - y.i
		y.i = n + 1
		return strings.Repeat("\n", blank) + uncommented(strings.TrimSpace(text)), true
	}
	return "", false
}

func uncommented(s string) string {
	if i := strings.Index(s, " #"); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

// quotedLines reads a text in quotes, which may go on over several lines.
func (y *yamlReader) quotedLines(rest string) ([]byte, error) {
	quote, part := rest[:1], rest[1:]
	var whole strings.Builder
	whole.WriteString(quote)
	for {
		if _, n, closed := quotedScalar(quote + part); closed {
			if uncommented(" "+part[n-1:]) != "" {
				return nil, y.fault("something stands behind a text in quotes")
			}
			whole.WriteString(part[:n-1])
			text, _, _ := quotedScalar(whole.String())
			y.i++
			return quoted(text), nil
		}
		blank := 0
		for y.i++; y.i < len(y.lines) && strings.TrimSpace(y.lines[y.i]) == ""; y.i++ {
			blank++
		}
		if y.i >= len(y.lines) {
			return nil, y.fault("a quote is not closed")
		}
		whole.WriteString(quotedJoint(quote, part, blank))
		part = strings.TrimLeft(y.lines[y.i], " \t")
	}
}

// quotedJoint is a line of a text in quotes with what joins it to the next: a blank, or a break for each blank
// line between them. An escaped line end joins them as they are.
func quotedJoint(quote, part string, blank int) string {
	escaped := quote == `"` && endsInEscape(part)
	breaks := strings.Repeat("\n", blank)
	switch {
	case escaped:
		return part[:len(part)-1] + breaks
	case blank > 0:
		return strings.TrimRight(part, " \t\r") + breaks
	}
	return strings.TrimRight(part, " \t\r") + " "
}

// endsInEscape says whether the last byte is a backslash that is not escaped itself.
func endsInEscape(s string) bool {
	return (len(s)-len(strings.TrimRight(s, `\`)))%2 == 1
}

// quotedScalar is the text in quotes at the start of s and how long it is.
func quotedScalar(s string) (text string, n int, closed bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == s[0] && c == '\'' && i+1 < len(s) && s[i+1] == '\'':
			b.WriteByte(c)
			i++
		case c == s[0]:
			return b.String(), i + 1, true
		case c == '\\' && s[0] == '"' && i+1 < len(s):
			i += yamlEscape(&b, s[i+1:])
		default:
			b.WriteByte(c)
		}
	}
	return "", len(s), false
}

// yamlEscapes are the escapes of one letter.
var yamlEscapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", '0': "\x00", 'a': "\a", 'b': "\b", 'e': "\x1b", 'f': "\f", 'v': "\v", 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

// yamlEscape writes what follows a backslash and tells how long it is.
func yamlEscape(b *strings.Builder, s string) int {
	if t, ok := yamlEscapes[s[0]]; ok {
		b.WriteString(t)
		return 1
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[0]]
	if digits > 0 && len(s) > digits {
		if r, err := strconv.ParseUint(s[1:1+digits], 16, 32); err == nil && utf8.ValidRune(rune(r)) {
			b.WriteRune(rune(r))
			return 1 + digits
		}
	}
	b.WriteByte(s[0])
	return 1
}

// block reads a text that stands below its key as it is, or folded.
func (y *yamlReader) block(header string, indent int) ([]byte, error) {
	style, mark := header[0], strings.TrimSpace(uncommented(header)[1:])
	inner := 0
	for _, c := range mark {
		switch {
		case c >= '1' && c <= '9':
			inner = max(indent, 0) + int(c-'0')
		case c != '-' && c != '+':
			return nil, y.fault("it uses a form of YAML that is not read here")
		}
	}
	var lines []string
	for y.i++; y.i < len(y.lines); y.i++ {
		line := strings.TrimRight(y.lines[y.i], "\r")
		text := strings.TrimLeft(line, " ")
		if text != "" && len(line)-len(text) <= indent {
			break
		}
		if text != "" && inner == 0 {
			inner = len(line) - len(text)
		}
		if len(line) < inner || inner == 0 {
			line = ""
		}
		lines = append(lines, line[min(inner, len(line)):])
	}
	if style == '>' {
		return quoted(folded(lines)), nil
	}
	return quoted(strings.TrimRight(strings.Join(lines, "\n"), "\n")), nil
}

// folded joins lines with blanks; empty ones and those that are indented keep their breaks.
func folded(lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		switch {
		case i == 0:
		case line == "" || line[0] == ' ' || lines[i-1] == "" || lines[i-1][0] == ' ':
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return strings.TrimRight(b.String(), "\n")
}

// yamlDocuments gives each document of a YAML text as an object, and refuses those that cannot be read,
// with the remedy.
func (p *recorder) yamlDocuments(text, remedy string, give func(o object) error) error {
	lines := strings.SplitAfter(text, "\n")
	for start := 0; start < len(lines); {
		end := start
		for end < len(lines) && !strings.HasPrefix(lines[end], "---") {
			end++
		}
		document := strings.Join(lines[start:end], "")
		p.rec = jsonRecord{n: start + 1, raw: []byte(document)}
		if strings.TrimSpace(document) != "" {
			raw, err := yamlToJSON(document, start+1)
			if f, ok := err.(yamlFault); ok {
				p.run.refuse(f.line, fmt.Sprintf("the YAML cannot be read: %s; %s", f.why, remedy), lines[min(f.line, len(lines))-1])
			} else if !json.Valid(raw) {
				p.refuse(errBadJSON.Error())
			} else if err := give(objectOf(raw)); err != nil {
				return err
			}
		}
		start = end + 1
	}
	return nil
}
