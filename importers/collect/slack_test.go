package collect

import "testing"

func init() {
	const window = "&inclusive=true&latest=1793631600.000000&limit=200&oldest=1793624400.000000"
	visits["slack"] = visit{
		source: Source{Name: "slack", Settings: Settings{Channels: []string{"C0ALPHA", "C0BETA"}}}, path: "/api", signed: bearerOf,
		replies: map[string][]reply{
			"GET /api/conversations.history?channel=C0ALPHA" + window: {{body: `{"ok":true,"messages":[
				{"type":"message","user":"U0ADA","text":"checkout is slow","ts":"1793628000.000200","thread_ts":"1793628000.000200","reply_count":1},
				{"type":"message","user":"U0GRACE","text":"looking","ts":"1793627000.000100"}],"has_more":true,"response_metadata":{"next_cursor":"bmV4dA=="}}`}},
			"GET /api/conversations.history?channel=C0ALPHA&cursor=bmV4dA==" + window: {{body: `{"ok":true,"messages":[
				{"type":"message","user":"U0ADA","text":"paged by mail","ts":"1793626000.000100"}],"has_more":false,"response_metadata":{"next_cursor":""}}`}},
			"GET /api/conversations.replies?channel=C0ALPHA" + window + "&ts=1793628000.000200": {{body: `{"ok":true,"messages":[
				{"type":"message","user":"U0ADA","text":"checkout is slow","ts":"1793628000.000200","thread_ts":"1793628000.000200","reply_count":1},
				{"type":"message","user":"U0GRACE","text":"p99 at 4 s","ts":"1793628060.000100","thread_ts":"1793628000.000200"}],"has_more":false}`}},
			"GET /api/conversations.history?channel=C0BETA" + window: {{body: `{"ok":true,"messages":[],"has_more":false}`}},
			"GET /api/users.list?limit=1000": {{body: `{"ok":true,"members":[{"id":"U0ADA","name":"ada","profile":{"display_name":"Ada"}},
				{"id":"U0GRACE","name":"grace","profile":{"display_name":"Grace"}}],"response_metadata":{"next_cursor":""}}`}},
		},
		pages: []string{"C0ALPHA/conversations.history-0001.json", "C0ALPHA/conversations.history-0002.json",
			"C0ALPHA/conversations.replies-1793628000.000200-0001.json", "C0BETA/conversations.history-0001.json", "users.list-0001/users.json"},
		events: []string{"slack:C0ALPHA:1793626000.000100", "slack:C0ALPHA:1793627000.000100", "slack:C0ALPHA:1793628000.000200", "slack:C0ALPHA:1793628060.000100"},
	}
}

func TestSlackThreadsAreAskedForOnce(t *testing.T) {
	const window = "&inclusive=true&latest=1793631600.000000&limit=200&oldest=1793624400.000000"
	replies := map[string][]reply{
		"GET /conversations.history?channel=C0" + window: {{body: `{"ok":true,"messages":[
			{"ts":"1793628100.000100","thread_ts":"1793628000.000100","subtype":"thread_broadcast","text":"also here"},
			{"ts":"1793628000.000100","thread_ts":"1793628000.000100","reply_count":1,"text":"slow"},
			{"ts":"1793627000.000100","reply_count":2,"text":"as an old server writes it"},
			{"ts":"1793626000.000100","text":"nobody answered"}]}`}},
		"GET /conversations.replies?channel=C0" + window + "&ts=1793628000.000100": {{body: `{"ok":true,"messages":[]}`}},
		"GET /conversations.replies?channel=C0" + window + "&ts=1793627000.000100": {{body: `{"ok":true,"messages":[]}`}},
	}
	a := newAPI(t, bearerOf, replies)
	x := newTrial(Source{Name: "slack", Settings: Settings{Address: a.URL, Channels: []string{"C0"}, Skip: []string{"users"}}})
	if out := x.run(t); out.Err != nil || len(out.Pages) != 3 || len(a.had()) != 3 {
		t.Errorf("%v, %q", out.Err, names(out.Pages))
	}
}

func TestSlackNamesPeople(t *testing.T) {
	a := newAPI(t, bearerOf, visits["slack"].replies)
	x := newTrial(Source{Name: "slack", Settings: Settings{Address: a.URL + "/api", Channels: []string{"C0ALPHA"}}})
	x.run(t)
	for _, e := range x.imported.events {
		if e.Actor != "Ada" && e.Actor != "Grace" {
			t.Errorf("%q was said by %q", e.Title, e.Actor)
		}
	}
}
