package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"aftermath/config"
	"aftermath/exporters"
	"aftermath/model"
	"aftermath/storage"
)

func (a *app) exportCommand() *cobra.Command {
	profile, format, output := "", "markdown", ""
	c := command("export KEY", "Write the retrospective as Markdown or JSON, or the sheet that asks people before the meeting", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		write, err := writer(s, r, cfg, profile, format)
		if err != nil {
			return err
		}
		if output == "" || output == "-" {
			w := bufio.NewWriterSize(a.Out, 1<<16)
			err := write(w)
			if flushed := w.Flush(); err == nil {
				err = flushed
			}
			return err
		}
		if err := WriteFile(output, write); err != nil {
			return err
		}
		a.remark("Written to %s.", output)
		return nil
	})
	c.Flags().StringVar(&profile, "profile", "", "github or plain")
	c.Flags().StringVar(&format, "format", "markdown", "markdown, json or calibration")
	c.Flags().StringVarP(&output, "output", "o", "", "write to this file, replaced as a whole")
	completeFlag(c, "profile", profiles)
	completeFlag(c, "format", func() []string { return []string{"markdown", "json", "calibration"} })
	return complete(c, false, a.keys)
}

// writer prepares the document of a record.
func writer(s *storage.Store, r *model.Record, cfg config.Config, profile, format string) (func(io.Writer) error, error) {
	retro := Retro(s, r, cfg)
	switch format {
	case "json":
		return func(w io.Writer) error { return exporters.JSON(w, retro) }, nil
	case "calibration":
		return func(w io.Writer) error { return exporters.Calibration(w, retro) }, nil
	case "markdown", "md":
	default:
		return nil, usage(fmt.Sprintf("there is no format %q", format), "the formats are markdown, json and calibration")
	}
	if profile == "" {
		profile = cfg.Export.Profile
	}
	if !slices.Contains(exporters.Profiles, profile) {
		return nil, usage(fmt.Sprintf("there is no profile %q", profile), "the profiles are github and plain")
	}
	return func(w io.Writer) error { return exporters.Markdown(w, retro, profile) }, nil
}

// Retro gathers what a document is made of: the record, and the timeline as a stream.
func Retro(s *storage.Store, r *model.Record, cfg config.Config) exporters.Retro {
	return exporters.Retro{
		Record: *r, Taxonomy: cfg.Taxonomy, Scale: cfg.Scale.Model(), CutLine: cfg.Limits.CutLine,
		Events: func(yield func(*model.Event) error) error {
			q := model.EventQuery{Incident: r.Incident.ID, WithNoise: true, WithHousekeeping: true, WithMerged: true}
			return s.EachEvent(context.Background(), q, yield)
		},
		ShortID: func(id model.ID) string {
			short, err := s.Short(context.Background(), id)
			if err != nil {
				return string(id)
			}
			return short
		},
	}
}

// WriteFile replaces a file as a whole: a reader never sees half a document. What is no file, such as a
// pipe, is written as it is.
func WriteFile(path string, write func(io.Writer) error) error {
	fail := func(err error) error {
		f := &model.Fault{Kind: model.FaultInput, What: "write the export", File: path, Err: err, Remedy: "name a file in a folder that can be written to"}
		if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
			f.Reason = inner.Err.Error() // without the name of the file that would have become it
		}
		return f
	}
	target, mode := path, fs.FileMode(0o600)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		target = real
	}
	if info, err := os.Stat(target); err == nil {
		if info.IsDir() {
			return &model.Fault{Kind: model.FaultInput, What: "write the export", File: path, Reason: "it is a directory", Remedy: "name the file inside it"}
		}
		if !info.Mode().IsRegular() {
			return writeThrough(target, write, fail)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(target), ".aftermath-*")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(f.Name())
	if err := fill(f, write, fail); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return fail(err)
	}
	if err := os.Rename(f.Name(), target); err != nil {
		return fail(err)
	}
	return nil
}

func writeThrough(path string, write func(io.Writer) error, fail func(error) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fail(err)
	}
	return fill(f, write, fail)
}

// fill writes a document to a file and closes it.
func fill(f *os.File, write func(io.Writer) error, fail func(error) error) error {
	w := bufio.NewWriterSize(f, 1<<16)
	err := write(w)
	if flushed := w.Flush(); flushed != nil {
		err = fail(flushed) // what the document met is only a consequence
	}
	if closed := f.Close(); err == nil && closed != nil {
		err = fail(closed)
	}
	return err
}

func (a *app) sealCommand() *cobra.Command {
	reason, profile := "", ""
	c := command("seal KEY", "Freeze what the record says now as a revision", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		if profile == "" {
			profile = cfg.Export.Profile
		}
		write, err := writer(s, r, cfg, profile, "markdown")
		if err != nil {
			return err
		}
		var doc bytes.Buffer
		if err := write(&doc); err != nil {
			return err
		}
		if len(r.Revisions) > 0 && reason == "" {
			return usage("a revision after the first needs a reason", `say what is new: aftermath seal KEY --reason "the second cause was confirmed"`)
		}
		id := s.NewID(model.TypeRevision)
		g := model.Seal(id, r, doc.String(), profile, reason, s.Author(), a.Now())
		g.Source = "cli"
		if err := s.Apply(ctx, g); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]any{"id": id, "number": len(r.Revisions) + 1, "digest": digestOf(g)})
		}
		a.printf("Revision %d is sealed, SHA-256 %s.\n", len(r.Revisions)+1, digestOf(g))
		return nil
	})
	c.Flags().StringVar(&reason, "reason", "", "what is new in this revision")
	c.Flags().StringVar(&profile, "profile", "", "github or plain")
	completeFlag(c, "profile", profiles)
	return complete(c, false, a.keys)
}

func digestOf(g model.Gesture) string {
	for _, e := range g.Edits {
		if e.Field == "digest" {
			return fmt.Sprint(e.Value)
		}
	}
	return ""
}
