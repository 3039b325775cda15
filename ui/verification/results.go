package verification

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

func (s *Screen) resultRows(a model.Action) []widget.Row {
	rows := []widget.Row{{Heading: true, Label: "Results"}}
	for _, x := range s.record.ResultsOf(a.ID) {
		parts := []string{s.desk.Word("result_status", x.Status)}
		if x.Environment != "" {
			parts[0] += " in " + cell.Clean(x.Environment)
		}
		if x.Passed != "" || x.Failed != "" {
			parts = append(parts, fmt.Sprintf("%s passed, %s failed", cell.Clean(orNone(string(x.Passed))), cell.Clean(orNone(string(x.Failed)))))
		}
		for _, p := range []string{x.By, x.Note, x.URL} {
			if p != "" {
				parts = append(parts, cell.Clean(p))
			}
		}
		label := "Result"
		if !x.At.IsZero() {
			label = x.At.In(s.desk.ZoneOf(s.record.Incident)).Format("2006-01-02 15:04")
		}
		row := widget.Row{Name: string(x.ID), Label: label, Value: strings.Join(parts, " · ")}
		if x.Waived != "" {
			row.Note = "production came first: " + cell.Clean(x.Waived)
		}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		rows = append(rows, widget.Row{Name: "results", Label: "Results", Empty: "r records one by hand; a pipeline does it with `aftermath verify`"})
	}
	return rows
}

func orNone(count string) string {
	if count == "" {
		return "0"
	}
	return count
}

// recordResult asks for passed or failed, the environment, a reason where production comes first, and a note
// or a link.
func (s *Screen) recordResult() tea.Cmd {
	a, _ := s.here()
	status := &overlay.Pick{Name: "What did the verification show?", Help: cell.Clean(a.Title)}
	for _, w := range s.desk.Taxonomy["result_status"] {
		status.Options = append(status.Options, overlay.Option{Value: w.Value, Label: w.Label})
	}
	status.Done = func(st []string) tea.Cmd {
		where := &overlay.Pick{Name: "Where?", Help: "Staging before production.", Free: true, Options: []overlay.Option{{Value: "staging", Label: "staging"}, {Value: "production", Label: "production"}}}
		where.Done = func(env []string) tea.Cmd {
			x := model.Result{ID: s.desk.NewID(model.TypeResult), Action: a.ID, Status: st[0], Environment: env[0], By: s.desk.Author}
			if reason, _ := s.record.ResultRefused(x); reason != "" {
				return s.waive(a, x, reason)
			}
			return s.note(a, x)
		}
		return where.Open()
	}
	return status.Open()
}

// waive asks why production may come first. Leaving it leaves the result unrecorded.
func (s *Screen) waive(a model.Action, x model.Result, because string) tea.Cmd {
	e := &overlay.Edit{Name: "Production comes after staging", Verb: "go on", Help: strings.ToUpper(because[:1]) + because[1:] + ". If that has to be so, why? The reason is kept with the result."}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		x.Waived = strings.TrimSpace(text)
		return s.note(a, x)
	}
	return e.Open()
}

func (s *Screen) note(a model.Action, x model.Result) tea.Cmd {
	e := &overlay.Edit{Name: "What was seen?", Help: "A sentence, and a link if there is one. It may stay empty.", Draft: string(a.ID) + ".result"}
	e.Save = func(text string) tea.Cmd {
		x.Note, x.URL = cutLink(text)
		x.At = s.desk.Now()
		g := model.Gesture{Label: "record a result"}.
			Set(model.TypeResult, x.ID, "incident", string(s.record.Incident.ID)).
			Set(model.TypeResult, x.ID, "action", string(a.ID)).
			Set(model.TypeResult, x.ID, "status", x.Status).
			Set(model.TypeResult, x.ID, "environment", x.Environment).
			Set(model.TypeResult, x.ID, "note", orNil(x.Note)).
			Set(model.TypeResult, x.ID, "url", orNil(x.URL)).
			Set(model.TypeResult, x.ID, "by", x.By).
			Set(model.TypeResult, x.ID, "at", model.FormatTime(x.At))
		if x.Waived != "" {
			g = g.Set(model.TypeResult, x.ID, "waived", x.Waived)
		}
		return nav.Cmd(nav.Do{Gesture: g, Focus: a.ID, Say: s.said(a, x)})
	}
	return e.Open()
}

// said is what is worth telling once a result is recorded: where the stage may go, or no longer stands, and
// that others see more than an owner does.
func (s *Screen) said(a model.Action, x model.Result) string {
	after := *s.record
	after.Results = append(append([]model.Result{}, after.Results...), x)
	say := "Recorded."
	reason, _ := after.StageRefused(a, model.StageVerified)
	switch text := after.LadderText(a); {
	case text != "":
		say += " " + text
	case reason == "" && a.Stage == model.StageImplemented:
		say += " It may be set to verified: s."
	}
	if a.SelfVerified(x.By) {
		say += " Somebody other than the owner would see more."
	}
	return say
}

// cutLink takes a link out of a line.
func cutLink(text string) (note, url string) {
	var words []string
	for _, w := range strings.Fields(text) {
		if url == "" && (strings.HasPrefix(w, "https://") || strings.HasPrefix(w, "http://")) {
			url = w
		} else {
			words = append(words, w)
		}
	}
	return strings.Join(words, " "), url
}
