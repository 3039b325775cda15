package storage

import (
	"context"
	"slices"
	"strings"

	"aftermath/model"
)

// Templates reads the templates of the file by name, each with what became of the plans that it was used for.
func (s *Store) Templates(ctx context.Context) (list []model.TemplateRecord, err error) {
	err = s.view(ctx, "read the templates", func() error {
		var templates []model.Template
		if err := fileWide(s, model.TypeTemplate, &templates); err != nil {
			return err
		}
		slices.SortStableFunc(templates, func(a, b model.Template) int {
			if by := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); by != 0 {
				return by
			}
			return strings.Compare(string(a.ID), string(b.ID))
		})
		uses, err := s.templateUses()
		list = model.TrackRecord(templates, uses)
		return err
	})
	return list, err
}

// fileWide reads the entities of a type that belong to no incident. They are folded, merged, undone and told
// in the history like any others; only the number of their incident is none.
func fileWide[T any](s *Store, t model.Type, into *[]T) error { return children(s, 0, t, into) }

// templateUses reads the actions that have a template, with their results.
func (s *Store) templateUses() (uses []model.TemplateUse, err error) {
	at := map[string]int{}
	if err := s.each(`SELECT e.id, a.template, coalesce(a.stage, ''), coalesce(a.outcome, '') FROM action a JOIN entity e ON e.n = a.n
		WHERE a.template IS NOT NULL AND e.shown = 1 ORDER BY e.id`, nil, func(row scanner) error {
		var u model.TemplateUse
		err := row.Scan(&u.Action.ID, &u.Template, &u.Action.Stage, &u.Action.Outcome)
		at[string(u.Action.ID)] = len(uses)
		uses = append(uses, u)
		return err
	}); err != nil {
		return nil, err
	}
	return uses, s.each(`SELECT r.action, coalesce(r.status, ''), coalesce(r.environment, '') FROM result r JOIN entity e ON e.n = r.n
		WHERE e.shown = 1 AND r.action IN (SELECT x.id FROM action a JOIN entity x ON x.n = a.n WHERE a.template IS NOT NULL AND x.shown = 1)`, nil,
		func(row scanner) error {
			var action string
			var r model.Result
			err := row.Scan(&action, &r.Status, &r.Environment)
			if i, ok := at[action]; ok {
				uses[i].Results = append(uses[i].Results, r)
			}
			return err
		})
}
