package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

// askings are the questions that fit an incident now.
func (a *app) askings(ctx context.Context, key string) (*storage.Store, *model.Record, []model.Asking, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, nil, nil, err
	}
	s, r, err := a.record(ctx, key)
	if err != nil {
		return nil, nil, nil, err
	}
	page, err := s.Events(ctx, model.EventQuery{Incident: r.Incident.ID, Narrative: true, Limit: model.MostGuided})
	if err != nil {
		return nil, nil, nil, err
	}
	guide := model.NewGuide(r, page.Events, cfg.Prompts.On(model.DefaultPrompts()), a.typed(cfg, r.Incident).Zone)
	return s, r, guide.Askings(), nil
}

func (a *app) guideCommand() *cobra.Command {
	all := false
	c := command("guide KEY", "Ask the next good questions about what made it possible", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		_, _, list, err := a.askings(ctx, args[0])
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(guideJSON(list, all))
		}
		pack := ""
		for _, x := range list {
			if !all && !x.Open() {
				continue
			}
			if x.Prompt.Pack != pack {
				pack = x.Prompt.Pack
				a.printf("%s\n", pack)
			}
			a.printAsking(x)
		}
		if pack == "" {
			a.remark("Nothing is left to ask of what is on the record.")
		}
		return nil
	})
	c.Long = "Ask what fits the record now: prompts for the layers, areas and kinds of moments, and checklists for the domains that it\n" +
		"touches. Each says what on the record leads to it; an answer may lead to others. None has to be answered. `aftermath answer`\n" +
		"keeps an answer with who gave it and when; prompts of your own stand in the configuration."
	c.Example = "  aftermath guide 2026-11-02-checkout\n  aftermath guide 2026-11-02-checkout --all --json"
	c.Flags().BoolVar(&all, "all", false, "also what is answered")
	return complete(c, false, a.keys)
}

func (a *app) printAsking(x model.Asking) {
	mark, name := "?", x.Prompt.ID
	switch {
	case !x.Open():
		mark = "+"
	case x.Prompt.Check:
		mark = "-"
	}
	if x.About != "" {
		name += ":" + string(x.About)
	}
	lead := strings.Repeat("  ", x.Depth)
	a.printf("  %s%s %s\n    %s%s", lead, mark, model.CleanLine(x.Text), lead, name)
	if x.Because != "" && x.Open() {
		a.printf("; asked because %s", x.Because)
	}
	a.printf("\n")
	if !x.Open() {
		a.printf("    %s%s\n", lead, model.CleanLine(x.Answer))
	}
}

type askingJSON struct {
	Prompt  string    `json:"prompt"`
	About   model.ID  `json:"about,omitempty"`
	Pack    string    `json:"pack"`
	Text    string    `json:"text"`
	Check   bool      `json:"check,omitempty"`
	Because string    `json:"because,omitempty"`
	Leads   string    `json:"leads,omitempty"`
	Layer   string    `json:"layer,omitempty"`
	Area    string    `json:"area,omitempty"`
	Answer  string    `json:"answer,omitempty"`
	By      string    `json:"by,omitempty"`
	At      time.Time `json:"at,omitzero"`
}

func guideJSON(list []model.Asking, all bool) []askingJSON {
	out := []askingJSON{}
	for _, x := range list {
		if all || x.Open() {
			p := x.Prompt
			out = append(out, askingJSON{p.ID, x.About, p.Pack, x.Text, p.Check, x.Because, p.Leads, p.Layer, p.Area, x.Answer, x.By, x.At})
		}
	}
	return out
}

func (a *app) answerCommand() *cobra.Command {
	c := command("answer KEY PROMPT TEXT", "Answer a question of the guide", cobra.ExactArgs(3), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		s, r, list, err := a.askings(ctx, args[0])
		if err != nil {
			return err
		}
		x, err := namedAsking(ctx, s, list, args[1])
		if err != nil {
			return err
		}
		answer := args[2]
		if t, _, kept := x.Kept(r.Incident.ID); kept {
			f, _ := model.Named(t, x.Prompt.Field)
			v, err := model.ParseValue(f, t, answer, a.typed(cfg, r.Incident))
			if err != nil {
				return err
			}
			answer, _ = v.(string)
		}
		g := x.Reply(r.Incident.ID, answer, s.Author(), a.Now())
		return a.settle(ctx, s, g, g.Label)
	})
	c.Long = "Answer a question of the guide by the name of its prompt, and after a colon the id of the event or condition that it is\nasked about. An empty text takes the answer back."
	c.Example = "  aftermath answer 2026-11-02-checkout boundary \"the pool was shared by two services\"\n  aftermath answer 2026-11-02-checkout without:F-3c07 prevented"
	return complete(c, false, a.keys)
}

// namedAsking finds the question that a person names: the prompt, and what it is about where there are several.
func namedAsking(ctx context.Context, s *storage.Store, list []model.Asking, name string) (model.Asking, error) {
	id, about, _ := strings.Cut(name, ":")
	var of model.ID
	if about != "" {
		var err error
		if of, err = s.Find(ctx, about); err != nil {
			return model.Asking{}, err
		}
	}
	var found []model.Asking
	var names []string
	for _, x := range list {
		names = append(names, x.Prompt.ID)
		if x.Prompt.ID == id && (of == "" || x.About == of) {
			found = append(found, x)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return model.Asking{}, usage(fmt.Sprintf("%s is asked about %d things", id, len(found)), "name one after a colon, as `aftermath guide` does: "+id+":"+string(found[0].About))
	}
	remedy := "`aftermath guide KEY` lists what is asked"
	if near := model.Nearest(id, names); near != "" {
		remedy = fmt.Sprintf("did you mean %s? %s", near, remedy)
	}
	return model.Asking{}, usage(fmt.Sprintf("nothing called %q is asked of this incident now", name), remedy)
}
