package importers

import (
	"bytes"
	"io"
	"strings"

	"aftermath/model"
)

var statuspageSource = Source{
	Name: "statuspage", Title: "Statuspage", About: "incidents and maintenances of a status page: its API, webhooks, history.atom and history.rss",
	Detect: detectStatuspage, parse: parseStatuspage,
}

// statuspageLists are the names of the lists that the API answers with.
var statuspageLists = map[string]bool{"incidents": true, "scheduled_maintenances": true}

func detectStatuspage(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return detectFeed(head)
	}
	switch {
	case hasMembers(head, "incident_updates") && hasAnyMember(head, "display_at", "shortlink", "impact", "page_id"):
		return Sure, "incidents with the updates of a status page"
	case hasMembers(head, "page", "scheduled_maintenances"), hasMembers(head, "page", "incidents", "time_zone"):
		return Sure, "an answer of a status page"
	case hasMembers(head, "component_update", "component"):
		return Sure, "a webhook of a status page"
	}
	return No, ""
}

// statuspageReading is one reading of a status page.
type statuspageReading struct {
	recorder
	page string
}

func parseStatuspage(r *run) error {
	s := &statuspageReading{recorder: recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error {
		if head := f.head(); !looksLikeJSON(head) && bytes.Contains(head, []byte("<")) {
			return s.feed(content)
		}
		return r.records(content, func(key string) bool { return statuspageLists[key] }, func(rec jsonRecord) error {
			s.rec = rec
			s.page = objectOf(rec.page["page"]).text("name")
			return s.record(objectOf(rec.raw))
		})
	})
}

// record gives the events of an incident, of a webhook, or of a page that holds one.
func (s *statuspageReading) record(o object) error {
	if o.has("page") {
		s.page = o.in("page").text("name")
	}
	switch {
	case o.has("component_update"):
		return s.component(o.in("component_update"), o.in("component"))
	case o.has("incident"):
		return s.incident(o.in("incident"))
	case o.has("scheduled_maintenance"):
		return s.incident(o.in("scheduled_maintenance"))
	case o.has("name") && (o.has("incident_updates") || o.has("created_at")):
		return s.incident(o)
	}
	return s.refuse("it is no incident of a status page")
}

// incident gives one event for each update of an incident, or the incident itself when it has none.
func (s *statuspageReading) incident(o object) error {
	updates := o.list("incident_updates")
	if len(updates) > 0 {
		for _, u := range updates {
			if err := s.update(o, u); err != nil {
				return err
			}
		}
		return nil
	}
	e := s.about(o, firstOf(o.text("status"), "reported"), "incident", o.text("id"))
	e.Service, e.Body = s.page, planned(o)
	return s.give(o.text("started_at", "created_at"), o.text("updated_at"))
}

// about begins an event that tells the status of an incident.
func (s *statuspageReading) about(incident object, status string, id ...string) *model.Event {
	e := s.begin(firstOf(kindOf(status), "status"), id...)
	e.Title, e.URL = incident.text("name")+": "+strings.ReplaceAll(status, "_", " "), incident.text("shortlink")
	return e
}

// update gives one update at the time that the page shows for it, which its author may have set back.
func (s *statuspageReading) update(incident, u object) error {
	status := firstOf(u.text("status"), "update")
	e := s.about(incident, status, "update", u.text("id"))
	body := u.text("body")
	if status == "postmortem" {
		body = firstOf(body, incident.text("postmortem_body"))
	}
	e.Service = s.page
	components := u.list("affected_components")
	if len(components) == 1 {
		e.Service = firstOf(components[0].text("name"), s.page)
	}
	e.Body = joinLines(body, componentLines(components), planned(incident))
	return s.give(u.text("display_at", "created_at"), u.text("updated_at"))
}

func componentLines(components []object) string {
	var lines []string
	for _, c := range components {
		lines = append(lines, c.text("name")+": "+statusChange(c))
	}
	return strings.Join(lines, "\n")
}

// statusChange is the status that a component came to, after the one before when it differs.
func statusChange(c object) string {
	change := firstOf(c.text("new_status"), c.text("status"))
	if from := c.text("old_status"); from != "" && from != change {
		change = from + " → " + change
	}
	return strings.ReplaceAll(change, "_", " ")
}

// planned tells the impact and, of a maintenance, when it was to take place.
func planned(incident object) string {
	text := named("impact", incident.text("impact"))
	if from := incident.text("scheduled_for"); from != "" {
		text = joinLines(text, "scheduled for "+from+" until "+firstOf(incident.text("scheduled_until"), "an open end"))
	}
	return text
}

func (s *statuspageReading) component(update, component object) error {
	name := firstOf(component.text("name"), "component")
	e := s.begin("status", "component_update", update.text("id"))
	e.Title, e.Body, e.Service = name+": "+statusChange(update), component.text("description"), name
	return s.give(update.text("created_at"), component.text("updated_at"))
}
