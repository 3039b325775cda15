package ui_test

import (
	"context"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// TestAThousandLinesInTwoHundredKeys triages what an ordinary evening brings: people, bots, health checks,
// and the same alert again and again.
func TestAThousandLinesInTwoHundredKeys(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	var list []model.Event
	add := func(n int, source, actor string, title func(int) string) {
		for i := range n {
			list = append(list, said(r.Intn(3000)*2+len(list)%2, source, actor, title(i)))
		}
	}
	for i := range 40 { // what people said is never twice the same
		words := strings.Fields("pool graph latency cart payment rollback deploy limit queue retry")
		add(1, "slack", []string{"ada", "grace", "maya"}[i%3], func(int) string {
			return fmt.Sprintf("%s and %s, looking at the %s", words[i%10], words[(i/10+i)%10], string(rune('a'+i%26))+words[i/4])
		})
	}
	add(420, "lb", "", func(i int) string { return fmt.Sprintf("GET /health 200 in %d ms", i) })
	add(180, "app", "", func(i int) string { return fmt.Sprintf("connection refused, attempt %d", i) })
	for i := range 8 {
		add(12, "datadog", "monitor", func(n int) string { return fmt.Sprintf("check %c is at %d", 'a'+i, n) })
	}
	for i := range 6 {
		add(25, "github", "deploy-bot", func(n int) string { return fmt.Sprintf("step %c of build %d passed", 'a'+i, n) })
	}
	for i := range 10 {
		add(11, "k8s", "", func(n int) string { return fmt.Sprintf("pod web-%c restarted %d times", 'a'+i, n) })
	}
	add(4, "pagerduty", "", func(i int) string { return fmt.Sprintf("paged, level %d", i) })
	if len(list) != 1000 {
		t.Fatalf("%d lines", len(list))
	}
	m, id := brought(t, list...)
	d := inbox(t, m, id, 120, 36)
	keys := 0
	press := func(k string) { d.Keys(k); keys++ }
	press("z")
	for !strings.Contains(cursor(d), " ×1 ") && cursor(d) != "" {
		switch row := cursor(d); {
		case strings.Contains(row, "pagerduty"), strings.Contains(row, "refused"):
			press("n") // one alert stands for all
		default:
			press("X")
		}
	}
	press("z")
	for i := 0; cursor(d) != ""; i++ {
		press([]string{"a", "o", "c", "x", "J", "enter"}[i%6])
	}
	rec, _ := m.Record(context.Background(), id)
	t.Logf("%d keys, %d lines left, %d in the narrative", keys, rec.Inbox, rec.Events)
	if rec.Inbox != 0 || keys > 200 || rec.Events < 25 {
		t.Errorf("%d keys, %d lines left, %d in the narrative\n%s", keys, rec.Inbox, rec.Events, d.Screen())
	}
	shows(t, d, "Everything is triaged")
}

// TestRandomKeysInTheInbox decides at random; undo takes all of it back, and the counts are those of the file.
func TestRandomKeysInTheInbox(t *testing.T) {
	keys := strings.Fields("j j k t n a c r o y enter x X B J v v z z h u R m esc end home pgup pgdown down up s b e w d tab S A / F")
	for seed := range int64(6) {
		m, id := evening(t)
		before := m.State()
		r := rand.New(rand.NewSource(seed))
		d := inbox(t, m, id, 80, 24)
		for n := range 400 {
			k := keys[r.Intn(len(keys))]
			d.Keys(k)
			check(t, d, 80, 24, fmt.Sprintf("seed %d, key %d (%s)", seed, n, k))
			if n%40 == 39 { // back to where it began, from wherever the keys led
				d.Keys("esc esc esc esc g i")
				rec, _ := m.Record(context.Background(), id)
				if want := fmt.Sprintf("%d left", rec.Inbox); !strings.Contains(d.Screen(), want) && !strings.Contains(d.Screen(), "Home") && !strings.Contains(d.Screen(), "No incident") {
					t.Errorf("seed %d, key %d: the file has %s:\n%s", seed, n, want, d.Screen())
				}
			}
			if t.Failed() {
				return
			}
		}
		for {
			u, err := m.Undo(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if u.None {
				break
			}
		}
		if m.State() != before {
			t.Errorf("seed %d: undo does not restore the file", seed)
		}
	}
}

func TestEveryRoleOfTheTaxonomyHasAKey(t *testing.T) {
	m, id := evening(t)
	o := options(m)
	o.Start = nav.Go{To: nav.Inbox, Incident: id}
	app := ui.New(o)
	uitest.Drive(app, 120, 36)
	var ids []string
	for _, a := range app.AllActions() {
		ids = append(ids, a.ID)
	}
	for _, w := range model.DefaultTaxonomy()["event_role"] {
		if !slices.Contains(ids, "inbox."+w.Value) {
			t.Errorf("%s has no key", w.Value)
		}
	}
}
