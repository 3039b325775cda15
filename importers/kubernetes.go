package importers

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var kubernetesSource = Source{
	Name: "kubernetes", Title: "Kubernetes", About: "kubectl get events -o json or -o yaml, one event or a watch of them, kubectl describe, and the audit log",
	Detect: detectKubernetes, parse: parseKubernetes,
}

var (
	kubernetesYAML  = model.Pattern(`(?m)^[ -]*kind: (?:Event|EventList)\s*$`)
	kubernetesTable = model.Pattern(`^(?:NAMESPACE +)?LAST SEEN +(?:FIRST SEEN +)?(?:COUNT +)?(?:NAME +.*)?TYPE +REASON +OBJECT`)
)

func detectKubernetes(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		switch {
		case kubernetesTable().Match(head):
			return Sure, "the table that kubectl get events prints"
		case bytes.Contains(head, []byte("apiVersion: ")) && kubernetesYAML().Match(head) && (bytes.Contains(head, []byte("involvedObject:")) || bytes.Contains(head, []byte("regarding:"))):
			return Sure, "Kubernetes events as YAML"
		case describeHead().Match(head):
			return Sure, "what kubectl describe prints"
		}
		return No, ""
	}
	switch {
	case hasMembers(head, "involvedObject"), hasMembers(head, "regarding", "reportingController"):
		return Sure, "events about the objects of a cluster"
	case hasMembers(head, "auditID", "requestURI", "verb"):
		return Sure, "the audit log of a cluster"
	case hasMembers(head, "items", "lastTimestamp", "reason"):
		return Sure, "a list of events with reasons"
	}
	return No, ""
}

// kubernetesKinds are the reasons that mean more than their type says.
var kubernetesKinds = map[string]string{
	"ScalingReplicaSet": "deploy", "DeploymentRollback": "deploy", "SuccessfulRescale": "change", "NodeNotReady": "signal", "NodeNotSchedulable": "signal",
	"Evicted": "signal", "Preempted": "signal", "Preempting": "signal", "OOMKilling": "signal", "SystemOOM": "signal", "TaintManagerEviction": "signal", "Rebooted": "signal",
}

func parseKubernetes(r *run) error {
	k := &kubernetesReading{recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error {
		switch head := f.head(); {
		case describeHead().Match(head) && !looksLikeJSON(head):
			return (&describeReading{recorder: recorder{run: r}}).read(content)
		case kubernetesYAML().Match(head) && !looksLikeJSON(head):
			return k.yaml(content)
		case !looksLikeJSON(head):
			return notJSON(f)
		}
		return r.records(content, func(key string) bool { return key == "items" }, func(rec jsonRecord) error {
			k.rec = rec
			return k.record(objectOf(rec.raw))
		})
	})
}

// yaml reads events that were saved with -o yaml; they live for an hour, and nobody can get them again.
func (k *kubernetesReading) yaml(content io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(content, otlpLimit+1))
	if err != nil {
		return brokenFile{0, err}
	}
	if len(text) > otlpLimit {
		return k.refuse(fmt.Sprintf("the YAML is longer than %d MB", otlpLimit>>20))
	}
	return k.yamlDocuments(string(text), asJSON, func(o object) error {
		if !o.has("items") {
			return k.record(o)
		}
		for _, item := range o.list("items") {
			if err := k.record(item); err != nil {
				return err
			}
		}
		return nil
	})
}

// notJSON sends back the forms of kubectl that tell less, or that need a reader of their own.
func notJSON(f *File) error {
	reason := "it is not JSON"
	switch head := f.head(); {
	case kubernetesTable().Match(head):
		reason = "the table of kubectl gives ages and no times"
	case bytes.Contains(head, []byte("apiVersion: ")):
		reason = "it is YAML"
	}
	return &model.Fault{Kind: model.FaultInput, What: "import as kubernetes", File: f.Name, Line: 1, Reason: reason, Remedy: "write the events with kubectl get events -A -o json"}
}

// kubernetesReading is one reading of the events of a cluster.
type kubernetesReading struct{ recorder }

func (k *kubernetesReading) record(o object) error {
	what := o.text("type")
	switch inner := o.in("object"); {
	case what == "BOOKMARK":
		return k.refuse("a bookmark of the watch is no event")
	case what == "ERROR" && len(inner) > 0:
		return k.refuse("the watch ended with an error: " + inner.text("message"))
	case len(inner) > 0:
		o = inner
	}
	kind := o.text("kind")
	switch {
	case o.has("audit_id"):
		return k.audit(o)
	case kind != "" && kind != "Event":
		return k.refuse("it is a " + kind + " and no event")
	}
	return k.happened(o)
}

// happened gives an event of core/v1 or of events.k8s.io, which name the same things differently.
func (k *kubernetesReading) happened(o object) error {
	meta, about, series := o.in("metadata"), o.in("involved_object"), o.in("series")
	if len(about) == 0 {
		about = o.in("regarding")
	}
	reason, message := o.text("reason"), o.text("message", "note")
	first := o.text("event_time", "first_timestamp", "deprecated_first_timestamp", "last_timestamp", "deprecated_last_timestamp")
	last := firstOf(series.text("last_observed_time"), o.text("last_timestamp", "deprecated_last_timestamp"))
	namespace := firstOf(about.text("namespace"), meta.text("namespace"), o.text("namespace"))
	e := k.begin("log", "event", meta.text("uid"))
	e.Service, e.End = namespace, k.run.fieldInstant(last)
	e.Actor = firstOf(o.in("source").text("component"), o.in("deprecated_source").text("component"), o.text("reporting_component", "reporting_controller"))
	if o.text("type") == "Warning" {
		e.Kind = "signal"
	}
	e.Kind = firstOf(kubernetesKinds[reason], e.Kind)
	title := strings.TrimSpace(reason + " " + about.text("name"))
	if n := firstOf(series.text("count"), o.text("count", "deprecated_count")); n != "" && n != "1" && n != "0" {
		title += " ×" + n
	}
	e.Title, e.Body = titleAndBody(strings.TrimPrefix(title+": "+message, ": "))
	e.Body = joinLines(e.Body, strings.Trim(about.text("kind")+" "+strings.Trim(namespace+"/"+about.text("name"), "/"), " "),
		named("part", about.text("field_path")), named("host", firstOf(o.in("source").text("host"), o.in("deprecated_source").text("host"))), named("action", o.text("action")))
	at := firstOf(first, meta.text("creation_timestamp"))
	if k.bare {
		k.bare = false
		e.ExternalID = k.run.hashID("kubernetes:event", false, k.run.fieldInstant(at), namespace, firstOf(about.text("name"), meta.text("name")), reason, message)
	}
	if !e.End.After(k.run.fieldInstant(at)) {
		last, e.End = "", time.Time{}
	}
	return k.give(at, firstOf(last, at))
}

// audit gives a request that the API server logged.
func (k *kubernetesReading) audit(o object) error {
	verb, ref := o.text("verb"), o.in("object_ref")
	e := k.begin("log", "audit", o.text("audit_id"), o.text("stage"))
	e.Actor, e.Service = firstOf(o.in("impersonated_user").text("username"), o.in("user").text("username")), ref.text("namespace")
	switch verb {
	case "create", "update", "patch", "delete", "deletecollection":
		e.Kind = "change"
	}
	target := strings.Trim(ref.text("resource")+"/"+ref.text("name"), "/")
	if sub := ref.text("subresource"); sub != "" {
		target += "/" + sub
	}
	e.Title = verb + " " + firstOf(target, o.text("request_uri"))
	if code := o.in("response_status").text("code"); code != "" {
		e.Title += ": " + code
	}
	e.Body = joinLines("", o.text("request_uri"), o.in("response_status").text("message"), named("user agent", o.text("user_agent")))
	return k.give(o.text("request_received_timestamp", "stage_timestamp", "timestamp"), "")
}
