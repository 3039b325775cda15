package exporters

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"aftermath/model"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	reading "github.com/yuin/goldmark/text"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the goldens anew")

func render(t interface{ Fatal(...any) }, r Retro, profile string) string {
	var b bytes.Buffer
	if err := Markdown(&b, r, profile); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGoldens(t *testing.T) {
	composed := sample()
	forms := []Form{{Profile: "github", Audience: Executive}, {Profile: "github", Audience: Public}}
	for _, profile := range Profiles {
		forms = append(forms, Form{Profile: profile})
	}
	for _, form := range forms {
		got, profile := renderAs(t, composed, form), form.Profile
		if form.Audience != "" {
			profile = form.Audience
		}
		path := filepath.Join("testdata", "sample."+profile+".md")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got); d != "" {
			t.Errorf("%s: %s", profile, d)
		}
		if again := renderAs(t, composed, form); again != got {
			t.Error("the same record gave other bytes")
		}
	}
}

var parser = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// A shape is what a renderer makes of a document.
type shape struct {
	headings []string
	levels   []int
	words    string // all text, in order
	foreign  []string
	code     []string
	tasks    int
}

func shapeOf(source string) shape {
	var s shape
	src := []byte(source)
	doc := parser.Parse(reading.NewReader(src))
	var all strings.Builder
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			s.headings = append(s.headings, string(n.Lines().Value(src)))
			s.levels = append(s.levels, n.Level)
		case *ast.CodeSpan:
			s.code = append(s.code, inside(n, src))
			return ast.WalkSkipChildren, nil
		case *ast.Link:
			if shown := strings.ReplaceAll(inside(n, src), string(joiner), ""); strings.ReplaceAll(shown, `\`, "") != string(n.Destination) {
				s.foreign = append(s.foreign, "Link near "+nearby(n, src))
			} else {
				s.foreign = append(s.foreign, "link "+string(n.Destination))
			}
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			all.Write(n.Value(src))
			all.WriteByte(' ')
		case *ast.Image, *ast.RawHTML, *ast.Blockquote, *ast.ThematicBreak, *tables.Strikethrough, *ast.CodeBlock:
			s.foreign = append(s.foreign, n.Kind().String()+" near "+nearby(n, src))
		case *ast.AutoLink:
			s.foreign = append(s.foreign, "link "+string(n.URL(src)))
		case *ast.HTMLBlock:
			if html := string(n.Lines().Value(src)); !strings.HasPrefix(html, "<!-- aftermath: ") || n.NextSibling() != nil {
				s.foreign = append(s.foreign, "html "+html)
			}
		case *ast.FencedCodeBlock:
			if string(n.Language(src)) != "mermaid" {
				s.foreign = append(s.foreign, "code "+string(n.Language(src)))
			}
		case *tables.TaskCheckBox:
			s.tasks++
		case *ast.List:
			if _, nested := n.Parent().(*ast.ListItem); nested {
				s.foreign = append(s.foreign, "nested list")
			}
		case *tables.Table:
			if len(n.Alignments) > 5 {
				s.foreign = append(s.foreign, "a wide table")
			}
		}
		return ast.WalkContinue, nil
	})
	s.words = strings.NewReplacer("&#124;", "|", "&#58;", ":", "&#63;", "?").Replace(all.String()) // the parser leaves entities to the renderer
	return s
}

// inside is the source of what a node holds.
func inside(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(src))
		}
	}
	return b.String()
}

func nearby(n ast.Node, src []byte) string {
	if p := n.Parent(); p != nil && p.Type() == ast.TypeBlock && p.Lines().Len() > 0 {
		return string(p.Lines().Value(src))
	}
	return ""
}

// Every row of a table has as many cells as its head, counted in the source: the renderer would drop
// what is too much in silence.
func checkTables(t interface{ Errorf(string, ...any) }, source string) {
	cells := 0
	for line := range strings.SplitSeq(source, "\n") {
		if !strings.HasPrefix(line, "| ") {
			cells = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
		if cells != 0 && n != cells {
			t.Errorf("%d bars where the head has %d: %s", n, cells, line)
		}
		cells = n
	}
}

func TestDocumentIsWhatARendererReads(t *testing.T) {
	for _, profile := range Profiles {
		source := render(t, sample(), profile)
		s := shapeOf(source)
		want := []string{"Checkout unavailable after the pool change", "Summary", "Impact", "Times", "What happened", "What people saw, believed and decided",
			"Contributing conditions", "Technical", "Human", "Process", "How they acted on one another", "What change would have prevented or mitigated this",
			"What went well", "Where we got lucky", "Actions", "Success criteria and targets", "Not now", "Decided against", "Ideas, not decided", "Priorities", "Verification",
			"A-1 Alert when pool use > 80% for 2 minutes", "What changed since", "What else was asked", "Who took part", "Evidence and provenance", "Revisions"}
		if d := cmp.Diff(want, s.headings); d != "" {
			t.Error(d)
		}
		for i, level := range s.levels {
			if (level == 1) != (i == 0) || level > 3 {
				t.Errorf("%s: heading %q has level %d", profile, s.headings[i], level)
			}
		}
		checkTables(t, source)
		foreign := strings.Join(s.foreign, "\n")
		if want := "link https://tickets.example.org/OPS-12\nlink https://ci.example.org/1"; foreign != want {
			t.Errorf("%s: %s", profile, foreign)
		}
		if boxes := strings.Count(source, "☐") + strings.Count(source, "☑"); s.tasks+boxes != 2 || boxes > 0 && profile != "confluence" {
			t.Errorf("%s: %d task boxes", profile, s.tasks)
		}
	}
}

func TestPlainIsReadable(t *testing.T) {
	source := render(t, sample(), "plain")
	if m := regexp.MustCompile(`&#?\w+;|mermaid|<!--`).FindString(source); m != "" {
		t.Errorf("plain holds %q", m)
	}
}

func TestMermaidIsSmall(t *testing.T) {
	total := 0
	for _, m := range regexp.MustCompile("(?s)```mermaid\n(.*?)```").FindAllStringSubmatch(render(t, many(2000), "github"), -1) {
		total += len(m[1])
		if strings.HasPrefix(m[1], "gantt") {
			for line := range strings.SplitSeq(m[1], "\n") {
				if strings.Contains(line, " : ") && strings.Contains(strings.SplitN(line, " : ", 2)[0], ":") {
					t.Errorf("a colon in a task name: %s", line)
				}
			}
		}
	}
	if total == 0 || total >= 2000 {
		t.Errorf("%d characters of Mermaid", total)
	}
}

var nasty = []string{"# head", "\n## h2", "- item", "1. one", "> quote", "---", "\n===\n", "```", "~~~", "`code`", "**bold**", "_em_", "*em*", "~~gone~~", "[a](http://evil.example)",
	"![i](x.png)", "[ref]: http://evil.example", "[^1]", "<b>", "<script>alert(1)</script>", "<!-- c -->", "-->", "&lt;", "&#124;", "|", "a | b", "\n|--|--|\n", "@maya", "maya@example.org",
	"#12", ":fire:", ":+1:", "https://evil.example/x", "http://evil.example", "www.evil.example", "ftp://evil.example", "<https://evil.example>", "javascript:alert(1)", "\\", "\\*", "\x1b[31m", "\u202e", "\r\n", "\t", "    indented",
	"$x$", "%%", "end", "\"", "]", "* * *", "+ x", "2) two", "\u00a0", "text", "支払い", " ",
	"\u2028", "\u200b", "=1+1", "]]>", "&#x0;", "\x00", "\ufffe", "<svg onload=x>", "שלום", "!12", "~label", "{+ a +}", "{: .x}", "1/2", "-->", "~x~", "==x==", "^x^", "(c)",
	"[TOC]", "[[_TOC_]]", "!!! note", "??? x", ": d", "*[A]: b", "--8<-- \"x\"", "{{ .X }}", "{% raw %}", "$$y$$", "{code}", "<ac:x>", "</p>", "'", "a@b"}

func fill(v reflect.Value, words func() string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[model.ID]() {
			return
		}
		v.SetString(words())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), words)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), words)
		}
	}
}

func TestHostileTextStaysText(t *testing.T) {
	gitlab := regexp.MustCompile(`[!~%&$^][\pL\d]|\{[+-]|\[[+-]|\[TOC|\[_TOC`)
	mention := regexp.MustCompile(`@\w|#\d|:[a-z+]+:`)
	rapid.Check(t, func(t *rapid.T) {
		words := func() string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 1, 4).Draw(t, "words"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
		}
		r := sample()
		fill(reflect.ValueOf(&r.Record).Elem(), words)
		for i := range r.Record.Actions {
			r.Record.Actions[i].Stage = []string{"committed", "effective", "wont_do", "idea", "proposed"}[i%5]
			r.Record.Actions[i].Frequency, r.Record.Actions[i].Impact, r.Record.Actions[i].Effort = "high", "low", "low"
			r.Record.Actions[i].URL = "https://evil.example/<b>" // no plain address
		}
		for i := range r.Record.Results {
			r.Record.Results[i].URL = words() + " "
		}
		var events []model.Event
		_ = r.Events(func(e *model.Event) error { events = append(events, *e); return nil })
		for i := range events {
			fill(reflect.ValueOf(&events[i]).Elem(), words)
		}
		r.Events = each(events)
		audience := rapid.SampledFrom(Audiences).Draw(t, "audience")
		checkPages(t, r, audience)
		for _, profile := range Profiles {
			source := renderAs(t, r, Form{Profile: profile, Audience: audience})
			s := shapeOf(source)
			for _, f := range s.foreign {
				if !strings.HasPrefix(f, "link http://evil.example") && !strings.HasPrefix(f, "link https://evil.example/x") || !strings.Contains(source, "<"+strings.TrimPrefix(f, "link ")+">") && !strings.Contains(source, "]("+strings.TrimPrefix(f, "link ")+")") {
					t.Fatalf("%s: %s\n%s", profile, f, source)
				}
			}
			if len(s.code) > 0 && profile != "techdocs" {
				t.Fatalf("%s: code %q", profile, s.code)
			}
			if m := mention.FindString(s.words); m != "" {
				t.Fatalf("%s: %q acts in %s", profile, m, source)
			}
			if m := gitlab.FindString(strings.ReplaceAll(s.words, "&lt;", "<")); m != "" && profile == "gitlab" {
				t.Fatalf("gitlab: %q acts in %s", m, source)
			}
			if s.levels[0] != 1 || strings.Contains(strings.Join(strings.Fields(s.words), " "), "\x1b") {
				t.Fatalf("%s: %v", profile, s.levels)
			}
			for i, level := range s.levels[1:] {
				if level == 1 || level > 3 {
					t.Fatalf("%s: heading %q", profile, s.headings[i+1])
				}
			}
			checkTables(t, source)
			if _, unedited, found := Unedited([]byte(source)); !unedited || !found {
				t.Fatalf("%s: the seal does not hold: %s", profile, source[len(source)-200:])
			}
		}
	})
}

// What templates, macros and mathematics begin with acts in no profile whose readers know it.
func TestTemplatesAndMathStayText(t *testing.T) {
	for _, profile := range []string{"github", "gitlab", "techdocs", "confluence"} {
		for _, text := range []string{"{{ .Values.x }}", "{{< raw >}}", "{% raw %}", "{# c #}", "x--{{y}}", "{macro}", "a {b} c", "$$x$$", "cost $5 or $6", "a$x$b"} {
			for _, got := range []string{styles[profile].cell(text), styles[profile].inline(text)} {
				if m := regexp.MustCompile(`\{[{%#]`).FindString(got); m != "" {
					t.Errorf("%s %q: %q acts in %q", profile, text, m, got)
				}
				if m := regexp.MustCompile("(^|[^\\\\`])\\{[a-z]").FindString(got); m != "" && !strings.Contains(got, "`") {
					t.Errorf("%s %q: %q acts in %q", profile, text, m, got)
				}
				if m := regexp.MustCompile(`(^|[^\\])\$`).FindString(got); m != "" && profile != "confluence" {
					t.Errorf("%s %q: %q acts in %q", profile, text, m, got)
				}
			}
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string][2]string{
		"plain, 3 * 4 & 5 snake_case 14:07:30 C# 50% (x)": {"plain, 3 * 4 & 5 snake_case 14:07:30 C# 50% (x)", "plain, 3 * 4 & 5 snake_case 14:07:30 C# 50% (x)"},
		"&amp; &#124;":         {`\&amp; \&#` + string(joiner) + `124;`, `\&amp; \&#` + string(joiner) + `124;`},
		"[a](b) `c` *d* _e_ ~": {"\\[a](b) \\`c\\` \\*d\\* \\_e\\_ \\~", "\\[a](b) \\`c\\` \\*d\\* \\_e\\_ \\~"},
		"a | b <c>":            {"a &#124; b &lt;c>", `a \| b \<c>`},
		`C:\dir`:               {`C:\\dir`, `C:\\dir`},
		"cost $5":              {`cost \$5`, "cost $5"},
	} {
		for i, profile := range []string{"github", "plain"} {
			if got := styles[profile].cell(text); got != want[i] {
				t.Errorf("%s %q: got %q, want %q", profile, text, got, want[i])
			}
		}
	}
}

func TestEveryWordIsKept(t *testing.T) {
	r := sample()
	r.Record.Incident.Impact = "a_b *c* `d` [e](f) <g> | h & i &amp; j \\ k ~l~ #1 @m :n: 1) o"
	words := shapeOf(render(t, r, "github")).words
	plain := strings.NewReplacer(string(joiner), "", " ", "", "&lt;", "<", "\\", "").Replace(words)
	want := strings.NewReplacer(" ", "", "\\", "").Replace(r.Record.Incident.Impact)
	if !strings.Contains(plain, want) {
		t.Errorf("%q is not in %q", want, plain[:400])
	}
}

func TestUnedited(t *testing.T) {
	for _, profile := range Profiles {
		source := render(t, sample(), profile)
		if key, unedited, found := Unedited([]byte(source)); key != "2026-11-02-checkout" || !unedited || !found {
			t.Error(profile, key, unedited, found)
		}
		if _, unedited, found := Unedited([]byte(strings.Replace(source, "Maya", "Mia", 1))); unedited || !found {
			t.Error(profile, "a change went unseen")
		}
		if _, unedited, _ := Unedited([]byte(strings.ReplaceAll(source, "\n", "\r\n"))); !unedited {
			t.Error(profile, "other line ends were taken for a change")
		}
	}
	if _, _, found := Unedited([]byte("# else\n")); found {
		t.Error("found a seal where there is none")
	}
}

func TestMarkdownRefusesAnUnknownProfile(t *testing.T) {
	if err := Markdown(&bytes.Buffer{}, sample(), "pdf"); model.KindOf(err) != model.FaultUsage {
		t.Error(err)
	}
}

func TestLongTimelines(t *testing.T) {
	for n, want := range map[int]string{
		40:   "| 14:00:01 | request 1 took 1 ms in checkout |",
		150:  "### Other lines of evidence",
		2000: "1980 more lines are counted under Evidence and provenance.",
	} {
		source := render(t, many(n), "github")
		if !strings.Contains(source, want) {
			t.Errorf("%d events: no %q", n, want)
		}
		if strings.Contains(source, "request 1999") || (n == 2000) != !strings.Contains(source, "request 1 took") {
			t.Errorf("%d events: the body holds what it should not", n)
		}
	}
}

func BenchmarkMarkdown10k(b *testing.B) {
	r := many(10_000)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := Markdown(&out, r, "github"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJSON10k(b *testing.B) {
	r := many(10_000)
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := JSON(&out, r); err != nil {
			b.Fatal(err)
		}
	}
}

// A column in which nothing stands is left out; what a table is read by stays.
func TestColumnsWithoutAnythingAreLeftOut(t *testing.T) {
	r := sample()
	for i := range r.Record.Factors {
		r.Record.Factors[i].Team = ""
	}
	page := string(render(t, r, "github"))
	if strings.Contains(page, "Team that can change it") {
		t.Error("no team is named, and there is a column for it")
	}
	if !strings.Contains(page, "| Condition | Part | Without it | Evidence |") {
		t.Error("columns that say something are gone")
	}
	r.Record.Factors[0].Team = "payments"
	if page = string(render(t, r, "github")); !strings.Contains(page, "| Team that can change it |") {
		t.Error("the column is gone although a team is named")
	}
}

func TestLongTimesAreToldInHours(t *testing.T) {
	for _, c := range []struct{ from, to, unit, want string }{
		{"1320", "660", "min", "22h 00m to 11h 00m"}, {"200", "30", "minutes", "3h 20m to 30m"}, {"20", "10", "min", ""}, {"1320", "660", "orders", ""}, {"1320.5", "660", "min", ""},
	} {
		was, will, long := asHours(c.from, c.to, c.unit)
		got := ""
		if long {
			got = was + " to " + will
		}
		if got != c.want {
			t.Errorf("%s to %s %s: %q, want %q", c.from, c.to, c.unit, got, c.want)
		}
	}
}
