//go:build linux

// Command pair runs two commands in turn, A B A B, and compares them pair by pair, so that what else
// the machine does falls on both.
//
//	pair [-runs 7] [-prepare COMMAND] 'A' 'B'
//
// It prints one JSON document: the medians of milliseconds, processor milliseconds and peak MiB of both,
// the medians of the ratios of each pair, and how much processor time everything else took meanwhile.
// A command with a character that means something to a shell runs in one; others run directly.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A cost is what one run of a command took.
type cost struct {
	Wall   float64 `json:"ms"`
	CPU    float64 `json:"cpu_ms"`
	Memory float64 `json:"mib"`
}

type result struct {
	A     cost    `json:"a"`
	B     cost    `json:"b"`
	Ratio cost    `json:"ratio"`
	Other float64 `json:"other_cpu_pct"` // of a core; 0 where the machine does not tell
}

func main() {
	runs := flag.Int("runs", 7, "pairs to run")
	prepare := flag.String("prepare", "", "a shell `command` to run before each of the two, not measured")
	flag.Parse()
	if err := compare(*runs, *prepare, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "pair:", err)
		os.Exit(1)
	}
}

func compare(runs int, prepare string, commands []string) error {
	if len(commands) != 2 {
		return fmt.Errorf("want two commands, not %d", len(commands))
	}
	var costs [2][]cost
	var others []float64
	for i := range runs + 1 { // the first pair warms the caches and does not count
		for j, command := range commands {
			c, other, err := measure(prepare, command)
			if err != nil {
				return fmt.Errorf("%s: %w", command, err)
			}
			if i > 0 {
				costs[j], others = append(costs[j], c), append(others, other)
			}
		}
	}
	var ratios []cost
	for i, a := range costs[0] {
		b := costs[1][i]
		ratios = append(ratios, cost{over(a.Wall, b.Wall), over(a.CPU, b.CPU), over(a.Memory, b.Memory)})
	}
	return json.NewEncoder(os.Stdout).Encode(result{middle(costs[0]), middle(costs[1]), middle(ratios), median(others)})
}

func over(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}

func middle(list []cost) cost {
	of := func(get func(cost) float64) float64 {
		var values []float64
		for _, c := range list {
			values = append(values, get(c))
		}
		return median(values)
	}
	return cost{of(func(c cost) float64 { return c.Wall }), of(func(c cost) float64 { return c.CPU }), of(func(c cost) float64 { return c.Memory })}
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func measure(prepare, command string) (c cost, other float64, err error) {
	if prepare != "" {
		if out, err := exec.Command("sh", "-c", prepare).CombinedOutput(); err != nil {
			return c, 0, fmt.Errorf("prepare: %w: %s", err, out)
		}
	}
	cmd := exec.Command("sh", "-c", command)
	if !strings.ContainsAny(command, "|<>;&$*`'\"") {
		words := strings.Fields(command)
		cmd = exec.Command(words[0], words[1:]...)
	}
	var complaints strings.Builder
	cmd.Stderr = &complaints
	busy, from := machineBusy(), time.Now()
	if err := cmd.Run(); err != nil {
		return c, 0, fmt.Errorf("%w: %s", err, complaints.String())
	}
	took := time.Since(from)
	c.Wall = ms(took)
	c.CPU = ms(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime())
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.Memory = float64(usage.Maxrss) / 1024
	}
	if busy > 0 {
		other = max(0, 100*(ms(machineBusy()-busy)-c.CPU)/c.Wall)
	}
	return c, other, nil
}

func ms(d time.Duration) float64 { return float64(d) / 1e6 }

// machineBusy is the processor time that the whole machine has spent, where /proc tells.
func machineBusy() (busy time.Duration) {
	b, _ := os.ReadFile("/proc/stat") // elsewhere there is none, and 0 says so
	line, _, _ := strings.Cut(string(b), "\n")
	fields := strings.Fields(line)
	for _, i := range []int{1, 2, 3, 6, 7, 8} {
		if i < len(fields) {
			ticks, _ := strconv.ParseInt(fields[i], 10, 64)
			busy += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	return busy
}
