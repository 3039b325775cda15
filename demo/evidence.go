package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"aftermath/model"
)

// A row is one line of evidence; its name is for the telling and empty where nothing refers to it.
type row struct {
	name, clock, kind, actor, service, title, body string
}

// An export is what one source gave, as a file that somebody downloaded.
type export struct {
	source, file, prefix string
	rows                 []row
}

// bring imports an export as any evidence is imported.
func (t *telling) bring(e export) {
	if t.err != nil {
		return
	}
	read := func(emit func(*model.Event) error) (model.Reading, error) {
		sum := sha256.New()
		for i, r := range e.rows {
			at := t.instant(r.clock)
			event := model.Event{At: at, Precision: "s", ZoneSource: "data", Source: e.source, Kind: r.kind, Actor: r.actor, Service: r.service,
				Title: r.title, Body: r.body, ExternalID: e.id(i), TimeText: at.Format(time.RFC3339), Line: i + 1, Housekeeping: r.kind == ""}
			fmt.Fprintf(sum, "%+v\n", r)
			if err := emit(&event); err != nil {
				return model.Reading{}, err
			}
		}
		return model.Reading{Source: e.source, Name: e.file, Digest: hex.EncodeToString(sum.Sum(nil)), Parser: "1", Zone: "data", Read: len(e.rows)}, nil
	}
	_, t.err = t.w.Import(t.ctx, t.incident, read, func(int) {})
	for i, r := range e.rows {
		if r.name != "" {
			t.events[r.name] = model.EvidenceID(t.incident, e.source, e.id(i))
		}
	}
}

func (e export) id(i int) string { return fmt.Sprintf("%s-%03d", e.prefix, i+1) }

const (
	shop = "checkout-api"
	base = "payments-db"
)

// exports are the five sources of the outage.
var exports = []export{
	{source: "github", file: "checkout-api-deployments.json", prefix: "gh", rows: []row{
		{"", "11:02:17", "change", "jokafor", shop, "Opened #4312: raise the connection pool from 20 to 60 per instance", "Cuts waiting at noon. Twelve instances."},
		{"review", "13:40:05", "change", "mlindqvist", shop, "Approved #4312", "Configuration only, no schema, no code path."},
		{"", "13:41:30", "change", "jokafor", shop, "Merged #4312 into main", ""},
		{"build", "13:41:58", "deploy", "ci-bot", shop, "Pipeline 9120 started for v212", "Label: config. Load test skipped for this label."},
		{"", "13:51:12", "deploy", "ci-bot", shop, "Pipeline 9120: build and tests passed", ""},
		{"deploy", "13:52:03", "deploy", "ci-bot", shop, "Deployment of v212 to production started", "Rolling, twelve instances."},
		{"deployed", "14:00:21", "deploy", "ci-bot", shop, "Deployment of v212 to production finished", ""},
		{"revert", "14:18:20", "change", "jokafor", shop, "Opened #4319: revert #4312", ""},
		{"rebuild", "14:19:02", "deploy", "ci-bot", shop, "Pipeline 9121 started for v213 (revert)", "Full build, 1,840 tests."},
		{"", "14:31:40", "deploy", "ci-bot", shop, "Pipeline 9121: build and tests passed", ""},
		{"", "14:32:15", "deploy", "ci-bot", shop, "Deployment of v213 to production started", ""},
		{"undeployed", "14:38:04", "deploy", "ci-bot", shop, "Deployment of v213 to production finished", ""},
	}},
	{source: "kubernetes", file: "events-payments.json", prefix: "k8s", rows: []row{
		{"", "13:52:20", "log", "deployment-controller", shop, "Scaled up replica set checkout-api-v212 to 3", ""},
		{"", "13:54:48", "log", "deployment-controller", shop, "Scaled up replica set checkout-api-v212 to 6", ""},
		{"", "13:57:30", "log", "deployment-controller", shop, "Scaled up replica set checkout-api-v212 to 9", ""},
		{"", "14:00:10", "log", "deployment-controller", shop, "Scaled up replica set checkout-api-v212 to 12", ""},
		{"refused", "14:00:34", "log", "postgres-0", base, "FATAL: sorry, too many clients already", "max_connections = 500"},
		{"", "14:00:36", "log", "postgres-0", base, "FATAL: sorry, too many clients already", "max_connections = 500"},
		{"", "14:01:02", "log", "postgres-0", base, "FATAL: sorry, too many clients already (repeated 312 times)", ""},
		{"retries", "14:02:11", "log", "checkout-api-v212-7f", shop, "connection refused, attempt 3 of 3 after 0 ms", ""},
		{"", "14:05:11", "log", "checkout-api-v212-2c", shop, "connection refused, attempt 3 of 3 after 0 ms", ""},
		{"", "14:13:40", "log", "kubelet", shop, "Readiness probe failed: checkout-api-v212-7f", "timeout after 5 s"},
		{"", "14:13:52", "log", "kubelet", shop, "Readiness probe failed: checkout-api-v212-2c", "timeout after 5 s"},
		{"unready", "14:14:30", "log", "endpoint-controller", shop, "4 of 12 endpoints ready", ""},
		{"", "14:15:58", "log", "endpoint-controller", shop, "2 of 12 endpoints ready", ""},
		{"", "14:32:40", "log", "deployment-controller", shop, "Scaled up replica set checkout-api-v213 to 3", ""},
		{"", "14:36:55", "log", "deployment-controller", shop, "Scaled down replica set checkout-api-v212 to 0", ""},
		{"", "14:38:12", "log", "endpoint-controller", shop, "12 of 12 endpoints ready", ""},
	}},
	{source: "datadog", file: "monitor-events.json", prefix: "dd", rows: []row{
		{"", "13:55:00", "metric", "monitor", base, "Connections in use: 281 of 500", ""},
		{"", "13:58:00", "metric", "monitor", base, "Connections in use: 402 of 500", ""},
		{"full", "14:00:30", "metric", "monitor", base, "Connections in use: 500 of 500", "Notifies #db-capacity, pages nobody."},
		{"slow", "14:02:00", "metric", "monitor", shop, "p99 latency 2.1 s, average 340 ms", ""},
		{"", "14:04:00", "metric", "monitor", shop, "p99 latency 3.6 s, average 420 ms", ""},
		{"alert", "14:06:00", "alert", "monitor", shop, "Average latency of checkout above 500 ms for 5 minutes", "Window 5 minutes, all endpoints together."},
		{"", "14:06:05", "alert", "monitor", shop, "[Warn] Average latency of checkout above 400 ms", ""},
		{"", "14:07:00", "metric", "monitor", shop, "p99 latency 4.2 s, average 610 ms, errors 0.9%", ""},
		{"", "14:10:00", "metric", "monitor", shop, "p99 latency 4.4 s, errors 6%", ""},
		{"errors", "14:13:00", "alert", "monitor", shop, "Error rate of checkout above 25% for 2 minutes", ""},
		{"", "14:15:00", "metric", "monitor", shop, "Error rate 91%", ""},
		{"", "14:20:00", "metric", "monitor", shop, "Error rate 97%", ""},
		{"", "14:30:00", "metric", "monitor", shop, "Error rate 96%", ""},
		{"", "14:36:00", "metric", "monitor", shop, "Error rate 31%", ""},
		{"healthy", "14:38:30", "metric", "monitor", shop, "Error rate 0.4%, p99 latency 420 ms", ""},
		{"", "14:41:00", "alert", "monitor", shop, "[Recovered] Average latency of checkout", ""},
		{"cdn", "09:12:00", "alert", "synthetics", "cdn", "Image CDN: one location slow", "Recovered 09:40."},
		{"flap1", "14:03:10", "alert", "monitor", "search", "[Warn] Disk of search-indexer above 70%", ""},
		{"flap2", "14:09:10", "alert", "monitor", "search", "[Recovered] Disk of search-indexer", ""},
	}},
	{source: "pagerduty", file: "incident-log.json", prefix: "pd", rows: []row{
		{"trigger", "14:06:20", "alert", "datadog", shop, "Incident 2207 triggered: average latency of checkout", ""},
		{"page", "14:06:30", "page", "pagerduty", shop, "Paged Maya Lindqvist by push", ""},
		{"ack", "14:08:05", "ack", "Maya Lindqvist", shop, "Acknowledged", ""},
		{"", "14:13:20", "alert", "datadog", shop, "Alert grouped into incident 2207: error rate", ""},
		{"escalate", "14:15:10", "page", "Maya Lindqvist", shop, "Added Jonas Okafor as a responder", ""},
		{"", "14:15:45", "ack", "Jonas Okafor", shop, "Accepted", ""},
		{"", "14:46:10", "status", "Maya Lindqvist", shop, "Incident 2207 resolved", ""},
	}},
	{source: "slack", file: "inc-2207.json", prefix: "sl", rows: []row{
		{"", "14:08:40", "", "incident-bot", "", "created the channel", ""},
		{"", "14:08:41", "", "incident-bot", "", "added Maya Lindqvist", ""},
		{"", "14:08:55", "", "incident-bot", "", "set the topic: checkout latency", ""},
		{"looks", "14:09:20", "comms", "Maya Lindqvist", "", "p99 at 4 s on checkout, errors hardly up. Looking.", ""},
		{"guess", "14:10:05", "comms", "Maya Lindqvist", "", "The CDN had a slow location this morning, this could be it again", ""},
		{"notice", "14:10:30", "comms", "Elena Duarte", "", "Support notice is up: paying may be slow, carts are kept", ""},
		{"tickets", "14:12:50", "comms", "Elena Duarte", "", "41 tickets in ten minutes, people say the spinner ends in an error", ""},
		{"move", "14:11:30", "comms", "Maya Lindqvist", "", "Moving static traffic to the second CDN", ""},
		{"", "14:14:20", "comms", "Tomas Weiss", "", "Should we pause the campaign mail of 14:30?", ""},
		{"", "14:14:45", "comms", "Elena Duarte", "", "Yes please", ""},
		{"", "14:15:05", "", "incident-bot", "", "added Jonas Okafor", ""},
		{"nothing", "14:15:20", "comms", "Maya Lindqvist", "", "No change after the move. Nine of ten payments fail now. Adding Jonas.", ""},
		{"graph", "14:16:40", "comms", "Jonas Okafor", "", "Connections on payments-db are at 500 of 500 since 14:00. Twelve instances times 60 is 720.", ""},
		{"", "14:17:10", "comms", "Maya Lindqvist", "", "That is our pool change. I do not have that dashboard.", ""},
		{"roll", "14:18:00", "decision", "Maya Lindqvist", "", "Rolling back v212", ""},
		{"", "14:22:00", "comms", "Jonas Okafor", "", "Pipeline runs all tests for the revert, 12 minutes", ""},
		{"", "14:24:30", "comms", "Priya Raman", "", "There is no way to skip them without an admin", ""},
		{"", "14:25:10", "comms", "Tomas Weiss", "", "Campaign mail is paused", ""},
		{"", "14:31:55", "comms", "Jonas Okafor", "", "Tests are through, deploying", ""},
		{"back", "14:38:40", "comms", "Elena Duarte", "", "First payments come through again", ""},
		{"drain", "14:41:20", "comms", "Jonas Okafor", "", "Working off 310 held orders", ""},
		{"done", "14:45:00", "comms", "Jonas Okafor", "", "Queue is empty, all orders are confirmed", ""},
		{"", "14:47:30", "", "incident-bot", "", "archived the channel", ""},
	}},
}
