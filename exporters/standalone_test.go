package exporters

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"aftermath/model"
)

func renderAs(t interface{ Fatal(...any) }, r Retro, f Form) string {
	var b bytes.Buffer
	if err := Write(&b, r, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A tree is what an XML parser makes of a page.
type tree struct {
	elements map[string]int
	words    string
	names    []string // of attributes, with their element
	links    []string
}

func parsed(t interface{ Fatalf(string, ...any) }, page string) tree {
	dec := xml.NewDecoder(strings.NewReader("<all>" + strings.TrimPrefix(page, "<!doctype html>") + "</all>"))
	out := tree{elements: map[string]int{}}
	var words strings.Builder
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, page[max(0, int(dec.InputOffset())-300):min(len(page), int(dec.InputOffset())+50)])
		}
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			if x.Name.Space == "ac" {
				name = "ac:" + name
			}
			out.elements[name]++
			for _, a := range x.Attr {
				out.names = append(out.names, name+" "+a.Name.Local)
				if a.Name.Local == "href" {
					out.links = append(out.links, a.Value)
				}
			}
		case xml.CharData:
			words.Write(x)
			words.WriteByte(' ')
		}
	}
	out.words = words.String()
	return out
}

// ours are the elements that a page may hold, whatever the record says.
var ours = strings.Fields("all html head meta title style body main header section h1 h2 h3 p ul ol li span strong a div table thead tbody tr th td figure figcaption " +
	"svg desc rect path circle text g ac:structured-macro ac:parameter ac:rich-text-body ac:task-list ac:task ac:task-id ac:task-status ac:task-body")

func checkPages(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, r Retro, audience string) {
	for _, format := range []string{"html", "confluence-storage"} {
		page := renderAs(t, r, Form{Format: format, Audience: audience})
		p := parsed(t, page)
		for name := range p.elements {
			if !slices.Contains(ours, name) {
				t.Fatalf("%s for %s holds <%s>", format, audience, name)
			}
		}
		for _, n := range p.names {
			if _, name, _ := strings.Cut(n, " "); strings.HasPrefix(name, "on") || name == "style" {
				t.Fatalf("%s for %s holds %s", format, audience, n)
			}
		}
		for _, l := range p.links {
			if !plainURL().MatchString(l) {
				t.Fatalf("%s for %s links to %q", format, audience, l)
			}
		}
		if p.elements["h1"] != 1 || strings.ContainsAny(p.words, "\x1b\x00\u202e\u2028") {
			t.Fatalf("%s for %s: %v", format, audience, p.elements)
		}
		if _, unedited, found := Unedited([]byte(page)); !unedited || !found {
			t.Fatalf("%s for %s: the seal does not hold", format, audience)
		}
	}
}

func TestHTMLStandsAlone(t *testing.T) {
	for _, audience := range Audiences {
		page := renderAs(t, sample(), Form{Format: "html", Audience: audience})
		if again := renderAs(t, sample(), Form{Format: "html", Audience: audience}); again != page {
			t.Error("the same record gave other bytes")
		}
		p := parsed(t, page)
		for _, never := range []string{"script", "img", "link", "iframe", "object", "use", "image", "foreignObject", "form", "base"} {
			if p.elements[never] > 0 {
				t.Errorf("%s: a %s", audience, never)
			}
		}
		for _, n := range p.names {
			if _, name, _ := strings.Cut(n, " "); strings.HasPrefix(name, "on") || name == "style" || name == "src" {
				t.Errorf("%s: %s", audience, n)
			}
		}
		if strings.Contains(page, "url(") || strings.Contains(page, "@import") {
			t.Errorf("%s: the page asks for something", audience)
		}
		if p.elements["h1"] != 1 || p.elements["main"] != 1 || p.elements["svg"] != p.elements["desc"] {
			t.Errorf("%s: %v", audience, p.elements)
		}
		if key, unedited, found := Unedited([]byte(page)); key != map[bool]string{true: "n-1", false: "2026-11-02-checkout"}[audience == Public] || !unedited || !found {
			t.Error(audience, key, unedited, found)
		}
	}
	if n := parsed(t, renderAs(t, sample(), Form{Format: "html"})).elements["svg"]; n != 4 {
		t.Errorf("%d drawings", n)
	}
}

func TestStorageFormatIsWellFormed(t *testing.T) {
	page := renderAs(t, sample(), Form{Format: "confluence-storage"})
	p := parsed(t, page)
	if p.elements["ac:task"] != 2 || p.elements["ac:structured-macro"] != 2 || p.elements["table"] < 10 {
		t.Error(p.elements)
	}
	if _, unedited, found := Unedited([]byte(page)); !unedited || !found {
		t.Error("the seal does not hold")
	}
}

// crowded is a record of more than anyone would discuss in one meeting.
func crowded(factors, actions int) Retro {
	r := sample()
	rec := &r.Record
	rec.Factors, rec.Interactions, rec.Actions, rec.Steps, rec.Results = nil, nil, nil, nil, nil
	levels := []string{"high", "medium", "low"}
	for i := range factors {
		id := model.ID(fmt.Sprintf("F-%016x", i))
		rec.Factors = append(rec.Factors, model.Factor{ID: id, Statement: fmt.Sprintf("Condition %d of the system was there for a while and nobody had a way to see it", i),
			Layer: []string{"technical", "human", "process"}[i%3], Role: "enabling", Without: "smaller", Detail: "How it came about."})
		if i > 0 {
			rec.Interactions = append(rec.Interactions, model.Interaction{ID: model.ID(fmt.Sprintf("L-%016x", i)), From: model.ID(fmt.Sprintf("F-%016x", i/2)), To: id, Kind: "enabled"})
		}
	}
	for i := range actions {
		rec.Actions = append(rec.Actions, model.Action{ID: model.ID(fmt.Sprintf("A-%016x", i)), Title: fmt.Sprintf("Change %d of the system", i), Stage: "committed", Owner: "dana",
			Due: "2026-12-01", Factors: []model.ID{rec.Factors[i%factors].ID}, Frequency: levels[i%3], Impact: levels[i/3%3], Effort: levels[i/9%3], Criteria: "It is seen.", Expected: "x"})
	}
	return r
}

func TestNothingIsDroppedInSilence(t *testing.T) {
	r := crowded(700, 250)
	for _, f := range []Form{{Profile: "github"}, {Profile: "plain"}, {Format: "html"}, {Format: "confluence-storage"}} {
		page := renderAs(t, r, f)
		if !strings.Contains(page, "50 more rows of this table are left out here.") {
			t.Errorf("%v: a long table is cut without a word", f)
		}
	}
	page := renderAs(t, r, Form{Format: "html"})
	if !strings.Contains(page, "700 conditions and 699 arrows are too many for a drawing") {
		t.Error("the map is left out without a word")
	}
	if page := renderAs(t, r, Form{Audience: Executive}); !strings.Contains(page, "245 more stand in the full retrospective.") {
		t.Error("promises are cut without a word")
	}
}

func TestADayStaysWithItsTime(t *testing.T) {
	for in, want := range map[string]string{
		"31 Jan 19:00":        `<span class="n">31 Jan 19:00</span>`,
		"1 Feb 00:05:30":      `<span class="n">1 Feb 00:05:30</span>`,
		"A-c0d1 by 2026-12-1": `<span class="n">A-c0d1</span> by 2026-12-1`,
		"31 jars 19:00":       "31 jars 19:00",
	} {
		if got := unbroken(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
