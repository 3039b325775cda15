package disclose

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestAddressesAreFoundWhole(t *testing.T) {
	for _, shape := range []string{"ip «10.0.0.5» down", "「«10.0.0.5»から接続」", "«１０.０.０.５»", "«10.0.0.5»:5432", "«10.0.0.0»/24", "at «fe80::1» and", "[«2001:db8::1»]:443", "«::1»", "«2001:0db8:0000:0000:0000:0000:0000:0001»",
		"«jürgen.groß@kasse.example» wrote", "«jurgen@bücher.example»", "連絡先«maya@example.org»まで", "«ju\u0308rgen@kasse.example»", "«иван@почта.рф»", "<«maya+x@example.org»>", "«鈴木@例え.jp»", "mailto:«maya@example.org»",
		"host «bücher.example» down", "host «db.internal», then", "主机«db-prod-03»停止", "«kasse-prüf-03» full", "«почта.рф» down", "«web-1» and", "«例え.みんな» x", "at «xn--bcher-kva.example».", "サーバー«app.example.com»が",
		"call «+49 30 1234567» now", "call «+1 (555) 123-4567»", "«+81-90-1234-5678»", "tel «089/1234567»", "(«(555) 123-4567»)", "«555-123-4567»", "«01 23 45 67 89»", "«010-1234-5678»", "手机«13812345678»", "tel: «5551234567»", "«+4915123456789»",
		"see «https://wiki.internal/x?a=1».", "（«https://wiki.internal/x»）"} {
		before, rest, _ := strings.Cut(shape, "«")
		value, after, _ := strings.Cut(rest, "»")
		text := before + value + after
		var got []string
		for _, s := range Find(text) {
			got = append(got, text[s.From:s.To])
		}
		if strings.Join(got, "|") != value {
			t.Errorf("%q: %q, want %q", text, got, value)
		}
	}
}

func TestOrdinaryTextHasNoAddress(t *testing.T) {
	for _, text := range []string{"at 14:07:30, v1.2.3.4x of main.go, e.g. so", "2026-11-02 09:30:15", "2026-11-02T09:30:15+02:00", "UTF-8, SHA-256, sev-2", "std::vector", "12 × 60 = 720; 1/2; 14:07–15:0", "0.5 to 0.75", "02/11/2026 and 02-11-2026",
		"from 1767225600 to 1767225600000", "took 0120 ms", "a 100-200-300 split", "z. B. so", "version 10.2.1", "+02:00", "+12.5 %", "id 00012345", "PT0S", "午後2時07分", "Schluss.", "x@y"} {
		for _, s := range Find(text) {
			t.Errorf("%q: %s %q", text, s.Kind, text[s.From:s.To])
		}
	}
}

func TestMaskHidesWhatIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"log held Authorization: Bearer abcdef0123456789": "log held Authorization: Bearer [hidden]",
		"host 10.24.8.17 asked maya@example.org":          "host [hidden] asked [hidden]",
		"see https://wiki.internal/x":                     "see https://[hidden]/x",
		"nothing here":                                    "nothing here",
	} {
		if got := Mask(text, "[hidden]"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The classes \w and \b are of ASCII alone in Go: in a check of what gets out they would make half of a name a whole.
func TestNoRuleKnowsASCIIWordsAlone(t *testing.T) {
	files, _ := filepath.Glob("*.go")
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile("`[^`]*\\\\[wbWB][^`]*`").Find(raw); m != nil && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s: %s", name, m)
		}
	}
}

// Whatever the text, what is found is a part of it, in order and apart, and lies between whole characters.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"maya@example.org at 10.0.4.7", "https://a:b@c/d, db-1", "\xff\xfe İ password=１２３４ｘ", "::1 +49 30 1234567", "密码是abc123def 키=", "-----BEGIN PRIVATE KEY-----", "curl -u a:bcd", "e\u0301=\u0301pwd=\u0301abc"} {
		f.Add(seed)
	}
	names := NewNames([]Name{{Text: "Zoë", Person: true}, {Text: "김민수", Person: true}, {Text: "ｶﾞ"}, {Text: "Иван", Person: true}, {Text: "a.b"}})
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, s := range Find(text) {
			if s.From < at || s.To <= s.From || s.To > len(text) {
				t.Fatalf("%q: %v after %d", text, s, at)
			}
			at = s.To
		}
		at = 0
		for _, p := range names.In(text) {
			if p.From < at || p.To <= p.From || p.To > len(text) {
				t.Fatalf("%q: %v after %d", text, p, at)
			}
			at = p.To
		}
		Mask(text, "x")
	})
}
