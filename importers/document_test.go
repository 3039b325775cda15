package importers

import (
	"strings"
	"testing"
	"time"
)

// The records of a document lie in a list somewhere in it.
func TestDocuments(t *testing.T) {
	at := func(n string) string { return `"2026-03-04T14:0` + n + `:00Z"` }
	for _, c := range []struct{ name, text, want string }{
		{"messages beside what they lie in", `{"channel":{"name":"inc-7","createdAt":"2020-01-01T00:00:00Z"},"exportedAt":"2026-03-09T00:00:00Z","name":"an export","messages":[
			{"id":"1","sentAt":` + at("0") + `,"edited_at":` + at("9") + `,"content":"queue is full","author":{"id":"7","name":"ada","displayName":"Ada"}},
			{"id":"2","sentAt":` + at("1") + `,"content":"restarting","author":{"id":"8","name":"bo"}}]}`,
			"2026-03-04T14:00:00Z comms|Ada||queue is full\n2026-03-04T14:01:00Z comms|bo||restarting\n"},
		{"records on lines of their own", "{\"@context\":\"x\",\"value\":[\n{\"createdDateTime\":" + at("0") + ",\"lastModifiedDateTime\":" + at("9") + ",\"from\":{\"user\":{\"displayName\":\"Ada\"}},\"body\":{\"contentType\":\"html\",\"content\":\"<p>queue is <b>full</b> &amp; slow</p>\"}},\n" +
			"{\"createdDateTime\":" + at("1") + ",\"from\":{\"user\":{\"displayName\":\"Bo\"}},\"body\":{\"content\":\"restarting\"}}]}\n",
			"2026-03-04T14:00:00Z comms|Ada||queue is full & slow\n2026-03-04T14:01:00Z comms|Bo||restarting\n"},
		{"records in wrappers, on one line", `{"took":3,"hits":{"total":{"value":1},"hits":[{"_id":"a","_source":{"@timestamp":` + at("0") + `,"message":"queue is full","log":{"level":"error"},"service":{"name":"orders"}}}]}}`,
			"2026-03-04T14:00:00Z signal||orders|queue is full\n"},
		{"lists in lists", `{"rooms":[{"name":"a","days":[{"entries":[{"time":` + at("0") + `,"text":"one"}]}]},{"name":"b","days":[{"entries":[{"time":` + at("1") + `,"text":"two"}]}]}]}`,
			"2026-03-04T14:00:00Z log|||one\n2026-03-04T14:01:00Z log|||two\n"},
		{"a list of lists' owners", `[{"channel":"a","messages":[{"ts":1772632800,"text":"one"}]},{"channel":"b","messages":[{"ts":1772632860,"text":"two"}]}]`,
			"2026-03-04T14:00:00Z comms|||one\n2026-03-04T14:01:00Z comms|||two\n"},
		{"a record with its course", `[{"id":"x","begin":` + at("0") + `,"end":` + at("5") + `,"created":` + at("2") + `,"severity":"medium","external_desc":"the queue is full","updates":[{"when":` + at("3") + `,"text":"we look into it","status":"OPEN"}]}]`,
			"2026-03-04T14:00:00Z log|||the queue is full\n2026-03-04T14:03:00Z status|||we look into it\n"},
		{"releases of Helm", `[{"revision":3,"updated":` + at("0") + `,"status":"failed","chart":"my-shop-1.4.0","app_version":"1.4","description":"Upgrade failed"}]`,
			"2026-03-04T14:00:00Z deploy||my-shop|my-shop-1.4.0: Upgrade failed\n"},
		{"people's dates", `{"messages":[{"creator":{"name":"Ada"},"created_date":"Wednesday, March 4, 2026 at 2:00:00` + "\u202f" + `PM UTC","text":"queue is full"}]}`,
			"2026-03-04T14:00:00Z comms|Ada||queue is full\n"},
		{"two lists", `{"alerts":[{"startsAt":` + at("0") + `,"summary":"queue is full"}],"comments":[{"created":` + at("1") + `,"body":"restarting","author":{"login":"bo"}}]}`,
			"2026-03-04T14:00:00Z log|||queue is full\n2026-03-04T14:01:00Z comms|bo||restarting\n"},
	} {
		t.Run(c.name, func(t *testing.T) { wantLines(t, gather(t, "auto", Options{}, write(t, "x.json", c.text)...), c.want) })
	}
}

func TestDocumentTellsItsList(t *testing.T) {
	g := gather(t, "jsonl", Options{}, write(t, "x.json", `{"a":{"items":[{"time":"2026-03-04T14:00:00Z","text":"one"},{"text":"no time"}]}}`)...)
	if !strings.Contains(strings.Join(g.reading.Warnings, " "), "`a.items`, 2 records") || g.reading.Refused != 1 || g.reading.Chosen == "" {
		t.Error(g.tale())
	}
}

// A document without records is refused for what it holds.
func TestDocumentsWithoutRecords(t *testing.T) {
	for text, want := range map[string]string{
		`{"messages":[{"timestamp":"late","text":"a"},{"timestamp":"later","text":"b"}]}`: "a list `messages` of 2 records whose `timestamp` is no time: \"late\"",
		"{\n \"users\": [\n  {\"name\": \"ada\"}\n ]\n}":                                  "a list `users` of 1 record with `name`, and no list of records with times",
		"{\n \"a\": {\"b\": 1}\n}":                                                        "no time and no list of records with times",
		`{"msg":"no"}`:                                                                    "the record has no time",
		"{\n \"messages\": [\n  {\"ts\": \"2026-03-04T14:0":                               "the JSON breaks off in line 3",
	} {
		g := gather(t, "jsonl", Options{}, write(t, "x.json", text)...)
		if len(g.events) > 0 || len(g.reading.Refusals) != 1 || !strings.Contains(g.reading.Refusals[0].Reason, want) {
			t.Errorf("%q gave\n%s", text, g.tale())
		}
	}
}

// Lines of JSON are one record each, wherever their members lie, and a broken first line does not make a document.
func TestLinesAreNoDocument(t *testing.T) {
	text := `{"createdDateTime":"2026-03-04T14:00:00Z","from":{"user":{"displayName":"Ada"}},"body":{"content":"one"}}` + "\n" +
		`{"time":"2026-03-04T14:01:00Z","author":{"name":"Bo"},"text":"two","updates":[{"time":"2026-03-04T14:02:00Z","text":"not a record"}]}` + "\n"
	wantLines(t, gather(t, "jsonl", Options{}, write(t, "x.jsonl", text)...), "2026-03-04T14:00:00Z comms|Ada||one\n2026-03-04T14:01:00Z log|Bo||two\n")
	g := gather(t, "jsonl", Options{}, write(t, "x.jsonl", `{"time":"2026-03-04T14:00:00Z","text":"cu`+"\n"+`{"time":"2026-03-04T14:01:00Z","text":"two"}`+"\n")...)
	wantLines(t, g, "2026-03-04T14:01:00Z log|||two\n")
	if g.reading.Refused != 1 {
		t.Error(g.tale())
	}
}

func TestMembersThatAreTold(t *testing.T) {
	text := `{"log":[{"a":{"seen":"2026-03-04 14:00"},"b":"other","c":"this one","text":"not this"}]}`
	g := gather(t, "jsonl", Options{Zone: time.UTC, Columns: []Column{{"time", "a.seen"}, {"title", "c"}}}, write(t, "x.json", text)...)
	wantLines(t, g, "2026-03-04T14:00:00Z log|||this one\n")
}
