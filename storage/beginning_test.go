package storage

import (
	"fmt"
	"testing"
)

// A beginning finds what its words find, whether they are few and named or many and not.
func TestABeginningFindsAllItsWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	list := lines("app", 6)
	for i, title := range []string{"the certificate expired", "Expired certificate again", "certificates expiring", "an expiry of the certificate", "certifié expiré", "exp only"} {
		list[i].Title = title
	}
	for i := range 30 {
		e := lines("other", 1)[0]
		e.ExternalID, e.Title = fmt.Sprint("many", i), fmt.Sprintf("certificate word%02d", i)
		list = append(list, e)
	}
	importAll(t, s, id, list)
	for words, want := range map[string]int{
		"certificate expired": 2, "certificate expir": 3, "certificate exp": 3, "expired": 2, "EXPIRED": 2, "Certificate Expir": 3, "certif": 35, "certificate word": 30, "certificate word0": 10,
		"expiré": 3, "expired ": 2, "expire ": 1, "zzz": 0, "word29": 1,
	} {
		hits, err := s.Search(bg, words, "", 100, false)
		must(t, err)
		if len(hits) != want {
			t.Errorf("%q finds %d, want %d", words, len(hits), want)
		}
	}
	for match, want := range map[string]string{
		`"a" "expired"*`: `"a" AND ("expired")`, `"expir"*`: `("expir" OR "expire" OR "expired" OR "expiring" OR "expiry")`, `"word"*`: `"word"*`, `"a"`: `"a"`, `"é"*`: `"é"*`,
	} {
		if got, err := s.spelledOut("evidence_words", match); err != nil || got != want {
			t.Errorf("%s is spelled out as %s, %v", match, got, err)
		}
	}
}
