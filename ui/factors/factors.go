// Package factors is step 3: which conditions had to align, layer by layer, and how they acted on one
// another.
package factors

import (
	"cmp"
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
)

// A Store gives the events that may be evidence.
type Store interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
	entry.Past
}

// A mode is what the body shows.
type mode int

const (
	board mode = iota
	causeMap
	detail
	answers // the question asked of each layer
)

// Screen is the board of conditions of one incident.
type Screen struct {
	desk     *desk.Desk
	store    Store
	record   *model.Record
	order    []model.Factor      // by layer, as drawn
	evidence map[model.ID]string // the events that may be cited, by what they say
	offered  []string            // their ids in the order of time
	at       int
	focus    model.ID
	marked   map[model.ID]bool // for an action that answers several
	mode     mode
	form     entry.Form
	mapTop   int
	laid     layOut
	w, h     int
}

// New is the board with focus selected.
func New(d *desk.Desk, s Store, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, focus: focus, evidence: map[model.ID]string{}, marked: map[model.ID]bool{}, w: 80, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Factors" }

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

// Question follows the selected condition.
func (s *Screen) Question() string {
	f, ok := s.here()
	switch {
	case s.mode == answers:
		return "For each layer: what change would have prevented or mitigated this?"
	case !ok:
		return "What conditions had to align?  A condition was true for a while; an event is not one."
	case !f.Condition() && len(f.Evidence) == 0:
		return "Which line of the timeline shows that it helped?"
	case !f.Condition():
		return "How could the next incident count on this, without luck?"
	case f.Without == "":
		return "Without this condition, would it still have happened, as long, as wide?"
	case len(f.Evidence) == 0 && f.Condition():
		return "Which line of the timeline shows this condition?"
	case f.Team == "":
		return "Which team can change this?"
	}
	return "What made this condition possible, and what did it act on?"
}

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Changed:
		if msg.Focus.Type() == model.TypeFactor {
			s.focus = msg.Focus
		}
	case nav.Loaded:
		s.take(msg.Record)
		return s.readEvidence()
	case evidenceRead:
		s.evidence, s.offered = msg.names, msg.order
		s.bind()
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

func (s *Screen) take(r *model.Record) {
	s.record = r
	s.order = nil
	for _, w := range s.desk.Taxonomy["layer"] {
		s.order = append(s.order, s.layer(w.Value)...)
	}
	for _, f := range r.Factors { // a layer that the taxonomy no longer has
		if !slices.ContainsFunc(s.order, func(o model.Factor) bool { return o.ID == f.ID }) {
			s.order = append(s.order, f)
		}
	}
	if i := slices.IndexFunc(s.order, func(f model.Factor) bool { return f.ID == s.focus }); i >= 0 {
		s.at = i
	}
	s.clamp()
}

// layer is what is named in a layer as the board draws it: the conditions area by area, then what helped and
// luck.
func (s *Screen) layer(name string) (list []model.Factor) {
	for _, f := range s.record.Factors {
		if f.Layer == name {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b model.Factor) int {
		return cmp.Or(cmp.Compare(s.rank(a), s.rank(b)), cmp.Compare(a.Area, b.Area))
	})
	return list
}

// rank is where the area of a factor stands in its layer; what helped stands after all areas.
func (s *Screen) rank(f model.Factor) int {
	areas := s.desk.Taxonomy["area"]
	if !f.Condition() {
		return len(areas) + 1
	}
	if i := slices.IndexFunc(areas, func(w model.Word) bool { return w.Value == f.Area }); i >= 0 {
		return i
	}
	return len(areas)
}

func (s *Screen) clamp() {
	s.at = max(0, min(s.at, len(s.order)-1))
	if f, ok := s.here(); ok {
		s.focus = f.ID
	}
	s.bind()
}

func (s *Screen) here() (model.Factor, bool) {
	if s.at >= 0 && s.at < len(s.order) {
		return s.order[s.at], true
	}
	return model.Factor{}, false
}

var detailFields = []string{"statement", "layer", "area", "role", "without", "evidence", "team", "detail", "by"}

var answerFields = []string{"#What change would have prevented or mitigated this?", "prevent_technical", "prevent_human", "prevent_process",
	"#And what is to be kept", "went_well", "lucky"}

func (s *Screen) bind() {
	env := entry.Env(s.desk, s.record)
	s.form.Words = s.record
	s.form.Label = func(id string) string {
		if name := s.evidence[model.ID(id)]; name != "" {
			return name
		}
		return id
	}
	s.form.Known = func(string) []string { return s.offered }
	if s.mode == answers && s.record != nil {
		s.form.Bind(s.record.Incident, model.TypeIncident, s.record.Incident.ID, env, answerFields...)
		return
	}
	if f, ok := s.here(); ok {
		s.form.Bind(f, model.TypeFactor, f.ID, env, detailFields...)
	} else {
		s.form.Set(nil)
	}
}

type evidenceRead struct {
	names map[model.ID]string
	order []string
}

// mostEvidence is how many events are offered as evidence; the timeline's f makes a factor of any other.
const mostEvidence = 1000

func (s *Screen) readEvidence() tea.Cmd {
	store, id, zone := s.store, s.record.Incident.ID, s.desk.ZoneOf(s.record.Incident)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		page, err := store.Events(ctx, model.EventQuery{Incident: id, Limit: mostEvidence})
		if err != nil {
			return nav.Fail{Err: err}
		}
		found := evidenceRead{names: map[model.ID]string{}}
		for _, e := range page.Events {
			found.names[e.ID] = cell.Cut(e.At.In(zone).Format("2006-01-02 15:04:05")+" "+cell.Clean(e.Source)+" "+cell.Clean(e.Title), 90)
			found.order = append(found.order, string(e.ID))
		}
		return found
	}
}

func (s *Screen) move(k string) {
	switch s.mode {
	case detail, answers:
		s.form.Key(k, s.h)
		return
	case causeMap:
		s.moveOnMap(k)
		return
	}
	switch k {
	case "up", "k":
		s.at--
	case "down", "j":
		s.at++
	case "left", "h":
		s.toLayer(-1)
	case "right", "l":
		s.toLayer(1)
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.order) - 1
	}
	s.clamp()
}

// toLayer goes to the first condition of the next layer that has one.
func (s *Screen) toLayer(d int) {
	f, ok := s.here()
	if !ok {
		return
	}
	for i := s.at; i >= 0 && i < len(s.order); i += d {
		if layer := s.order[i].Layer; layer != f.Layer {
			s.at = slices.IndexFunc(s.order, func(o model.Factor) bool { return o.Layer == layer })
			return
		}
	}
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	waiting, none, lone := "", "", ""
	if s.record == nil {
		waiting = "the record is still being read"
	}
	if len(s.order) == 0 {
		none = "there is no condition yet"
	}
	if len(s.order) < 2 {
		lone = "it takes two conditions"
	}
	field := func(id, title, short, k, name string) key.Action {
		return key.Action{ID: "factors." + id, Title: title, Short: short, Keys: []string{k}, Off: none, Do: func() tea.Cmd { return s.open(name) }}
	}
	list := []key.Action{
		{ID: "factors.add", Title: "Add a condition", Short: "add", Keys: []string{"a"}, Off: waiting, Do: s.add},
		{ID: "factors.detail", Title: "Open the details of this condition", Short: "details", Keys: []string{"enter"}, Off: none, Do: s.show(detail)},
		field("without", "But-for: without it, what would have been different?", "without it", "w", "without"),
		field("evidence", "Link the evidence that shows it", "evidence", "v", "evidence"),
		field("role", "Role it played", "role", "r", "role"),
		{ID: "factors.interaction", Title: "Say how it acted on another condition", Short: "acts on", Keys: []string{"i"}, Off: lone, Do: s.interact},
		{ID: "factors.map", Title: "Show the map of conditions, or the board", Short: "map", Keys: []string{"m"}, Off: none, Do: s.toggleMap},
		{ID: "factors.action", Title: "Write an action that answers it", Short: "action", Keys: []string{"f"}, Off: none, Do: s.action},
		{ID: "factors.mark", Title: "Mark it, to answer several with one action", Keys: []string{"space"}, Off: none, Do: s.mark},
		{ID: "factors.answers", Title: "Answer for each layer what would have prevented it", Short: "prevented by", Keys: []string{"c"}, Off: waiting, Do: s.askLayers},
		{ID: "factors.guide", Title: "The next good question", Short: "ask me", Keys: []string{"n"}, Off: waiting, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Guide}) }},
		field("layer", "Move it to another layer", "", "y", "layer"),
		field("area", "Set its area", "", "o", "area"),
		field("team", "Name the team that can change it", "", "t", "team"),
		field("text", "Edit its wording", "", "e", "statement"),
		{ID: "factors.uninteract", Title: "Remove what it is said to act on", Keys: []string{"I"}, Off: none, Do: s.uninteract},
		{ID: "factors.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "factors.delete", Title: "Remove this condition", Keys: []string{"x"}, Off: none, Do: s.remove},
	}
	if s.mode == detail {
		list = append(list, s.form.Aside("factors.aside"))
	}
	if s.mode == detail || s.mode == answers {
		list[1] = key.Action{ID: "factors.edit", Title: "Edit this field", Short: "edit", Keys: []string{"enter"}, Do: s.form.Edit}
	}
	if s.mode != board {
		list = append(list, key.Action{ID: "factors.board", Title: "Back to the board", Short: "board", Keys: []string{"esc"}, Do: s.show(board)})
	}
	return list
}

func (s *Screen) show(m mode) func() tea.Cmd {
	return func() tea.Cmd { s.mode = m; s.mapTop = 0; s.bind(); return nil }
}

// askLayers shows the question asked of each layer, and asks the first at once where nothing is answered yet.
func (s *Screen) askLayers() tea.Cmd {
	s.show(answers)()
	for _, r := range s.form.Rows {
		if !r.Heading && r.Value != "" {
			return nil
		}
	}
	return s.form.Edit()
}

// mark marks a condition, or takes the mark away, and goes on.
func (s *Screen) mark() tea.Cmd {
	if s.marked[s.focus] {
		delete(s.marked, s.focus)
	} else {
		s.marked[s.focus] = true
	}
	s.at++
	s.clamp()
	return nil
}

func (s *Screen) toggleMap() tea.Cmd {
	if s.mode == causeMap {
		return s.show(board)()
	}
	return s.show(causeMap)()
}

func (s *Screen) open(field string) tea.Cmd {
	if s.mode == answers {
		s.mode = board
	}
	s.bind()
	return s.form.Open(field)
}
