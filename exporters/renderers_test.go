package exporters

import (
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"aftermath/model"
)

// These tests hold what is written to the programs that will show it. Each says how to install its program
// where it is not there.

// hostile is the sample with text that acts in some tool in each of its fields, always the same.
func hostile() Retro {
	n := 0
	next := func() string {
		n++
		return nasty[n%len(nasty)] + " " + nasty[(n*7+3)%len(nasty)] + nasty[(n*13+5)%len(nasty)]
	}
	r := sample()
	fill(reflect.ValueOf(&r.Record).Elem(), next)
	for i := range r.Record.Actions {
		a := &r.Record.Actions[i]
		a.Stage, a.Frequency, a.Impact, a.Effort = []string{"committed", "effective", "wont_do", "idea", "proposed"}[i%5], "high", "low", "low"
	}
	for i := range r.Record.Factors {
		r.Record.Factors[i].Layer = []string{"technical", "human", "process"}[i%3]
	}
	r.Record.Incident.Zone = "Europe/Berlin"
	var events []model.Event
	_ = r.Events(func(e *model.Event) error { events = append(events, *e); return nil })
	for i := range events {
		fill(reflect.ValueOf(&events[i]).Elem(), next)
	}
	r.Events = each(events)
	return r
}

var (
	tag  = regexp.MustCompile(`</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>`)
	href = regexp.MustCompile(`href="([^"]*)"`)
)

// shown holds the HTML that a renderer made to the elements that a document of ours has.
func shown(t *testing.T, what, page string, allowed string) {
	t.Helper()
	for _, m := range tag.FindAllStringSubmatch(page, -1) {
		if !strings.Contains(" "+allowed+" ", " "+m[1]+" ") {
			t.Errorf("%s: %s in %s", what, m[0], around(page, m[0]))
		}
	}
	for _, m := range href.FindAllStringSubmatch(page, -1) {
		if u := html.UnescapeString(m[1]); u != "http://evil.example" && u != "https://evil.example/x" {
			t.Errorf("%s: a link to %s in %s", what, u, around(page, m[0]))
		}
	}
}

func around(page, part string) string {
	at := strings.Index(page, part)
	return page[max(0, at-80):min(len(page), at+120)]
}

// cells counts the cells of the tables of a document.
func cellsOf(r Retro, audience string) (n int) {
	d, err := compose(r, audience)
	if err != nil {
		panic(err)
	}
	for _, b := range d.blocks {
		if b.kind == table {
			n += len(b.head) * (len(b.rows) + 1)
		}
	}
	return n
}

func TestCmarkShowsTextAsText(t *testing.T) {
	cmark, err := exec.LookPath("cmark-gfm")
	if err != nil {
		t.Skip("cmark-gfm is not installed: apt-get install cmark-gfm")
	}
	for _, profile := range Profiles {
		if profile == "techdocs" {
			continue // it is not CommonMark
		}
		for _, audience := range Audiences {
			c := exec.Command(cmark, "--unsafe", "-e", "table", "-e", "tasklist", "-e", "strikethrough", "-e", "autolink")
			c.Stdin = strings.NewReader(renderAs(t, hostile(), Form{Profile: profile, Audience: audience}))
			out, err := c.Output()
			if err != nil {
				t.Fatal(err)
			}
			page := regexp.MustCompile(`(?s)<!-- aftermath:.*?-->|<pre><code class="language-mermaid">.*?</pre>`).ReplaceAllString(string(out), "")
			shown(t, profile+" for "+audience, page, "h1 h2 h3 p ul ol li strong table thead tbody tr th td input a br")
			if n := strings.Count(page, "<td") + strings.Count(page, "<th>"); profile != "plain" && n != cellsOf(hostile(), audience) {
				t.Errorf("%s for %s: %d cells, want %d", profile, audience, n, cellsOf(hostile(), audience))
			}
		}
	}
}

const techdocs = `
import sys, markdown
print(markdown.markdown(sys.stdin.read(), extensions=["toc", "tables", "attr_list", "admonition", "def_list", "abbr", "footnotes", "md_in_html",
  "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.inlinehilite", "pymdownx.magiclink", "pymdownx.mark",
  "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde"],
  extension_configs={"pymdownx.betterem": {"smart_enable": "all"}}))`

func TestTechDocsShowsTextAsText(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import markdown, pymdownx").Run() == nil {
			python = name
		}
	}
	if python == "" {
		t.Skip("Python-Markdown is not installed: apt-get install python3-markdown python3-pymdownx")
	}
	convert := func(source string) string {
		c := exec.Command(python, "-c", techdocs)
		c.Stdin = strings.NewReader(source)
		c.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return regexp.MustCompile(`(?s)<!-- aftermath:.*?-->|<div class="highlight">.*?</div>|<pre class="mermaid">.*?</pre>`).ReplaceAllString(string(out), "")
	}
	for _, audience := range Audiences {
		page := convert(renderAs(t, hostile(), Form{Profile: "techdocs", Audience: audience}))
		shown(t, audience, page, "h1 h2 h3 p ul ol li strong table thead tbody tr th td input label a code br")
		if n := strings.Count(page, "<td") + strings.Count(page, "<th>"); n != cellsOf(hostile(), audience) {
			t.Errorf("%s: %d cells, want %d", audience, n, cellsOf(hostile(), audience))
		}
	}
	r := sample()
	r.Record.Incident.Impact = "a 1/2 b --> c ~x~ d ==x== e ^x^ f (c) g +/- h {: .k} i & j &amp; k x_y_z l https://a.example/x m | n $5 o"
	page := html.UnescapeString(tag.ReplaceAllString(convert(renderAs(t, r, Form{Profile: "techdocs"})), ""))
	if page = strings.ReplaceAll(page, string(joiner), ""); !strings.Contains(page, r.Record.Incident.Impact) {
		t.Errorf("%q is not in %s", r.Record.Incident.Impact, around(page, "a 1"))
	}
}

const parseMermaid = `
import { JSDOM } from 'jsdom';
const dom = new JSDOM('<!doctype html><body></body>');
globalThis.window = dom.window; globalThis.document = dom.window.document;
const mermaid = (await import('mermaid')).default;
let source = ''; for await (const chunk of process.stdin) source += chunk;
let n = 0;
for (const m of source.matchAll(/` + "```mermaid\\n([\\s\\S]*?)```" + `/g)) { await mermaid.parse(m[1]); n++; }
console.log(n);`

func TestMermaidParsesTheDrawings(t *testing.T) {
	folder := os.Getenv("MERMAID")
	if folder == "" {
		t.Skip("MERMAID names no folder with Mermaid: npm install --prefix FOLDER --ignore-scripts mermaid jsdom; MERMAID=FOLDER go test ./exporters")
	}
	for _, r := range []Retro{sample(), hostile(), many(2000), crowded(500, 200)} {
		for _, audience := range []string{Engineering, Public} {
			source := renderAs(t, r, Form{Audience: audience})
			c := exec.Command("node", "--input-type=module", "-e", parseMermaid)
			c.Dir, c.Stdin = folder, strings.NewReader(source)
			out, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s in %s", err, out, regexp.MustCompile("(?s)```mermaid.*?```").FindString(source))
			}
			if n := strings.Count(source, "```mermaid"); strings.TrimSpace(string(out)) != string(rune('0'+n)) {
				t.Errorf("%s drawings were parsed, %d written", out, n)
			}
		}
	}
}

func browser(t *testing.T) string {
	if testing.Short() {
		t.Skip("a browser takes seconds to start")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium is installed: apt-get install chromium")
	return ""
}

func TestBrowserShowsThePage(t *testing.T) {
	chromium := browser(t)
	for name, r := range map[string]Retro{"sample": sample(), "hostile": hostile()} {
		folder := t.TempDir()
		file, pdf := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
		page := renderAs(t, r, Form{Format: "html"})
		if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
		flags := []string{"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + folder, "--enable-logging=stderr", "--virtual-time-budget=500"}
		var log strings.Builder
		c := exec.Command(chromium, append(flags, "--dump-dom", "file://"+file)...)
		c.Stderr = &log
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(log.String(), "Content Security Policy") {
			t.Errorf("%s: the page is refused a part of itself: %s", name, log.String())
		}
		dom := string(out)
		if strings.Contains(dom, "<script") || strings.Count(dom, "<h2") != strings.Count(page, "<h2") || strings.Count(dom, "<td") != strings.Count(page, "<td") || strings.Count(dom, "<svg") != 4 {
			t.Errorf("%s: the browser reads another page than was written", name)
		}
		if err := exec.Command(chromium, append(flags, "--no-pdf-header-footer", "--print-to-pdf="+pdf, "file://"+file)...).Run(); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(pdf); err != nil || !strings.HasPrefix(string(b), "%PDF") || len(b) < 10_000 {
			t.Errorf("%s: no PDF: %v, %d bytes", name, err, len(b))
		}
	}
}
