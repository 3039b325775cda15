package cli_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"aftermath/cli"
)

// makes are the commands that may make a data file where there is none. The rest only say so.
var makes = []string{"aftermath", "aftermath new", "aftermath merge", "aftermath demo"}

// needNoFile are the commands that never look at the data file.
var needNoFile = []string{"aftermath judge", "aftermath man", "aftermath version", "aftermath help", "aftermath completion"}

func TestReadingMakesNothing(t *testing.T) {
	root := cli.Tree(cli.Env{})
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			walk(sub)
		}
		path := c.CommandPath()
		if !c.Runnable() || slices.Contains(makes, path) || c.Hidden ||
			slices.ContainsFunc(needNoFile, func(n string) bool { return path == n || strings.HasPrefix(path, n+" ") }) {
			return
		}
		t.Run(path, func(t *testing.T) { readsNothing(t, c) })
	}
	walk(root)
}

func readsNothing(t *testing.T, c *cobra.Command) {
	dir := t.TempDir()
	var out, errs bytes.Buffer
	env := cli.Env{
		In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now, Random: rand.Reader, Author: "maya", Zone: time.UTC,
		File:     filepath.Join(dir, "data", "retros.db"),
		Config:   filepath.Join(dir, "config.toml"),
		Leases:   filepath.Join(dir, "state", "sites"),
		Terminal: func() error { return nil },
		Screen:   func(context.Context, cli.Opening) error { t.Error("the screen opened"); return nil },
	}
	code := cli.Run(t.Context(), env, append(strings.Fields(c.CommandPath())[1:], sampleArguments(c, dir)...))
	if code != 3 || !strings.Contains(errs.String(), "there is no such file") {
		t.Errorf("status %d, want 3 and that there is no such file: %s%s", code, errs.String(), out.String())
	}
	filepath.WalkDir(dir, func(path string, _ fs.DirEntry, _ error) error {
		if path != dir {
			t.Errorf("made %s", path)
		}
		return nil
	})
}

// sampleArguments are one word for every argument that a command cannot do without.
func sampleArguments(c *cobra.Command, dir string) (args []string) {
	words := map[string]string{"event|factor|action|idea": "factor", "FILE": filepath.Join(dir, "copy.db"), "SOURCE": "auto"}
	for _, word := range strings.Fields(c.Use)[1:] {
		if word == "|" {
			break // the first way to say it is enough
		}
		if strings.HasPrefix(word, "[") {
			continue
		}
		if sample, ok := words[strings.TrimSuffix(word, "...")]; ok {
			word = sample
		}
		args = append(args, word)
	}
	if c.Name() == "verify" {
		args = append(args, "--env", "staging", "--pass")
	}
	return args
}
