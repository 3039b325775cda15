package importers

import (
	"fmt"
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var argocdSource = Source{
	Name: "argocd", Title: "Argo CD", About: "applications as kubectl or argocd write them, JSON or YAML: their deploys, and syncs that failed",
	Detect: detectArgoCD, parse: parseArgoCD,
}

var (
	argocdJSON = model.Pattern(`"apiVersion"\s*:\s*"argoproj\.io/`)
	argocdYAML = model.Pattern(`(?m)^(?:- | {2,4})?apiVersion: argoproj\.io/`)
)

func detectArgoCD(_ string, head []byte) (Confidence, string) {
	switch {
	case looksLikeJSON(head) && argocdJSON().Match(head), !looksLikeJSON(head) && argocdYAML().Match(head):
		return Sure + 1, "objects of argoproj.io"
	case looksLikeJSON(head) && (hasMembers(head, "deployedAt") || hasMembers(head, "destination", "repoURL")):
		return Sure, "the members of an Argo CD application"
	}
	return No, ""
}

// argocdReading is one reading of Argo CD's applications.
type argocdReading struct{ recorder }

// asJSON is what helps when YAML cannot be read.
const asJSON = "save it again with -o json"

func parseArgoCD(r *run) error {
	a := &argocdReading{recorder{run: r, limit: otlpLimit}}
	return r.each(func(f *File, content io.Reader) error {
		if looksLikeJSON(f.head()) {
			return a.read(content, "items", a.record)
		}
		text, err := io.ReadAll(io.LimitReader(content, otlpLimit+1))
		if err != nil {
			return brokenFile{0, err}
		}
		if len(text) > otlpLimit {
			r.refuse(1, fmt.Sprintf("the YAML is longer than %d MB; save fewer applications in one file", otlpLimit>>20), "")
			return nil
		}
		return a.yamlDocuments(string(text), asJSON, a.record)
	})
}

// record gives the events of an application, or of a list of them.
func (a *argocdReading) record(o object) error {
	for _, wrapped := range []string{"result", "application"} {
		if inner := o.in(wrapped); len(inner) > 0 {
			o = inner
		}
	}
	kind := o.text("kind")
	switch {
	case o.has("items"):
		for _, item := range o.list("items") {
			if err := a.record(item); err != nil {
				return err
			}
		}
		return nil
	case o.has("deployed_at"):
		return a.deploy(o, object{}, "")
	case kind != "" && kind != "Application":
		return a.refuse("its kind is " + quote(kind) + "; only applications have a history")
	case !o.has("metadata"):
		return a.refuse("it is no application of Argo CD")
	}
	name := strings.TrimPrefix(o.in("metadata").text("namespace")+"/"+o.in("metadata").text("name"), "/")
	return a.application(o, name)
}

func (a *argocdReading) application(o object, name string) error {
	status := o.in("status")
	history := status.list("history")
	for _, h := range history {
		if err := a.deploy(h, o, name); err != nil {
			return err
		}
	}
	op := status.in("operation_state")
	if len(op) > 0 && !a.isKnown(op, history) {
		return a.operation(op, o, name)
	}
	if len(history) == 0 && len(op) == 0 {
		return a.refuse("the application has no history and no operation")
	}
	return nil
}

// isKnown says whether an operation that succeeded is one of the deploys of the history.
func (a *argocdReading) isKnown(op object, history []object) bool {
	from, to := a.run.fieldInstant(op.text("started_at")), a.run.fieldInstant(op.text("finished_at"))
	for _, h := range history {
		at := a.run.fieldInstant(h.text("deployed_at"))
		if op.text("phase") == "Succeeded" && !at.Before(from.Add(-time.Second)) && !at.After(to.Add(time.Second)) {
			return true
		}
	}
	return false
}

// deploy gives an entry of the history. Its id in the history tells it from others of its revision.
func (a *argocdReading) deploy(h, app object, name string) error {
	e := a.begin("deploy", strings.TrimPrefix(name+":"+h.text("id"), ":"))
	revision := firstOf(h.text("revision"), argocdRevisions(h))
	e.Title = strings.TrimSpace(argocdName(name)+" deployed "+shortRevision(revision)) + " (history id " + h.text("id") + ")"
	a.describe(h, app, revision)
	e.Body = joinLines(e.Body, named("started", h.text("deploy_started_at")))
	e.Actor = argocdActor(h.in("initiated_by"))
	e.Service = argocdName(name)
	return a.give(h.text("deployed_at"), "")
}

// operation gives the last operation: a sync that failed or runs is told of nowhere else.
func (a *argocdReading) operation(op, app object, name string) error {
	phase, started := op.text("phase"), op.text("started_at")
	e := a.begin("deploy", name, "operation", started)
	sync := op.in("operation").in("sync")
	revision := firstOf(op.in("sync_result").text("revision"), sync.text("revision"), argocdRevisions(op.in("sync_result")))
	e.Title = strings.TrimSpace(argocdName(name) + " sync " + strings.ToLower(phase) + " " + shortRevision(revision))
	message, rest := titleAndBody(op.text("message"))
	if phase == "Failed" || phase == "Error" {
		e.Title = headline(e.Title, message)
		message = ""
	}
	e.Body = joinLines("", message, rest)
	for _, r := range op.in("sync_result").list("resources") {
		if s := r.text("status", "hook_phase"); s != "Synced" && s != "Succeeded" && s != "" {
			e.Body = joinLines(e.Body, headline(r.text("kind")+" "+r.text("name"), s, r.text("message")))
		}
	}
	a.describe(op.in("sync_result"), app, revision)
	e.Body = joinLines(e.Body, named("started", started))
	e.Actor = argocdActor(op.in("operation").in("initiated_by"))
	e.Service = argocdName(name)
	return a.give(firstOf(op.text("finished_at"), started), firstOf(op.text("finished_at"), started))
}

// describe tells in the body what was deployed from where to where.
func (a *argocdReading) describe(h, app object, revision string) {
	source, to := h.in("source"), app.in("spec").in("destination")
	if len(source) == 0 {
		source = app.in("spec").in("source")
	}
	a.event.Body = joinLines(a.event.Body, named("revision", revision), named("from", strings.TrimSpace(source.text("repo_url")+" "+source.text("path", "chart"))),
		named("to", strings.TrimSpace(to.text("name", "server")+" "+to.text("namespace"))))
}

// argocdName is the name of an application without its namespace.
func argocdName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func argocdActor(by object) string {
	if by.text("automated") == "true" {
		return firstOf(by.text("username"), "automated sync")
	}
	return by.text("username")
}

// argocdRevisions are the revisions of an application that has several sources.
func argocdRevisions(o object) string {
	var revisions []string
	for _, raw := range o.raws("revisions") {
		revisions = append(revisions, shortRevision(unquote(string(raw))))
	}
	return strings.Join(revisions, ", ")
}

// shortRevision is the beginning of a commit's hash; versions of charts stay whole.
func shortRevision(revision string) string {
	if len(revision) == 40 || len(revision) == 64 {
		return revision[:8]
	}
	return revision
}
