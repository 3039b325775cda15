package disclose

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Name is a text to be found wherever it stands, however it is written there.
type Name struct {
	Text    string
	Person  bool // a capital counts unless it has several words, and endings are its own: "May" is not "may", and "Mayas" is hers
	Perhaps bool // a part that could be another's
}

// A Place is where a name stands in a text, with the ending that it carries there.
type Place struct {
	From, To int
	Names    []int // which of the names it could be, the first given first
	Perhaps  bool  // it could be another word
	Handle   bool  // an @ stands before it
}

// A Names finds many names in one pass.
type Names struct {
	list  []known
	forms *automaton
	of    [][]form // by the automaton's words
}

type known struct {
	Name
	runes   int
	capital bool // it is written with one
	joined  bool
}

// A form is one way in which a name is written.
type form struct {
	name int
	stem bool // it only counts with an ending
}

// NewNames prepares the search for names.
func NewNames(list []Name) *Names {
	n := &Names{}
	var words []string
	index := map[string]int{}
	put := func(word string, f form) {
		if word == "" {
			return
		}
		at, seen := index[word]
		if !seen {
			at = len(words)
			index[word] = at
			words = append(words, word)
			n.of = append(n.of, nil)
		}
		if !slices.Contains(n.of[at], f) {
			n.of[at] = append(n.of[at], f)
		}
	}
	for i, name := range list {
		name.Text = strings.TrimSpace(name.Text)
		first, _ := utf8.DecodeRuneInString(name.Text)
		low := Fold(name.Text)
		n.list = append(n.list, known{name, utf8.RuneCountInString(compatible(name.Text).form), unicode.IsUpper(first) || unicode.IsTitle(first), scriptOf(first) == joined})
		for _, spelling := range spellings(name.Text, low) {
			put(spelling, form{i, false})
		}
		if name.Person {
			for _, s := range stems(low) {
				put(s, form{i, true})
			}
		}
	}
	if words != nil {
		n.forms = newAutomaton(words, false)
	}
	return n
}

// spellings are the ways to write a folded name that folding does not make equal.
func spellings(name, low string) []string {
	all := []string{low, Fold(umlauts.Replace(strings.ToLower(compatible(name).form)))}
	if strings.Contains(low, "ae") || strings.Contains(low, "oe") || strings.Contains(low, "ue") {
		all = append(all, strings.NewReplacer("ae", "a", "oe", "o", "ue", "u").Replace(low))
	}
	if first, _ := utf8.DecodeRuneInString(low); scriptOf(first) == joined {
		all = append(all, gaps.Replace(low))
	}
	return all
}

var (
	umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "å", "aa", "æ", "ae")
	gaps    = strings.NewReplacer(" ", "", "・", "", "·", "", "=", "")
)

// stems are what is left of a folded name when it changes before its endings: Мария, Марии; Matti, Matin.
func stems(low string) (all []string) {
	r := []rune(low)
	if len(r) < 4 {
		return nil
	}
	switch last := r[len(r)-1]; scriptOf(last) {
	case cyrillic:
		if strings.ContainsRune("аяоеиыйьу", last) {
			all = append(all, string(r[:len(r)-1]))
		}
		if strings.HasSuffix(low, "ии") || strings.HasSuffix(low, "ыи") || strings.HasSuffix(low, "ая") {
			all = append(all, string(r[:len(r)-2]))
		}
	case greek:
		all = append(all, strings.TrimRight(strings.TrimSuffix(low, "σ"), "αεηιουω"))
	case latin:
		if !strings.ContainsRune("aeiouy", last) {
			break
		}
		if len(r) > 4 {
			all = append(all, string(r[:len(r)-1]))
		}
		if c := r[len(r)-2]; c == r[len(r)-3] && strings.ContainsRune("kpt", c) {
			all = append(all, string(r[:len(r)-2])+string(last))
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return utf8.RuneCountInString(s) < 3 })
}

// Parts are the words of a name by which its bearer is called, too.
func Parts(name string) []string {
	all := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '・' || r == '·' })
	if len(all) < 2 {
		return nil
	}
	return slices.DeleteFunc(all, func(p string) bool {
		first, _ := utf8.DecodeRuneInString(p)
		n := utf8.RuneCountInString(p)
		return n < 2 || n < 3 && scriptOf(first) != joined
	})
}

// Short are parts of a name in a script without blanks that may be its family name or the given one.
func Short(name string) []string {
	r := []rune(compatible(strings.TrimSpace(name)).form)
	for _, c := range r {
		if !unicode.Is(unicode.Han, c) && !unicode.Is(unicode.Hangul, c) {
			return nil
		}
	}
	switch len(r) {
	case 3:
		return []string{string(r[:2]), string(r[1:])}
	case 4, 5:
		return []string{string(r[:2]), string(r[2:])}
	}
	return nil
}

// In lists where the names stand in a text, in order and without overlaps: of two at one place the longer.
func (n *Names) In(text string) []Place {
	if n.forms == nil || text == "" {
		return nil
	}
	v := folded(text)
	var all []Place
	n.forms.each(v.form, func(word, from, to int) {
		if !v.whole(from, to) {
			return
		}
		for _, f := range n.of[word] {
			if p, ok := n.place(v, f, from, to); ok {
				all = append(all, p)
			}
		}
	})
	if len(all) < 2 {
		return all
	}
	slices.SortStableFunc(all, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.To-b.From, a.To-a.From), cmp.Compare(a.From, b.From), sureFirst(a, b), cmp.Compare(a.Names[0], b.Names[0]))
	})
	covered := &finder{view: &view{form: text}}
	var kept []Place
	for _, p := range all {
		if last := len(kept) - 1; last >= 0 && kept[last].From == p.From && kept[last].To == p.To {
			if kept[last].Perhaps == p.Perhaps {
				kept[last].Names = append(kept[last].Names, p.Names...)
			}
		} else if covered.add(Span{From: p.From, To: p.To}) {
			kept = append(kept, p)
		}
	}
	slices.SortFunc(kept, func(a, b Place) int { return cmp.Compare(a.From, b.From) })
	return kept
}

func sureFirst(a, b Place) int {
	switch {
	case a.Perhaps == b.Perhaps:
		return 0
	case a.Perhaps:
		return 1
	}
	return -1
}

// place judges what a form of a name is where it stands: the name, the name with what its language puts before or
// behind it, perhaps the name, or a part of another word.
func (n *Names) place(v *view, f form, from, to int) (Place, bool) {
	s, k := v.form, n.list[f.name]
	p := Place{Names: []int{f.name}, Perhaps: k.Perhaps, Handle: runeBefore(s, from) == '@'}
	if k.joined && k.runes < 2 {
		p.Perhaps = p.Perhaps || touches(runeBefore(s, from), runeAt(s, from)) || touches(runeBefore(s, to), runeAt(s, to))
	}
	if f.stem && !touches(runeBefore(s, to), runeAt(s, to)) {
		return p, false
	}
	start, _ := run(s[:from], from, letter)
	_, end := run(s, to, letter)
	attached := false // to letters of its own script
	if touches(runeBefore(s, from), runeAt(s, from)) {
		ok, perhaps := prefixed(s[start:from], runeAt(s, from), k)
		if !ok {
			return p, false
		}
		p.Perhaps, attached = p.Perhaps || perhaps, scriptOf(runeAt(s, from)) != joined
	}
	if touches(runeBefore(s, to), runeAt(s, to)) {
		ok, perhaps, whole := ended(s[to:end], runeBefore(s, to), k, f.stem)
		if !ok {
			return p, false
		}
		if whole {
			to = end
		}
		p.Perhaps, attached = p.Perhaps || perhaps, attached || scriptOf(runeBefore(s, to)) != joined
	}
	p.From, p.To = v.original(from, to)
	if k.Person && k.capital && !p.Handle && !strings.Contains(k.Text, " ") {
		found := v.text[p.From:p.To]
		first, _ := utf8.DecodeRuneInString(found)
		switch r := []rune(found); {
		case unicode.IsLower(first) && (attached || k.runes < 4 || ordinary[Fold(k.Text)]):
			return p, false
		case unicode.IsLower(first), ordinary[Fold(k.Text)] && len(r) > 1 && unicode.IsUpper(r[1]):
			p.Perhaps = true
		}
	}
	return p, true
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// touches reports whether two runes beside each other belong to one word.
func touches(a, b rune) bool {
	if !letter(a) || !letter(b) {
		return false
	}
	x, y := scriptOf(a), scriptOf(b)
	return x == y || x != joined && y != joined
}

// prefixed judges what stands before a name in its word.
func prefixed(before string, first rune, k known) (ok, perhaps bool) {
	switch scriptOf(first) {
	case joined:
		return true, false
	case semitic:
		if utf8.RuneCountInString(before) <= 4 && strings.Trim(before, "وفبكلاسהוכלבמש") == "" {
			return true, k.runes < 3
		}
		return k.runes >= 3, true
	case other:
		return k.runes >= 3, true
	}
	return k.runes >= 5 && !hasDigit(before), true
}

// ended judges what follows a name in its word, and tells whether it belongs to the name.
func ended(rest string, last rune, k known, stem bool) (ok, perhaps, whole bool) {
	r, _ := utf8.DecodeRuneInString(rest)
	n := utf8.RuneCountInString(rest)
	script := scriptOf(last)
	switch {
	case script == joined:
		return true, false, false
	case script == semitic:
		return k.runes >= 3, true, true
	case script == other:
		return k.runes >= 2, k.runes < 3, false
	case unicode.IsDigit(r):
		return k.runes >= 3 && unicode.IsLetter(last), true, true
	case stem && script == latin:
		return stemEndings[rest], true, true
	case stem:
		return endings[rest], false, true
	case endings[rest] && (n > 1 || script != latin || k.runes > 3):
		return true, !k.Person, true
	}
	return k.runes >= 4 || k.runes == 3 && n <= 3, true, true
}

// endings are those that languages put to a person's name, in folded form: a genitive, a case, a possessive.
var endings = set(`
		s es ns ssa sta lla lta lle ksi nsa nak nek val vel ban ben bol rol tol hoz hez nal nel ert kent nin nun dan
		den tan ten ovi owi em om ov ova owa owej ego iem а у ом ем е ы и ои еи ою ею ов ову ова овои ове ым ыми ых
		ами ям ями ах ях ю я ия ию ии ием иеи ин ина ину иным ого ому им ая ую ов еи еву ева евым ου ο ε α η ησ ασ
		ων ουσ οι ι σ`)

var stemEndings = set("y e i ie o ou u a in ina om am ach ami n lla lle lta ssa sta ksi")

// ordinary are names that are words as well: in small letters they are only the word.
var ordinary = set(`
		may mark will bill rose grace hope joy faith art rob sue drew dawn summer autumn april june august chase
		frank grant guy jack jay lance max miles nick norm pat penny ray rich rusty sandy skip wade ward young long
		short brown white black green gray grey king bishop cook baker page stone wood field fields hill lake rivers
		day knight price fox wolf bell ball banks bush case chance christian cross dean early fisher forest gene
		good hall hunt hunter lane law light love major mason mills parker pearl pine pope power rock root ruby
		sharp singer star storm swift trip victor wall waters west wise worth ash basil carol dale daisy eve fern
		gale harry holly iris ivy jade jasmine jean josh june lily lucky marina melody mercy misty olive opal pepper
		port porter poppy reed robin sage sterling terry tiffany troy violet wren carter cooper potter smith taylor
		turner walker weaver winter noble bond case cash crane drake finch frost hardy hart hood keen lamb little
		marsh moody moon nash noon park pike poole rush savage self sparks steel stock stout street strong sweet
		tate temple tower vale waite webb wells wild winter woods ring sender monitor queue cash order`)

// Handles lists the names of people after an @, in any script: @maya, @müller, @鈴木.
func Handles(text string) (spans []Span) {
	for at := 0; ; {
		n := strings.IndexAny(text[at:], "@＠")
		if n < 0 {
			return spans
		}
		sign := at + n
		_, size := utf8.DecodeRuneInString(text[sign:])
		at = sign + size
		before, first := runeBefore(text, sign), runeAt(text, at)
		if (wordRune(before) || before == '.') && scriptOf(before) != joined || !unicode.IsLetter(first) {
			continue
		}
		_, to := run(text, at, func(r rune) bool { return wordRune(r) || r == '.' || r == '-' })
		if scriptOf(first) != joined {
			_, to = core(text, at, func(r rune) bool { return wordRune(r) || r == '.' || r == '-' })
		}
		to = at + len(strings.TrimRight(text[at:to], ".-"))
		if to > at+utf8.RuneLen(first) || scriptOf(first) == joined {
			spans = append(spans, Span{From: sign, To: to, Kind: "person"})
		}
		at = max(to, at)
	}
}
