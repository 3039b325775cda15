package storage

import (
	"context"

	"aftermath/model"
)

// pastActions is how many actions of the file are looked at for proposals: the newest.
const pastActions = 500

// PastActions reads the newest actions of the file with what they answered, for proposals.
func (s *Store) PastActions(ctx context.Context) (list []model.PastAction, err error) {
	err = s.view(ctx, "read the past actions", func() error {
		var numbers []int64
		if err := s.each(`SELECT e.n, e.id, o.id, coalesce(a.title, ''), coalesce(a.stage, ''), coalesce(a.owner, ''), coalesce(a.due, ''), coalesce(a.effect, ''),
			coalesce(i.severity, ''), coalesce(i.started, '')
			FROM action a CROSS JOIN entity e ON e.n = a.n AND e.shown = 1 JOIN entity o ON o.n = e.incident AND o.shown = 1 LEFT JOIN incident i ON i.n = e.incident
			JOIN born b ON b.entity = a.n ORDER BY b.clock DESC, e.id DESC LIMIT ?`, []any{pastActions}, func(row scanner) error {
			var n int64
			var p model.PastAction
			var started string
			a := &p.Action
			if err := row.Scan(&n, &a.ID, &p.Incident, &a.Title, &a.Stage, &a.Owner, &a.Due, &a.Effect, &p.Severity, &started); err != nil {
				return err
			}
			p.Started, _ = timeOf(started)
			list, numbers = append(list, p), append(numbers, n)
			return nil
		}); err != nil {
			return err
		}
		for i, n := range numbers {
			if err := s.answered(n, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// answered adds the layers, areas and teams of the conditions that an action answers.
func (s *Store) answered(n int64, p *model.PastAction) error {
	return s.each(`SELECT coalesce(f.layer, ''), coalesce(f.area, ''), coalesce(f.team, '') FROM member m JOIN entity e ON e.id = m.value AND e.shown = 1
		JOIN factor f ON f.n = e.n WHERE m.entity = ? AND m.field = 'factors' ORDER BY m.value`, []any{n}, func(row scanner) error {
		var layer, area, team string
		err := row.Scan(&layer, &area, &team)
		p.Layers, p.Areas, p.Teams = append(p.Layers, layer), append(p.Areas, area), append(p.Teams, team)
		return err
	})
}
