package storage

import (
	"context"
	"encoding/json"
	"slices"

	"aftermath/model"
)

// Undo takes back one's newest gesture, by new changes: the log only grows, and the undo is itself history.
// What is one's own follows from the log, so undo reaches back over restarts. Cells that somebody changed
// since are left alone and named.
func (s *Store) Undo(ctx context.Context) (model.Undone, error) {
	return s.turn(ctx, kindUndo)
}

// Redo takes back the newest undo, as long as nothing new was done since.
func (s *Store) Redo(ctx context.Context) (model.Undone, error) {
	return s.turn(ctx, kindRedo)
}

func (s *Store) turn(ctx context.Context, kind string) (done model.Undone, err error) {
	err = s.update(ctx, kind, func() error {
		done = model.Undone{None: true}
		target, revert, err := s.turnTarget(kind)
		if err != nil || target == nil {
			return err
		}
		w := s.newWriter(target.label, kind)
		done = model.Undone{Label: target.label}
		if err := w.mark(kind, target); err != nil {
			return err
		}
		if err := w.revert(revert, &done); err != nil {
			return err
		}
		return w.settle()
	})
	return done, err
}

// A mark is the value of the change that says what its gesture undoes or redoes.
type mark struct {
	Gesture string `json:"gesture"` // "site:seq"
}

func (w *writer) mark(kind string, target *change) error {
	value, err := json.Marshal(mark{target.ref().String()})
	if err != nil {
		return err
	}
	return w.add(&change{kind: kind, value: value})
}

// revert gives every cell of a gesture the value back that its author saw before.
func (w *writer) revert(gesture ref, done *model.Undone) error {
	site, err := w.siteNumber(gesture.site)
	if err != nil {
		return err
	}
	list, err := w.changes("c.site = ? AND c.seq >= ? AND c.gesture = ? ORDER BY c.seq DESC", site, gesture.seq, gesture.seq)
	if err != nil {
		return err
	}
	for _, c := range list {
		if done.Where == "" || c.typ != string(model.TypeImport) {
			if c.entity != "" {
				done.Where = c.entity
			}
		}
		if c.kind != kindSet && c.kind != kindDelete {
			continue
		}
		if err := w.revertChange(c, done); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) revertChange(c *change, done *model.Undone) error {
	entity, err := w.entityNumber(c.entity)
	if err != nil {
		return err
	}
	field, err := w.word(c.field)
	if err != nil {
		return err
	}
	now, err := w.cellOf(entity, field)
	if err != nil {
		return err
	}
	if !slices.Equal(now.heads, []ref{c.ref()}) {
		short, err := w.short(c.entity)
		done.Kept = append(done.Kept, short+" "+c.field)
		return err
	}
	old := []byte("null")
	if len(c.base) > 0 {
		was, err := w.lookUp(c.base[0])
		if err != nil {
			return err
		}
		if was != nil && was.value != nil {
			old = was.value
		}
	}
	return w.set(c.kind, model.Type(c.typ), c.entity, c.field, old, true)
}

// turnTarget finds the gesture that an undo or a redo is about, and the gesture whose changes it takes
// back: the same for an undo, the undo for a redo.
func (s *Store) turnTarget(kind string) (target *change, revert ref, err error) {
	own, err := s.ownGestures()
	if err != nil {
		return nil, revert, err
	}
	if kind == kindUndo {
		target, err = own.undoable()
		if target != nil {
			revert = target.ref()
			if redo, again := own.redone[revert]; again {
				revert = redo
			}
		}
		return target, revert, err
	}
	return own.redoable()
}

// gestureWalk goes through one's own gestures, newest first: those of this site, then those of sites of the
// same person that ended without leaving a proof.
type gestureWalk struct {
	*Store
	sites  []any
	undone map[ref]bool
	redone map[ref]ref // what was redone last, and by which gesture
}

func (s *Store) ownGestures() (*gestureWalk, error) {
	w := &gestureWalk{Store: s, undone: map[ref]bool{}, redone: map[ref]ref{}}
	abandoned, err := s.abandoned(s.opt.Author)
	if err != nil {
		return nil, err
	}
	for _, name := range append([]string{s.own.name}, abandoned...) {
		if s.sites.number[name] == 0 && name == s.own.name && s.own.head.seq == 0 {
			continue
		}
		n, err := s.siteNumber(name)
		if err != nil {
			return nil, err
		}
		w.sites = append(w.sites, n)
	}
	return w, nil
}

const walkChunk = 64

// each gives the first changes of one's gestures to yield, newest first, until it returns false.
func (w *gestureWalk) eachGesture(yield func(c *change, of ref) (bool, error)) error {
	for i := range w.sites {
		if i == 0 && w.own.head.seq > 0 {
			if more, err := w.walkSites(w.sites[:1], yield); err != nil || !more {
				return err
			}
			continue
		}
		rest := w.sites[i:]
		_, err := w.walkSites(rest, yield)
		return err
	}
	return nil
}

func (w *gestureWalk) walkSites(sites []any, yield func(c *change, of ref) (bool, error)) (bool, error) {
	list, err := json.Marshal(sites)
	if err != nil {
		return false, err
	}
	before := int64(1<<63 - 1)
	for {
		chunk, err := w.changes("c.site IN (SELECT value FROM json_each(?)) AND c.seq = c.gesture AND c.clock < ? ORDER BY c.clock DESC LIMIT ?", string(list), before, walkChunk)
		if err != nil {
			return false, err
		}
		for _, c := range chunk {
			before = c.clock
			var of ref
			if c.kind == kindUndo || c.kind == kindRedo {
				var m mark
				if json.Unmarshal(c.value, &m) == nil {
					of, _ = parseRef(m.Gesture)
				}
			}
			if more, err := yield(c, of); err != nil || !more {
				return false, err
			}
		}
		if len(chunk) < walkChunk {
			return true, nil
		}
	}
}

// undoable is the newest gesture that is not undone at present.
func (w *gestureWalk) undoable() (target *change, err error) {
	settled := map[ref]bool{} // the newest mark of a gesture counts
	err = w.eachGesture(func(c *change, of ref) (bool, error) {
		switch c.kind {
		case kindUndo, kindRedo:
			if !settled[of] {
				settled[of] = true
				w.undone[of] = c.kind == kindUndo
				if c.kind == kindRedo {
					w.redone[of] = c.ref()
				}
			}
			return true, nil
		}
		if w.undone[c.ref()] {
			return true, nil
		}
		target = c
		return false, nil
	})
	return target, err
}

// redoable replays the undos and redos since the last new gesture: what was undone last and not redone yet.
func (w *gestureWalk) redoable() (target *change, revert ref, err error) {
	type step struct {
		kind string
		of   ref
		at   ref
	}
	var steps []step
	if err := w.eachGesture(func(c *change, of ref) (bool, error) {
		if c.kind != kindUndo && c.kind != kindRedo {
			return false, nil
		}
		steps = append(steps, step{c.kind, of, c.ref()})
		return true, nil
	}); err != nil {
		return nil, revert, err
	}
	var stack []step
	for _, st := range slices.Backward(steps) {
		if st.kind == kindUndo {
			stack = append(stack, st)
		} else if len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) == 0 {
		return nil, revert, nil
	}
	top := stack[len(stack)-1]
	target, err = w.lookUp(top.of)
	return target, top.at, err
}
