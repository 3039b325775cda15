package wording

import (
	"strings"
	"sync"
)

// A class is one meaning that a word can have here. A word has several.
type class uint64

const (
	investigates class = 1 << iota // ends in knowing more
	remembers                      // rests on somebody's memory or attention
	trains                         // tells people
	compares                       // more or less of something
	comparative                    // better, quicker, stricter
	generic                        // verbs that name no change: address, handle, rework
	changes                        // verbs that put something in, take it out or move it
	documents                      // verbs of writing down
	governs                        // verbs of agreeing, planning, reviewing
	vague                          // nouns that could mean anything
	rule                           // nouns of process: policy, meeting, checklist
	manual                         // nouns of documents
	mechanism                      // nouns that do something by themselves
	part                           // nouns for a part of a system
	signal                         // what can be measured
	watch                          // alerts, dashboards, logs
	enforced                       // done by a machine
	person
	group
	attacker
	harmed      // what an amount of harm counts
	timeUnit    //
	quantity    // a number in words
	happening   // verbs and nouns for what occurred
	occurrence  // nouns for what occurred
	condition   // words for a standing state
	soft        // words that often stand in one
	fault       // words that are a verdict on a person
	slip        // adverbs of accident
	omission    // verbs of not doing
	belief      // knowledge, attention, workload
	practice    // testing, review, release, ownership
	helpful     // what would have helped
	verdict     // measures against a standard
	later       // phrases of hindsight
	uncertain   // probably, seems, we believe
	praise      // feelings, luck, evaluation
	seesSooner  // aims
	limitsBlast //
	decides     //
	eases       //
	talks       //
	verb        // can be a verb
	closed      // articles, prepositions, pronouns, conjunctions
	adjective   //
	prevents    //
	physical    // parts whose speed and size are facts
	wrongly     // wrong, incorrect
	harms       // what would not have happened
)

// A lexicon is a list of words, separated by commas; several words are a phrase and "_" stands for at most
// one word of any kind within it.
type lexicon struct {
	class class
	words string
}

// A phrase is what follows a first word.
type phrase struct {
	rest  []string
	class class
}

type dictionary struct {
	words   map[string]class
	phrases map[string][]phrase
}

func (d *dictionary) known(w string) bool { _, ok := d.words[w]; return ok }

// theDictionary is built when the first line is judged, and not when the program starts.
var theDictionary = sync.OnceValue(func() *dictionary {
	d := &dictionary{words: make(map[string]class, 4096), phrases: make(map[string][]phrase, 512)}
	for _, list := range [][]lexicon{actionWords, causeWords, eventWords, peopleWords, systemWords, aimWords} {
		for _, l := range list {
			d.add(l)
		}
	}
	return d
})

func (d *dictionary) add(l lexicon) {
	for entry := range strings.SplitSeq(l.words, ",") {
		f := strings.Fields(entry)
		switch {
		case len(f) == 1:
			d.words[f[0]] |= l.class
		case len(f) > 1:
			d.phrases[f[0]] = append(d.phrases[f[0]], phrase{f[1:], l.class})
		}
	}
}

// match tells how many tokens the phrase covers from at on, or 0.
func (p phrase) match(tokens []token, at int) int {
	i := at + 1
	for k := 0; k < len(p.rest); k++ {
		w := p.rest[k]
		if w == "_" {
			if i+1 < len(tokens) && k+1 < len(p.rest) && !tokens[i].is(p.rest[k+1]) {
				i++
			}
			continue
		}
		if i >= len(tokens) || !tokens[i].is(w) {
			return 0
		}
		i++
	}
	return i - at
}

func (t token) is(w string) bool { return t.low == w || t.lemma == w }
