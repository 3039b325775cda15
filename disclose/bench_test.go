package disclose

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// corpusLines are lines of real logs, or lines of our own where there is no corpus.
func corpusLines(b *testing.B) (lines []string) {
	_ = fs.WalkDir(os.DirFS("../../shared/corpus"), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".log") {
			raw, _ := os.ReadFile("../../shared/corpus/" + path)
			if utf8.Valid(raw) {
				lines = append(lines, strings.Split(string(raw), "\n")...)
			}
		}
		return nil
	})
	for len(lines) < 1000 {
		lines = append(lines, "2026-11-02T10:04:07Z worker-a[312] INFO the pool of checkout has 60 of 60 connections, request 4bf92f3577b34da6 took 1204 ms from 10.0.4.7:5432")
	}
	return lines
}

func BenchmarkSecrets(b *testing.B) { benchmark(b, Secrets) }
func BenchmarkFind(b *testing.B)    { benchmark(b, Find) }

func benchmark(b *testing.B, find func(string) []Span) {
	lines := corpusLines(b)
	find(lines[0])
	b.ResetTimer()
	n := 0
	for b.Loop() {
		find(lines[n%len(lines)])
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
}

// A line of a megabyte costs what its length says, whatever it repeats.
func BenchmarkLongLine(b *testing.B) {
	for name, piece := range map[string]string{"words": "password and token of the key ", "equals": "password=", "colons": "a::1:", "at": "a@b.", "digits": "4111 1111 ", "plus": "+1 ", "begin": "-----BEGIN ", "private": "-----BEGIN PRIVATE KEY-----", "han": "密码は",
		"slashes": "http://a:b", "dots": "a.b.", "mixed": "aB3dE6gH1", "curl": "curl -u ", "dashes": "a-1-", "jwt": "eyJ.", "marks": "e\u0301"} {
		line := strings.Repeat(piece, 1<<20/len(piece))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Find(line)
			}
		})
	}
}
