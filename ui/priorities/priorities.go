// Package priorities is step 5: where the leverage is. Frequency, impact and effort are set in place and
// the score follows at once, with its scale printed beside it. One key deeper are ranges in real units, and
// a simulation that says how firmly they order the work.
package priorities

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// fields are the three columns that the keys set.
var fields = []string{"frequency", "impact", "effort"}

// A mode is what is drawn of the ranking.
type mode int

const (
	table   mode = iota
	grid         // high, medium and low
	scatter      // the ranges
)

// Screen is the ranking of one incident's actions.
type Screen struct {
	desk    *desk.Desk
	store   Store
	record  *model.Record
	ranking model.Ranking
	sim     model.Simulation
	at      int
	column  int
	focus   model.ID
	mode    mode
	h       int

	inRanges   bool // the ranges of the selected action have the keys
	form       entry.Form
	past       []model.PastIncident // nil until they are read
	suggestion model.Suggestion

	simulating, reading int // generations, so that a late answer is known as one
}

// New is the ranking with focus selected.
func New(d *desk.Desk, store Store, focus model.ID) *Screen {
	return &Screen{desk: d, store: store, focus: focus, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Priorities" }

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

// Question follows the column, or the range under the cursor.
func (s *Screen) Question() string {
	if s.inRanges {
		return rangeQuestion(s.form.Here().Name)
	}
	return []string{"How often could this happen again if nothing changed?", "What does it cost when it does?", "How hard is the change?"}[s.column]
}

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Loaded:
		s.record = msg.Record
		s.ranking = model.Rank(msg.Record.Actions, s.desk.Scale, s.desk.CutLine)
		if i := slices.IndexFunc(s.ranking.Ranked, func(r model.Ranked) bool { return r.Action.ID == s.focus }); i >= 0 {
			s.at = i
		}
		s.clamp()
		return s.simulate()
	case simulated:
		s.settle(msg)
	case pastRead:
		return s.takePast(msg)
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

type simulated struct {
	generation int
	sim        model.Simulation
}

// simulate draws beside the screen's own work: a few thousand draws of many actions take longer than a key may.
func (s *Screen) simulate() tea.Cmd {
	s.simulating++
	generation, ranking, cut := s.simulating, s.ranking, s.desk.CutLine
	if !slices.ContainsFunc(ranking.Ranked, func(r model.Ranked) bool { return r.Worth.Known }) {
		s.sim = model.Simulation{}
		return nil
	}
	return func() tea.Msg { return simulated{generation, model.Simulate(ranking, cut)} }
}

func (s *Screen) settle(m simulated) {
	if m.generation == s.simulating {
		s.sim, s.ranking = m.sim, s.ranking.Settle(m.sim)
	}
}

func (s *Screen) move(k string) {
	if s.inRanges {
		s.form.Key(k, s.h)
		return
	}
	switch k {
	case "up", "k":
		s.at--
	case "down", "j":
		s.at++
	case "left":
		s.column = (s.column + len(fields) - 1) % len(fields)
	case "right":
		s.column = (s.column + 1) % len(fields)
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.ranking.Ranked) - 1
	}
	s.clamp()
}

func (s *Screen) clamp() {
	s.at = max(0, min(s.at, len(s.ranking.Ranked)-1))
	r, ok := s.here()
	if ok {
		s.focus = r.Action.ID
	}
	s.inRanges = s.inRanges && ok
	s.bind()
}

func (s *Screen) here() (model.Ranked, bool) {
	if s.at >= 0 && s.at < len(s.ranking.Ranked) {
		return s.ranking.Ranked[s.at], true
	}
	return model.Ranked{}, false
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	if s.inRanges {
		return s.rangeActions()
	}
	none := ""
	r, ok := s.here()
	if !ok {
		none = "no action is proposed or committed yet"
	}
	level := func(k, value, title string) key.Action {
		return key.Action{ID: "priorities." + value, Title: title + " in this column", Short: value, Keys: []string{k}, Off: none, Do: func() tea.Cmd { return s.set(value) }}
	}
	parked := "Park it below the line, with a reason"
	if r.Action.Parked != "" {
		parked = "Take it back from parking"
	}
	list := []key.Action{
		level("h", "high", "High"), level("m", "medium", "Medium"), level("l", "low", "Low"),
		{ID: "priorities.ranges", Title: "Estimate it in ranges: occurrences, loss, days", Short: "ranges", Keys: []string{"r"}, Off: none, Do: s.openRanges},
		{ID: "priorities.commit", Title: "Commit to it, or take the commitment back", Short: "commit", Keys: []string{"c"}, Off: none, Do: s.commit},
		{ID: "priorities.park", Title: parked, Short: "park", Keys: []string{"z"}, Off: none, Do: s.park},
		{ID: "priorities.plot", Title: "Show the plots of impact and effort, or the table", Short: "plot", Keys: []string{"v"}, Off: none, Do: s.turn},
		{ID: "priorities.math", Title: "Show the numbers behind this score", Short: "math", Keys: []string{"enter"}, Off: none, Do: s.math},
		{ID: "priorities.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "priorities.clear", Title: "Clear this column", Keys: []string{"backspace"}, Off: none, Do: func() tea.Cmd { return s.set("") }},
	}
	if s.mode != table {
		list = append(list, key.Action{ID: "priorities.table", Title: "Back to the table", Short: "table", Keys: []string{"esc"}, Do: func() tea.Cmd { s.mode = table; return nil }})
	}
	return list
}

// turn goes from the table to the plots that there is something to draw in, the one of the order first.
func (s *Screen) turn() tea.Cmd {
	order := []mode{table, grid, scatter}
	if s.ranking.ByRanges {
		order = []mode{table, scatter, grid}
	}
	scored := slices.ContainsFunc(s.ranking.Ranked, func(r model.Ranked) bool { return r.Scored })
	for range order {
		s.mode = order[(slices.Index(order, s.mode)+1)%len(order)]
		if s.mode == table || s.mode == grid && (scored || !s.ranking.ByRanges) || s.mode == scatter && len(s.spots()) > 0 {
			return nil
		}
	}
	return nil
}

func (s *Screen) set(level string) tea.Cmd {
	r, _ := s.here()
	var v any
	if level != "" {
		v = level
	}
	name := fields[s.column]
	if level != "" && s.column < len(fields)-1 {
		s.column++ // the next question of the same row
	}
	return nav.Cmd(nav.Do{Gesture: model.Gesture{Label: "set " + name}.Set(model.TypeAction, r.Action.ID, name, v), Focus: r.Action.ID})
}

func (s *Screen) commit() tea.Cmd {
	r, _ := s.here()
	g, more := r.Action.Commit()
	if !more {
		return nav.Cmd(nav.Say{Text: entry.Further(s.desk, r.Action)})
	}
	return nav.Cmd(nav.Do{Gesture: g, Focus: r.Action.ID})
}

func (s *Screen) park() tea.Cmd {
	r, _ := s.here()
	if r.Action.Parked != "" {
		g := model.Gesture{Label: "take an action back from parking"}.Set(model.TypeAction, r.Action.ID, "parked", nil)
		return nav.Cmd(nav.Do{Gesture: g, Focus: r.Action.ID})
	}
	f, _ := model.Named(model.TypeAction, "parked")
	return overlay.Field{Type: model.TypeAction, ID: r.Action.ID, Field: f, Env: entry.Env(s.desk, s.record)}.Open()
}

// math opens a place in the order to the numbers behind it.
func (s *Screen) math() tea.Cmd {
	r, _ := s.here()
	parts := []string{r.Action.Title}
	switch {
	case r.Scored:
		parts = append(parts, "frequency × impact ÷ effort:  "+r.Formula)
	case !s.ranking.ByRanges:
		parts = append(parts, "No score yet: it "+r.Needs+".")
	}
	if r.Scored || !s.ranking.ByRanges {
		parts = append(parts, s.scaleText()+" A score orders the work; nine is not nine times better than one.")
	}
	if r.Worth.Known {
		parts = append(parts, "occurrences × loss × share removed ÷ days:\n"+r.Worth.Formula(), s.expected(r.Worth))
	}
	if st, ok := s.sim.Of(r.Action.ID); ok {
		parts = append(parts, s.drawn(st), fmt.Sprintf("Each range is drawn %s times from the PERT distribution: low, four times likely, high. Neighbours share a rank while one is above the other in fewer than %s of draws: half would be a coin.",
			model.Amount(model.Draws), model.Percent(model.TieBelow)))
		if g := s.group(); g.Swing.Text != "" {
			parts = append(parts, g.Swing.Text+" Each estimate is tried at both of its ends while all others keep their expectation.")
		}
	}
	return overlay.Open(&overlay.Tell{Name: "The math", Text: strings.Join(parts, "\n\n")})
}
