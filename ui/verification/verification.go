// Package verification is step 6: how we will know that a change worked. Each action has a plan, and the
// results of running it.
package verification

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// Screen is the plans of one incident's actions.
type Screen struct {
	desk    *desk.Desk
	store   Store
	record  *model.Record
	actions []model.Action // those that are to be verified
	at      int
	focus   model.ID
	inPlan  bool // the plan of the selected action has the keys
	form    entry.Form
	w, h    int

	templates  []model.TemplateRecord
	generation int // of the reading of templates
}

// New is the plans with focus selected.
func New(d *desk.Desk, store Store, focus model.ID) *Screen {
	s := &Screen{desk: d, store: store, focus: focus, w: 80, h: 20}
	s.form.Quiet = true
	return s
}

// Title names the step.
func (s *Screen) Title() string { return "Verification" }

// Init reads the templates; the record comes from the root.
func (s *Screen) Init() tea.Cmd { return s.read() }

// Question follows the field under the cursor.
func (s *Screen) Question() string {
	if s.inPlan {
		switch s.form.Here().Name {
		case "rollback":
			return "If it does harm, how is it taken back, and who can do that?"
		case "success_signal", "harm_signal":
			return "Which signal confirms it, and which would show that it did harm?"
		case "data", "environment":
			return "With which data, and where, is it tried before production?"
		}
	}
	return "How will we know that it worked?"
}

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Changed:
		if msg.Focus.Type() == model.TypeAction {
			s.focus = msg.Focus
		}
		return s.read()
	case kept:
		return s.keep(msg)
	case nav.Loaded:
		s.take(msg.Record)
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

func (s *Screen) take(r *model.Record) {
	s.record, s.actions = r, nil
	for _, a := range r.Actions {
		if a.Answers() && a.Stage != model.StageAccepted {
			s.actions = append(s.actions, a)
		}
	}
	if i := slices.IndexFunc(s.actions, func(a model.Action) bool { return a.ID == s.focus }); i >= 0 {
		s.at = i
	}
	s.clamp()
}

func (s *Screen) here() (model.Action, bool) {
	if s.at >= 0 && s.at < len(s.actions) {
		return s.actions[s.at], true
	}
	return model.Action{}, false
}

var planFields = []string{"owner", "due", "criteria", "#Plan", "environment", "data"}
var afterFields = []string{"expected", "#If it goes wrong, and how we watch it", "rollback", "success_signal", "harm_signal", "watch", "verifier"}

// asks is what an open field of the plan asks for.
var asks = map[string]string{
	"environment":    "Where is it tried before production?",
	"data":           "Which data does it need?",
	"expected":       "What shows that it works?",
	"rollback":       "How is it taken back, and who can do that?",
	"success_signal": "Which signal confirms it?",
	"harm_signal":    "Which signal would show harm?",
	"watch":          "How long are the signals watched?",
	"verifier":       "Who verifies? Somebody other than the owner sees more.",
}

func (s *Screen) clamp() {
	s.at = max(0, min(s.at, len(s.actions)-1))
	a, ok := s.here()
	if !ok {
		s.form.Set(nil)
		return
	}
	s.focus = a.ID
	s.form.Bind(a, model.TypeAction, a.ID, entry.Env(s.desk, s.record), planFields...)
	rows := append(s.form.Rows, s.stepRows(a)...)
	rows = append(rows, s.form.Make(afterFields...)...)
	for i, row := range rows {
		if asks[row.Name] != "" {
			rows[i].Empty = asks[row.Name]
		}
		if row.Name == "verifier" && a.SelfVerified(a.Verifier) {
			rows[i].Note = "the owner; somebody else would see more"
		}
		if row.Heading && row.Label == "Plan" {
			rows[i].Label = s.planHeading(a)
		}
	}
	if t, ok := s.templateOf(a); ok {
		rows = append(rows, widget.Row{Name: "template", Label: "Template", Value: cell.Clean(t.Name) + " · " + t.Text()})
	}
	rows = append(rows, s.resultRows(a)...)
	s.form.Set(rows)
}

// planHeading says what the plan still asks for, in one calm line.
func (s *Screen) planHeading(a model.Action) string {
	lacks := s.record.PlanLacks(a)
	if len(lacks) == 0 {
		return "Plan: complete"
	}
	return "Plan, still open: " + cell.Clean(model.Both(lacks))
}

func (s *Screen) steps(a model.Action) (list []model.Step) {
	for _, x := range s.record.Steps {
		if x.Action == a.ID {
			list = append(list, x)
		}
	}
	return list
}

func (s *Screen) stepRows(a model.Action) []widget.Row {
	var rows []widget.Row
	for i, x := range s.steps(a) {
		value := cell.Clean(x.Do)
		if x.Expect != "" {
			value += "\nexpect: " + cell.Clean(x.Expect)
		}
		rows = append(rows, widget.Row{Name: string(x.ID), Label: "Step " + string(rune('1'+i%9)), Value: value})
	}
	if len(rows) == 0 {
		rows = append(rows, widget.Row{Name: "steps", Label: "Steps", Empty: "a adds one: what to do => what to see"})
	}
	return rows
}

func (s *Screen) move(k string) {
	if s.inPlan {
		s.form.Key(k, s.h)
		return
	}
	switch k {
	case "up", "k":
		s.at--
	case "down", "j":
		s.at++
	case "home":
		s.at = 0
	case "end":
		s.at = len(s.actions) - 1
	}
	s.clamp()
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	none := ""
	if _, ok := s.here(); !ok {
		none = "no action is proposed or committed yet"
	}
	noTemplate := none
	if none == "" && len(s.templates) == 0 {
		noTemplate = "no template is saved yet; w saves this plan as one"
	}
	all := []key.Action{
		{ID: "verification.plan", Title: "Open the plan of this action", Short: "plan", Keys: []string{"enter"}, Off: none, Do: s.plan(true)},
		{ID: "verification.add_step", Title: "Add a step: what to do => what to see", Short: "add step", Keys: []string{"a"}, Off: none, Do: s.addStep},
		{ID: "verification.result", Title: "Record a result by hand", Short: "result", Keys: []string{"r"}, Off: none, Do: s.recordResult},
		{ID: "verification.stage", Title: "Set the action's stage", Short: "stage", Keys: []string{"s"}, Off: none, Do: func() tea.Cmd { return s.form.Open("stage") }},
		{ID: "verification.use_template", Title: "Fill the plan from a template", Short: "template", Keys: []string{"t"}, Off: noTemplate, Do: s.useTemplate},
		{ID: "verification.rollback", Title: "Write the rollback plan", Short: "rollback", Keys: []string{"b"}, Off: none, Do: func() tea.Cmd { return s.form.Open("rollback") }},
		{ID: "verification.save_template", Title: "Save this plan as a template", Keys: []string{"w"}, Off: none, Do: s.saveTemplate},
		{ID: "verification.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "verification.remove", Title: "Remove this step or result", Keys: []string{"x"}, Off: s.notRemovable(), Do: s.remove},
	}
	if s.inPlan {
		all[0] = key.Action{ID: "verification.edit", Title: "Edit this field", Short: "edit", Keys: []string{"enter"}, Off: none, Do: s.edit}
		all = append(all, key.Action{ID: "verification.list", Title: "Back to the list of actions", Short: "actions", Keys: []string{"esc"}, Do: s.plan(false)})
	}
	return all
}

// plan gives the keys to the plan of the selected action, or back to the list.
func (s *Screen) plan(in bool) func() tea.Cmd {
	return func() tea.Cmd {
		s.inPlan, s.form.Quiet = in, !in
		return nil
	}
}

func (s *Screen) notRemovable() string {
	if t := model.ID(s.form.Here().Name).Type(); s.inPlan && (t == model.TypeStep || t == model.TypeResult) {
		return ""
	}
	return "the cursor is not on a step or a result"
}

func (s *Screen) edit() tea.Cmd {
	id := model.ID(s.form.Here().Name)
	switch {
	case id == "steps":
		return s.addStep()
	case id == "results":
		return s.recordResult()
	case id == "template":
		return s.useTemplate()
	case id.Type() == model.TypeStep:
		for _, x := range s.record.Steps {
			if x.ID == id {
				return s.editStep(x)
			}
		}
	case id.Type() == model.TypeResult:
		f, _ := model.Named(model.TypeResult, "note")
		for _, x := range s.record.Results {
			if x.ID == id {
				return overlay.Field{Type: model.TypeResult, ID: id, Field: f, Value: x.Note, Env: entry.Env(s.desk, s.record)}.Open()
			}
		}
	}
	return s.form.Edit()
}

func (s *Screen) addStep() tea.Cmd {
	a, _ := s.here()
	last := ""
	for _, x := range s.steps(a) {
		last = max(last, x.Pos)
	}
	id := s.desk.NewID(model.TypeStep)
	return s.typeStep("Add a step", "", string(a.ID)+".step", func(do, expect string) model.Gesture {
		return model.Gesture{Label: "add a step"}.
			Set(model.TypeStep, id, "incident", string(s.record.Incident.ID)).
			Set(model.TypeStep, id, "action", string(a.ID)).
			Set(model.TypeStep, id, "do", do).
			Set(model.TypeStep, id, "expect", orNil(expect)).
			Set(model.TypeStep, id, "pos", s.desk.Between(last, ""))
	})
}

func (s *Screen) editStep(x model.Step) tea.Cmd {
	return s.typeStep("Step", model.JoinStep(x.Do, x.Expect), string(x.ID)+".step", func(do, expect string) model.Gesture {
		return model.Gesture{Label: "change a step"}.Set(model.TypeStep, x.ID, "do", do).Set(model.TypeStep, x.ID, "expect", orNil(expect))
	})
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (s *Screen) typeStep(name, text, draft string, gesture func(do, expect string) model.Gesture) tea.Cmd {
	e := &overlay.Edit{Name: name, Help: "Deploy a build with the wrong pool size to staging => it rolls back within 2 minutes", Text: text, Draft: draft}
	e.Check = func(text string) (string, bool) {
		switch do, expect := model.CutStep(text); {
		case do == "":
			return "", false
		case expect == "":
			return "What will be seen when it works? Write it after " + model.StepArrow + ".", true
		}
		return "", true
	}
	e.Save = func(text string) tea.Cmd {
		return nav.Cmd(nav.Do{Gesture: gesture(model.CutStep(text)), Focus: s.focus})
	}
	return e.Open()
}

func (s *Screen) remove() tea.Cmd {
	id := model.ID(s.form.Here().Name)
	g := model.Remove(id)
	return nav.Cmd(nav.Do{Gesture: g, Focus: s.focus, Say: "Removed. u takes it back."})
}
