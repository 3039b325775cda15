package storage

import (
	"context"
	"time"

	"aftermath/model"
)

// Incidents reads lines of the list of incidents, the newest first; those without a time of start come
// before all others. Total counts the whole list that the query asks for a part of.
func (s *Store) Incidents(ctx context.Context, q model.IncidentQuery) (lines []model.IncidentLine, total int, err error) {
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	err = s.view(ctx, "read the incidents", func() error {
		if err := s.row("SELECT count(*) FROM tally WHERE archived = ?", q.Archived).Scan(&total); err != nil {
			return err
		}
		var numbers []int64
		if err := s.each(`SELECT e.n, e.id, coalesce(i."key", ''), coalesce(i.title, ''), coalesce(i.severity, ''), coalesce(i.stage, ''),
			coalesce(i.started, ''), coalesce(i.resolved, ''), coalesce(i.zone, ''), y.events, y.factors, y.actions, y.open
			FROM tally y CROSS JOIN entity e ON e.n = y.incident LEFT JOIN incident i ON i.n = y.incident
			WHERE y.archived = ? ORDER BY y.started DESC, y.born DESC, y.id DESC LIMIT ? OFFSET ?`,
			[]any{q.Archived, limit, max(q.Offset, 0)}, func(row scanner) error {
				var n int64
				var started, resolved string
				l := model.IncidentLine{Services: []string{}, Archived: q.Archived}
				if err := row.Scan(&n, &l.ID, &l.Key, &l.Title, &l.Severity, &l.Stage, &started, &resolved, &l.Zone, &l.Events, &l.Factors, &l.Actions, &l.Open); err != nil {
					return err
				}
				l.Started, _ = timeOf(started)
				l.Resolved, _ = timeOf(resolved)
				lines, numbers = append(lines, l), append(numbers, n)
				return nil
			}); err != nil {
			return err
		}
		for i, n := range numbers {
			if err := s.completeLine(n, &lines[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return lines, total, err
}

// completeLine adds what is not kept as a number: the services, and what is overdue today.
func (s *Store) completeLine(n int64, l *model.IncidentLine) error {
	if err := s.each("SELECT value FROM member WHERE entity = ? AND field = 'services' ORDER BY value", []any{n}, func(row scanner) error {
		var service string
		err := row.Scan(&service)
		l.Services = append(l.Services, service)
		return err
	}); err != nil || l.Open == 0 {
		return err
	}
	return s.row(`SELECT count(*) FROM entity e JOIN action a ON a.n = e.n WHERE e.incident = ? AND e.type = 'action' AND e.shown = 1
		AND a.stage IN ('committed', 'implemented') AND a.due < ?`, n, s.opt.Now().Format(time.DateOnly)).Scan(&l.Overdue)
}

// shownIncident is the number of an incident that is there.
func (s *Store) shownIncident(what string, id model.ID) (n int64, err error) {
	known, err := found(s.row("SELECT n FROM entity WHERE id = ? AND type = 'incident' AND shown = 1", string(id)).Scan(&n))
	if err == nil && !known {
		return 0, s.missing(what, string(id))
	}
	return n, err
}

// missing is the fault for what the file does not have.
func (s *Store) missing(what, name string) error {
	return &model.Fault{Kind: model.FaultInput, What: what, File: s.path, Reason: "there is nothing called " + name, Remedy: "`aftermath list` shows the incidents"}
}

func wallTime(ns int64) time.Time { return time.Unix(0, ns).UTC() }
