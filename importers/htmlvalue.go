package importers

import (
	"html"
	"strings"

	"aftermath/model"
)

// htmlValue finds a text that is a piece of a page: chats and status pages write what was said so.
var htmlValue = model.Pattern(`(?i)^\s*<(?:p|div|span|ul|ol|li|h[1-6]|br|b|i|strong|em|blockquote|table|pre|attachment|systemeventmessage|a|at|img)\b[^<>]*/?>`)

// plainText is a text without the marks of a page, if it has them.
func plainText(s string) string {
	if strings.IndexByte(s, '<') < 0 || !htmlValue().MatchString(s) {
		if strings.Contains(s, "&amp;") || strings.Contains(s, "&lt;") || strings.Contains(s, "&nbsp;") {
			return html.UnescapeString(s)
		}
		return s
	}
	var lines []string
	for line := range strings.FieldsFuncSeq(htmlMarkdown(s), func(r rune) bool { return r == '\n' || r == 0 }) {
		if line = strings.Join(strings.Fields(line), " "); strings.Trim(line, "-# ") != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
