package key

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// known holds the name of every action, one on a line. Actions are made by the screens as they stand, so the
// list is written by the test that walks through all of them for docs/keys.md.
//
//go:embed known.txt
var known string

// Unknown says in a sentence which overrides name no action, and which one may be meant; "" when all do.
func (o Overrides) Unknown() string {
	names := strings.Fields(known)
	var wrong []string
	for _, id := range slices.Sorted(maps.Keys(o)) {
		if slices.Contains(names, id) {
			continue
		}
		text := fmt.Sprintf("%q", id)
		if near := model.Nearest(id, names); near != "" {
			text += fmt.Sprintf(" (%q?)", near)
		}
		wrong = append(wrong, text)
	}
	if len(wrong) == 0 {
		return ""
	}
	return "The configuration gives keys to what is no action: " + strings.Join(wrong, ", ") + "."
}
