package timeline

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/widget"
)

// Question follows the selected event.
func (s *Screen) Question() string {
	e, ok := s.Here()
	if !ok {
		return "What actually happened, minute by minute?"
	}
	at := e.At.In(s.zone()).Format("15:04")
	who := cell.Clean(e.Actor)
	switch {
	case e.Decision != "" && e.Why == "":
		return fmt.Sprintf("At %s this was decided. Why did it make sense then?", at)
	case e.Role == "decision" || e.Kind == "decision" || e.Kind == "action":
		return strings.TrimSpace(fmt.Sprintf("%s %s acted. What was believed, and which signal was in sight?", at, who))
	case e.Kind == "deploy" || e.Kind == "change":
		return "What did this change, and what was checked before it went out?"
	case e.Kind == "alert" || e.Kind == "page":
		return fmt.Sprintf("At %s, what did this signal say, and what did it leave open?", at)
	}
	return "What actually happened?  What people saw and believed then, not since."
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }

func (s *Screen) env() model.Env {
	env := entry.Env(s.desk, s.record)
	if e, ok := s.Here(); ok && env.From.IsZero() {
		env.Day = e.At.In(env.Zone)
	}
	return env
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	none := ""
	if _, ok := s.Here(); !ok {
		none = "there is no event yet"
	}
	note := func(id, title, short, k, field string) key.Action {
		return key.Action{ID: "timeline." + id, Title: title, Short: short, Keys: []string{k}, Off: none, Do: func() tea.Cmd { return s.edit(field) }}
	}
	first := ""
	if _, ok := s.Above(); !ok {
		first = "there is no line above this one"
	}
	bare := none
	if s.unfiltered() == "" {
		bare = "" // the picture shows what is filtered out around it
	}
	list := []key.Action{
		{ID: "timeline.add_event", Title: "Add a line", Short: "add", Keys: []string{"a"}, Do: s.add},
		{ID: "timeline.detail", Title: "Open the details of this event", Short: "details", Keys: []string{"enter"}, Off: none, Do: s.enter},
		note("signals", "Signals: what could be seen then", "signal", "s", "signals"),
		note("belief", "Belief: what people thought was going on", "belief", "b", "belief"),
		note("decision", "Decision: what was decided", "decision", "d", "decision"),
		note("why", "Why it made sense then", "why", "w", "why"),
		note("role", "Role of this event in the response", "role", "r", "role"),
		{ID: "timeline.moment", Title: "Mark a key moment", Short: "key moment", Keys: []string{"m"}, Off: none, Do: s.mark},
		{ID: "timeline.noise", Title: "Mark as noise, or take the mark back", Short: "noise", Keys: []string{"x"}, Off: none, Do: s.noise},
		{ID: "timeline.merge", Title: "Merge into the line above, or part again", Keys: []string{"J"}, Off: cmp.Or(none, first), Do: s.merge},
		{ID: "timeline.factor", Title: "Make a contributing factor of this", Short: "factor", Keys: []string{"f"}, Off: none, Do: s.factor},
		{ID: "timeline.search", Title: "Show only lines with these words", Short: "filter", Keys: []string{"/"}, Do: s.search},
		{ID: "timeline.picture", Title: "Show the whole time as a picture", Short: "picture", Keys: []string{"v"}, Off: bare, Do: s.picture},
		{ID: "timeline.filter", Title: "Filter by source, kind, role, person, service, time; show what is hidden", Keys: []string{"F"}, Do: s.filter},
		{ID: "timeline.during", Title: "Show only what fell into a stretch of time", Keys: []string{"T"}, Do: s.stretchOfTime},
		{ID: "timeline.save_filter", Title: "Save the filter under a name", Keys: []string{"S"}, Off: evidence.NoneToSave(s.Query), Do: func() tea.Cmd { return s.views().Save(s.Query) }},
		{ID: "timeline.filters", Title: "Saved filters: use, rename or delete one", Keys: []string{"V"}, Do: func() tea.Cmd { return s.views().Open(s.Query) }},
		note("time", "Correct the time, beside the original", "", "t", "at"),
		note("text", "Correct the text, beside the original", "", "e", "title"),
		{ID: "timeline.inbox", Title: "Triage what was imported", Keys: []string{"I"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Inbox}) }},
		{ID: "timeline.collect", Title: "Collect evidence from live sources", Keys: []string{"c"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Collect}) }},
		{ID: "timeline.origin", Title: "Where this comes from, down to the record", Keys: []string{"o"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Origin, Focus: s.Focus}) }},
		{ID: "timeline.import", Title: "Import evidence", Keys: []string{"i"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Import}) }},
		{ID: "timeline.doubts", Title: "Doubts: times that cannot be right", Keys: []string{"D"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Doubts}) }},
		{ID: "timeline.known", Title: "What was known then, from this line on", Keys: []string{"K"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Known, Focus: s.Focus}) }},
		{ID: "timeline.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.Focus}) }},
		{ID: "timeline.all", Title: "Show everything again", Keys: []string{"A"}, Off: s.unfiltered(), Do: s.clear},
	}
	if s.detail {
		list = append(list, s.form.Aside("timeline.aside"))
		list[1] = key.Action{ID: "timeline.detail", Title: "Edit this field", Short: "edit", Keys: []string{"enter"}, Off: none, Do: s.editHere}
		list = append(list, key.Action{ID: "timeline.list", Title: "Back to the list", Short: "list", Keys: []string{"esc"}, Do: s.leave})
	}
	return list
}

func (s *Screen) enter() tea.Cmd { s.detail = true; s.setForm(); return nil }
func (s *Screen) leave() tea.Cmd { s.detail = false; return nil }

// add takes one line of text: time, who, what.
func (s *Screen) add() tea.Cmd {
	env := s.env()
	return entry.Line{
		Name: "Add a line", Help: entry.EventHelp, Draft: string(s.Query.Incident) + ".capture",
		Record: s.record, Type: model.TypeEvent,
		Read: func(text string) (model.Captured, error) { return model.CaptureEvent(text, env) },
		Save: func(c model.Captured) nav.Do {
			id := s.desk.NewID(model.TypeEvent)
			return nav.Do{Gesture: c.Gesture(s.Query.Incident, id), Focus: id}
		},
		Paste: func(text string) tea.Cmd { return nav.Cmd(nav.Go{To: nav.Import, Paste: text}) },
	}.Open()
}

// edit opens one field of the selected event.
func (s *Screen) edit(field string) tea.Cmd {
	s.setForm()
	return s.form.Open(field)
}

func (s *Screen) editHere() tea.Cmd {
	name := s.form.Here().Name
	if name == "" || strings.HasPrefix(name, "=") {
		return nil
	}
	return s.edit(name)
}

// mark names the key moment of the selected event, and gives the incident its time in the same gesture.
func (s *Screen) mark() tea.Cmd { return s.edit("moment") }

func (s *Screen) afterEdit(field string, g model.Gesture) model.Gesture {
	e, _ := s.Here()
	i := model.Incident{ID: s.Query.Incident}
	if s.record != nil {
		i = s.record.Incident
	}
	return evidence.Moment(field, i, e, g)
}

func (s *Screen) noise() tea.Cmd {
	e, _ := s.Here()
	g := model.Gesture{Label: "mark as noise"}
	if e.Noise {
		g = model.Gesture{Label: "take the mark back"}.Set(model.TypeEvent, e.ID, "noise", nil)
	} else {
		g = g.Set(model.TypeEvent, e.ID, "noise", true)
	}
	next := e.ID
	if i := s.At - s.Page.Offset + 1; i < len(s.Page.Events) && !s.Query.WithNoise {
		next = s.Page.Events[i].ID
	}
	return nav.Cmd(nav.Do{Gesture: g, Focus: next})
}

func (s *Screen) merge() tea.Cmd {
	e, _ := s.Here()
	up, _ := s.Above()
	if e.MergedInto != "" {
		return nav.Cmd(nav.Do{Gesture: model.Gesture{Label: "part merged lines"}.Set(model.TypeEvent, e.ID, "merged_into", nil), Focus: e.ID})
	}
	into := up.ID
	if up.MergedInto != "" {
		into = up.MergedInto
	}
	g := model.Gesture{Label: "merge into the line above"}.Set(model.TypeEvent, e.ID, "merged_into", string(into))
	return nav.Cmd(nav.Do{Gesture: g, Focus: into, Say: "Merged. The line is kept as evidence; u parts them."})
}

// factor makes a condition of an event: the event becomes its evidence.
func (s *Screen) factor() tea.Cmd {
	e, _ := s.Here()
	env := s.env()
	return entry.Line{
		Name: "Which condition made this possible?", Help: entry.FactorHelp, Draft: string(e.ID) + ".factor",
		Record: s.record, Type: model.TypeFactor,
		Read: func(text string) (model.Captured, error) { return model.CaptureFactor(text, env) },
		Save: func(c model.Captured) nav.Do {
			id := s.desk.NewID(model.TypeFactor)
			g := c.Gesture(s.Query.Incident, id).
				Set(model.TypeFactor, id, model.Member("evidence", string(e.ID)), true).
				Set(model.TypeFactor, id, "by", s.desk.Author)
			if s.record != nil {
				g = g.Set(model.TypeFactor, id, "pos", s.desk.Between(entry.LastPos(s.record.Factors, func(f model.Factor) string { return f.Pos }), ""))
			}
			return nav.Do{Gesture: g, Focus: e.ID, Say: "A factor with this event as its evidence. Step 3 shows it."}
		},
	}.Open()
}

// detailFields are what the form of an event asks.
var detailFields = []string{"at", "title", "actor", "kind", "role", "moment", "signals", "belief", "decision", "why", "service", "body", "end", "url", "reason"}

func (s *Screen) setForm() {
	e, ok := s.Here()
	if !ok {
		s.form.Set(nil)
		return
	}
	s.form.Words, s.form.Given = s.record, evidence.Given(e)
	s.form.After = s.afterEdit
	s.form.Bind(e, model.TypeEvent, e.ID, s.env(), detailFields...)
	rows := s.form.Rows
	if !e.OriginalAt.IsZero() {
		rows[0].Value += "   was " + desk.Stamp(e.OriginalAt, s.zone())
	}
	if e.OriginalTitle != "" {
		rows[1].Value += "\nwas: " + cell.Clean(e.OriginalTitle)
	}
	for _, p := range [][2]string{{"Source", e.Source}, {"Written as", e.TimeText}, {"Zone from", e.ZoneSource}, {"Id there", e.ExternalID}} {
		if p[1] != "" {
			rows = append(rows, widget.Row{Name: "=" + p[0], Label: p[0], Value: cell.Clean(p[1])})
		}
	}
	s.form.Set(rows)
}
