package storage

import (
	"context"

	"aftermath/model"
)

// pastLimit bounds how many incidents are looked at for how often something happens: the newest of them.
const pastLimit = 2000

const pastIncidents = `(SELECT incident FROM tally WHERE started < '` + notStarted + `' ORDER BY started DESC, born DESC, id DESC LIMIT ?)`

// Past reads the newest incidents that have a time of start, with their services and conditions, so that the
// model can count what is alike.
func (s *Store) Past(ctx context.Context) (list []model.PastIncident, err error) {
	err = s.view(ctx, "read the past incidents", func() error {
		at := map[int64]int{}
		if err := s.each(`SELECT e.n, e.id, coalesce(i."key", ''), coalesce(i.type, ''), coalesce(i.started, '') FROM `+pastIncidents+` y
			JOIN entity e ON e.n = y.incident JOIN incident i ON i.n = y.incident`, []any{pastLimit}, func(row scanner) error {
			var n int64
			var p model.PastIncident
			var started string
			err := row.Scan(&n, &p.ID, &p.Key, &p.Type, &started)
			p.Started = model.ParseTime(started)
			at[n] = len(list)
			list = append(list, p)
			return err
		}); err != nil {
			return err
		}
		if err := s.each(`SELECT m.entity, m.value FROM `+pastIncidents+` y JOIN member m ON m.entity = y.incident AND m.field = 'services' ORDER BY m.value`,
			[]any{pastLimit}, func(row scanner) error {
				var n int64
				var service string
				err := row.Scan(&n, &service)
				if i, ok := at[n]; ok {
					list[i].Services = append(list[i].Services, service)
				}
				return err
			}); err != nil {
			return err
		}
		return s.each(`SELECT e.incident, e.id, coalesce(f.statement, ''), coalesce(f.layer, ''), coalesce(f.area, ''), coalesce(f.role, '') FROM `+pastIncidents+` y
			JOIN entity e ON e.incident = y.incident AND e.type = 'factor' AND e.shown = 1 JOIN factor f ON f.n = e.n JOIN born b ON b.entity = e.n ORDER BY b.clock, e.id`,
			[]any{pastLimit}, func(row scanner) error {
				var n int64
				var f model.Factor
				err := row.Scan(&n, &f.ID, &f.Statement, &f.Layer, &f.Area, &f.Role)
				if i, ok := at[n]; ok && f.Condition() {
					list[i].Factors = append(list[i].Factors, f)
				}
				return err
			})
	})
	return list, err
}
