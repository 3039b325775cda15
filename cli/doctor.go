package cli

import (
	"context"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) doctorCommand() *cobra.Command {
	mend := false
	c := command("doctor", "Check the file, and mend what can be mended", cobra.NoArgs, func(ctx context.Context, _ []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		rep, unseen := s.Doctor(ctx, mend)
		if unseen != nil && len(rep.Findings) == 0 {
			return unseen
		}
		if a.json {
			if err := a.printJSON(rep); err != nil {
				return err
			}
		} else {
			for _, f := range rep.Findings {
				a.printf("%s: %s%s\n", f.Where, f.What, rest(f))
			}
			if rep.OK && unseen == nil {
				a.printf("The file is sound.\n")
			}
		}
		if unseen != nil {
			return unseen
		}
		if !rep.OK {
			return errNo
		}
		return nil
	})
	c.Flags().BoolVar(&mend, "mend", false, "build the tables again from the log")
	return c
}

// rest is what comes after a finding: that it was mended, what to do about it, or what to ask.
func rest(f model.Finding) string {
	switch {
	case f.Mended:
		return "; mended"
	case f.Remedy != "":
		return "; " + f.Remedy
	case f.Question != "":
		return " " + f.Question
	}
	return ""
}

func (a *app) backupCommand() *cobra.Command {
	return command("backup FILE", "Write a whole copy, also while the file is in use", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		s, err := a.open(ctx)
		if err != nil {
			return err
		}
		if err := s.Backup(ctx, args[0]); err != nil {
			return err
		}
		if a.json {
			return a.printJSON(map[string]string{"file": args[0]})
		}
		a.printf("A whole copy is in %s.\n", args[0])
		return nil
	})
}
