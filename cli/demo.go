package cli

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"aftermath/demo"
	"aftermath/leftover"
	"aftermath/model"
	"aftermath/storage"
)

func (a *app) demoCommand() *cobra.Command {
	write := ""
	c := command("demo", "Open a complete sample incident in a throw-away file", cobra.NoArgs, func(ctx context.Context, _ []string) error {
		if write != "" {
			return a.writeDemo(ctx, write)
		}
		dir, release, err := demoFolder(a.Now())
		if err != nil {
			return err
		}
		defer func() { release(); os.RemoveAll(dir) }()
		a.file = filepath.Join(dir, "demo.db")
		if err := a.fillDemo(ctx, a.file); err != nil {
			return err
		}
		if err := a.openDemo(ctx); err != nil {
			return err
		}
		err = a.store.Close()
		a.store = nil
		return err
	})
	c.Flags().StringVar(&write, "write", "", "keep the sample in this new file instead of opening it")
	return c
}

// demoFolder makes the folder of a throw-away sample, and removes those of programs that were killed.
func demoFolder(now time.Time) (dir string, release func() error, err error) {
	leftover.Sweep(filepath.Join(os.TempDir(), "aftermath-demo-*"), now, os.FileInfo.IsDir)
	if dir, err = os.MkdirTemp("", "aftermath-demo-"); err != nil {
		return "", nil, err
	}
	release, err = leftover.Hold(dir)
	return dir, release, err
}

// openDemo opens the screen on the newest incident of the sample.
func (a *app) openDemo(ctx context.Context) error {
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	lines, _, err := s.Incidents(ctx, model.IncidentQuery{Limit: 1})
	if err != nil {
		return err
	}
	return a.screen(ctx, lines[0].Key, "frame")
}

func (a *app) writeDemo(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &model.Fault{Kind: model.FaultInput, What: "write the sample", File: path, Reason: "there is a file of that name", Remedy: "name a new file"}
	}
	if err := a.fillDemo(ctx, path); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]string{"file": path})
	}
	a.printf("The sample is in %s. Open it with: aftermath --file %s\n", path, path)
	return nil
}

func (a *app) fillDemo(ctx context.Context, path string) error {
	s, err := storage.Open(ctx, path, storage.Options{Author: "demo", Leases: a.Leases, Now: a.Now, Random: a.Random})
	if err != nil {
		return err
	}
	err = demo.Write(ctx, s)
	if closing := s.Close(); err == nil {
		err = closing
	}
	return err
}
