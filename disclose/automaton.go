package disclose

// An automaton finds many words in one pass over a text, after Aho and Corasick: what a pass costs does not
// depend on how many words there are.
type automaton struct {
	class  [256]uint8 // of each byte; 0 for those in no word. Capital ASCII letters are read as small ones when fold is set
	width  int
	next   []int32 // by state and class
	ends   []int32 // the longest word that ends in a state, plus one; 0 for none
	suffix []int32 // the state of the next shorter word that ends there, too
	length []int32 // of the words
}

// newAutomaton prepares the search for words. With fold, ASCII words are to be given in lower case.
func newAutomaton(words []string, fold bool) *automaton {
	a := &automaton{width: 1}
	for _, w := range words {
		for i := range len(w) {
			if a.class[w[i]] == 0 {
				a.class[w[i]] = uint8(a.width)
				a.width++
			}
		}
		a.length = append(a.length, int32(len(w)))
	}
	if fold {
		for c := byte('A'); c <= 'Z'; c++ {
			a.class[c] = a.class[c+'a'-'A']
		}
	}
	a.grow()
	for n, w := range words {
		state := int32(0)
		for i := range len(w) {
			at := int(state)*a.width + int(a.class[w[i]])
			if a.next[at] == 0 {
				a.next[at] = a.grow()
			}
			state = a.next[at]
		}
		if a.ends[state] == 0 {
			a.ends[state] = int32(n + 1)
		}
	}
	a.link()
	return a
}

func (a *automaton) grow() int32 {
	a.next = append(a.next, make([]int32, a.width)...)
	a.ends, a.suffix = append(a.ends, 0), append(a.suffix, 0)
	return int32(len(a.ends) - 1)
}

// link fills in where a state goes on when its word does not, level by level.
func (a *automaton) link() {
	fail := make([]int32, len(a.ends))
	var queue []int32
	for c := range a.width {
		if to := a.next[c]; to != 0 {
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		f := fail[s]
		if a.suffix[s] = f; a.ends[f] == 0 {
			a.suffix[s] = a.suffix[f]
		}
		for c := 1; c < a.width; c++ {
			at, other := int(s)*a.width+c, a.next[int(f)*a.width+c]
			if to := a.next[at]; to != 0 {
				fail[to] = other
				queue = append(queue, to)
			} else {
				a.next[at] = other
			}
		}
	}
}

// each gives every word that stands in text, with its bounds, in the order of their ends.
func (a *automaton) each(text string, yield func(word, from, to int)) {
	state := int32(0)
	for i := range len(text) {
		state = a.next[int(state)*a.width+int(a.class[text[i]])]
		for s := state; s != 0; s = a.suffix[s] {
			if n := a.ends[s]; n != 0 {
				yield(int(n-1), i+1-int(a.length[n-1]), i+1)
			}
		}
	}
}
