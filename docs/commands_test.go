package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"aftermath/cli"
)

func TestCommands(t *testing.T) {
	root := cli.Tree(cli.Env{})
	p := &page{}
	p.line("# Commands")
	p.line("")
	p.line("Whatever the screen can do to data, a command can do. Names of commands, flags and JSON members are a contract: they are")
	p.line("added to, and neither renamed nor given another meaning.")
	p.line("")
	p.line("%s", root.Long)
	p.line("")
	p.line("With `--json` a command prints one JSON document on stdout and nothing else; `events`, `log` and `search` print one object a")
	p.line("line. Remarks go to stderr. Plain output holds no colour and no character that acts on a terminal. An error is one line on")
	p.line("stderr: what failed, where, why, and what to do.")
	p.line("")
	fence(p, root.Example)
	p.line("## Exit status")
	p.line("")
	p.head("status", "meaning")
	for _, s := range cli.Statuses {
		p.row(fmt.Sprint(s.Code), s.Meaning)
	}
	p.line("")
	p.line("## Flags of every command")
	p.line("")
	fence(p, root.PersistentFlags().FlagUsages())
	for _, g := range root.Groups() {
		p.line("## %s", strings.TrimSuffix(g.Title, ":"))
		p.line("")
		for _, c := range root.Commands() {
			if c.GroupID == g.ID && !c.Hidden {
				describe(p, c, 3)
			}
		}
	}
	p.hold(t, "commands.md")
}

func describe(p *page, c *cobra.Command, level int) {
	p.line("%s %s", strings.Repeat("#", level), c.Name())
	p.line("")
	p.line("%s.", c.Short)
	p.line("")
	if c.Long != "" {
		p.line("%s", strings.TrimSpace(c.Long))
		p.line("")
	}
	fence(p, c.UseLine())
	c.InitDefaultHelpFlag()
	if flags := c.LocalNonPersistentFlags(); flags.HasAvailableFlags() {
		flags.Lookup("help").Hidden = true
		if usages := flags.FlagUsages(); usages != "" {
			fence(p, usages)
		}
	}
	if c.Example != "" {
		fence(p, c.Example)
	}
	for _, sub := range c.Commands() {
		if !sub.Hidden {
			describe(p, sub, level+1)
		}
	}
}

// fence sets lines as they are, without the indent that they share.
func fence(p *page, text string) {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	indent := len(lines[0])
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			indent = min(indent, len(l)-len(strings.TrimLeft(l, " ")))
		}
	}
	p.line("```")
	for _, l := range lines {
		p.line("%s", strings.TrimRight(l[min(indent, len(l)):], " "))
	}
	p.line("```")
	p.line("")
}
