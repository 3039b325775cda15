package importers

import "bytes"

// looksLikeJSON says whether a file begins as JSON records do: an object with a member, or a list of objects. A
// bracket alone says nothing: logs begin with [pid: 812], templates with {name}.
func looksLikeJSON(head []byte) bool {
	t := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	for depth := 0; len(t) > 0 && t[0] == '['; depth++ {
		if t = bytes.TrimLeft(t[1:], " \t\r\n"); len(t) == 0 || t[0] == ']' {
			return len(bytes.TrimSpace(t)) <= 1 || bytes.IndexByte([]byte(" \t\r\n,]"), t[1]) >= 0
		}
	}
	if len(t) == 0 || t[0] != '{' {
		return false
	}
	t = bytes.TrimLeft(t[1:], " \t\r\n")
	return len(t) == 0 || t[0] == '"' || t[0] == '}'
}
