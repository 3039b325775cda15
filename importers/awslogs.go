package importers

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"
)

// awsUnpackLimit is how many bytes one packed record of a subscription may unpack to. The service packs
// 1 MB at most.
const awsUnpackLimit = 32 << 20

// packed gives the log events of a record that is base64 of gzip, as subscriptions write them.
func (a *awsReading) packed(data string, depth int) error {
	raw, err := unpackBase64(data)
	if err != nil {
		return a.refuse("the record of the subscription cannot be unpacked: " + cause(err))
	}
	o := objectOf(raw)
	if !o.has("log_events") {
		return a.refuse("the record holds no log events")
	}
	return a.record(o, depth+1)
}

func unpackBase64(data string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil, plainReason("it is not base64")
	}
	if !bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		return raw, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, plainReason("it is not gzip")
	}
	text, err := io.ReadAll(io.LimitReader(z, awsUnpackLimit+1))
	switch {
	case err != nil:
		return nil, plainReason("the gzip is damaged")
	case len(text) > awsUnpackLimit:
		return nil, plainReason(fmt.Sprintf("it unpacks to more than %d MB", awsUnpackLimit>>20))
	}
	return text, nil
}

// subscription gives the log events of one batch of a subscription.
func (a *awsReading) subscription(o object) error {
	for _, l := range o.list("log_events") {
		if o.text("message_type") == "CONTROL_MESSAGE" {
			l["control"] = quoted("true")
		}
		if err := a.log(l, joinBlocks(o.text("log_group"), o.text("log_stream"))); err != nil {
			return err
		}
	}
	return nil
}

// log gives one log event; stream is its group and, on a second line, its stream.
func (a *awsReading) log(o object, stream string) error {
	group, rest, _ := strings.Cut(firstOf(stream, o.text("log_group_name", "log_group", "log_group_identifier")), "\n")
	id := o.text("id", "event_id")
	e := a.begin("log", "log", id)
	e.Title, e.Body = awsLogText(o.text("message"))
	e.Kind = awsLogKind(o.text("message"))
	e.Service, e.Housekeeping = group, o.has("control")
	rest = firstOf(rest, o.text("log_stream_name"))
	e.Body = joinLines(e.Body, named("stream", rest))
	if id == "" {
		return a.hashed(time.Millisecond, true, o.text("timestamp"), group, rest, o.text("message"))
	}
	return a.giveIn(time.Millisecond, o.text("timestamp"), "")
}

// awsLogText is the title and the body of a log line. Of one that is a JSON object the message is the
// title.
func awsLogText(line string) (title, body string) {
	if o := objectOf([]byte(strings.TrimSpace(line))); o.has("message") || o.has("msg") {
		if title, _ = titleAndBody(o.text("message", "msg")); title != "" {
			return title, line
		}
	}
	return titleAndBody(line)
}

// awsLogKind tells failures from the rest by the level at the beginning of a line.
func awsLogKind(line string) string {
	head := line[:min(len(line), 120)]
	for _, level := range []string{"ERROR", "FATAL", "CRITICAL", "[error]", `"level":"error"`, `"level": "error"`, "Task timed out"} {
		if strings.Contains(head, level) {
			return "signal"
		}
	}
	return "log"
}

// insights gives the rows of a query's result. Its times are in UTC and written without a zone.
func (a *awsReading) insights(o object) error {
	whole := a.rec
	rows := o.raws("results")
	for i, raw := range rows {
		a.rec = jsonRecord{n: i + 1, raw: raw, page: whole.page}
		if a.run.previewing {
			a.run.original = string(raw)
		}
		row := object{}
		for _, cell := range (object{"cells": raw}).list("cells") {
			row[cell.text("field")] = quoted(cell.text("value"))
		}
		if err := a.insight(row); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		a.run.nothing = "the query found nothing"
		a.run.warn("none "+a.run.fileName(), "%s holds the result of a query that found nothing", a.run.fileName())
	}
	return nil
}

func (a *awsReading) insight(row object) error {
	at := row.text("@timestamp", "timestamp")
	e := a.begin("log", "log")
	e.Title, e.Body = awsLogText(row.text("@message", "message"))
	e.Kind = awsLogKind(row.text("@message"))
	var values []string
	for _, key := range sortedKeys(row) {
		switch v := row.text(key); {
		case strings.HasPrefix(key, "bin(") && at == "":
			at, e.Kind = v, "metric"
		case key != "@timestamp" && key != "@message" && key != "@ptr":
			values = append(values, named(key, v))
		}
	}
	if e.Title == "" {
		e.Title = strings.Join(values, ", ")
	}
	e.Body = joinLines(e.Body, values...)
	e.Service = row.text("@log")
	if st, ok := wholeStamp(at); ok && st.timed && st.zone == nil {
		at += " UTC"
	}
	return a.hashed(time.Millisecond, true, at, row.text("@log"), row.text("@logStream"), e.Title, e.Body)
}
