package evidence

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// Views are the saved filters of an incident.
type Views struct {
	Desk     *desk.Desk
	Incident model.ID
	Saved    []model.View
	Env      model.Env
	Use      func(model.EventQuery) tea.Cmd
}

// NoneToSave says why a filter cannot be saved.
func NoneToSave(q model.EventQuery) string {
	if Unfiltered(q) != "" {
		return "nothing is filtered out; F narrows"
	}
	return ""
}

// Save asks for a name and keeps the filters of q under it.
func (v Views) Save(q model.EventQuery) tea.Cmd {
	open := &overlay.Edit{Name: "Save this filter under a name", Help: Only(q, v.Env), Draft: ""}
	open.Check = func(text string) (string, bool) {
		if _, known := model.ViewNamed(v.Saved, text); known {
			return "This name is taken; saving replaces what it lets through.", true
		}
		return "", strings.TrimSpace(text) != ""
	}
	open.Save = func(text string) tea.Cmd {
		return nav.Cmd(nav.Do{Gesture: model.SaveView(v.Incident, v.Saved, v.Desk.NewID(model.TypeView), text, q), Say: "Saved. V lists the saved filters."})
	}
	return open.Open()
}

// saveThis stands in the list for saving what is shown now.
const saveThis = "save this"

// Open lists the saved filters: one is used, named anew or deleted. What q filters can be saved from here too.
func (v Views) Open(q model.EventQuery) tea.Cmd {
	p := &overlay.Pick{Name: "Saved filters", Help: "Which one shows what you look for?"}
	byID := map[string]model.View{}
	for _, s := range v.Saved {
		byID[string(s.ID)] = s
		help := "no filter that can be read"
		if query, err := model.ParseView(s.Query); err == nil {
			help = Only(query.Query(""), v.Env)
		}
		p.Options = append(p.Options, overlay.Option{Value: string(s.ID), Label: s.Name, Help: help})
	}
	if NoneToSave(q) == "" {
		p.Options = append(p.Options, overlay.Option{Value: saveThis, Label: "Save this filter", Help: Only(q, v.Env)})
	}
	if len(p.Options) == 0 {
		return nav.Cmd(nav.Say{Text: "No filter is saved yet. F narrows what is shown, S saves that under a name."})
	}
	p.Done = func(values []string) tea.Cmd {
		if values[0] == saveThis {
			return v.Save(q)
		}
		query, err := model.ParseView(byID[values[0]].Query)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		return v.Use(query.Query(v.Incident))
	}
	p.More = []overlay.More{
		{Key: "ctrl+e", Verb: "rename", Do: func(value string) tea.Cmd { return v.rename(byID[value]) }},
		{Key: "ctrl+d", Verb: "delete", Do: func(value string) tea.Cmd { return v.remove(byID[value]) }},
	}
	return p.Open()
}

func (v Views) rename(s model.View) tea.Cmd {
	if s.ID == "" {
		return nil
	}
	open := &overlay.Edit{Name: "What is this filter called?", Text: s.Name}
	open.Check = func(text string) (string, bool) {
		if other, taken := model.ViewNamed(v.Saved, text); taken && other.ID != s.ID {
			return "Another filter has this name.", false
		}
		return "", strings.TrimSpace(text) != ""
	}
	open.Save = func(text string) tea.Cmd {
		g := model.Gesture{Label: "rename a filter"}.Set(model.TypeView, s.ID, "name", strings.TrimSpace(text))
		return nav.Cmd(nav.Do{Gesture: g})
	}
	return open.Open()
}

func (v Views) remove(s model.View) tea.Cmd {
	if s.ID == "" {
		return nil
	}
	g := model.Remove(s.ID)
	return nav.Cmd(nav.Do{Gesture: g, Say: "Deleted. u brings it back."})
}
