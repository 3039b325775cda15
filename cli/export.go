package cli

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/config"
	"aftermath/exporters"
	"aftermath/model"
	"aftermath/outfile"
	"aftermath/storage"
)

const profilesHelp = "github, gitlab, techdocs, confluence, notion or plain"

// exporting is what the flags of export say.
type exporting struct {
	form       exporters.Form
	output     string
	template   string
	compare    string
	allowLeaks string
	revision   string
	force      bool
	strict     bool
}

func (a *app) exportCommand() *cobra.Command {
	x := exporting{}
	c := command("export KEY", "Write the retrospective for its readers, or the sheet that asks people before the meeting", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		if x.form.Profile == "" {
			x.form.Profile = cfg.Export.Profile
		}
		if x.form, err = x.form.Settle(); err != nil {
			return err
		}
		s, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		return a.export(Retro(s, r, cfg), x)
	})
	c.Long = "Write the retrospective. The profile is where the Markdown is read, the audience is who reads it: executive is half a page,\n" +
		"engineering is everything, public calls people by their roles and leaves the evidence out. For the public nothing is written\n" +
		"while names, hosts, addresses or credentials stand in it; `aftermath redact` says what stands instead. For all others a\n" +
		"credential is warned of, and with --strict nothing is written.\n\n" +
		"Only a file that export wrote itself is replaced, and not once it was changed by hand; --compare shows what was changed."
	c.Example = "  aftermath export 2026-11-02-checkout --profile confluence\n  aftermath export 2026-11-02-checkout --audience executive --format html -o board.html\n" +
		"  aftermath export 2026-11-02-checkout --audience public -o status.md\n  aftermath export 2026-11-02-checkout --compare status.md"
	c.Flags().StringVar(&x.form.Profile, "profile", "", profilesHelp)
	c.Flags().StringVar(&x.form.Audience, "audience", exporters.Engineering, "executive, engineering or public")
	c.Flags().StringVar(&x.form.Format, "format", "markdown", "markdown, html, confluence-storage, json, audit or calibration")
	c.Flags().StringVarP(&x.output, "output", "o", "", "write to this file, replaced as a whole")
	c.Flags().StringVar(&x.template, "template", "", "write by this template of your own; see docs/templates.md")
	c.Flags().StringVar(&x.compare, "compare", "", "say what was changed by hand in this file since it was written")
	c.Flags().StringVar(&x.allowLeaks, "allow-leaks", "", "write for the public although names or addresses stand in it, for this reason; never a credential")
	c.Flags().BoolVar(&x.strict, "strict", false, "write nothing while a credential stands in it, whoever reads it")
	c.Flags().BoolVar(&x.force, "force", false, "write over a file that was changed by hand, or that aftermath did not write")
	completeFlag(c, "profile", profiles)
	completeFlag(c, "audience", func() []string { return slices.Clone(exporters.Audiences) })
	completeFlag(c, "format", func() []string { return slices.Clone(exporters.Formats) })
	c.Flags().StringVar(&x.revision, "revision", "", "write the text of this sealed revision, as it was sealed; its SHA-256 is the one that was approved")
	c.MarkFlagsMutuallyExclusive("compare", "output")
	for _, other := range []string{"profile", "audience", "format", "template", "compare"} {
		c.MarkFlagsMutuallyExclusive("revision", other)
	}
	c.MarkFlagsMutuallyExclusive("template", "format")
	c.MarkFlagsMutuallyExclusive("template", "compare")
	return complete(c, false, a.keys)
}

func (a *app) export(r exporters.Retro, x exporting) error {
	if x.revision != "" {
		return a.exportRevision(r, x)
	}
	if x.compare != "" {
		return a.compare(r, x)
	}
	write := func(w io.Writer) error { return exporters.Write(w, r, x.form) }
	if x.template != "" {
		source, err := os.ReadFile(x.template)
		if err != nil {
			return &model.Fault{Kind: model.FaultInput, What: "read the template", Err: err, Remedy: "name a file that can be read"}
		}
		write = func(w io.Writer) error {
			return exporters.Template(w, r, x.form.Audience, x.template, string(source), exporters.TakesComments(x.output))
		}
	}
	if err := a.stopLeaks(r, x, write); err != nil {
		return err
	}
	return a.deliver(r, x, write)
}

// exportRevision writes what was sealed.
func (a *app) exportRevision(r exporters.Retro, x exporting) error {
	v, err := revisionOf(&r.Record, x.revision)
	if err != nil {
		return err
	}
	text, err := r.Revision(v)
	if err != nil {
		return err
	}
	leaks, err := exporters.LeaksIn(r, exporters.Engineering, text)
	if err != nil {
		return err
	}
	if err := a.weigh(r, x, exporters.OnlySecrets(leaks)); err != nil {
		return err
	}
	return a.deliver(r, x, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// deliver writes to a file or to stdout.
func (a *app) deliver(r exporters.Retro, x exporting, write func(io.Writer) error) error {
	if x.output == "" || x.output == "-" {
		w := bufio.NewWriterSize(a.Out, 1<<16)
		err := write(w)
		if flushed := w.Flush(); err == nil {
			err = flushed
		}
		return err
	}
	to := outfile.Target{Path: x.output, Data: a.path(), Over: x.force,
		Ours: func(content []byte) error { return exporters.Replaceable(content, r, x.form, x.output) }}
	if err := to.Write(write); err != nil {
		return err
	}
	a.remark("Written to %s.", x.output)
	return nil
}

// stopLeaks lists what the readers should not see, and answers no while there is any. A credential is nobody's to
// see: readers outside never get one by a reason for the whole document, our own people are warned of it.
func (a *app) stopLeaks(r exporters.Retro, x exporting, write func(io.Writer) error) error {
	leaks, err := leaksOf(r, x, write)
	if err != nil {
		return err
	}
	return a.weigh(r, x, leaks)
}

// weigh says what is to be said of leaks, and answers no when nothing may be written.
func (a *app) weigh(r exporters.Retro, x exporting, leaks []model.Leak) error {
	if len(leaks) == 0 {
		return nil
	}
	secrets := exporters.OnlySecrets(leaks)
	outside := x.form.Audience == exporters.Public
	if outside {
		secrets = slices.DeleteFunc(slices.Clone(leaks), func(l model.Leak) bool { return !l.Secret() })
	}
	switch reason := strings.TrimSpace(x.allowLeaks); {
	case !outside && !x.strict:
		a.tell(secrets)
		a.remark("%s in it. `aftermath check %s` gives each a number to set it aside with; --strict writes nothing while there is one.",
			plural(len(secrets), "One credential stands", fmt.Sprintf("%d credentials stand", len(secrets))), r.Record.Incident.Key)
		return nil
	case outside && reason != "" && len(secrets) == 0:
		a.remark("%s that readers outside may see, let through: %s", model.Counted(len(leaks), "place"), reason)
		return nil
	case outside && reason != "":
		leaks = secrets
	}
	if a.json {
		if err := a.printJSON(map[string]any{"leaks": leaks}); err != nil {
			return err
		}
		return errNo
	}
	a.tell(leaks)
	switch key := r.Record.Incident.Key; {
	case !outside:
		a.remark("Nothing is written while %s in it. `aftermath check %s` gives each a number to set it aside with, for a reason.", plural(len(leaks), "this stands", fmt.Sprintf("these %d stand", len(leaks))), key)
	case len(secrets) == len(leaks):
		a.remark("No reason for the whole document lets a credential out. Say what stands instead with `aftermath redact %s \"TEXT\" \"INSTEAD\"`, or set it aside for itself with `aftermath check %s --dismiss N --reason WHY`.", key, key)
	default:
		a.remark("Nothing is written for the public while %s in it. Say what stands instead with `aftermath redact %s \"TEXT\" \"INSTEAD\"` (the same words let it stand), or give a reason with --allow-leaks, which lets out names and addresses.",
			plural(len(leaks), "this stands", fmt.Sprintf("these %d stand", len(leaks))), key)
	}
	return errNo
}

// leaksOf is what the readers of a document should not see in it.
func leaksOf(r exporters.Retro, x exporting, write func(io.Writer) error) ([]model.Leak, error) {
	if x.template == "" {
		if x.form.Audience == exporters.Public {
			return exporters.Leaks(r, x.form.Audience)
		}
		return exporters.Secrets(r, x.form)
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	leaks, err := exporters.LeaksIn(r, x.form.Audience, b.String())
	if x.form.Audience != exporters.Public {
		leaks = exporters.OnlySecrets(leaks)
	}
	return leaks, err
}

func (a *app) tell(leaks []model.Leak) {
	for _, l := range leaks {
		a.remark("%s", l.Sentence())
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// compare says what was changed by hand in a file.
func (a *app) compare(r exporters.Retro, x exporting) error {
	document, err := os.ReadFile(x.compare)
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "read the document", Err: err, Remedy: "name a file that can be read"}
	}
	c, err := exporters.Compare(document, r, x.form)
	if err != nil {
		if f, ok := err.(*model.Fault); ok {
			f.File = x.compare
		}
		return err
	}
	if a.json {
		if err := a.printJSON(c); err != nil {
			return err
		}
	} else {
		a.printf("%s", c.Text())
	}
	if c.Edited {
		return errNo
	}
	return nil
}

// Retro gathers what a document is made of: the record, and the timeline as a stream.
func Retro(s *storage.Store, r *model.Record, cfg config.Config) exporters.Retro {
	return exporters.Retro{
		Record: *r, Now: s.Now(), Taxonomy: cfg.Taxonomy, Scale: cfg.Scale.Model(), CutLine: cfg.Limits.CutLine,
		Events: func(yield func(*model.Event) error) error {
			q := model.EventQuery{Incident: r.Incident.ID, WithNoise: true, WithHousekeeping: true, WithMerged: true}
			return s.EachEvent(context.Background(), q, yield)
		},
		History: func(yield func(model.Change) error) error {
			return s.History(context.Background(), model.HistoryQuery{Incident: r.Incident.ID}, yield)
		},
		Document: func(id model.ID) (string, error) { return s.Document(context.Background(), id) },
		ShortID: func(id model.ID) string {
			short, err := s.Short(context.Background(), id)
			if err != nil {
				return string(id)
			}
			return short
		},
	}
}
