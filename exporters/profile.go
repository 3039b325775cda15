package exporters

import (
	"regexp"

	"aftermath/model"
)

// Profiles are the forms of Markdown that can be written, each for the tool that will read it.
var Profiles = []string{"github", "gitlab", "techdocs", "confluence", "notion", "plain"}

// A style is what a profile's reader treats in its own way. Everything else is the same for all.
type style struct {
	mermaid bool
	hidden  bool   // an HTML comment stays unseen, so that the seal may stand in one
	boxes   bool   // "- [ ]" becomes a box
	angles  bool   // "<https://…>" becomes a link
	align   bool   // the source is what people read: cells are padded
	python  bool   // Python-Markdown with the extensions of TechDocs: fewer backslashes, more habits
	less    string // <
	pipe    string // | in a cell
	dollar  string
	brace   string // { : MDX, Liquid, Hugo and macros of wikis begin with one
	and     string // & where an entity could begin
	marks   string // signs that begin a reference in the finished page

	rewrites func() *regexp.Regexp // what the tool would rewrite
}

var styles = map[string]style{
	"github": {mermaid: true, hidden: true, boxes: true, angles: true, less: "&lt;", pipe: "&#124;", dollar: `\$`, brace: `\{`, and: `\`},
	// GitLab finds !12, ~label, %milestone, &12, $12 and ^alert#12, and {+ added +}, [TOC] and [[_TOC_]], in the finished page.
	"gitlab": {mermaid: true, hidden: true, boxes: true, angles: true, less: "&lt;", pipe: "&#124;", dollar: `\$`, brace: `\{`, and: `\`, marks: "!~%&$^{["},
	// Python-Markdown knows no backslash before &, : and $; SmartSymbols, Mark, Tilde and Caret rewrite what stands in text.
	"techdocs": {mermaid: true, hidden: true, boxes: true, angles: true, python: true, less: "&lt;", pipe: "&#124;", dollar: "&dollar;", brace: `\{`, and: "&amp;", rewrites: smart},
	// What is pasted into Confluence's editor loses comments and shows Mermaid and boxes as they are typed.
	"confluence": {angles: true, less: `\<`, pipe: `\|`, dollar: "$", brace: `\{`, and: `\`},
	"notion":     {mermaid: true, boxes: true, less: `\<`, pipe: `\|`, dollar: `\$`, brace: "{", and: `\`, marks: "{"},
	"plain":      {align: true, boxes: true, angles: true, less: `\<`, pipe: `\|`, dollar: "$", brace: "{", and: `\`},
}

// smart is what TechDocs turns into another sign: fractions, arrows, ±, ≠, ©, marks, strikes and addresses.
var smart = model.Pattern(`\d/\d|--|~|==|\^|\+/-|=/=|\([cCrR]\)|\([tT][mM]\)|c/o|://|\bwww\.`)
