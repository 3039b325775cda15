package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"aftermath/model"
)

// root is the whole tree of commands. Without one, the interface opens.
func (a *app) root() *cobra.Command {
	root := command("aftermath", "Walk through a post-incident retrospective and see whether it changed the system", cobra.NoArgs,
		func(ctx context.Context, _ []string) error { return a.screen(ctx, "", "") })
	root.Long = "aftermath rebuilds what happened from real evidence, names the conditions that had to align, turns them into\n" +
		"changes to the system, ranks them, plans how each is verified, and publishes Markdown for the wiki.\n\n" +
		"Everything is one local SQLite file. Without a command the interface opens on it; `aftermath demo` opens a sample."
	root.Version = a.Version
	root.SetVersionTemplate("aftermath {{.Version}}\n")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = false
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(err.Error(), fmt.Sprintf("`%s --help` shows the flags", c.CommandPath()))
	})
	root.PersistentFlags().StringVar(&a.file, "file", "", "the data file (also AFTERMATH_FILE)")
	root.PersistentFlags().StringVar(&a.configPath, "config", a.configPath, "the configuration file (also AFTERMATH_CONFIG)")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print JSON on stdout and nothing else")
	root.AddCommand(
		a.openCommand(), a.demoCommand(),
		a.newCommand(), a.listCommand(), a.showCommand(), a.importCommand(), a.eventsCommand(), a.addCommand(), a.setCommand(),
		a.checkCommand(), a.scoreCommand(), a.exportCommand(), a.sealCommand(),
		a.logCommand(), a.undoCommand(), a.redoCommand(), a.searchCommand(),
		a.mergeCommand(), a.conflictsCommand(), a.resolveCommand(),
		a.doctorCommand(), a.backupCommand(), a.manCommand(), a.versionCommand(),
	)
	return root
}

// screen opens the interface on the data file, on an incident and a step if they are named.
func (a *app) screen(ctx context.Context, key, step string) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	o := Opening{Store: s, Config: c, Author: a.author(c), Zone: a.zone(c), Step: step}
	if key != "" {
		if o.Incident, err = s.Find(ctx, key); err != nil {
			return err
		}
	}
	if s.ReadOnly() {
		o.Warning = "Read-only: " + s.Sealed() + "."
	}
	return a.Screen(ctx, o)
}

func (a *app) openCommand() *cobra.Command {
	step := ""
	c := command("open KEY", "Open the interface on an incident", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		if step == "" {
			step = "frame"
		}
		for _, name := range model.StepNames {
			if step == name {
				return a.screen(ctx, args[0], step)
			}
		}
		return usage(fmt.Sprintf("there is no step %q", step), "the steps are frame, timeline, factors, actions, priorities, verification and publish")
	})
	c.Flags().StringVar(&step, "step", "", "frame, timeline, factors, actions, priorities, verification or publish")
	return c
}

func (a *app) versionCommand() *cobra.Command {
	return command("version", "Print the version", cobra.NoArgs, func(context.Context, []string) error {
		if a.json {
			return a.printJSON(map[string]string{"version": a.Version})
		}
		a.printf("aftermath %s\n", a.Version)
		return nil
	})
}
