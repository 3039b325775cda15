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
		rep, err := s.Doctor(ctx, mend)
		if err != nil {
			return err
		}
		if rep.Findings == nil {
			rep.Findings = []model.Finding{}
		}
		if a.json {
			if err := a.printJSON(rep); err != nil {
				return err
			}
		} else {
			for _, f := range rep.Findings {
				a.printf("%s: %s %s\n", f.Where, f.What, f.Question)
			}
			if rep.OK {
				a.printf("The file is sound.\n")
			}
		}
		if !rep.OK {
			return errNo
		}
		return nil
	})
	c.Flags().BoolVar(&mend, "mend", false, "build the tables again from the log")
	return c
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
