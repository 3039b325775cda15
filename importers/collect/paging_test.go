package collect

import (
	"net/http"
	"testing"
)

func TestLinkHeader(t *testing.T) {
	for link, want := range map[string]string{
		``: "",
		`<https://api.example.com/a?page=2>; rel="next"`:                                                 "https://api.example.com/a?page=2",
		`<https://api.example.com/a?page=1>; rel="prev", <https://api.example.com/a?page=3>; rel="next"`: "https://api.example.com/a?page=3",
		`<https://api.example.com/a?fields=x,y&page=2>; rel=next; title="a, b"`:                          "https://api.example.com/a?fields=x,y&page=2",
		`</a?page=2>; rel="next"`: "https://api.example.com/a?page=2",
		`<https://api.example.com/a?cursor=0:0:1>; rel="next"; results="false"`:                                                         "",
		`<https://api.example.com/a?c=1>; rel="previous"; results="false", <https://api.example.com/a?c=2>; rel="next"; results="true"`: "https://api.example.com/a?c=2",
		`<https://api.example.com/next>; rel="last"`:                                                                                    "",
		`rel="next"`:        "",
		`<%zz>; rel="next"`: "an error",
	} {
		got, err := linkHeader(answer{get("https://api.example.com", "/a"), http.Header{"Link": {link}}, nil})
		if want == "an error" && err == nil || want != "an error" && (err != nil || got.URL != want) {
			t.Errorf("%s: %q, %v", link, got.URL, err)
		}
	}
	several := http.Header{"Link": {`<https://api.example.com/a?page=1>; rel="first"`, `<https://api.example.com/a?page=2>; rel="next"`}}
	if got, _ := linkHeader(answer{get("https://api.example.com", "/a"), several, nil}); got.URL != "https://api.example.com/a?page=2" {
		t.Error(got)
	}
}

func TestRequestsAreReadAsWritten(t *testing.T) {
	for _, r := range []Request{
		get("https://api.example.com/", "/a", "query", "a=b&c d", "query", "ü"),
		{Method: "POST", URL: "https://api.example.com/search", Body: `{"a":"x y"}`},
		program("kube ctl", "--context", `a "b"`, "get", "-A"),
	} {
		if got := parseRequest(r.String()); got != r {
			t.Errorf("%q became %q", r, got)
		}
	}
}

func TestPageNames(t *testing.T) {
	for name, want := range map[string]string{"a-%04d.json": "a-0012.json", "100%25/a%04d/b-%04d.json": "100%25/a%04d/b-0012.json", "users-%04d/users.json": "users-0012/users.json"} {
		if got := (call{name: name}).pageName(12); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
