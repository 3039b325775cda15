// Package actions is step 4: what changes to the system would make this unlikely to happen again, beside
// the conditions that they answer.
package actions

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
)

type mode int

const (
	list mode = iota
	detail
	matrix
)

// Screen is the list of actions of one incident, with their coverage of its conditions.
type Screen struct {
	desk      *desk.Desk
	store     Store
	record    *model.Record
	past      []model.PastAction
	looked    bool             // the past was asked for
	proposals []model.Proposal // for the selected action
	rows      []row
	at        int
	focus     model.ID
	mode      mode
	form      entry.Form
	h         int

	across, down int // the part of the matrix in sight
}

// A row is an action, or a condition that no action answers yet.
type row struct {
	action model.Action
	factor model.Factor
	bare   bool // it is the uncovered condition
}

func (r row) id() model.ID {
	if r.bare {
		return r.factor.ID
	}
	return r.action.ID
}

// New is the list with focus selected.
func New(d *desk.Desk, s Store, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, focus: focus, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Actions" }

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

// Question follows the selected row.
func (s *Screen) Question() string {
	r, ok := s.here()
	switch {
	case ok && r.bare:
		return "What would make this condition harder to repeat?"
	case ok && r.action.Strength == "weak":
		return "What would make this hold even when nobody remembers it?"
	case ok && r.action.Owner == "":
		return "Who sees this through, and by when?"
	}
	return "What change would make this unlikely to happen again?"
}

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Changed:
		if t := msg.Focus.Type(); t == model.TypeAction || t == model.TypeFactor {
			s.focus = msg.Focus
		}
	case nav.Loaded:
		s.load(msg.Record)
		if !s.looked { // other incidents do not change while this one is worked on
			s.looked = true
			return s.readPast()
		}
	case pastRead:
		s.past = msg.past
		s.clamp()
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

// load lists what is decided or being decided, then the parked ideas, then what was set aside with its reason,
// and at the end the conditions that nothing answers.
func (s *Screen) load(r *model.Record) {
	s.record, s.rows = r, nil
	for part := range 3 {
		for _, a := range r.Actions {
			if partOf(a) == part {
				s.rows = append(s.rows, row{action: a})
			}
		}
	}
	for _, f := range model.Cover(r.Factors, r.Actions).Uncovered {
		s.rows = append(s.rows, row{factor: f, bare: true})
	}
	if i := slices.IndexFunc(s.rows, func(x row) bool { return x.id() == s.focus }); i >= 0 {
		s.at = i
	}
	s.clamp()
}

// partOf is the part of the list that an action stands in.
func partOf(a model.Action) int {
	switch a.Stage {
	case model.StageIdea:
		return 1
	case model.StageWontDo, model.StageAccepted:
		return 2
	}
	return 0
}

func (s *Screen) clamp() {
	if s.record == nil {
		return
	}
	s.at = max(0, min(s.at, len(s.rows)-1))
	r, ok := s.here()
	if !ok {
		s.form.Set(nil)
		return
	}
	s.focus = r.id()
	if r.bare {
		return
	}
	s.form.Label = s.factorName
	s.form.Known = s.known
	s.form.Words = s.record
	s.form.Bind(r.action, model.TypeAction, r.action.ID, entry.Env(s.desk, s.record), detailFields...)
	s.propose(r.action)
}

var detailFields = []string{"title", "stage", "factors", "lever", "effect", "strength", "#Who and when", "owner", "due", "criteria",
	"#Target", "metric", "direction", "baseline", "target", "unit", "by", "measured", "#More", "detail", "url", "reason", "until", "parked",
	"#Outcome", "outcome", "outcome_value", "outcome_note", "outcome_on"}

func (s *Screen) factorName(id string) string {
	for _, f := range s.record.Factors {
		if string(f.ID) == id {
			return cell.Clean(f.Statement)
		}
	}
	return "a removed condition (" + id + ")"
}

func (s *Screen) known(string) (ids []string) {
	for _, f := range s.record.Factors {
		ids = append(ids, string(f.ID))
	}
	return ids
}

func (s *Screen) here() (row, bool) {
	if s.at >= 0 && s.at < len(s.rows) {
		return s.rows[s.at], true
	}
	return row{}, false
}

func (s *Screen) move(k string) {
	switch s.mode {
	case detail:
		s.form.Key(k, s.h)
		return
	case matrix:
		s.moveMatrix(k)
		return
	}
	switch k {
	case "up", "k":
		s.at--
	case "down", "j":
		s.at++
	case "pgup":
		s.at -= 5
	case "pgdown":
		s.at += 5
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.rows) - 1
	}
	s.clamp()
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	waiting, none := "", ""
	if s.record == nil {
		waiting = "the record is still being read"
	}
	r, ok := s.here()
	switch {
	case !ok:
		none = "there is no action yet"
	case r.bare:
		none = "the cursor is on a condition, not on an action"
	}
	noProposals, noProposal, takeShort := none, none, ""
	if none == "" && len(s.proposals) == 0 {
		noProposals, noProposal = "nothing is proposed for it", "nothing is proposed for it"
	} else if _, found := s.proposal(s.form.Here().Name); none == "" && (s.mode != detail || !found) {
		noProposal = "nothing is proposed for this field"
	} else if none == "" {
		takeShort = "take it"
	}
	field := func(id, title, short, k, name string) key.Action {
		return key.Action{ID: "actions." + id, Title: title, Short: short, Keys: []string{k}, Off: none, Do: func() tea.Cmd { return s.form.Open(name) }}
	}
	all := []key.Action{
		{ID: "actions.add", Title: "Add an action", Short: "add", Keys: []string{"a"}, Off: waiting, Do: s.add},
		{ID: "actions.detail", Title: "Open the details of this action", Short: "details", Keys: []string{"enter"}, Off: none, Do: s.show(detail)},
		{ID: "actions.commit", Title: "Commit to it, or take the commitment back", Short: "commit", Keys: []string{"c"}, Off: none, Do: s.commit},
		field("factors", "Choose the conditions it answers", "answers", "f", "factors"),
		field("owner", "Name its owner", "owner", "o", "owner"),
		field("due", "Set the day by which it is done", "due", "d", "due"),
		field("lever", "Say what it aims at", "aim", "l", "lever"),
		field("strength", "Say how strong it is", "strength", "t", "strength"),
		{ID: "actions.matrix", Title: "Show which action answers which condition", Short: "coverage", Keys: []string{"m"}, Off: waiting, Do: s.toggleMatrix},
		field("stage", "Set its stage", "", "s", "stage"),
		field("effect", "Say where in an incident it acts", "", "w", "effect"),
		field("text", "Edit its wording", "", "e", "title"),
		{ID: "actions.take", Title: "Take the proposal for this field", Short: takeShort, Keys: []string{"="}, Off: noProposal, Do: s.take},
		{ID: "actions.take_all", Title: "Take what is proposed for this action, but for its target", Keys: []string{"+"}, Off: noProposals, Do: s.takeAll},
		{ID: "actions.aside", Title: "Decide against it, or accept the risk", Keys: []string{"r"}, Off: none, Do: s.setAside},
		{ID: "actions.idea", Title: "Park an idea for later", Keys: []string{"i"}, Off: waiting, Do: s.idea},
		{ID: "actions.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "actions.delete", Title: "Remove this action", Keys: []string{"x"}, Off: none, Do: s.remove},
	}
	if s.mode == detail {
		all = append(all, s.form.Aside("actions.aside"))
		all[1] = key.Action{ID: "actions.edit", Title: "Edit this field", Short: "edit", Keys: []string{"enter"}, Off: none, Do: s.form.Edit}
	} else if ok && r.bare {
		all[1] = key.Action{ID: "actions.answer", Title: "Write an action that answers this condition", Short: "answer it", Keys: []string{"enter"}, Do: s.add}
	}
	if s.mode != list {
		all = append(all, key.Action{ID: "actions.list", Title: "Back to the list", Short: "list", Keys: []string{"esc"}, Do: s.show(list)})
	}
	return all
}

func (s *Screen) show(m mode) func() tea.Cmd {
	return func() tea.Cmd { s.mode = m; return nil }
}

func (s *Screen) toggleMatrix() tea.Cmd {
	if s.mode == matrix {
		s.mode = list
	} else {
		s.mode = matrix
	}
	return nil
}

func (s *Screen) idea() tea.Cmd { return entry.Idea(s.desk, s.record, "") }

// add takes one line; on an uncovered condition it answers that one.
func (s *Screen) add() tea.Cmd {
	env := entry.Env(s.desk, s.record)
	help, answers := entry.ActionHelp, []model.ID(nil)
	if r, ok := s.here(); ok && r.bare {
		answers = []model.ID{r.factor.ID}
		help += "\nIt answers: " + cell.Cut(cell.Clean(r.factor.Statement), mostNamed)
	}
	return entry.Line{
		Name: "What change would make this unlikely to happen again?", Help: help, Draft: string(s.record.Incident.ID) + "." + model.StageProposed,
		Record: s.record, Type: model.TypeAction,
		Read: func(text string) (model.Captured, error) { return model.CaptureAction(text, env) },
		Save: func(c model.Captured) nav.Do {
			id, g := entry.NewAction(s.desk, s.record, c, model.StageProposed, answers...)
			return nav.Do{Gesture: g, Focus: id}
		},
	}.Open()
}

// mostNamed is how much of a condition is told to name it, on the narrowest screen.
const mostNamed = 44

// promised is how many actions of the retrospective somebody has promised, or done already.
func (s *Screen) promised() (n int) {
	for _, x := range s.record.Actions {
		if x.Committed() {
			n++
		}
	}
	return n
}

// commit promises an action. The sixth promise is a question, not a refusal.
func (s *Screen) commit() tea.Cmd {
	r, _ := s.here()
	a := r.action
	g, more := a.Commit()
	if !more {
		return nav.Cmd(nav.Say{Text: entry.Further(s.desk, a)})
	}
	do := nav.Do{Gesture: g, Focus: a.ID}
	if a.Stage != model.StageCommitted && s.promised() >= s.desk.CutLine {
		do.Say = "More than five is a red flag: which of them goes? Step 5 ranks them."
	}
	return nav.Cmd(do)
}

func (s *Screen) remove() tea.Cmd {
	r, _ := s.here()
	g := model.Remove(r.action.ID)
	return nav.Cmd(nav.Do{Gesture: g, Say: "Removed. u takes it back."})
}
