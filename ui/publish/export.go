package publish

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/overlay"
)

// about explains the words of a choice.
var about = map[string]string{
	"executive":          "Half a page: what happened, to whom, what changes, when we will know.",
	"engineering":        "Everything.",
	"public":             "Roles for names, and nothing of the evidence.",
	"markdown":           "Text for the wiki that the profile names.",
	"html":               "One file that opens in any browser and prints, with its drawings.",
	"confluence-storage": "For Confluence's API and its source editor.",
	"github":             "Pictures as Mermaid, tables, task lists.",
	"gitlab":             "The same, with GitLab's own references left as text.",
	"techdocs":           "For Backstage; what it would rewrite stands in code.",
	"confluence":         "To paste into its editor: no pictures, no comments.",
	"notion":             "To paste or import: tables and boxes, no HTML.",
	"plain":              "Readable as it is, in a mail or a terminal.",
}

func (s *Screen) pick(name, help, chosen string, values []string, take func(string)) tea.Cmd {
	p := &overlay.Pick{Name: name, Help: help, Chosen: []string{chosen}}
	for _, v := range values {
		p.Options = append(p.Options, overlay.Option{Value: v, Label: v, Help: about[v]})
	}
	p.Done = func(v []string) tea.Cmd {
		take(v[0])
		s.scroll.Reset()
		return s.render()
	}
	return p.Open()
}

func (s *Screen) pickAudience() tea.Cmd {
	return s.pick("Audience", "Who reads it.", s.form.Audience, s.writer.Audiences(), func(v string) { s.form.Audience = v })
}

func (s *Screen) pickProfile() tea.Cmd {
	return s.pick("Profile", "Where the text will be read.", s.form.Profile, s.writer.Profiles(), func(v string) { s.form.Profile, s.form.Format = v, markdown })
}

func (s *Screen) pickFormat() tea.Cmd {
	return s.pick("Format", "What is written.", s.form.Format, s.writer.Formats(), func(v string) { s.form.Format = v })
}

// export asks where to. For readers outside it first says what they would see. A credential gets to nobody outside,
// and to our own people after a yes.
func (s *Screen) export() tea.Cmd {
	secrets := s.secrets()
	switch {
	case s.form.Audience == public && len(secrets) > 0:
		return overlay.Open(&overlay.Tell{Name: "A credential stands in it",
			Text: fmt.Sprintf("Readers outside would see %s, in %s. r says what stands instead, or sets it aside for a reason.", first(secrets, 3), places(secrets))})
	case s.form.Audience == public && len(s.leaks) > 0:
		return overlay.Open(&overlay.Ask{Name: "Readers outside would see names or addresses", Yes: "write it all the same", Do: s.askPath(),
			Text: fmt.Sprintf("They would see %s, in %s. r says what stands instead.", first(s.leaks, 3), places(s.leaks))})
	case len(secrets) > 0:
		return overlay.Open(&overlay.Ask{Name: "A credential stands in it", Yes: "write it all the same", Do: s.askPath(),
			Text: fmt.Sprintf("Readers would see %s, in %s. r sets it aside for a reason.", first(secrets, 3), places(secrets))})
	}
	return s.askPath()
}

func (s *Screen) askPath() tea.Cmd {
	e := &overlay.Edit{Verb: "write it", Name: "Write the document to which file?", Help: "A document of ours under that name is replaced.", Text: s.fileName()}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd { return s.save(strings.TrimSpace(text)) }
	return e.Open()
}

func (s *Screen) fileName() string {
	name := s.record.Incident.Key
	if s.form.Audience != engineering {
		name += "-" + s.form.Audience
	}
	switch s.form.Format {
	case "html":
		return name + ".html"
	case "confluence-storage":
		return name + ".xml"
	}
	return name + ".md"
}

func (s *Screen) save(path string) tea.Cmd {
	writer, r, doc := s.writer, s.record, s.document
	return overlay.SaveFile(func(over bool) (string, error) { return writer.Save(r, path, doc, over) })
}
