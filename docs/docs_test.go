// Package docs holds the pages that are made from the code, so that they cannot disagree with it. The tests
// fail when a page is stale; `go generate .` at the root, or `go test ./docs -update`, writes them anew.
package docs

import (
	"fmt"
	"strings"
	"testing"

	"aftermath/ui/uitest"
)

// A page is a Markdown document in the making.
type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// row adds a row of a table; a bar in a cell would end it.
func (p *page) row(cells ...string) {
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "|", `\|`)
	}
	p.line("| %s |", strings.Join(cells, " | "))
}

func (p *page) head(cells ...string) {
	p.row(cells...)
	p.line("|%s", strings.Repeat(" --- |", len(cells)))
}

func code(s string) string { return "`" + s + "`" }

// hold compares the page with the one that is kept.
func (p *page) hold(t *testing.T, name string) {
	t.Helper()
	uitest.File(t, name, strings.TrimRight(p.String(), "\n")+"\n")
}
