// Command mutants measures the tests: it changes one comparison, guard or branch of the program at a time and sees
// whether a test notices. What survives shows a rule that no test holds.
//
//	go run ./bench/mutants -n 200 -floor 85
//
// It changes no file: the compiler is given another text in the place of one. Of each package only the tests that
// reach the changed line are run, the quickest first.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
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
	n := flag.Int("n", 200, "how many mutants are tried")
	seed := flag.Uint64("seed", 1, "which of them")
	floor := flag.Float64("floor", 0, "the exit status is 1 below this share, in percent")
	only := flag.String("only", "", "only this folder")
	known := flag.String("equivalent", "bench/mutants/equivalent.txt", "mutants that no test can tell from the program, each with the reason")
	flag.Parse()
	if err := run(*n, *seed, *floor, *only, *known); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(n int, seed uint64, floor float64, only, known string) error {
	work, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	same, err := readEquivalent(known)
	if err != nil {
		return err
	}
	var all []mutant
	reach := map[string]*coverage{}
	for _, room := range rooms {
		if only != "" && room.folder != only {
			continue
		}
		found, err := mutantsOf(room.folder)
		if err != nil {
			return err
		}
		c, err := measure(work, room.folder, room.tests)
		if err != nil {
			return err
		}
		reach[room.folder] = c
		all = append(all, sample(found, share(n, only), seed)...)
	}
	results := make([]verdict, len(all))
	each(len(all), func(i int) { results[i] = try(work, all[i], reach[all[i].room]) })
	return report(all, results, same, floor)
}

// share is how many mutants each room gives.
func share(n int, only string) int {
	if only != "" {
		return n
	}
	return (n + len(rooms) - 1) / len(rooms)
}

func sample(list []mutant, n int, seed uint64) []mutant {
	r := rand.New(rand.NewPCG(seed, 0))
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	list = list[:min(n, len(list))]
	slices.SortFunc(list, func(a, b mutant) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.from, b.from))
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

func report(all []mutant, results []verdict, same map[string]string, floor float64) error {
	killed, survived, out := 0, 0, 0
	for i, m := range all {
		why, equivalent := same[m.name()]
		switch v := results[i]; {
		case v == broken:
			out++
		case v == caught:
			killed++
		case equivalent:
			out++
			fmt.Printf("same      %s: %s\n", m, why)
		default:
			survived++
			fmt.Printf("%-9s %s\n", v, m)
		}
	}
	score := 100.0
	if killed+survived > 0 {
		score = 100 * float64(killed) / float64(killed+survived)
	}
	fmt.Printf("%d of %d killed, %.0f %%; %d do not compile or change nothing\n", killed, killed+survived, score, out)
	if score < floor {
		return fmt.Errorf("%.0f %% is below %.0f %%", score, floor)
	}
	return nil
}

// readEquivalent reads lines of a mutant's name, a blank and the reason.
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
