package cli

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"aftermath/model"
)

// Commands stand in the help in the order of the work, not of the alphabet.
func init() { cobra.EnableCommandSorting = false }

// Tree is the whole tree of commands, for the documentation.
func Tree(env Env) *cobra.Command {
	root := (&app{Env: env}).root()
	root.InitDefaultCompletionCmd()
	return root
}

const example = `  aftermath demo                          a complete sample, in a throw-away file
  aftermath new --title "Checkout unavailable" --started "2026-11-02 14:01" --severity sev2
  aftermath import 2026-11-02 auto slack-export.zip pagerduty.json
  aftermath add 2026-11-02 event "14:07 @maya p99 at 4 s, believed it was the CDN"
  aftermath open 2026-11-02               walk through the seven steps
  aftermath export 2026-11-02 -o retro.md`

// root is the whole tree of commands. Without one, the interface opens.
func (a *app) root() *cobra.Command {
	root := command("aftermath", "Walk through a post-incident retrospective and see whether it changed the system", cobra.NoArgs,
		func(ctx context.Context, _ []string) error { return a.screen(ctx, "", "") })
	root.Args = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownCommand(c, args[0])
	}
	root.Long = "aftermath rebuilds what happened from real evidence, names the conditions that had to align, turns them into\n" +
		"changes to the system, ranks them, plans how each is verified, and publishes Markdown for the wiki.\n\n" +
		"Everything is one local SQLite file. Without a command the interface opens on it; `aftermath demo` opens a sample.\n" +
		"An incident is named by its key or id, anything else by its id; the beginning is enough where it is unique."
	root.Example = example
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
	for _, g := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"screen", "On the screen:", []*cobra.Command{a.openCommand(), a.demoCommand()}},
		{"retro", "The retrospective:", []*cobra.Command{a.newCommand(), a.listCommand(), a.showCommand(), a.importCommand(), a.collectCommand(), a.originCommand(), a.rereadCommand(), a.eventsCommand(), a.inboxCommand(), a.clockCommand(), a.doubtsCommand(),
			a.addCommand(), a.setCommand(), a.deleteCommand(), a.archiveCommand(), a.askCommand(), a.guideCommand(), a.answerCommand(), a.proposeCommand(), a.checkCommand(), a.judgeCommand(), a.scoreCommand(), a.verifyCommand(), a.templatesCommand(), a.exportCommand(), a.redactCommand(), a.sealCommand(), a.approveCommand(), a.searchCommand(), a.alikeCommand()}},
		{"history", "What changed, and copies:", []*cobra.Command{a.logCommand(), a.diffCommand(), a.undoCommand(), a.redoCommand(),
			a.mergeCommand(), a.conflictsCommand(), a.resolveCommand()}},
		{"file", "The file and the program:", []*cobra.Command{a.doctorCommand(), a.backupCommand(), a.manCommand(), a.versionCommand()}},
	} {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.id
		}
		root.AddCommand(g.commands...)
	}
	root.SetHelpCommand(helpCommand(root))
	root.SetHelpCommandGroupID("file")
	root.SetCompletionCommandGroupID("file")
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	remedy := "`aftermath --help` lists them"
	if near := model.Nearest(name, names); near != "" {
		remedy = fmt.Sprintf("did you mean %s? %s", near, remedy)
	}
	return usage(fmt.Sprintf("there is no command %q", name), remedy)
}

func helpCommand(root *cobra.Command) *cobra.Command {
	return command("help [COMMAND]", "Explain a command", cobra.ArbitraryArgs, func(_ context.Context, args []string) error {
		c, rest, err := root.Find(args)
		if err != nil || c == root && len(rest) > 0 {
			return unknownCommand(root, args[0])
		}
		c.InitDefaultHelpFlag()
		return c.Help()
	})
}

// screen opens the interface on the data file, on an incident and a step if they are named.
func (a *app) screen(ctx context.Context, key, step string) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	if err := a.Terminal(); err != nil {
		return err
	}
	open := a.openOrMake
	if key != "" {
		open = a.open // an incident is only in a file that is there
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	o := Opening{Store: s, State: filepath.Dir(a.Leases), Config: c, Author: a.author(c), Zone: a.zone(c), Step: step, ConfigPath: cmp.Or(a.configPath, a.Env.Config)}
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
	completeFlag(c, "step", func() []string { return slices.Clone(model.StepNames) })
	return complete(c, false, a.keys)
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
