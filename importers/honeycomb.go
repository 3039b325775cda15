package importers

import (
	"io"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

var honeycombSource = Source{
	Name: "honeycomb", Title: "Honeycomb", About: "markers as the API or honeymarker --json write them, and the results of queries over time as JSON or CSV",
	Detect: detectHoneycomb, parse: parseHoneycomb,
}

var (
	honeycombTable = model.Pattern(`^\s*\|\s*Id\s*\|\s*Start Time\s*\|\s*End Time\s*\|`)
	honeycombCalc  = model.Pattern(`^(?:COUNT|CONCURRENCY|(?:COUNT_DISTINCT|SUM|AVG|MIN|MAX|HEATMAP|RATE_(?:AVG|SUM|MAX)|P\d{2,3}|STDDEV)\(.+\))$`)
)

func detectHoneycomb(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		columns := headerOf(head)
		switch {
		case honeycombTable().Match(head):
			return Sure + 1, "the table that honeymarker prints"
		case slices.ContainsFunc(columns, isCalculation) && (slices.Contains(columns, "time") || slices.Contains(columns, "timestamp")):
			return Sure + 1, "the calculations of a Honeycomb query"
		}
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case has("start_time", "id") && (has("updated_at", "created_at") || has("message", "type")) && !has("duration"):
		return Sure, "Honeycomb markers"
	case has("series", "results") && (has("links") || has("complete")), has("query_url", "graph_image_url"):
		return Sure, "the result of a Honeycomb query"
	case has("trigger_url", "result_url"), has("result_groups", "trigger_description"):
		return Sure, "a Honeycomb trigger"
	}
	return No, ""
}

// isCalculation says whether a column or a member is what a query calculates, such as P95(duration_ms).
func isCalculation(name string) bool {
	return honeycombCalc().MatchString(name) || honeycombCalc().MatchString(strings.ToUpper(name))
}

// honeycombReading is one reading of Honeycomb's records.
type honeycombReading struct{ recorder }

func parseHoneycomb(r *run) error {
	h := &honeycombReading{recorder{run: r, limit: otlpLimit}}
	return r.each(func(f *File, content io.Reader) error {
		switch head := f.head(); {
		case honeycombTable().Match(head):
			return h.table(f)
		case !looksLikeJSON(head):
			return h.rows(content, func(o object) error { return h.point(o.text("time", "timestamp"), o, h.rec.raw) })
		}
		return h.read(content, "markers", h.record)
	})
}

// table refuses what honeymarker prints for people.
func (h *honeycombReading) table(f *File) error {
	const reason = "it is the table that honeymarker prints, with times in an unnamed local zone and texts that are cut"
	const remedy = "save what honeymarker list --json writes"
	if len(h.run.in.Files) > 1 {
		h.run.refuse(1, reason+"; "+remedy, "")
		return nil
	}
	return &model.Fault{Kind: model.FaultInput, What: "import as honeycomb", File: f.Name, Line: 1, Reason: reason, Remedy: remedy}
}

// record gives a marker, or the points of a query's result.
func (h *honeycombReading) record(o object) error {
	switch data := o.in("data"); {
	case o.has("complete") && o.text("complete") != "true":
		return h.refuse("the query was not finished when its result was saved; ask for it again")
	case data.has("series") || data.has("results"):
		return h.result(o, data)
	case o.has("trigger_url"), o.has("result_url"):
		return h.refuse("the record has no time: a trigger's webhook tells none")
	case o.has("start_time") || o.has("message") || o.has("type"):
		return h.marker(o)
	}
	return h.refuse("it is neither a marker nor the result of a query")
}

// marker gives a marker. Of one that was changed the newest version wins.
func (h *honeycombReading) marker(o object) error {
	kind := firstOf(kindOf(o.text("type")), kindOfText(o.text("type"), "note"))
	e := h.begin(kind, "marker", o.text("id"))
	e.Title, e.Body = titleAndBody(firstOf(o.text("message"), o.text("type")))
	e.Body = joinLines(e.Body, named("type", o.text("type")))
	e.URL = o.text("url")
	e.Service = o.text("dataset_slug", "dataset")
	at := o.text("start_time")
	if at == "0" || at == "" {
		at = o.text("created_at")
	}
	e.End = h.run.fieldInstantIn(time.Second, o.text("end_time"))
	if o.text("id") == "" {
		return h.hashed(time.Second, true, at, e.Title, o.text("type"))
	}
	return h.giveIn(time.Second, at, o.text("updated_at"))
}

// result gives each point of the series of a query. The rows of its table are sums over the whole time of
// the query and have no time of their own.
func (h *honeycombReading) result(o, data object) error {
	link := o.in("links").text("query_url")
	whole := h.rec
	series, table := data.raws("series"), data.raws("results")
	for i, raw := range series {
		h.rec = jsonRecord{n: i + 1, raw: raw}
		if h.run.previewing {
			h.run.original = string(raw)
		}
		p := objectOf(raw)
		h.event.URL = link
		if err := h.point(p.text("time"), objectAsWritten(p["data"]), p["data"]); err != nil {
			return err
		}
	}
	if len(series) > 0 {
		if len(table) > 0 {
			h.run.warn("sums "+h.run.fileName(), "%s: the table of the query holds sums without a time of their own; its series is read", h.run.fileName())
		}
		return nil
	}
	for i, raw := range table {
		h.rec = jsonRecord{n: i + 1, raw: raw, page: whole.page}
		h.refuse("the row has no time: it is a sum over the whole time of the query")
	}
	return nil
}

// point gives what a query calculated for one stretch of time: the calculations after what they are
// grouped by.
func (h *honeycombReading) point(at string, values object, raw []byte) error {
	link := h.event.URL
	e := h.begin("metric", "point")
	var groups, calculated []string
	for _, key := range sortedKeys(values) {
		switch text := named(key, values.text(key)); {
		case text == "" || key == "time" || key == "timestamp":
		case isCalculation(key):
			calculated = append(calculated, text)
		default:
			groups = append(groups, text)
		}
	}
	e.Title = strings.Join(append(groups, calculated...), ", ")
	e.Service = values.text("service.name", "service_name", "service")
	e.URL = link
	if at == "" {
		return h.refuse("the row has no time: it is a sum over the whole time of the query")
	}
	return h.hashed(time.Second, false, at, string(raw))
}
