// Package priorities is step 5: where the leverage is. Frequency, impact and effort are set in place and
// the score follows at once, with its scale printed beside it.
package priorities

import (
	"slices"

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

// Screen is the ranking of one incident's actions.
type Screen struct {
	desk    *desk.Desk
	record  *model.Record
	ranking model.Ranking
	at      int
	column  int
	focus   model.ID
	plot    bool
}

// New is the ranking with focus selected.
func New(d *desk.Desk, focus model.ID) *Screen { return &Screen{desk: d, focus: focus} }

// Title names the step.
func (s *Screen) Title() string { return "Priorities" }

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

// Question follows the column.
func (s *Screen) Question() string {
	return []string{"How often could this happen again if nothing changed?", "What does it cost when it does?", "How hard is the change?"}[s.column]
}

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.Loaded:
		s.record = msg.Record
		s.ranking = model.Rank(msg.Record.Actions, s.desk.Scale, s.desk.CutLine)
		if i := slices.IndexFunc(s.ranking.Ranked, func(r model.Ranked) bool { return r.Action.ID == s.focus }); i >= 0 {
			s.at = i
		}
		s.clamp()
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

func (s *Screen) move(k string) {
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
	if r, ok := s.here(); ok {
		s.focus = r.Action.ID
	}
}

func (s *Screen) here() (model.Ranked, bool) {
	if s.at >= 0 && s.at < len(s.ranking.Ranked) {
		return s.ranking.Ranked[s.at], true
	}
	return model.Ranked{}, false
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
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
	return []key.Action{
		level("h", "high", "High"), level("m", "medium", "Medium"), level("l", "low", "Low"),
		{ID: "priorities.commit", Title: "Commit to it, or take the commitment back", Short: "commit", Keys: []string{"c"}, Off: none, Do: s.commit},
		{ID: "priorities.park", Title: parked, Short: "park", Keys: []string{"z"}, Off: none, Do: s.park},
		{ID: "priorities.plot", Title: "Show the plot of impact and effort, or the table", Short: "plot", Keys: []string{"v"}, Off: none, Do: func() tea.Cmd { s.plot = !s.plot; return nil }},
		{ID: "priorities.math", Title: "Show the numbers behind this score", Short: "math", Keys: []string{"enter"}, Off: none, Do: s.math},
		{ID: "priorities.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "priorities.clear", Title: "Clear this column", Keys: []string{"backspace"}, Off: none, Do: func() tea.Cmd { return s.set("") }},
	}
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
	stage, label := model.StageCommitted, "commit to an action"
	if r.Action.Stage == model.StageCommitted {
		stage, label = model.StageProposed, "take a commitment back"
	}
	return nav.Cmd(nav.Do{Gesture: model.Gesture{Label: label}.Set(model.TypeAction, r.Action.ID, "stage", stage), Focus: r.Action.ID})
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

// math opens a score to the numbers behind it.
func (s *Screen) math() tea.Cmd {
	r, _ := s.here()
	text := r.Action.Title + "\n\n"
	if r.Known {
		text += "frequency × impact ÷ effort:  " + r.Formula
	} else {
		text += "No score yet: it " + r.Needs + "."
	}
	text += "\n\n" + s.scaleText() + " A score orders the work; nine is not nine times better than one."
	return overlay.Open(&overlay.Tell{Name: "The math", Text: text})
}
