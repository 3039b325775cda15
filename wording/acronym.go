package wording

import "strings"

// Acronyms are the abbreviations of a text that nothing explains: not the list of those that any engineer
// reads without stopping, not what the readers know, and not the text itself.
func Acronyms(text string, a Around) []string { return parse(text).acronyms(text, a) }

// mostAcronyms are asked after in one text.
const mostAcronyms = 5

func (s *sentence) acronyms(text string, a Around) []string {
	var out []string
	shouted, words := 0, 0
	text = text[:min(len(text), Longest)]
	for _, t := range s.tokens {
		if t.mark || t.low == "" || t.number {
			continue
		}
		words++
		short, ok := acronym(t.text)
		if !ok {
			continue
		}
		shouted++
		if len(out) == mostAcronyms || commonAcronyms()[short] || contains(out, short) || a.explains(short) || explained(short, text) {
			continue
		}
		out = append(out, short)
	}
	if words > 1 && shouted*2 > words { // a line in capitals says nothing by them
		return nil
	}
	return out
}

// acronym takes two to five capitals, with a plural s or without.
func acronym(w string) (string, bool) {
	w = strings.TrimSuffix(w, "s")
	if len(w) < 2 || len(w) > 5 {
		return "", false
	}
	for i := range len(w) {
		if w[i] < 'A' || w[i] > 'Z' {
			return "", false
		}
	}
	return w, true
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// explains looks among the names that the readers know and in the texts that they have read before.
func (a Around) explains(short string) bool {
	for _, t := range a.Terms {
		for w := range strings.FieldsFuncSeq(t, func(r rune) bool { return !wordRune(r) }) {
			if strings.EqualFold(w, short) {
				return true
			}
		}
	}
	for _, t := range a.Texts {
		if explained(short, t[:min(len(t), Longest)]) {
			return true
		}
	}
	return false
}

// explained finds "Point of Sale (POS)", "POS (point of sale)" and "POS, point of sale".
func explained(short, text string) bool {
	if !strings.Contains(text, short) {
		return false
	}
	return strings.Contains(text, "("+short+")") || strings.Contains(text, "("+short+"s)") || strings.Contains(text, short+" (") || spelledOut(short, text)
}

// spelledOut finds as many words in a row as the acronym has letters, beginning with them.
func spelledOut(short, text string) bool {
	letters := strings.ToLower(short)
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !wordRune(r) })
	for i := 0; i+len(letters) <= len(words); i++ {
		k := 0
		for k < len(letters) && words[i+k][0] == letters[k] && len(words[i+k]) > 1 {
			k++
		}
		if k == len(letters) {
			return true
		}
	}
	return false
}

// spell is the remark on the first acronym that nothing explains, or none.
func spell(acronyms []string) Remark {
	if len(acronyms) == 0 {
		return Remark{}
	}
	short := acronyms[0]
	return Remark{Acronym, short + " is not spelled out.", "What does " + short + " stand for, for a reader from outside?", short}
}
