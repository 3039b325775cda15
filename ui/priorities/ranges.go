package priorities

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/theme"
)

// A Store knows what happened before.
type Store interface {
	Past(context.Context) ([]model.PastIncident, error)
}

type pastRead struct {
	generation int
	list       []model.PastIncident
	err        error
}

var rangeFields = []string{"occurrences", "loss", "loss_unit", "days", "removes"}

func rangeQuestion(field string) string {
	switch field {
	case "loss", "loss_unit":
		return "What does one occurrence cost, and in what is that counted?"
	case "days":
		return "How many person-days, until it is in the system and verified?"
	case "removes":
		return "How much of that would the change take away?"
	}
	return "How often in a year if nothing changed: low, likely, high?"
}

// openRanges gives the keys to the ranges of the selected action, and reads how often such a thing happened.
func (s *Screen) openRanges() tea.Cmd {
	s.inRanges = true
	s.bind()
	s.reading++
	generation := s.reading
	return func() tea.Msg {
		list, err := s.store.Past(context.Background())
		return pastRead{generation, list, err}
	}
}

func (s *Screen) takePast(m pastRead) tea.Cmd {
	if m.generation != s.reading {
		return nil
	}
	if m.err != nil {
		return nav.Cmd(nav.Fail{Err: m.err})
	}
	s.past = append([]model.PastIncident{}, m.list...)
	s.bind()
	return nil
}

// bind shows the ranges of the selected action.
func (s *Screen) bind() {
	r, ok := s.here()
	if !ok || s.record == nil {
		s.form.Set(nil)
		return
	}
	a := r.Action
	s.form.Quiet = !s.inRanges
	s.form.After = func(field string, g model.Gesture) model.Gesture {
		s.goOn(field)
		return s.alsoTheUnit(a, field, g)
	}
	s.form.Bind(a, model.TypeAction, a.ID, entry.Env(s.desk, s.record), rangeFields...)
	for i, row := range s.form.Rows {
		f, _ := model.Named(model.TypeAction, row.Name)
		if v, ok := model.RangeOf(model.TypeAction, row.Name, row.Value); ok && row.Value != "" {
			unit := f.Unit
			if row.Name == "loss" {
				unit = model.LossUnit(a)
			}
			s.form.Rows[i].Value = cell.Clean(v.In(unit))
		} else if f.Kind == model.Ranged && row.Value != "" {
			s.form.Rows[i].Note = "no range that can be read, so it does not count"
		}
	}
	empty := map[string]string{"occurrences": "such as 2 4 9, or about 4", "loss": "low, likely, high", "loss_unit": model.DefaultLossUnit, "days": "low, likely, high", "removes": "all of it"}
	for i, row := range s.form.Rows {
		s.form.Rows[i].Empty = empty[row.Name]
	}
	s.suggestion = model.Suggestion{}
	if s.past != nil && s.inRanges {
		s.suggestion = model.SuggestFrequency(*s.record, a, s.past, s.desk.Now())
	}
}

// goOn goes to the next question of an action whose answer was open; who corrects a range stays with it. The
// unit is seldom another one.
func (s *Screen) goOn(field string) {
	next := map[string]string{"occurrences": "loss", "loss": "days", "days": "removes"}[field]
	if next != "" && s.form.Here().Name == field && s.form.Here().Value == "" {
		s.form.Find(next)
	}
}

// alsoTheUnit gives an action that gets its first loss the unit that the others are counted in, so that they
// stay comparable.
func (s *Screen) alsoTheUnit(a model.Action, field string, g model.Gesture) model.Gesture {
	if field != "loss" || a.Loss != "" || a.LossUnit != "" {
		return g
	}
	units := s.units()
	if len(units) != 1 || units[0] == model.DefaultLossUnit {
		return g
	}
	return g.Set(model.TypeAction, a.ID, "loss_unit", units[0])
}

// units are those that the losses of this record are counted in.
func (s *Screen) units() (list []string) {
	for _, a := range s.record.Actions {
		if u := model.LossUnit(a); a.Loss != "" && !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

func (s *Screen) rangeActions() []key.Action {
	nothing := ""
	r, _ := s.here()
	switch {
	case s.past == nil:
		nothing = "what happened before is still being read"
	case s.suggestion.Count == 0:
		nothing = "this file does not suggest one"
	case model.SuggestedFrom(r.Action) != "" && r.Action.Occurrences == s.suggestion.Range.String():
		nothing = "it is accepted already"
	}
	return []key.Action{
		{ID: "priorities.edit_range", Title: "Edit this range", Short: "edit", Keys: []string{"enter"}, Do: s.editRange},
		{ID: "priorities.accept", Title: "Accept the suggested frequency", Short: "accept suggestion", Keys: []string{"f"}, Off: nothing, Do: s.accept},
		{ID: "priorities.range_math", Title: "Show the numbers behind this place", Short: "math", Keys: []string{"m"}, Do: s.math},
		{ID: "priorities.range_history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "priorities.list", Title: "Back to the ranking", Short: "ranking", Keys: []string{"esc"}, Do: func() tea.Cmd { s.inRanges = false; s.bind(); return nil }},
	}
}

func (s *Screen) editRange() tea.Cmd {
	if s.form.Here().Name != "loss_unit" {
		return s.form.Edit()
	}
	r, _ := s.here()
	p := &overlay.Pick{Name: "What is the loss counted in?", Help: "One unit for the whole file keeps actions comparable. Type another one.", Free: true, Chosen: []string{model.LossUnit(r.Action)}}
	for _, u := range append(s.units(), model.DefaultLossUnit, "EUR", "requests") {
		if !slices.ContainsFunc(p.Options, func(o overlay.Option) bool { return o.Value == u }) {
			p.Options = append(p.Options, overlay.Option{Value: u, Label: u})
		}
	}
	p.Done = func(v []string) tea.Cmd {
		f, _ := model.Named(model.TypeAction, "loss_unit")
		unit, err := model.ParseValue(f, model.TypeAction, v[0], s.form.Env)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		return nav.Cmd(nav.Do{Gesture: model.Gesture{Label: "change the unit of the loss"}.Set(model.TypeAction, r.Action.ID, "loss_unit", unit), Focus: r.Action.ID})
	}
	return p.Open()
}

func (s *Screen) accept() tea.Cmd {
	r, _ := s.here()
	return nav.Cmd(nav.Do{Gesture: s.suggestion.Accept(r.Action.ID, s.desk.Author, s.desk.Now()), Focus: r.Action.ID, Say: "Accepted. It says where it comes from, and by whom."})
}

// expected says what ranges come to.
func (s *Screen) expected(w model.Worth) string {
	return fmt.Sprintf("Expected: %s %s removed a year, %s for each person-day.", model.Amount(w.Removed), w.Unit, model.Amount(w.PerDay))
}

// drawn says what the simulation found about one action.
func (s *Screen) drawn(st model.Standing) string {
	list := s.comparable(st.Action)
	if len(list) < 2 {
		return "No other action has ranges in " + st.Worth.Unit + ", so there is nothing to compare it with."
	}
	place := fmt.Sprintf("Place %d", st.RankLow)
	if st.RankHigh > st.RankLow {
		place = fmt.Sprintf("Places %d to %d", st.RankLow, st.RankHigh)
	}
	text := fmt.Sprintf("%s of %d in nine of ten draws", place, len(list))
	if s.ranking.ByRanges && len(list) > s.desk.CutLine && !st.Parked && st.Above < 1 {
		text += ", above the line in " + model.Percent(st.Above)
	}
	switch {
	case st.Firm == 0:
	case st.Tied():
		text += "; a tie with the next (" + model.Percent(st.Firm) + ")"
	default:
		text += "; above the next in " + model.Percent(st.Firm)
	}
	if !s.ranking.ByRanges {
		return "By ranges: " + strings.ToLower(text[:1]) + text[1:] + "."
	}
	return text + "."
}

// comparable are the standings of the actions that one can be compared with, itself included.
func (s *Screen) comparable(id model.ID) []model.Standing {
	for _, g := range s.sim.Groups {
		if slices.ContainsFunc(g.Standings, func(x model.Standing) bool { return x.Action == id }) {
			return g.Standings
		}
	}
	return nil
}

// panelRows is how many lines the ranges take: a rule, the fields, and what is said about them.
const panelRows = 12

// panel draws the ranges of the selected action.
func (s *Screen) panel(th *theme.Theme, w, h int) []string {
	r, _ := s.here()
	title := cell.Cut(" Ranges: "+cell.Clean(r.Action.Title)+" ", w-4)
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, 2)) + th.Strong.Paint(title) +
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, max(0, w-2-cell.Width(title))))}
	lines = append(lines, s.form.View(th, w, min(len(rangeFields), max(1, h-2)))...)
	say := func(ink theme.Style, text string) {
		for _, l := range cell.Wrap(cell.Clean(text), w-4) {
			lines = append(lines, cell.Fit("  "+ink.Paint(l), w))
		}
	}
	switch from := model.SuggestedFrom(r.Action); {
	case from != "":
		say(th.Soft, "Suggested: "+from+".")
	case s.past == nil:
		say(th.Soft, "Reading how often it happened in this file")
	case s.suggestion.Count > 0:
		say(th.Accent, s.suggestion.Text)
	default:
		say(th.Soft, s.suggestion.Text)
	}
	switch lacks := model.RangesLack(r.Action); {
	case r.Worth.Known:
		say(th.Text, s.expected(r.Worth))
		if st, ok := s.sim.Of(r.Action.ID); ok {
			say(th.Text, s.drawn(st))
		}
	case lacks != nil:
		say(th.Soft, "Still open for a comparison: "+model.Both(lacks)+".")
	}
	return cell.Block(lines, w, h)
}
