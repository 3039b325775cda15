package importers

import (
	"slices"
	"strings"
)

// pairs are the members of a JSON object as its author named them, sorted by name: the labels of an alert,
// of a series or of a stream.
func pairs(raw []byte) [][2]string {
	var all [][2]string
	if len(raw) > 0 {
		members(string(raw), func(key, value string) { all = append(all, [2]string{key, unquote(value)}) })
	}
	slices.SortStableFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return all
}

// pairLines shows pairs as lines of name: value.
func pairLines(all [][2]string) string {
	var lines []string
	for _, p := range all {
		if strings.TrimSpace(p[1]) != "" {
			lines = append(lines, p[0]+": "+p[1])
		}
	}
	return strings.Join(lines, "\n")
}

func labelOf(labels [][2]string, key string) string {
	for _, l := range labels {
		if l[0] == key {
			return l[1]
		}
	}
	return ""
}

// serviceOf is what labels name as the service.
func serviceOf(labels [][2]string) string {
	for _, key := range []string{"service_name", "service", "app", "application", "app_kubernetes_io_name", "job", "container", "namespace"} {
		if v := labelOf(labels, key); v != "" {
			return v
		}
	}
	return ""
}

// texts are the texts in a member that is a list of them.
func (o object) texts(key string) []string {
	var all []string
	for _, raw := range o.raws(key) {
		if t := unquote(string(raw)); t != "" && raw[0] != '{' && raw[0] != '[' {
			all = append(all, t)
		}
	}
	return all
}

// hasAnyMember says whether the beginning of a JSON text holds a member with one of the names.
func hasAnyMember(head []byte, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return hasMember(head, n) })
}
