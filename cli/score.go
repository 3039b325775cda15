package cli

import (
	"context"

	"github.com/spf13/cobra"

	"aftermath/model"
)

// A scored action is one line of the ranking.
type scored struct {
	Action    model.ID `json:"action"`
	Title     string   `json:"title"`
	Stage     string   `json:"stage"`
	Rank      string   `json:"rank,omitempty"`
	Frequency string   `json:"frequency"`
	Impact    string   `json:"impact"`
	Effort    string   `json:"effort"`
	Score     *float64 `json:"score"`
	Formula   string   `json:"formula,omitempty"`
	Above     bool     `json:"above"`
	Parked    string   `json:"parked,omitempty"`
}

func (a *app) scoreCommand() *cobra.Command {
	c := command("score KEY", "Rank the actions, with the math behind each score", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		_, r, err := a.record(ctx, args[0])
		if err != nil {
			return err
		}
		ranking := model.Rank(r.Actions, cfg.Scale.Model(), cfg.Limits.CutLine)
		list := []scored{}
		for _, x := range ranking.Ranked {
			s := scored{Action: x.Action.ID, Title: x.Action.Title, Stage: x.Action.Stage, Rank: x.Rank, Frequency: x.Action.Frequency,
				Impact: x.Action.Impact, Effort: x.Action.Effort, Formula: x.Formula, Above: x.Above, Parked: x.Action.Parked}
			if x.Scored {
				s.Score = &x.Score
			}
			list = append(list, s)
		}
		if a.json {
			return a.printJSON(list)
		}
		a.printRanking(ranking, list, cfg.Scale.Model())
		return nil
	})
	return complete(c, false, a.keys)
}

func (a *app) printRanking(r model.Ranking, list []scored, scale model.Scale) {
	a.printf("frequency × impact ÷ effort; high %s, medium %s, low %s\n", model.FormatScore(scale.High), model.FormatScore(scale.Medium), model.FormatScore(scale.Low))
	for i, s := range list {
		if i == r.Cut && i > 0 {
			a.printf("---- above the line: we commit to these ----\n")
		}
		score := "-"
		if s.Score != nil {
			score = model.FormatScore(*s.Score)
		}
		why := s.Formula
		if s.Score == nil {
			why = r.Ranked[i].Needs
		}
		a.printf("%-3s %6s  %s  (%s)\n", s.Rank, score, s.Title, why)
		if s.Parked != "" {
			a.printf("            parked: %s\n", s.Parked)
		}
	}
	if r.Tie != "" {
		a.printf("%s\n", r.Tie)
	}
}
