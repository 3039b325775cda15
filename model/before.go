package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// A NamedBefore is a condition of another incident that reads much like one that is being written.
type NamedBefore struct {
	Factor    ID        `json:"factor"`
	Statement string    `json:"statement"`
	Layer     string    `json:"layer,omitempty"`
	Area      string    `json:"area,omitempty"`
	Incident  ID        `json:"incident"`
	Key       string    `json:"key"`
	Title     string    `json:"title"`
	Started   time.Time `json:"started,omitzero"`
	Shared    []string  `json:"shared"` // why they are alike: the words that both have
	Likeness  float64   `json:"likeness"`
}

// AlikeFrom is the likeness from which two conditions are told to be alike: about every second word is shared.
const AlikeFrom = 0.45

// emptyWords say nothing of what a condition is about.
var emptyWords = strings.Fields("the and for that this with from was were has had not its are all any can could did does into than then there their they when which while who will would been being but only out over own same such very what where after before each more most other some it is in on of to a an at by as or be no one two")

// Stems are the words of a text that say what it is about, without their endings, each once. They are compared,
// not shown.
func Stems(text string) []string {
	var list []string
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if len(w) < 3 || slices.Contains(emptyWords, w) {
			continue
		}
		if w = stem(w); !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// stem takes the commonest endings of English off, as far as four letters are left.
func stem(w string) string {
	for _, end := range []string{"ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y", "e"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) >= 4 {
			return rest
		}
	}
	return w
}

// Forms are the words that a stem may stand for.
func Forms(stemmed string) []string {
	forms := []string{stemmed}
	for _, end := range []string{"s", "es", "ed", "ing", "e", "y", "ies"} {
		forms = append(forms, stemmed+end)
	}
	return forms
}

// Likeness is how much of their words two texts share, from 0 to 1: twice the shared over all (Dice, Measures of
// the amount of ecologic association between species, Ecology 26, 1945). shared are the words of a that both have.
func Likeness(a, b string) (likeness float64, shared []string) {
	as, bs := Stems(a), Stems(b)
	if len(as) == 0 || len(bs) == 0 {
		return 0, nil
	}
	n := 0
	for _, w := range as {
		if slices.Contains(bs, w) {
			n++
			shared = append(shared, wordOf(a, w))
		}
	}
	return 2 * float64(n) / float64(len(as)+len(bs)), shared
}

// wordOf is the word of a text that has a stem.
func wordOf(text, stemmed string) string {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if stem(strings.ToLower(w)) == stemmed {
			return w
		}
	}
	return stemmed
}

// AlikeBefore keeps those that are alike, the likest first and then the newest, one for each incident.
func AlikeBefore(text string, found []NamedBefore) []NamedBefore {
	var list []NamedBefore
	for _, f := range found {
		f.Likeness, f.Shared = Likeness(text, f.Statement)
		if f.Likeness >= AlikeFrom && len(f.Shared) > 1 {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b NamedBefore) int {
		if a.Likeness != b.Likeness {
			return sign(int((b.Likeness - a.Likeness) * 1000))
		}
		return b.Started.Compare(a.Started)
	})
	seen := map[ID]bool{}
	return slices.DeleteFunc(list, func(f NamedBefore) bool {
		was := seen[f.Incident]
		seen[f.Incident] = true
		return was
	})
}

// Sentence tells where a condition was named before, and why that is thought.
func (f NamedBefore) Sentence(more int) string {
	text := "Named before in " + CleanLine(f.Key) + ": " + quote(CleanLine(f.Statement))
	if more > 0 {
		text += ", and in " + Counted(more, "other incident")
	}
	return text + ". Both speak of " + both(f.Shared) + "."
}
