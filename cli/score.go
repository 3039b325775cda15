package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

// Scored is an action in its place: one line of the ranking.
type Scored struct {
	Action       model.ID    `json:"action"`
	Title        string      `json:"title"`
	Stage        string      `json:"stage"`
	Rank         string      `json:"rank,omitempty"`
	Frequency    string      `json:"frequency"`
	Impact       string      `json:"impact"`
	Effort       string      `json:"effort"`
	Score        *float64    `json:"score"`
	Formula      string      `json:"formula,omitempty"`
	Above        bool        `json:"above"`
	Parked       string      `json:"parked,omitempty"`
	OrderedBy    string      `json:"ordered_by"`           // levels, or ranges
	Estimate     *Estimated  `json:"estimate"`             // null without ranges
	Verification model.Proof `json:"verification"`         // where its plan stands
	Suggestion   string      `json:"suggestion,omitempty"` // with --suggest: how often it happened in this file
}

// Estimated is what its ranges come to, among those that are counted in the same unit.
type Estimated struct {
	Unit        string  `json:"unit"`
	Occurrences string  `json:"occurrences"`
	From        string  `json:"occurrences_from,omitempty"`
	Loss        string  `json:"loss"`
	Days        string  `json:"days"`
	Removes     string  `json:"removes"` // 100 where nobody says otherwise
	AllOfIt     bool    `json:"all_of_it"`
	Removed     float64 `json:"removed_a_year"`
	PerDay      float64 `json:"removed_a_day"`
	Rank        string  `json:"rank"`
	Among       int     `json:"among"`
	Firm        float64 `json:"above_next"`
	Tied        bool    `json:"tied_with_next"`
	First       float64 `json:"first"`
	Above       float64 `json:"above_line"`
	RankLow     int     `json:"rank_low"`
	RankHigh    int     `json:"rank_high"`
	Covered     float64 `json:"covered"`
	Draws       int     `json:"draws"`
}

func (a *app) scoreCommand() *cobra.Command {
	suggest, accept := false, ""
	c := command("score KEY", "Rank the actions, with the math behind each score", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		if accept != "" {
			if err := a.acceptSuggestion(ctx, args[0], accept); err != nil {
				return err
			}
		}
		return a.score(ctx, args[0], suggest)
	})
	c.Long = "Rank the actions. Where all that have an estimate have ranges in one unit, the order is by expected loss removed\n" +
		"for each person-day, and a simulation of 10,000 draws says how firm it is; the same record gives the same draws\n" +
		"everywhere. Otherwise the order is by frequency × impact ÷ effort on high, medium and low."
	c.Example = "  aftermath set A-91d2 occurrences 2 4 9\n  aftermath set A-91d2 loss 10 20 60\n  aftermath set A-91d2 days 2 3 8\n  aftermath score 2026-11-02-checkout --suggest"
	c.Flags().BoolVar(&suggest, "suggest", false, "say how often each of them happened in this file")
	c.Flags().StringVar(&accept, "accept", "", "take the suggested frequency for this action, with its ground")
	return complete(c, false, a.keys)
}

// acceptSuggestion writes what the file suggests for one action, as one key does on the screen.
func (a *app) acceptSuggestion(ctx context.Context, key, name string) error {
	s, r, err := a.record(ctx, key)
	if err != nil {
		return err
	}
	_, id, err := a.find(ctx, name, model.TypeAction, "an action", "give the id of an action; `aftermath show KEY` lists them")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(r.Actions, func(x model.Action) bool { return x.ID == id })
	if i < 0 {
		return usage(name+" is an action of another incident", "`aftermath show KEY` lists the actions of one")
	}
	past, err := s.Past(ctx)
	if err != nil {
		return err
	}
	suggestion := model.SuggestFrequency(*r, r.Actions[i], past, a.Now())
	if suggestion.Count == 0 {
		return &model.Fault{Kind: model.FaultInput, What: "accept a suggested frequency", Reason: lowered(suggestion.Text), Remedy: "estimate it: `aftermath set ID occurrences 1 3 6`"}
	}
	g := suggestion.Accept(id, s.Author(), a.Now())
	g.Source = "cli"
	return s.Apply(ctx, g)
}

// lowered makes a sentence a part of another one.
func lowered(sentence string) string {
	return strings.ToLower(sentence[:1]) + strings.TrimSuffix(sentence[1:], ".")
}

func (a *app) score(ctx context.Context, key string, suggest bool) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, r, err := a.record(ctx, key)
	if err != nil {
		return err
	}
	ranking := model.Rank(r.Actions, cfg.Scale.Model(), cfg.Limits.CutLine)
	sim := model.Simulate(ranking, cfg.Limits.CutLine)
	ranking = ranking.Settle(sim)
	suggestions, err := a.suggestions(ctx, s, r, ranking, suggest)
	if err != nil {
		return err
	}
	list := []Scored{}
	for _, x := range ranking.Ranked {
		one := Scored{Action: x.Action.ID, Title: x.Action.Title, Stage: x.Action.Stage, Rank: x.Rank, Frequency: x.Action.Frequency,
			Impact: x.Action.Impact, Effort: x.Action.Effort, Formula: x.Formula, Above: x.Above, Parked: x.Action.Parked,
			OrderedBy: "levels", Verification: r.ProofOf(x.Action.ID), Suggestion: suggestions[x.Action.ID]}
		if ranking.ByRanges {
			one.OrderedBy = "ranges"
		}
		if x.Scored {
			one.Score = &x.Score
		}
		one.Estimate = estimateOf(sim, x.Action)
		list = append(list, one)
	}
	if a.json {
		return a.printJSON(list)
	}
	a.printRanking(ranking, list, cfg.Scale.Model())
	a.printFirmness(ranking, sim)
	if p := model.PassRateOf(*r); p.Run > 0 {
		a.printf("%s\n", p.Text)
	}
	return nil
}

// suggestions says for each action how often it happened in this file, when that is asked for.
func (a *app) suggestions(ctx context.Context, s *storage.Store, r *model.Record, ranking model.Ranking, wanted bool) (map[model.ID]string, error) {
	if !wanted {
		return nil, nil
	}
	past, err := s.Past(ctx)
	if err != nil {
		return nil, err
	}
	all := map[model.ID]string{}
	for _, x := range ranking.Ranked {
		all[x.Action.ID] = model.SuggestFrequency(*r, x.Action, past, a.Now()).Text
	}
	return all, nil
}

func estimateOf(sim model.Simulation, x model.Action) *Estimated {
	st, ok := sim.Of(x.ID)
	if !ok {
		return nil
	}
	w := st.Worth
	e := &Estimated{Unit: w.Unit, Occurrences: w.Occurrences.String(), From: model.SuggestedFrom(x), Loss: w.Loss.String(), Days: w.Days.String(),
		Removes: w.Removes.String(), AllOfIt: w.AllOfIt, Removed: w.Removed, PerDay: w.PerDay, Rank: st.Rank, Firm: st.Firm, Tied: st.Tied(),
		First: st.First, Above: st.Above, RankLow: st.RankLow, RankHigh: st.RankHigh, Covered: st.Covered, Draws: sim.Draws}
	for _, g := range sim.Groups {
		if g.Unit == w.Unit {
			e.Among = len(g.Standings)
		}
	}
	return e
}

func (a *app) printRanking(r model.Ranking, list []Scored, scale model.Scale) {
	if r.ByRanges {
		a.printf("expected loss removed a year ÷ person-days, in %s\n", r.Unit)
	} else {
		a.printf("frequency × impact ÷ effort; high %s, medium %s, low %s\n", model.FormatScore(scale.High), model.FormatScore(scale.Medium), model.FormatScore(scale.Low))
	}
	for i, s := range list {
		if i == r.Cut && i > 0 {
			a.printf("---- above the line: we commit to these ----\n")
		}
		x := r.Ranked[i]
		value := "-"
		switch {
		case r.ByRanges && x.Known:
			value = model.Amount(x.Worth.PerDay)
		case x.Known:
			value = model.FormatScore(x.Score)
		}
		a.printf("%-3s %6s  %s  (%s)\n", s.Rank, value, s.Title, r.Why(x))
		if s.Parked != "" {
			a.printf("            parked: %s\n", s.Parked)
		}
		if s.Suggestion != "" {
			a.printf("            %s\n", s.Suggestion)
		}
	}
	for _, text := range []string{r.Tie, r.Mix} {
		if text != "" {
			a.printf("%s\n", text)
		}
	}
}

// printFirmness says what the simulation found, for each unit on its own.
func (a *app) printFirmness(r model.Ranking, sim model.Simulation) {
	for _, g := range sim.Groups {
		if len(g.Standings) < 2 {
			continue
		}
		head := "In " + model.Amount(float64(sim.Draws)) + " draws of the ranges"
		if !r.ByRanges {
			head += " that are in " + g.Unit
		}
		a.printf("\n%s:\n", head)
		for _, st := range g.Standings[:len(g.Standings)-1] {
			firm := "above the next in " + model.Percent(st.Firm)
			if st.Tied() {
				firm = "a tie with the next, above it in " + model.Percent(st.Firm) + " where half would be a coin"
			}
			a.printf("  %-3s %s: %s\n", st.Rank, st.Title, firm)
		}
		last := g.Standings[len(g.Standings)-1]
		a.printf("  %-3s %s\n", last.Rank, last.Title)
		for _, text := range []string{g.Swing.Text, g.Coverage(r)} {
			if text != "" {
				a.printf("%s\n", text)
			}
		}
	}
}
