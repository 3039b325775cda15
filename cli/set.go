package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/storage"
)

func (a *app) setCommand() *cobra.Command {
	c := command("set ID FIELD VALUE...", "Set any field of anything, checked as on the screen", cobra.MinimumNArgs(3),
		func(ctx context.Context, args []string) error { return a.set(ctx, args[0], args[1], args[2:]) })
	c.Long = "Set any field of anything. An empty value clears it. A set takes its new members; +member adds one and\n-member removes one (put -- before the first of those)."
	c.Example = "  aftermath set 2026-11-02-checkout severity sev2\n  aftermath set F-3c07 without prevented\n  aftermath set A-91d2 factors F-3c07 F-aa10"
	return complete(c, false, a.things, a.fields, a.choices)
}

func (a *app) set(ctx context.Context, name, fieldName string, values []string) error {
	cfg, err := a.config()
	if err != nil {
		return err
	}
	s, err := a.open(ctx)
	if err != nil {
		return err
	}
	id, err := s.Find(ctx, name)
	if err != nil {
		return err
	}
	f, err := fieldNamed(id.Type(), fieldName)
	if err != nil {
		return err
	}
	env, incident, err := a.envOf(ctx, s, id, cfg.Taxonomy)
	if err != nil {
		return err
	}
	g := model.Gesture{Label: "change " + strings.ToLower(f.Label), Source: "cli"}
	if f.Kind == model.Set {
		g, err = setMembers(ctx, s, g, id, f, values, env)
	} else {
		g, err = setValue(ctx, s, g, id, f, strings.Join(values, " "), env)
	}
	if err != nil {
		return err
	}
	if f.Name == "moment" && id.Type() == model.TypeEvent {
		if g, err = alsoTheIncident(ctx, s, g, id, incident); err != nil {
			return err
		}
	}
	if err := allowed(ctx, s, incident, g); err != nil {
		return err
	}
	if err := s.Apply(ctx, g); err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]any{"id": id, "field": f.Name})
	}
	return nil
}

// allowed asks the ladder of verification about a gesture.
func allowed(ctx context.Context, s *storage.Store, incident model.ID, g model.Gesture) error {
	if !model.Climbs(g) {
		return nil
	}
	r, err := s.Record(ctx, incident)
	if err != nil {
		return err
	}
	return r.Refused(g)
}

func fieldNamed(t model.Type, name string) (model.Field, error) {
	if f, ok := model.Named(t, strings.ReplaceAll(name, "-", "_")); ok && !f.Hidden {
		return f, nil
	}
	var names []string
	for _, f := range model.Schema[t] {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	}
	return model.Field{}, usage(fmt.Sprintf("%s has no field %q", t, name), "its fields are "+strings.Join(names, ", "))
}

func (a *app) envOf(ctx context.Context, s *storage.Store, id model.ID, tax model.Taxonomy) (model.Env, model.ID, error) {
	cfg, err := a.config()
	if err != nil {
		return model.Env{}, "", err
	}
	incident := id
	if id.Type() != model.TypeIncident {
		if id.Type() == model.TypeEvent {
			e, err := s.Event(ctx, id)
			if err != nil {
				return model.Env{}, "", err
			}
			incident = e.Incident
		} else if _, incident, _, err = s.Entity(ctx, id); err != nil {
			return model.Env{}, "", err
		}
	}
	if model.FileWide(id.Type()) {
		return a.typed(cfg, model.Incident{}), "", nil
	}
	r, err := s.Record(ctx, incident)
	if err != nil {
		return model.Env{}, "", err
	}
	return a.typed(cfg, r.Incident), incident, nil
}

func setValue(ctx context.Context, s *storage.Store, g model.Gesture, id model.ID, f model.Field, text string, env model.Env) (model.Gesture, error) {
	if f.Kind == model.Ref && text != "" {
		found, err := s.Find(ctx, text)
		if err != nil {
			return g, err
		}
		text = string(found)
	}
	v, err := model.ParseValue(f, id.Type(), text, env)
	if err != nil {
		return g, err
	}
	return g.Set(id.Type(), id, f.Name, v), nil
}

// setMembers replaces the members of a set, or adds and removes those with a sign.
func setMembers(ctx context.Context, s *storage.Store, g model.Gesture, id model.ID, f model.Field, values []string, env model.Env) (model.Gesture, error) {
	_, _, fields, err := s.Entity(ctx, id)
	if err != nil {
		return g, err
	}
	was := members(fields[f.Name])
	signed := false
	var want []string
	for _, v := range values {
		bare := strings.TrimLeft(v, "+-")
		signed = signed || bare != v
		if bare == "" {
			continue
		}
		if f.To != "" {
			found, err := s.Find(ctx, bare)
			if err != nil {
				return g, err
			}
			bare = string(found)
		}
		if strings.HasPrefix(v, "-") {
			g = g.Set(id.Type(), id, model.Member(f.Name, bare), nil)
			continue
		}
		want = append(want, bare)
		g = g.Set(id.Type(), id, model.Member(f.Name, bare), true)
	}
	if !signed {
		for _, m := range was {
			if !slices.Contains(want, m) {
				g = g.Set(id.Type(), id, model.Member(f.Name, m), nil)
			}
		}
	}
	return g, nil
}

func members(v any) (list []string) {
	switch v := v.(type) {
	case []string:
		return v
	case []any:
		for _, m := range v {
			list = append(list, fmt.Sprint(m))
		}
	}
	return list
}

// alsoTheIncident gives the incident the time of the event that marks its moment, in the same gesture.
func alsoTheIncident(ctx context.Context, s *storage.Store, g model.Gesture, id, incident model.ID) (model.Gesture, error) {
	m, _ := g.Edits[0].Value.(string)
	if m == "" {
		return g, nil
	}
	e, err := s.Event(ctx, id)
	if err != nil {
		return g, err
	}
	return g.Set(model.TypeIncident, incident, m, model.FormatTime(e.At)), nil
}
