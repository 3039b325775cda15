package model

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aftermath/safetext"
)

func plainJSON(e *Event) string {
	b, err := safetext.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestAppendJSONIsJSON(t *testing.T) {
	var full Event
	for v, i := reflect.ValueOf(&full).Elem(), 0; i < v.NumField(); i++ {
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("x" + v.Type().Field(i).Name)
		case reflect.Int:
			f.SetInt(int64(i + 1))
		case reflect.Bool:
			f.SetBool(true)
		default:
			f.Set(reflect.ValueOf(time.Unix(int64(i), 5).UTC()))
		}
	}
	for _, e := range []Event{full, {}} {
		if got := string(e.AppendJSON(nil)); got != plainJSON(&e) {
			t.Errorf("got  %s\nwant %s", got, plainJSON(&e))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		e := Event{At: time.Unix(rapid.Int64Range(0, 7_000_000_000).Draw(t, "at"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC(),
			Title: string(rapid.SliceOf(rapid.SampledFrom([]byte("a\"\\<&>\n\t\x00\x7f\xe2\x80\xa8\xff\xc3\xa4\xc2\x9b"))).Draw(t, "title")), Body: rapid.String().Draw(t, "body")}
		if got := string(e.AppendJSON(nil)); got != plainJSON(&e) {
			t.Fatalf("got  %s\nwant %s", got, plainJSON(&e))
		}
	})
}

func BenchmarkAppendJSON(b *testing.B) {
	e := Event{ID: "E-3c07a1e29b44d0f1", At: time.Unix(1780401600, 123_000_000).UTC(), Source: "datadog", Kind: "log", Precision: "ms", Title: "request took 977 ms in checkout", ExternalID: "x12345"}
	var line []byte
	for b.Loop() {
		line = e.AppendJSON(line[:0])
	}
}
