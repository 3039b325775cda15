// Command mutants measures the tests: it changes one comparison, guard or branch of the program at a time and sees
// whether a test notices. What survives shows a rule that no test holds.
//
//	go run ./bench/mutants -n 200 -floor 85
//
// It changes no file: all mutants are woven into one text, of which the environment chooses one, and the compiler is
// given that text in the place of the other. So every package's tests are built once. Each test is run alone to see
// which mutants it reaches, and a mutant is asked of the tests that reach it, the quickest first.
package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// rooms are what is changed, and the packages whose tests are asked about it.
var rooms = []struct{ folder, tests string }{
	{"storage", "./storage"},
	{"model", "./model"},
	{"importers", "./importers/..."},
	{"exporters", "./exporters"},
	{"ui", "./ui/..."},
}

func main() {
	n := flag.Int("n", 200, "how many mutants are tried, as many of each folder")
	seed := flag.Uint64("seed", 1, "which of them")
	floor := flag.Float64("floor", 0, "the exit status is 1 below this share, in percent")
	only := flag.String("only", "", "only this folder")
	list := flag.Bool("list", false, "only list what would be tried")
	known := flag.String("equivalent", "bench/mutants/equivalent.txt", "mutants that no test can tell from the program, each with the reason")
	flag.Parse()
	if err := run(*n, *seed, *floor, *only, *list, *known); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, floor float64, only string, list bool, known string) error {
	same, err := readEquivalent(known)
	if err != nil {
		return err
	}
	var all []*mutant
	for _, room := range rooms {
		if only != "" && room.folder != only {
			continue
		}
		found, err := mutantsOf(room.folder)
		if err != nil {
			return err
		}
		all = append(all, sample(found, share(n, only), seed)...)
	}
	if list {
		for _, m := range all {
			fmt.Println(m)
		}
		return nil
	}
	work, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := try(work, all); err != nil {
		return err
	}
	return report(all, same, floor)
}

// share is how many mutants each room gives.
func share(n int, only string) int {
	if only != "" {
		return n
	}
	return (n + len(rooms) - 1) / len(rooms)
}

// sample takes those whose names have the smallest hashes, so that a change elsewhere in the folder leaves it as it is.
func sample(list []*mutant, n int, seed uint64) []*mutant {
	hash := func(m *mutant) []byte {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, m.name()))
		return sum[:]
	}
	list = slices.SortedFunc(slices.Values(list), func(a, b *mutant) int { return bytes.Compare(hash(a), hash(b)) })
	list = list[:min(n, len(list))]
	slices.SortFunc(list, func(a, b *mutant) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.nth, b.nth))
	})
	return list
}

// each runs work for every index, as many at a time as there are processors.
func each(n int, work func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		wg.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// A tally counts what became of the mutants of a room.
type tally struct{ killed, counted, same int }

func (t tally) share() float64 {
	if t.counted == 0 {
		return 100
	}
	return 100 * float64(t.killed) / float64(t.counted)
}

func report(all []*mutant, same map[string]string, floor float64) error {
	tallies, sum := map[string]*tally{}, &tally{}
	for _, m := range all {
		if tallies[m.room] == nil {
			tallies[m.room] = &tally{}
		}
		why, equivalent := same[m.name()]
		for _, t := range []*tally{tallies[m.room], sum} {
			switch {
			case m.verdict == caught:
				t.killed++
				t.counted++
			case equivalent:
				t.same++
			default:
				t.counted++
			}
		}
		switch {
		case m.verdict == caught && equivalent:
			fmt.Printf("%-9s %s, though it is said that no test can: %s\n", m.verdict, m, why)
		case m.verdict == caught:
		case equivalent:
			fmt.Printf("%-9s %s: %s\n", "same", m, why)
		default:
			fmt.Printf("%-9s %s\n", m.verdict, m)
		}
	}
	for _, room := range rooms {
		if t := tallies[room.folder]; t != nil {
			fmt.Printf("%-9s %d of %d killed, %.0f %%; %d change nothing\n", room.folder, t.killed, t.counted, t.share(), t.same)
		}
	}
	fmt.Printf("%-9s %d of %d killed, %.0f %%; %d change nothing\n", "all", sum.killed, sum.counted, sum.share(), sum.same)
	if sum.share() < floor {
		return fmt.Errorf("%.1f %% is below %.0f %%", sum.share(), floor)
	}
	return nil
}

// readEquivalent reads lines of a mutant's name, a tab and the reason.
func readEquivalent(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	same := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, why, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && !strings.HasPrefix(name, "#") {
			same[name] = why
		}
	}
	return same, nil
}
