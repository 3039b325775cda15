package imports

import (
	"net/url"
	"strings"
)

// paths parts a typed line at blanks; quotes keep a path with blanks together, and a backslash a blank.
func paths(text string) (list []string) {
	var b strings.Builder
	quote, escaped := rune(0), false
	flush := func() {
		if b.Len() > 0 {
			list = append(list, b.String())
			b.Reset()
		}
	}
	for _, r := range strings.TrimSpace(text) {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\' && quote == 0:
			escaped = true
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && (r == ' ' || r == '\n' || r == '\r' || r == '\t'):
			flush()
		default:
			b.WriteRune(r)
		}
	}
	flush()
	for i := range list {
		list[i] = localPath(list[i])
	}
	return list
}

// pathLines takes pasted or dropped lines for paths when each of them looks like one.
func pathLines(text string) (list []string, ok bool) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !looksLikePath(line) {
			return nil, false
		}
		if isOnePath(line) {
			list = append(list, localPath(line))
		} else {
			list = append(list, paths(line)...)
		}
	}
	return list, len(list) > 0
}

func looksLikePath(line string) bool {
	line = strings.TrimLeft(line, `"'`)
	for _, begin := range []string{"/", "~/", "./", "../", "file://"} {
		if strings.HasPrefix(line, begin) {
			return true
		}
	}
	return len(line) > 2 && line[1] == ':' && line[2] == '\\'
}

// isOnePath reports whether a line that begins as a path holds no other: a blank in it is part of its name.
func isOnePath(line string) bool {
	if strings.ContainsAny(line, "\"'\\") {
		return false
	}
	for part := range strings.SplitSeq(strings.TrimLeft(line, " "), " ") {
		if part != "" && looksLikePath(part) && !strings.HasPrefix(line, part) {
			return false
		}
	}
	return true
}

// localPath is the path that a file:// address names.
func localPath(path string) string {
	if strings.HasPrefix(path, "file://") {
		if u, err := url.Parse(path); err == nil {
			return u.Path
		}
	}
	return path
}
