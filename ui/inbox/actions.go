package inbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/key"
	"aftermath/ui/nav"
)

// roleKeys are letters out of each role's word; s, b, d and w note what the timeline's do.
var roleKeys = []struct{ role, key string }{
	{"trigger", "t"}, {"detection", "n"}, {"diagnosis", "a"}, {"decision", "c"}, {"repair", "r"}, {"communication", "o"}, {"recovery", "y"},
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }

// Actions of the inbox, in the order of the foot: what is decided most comes first.
func (s *Screen) Actions() []key.Action {
	if s.over() {
		return append([]key.Action{{ID: "inbox.timeline", Title: "Go to the timeline", Short: "timeline", Keys: []string{"enter"}, Do: goTo(nav.Timeline)}}, s.ways()...)
	}
	return slices.Concat(s.roles(), s.decisions(), s.ways(), s.notes())
}

func goTo(p nav.Place) func() tea.Cmd {
	return func() tea.Cmd { return nav.Cmd(nav.Go{To: p}) }
}

// bare tells whether nothing was imported yet.
func (s *Screen) bare() bool { return s.shown() == tally{} && s.unfiltered() != "" && !s.grouping }

// none says why nothing can be decided now; one, why not on several lines or a group.
func (s *Screen) none() string {
	if s.grouping {
		if g, ok := s.group(); !ok {
			return "there is no group left"
		} else if g.Shape == "" {
			return "these lines have no words to go by; look inside"
		}
		return ""
	}
	if _, ok := s.Here(); !ok {
		return "there is no line left"
	}
	return ""
}

func (s *Screen) one() string {
	switch {
	case s.grouping:
		return "look inside the group first"
	case s.selecting():
		return "it is said of one line; esc ends the selection"
	}
	return s.none()
}

func (s *Screen) roles() (list []key.Action) {
	for _, r := range roleKeys {
		label, known := "", false
		for _, w := range s.desk.Taxonomy["event_role"] {
			if w.Value == r.role {
				label, known = cell.Clean(w.Label), true
			}
		}
		if known {
			list = append(list, key.Action{ID: "inbox." + r.role, Title: "Role: " + strings.ToLower(label), Short: strings.ToLower(label), Keys: []string{r.key},
				Off: s.none(), Do: func() tea.Cmd { return s.play(r.role, label) }})
		}
	}
	return list
}

func (s *Screen) decisions() []key.Action {
	none := s.none()
	if s.grouping {
		return []key.Action{
			{ID: "inbox.look", Title: "Look inside the group", Short: "look inside", Keys: []string{"enter"}, Off: s.noGroup(), Do: s.look},
			{ID: "inbox.all_like", Title: "Dismiss all lines like this, later ones too", Short: "dismiss all", Keys: []string{"X", "x"}, Off: none, Do: s.sweepGroup},
			{ID: "inbox.stand", Title: "Keep one line that stands for all", Short: "keep one for all", Keys: []string{"J"}, Off: none, Do: func() tea.Cmd {
				return s.standForAll(func(id model.ID) model.Gesture { return model.Keep(id) }, "Kept")
			}},
		}
	}
	return []key.Action{
		{ID: "inbox.keep", Title: "Keep it as it stands", Short: "keep", Keys: []string{"enter"}, Off: none, Do: s.keep},
		{ID: "inbox.noise", Title: "Dismiss: it tells nothing about the incident", Short: "noise", Keys: []string{"x"}, Off: none, Do: s.noise},
		{ID: "inbox.all_like", Title: "Dismiss all lines like this, later ones too", Short: s.likeIt(), Keys: []string{"X"}, Off: s.noLike(), Do: s.allLike},
		{ID: "inbox.merge", Title: "Merge into the line above it in the narrative", Short: "merge", Keys: []string{"J"}, Off: cmp.Or(none, s.noneAbove()), Do: s.merge},
		{ID: "inbox.all_of_bot", Title: "Dismiss everything that its author wrote here, later lines too", Keys: []string{"B"}, Off: s.noBot(), Do: s.allOfBot},
	}
}

// likeIt is what the foot says of dismissing all that is alike: nothing, where a line is alone.
func (s *Screen) likeIt() string {
	n := s.offer.alike
	if s.selecting() {
		return "all like them"
	}
	if e, ok := s.Here(); ok && s.offer.line.ID == "" {
		n = s.like(e).Count
	}
	if n < 2 && s.offer.line.ID == "" {
		return ""
	}
	return fmt.Sprintf("all %d like it", n)
}

// over tells whether nothing is left to decide.
func (s *Screen) over() bool {
	left := len(s.Page.Events) == 0
	if s.grouping {
		left = s.grouped && len(s.groups) == 0
	}
	return s.Ready && left && s.unfiltered() != "" && s.inside == nil && !s.bare()
}

func (s *Screen) noGroup() string {
	if _, ok := s.group(); !ok {
		return "there is no group left"
	}
	return ""
}

// noLike says why nothing can be dismissed by its shape.
func (s *Screen) noLike() string {
	switch {
	case s.grouping:
		return s.none()
	case s.offer.line.ID != "" && s.offer.alike == 0:
		return "nothing left is like it"
	case s.offer.line.ID != "":
		return ""
	case s.none() == "" && !slices.ContainsFunc(s.selection(), func(l line) bool { return model.LineShape(l.Title) != "" }):
		return "the line has no words to go by"
	}
	return s.none()
}

func (s *Screen) noneAbove() string {
	if _, ok := s.above(); !ok {
		return "no line of the narrative stands above it"
	}
	return ""
}

func (s *Screen) noBot() string {
	e := s.botLine()
	switch {
	case s.grouping:
		return "look inside the group first"
	case e.ID == "":
		return "there is no line left"
	case e.Actor == "":
		return "the line names nobody"
	}
	if s.record != nil {
		for _, p := range s.record.Participants {
			if strings.EqualFold(p.Name, e.Actor) {
				return cell.Clean(p.Name) + " takes part in this retrospective"
			}
		}
	}
	return ""
}

// ways lead through the inbox and out of it.
func (s *Screen) ways() []key.Action {
	grouped := ""
	if s.grouping {
		grouped = "groups are decided one by one"
	}
	noSweep := "no lines are dismissed as a group"
	if s.record != nil && len(s.record.Sweeps) > 0 {
		noSweep = ""
	}
	groups, bring := "groups", ""
	if s.grouping {
		groups = "single lines"
	}
	if s.Ready && s.bare() {
		bring = "import"
	}
	list := []key.Action{
		{ID: "inbox.groups", Title: "Group lines that are alike, or show single lines", Short: groups, Keys: []string{"z"}, Do: s.toggle},
		{ID: "inbox.select", Title: "Begin or end a selection; a decision takes all of it", Short: "select", Keys: []string{"v"}, Off: cmp.Or(grouped, s.none()), Do: s.selectLines},
		{ID: "inbox.moment", Title: "Mark a key moment", Short: "moment", Keys: []string{"m"}, Off: s.one(), Do: func() tea.Cmd { return s.note("moment") }},
		{ID: "inbox.search", Title: "Show only lines with these words", Keys: []string{"/"}, Do: s.search},
		{ID: "inbox.filter", Title: "Filter by source, kind, person, service, time; show housekeeping", Keys: []string{"F"}, Do: s.filter},
		{ID: "inbox.filters", Title: "Saved filters: use, save, rename or delete one", Keys: []string{"V"}, Do: s.views},
		{ID: "inbox.housekeeping", Title: "Show or hide housekeeping", Keys: []string{"h"}, Do: s.housekeeping},
		{ID: "inbox.all", Title: "Show everything again", Keys: []string{"A"}, Off: s.unfiltered(), Do: s.clear},
		{ID: "inbox.sweeps", Title: "List what is dismissed as a group; bring it back", Keys: []string{"S"}, Off: noSweep, Do: s.listSweeps},
		{ID: "inbox.import", Title: "Import evidence", Short: bring, Keys: []string{"i"}, Do: goTo(nav.Import)},
	}
	switch {
	case s.selecting():
		list = append(list, key.Action{ID: "inbox.leave", Title: "End the selection", Keys: []string{"esc"}, Do: func() tea.Cmd { s.endSelection(); return nil }})
	case s.inside != nil:
		list = append(list, key.Action{ID: "inbox.leave_group", Title: "Back to the groups", Keys: []string{"esc"}, Do: s.leaveGroup})
	case s.grouping:
		list = append(list, key.Action{ID: "inbox.leave_groups", Title: "Back to single lines", Keys: []string{"esc"}, Do: s.toggle})
	}
	return list
}

// notes are what can be noted on a line before it is decided on.
func (s *Screen) notes() (list []key.Action) {
	one := s.one()
	for _, n := range []struct{ id, title, key, field string }{
		{"signals", "Signals: what could be seen then", "s", "signals"},
		{"belief", "Belief: what people thought was going on", "b", "belief"},
		{"decided", "Decision: what was decided", "d", "decision"},
		{"why", "Why it made sense then", "w", "why"},
		{"text", "Correct the text, beside the original", "e", "title"},
	} {
		list = append(list, key.Action{ID: "inbox." + n.id, Title: n.title, Keys: []string{n.key}, Off: one, Do: func() tea.Cmd { return s.note(n.field) }})
	}
	return append(list,
		key.Action{ID: "inbox.role", Title: "Role: choose from the list", Keys: []string{"R"}, Off: s.none(), Do: s.pickRole},
		key.Action{ID: "inbox.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: s.one(),
			Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.Focus}) }})
}
