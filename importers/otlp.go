package importers

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"

	"aftermath/model"
)

var otlpSource = Source{
	Name: "otlp", Title: "OpenTelemetry", About: "OTLP as JSON: logs, traces, and metrics where they cross --above or --below; one document or one request a line",
	Detect: detectOTLP, parse: parseOTLP,
}

func detectOTLP(_ string, head []byte) (Confidence, string) {
	for _, key := range []string{`"resourceLogs"`, `"resourceSpans"`, `"resourceMetrics"`} {
		if bytes.Contains(head, []byte(key)) {
			return Sure, "the member " + strings.Trim(key, `"`)
		}
	}
	return No, ""
}

// otlpLimit is the largest group of records of one resource; exporters batch many into one.
const otlpLimit = 64 << 20

// otlpText is a 64-bit number, which OTLP writes as text, or an enumeration; numbers are taken too.
type otlpText string

// UnmarshalJSON takes a text or a number, digit for digit.
func (t *otlpText) UnmarshalJSON(raw []byte) error {
	*t = otlpText(unquote(string(raw)))
	return nil
}

// otlpValue is OTLP's AnyValue.
type otlpValue struct {
	String *string         `json:"stringValue"`
	Int    *otlpText       `json:"intValue"`
	Double json.RawMessage `json:"doubleValue"`
	Bool   *bool           `json:"boolValue"`
	Bytes  *string         `json:"bytesValue"`
	List   json.RawMessage `json:"arrayValue"`
	Map    json.RawMessage `json:"kvlistValue"`
}

// text is the value as people read it.
func (v otlpValue) text() string {
	switch {
	case v.String != nil:
		return *v.String
	case v.Int != nil:
		return string(*v.Int)
	case len(v.Double) > 0:
		return unquote(string(v.Double))
	case v.Bool != nil && *v.Bool:
		return "true"
	case v.Bool != nil:
		return "false"
	case v.Bytes != nil:
		return *v.Bytes
	}
	return v.nested(0)
}

// nested shows lists and maps as [a, b] and {key: value}.
func (v otlpValue) nested(depth int) string {
	var group struct {
		Values json.RawMessage `json:"values"`
	}
	raw := v.List
	if len(v.Map) > 0 {
		raw = v.Map
	}
	if len(raw) == 0 || depth > 8 || decode(raw, &group) != nil {
		return ""
	}
	var parts []string
	show := func(v otlpValue) string {
		if len(v.List) > 0 || len(v.Map) > 0 {
			return v.nested(depth + 1)
		}
		return v.text()
	}
	if len(v.Map) > 0 {
		var pairs []otlpAttribute
		_ = decode(group.Values, &pairs)
		for _, p := range pairs {
			parts = append(parts, p.Key+": "+show(p.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	var values []otlpValue
	_ = decode(group.Values, &values)
	for _, p := range values {
		parts = append(parts, show(p))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

type otlpAttribute struct {
	Key   string    `json:"key"`
	Value otlpValue `json:"value"`
}

// attribute is the text of an attribute, or "".
func attribute(list []otlpAttribute, key string) string {
	for _, a := range list {
		if a.Key == key {
			return a.Value.text()
		}
	}
	return ""
}

func attributeLines(list []otlpAttribute) string {
	var lines []string
	for _, a := range list {
		lines = append(lines, a.Key+": "+a.Value.text())
	}
	return strings.Join(lines, "\n")
}

// otlpGroup is one resource with its logs or its spans.
type otlpGroup struct {
	Resource struct {
		Attributes []otlpAttribute `json:"attributes"`
	} `json:"resource"`
	ScopeLogs []struct {
		Records []json.RawMessage `json:"logRecords"`
	} `json:"scopeLogs"`
	ScopeSpans []struct {
		Spans []json.RawMessage `json:"spans"`
	} `json:"scopeSpans"`
	LibrarySpans []struct {
		Spans []json.RawMessage `json:"spans"`
	} `json:"instrumentationLibrarySpans"`
	ScopeMetrics []struct {
		Metrics []otlpMetric `json:"metrics"`
	} `json:"scopeMetrics"`
}

type otlpLog struct {
	Time       otlpText        `json:"timeUnixNano"`
	Observed   otlpText        `json:"observedTimeUnixNano"`
	Severity   otlpText        `json:"severityNumber"`
	Level      string          `json:"severityText"`
	EventName  string          `json:"eventName"`
	Body       otlpValue       `json:"body"`
	Attributes []otlpAttribute `json:"attributes"`
}

type otlpSpan struct {
	TraceID    string          `json:"traceId"`
	SpanID     string          `json:"spanId"`
	Name       string          `json:"name"`
	Start      otlpText        `json:"startTimeUnixNano"`
	End        otlpText        `json:"endTimeUnixNano"`
	Attributes []otlpAttribute `json:"attributes"`
	Status     struct {
		Code    otlpText `json:"code"`
		Message string   `json:"message"`
	} `json:"status"`
	Events []struct {
		Name       string          `json:"name"`
		Attributes []otlpAttribute `json:"attributes"`
	} `json:"events"`
}

// otlpReading is one reading of OTLP.
type otlpReading struct {
	run      *run
	event    model.Event
	resource string
	service  string
	metrics  otlpMetrics
}

func parseOTLP(r *run) error {
	o := &otlpReading{run: r, metrics: otlpMetrics{watch: newWatch(r, "otlp")}}
	return r.each(func(_ *File, content io.Reader) error {
		lists := func(key string) bool {
			return key == "resourceLogs" || key == "resourceSpans" || key == "resourceMetrics"
		}
		if err := r.recordsUpTo(otlpLimit, content, lists, o.group); err != nil {
			return err
		}
		return o.metrics.close()
	})
}

func (o *otlpReading) group(rec jsonRecord) error {
	var g otlpGroup
	if err := decode(rec.raw, &g); err != nil || rec.key == "" {
		o.run.refuse(rec.n, "it holds neither logs nor spans", string(rec.raw))
		return nil
	}
	o.service = attribute(g.Resource.Attributes, "service.name")
	o.resource = attributeLines(g.Resource.Attributes)
	if rec.key == "resourceMetrics" {
		return o.metrics.group(&g, o.service, rec)
	}
	n := 0
	each := func(list []json.RawMessage, give func(json.RawMessage, int) error) error {
		for _, raw := range list {
			n++
			if o.run.previewing {
				o.run.original = string(raw)
			}
			if err := give(raw, n); err != nil {
				return err
			}
		}
		return nil
	}
	for _, s := range g.ScopeLogs {
		if err := each(s.Records, o.log); err != nil {
			return err
		}
	}
	for _, s := range append(g.ScopeSpans, g.LibrarySpans...) {
		if err := each(s.Spans, o.span); err != nil {
			return err
		}
	}
	return nil
}

// nanos reads nanoseconds since 1970. Zero means that the time is not known.
func nanos(t otlpText) (time.Time, bool) {
	n, end := int64(0), 0
	for ; end < len(t) && t[end] >= '0' && t[end] <= '9'; end++ {
		if end > 18 {
			return time.Time{}, false
		}
		n = n*10 + int64(t[end]-'0')
	}
	return time.Unix(n/1e9, n%1e9).UTC(), n > 0 && end == len(t)
}

func (o *otlpReading) log(raw json.RawMessage, n int) error {
	var l otlpLog
	if err := decode(raw, &l); err != nil {
		o.run.refuse(n, errBadJSON.Error(), string(raw))
		return nil
	}
	written := l.Time
	at, ok := nanos(written)
	if !ok {
		written = l.Observed
		at, ok = nanos(written)
	}
	if !ok {
		o.run.refuse(n, "the log record has no time", string(raw))
		return nil
	}
	body := l.Body.text()
	o.event = model.Event{At: at, TimeText: string(written), ZoneSource: "data", Precision: "ns", Line: n, Source: "otlp", Service: o.service, Kind: "log"}
	e := &o.event
	e.Title, e.Body = titleAndBody(firstOf(body, l.EventName))
	if l.Body.String == nil && l.EventName != "" {
		e.Title, e.Body = oneLine(l.EventName), body
	}
	e.Body = joinBlocks(joinBlocks(e.Body, l.Level), attributeLines(l.Attributes))
	severity, _ := digits(string(l.Severity), 0, 3)
	switch {
	case strings.HasPrefix(l.EventName, "deployment") || strings.HasPrefix(l.EventName, "k8s"):
		e.Kind = "deploy"
	case severity >= 17 || strings.Contains(string(l.Severity), "ERROR") || strings.Contains(string(l.Severity), "FATAL"):
		e.Kind = "signal"
	}
	e.ExternalID = o.run.hashID("otlp", false, at, o.resource, body, l.EventName)
	return o.run.event(e)
}

func (o *otlpReading) span(raw json.RawMessage, n int) error {
	var s otlpSpan
	if err := decode(raw, &s); err != nil {
		o.run.refuse(n, errBadJSON.Error(), string(raw))
		return nil
	}
	at, ok := nanos(s.Start)
	if !ok {
		o.run.refuse(n, "the span has no start", string(raw))
		return nil
	}
	o.event = model.Event{At: at, TimeText: string(s.Start), ZoneSource: "data", Precision: "ns", Line: n, Source: "otlp", Service: o.service, Kind: "log", Title: s.Name}
	e := &o.event
	e.End, _ = nanos(s.End)
	failed := s.Status.Code == "2" || s.Status.Code == "STATUS_CODE_ERROR"
	e.Body = joinBlocks(s.Status.Message, attributeLines(s.Attributes))
	for _, event := range s.Events {
		failed = failed || event.Name == "exception"
		e.Body = joinBlocks(e.Body, strings.TrimSpace(event.Name+"\n"+attributeLines(event.Attributes)))
	}
	if failed {
		e.Kind = "signal"
	}
	e.ExternalID = "otlp:" + strings.ToLower(s.TraceID) + ":" + strings.ToLower(s.SpanID)
	if s.SpanID == "" {
		e.ExternalID = o.run.hashID("otlp", true, at, o.resource, s.TraceID, s.Name)
	}
	return o.run.event(e)
}
