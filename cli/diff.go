package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/safetext"
	"aftermath/storage"
)

func (a *app) diffCommand() *cobra.Command {
	c := command("diff KEY[@A..B]", "Tell in words how the understanding of an incident changed", cobra.ExactArgs(1), func(ctx context.Context, args []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		key, points, _ := strings.Cut(args[0], "@")
		s, r, err := a.record(ctx, key)
		if err != nil {
			return err
		}
		env := a.typed(cfg, r.Incident)
		from, to, given := strings.Cut(points, "..")
		if !given {
			to = "now"
		}
		if from == "" && len(r.Revisions) > 0 {
			from = "last"
		}
		changes, err := changesOf(ctx, s, r.Incident.ID)
		if err != nil {
			return err
		}
		var ends [2]func(model.Change) bool
		for i, p := range []string{from, to} {
			if ends[i], err = pointOf(r, changes, p, i == 0, env); err != nil {
				return err
			}
		}
		words := model.Words{Taxonomy: cfg.Taxonomy, Zone: env.Zone, Name: func(id model.ID) string { return titleOf(ctx, s, id) }}
		then, now := model.Understand(changes, ends[0]), model.Understand(changes, ends[1])
		return a.printShifts(now.Since(then, words))
	})
	c.Long = "Tell in words what is understood otherwise: conditions named and dropped, roles and times corrected, actions that went on.\n" +
		"A point is the number of a sealed revision, a time, start, or now; without any, the last revision is compared with now."
	c.Example = "  aftermath diff 2026-11-02-checkout\n  aftermath diff 2026-11-02-checkout@1..2\n  aftermath diff 2026-11-02-checkout@2026-11-03T12:00Z..now"
	return complete(c, false, a.keys)
}

// changesOf is the history of an incident, oldest first.
func changesOf(ctx context.Context, s *storage.Store, id model.ID) (list []model.Change, err error) {
	err = s.History(ctx, model.HistoryQuery{Incident: id}, func(c model.Change) error {
		list = append(list, c)
		return nil
	})
	slices.Reverse(list)
	return list, err
}

// pointOf tells which changes lie after a point that a person named.
func pointOf(r *model.Record, changes []model.Change, name string, first bool, env model.Env) (after func(model.Change) bool, err error) {
	switch name = strings.TrimSpace(name); {
	case name == "now" || name == "" && !first:
		return func(model.Change) bool { return false }, nil
	case name == "" || name == "start":
		return func(model.Change) bool { return true }, nil
	case name == "last":
		last, _ := r.LastRevision()
		return model.SealedAt(changes, last), nil
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "r")); len(r.RevisionsNamed(name)) > 0 || err == nil && n < 1000 {
		v, err := revisionOf(r, name)
		if err != nil {
			return nil, err
		}
		return model.SealedAt(changes, v), nil
	}
	f, _ := model.Named(model.TypeIncident, "started")
	v, err := model.ParseValue(f, model.TypeIncident, name, env)
	if err != nil {
		return nil, usage(fmt.Sprintf("%q is no point in the history", name), "name the number of a revision, a time, start or now")
	}
	at, err := time.Parse(time.RFC3339Nano, fmt.Sprint(v))
	return func(c model.Change) bool { return c.At.After(at) }, err
}

// titleOf is the title of an event that was imported.
func titleOf(ctx context.Context, s *storage.Store, id model.ID) string {
	_, _, fields, err := s.Entity(ctx, id)
	if title, ok := fields["title"].(string); err == nil && ok {
		return title
	}
	return shortID(id)
}

func (a *app) printShifts(list []model.Shift) error {
	if a.json {
		enc := safetext.NewEncoder(a.Out)
		for _, x := range list {
			if err := enc.Encode(x); err != nil {
				return err
			}
		}
		return nil
	}
	for _, x := range list {
		a.printf("%s\n", model.CleanLine(x.What))
	}
	if len(list) == 0 {
		a.remark("Nothing is understood otherwise.")
	}
	return nil
}
