package exporters

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"time"

	"aftermath/model"
)

// What a template of the team's own may take.
const (
	templateTime = 5 * time.Second
	templateSize = 16 << 20
)

// Template writes a document by a template of the team's own, in the language of text/template, over the
// record as `show --json` names it. docs/templates.md tells what there is. Where comments are not seen, the
// document ends with one that carries its digest, as any other.
func Template(w io.Writer, r Retro, audience, file, source string, comments bool) error {
	r, lines, _, err := r.forReaders(audience)
	if err != nil {
		return err
	}
	data, err := r.templateData(audience, lines)
	if err != nil {
		return err
	}
	t, err := template.New("template").Option("missingkey=error").Funcs(r.templateWords()).Parse(source)
	if err != nil {
		return templateFault(file, err)
	}
	out := &limited{until: time.Now().Add(templateTime)}
	done := make(chan error, 1)
	go func() { done <- t.Execute(out, data) }() // a template that never ends cannot be stopped; the program goes on without it
	select {
	case err = <-done:
	case <-time.After(templateTime + time.Second):
		err = errSlow
	}
	if err != nil {
		return templateFault(file, err)
	}
	if _, err = w.Write(out.b.Bytes()); err != nil || !comments {
		return err
	}
	_, err = io.WriteString(w, sealLine(true, r.Record.Incident.Key, out.b.Bytes()))
	return err
}

// TakesComments reports whether a file of this name can end with a comment that its readers do not see.
func TakesComments(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".html", ".htm", ".xml":
		return true
	}
	return false
}

var (
	errSlow = errors.New("it takes longer than 5 seconds")
	errLong = errors.New("it writes more than 16 MiB")
)

// limited takes only so much, for so long.
type limited struct {
	b     bytes.Buffer
	until time.Time
}

func (l *limited) Write(p []byte) (int, error) {
	switch {
	case l.b.Len()+len(p) > templateSize:
		return 0, errLong
	case time.Now().After(l.until):
		return 0, errSlow
	}
	return l.b.Write(p)
}

var templatePlace = model.Pattern(`^template: template:(\d+)(?::\d+)?: (.*)$`)

func templateFault(file string, err error) error {
	f := &model.Fault{Kind: model.FaultInput, What: "write by the template", File: file, Reason: err.Error(), Remedy: "docs/templates.md lists what a template can name and do"}
	for _, limit := range []error{errSlow, errLong} {
		if errors.Is(err, limit) {
			f.Reason = limit.Error()
		}
	}
	if m := templatePlace().FindStringSubmatch(err.Error()); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
		if f.Reason == err.Error() {
			f.Reason = regexp.MustCompile(`^executing "template" at `).ReplaceAllString(m[2], "")
		}
	}
	return f
}

// templateData is the record by the names of `show --json`. Every field is there, so that what is not known
// reads as nothing and a slip of the pen is told.
func (r Retro) templateData(audience string, lines timeline) (map[string]any, error) {
	body := lines.body()
	if audience == Public {
		body = forPublic(body)
	}
	b, err := json.Marshal(Show(r.Record, r.Scale))
	if err != nil {
		return nil, err
	}
	data := map[string]any{}
	if err := decode(b, &data); err != nil {
		return nil, err
	}
	events := make([]json.RawMessage, len(body))
	for i := range body {
		events[i] = body[i].AppendJSON(nil)
	}
	if b, err = json.Marshal(events); err != nil {
		return nil, err
	}
	var timeline []any
	if err := decode(b, &timeline); err != nil {
		return nil, err
	}
	data["timeline"], data["audience"] = timeline, audience
	for _, list := range []struct {
		name string
		t    model.Type
	}{{"participants", model.TypeParticipant}, {"imports", model.TypeImport}, {"clocks", model.TypeClock}, {"sweeps", model.TypeSweep}, {"dismissals", model.TypeDismissal},
		{"questions", model.TypeQuestion}, {"factors", model.TypeFactor}, {"interactions", model.TypeInteraction}, {"actions", model.TypeAction}, {"steps", model.TypeStep},
		{"results", model.TypeResult}, {"revisions", model.TypeRevision}, {"timeline", model.TypeEvent}} {
		entries, _ := data[list.name].([]any)
		if entries == nil {
			data[list.name] = []any{}
		}
		for _, e := range entries {
			complete(e, list.t)
		}
	}
	complete(data["incident"], model.TypeIncident)
	if _, known := data["alignment"]; !known {
		data["alignment"] = ""
	}
	return data, nil
}

// decode keeps numbers as they were typed.
func decode(b []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	return dec.Decode(into)
}

// complete gives an entry the fields that it says nothing in.
func complete(entry any, t model.Type) {
	e, ok := entry.(map[string]any)
	if !ok {
		return
	}
	for _, f := range model.Schema[t] {
		if _, known := e[f.Name]; known {
			continue
		}
		if f.Kind == model.Set {
			e[f.Name] = []any{}
		} else {
			e[f.Name] = ""
		}
	}
}

// templateWords are the functions of a template. None of them reads or writes anything.
func (r Retro) templateWords() template.FuncMap {
	at := func(v any) (time.Time, bool) {
		t, err := time.Parse(time.RFC3339Nano, fmt.Sprint(v))
		return t.In(r.Zone), err == nil
	}
	return template.FuncMap{
		"md":    func(v any) string { return styles["github"].cell(fmt.Sprint(v)) },
		"html":  func(v any) string { return xmlText(fmt.Sprint(v)) },
		"label": func(list string, v any) string { return r.Taxonomy.Label(list, fmt.Sprint(v)) },
		"short": func(v any) string { return r.ShortID(model.ID(fmt.Sprint(v))) },
		"clock": func(v any) string {
			if t, ok := at(v); ok {
				return t.Format("15:04")
			}
			return ""
		},
		"day": func(v any) string {
			if t, ok := at(v); ok {
				return t.Format("2 January 2006")
			}
			return dayText(fmt.Sprint(v))
		},
		"join": func(separator string, list []any) string {
			parts := make([]string, len(list))
			for i, v := range list {
				parts[i] = fmt.Sprint(v)
			}
			return strings.Join(parts, separator)
		},
		"lower": func(v any) string { return strings.ToLower(fmt.Sprint(v)) },
		"upper": func(v any) string { return strings.ToUpper(fmt.Sprint(v)) },
		"or_else": func(instead string, v any) any {
			if v == nil || v == "" {
				return instead
			}
			return v
		},
		"where": func(field string, value any, list []any) []any {
			kept := []any{}
			for _, e := range list {
				if m, ok := e.(map[string]any); ok && fmt.Sprint(m[field]) == fmt.Sprint(value) {
					kept = append(kept, e)
				}
			}
			return kept
		},
	}
}
