package importers

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestYAML(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{"a: 1\nb: two words # a remark\n", `{"a":"1","b":"two words"}`},
		{"a:\n  b:\n    c: x\n  d: \"\"\n", `{"a":{"b":{"c":"x"},"d":""}}`},
		{"list:\n- a: 1\n  b: 2\n- c\n-\n  d: 3\n", `{"list":[{"a":"1","b":"2"},"c",{"d":"3"}]}`},
		{"list:\n  - - x\n    - y\n  - z\n", `{"list":[["x","y"],"z"]}`},
		{"a: {}\nb: []\nc: null\nd: ~\ne:\nf: x\n", `{"a":{},"b":[],"c":null,"d":null,"e":null,"f":"x"}`},
		{"url: https://example.com:80/x\nf:spec:\n  k:{\"uid\":\"7\"}: y\n", `{"url":"https://example.com:80/x","f:spec":{"k:{\"uid\":\"7\"}":"y"}}`},
		{`"a: b": 'it''s'` + "\n'c': \"tab\\tquote\\\" \\u00e9\\x21\"\n", `{"a: b":"it's","c":"tab\tquote\" é!"}`},
		{"m: 'one two\n  three\n\n  four'\nn: 1\n", `{"m":"one two three\nfour","n":"1"}`},
		{"m: \"one\\\n  \\ two\\n\n  three\"\n", `{"m":"one two\n three"}`},
		{"m: one two\n  three\n\n  four\nn: 1\n", `{"m":"one two three\nfour","n":"1"}`},
		{"s: |\n  one\n    two\n\n  three\nt: |-\n  x\nu: >-\n  a\n  b\n\n  c\nv: 1\n", `{"s":"one\n  two\n\nthree","t":"x","u":"a b\n\nc","v":"1"}`},
		{"s: |2\n    one\n  two\nl:\n- |\n  x\n  y\n", `{"s":"  one\ntwo","l":["x\ny"]}`},
		{"# only this\n\na: 1\r\nb: 2\r\n", `{"a":"1","b":"2"}`},
	} {
		got, err := yamlToJSON(c.yaml, 1)
		if err != nil || !json.Valid(got) || string(got) != c.want {
			t.Errorf("%q: got %s, want %s; %v", c.yaml, got, c.want, err)
		}
	}
}

func TestYAMLThatIsRefused(t *testing.T) {
	for yaml, line := range map[string]int{
		"a: 1\nb: &x y\n": 2, "a: *x\n": 1, "a: {b: 1}\n": 1, "a: [1, 2]\n": 1, "a: !!str x\n": 1, "\ta: 1\n": 1, "a: 1\n   b: 2\n c: 3\n": 2, "a: 'x\n": 2, "a: 'x' y\n": 1, "? a\n: b\n": 1,
		"a:\n  b: 1\n c: 2\n": 3, "just words\n": 1, "a: |x\n  y\n": 1,
	} {
		_, err := yamlToJSON(yaml, 1)
		var f yamlFault
		if !errors.As(err, &f) || f.line != line {
			t.Errorf("%q: got %v in line %d, want a fault in line %d", yaml, err, f.line, line)
		}
	}
	if _, err := yamlToJSON(strings.Repeat("- ", 2*yamlDepth)+"x", 1); err == nil {
		t.Error("values may lie too deep in one another")
	}
}

// TestLongYAML reads texts whose lines must not be gone through again for each line.
func TestLongYAML(t *testing.T) {
	const n = 100_000
	for _, text := range []string{"a: 'word\n" + strings.Repeat("  word\n", n-1) + "  '", "a: word\n" + strings.Repeat("  word\n", n-1), "a: >\n" + strings.Repeat("  word\n", n)} {
		v, err := yamlToJSON(text, 1)
		if err != nil || strings.Count(string(v), "word") != n {
			t.Errorf("%d words of %d; %v", strings.Count(string(v), "word"), n, err)
		}
	}
}

func FuzzYAML(f *testing.F) {
	f.Add("a: 1\nb:\n- 'x\n  y'\n- |-\n  z\n")
	f.Add("\"a\": \"\\x4\\\n  b\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := yamlToJSON(text, 1)
		if err == nil && !json.Valid(v) {
			t.Errorf("%q gives %s", text, v)
		}
	})
}
