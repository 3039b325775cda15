package exporters

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"aftermath/model"
)

// What a template of the team's own may take. Both are counted and not timed, so that a template that works once
// works always.
const (
	templateSteps = 1 << 20 // rounds of its loops and uses of its parts
	templateSize  = 16 << 20
)

// Template writes a document by a template of the team's own, in the language of text/template, over the
// record as `show --json` names it. docs/templates.md tells what there is. Where comments are not seen, the
// document ends with one that carries its digest, as any other.
func Template(w io.Writer, r Retro, audience, file, source string, comments bool) error {
	standing, err := r.settle().Standing()
	if err != nil {
		return err
	}
	r, lines, _, err := r.forReaders(audience)
	if err != nil {
		return err
	}
	data, err := r.templateData(audience, lines)
	if err != nil {
		return err
	}
	data["standing"] = standing.said(audience)
	t, err := template.New("template").Option("missingkey=error").Funcs(r.templateWords()).Parse(source)
	if err != nil {
		return templateFault(file, err)
	}
	if err := countSteps(t); err != nil {
		return templateFault(file, err)
	}
	out := &limited{}
	if err := t.Execute(out, data); err != nil {
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
	errSteps = errors.New("it takes more than a million steps")
	errLong  = errors.New("it writes more than 16 MiB")
)

// limited takes only so much.
type limited struct{ b bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.b.Len()+len(p) > templateSize {
		return 0, errLong
	}
	return l.b.Write(p)
}

// stepName is the function that a template calls, unseen by its author, in each round of a loop and each use of a part:
// the two ways in which it could go on for ever.
const stepName = "aftermath_step"

func countSteps(t *template.Template) error {
	steps := 0
	t.Funcs(template.FuncMap{stepName: func() (string, error) {
		if steps++; steps > templateSteps {
			return "", errSteps
		}
		return "", nil
	}})
	step, err := t.New(stepName).Parse("{{" + stepName + "}}")
	if err != nil {
		return err
	}
	call := step.Root.Nodes[0]
	for _, part := range t.Templates() {
		if part.Tree != nil && part != step {
			countIn(part.Root, call)
			part.Root.Nodes = slices.Insert(part.Root.Nodes, 0, call)
		}
	}
	return nil
}

// countIn puts the call into every loop below a list.
func countIn(list *parse.ListNode, call parse.Node) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.RangeNode:
			countIn(n.List, call)
			countIn(n.ElseList, call)
			n.List.Nodes = slices.Insert(n.List.Nodes, 0, call)
		case *parse.IfNode:
			countIn(n.List, call)
			countIn(n.ElseList, call)
		case *parse.WithNode:
			countIn(n.List, call)
			countIn(n.ElseList, call)
		}
	}
}

var templatePlace = model.Pattern(`^template: template:(\d+)(?::\d+)?: (.*)$`)

func templateFault(file string, err error) error {
	f := &model.Fault{Kind: model.FaultInput, What: "write by the template", File: file, Reason: err.Error(), Remedy: "docs/templates.md lists what a template can name and do"}
	for _, limit := range []error{errSteps, errLong} {
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
	for _, name := range lists() {
		entries, _ := data[name].([]any)
		if entries == nil {
			data[name] = []any{}
		}
		for _, e := range entries {
			complete(e)
		}
	}
	complete(data["incident"])
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

// lists are the names of all lists of a record, as its JSON has them.
func lists() []string {
	names := []string{"timeline"}
	for f := range fieldsOf(reflect.TypeFor[model.Record]()) {
		if f.Type.Kind() == reflect.Slice {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			names = append(names, name)
		}
	}
	return names
}

func fieldsOf(t reflect.Type) iter.Seq[reflect.StructField] {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// complete gives an entry the fields that it says nothing in, by the schema of the type that its id names.
func complete(entry any) {
	e, ok := entry.(map[string]any)
	if !ok {
		return
	}
	t := model.ID(fmt.Sprint(e["id"])).Type()
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
