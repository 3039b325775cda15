package widget

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"

	"aftermath/ui/cell"
)

// A cluster is what a person sees as one character: a letter with its marks, a syllable of Thai or Hindi, an emoji
// of several parts. The cursor stands between clusters, and a cluster is deleted as one.

// maxLookBack is how far before the cursor the beginning of a cluster is looked for: no character is longer.
const maxLookBack = 64

// clusterStart is where the cluster that ends at col begins.
func clusterStart(line []rune, col int) int {
	if col <= 0 {
		return 0
	}
	from := max(0, col-maxLookBack)
	for i := col - 1; i > from; i-- {
		if line[i] > ' ' && line[i] < unicode.MaxASCII {
			from = i // a letter of ASCII always begins a cluster
			break
		}
	}
	for from < col {
		end := clusterEnd(line, from)
		if end >= col {
			return from
		}
		from = end
	}
	return col - 1
}

// clusterEnd is where the cluster that begins at col ends.
func clusterEnd(line []rune, col int) int {
	if col >= len(line) {
		return len(line)
	}
	clusters := graphemes.FromString(string(line[col:min(len(line), col+maxLookBack)])) // as the width of a line is measured
	if !clusters.Next() {
		return len(line)
	}
	return col + len([]rune(clusters.Value()))
}

// snapped is the beginning of the cluster that col stands in, where it stands inside one.
func snapped(line []rune, col int) int {
	if col <= 0 || col >= len(line) || line[col] < unicode.MaxASCII && line[col-1] < unicode.MaxASCII {
		return col
	}
	if start := clusterStart(line, col); clusterEnd(line, start) > col {
		return start
	}
	return col
}

// visible is text as a field shows it, cluster by cluster, with a dot for what could reorder or hide what stands
// beside it: a control, a mark without a letter, a joiner that joins nothing.
func visible(part []rune) string {
	if plain(part) {
		return string(part)
	}
	var b strings.Builder
	for i := 0; i < len(part); {
		end := clusterEnd(part, i)
		b.WriteString(visibleCluster(part[i:end]))
		i = end
	}
	return b.String()
}

func plain(part []rune) bool {
	for _, r := range part {
		if r < ' ' || r >= unicode.MaxASCII {
			return false
		}
	}
	return true
}

func visibleCluster(cluster []rune) string {
	if unicode.In(cluster[0], unicode.Cc, unicode.Cf, unicode.Mn, unicode.Me) {
		dots := "·"
		if len(cluster) > 1 {
			dots += visible(cluster[1:])
		}
		return dots
	}
	hidden := func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) && r != zeroWidthJoiner && r != zeroWidthNonJoiner {
			return '·'
		}
		return r
	}
	if shown := cell.Clean(strings.Map(hidden, string(cluster))); shown != "" {
		return shown
	}
	return "·"
}

// What joins letters of Arabic and of India, or parts of an emoji, inside a cluster.
const (
	zeroWidthJoiner    = '\u200D'
	zeroWidthNonJoiner = '\u200C'
)
