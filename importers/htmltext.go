package importers

import (
	"bytes"
	"html"
	"io"
	"strings"

	"aftermath/model"
)

// isHTML says whether a file is a saved page.
func isHTML(head []byte) bool {
	head = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

var (
	htmlUnread = model.Pattern(`(?is)<(script|style|head)\b.*?</(?:script|style|head)\s*>|<!--.*?-->`)
	htmlMark   = model.Pattern(`(?is)<(/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?/?>`)
)

// addedBreak parts what stands on one line of a page and is shown on several.
const addedBreak = "\x00"

// htmlLines is a page as Markdown that the notes are read from. An item, a row and a heading are parted from what
// stands beside them, and the lines keep their numbers.
func htmlLines(content io.Reader) (io.Reader, error) {
	page, err := io.ReadAll(io.LimitReader(content, textLimit+1))
	if err != nil {
		return nil, err
	}
	return strings.NewReader(htmlMarkdown(string(page))), nil
}

// htmlMarkdown is a page, or a piece of one, with the marks of Markdown for those that part it.
func htmlMarkdown(page string) string {
	text := htmlUnread().ReplaceAllStringFunc(strings.ReplaceAll(page, addedBreak, ""), func(unread string) string {
		return strings.Repeat("\n", strings.Count(unread, "\n"))
	})
	depth := 0
	text = htmlMark().ReplaceAllStringFunc(text, func(mark string) string {
		breaks := strings.Repeat("\n", strings.Count(mark, "\n"))
		m := htmlMark().FindStringSubmatch(mark)
		name, opens := strings.ToLower(m[2]), m[1] == ""
		switch name {
		case "h1", "h2", "h3", "h4", "h5", "h6":
			if opens {
				return breaks + addedBreak + strings.Repeat("#", int(name[1]-'0')) + " "
			}
			return breaks + addedBreak
		case "ul", "ol":
			if opens {
				depth++
			} else {
				depth--
			}
			return breaks + addedBreak
		case "li":
			if opens {
				return breaks + addedBreak + strings.Repeat("  ", max(depth-1, 0)) + "- "
			}
			return breaks + addedBreak
		case "tr":
			return breaks + addedBreak
		case "td", "th":
			if opens {
				return breaks + "| "
			}
			return breaks + " "
		case "p", "div", "br", "table", "section", "article", "blockquote", "pre", "dd", "dt", "hr":
			return breaks + addedBreak
		}
		return breaks
	})
	return html.UnescapeString(text)
}
