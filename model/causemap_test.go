package model

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func someMap(t *rapid.T) ([]Factor, []Interaction) {
	n := rapid.IntRange(1, 30).Draw(t, "factors")
	factors := make([]Factor, n)
	for i := range factors {
		factors[i] = Factor{ID: ID(fmt.Sprintf("F-%02d", i)), Statement: rapid.StringMatching(`[a-z]{1,30}( [a-z]{1,12}){0,12}`).Draw(t, "statement")}
	}
	links := make([]Interaction, rapid.IntRange(0, 2*n).Draw(t, "links"))
	for i := range links {
		links[i] = Interaction{ID: ID(fmt.Sprintf("L-%02d", i)), Kind: rapid.SampledFrom([]string{"enabled", "masked", "amplified", "delayed"}).Draw(t, "kind"),
			From: factors[rapid.IntRange(0, n-1).Draw(t, "from")].ID, To: factors[rapid.IntRange(0, n-1).Draw(t, "to")].ID}
	}
	return factors, links
}

func TestCauseMapIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		factors, links := someMap(t)
		width := rapid.IntRange(60, 200).Draw(t, "width")
		ascii := rapid.Bool().Draw(t, "ascii")
		m := DrawCauseMap(factors, links, width, utf8.RuneCountInString, ascii)
		if !cmp.Equal(m, DrawCauseMap(factors, links, width, utf8.RuneCountInString, ascii)) {
			t.Fatal("two drawings differ")
		}
		if len(m.Boxes)+len(m.Apart) != len(factors) {
			t.Fatalf("%d boxes and %d apart of %d factors", len(m.Boxes), len(m.Apart), len(factors))
		}
		checkBoxes(t, m)
		checkEdges(t, m)
		drawn := len(m.Undrawn)
		for _, e := range m.Edges {
			drawn += len(e.Interactions)
		}
		if drawn != len(links) {
			t.Fatalf("%d of %d interactions", drawn, len(links))
		}
	})
}

func checkBoxes(t *rapid.T, m CauseMap) {
	owner := map[Point]ID{}
	for _, b := range m.Boxes {
		if b.X < 0 || b.Y < 0 || b.X+b.Width > m.Width || b.Y+b.Height > m.Height {
			t.Fatalf("box outside: %+v", b)
		}
		for y := b.Y; y < b.Y+b.Height; y++ {
			for x := b.X; x < b.X+b.Width; x++ {
				if other, taken := owner[Point{x, y}]; taken {
					t.Fatalf("%s and %s overlap", other, b.Factor)
				}
				owner[Point{x, y}] = b.Factor
			}
		}
	}
	for _, e := range m.Edges {
		for _, p := range e.Path {
			if id, taken := owner[p]; taken {
				t.Fatalf("the line %s to %s runs through %s\n%s", e.From, e.To, id, m.Text())
			}
		}
	}
}

func checkEdges(t *rapid.T, m CauseMap) {
	boxes := map[ID]MapBox{}
	for _, b := range m.Boxes {
		boxes[b.Factor] = b
	}
	inside := func(x int, b MapBox) bool { return x > b.X && x < b.X+b.Width-1 }
	vertical, horizontal := map[Point]ID{}, map[Point]ID{}
	for _, e := range m.Edges {
		from, to, first, last := boxes[e.From], boxes[e.To], e.Path[0], e.Path[len(e.Path)-1]
		if first.Y != from.Y+from.Height || !inside(first.X, from) || last.Y != to.Y-1 || !inside(last.X, to) {
			t.Fatalf("%s to %s does not connect its boxes\n%s", e.From, e.To, m.Text())
		}
		for i, p := range e.Path {
			if p.X < 0 || p.X >= m.Width || p.Y < 0 || p.Y >= m.Height {
				t.Fatalf("the line leaves the picture: %v", p)
			}
			if i == 0 {
				continue
			}
			q := e.Path[i-1]
			if abs(p.X-q.X)+abs(p.Y-q.Y) != 1 {
				t.Fatalf("the line jumps from %v to %v", q, p)
			}
			along := vertical
			if p.Y == q.Y {
				along = horizontal
			}
			for _, at := range []Point{p, q} {
				if other, taken := along[at]; taken && other != e.From {
					t.Fatalf("lines of %s and %s run together at %v\n%s", other, e.From, at, m.Text())
				}
				along[at] = e.From
			}
		}
	}
}

func TestCauseMapPicture(t *testing.T) {
	factors := []Factor{
		{ID: "F-1", Statement: "The pool limit was shared", Evidence: []ID{"E-1"}},
		{ID: "F-2", Statement: "Averages hid the slow shard", Evidence: []ID{"E-1"}},
		{ID: "F-3", Statement: "Rollback took twenty minutes"},
		{ID: "F-4", Statement: "支払いの監視がない", Evidence: []ID{"E-1"}},
		{ID: "F-5", Statement: "alone"},
	}
	links := []Interaction{{ID: "L-1", From: "F-1", To: "F-3", Kind: "amplified"}, {ID: "L-2", From: "F-2", To: "F-3", Kind: "delayed"},
		{ID: "L-3", From: "F-1", To: "F-2", Kind: "masked"}, {ID: "L-4", From: "F-3", To: "F-1", Kind: "enabled"}, {ID: "L-5", From: "F-3", To: "F-3"}}
	m := DrawCauseMap(factors, links, 60, utf8.RuneCountInString, false)
	t.Log("\n" + m.Text())
	if len(m.Boxes) != 3 || len(m.Edges) != 4 || len(m.Apart) != 2 || len(m.Undrawn) != 1 {
		t.Errorf("%d boxes, %d edges, apart %v, undrawn %v", len(m.Boxes), len(m.Edges), m.Apart, m.Undrawn)
	}
}

func BenchmarkCauseMap(b *testing.B) {
	var factors []Factor
	var links []Interaction
	for i := range 30 {
		factors = append(factors, Factor{ID: ID(fmt.Sprintf("F-%02d", i)), Statement: "The pool limit was shared with the batch job that runs at noon"})
		for _, to := range []int{i*7%30 + 1, i + 3} {
			if to < 30 && to != i {
				links = append(links, Interaction{ID: ID(fmt.Sprintf("L-%02d-%02d", i, to)), From: factors[i].ID, To: ID(fmt.Sprintf("F-%02d", to)), Kind: "enabled"})
			}
		}
	}
	for b.Loop() {
		DrawCauseMap(factors, links, 100, utf8.RuneCountInString, false)
	}
}
