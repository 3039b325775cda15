package collect

import (
	"net/http"
	"testing"
)

// FuzzAnswers gives every vendor answers that it never sent: nothing may panic, and what follows from them must be
// requests that can be kept and read back.
func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"ok":true,"messages":[{"ts":"1.2","reply_count":1}],"response_metadata":{"next_cursor":"a"}}`), `</x>; rel="next"`)
	f.Add([]byte(`[{"id":1,"created_at":"2026-11-02T13:30:00Z","updated_at":null}]`), "")
	f.Add([]byte(`{"data":[{"id":"a"}],"paging":{"next":"%zz"},"meta":{"page":{"after":"b"}}}`), "<")
	f.Add([]byte(`{"data":{"result":[{"values":[[],[1],["2"]]}]}}`), "")
	f.Add([]byte(`{"more":true,"limit":-5,"incidents":[{}]}`), "")
	f.Fuzz(func(t *testing.T, body []byte, link string) {
		_ = hidden(append([]byte("{"), body...))
		_ = message(body)
		for name, v := range visits {
			source := v.source
			if source.Address == "" {
				source.Address = "https://api.example.com"
			}
			calls, err := source.calls(vendorOf(source.Name), Window{from, to})
			if err != nil {
				t.Fatal(name, err)
			}
			for len(calls) > 0 {
				c := calls[0]
				calls = calls[1:]
				if c.next != nil {
					next, err := c.next(answer{c.Request, http.Header{"Link": {link}, "X-Next-Page": {link}}, body})
					if err == nil && next.Method != "" && parseRequest(next.String()) != next {
						t.Errorf("%s: %q is not read back", name, next)
					}
				}
				if c.past != nil {
					c.past(body)
				}
				if c.leads != nil && len(calls) < 20 {
					for _, l := range c.leads(body) {
						l.pageName(1)
						if parseRequest(l.String()) != l.Request {
							t.Errorf("%s: %q is not read back", name, l.Request)
						}
					}
				}
			}
		}
	})
}
