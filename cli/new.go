package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
)

func (a *app) newCommand() *cobra.Command {
	values := map[string]*string{}
	var services, teams []string
	c := command("new", "Begin a retrospective", cobra.NoArgs, func(ctx context.Context, _ []string) error {
		if strings.TrimSpace(*values["title"]) == "" {
			return usage("an incident needs a title", `say what happened in one line: aftermath new --title "Checkout unavailable"`)
		}
		return a.begin(ctx, values, services, teams)
	})
	for _, f := range model.Schema[model.TypeIncident] {
		if f.Hidden || f.Kind == model.Set || f.Name == "stage" {
			continue
		}
		values[f.Name] = c.Flags().String(strings.ReplaceAll(f.Name, "_", "-"), "", f.Help)
	}
	c.Flags().StringArrayVar(&services, "service", nil, "a service that was affected; may be repeated")
	c.Flags().StringArrayVar(&teams, "team", nil, "a team that can change the system; may be repeated")
	completeFlag(c, "severity", a.wordsOf("severity"))
	completeFlag(c, "type", a.wordsOf("incident_type"))
	return c
}

func (a *app) begin(ctx context.Context, values map[string]*string, services, teams []string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, err := a.openOrMake(ctx)
	if err != nil {
		return err
	}
	id := s.NewID(model.TypeIncident)
	i := model.Incident{Zone: a.zone(cfg).String()}
	if text := *values["zone"]; text != "" {
		f, _ := model.FieldOf(model.TypeIncident, "zone")
		v, err := model.ParseValue(f, model.TypeIncident, text, model.Env{})
		if err != nil {
			return flagFault(f, err)
		}
		i.Zone = fmt.Sprint(v)
	}
	g := model.Gesture{Label: "begin a retrospective", Source: "cli"}.Set(model.TypeIncident, id, "stage", "draft").Set(model.TypeIncident, id, "zone", i.Zone)
	env := a.typed(cfg, i)
	for _, f := range model.Schema[model.TypeIncident] {
		text, asked := values[f.Name]
		if !asked || *text == "" || f.Name == "zone" {
			continue
		}
		v, err := model.ParseValue(f, model.TypeIncident, *text, env)
		if err != nil {
			return flagFault(f, err)
		}
		if f.Name == "started" {
			if at, ok := v.(string); ok {
				env.Day = model.ParseTime(at).In(env.Zone)
				env.From = env.Day
			}
		}
		g = g.Set(model.TypeIncident, id, f.Name, v)
	}
	for _, v := range services {
		g = g.Set(model.TypeIncident, id, model.Member("services", v), true)
	}
	for _, v := range teams {
		g = g.Set(model.TypeIncident, id, model.Member("teams", v), true)
	}
	key, err := a.freeKey(ctx, model.Key(env.Day, *values["title"]), id)
	if err != nil {
		return err
	}
	if err := s.Apply(ctx, g.Set(model.TypeIncident, id, "key", key)); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]any{"key": key, "id": id})
	}
	a.printf("%s\n", key)
	return nil
}

// flagFault says which flag holds what cannot be read.
func flagFault(f model.Field, err error) error {
	return &model.Fault{Kind: model.FaultUsage, What: "--" + strings.ReplaceAll(f.Name, "_", "-"), Err: err}
}

// freeKey gives a second incident of the same day and title a suffix of its own.
func (a *app) freeKey(ctx context.Context, key string, id model.ID) (string, error) {
	s, err := a.open(ctx)
	if err != nil {
		return "", err
	}
	if found, err := s.Find(ctx, key); err != nil || found == "" {
		return key, nil //nolint:nilerr // nothing of that name is what is wanted
	}
	return fmt.Sprintf("%s-%s", key, string(id)[2:6]), nil
}
