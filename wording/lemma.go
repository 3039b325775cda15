package wording

import "strings"

// irregular forms of the verbs and nouns that the lexicons name.
var irregular = pairs(`was be, were be, is be, are be, am be, been be, being be, has have, had have, having have, did do, done do, does do,
went go, gone go, took take, taken take, made make, gave give, given give, got get, gotten get, ran run, broke break, broken break, built build,
caught catch, came come, chose choose, chosen choose, cut cut, drew draw, fell fall, fallen fall, felt feel, forgot forget, forgotten forget,
found find, held hold, hung hang, kept keep, knew know, known know, led lead, left leave, lost lose, meant mean, met meet, overlooked overlook,
paid pay, put put, read read, rewrote rewrite, rewritten rewrite, re-written rewrite, said say, saw see, seen see, sent send, set set, shut shut,
spent spend, split split, taught teach, thought think, threw throw, thrown throw, told tell, understood understand, woke wake, wrote write,
written write, mistook mistake, mistaken mistake, misread misread, misunderstood misunderstand, overslept oversleep, mislaid mislay, misheard mishear, hit hit, began begin, begun begin, brought bring, overran overrun, spun spin,
stuck stick, shown show, grew grow, grown grow, rose rise, risen rise, dealt deal, hid hide, hidden hide, overwrote overwrite, overwritten overwrite,
struck strike, stole steal, stolen steal, bought buy, sold sell, drove drive, driven drive, blew blow, blown blow, froze freeze, frozen freeze,
tore tear, torn tear, slept sleep, bent bend, burnt burn, fed feed, laid lay, rang ring, sank sink, sunk sink, shook shake, shot shoot, slid slide,
sped speed, spread spread, stood stand, swept sweep, withdrew withdraw, withdrawn withdraw, swung swing, wound wind, burst burst, let let, swapped swap, underwent undergo,
overheard overhear, people person, analyses analysis, indices index, criteria criterion, processes process, caches cache, databases database, leases lease,
releases release, queries query, responses response, causes cause, cases case, dying die, died die, tied tie, lying lie, crises crisis`)

func pairs(s string) map[string]string {
	out := map[string]string{}
	for p := range strings.SplitSeq(s, ",") {
		if f := strings.Fields(p); len(f) == 2 {
			out[f[0]] = f[1]
		}
	}
	return out
}

// lemma brings a word to the form that stands in the lexicons. known tells whether a form stands there; of
// several possible stems the known one wins.
func lemma(low string, known func(string) bool) string {
	if base, ok := irregular[low]; ok {
		return base
	}
	stems := make([]string, 0, 4)
	n := len(low)
	switch {
	case strings.HasSuffix(low, "ies") && n > 4:
		stems = append(stems, low[:n-3]+"y", low[:n-1])
	case strings.HasSuffix(low, "sses"), strings.HasSuffix(low, "shes"), strings.HasSuffix(low, "ches"), strings.HasSuffix(low, "xes"):
		stems = append(stems, low[:n-2], low[:n-1])
	case strings.HasSuffix(low, "s") && n > 3 && !strings.HasSuffix(low, "ss") && !strings.HasSuffix(low, "us") && !strings.HasSuffix(low, "is"):
		stems = append(stems, low[:n-1])
	case strings.HasSuffix(low, "ied") && n > 4:
		stems = append(stems, low[:n-3]+"y")
	case strings.HasSuffix(low, "ed") && n > 4:
		stems = verbStems(low[:n-2])
	case strings.HasSuffix(low, "ing") && n > 5:
		stems = verbStems(low[:n-3])
	case !known(low) && (n == 4 && strings.HasSuffix(low, "ed") || n == 5 && strings.HasSuffix(low, "ing")):
		// "used" and "using", but neither "need" nor "bring": so short a word needs a known stem.
		if stem := strings.TrimSuffix(strings.TrimSuffix(low, "ed"), "ing") + "e"; known(stem) {
			return stem
		}
		return low
	default:
		return low
	}
	for _, s := range stems {
		if known(s) {
			return s
		}
	}
	return stems[0]
}

// verbStems undoes a doubled consonant and a dropped e.
func verbStems(s string) []string {
	n := len(s)
	stems := []string{s, s + "e"}
	if n > 2 && s[n-1] == s[n-2] {
		stems = append(stems, s[:n-1])
	}
	return stems
}
