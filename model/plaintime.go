package model

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainTime spells the time at the start of text in the one way that the readers of times know, however it is
// written elsewhere: 2026年1月6日 午後2時07分, 06.01.2026 um 14.07 Uhr, 25 avril 2024 à 05h32, 8:51 p. m.,
// １４：０７〜１４：３０, and digits of any script. What follows the time stays as it is, and so does a text that
// begins with no such time.
func PlainTime(text string) string {
	if plainAlready(text) {
		return text
	}
	w := writtenTime{text: text}
	w.fold()
	if !w.mayBeTime() {
		return text
	}
	w.opening()
	if !w.dated() && !w.clocked() {
		return text
	}
	w.ranged()
	if w.at == 0 || !w.changed() {
		return text
	}
	return w.plain.String() + w.left()
}

// A writtenTime is a text whose beginning is being spelled plainly.
type writtenTime struct {
	text   string
	folded string // the beginning of text with digits, colons and blanks as ASCII has them
	places []int  // for each byte of folded where its character begins in text
	at     int    // how much of folded has been read
	plain  strings.Builder
	closed byte // what closes the bracket that was opened before the time
}

// plainTimeRunes is how far a time at the start of a text may reach.
const plainTimeRunes = 72

func (w *writtenTime) fold() {
	var b strings.Builder
	n := 0
	for i, r := range w.text {
		if n++; n > plainTimeRunes {
			break
		}
		before := b.Len()
		b.WriteRune(plainRune(r))
		for range b.Len() - before {
			w.places = append(w.places, i)
		}
	}
	w.folded = b.String()
}

// plainRune is a digit, a sign or a blank as ASCII has it; everything else is itself.
func plainRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '　', r == '\u00a0', r == '\u202f', r == '\u2009', r == '\u2007':
		return ' '
	case r == '〜', r == '∼':
		return '~'
	case r == '−', r == '‐', r == '‑':
		return '-'
	case r == '、':
		return ','
	case r == '【', r == '〔':
		return '['
	case r == '】', r == '〕':
		return ']'
	case unicode.Is(unicode.Nd, r):
		return digitOf(r)
	}
	return r
}

// digitOf is the ASCII digit of a digit of any script. Scripts have their digits in a row from 0 to 9.
func digitOf(r rune) rune {
	for _, in := range unicode.Nd.R16 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return '0' + (r-rune(in.Lo))%10
		}
	}
	for _, in := range unicode.Nd.R32 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return '0' + (r-rune(in.Lo))%10
		}
	}
	return r
}

// mayBeTime says cheaply that most texts begin with no time.
func (w *writtenTime) mayBeTime() bool {
	for i := 0; i < len(w.folded); i++ {
		if c := w.folded[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

// next takes what a pattern finds at the reading place.
func (w *writtenTime) next(pattern func() *regexp.Regexp) []string {
	m := pattern().FindStringSubmatch(w.folded[w.at:])
	if m != nil && strings.TrimSpace(m[0]) == "" {
		return nil
	}
	return m
}

func (w *writtenTime) take(length int, plain string) {
	w.at += length
	w.plain.WriteString(plain)
}

// left is the text after what was read.
func (w *writtenTime) left() string {
	if w.at >= len(w.places) {
		return w.text[len(w.text)-len(w.tail()):]
	}
	return w.text[w.places[w.at]:]
}

// tail is what lies beyond the part that was folded.
func (w *writtenTime) tail() string {
	n := 0
	for i := range w.text {
		if n++; n > plainTimeRunes {
			return w.text[i:]
		}
	}
	return ""
}

func (w *writtenTime) changed() bool { return w.plain.String()+w.left() != w.text }

// weekdays may stand before a day and add nothing to it.
const weekdays = `lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|` +
	`lunes|martes|miércoles|jueves|viernes|sábado|domingo|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica|segunda(?:-feira)?|terça(?:-feira)?|` +
	`quarta(?:-feira)?|quinta(?:-feira)?|sexta(?:-feira)?|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag`

var (
	timeOpening = Pattern(`^\s*(?:(\[|\()\s*)?(?:(約|约|약|およそ|gegen|vers|environ|hacia|circa|ca\.)\s*)?`)
	dayCJK      = Pattern(`^(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]\s?(?:\(?(?:[月火水木金土日월화수목금토일]|周[一二三四五六日]|星期[一二三四五六日天])(?:曜日?|요일)?\)?)?`)
	dayNamed    = Pattern(`^(?:(?i:` + weekdays + `)\.?,?\s+)?(?:le |el |den |il |op )?(\d{1,2})(?:er|º|°|\.)?[\s-]+(?:de |d'|d’)?(\p{L}[\p{L}\p{M}]{2,14})\.?(?:,?[\s-]+(?:de |del )?(\d{4})\b)?`)
	dayNumbers  = Pattern(`^(?:(\d{4})([/.])(\d{1,2})([/.])(\d{1,2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}))(?:\D|$)`)
	dayPlain    = Pattern(`^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})(?:\D|$)`)
	beforeClock = Pattern(`^[\s,]*(?i:(?:um|à|a las|a la|à las|as|às|alle ore|alle|ore|om|kl\.?|klo|at)\s+|T)?`)

	clockCJK   = Pattern(`^(?:(午前|午後|上午|下午|凌晨|早上|晚上|오전|오후)\s?)?(\d{1,2})(?:\s?[時时點点시]\s?(?:(\d{1,2})\s?[分분]?|(半))|:(\d{2}))(?:(?:\s?|:)(\d{1,2})\s?[秒초]|:(\d{2}))?`)
	clockHour  = Pattern(`^(?:(午前|午後|上午|下午|凌晨|早上|晚上|오전|오후)\s?)?(\d{1,2})\s?[時시](?:頃|ごろ|에|に|\s|[,:]|$)`)
	clockSpelt = Pattern(`^(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2}))?\s?(?:Uhr|uhr|UHR|uur)\b`)
	clockH     = Pattern(`^(\d{1,2})\s?[hH]\s?([0-5]\d)(?:[^\w:]|$)`)
	clockHalf  = Pattern(`^(\d{1,2})(?:[:.](\d{2}))(?::(\d{2}))?\s?([aApP])(?:\.\s?)?[mM](?:\.|\b)`)
	plainHalf  = Pattern(`^\d{1,2}:\d{2}(?::\d{2})? [ap]m$`)
	clockPlain = Pattern(`^(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(?:\s(?:h|hs|hrs)(?:[\s.,:]|$))?`)
	afterTime  = Pattern(`^\s?(?:頃|ごろ|에|に)?\s*[:,]?\s*`)
	rangeWord  = Pattern(`^\s?(?:〜|~|–|—|-|から|부터|bis|à|hasta|to)\s?`)
	rangeEnd   = Pattern(`^\s?(?:まで|까지|に)`)
)

// opening reads what may stand before a time: a bracket, or a word that makes it approximate.
func (w *writtenTime) opening() {
	m := timeOpening().FindStringSubmatch(w.folded)
	w.at = len(m[0])
	if m[1] != "" && !isASCII(w.text[:w.placeOf(len(m[0]))]) {
		w.closed = map[string]byte{"[": ']', "(": ')'}[m[1]]
	} else {
		w.plain.WriteString(m[1])
	}
	if m[2] != "" {
		w.plain.WriteByte('~')
	}
}

func (w *writtenTime) placeOf(i int) int {
	if i >= len(w.places) {
		return len(w.text) - len(w.tail())
	}
	return w.places[i]
}

// dated reads a date and the time of day after it, if there is one.
func (w *writtenTime) dated() bool {
	switch {
	case w.dayCJK(), w.dayNamed(), w.dayNumbers():
	default:
		m := w.next(dayPlain)
		if m == nil {
			return false
		}
		day := strings.TrimRightFunc(m[0], func(r rune) bool { return r < '0' || r > '9' })
		w.take(len(day), day)
	}
	join := beforeClock().FindString(w.folded[w.at:])
	mark := *w
	mark.plain = strings.Builder{}
	mark.at += len(join)
	if mark.clocked() {
		w.take(len(join), " ")
		w.take(mark.at-w.at, mark.plain.String())
	}
	return true
}

func (w *writtenTime) dayCJK() bool {
	m := w.next(dayCJK)
	if m == nil {
		return false
	}
	day := number(m[3])
	if m[1] != "" {
		w.take(len(m[0]), fmt.Sprintf("%s-%02d-%02d", m[1], number(m[2]), day))
		return true
	}
	if number(m[2]) < 1 || number(m[2]) > 12 {
		return false
	}
	w.take(len(m[0]), fmt.Sprintf("%d %s", day, englishMonths[number(m[2])-1]))
	return true
}

var englishMonths = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// dayNamed reads a day whose month is named in another language. English ones are known to every reader.
func (w *writtenTime) dayNamed() bool {
	m := w.next(dayNamed)
	if m == nil {
		return false
	}
	month := MonthNamed(m[2])
	if m[3] != "" {
		month = monthNumber(m[2])
	}
	if month == 0 {
		return false
	}
	w.take(len(m[0]), strings.TrimRight(fmt.Sprintf("%d %s %s", number(m[1]), englishMonths[month-1], m[3]), " "))
	return true
}

func (w *writtenTime) dayNumbers() bool {
	m := w.next(dayNumbers)
	if m == nil {
		return false
	}
	year, month, day := m[1], m[3], m[5]
	if year == "" {
		year, month, day = m[8], m[7], m[6]
	}
	if m[2] != m[4] || number(month) > 12 || number(day) > 31 {
		return false
	}
	n := len(m[0])
	if last, size := utf8.DecodeLastRuneInString(m[0]); last < '0' || last > '9' {
		n -= size
	}
	w.take(n, fmt.Sprintf("%s-%02d-%02d", year, number(month), number(day)))
	return true
}

// clocked reads a time of day.
func (w *writtenTime) clocked() bool {
	if m := w.next(clockCJK); m != nil && (m[5] == "" || m[1] != "" || m[6] != "") {
		w.clock(m[0], m[1], m[2], firstText(m[3], m[5], map[bool]string{true: "30"}[m[4] != ""]), firstText(m[6], m[7]))
		return true
	}
	if m := w.next(clockHour); m != nil {
		n := strings.IndexAny(m[0], "時시") + len("時")
		w.clock(m[0][:n], m[1], m[2], "0", "")
		return true
	}
	if m := w.next(clockSpelt); m != nil {
		w.clock(m[0], "", m[1], firstText(m[2], "0"), m[3])
		return true
	}
	// "9:07 am Server" may be German: two small letters after a blank are left to the readers.
	if m := w.next(clockHalf); m != nil && !plainHalf().MatchString(w.text[w.placeOf(w.at):w.placeOf(w.at+len(m[0]))]) {
		w.clock(m[0], "", m[1], m[2], m[3])
		w.plain.WriteString(" " + strings.ToUpper(m[4]) + "M")
		return true
	}
	if m := w.next(clockH); m != nil {
		n := len(m[0])
		if last, size := utf8.DecodeLastRuneInString(m[0]); last < '0' || last > '9' {
			n -= size
		}
		w.clock(m[0][:n], "", m[1], m[2], "")
		return true
	}
	if m := w.next(clockPlain); m != nil {
		w.take(len(strings.TrimRight(m[0], " .,:")), m[1])
		return true
	}
	return false
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// clock takes a time of day that was read from written. Whether there is such a time is for its readers to say.
func (w *writtenTime) clock(written, half, hour, minute, second string) {
	h, m := number(hour), number(minute)
	switch half {
	case "午後", "下午", "晚上", "오후":
		if h < 12 {
			h += 12
		}
	case "午前", "上午", "凌晨", "早上", "오전":
		if h == 12 {
			h = 0
		}
	}
	plain := fmt.Sprintf("%02d:%02d", h, m)
	if second != "" {
		plain += fmt.Sprintf(":%02d", number(second))
	}
	w.take(len(written), plain)
}

// ranged reads the end of a range, and then the signs that part the time from its text elsewhere.
func (w *writtenTime) ranged() {
	if sign := rangeWord().FindString(w.folded[w.at:]); sign != "" {
		end := *w
		end.plain = strings.Builder{}
		end.at += len(sign)
		if end.clocked() {
			w.take(len(sign), "-")
			w.take(end.at-w.at, end.plain.String())
			w.take(len(rangeEnd().FindString(w.folded[w.at:])), "")
		}
	}
	if w.closed != 0 && strings.HasPrefix(w.folded[w.at:], string(w.closed)) {
		w.take(1, "")
	}
	after := afterTime().FindString(w.folded[w.at:])
	if from, to := w.placeOf(w.at), w.placeOf(w.at+len(after)); !isASCII(w.text[from:to]) && w.at > 0 {
		w.take(len(after), " ")
	}
}
