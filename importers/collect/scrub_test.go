package collect

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// However a token is encoded, no page that repeats it is kept, and no sentence tells it.
func TestEncodedTokensAreSeen(t *testing.T) {
	const token = "q7Xw/2Lp+9Zk=4Rt6"
	l := &line{forms: forms("ada", []secret{{value: token}})}
	var escaped, percent, entities strings.Builder
	for _, c := range []byte(token) {
		fmt.Fprintf(&escaped, "\\u%04x", c)
		fmt.Fprintf(&percent, "%%%02x", c)
		fmt.Fprintf(&entities, "&#%d;", c)
	}
	texts := []string{token, url.QueryEscape(token), url.PathEscape(token), url.QueryEscape(url.QueryEscape(token)), escaped.String(), percent.String(), entities.String(), strings.ReplaceAll(token, "/", `\/`),
		basic("ada", token), base64.URLEncoding.EncodeToString([]byte(token))}
	for _, before := range []string{"", "a", "ab", "abc"} {
		texts = append(texts, base64.StdEncoding.EncodeToString([]byte(before+token+"tail")))
	}
	for _, text := range texts {
		if !l.leaks([]byte(`{"echo":"` + text + `"}`)) {
			t.Errorf("%s is not seen", text)
		}
		if got := l.scrub("it said " + text + " there"); l.leaks([]byte(got)) || !strings.HasPrefix(got, "it said ") || !strings.HasSuffix(got, " there") {
			t.Errorf("%s: %s", text, got)
		}
	}
	if l.leaks([]byte(`{"a":"100% \\u0041 of %41"}`)) || l.scrub("100 % of it") != "100 % of it" {
		t.Error("an innocent text is taken for the token")
	}
}
