package storage

// A lexicon numbers the strings that changes and rows repeat: authors, fields, sources. Numbers are local
// to the file and never leave it.
type lexicon struct {
	number map[string]int64
	text   map[int64]string
}

func (l *lexicon) reset() {
	l.number, l.text = map[string]int64{}, map[int64]string{}
}

func (l *lexicon) keep(n int64, text string) {
	l.number[text], l.text[n] = n, text
}

// word is the number of a string, which it adds when it is new.
func (s *Store) word(text string) (int64, error) {
	n, known, err := s.knownWord(text)
	if known || err != nil {
		return n, err
	}
	if err := s.row("INSERT INTO word(text) VALUES(?) RETURNING n", text).Scan(&n); err != nil {
		return 0, err
	}
	s.words.keep(n, text)
	return n, nil
}

// knownWord is the number of a string if the file has it.
func (s *Store) knownWord(text string) (n int64, known bool, err error) {
	if n, ok := s.words.number[text]; ok {
		return n, true, nil
	}
	known, err = found(s.row("SELECT n FROM word WHERE text = ?", text).Scan(&n))
	if known {
		s.words.keep(n, text)
	}
	return n, known, err
}

// spell is the string behind a number; 0 is the empty string.
func (s *Store) spell(n int64) (string, error) {
	if n == 0 {
		return "", nil
	}
	if text, ok := s.words.text[n]; ok {
		return text, nil
	}
	var text string
	if err := s.row("SELECT text FROM word WHERE n = ?", n).Scan(&text); err != nil {
		return "", err
	}
	s.words.keep(n, text)
	return text, nil
}
