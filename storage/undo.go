package storage

import (
	"context"
	"encoding/json"
	"math"
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
		target, err := s.turnTarget(kind)
		if err != nil || target == nil {
			return err
		}
		w := s.newWriter(target.label, kind)
		done = model.Undone{Label: target.label}
		if err := w.mark(kind, target); err != nil {
			return err
		}
		if err := w.turnAll(kind, target.ref(), &done); err != nil {
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

// turnAll gives every cell of a gesture the value that it had before, or for a redo the gesture's value again.
func (w *writer) turnAll(kind string, gesture ref, done *model.Undone) error {
	site, err := w.siteNumber(gesture.site)
	if err != nil {
		return err
	}
	list, err := w.changes("c.site = ? AND c.seq >= ? AND c.gesture = ? ORDER BY c.seq", site, gesture.seq, gesture.seq)
	if err != nil {
		return err
	}
	if kind == kindUndo {
		slices.Reverse(list)
	}
	for _, c := range list {
		if c.entity != "" && (done.Where == "" || c.kind != kindImport) {
			done.Where = c.entity
		}
		if c.kind != kindSet && c.kind != kindDelete {
			continue
		}
		if err := w.turnChange(kind, c, done); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) turnChange(kind string, c *change, done *model.Undone) error {
	before, err := w.stateBefore(c)
	if err != nil {
		return err
	}
	expected, wanted := c.ref(), before
	if kind == kindRedo {
		expected, wanted = before, c.ref()
	}
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
	is := ref{}
	if len(now.heads) == 1 {
		if is, err = w.state(now.heads[0]); err != nil {
			return err
		}
	}
	if len(now.heads) != 1 || is != expected {
		short, err := w.short(c.entity)
		done.Kept = append(done.Kept, short+" "+c.field)
		return err
	}
	value, err := w.turnedValue(kind, c, wanted)
	if err != nil {
		return err
	}
	return w.set(c.kind, model.Type(c.typ), c.entity, c.field, value, true)
}

// turnedValue is what the cell of change c says after it is undone or redone.
func (w *writer) turnedValue(kind string, c *change, wanted ref) ([]byte, error) {
	if c.kind == kindDelete {
		return w.turnDelete(kind, c)
	}
	if wanted == (ref{}) {
		return []byte("null"), nil
	}
	was, err := w.lookUp(wanted)
	if err != nil || was == nil || was.value == nil {
		return []byte("null"), err
	}
	return was.value, nil
}

// state is the change whose value a cell has after change r: r itself, or, after an undo or a redo, the
// change that gave the value first. So a gesture can be undone although later ones on the same cells were
// made and undone meanwhile. The zero ref stands for a cell that nobody had set.
func (s *Store) state(r ref) (ref, error) {
	c, err := s.lookUp(r)
	if err != nil || c == nil || c.source != kindUndo && c.source != kindRedo {
		return r, err
	}
	first, err := s.lookUp(ref{c.site, c.gesture})
	if err != nil || first == nil {
		return r, err
	}
	target, ok := first.marks()
	if !ok {
		return r, nil
	}
	site, err := s.siteNumber(target.site)
	if err != nil {
		return r, err
	}
	list, err := s.changes("c.site = ? AND c.seq >= ? AND c.gesture = ? AND e.id = ?", site, target.seq, target.seq, string(c.entity))
	if err != nil {
		return r, err
	}
	for _, turned := range list {
		if turned.field != c.field {
			continue
		}
		if c.source == kindRedo {
			return turned.ref(), nil
		}
		return s.stateBefore(turned)
	}
	return r, nil
}

// stateBefore is the state that a change replaced.
func (s *Store) stateBefore(c *change) (ref, error) {
	if len(c.base) == 0 {
		return ref{}, nil
	}
	return s.state(c.base[0])
}

// turnTarget finds the gesture that an undo or a redo is about.
func (s *Store) turnTarget(kind string) (*change, error) {
	own, err := s.ownGestures()
	if err != nil {
		return nil, err
	}
	if kind == kindUndo {
		return own.undoable()
	}
	return own.redoable()
}

// gestureWalk goes through one's own gestures, newest first: those of this site, then those of sites of the
// same person that ended without leaving a proof.
type gestureWalk struct {
	*Store
	sites []any
}

func (s *Store) ownGestures() (*gestureWalk, error) {
	w := &gestureWalk{Store: s}
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

const (
	walkChunk = 64
	siteOf    = "(SELECT id FROM site WHERE n = c.site)"
)

// eachGesture gives the first changes of one's gestures to yield, newest first, until it returns false.
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
	before := &change{clock: math.MaxInt64}
	for {
		chunk, err := w.changes("c.site IN (SELECT value FROM json_each(?)) AND c.seq = c.gesture AND c.clock <= ? AND (c.clock, "+siteOf+`, c.seq) < (?, ?, ?)
			ORDER BY c.clock DESC, `+siteOf+" DESC, c.seq DESC LIMIT ?", string(list), before.clock, before.clock, before.site, before.seq, walkChunk)
		if err != nil {
			return false, err
		}
		for _, c := range chunk {
			before = c
			of, _ := c.marks()
			if more, err := yield(c, of); err != nil || !more {
				return false, err
			}
		}
		if len(chunk) < walkChunk {
			return true, nil
		}
	}
}

// undoable is the newest gesture that is not undone at present; the newest mark of a gesture counts.
func (w *gestureWalk) undoable() (target *change, err error) {
	marked, undone := map[ref]bool{}, map[ref]bool{}
	err = w.eachGesture(func(c *change, of ref) (bool, error) {
		switch {
		case c.kind == kindUndo || c.kind == kindRedo:
			if !marked[of] {
				marked[of], undone[of] = true, c.kind == kindUndo
			}
		case c.source == sourceCollect:
		case !undone[c.ref()]:
			target = c
		}
		return target == nil, nil
	})
	return target, err
}

// redoable replays the undos and redos since the last new gesture: what was undone last and not redone yet.
func (w *gestureWalk) redoable() (target *change, err error) {
	type step struct {
		kind string
		of   ref
	}
	var steps []step
	if err := w.eachGesture(func(c *change, of ref) (bool, error) {
		if c.source == sourceCollect {
			return true, nil
		}
		if c.kind != kindUndo && c.kind != kindRedo {
			return false, nil
		}
		steps = append(steps, step{c.kind, of})
		return true, nil
	}); err != nil {
		return nil, err
	}
	var stack []ref
	for _, turn := range slices.Backward(steps) {
		if turn.kind == kindUndo {
			stack = append(stack, turn.of)
		} else if len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) == 0 {
		return nil, nil
	}
	return w.lookUp(stack[len(stack)-1])
}
