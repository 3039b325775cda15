package wording

import "strings"

// Impact judges whether a text carries an amount of harm: how many, how much, or how long.
func Impact(text string, a Around) ImpactVerdict {
	s := parse(text)
	v := ImpactVerdict{Measurable: s.measurable()}
	v.Acronyms = s.acronyms(text, a)
	v.Remark = spell(v.Acronyms)
	if !v.Measurable && len(s.tokens) > 0 {
		v.Remark = Remark{Reason: NoAmount, What: "The impact names no amount.", Question: "How many, out of how many, and for how long, even as an estimate?"}
	}
	return v
}

func (s *sentence) measurable() bool {
	clock := 0
	for i := range s.tokens {
		t := s.tokens[i]
		switch {
		case clockTime(t.text):
			clock++
		case t.mark:
		case t.number && s.amount(i), t.class&quantity != 0 && s.amountInWords(i):
			return true
		case (t.low == "a" || t.low == "an" || t.low == "full" || t.low == "whole" || t.low == "entire") && s.next(i, timeUnit) && !s.plural(i+1) && !s.of(i+2, "time"):
			return true
		}
	}
	return clock >= 2
}

// clockTime tells 14:02 and 2026-02-03; two of them are a start and an end.
func clockTime(w string) bool {
	w = strings.TrimLeft(w, "~")
	if len(w) >= 10 && w[4] == '-' && leadsWithDigit(w) {
		return true
	}
	at := strings.IndexByte(w, ':')
	return (at == 1 || at == 2) && leadsWithDigit(w) && len(w) > at+2 && w[at+1] >= '0' && w[at+1] <= '9'
}

// amount tells whether the number at i counts harm: a share, money, a duration, or things that can be harmed.
// A version, a status code or a day is none.
func (s *sentence) amount(i int) bool {
	w := s.tokens[i].text
	if i > 0 && money(s.tokens[i-1].low) {
		return true
	}
	if clockTime(w) || strings.Count(w, ".") > 1 || s.precededByName(i) {
		return false
	}
	if strings.ContainsAny(w, "$€£%") || i+1 < len(s.tokens) && s.tokens[i+1].text == "%" {
		return true
	}
	unit := strings.TrimLeft(strings.ToLower(w), "~0123456789.,/:-")
	if i+1 < len(s.tokens) && currency(s.tokens[i+1].text) {
		return true
	}
	switch unit {
	case "s", "sec", "m", "min", "mins", "h", "hr", "hrs", "d", "ms", "hour", "hours", "minute", "minutes", "k", "mb", "gb", "tb", "x", "bn", "day", "days", "weeks":
		return true
	case "am", "pm", "st", "nd", "rd", "th", "xx":
		return false
	}
	for k := i + 1; k < min(i+5, len(s.tokens)); k++ {
		t := s.tokens[k]
		switch {
		case t.low == "percent" || t.low == "eur" || t.low == "usd" || t.low == "gbp" || t.low == "gb" || t.low == "tb" || t.low == "mb":
			return true
		case t.mark && t.text == ")":
			return s.inBrackets(i)
		case t.mark && t.text != "-" || t.tag == tagPreposition && t.low != "of" || t.low == "utc" || t.low == "gmt" || t.low == "pm" || t.low == "am" || monthName(t.low):
			return false
		case t.low == "error" || t.low == "errors" || t.low == "response" || t.low == "responses":
			// "504 errors" is a status, "12,000 errors" a count.
			return !statusCode(w)
		case t.class&(timeUnit|harmed|quantity) != 0:
			return true
		case strings.HasSuffix(t.low, "s") && t.tag == tagNoun && !t.named && len(t.low) > 3:
			return true
		}
	}
	return s.outOf(i) || s.inBrackets(i)
}

// inBrackets: "some users (about 4,200)": the brackets count what stands before them.
func (s *sentence) inBrackets(i int) bool {
	if i+1 >= len(s.tokens) || s.tokens[i+1].text != ")" {
		return false
	}
	for k := i - 1; k > 0 && k >= i-3; k-- {
		if s.tokens[k].text == "(" {
			return s.tokens[k-1].class&(harmed|timeUnit) != 0
		}
	}
	return false
}

// currency tells a unit of money by its three or four capitals; zones of time are written so too.
func currency(w string) bool {
	if _, ok := acronym(w); !ok || len(w) < 3 || len(w) > 4 || strings.HasSuffix(w, "T") && len(w) < 4 {
		return false
	}
	return w != "UTC" && w != "CEST" && w != "EEST" && w != "HTTP"
}

func (s *sentence) outOf(i int) bool {
	return i+2 < len(s.tokens) && (s.tokens[i+1].low == "out" && s.tokens[i+2].low == "of" || s.tokens[i+1].low == "of" && s.has(i+2, i+7, harmed))
}

func statusCode(w string) bool { return len(w) == 3 && w[0] >= '1' && w[0] <= '5' }

func monthName(low string) bool {
	switch low {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december":
		return true
	}
	return false
}

func upperFirst(s string) bool { return s[0] >= 'A' && s[0] <= 'Z' }

// precededByName: "HTTP 503", "version 4", "port 443", "Chrome 17".
func (s *sentence) precededByName(i int) bool {
	if i == 0 {
		return false
	}
	b := s.tokens[i-1]
	if versioned(b.low) {
		return true
	}
	if b.named && upperFirst(b.text) && (i == len(s.tokens)-1 || s.tokens[i+1].class&(timeUnit|harmed) == 0) {
		return true
	}
	switch b.lemma {
	case "http", "version", "port", "code", "status", "error", "release", "build", "step", "issue", "ticket", "v", "rfc", "tls", "chapter", "table", "phase", "tier", "severity", "sev", "every", "level":
		return true
	}
	return monthName(b.low)
}

// versioned are products whose number is a version: "Internet Explorer 11 users".
func versioned(low string) bool {
	switch low {
	case "explorer", "chrome", "firefox", "safari", "edge", "android", "ios", "windows", "python", "java", "php", "ruby", "node", "ubuntu", "debian", "centos", "postgres", "postgresql", "mysql", "rails", "macos", "kubernetes", "opera", "ie":
		return true
	}
	return false
}

func money(low string) bool {
	switch low {
	case "eur", "usd", "gbp", "chf", "jpy", "eth", "btc", "us$", "inr", "aud", "cad", "usdc", "usdt", "sek":
		return true
	}
	return false
}

// amountInWords tells "half of our users", "three sites", "for two hours"; "one of the", "no one" are none.
func (s *sentence) amountInWords(i int) bool {
	t := s.tokens[i]
	if i > 0 && (s.tokens[i-1].tag == tagNot || s.tokens[i-1].low == "this" || s.tokens[i-1].low == "that" || s.tokens[i-1].low == "the" && t.low == "one") {
		return false
	}
	switch t.low {
	case "double", "twice", "triple", "tenfold", "twofold":
		return true
	case "one":
		return i+1 < len(s.tokens) && (s.tokens[i+1].low != "of") && s.has(i+1, min(i+4, len(s.tokens)), timeUnit|harmed)
	}
	for k := i + 1; k < min(i+6, len(s.tokens)); k++ {
		if s.tokens[k].mark && s.tokens[k].text != "-" {
			break
		}
		if u := s.tokens[k]; u.class&(timeUnit|harmed) != 0 || t.low != "third" && u.tag == tagNoun && !u.named && len(u.low) > 4 && strings.HasSuffix(u.low, "s") {
			return true
		}
	}
	if (t.low == "third" || t.low == "quarter") && i+1 < len(s.tokens) && s.tokens[i+1].low == "of" {
		return true
	}
	return t.low == "half" || t.low == "dozens" || t.low == "hundreds" || t.low == "thousands" || t.low == "millions"
}

func (s *sentence) next(i int, c class) bool {
	for k := i + 1; k < min(i+3, len(s.tokens)); k++ {
		if s.tokens[k].class&c != 0 {
			return true
		}
		if s.tokens[k].low != "full" && s.tokens[k].low != "whole" && s.tokens[k].low != "entire" {
			return false
		}
	}
	return false
}

func (s *sentence) plural(i int) bool {
	return i < len(s.tokens) && strings.HasSuffix(s.tokens[i].low, "s") && s.tokens[i].low != s.tokens[i].lemma
}

func (s *sentence) of(i int, w string) bool {
	return i+1 < len(s.tokens) && s.tokens[i].low == "of" && s.tokens[i+1].low == w
}
