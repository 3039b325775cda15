package model

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// monthNames are the months in the languages that records are written in most, in full and as they are cut
// short; the English ones come from the standard library.
const monthNames = `
1 januar jänner jan janvier janv enero ene gennaio gen janeiro januari jan styczeń stycznia januára января
2 februar feber feb février févr fév febrero febbraio fevereiro fev februari luty lutego февраля
3 märz mrz mars marzo mar março maart mrt marts marzec marca марта
4 april avril avr abril abr aprile kwiecień kwietnia апреля
5 mai mayo maggio mag maio mei maj мая
6 juni juin junio jun giugno giu junho czerwiec czerwca июня
7 juli juillet juil julio jul luglio lug julho lipiec lipca июля
8 august août aoû aout agosto ago augustus augusti sierpień sierpnia августа
9 september sept septembre septiembre setiembre settembre set setembro wrzesień września сентября
10 oktober okt octobre octubre ottobre ott outubro out október październik października октября
11 november novembre noviembre novembro listopad listopada ноября
12 dezember dez décembre déc diciembre dic dicembre dezembro desember december grudzień grudnia декабря`

// monthsThatAreWords are the short names that are words of English too; they need a year beside them.
const monthsThatAreWords = " out set ago gen mag "

// monthNumbers maps the names of months, without their accents, to their numbers.
var monthNumbers = func() map[string]int {
	table := map[string]int{}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		table[name], table[name[:3]] = int(m), int(m)
	}
	for line := range strings.Lines(strings.TrimSpace(monthNames)) {
		names := strings.Fields(line)
		for _, name := range names[1:] {
			table[unaccented(name)] = number(names[0])
		}
	}
	return table
}()

// MonthNamed is the number of the month that a word names by itself, in any of the languages known here, or 0.
func MonthNamed(word string) int {
	if m := monthNumber(word); !strings.Contains(monthsThatAreWords, " "+strings.ToLower(word)+" ") {
		return m
	}
	return 0
}

func monthNumber(word string) int {
	if len(word) < 3 || len(word) > 24 {
		return 0
	}
	return monthNumbers[unaccented(strings.TrimSuffix(word, "."))]
}

// unmarkedLetters takes the accents off the letters that names of months are written with.
var unmarkedLetters = strings.NewReplacer("ä", "a", "â", "a", "á", "a", "à", "a", "é", "e", "è", "e", "û", "u", "ü", "u", "ç", "c", "ó", "o", "ń", "n", "ś", "s", "ź", "z")

// unaccented is a word in small letters without accents, whether these are parts of a letter or stand after it.
func unaccented(word string) string {
	word = strings.ToLower(word)
	if isASCII(word) {
		return word
	}
	return unmarkedLetters.Replace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, word))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
