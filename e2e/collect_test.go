//go:build linux || darwin

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
)

// A source without its token does not hide what another brings, and says what to do.
func TestOneSourceOfTwoOnTheScreen(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `[{"fingerprint":"f1","startsAt":"2026-11-02T14:03:00Z","labels":{"alertname":"CheckoutSlow"},"annotations":{}}]`)
	}))
	defer server.Close()
	h := newHome(t)
	if err := os.MkdirAll(h.path("config/aftermath"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.write("config/aftermath/config.toml", fmt.Sprintf("[collect.alertmanager]\naddress = %q\n[collect.grafana]\naddress = %q\n", server.URL, server.URL))
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T14:00Z", "--resolved", "2026-11-02T15:00Z")
	tm := h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("c")
	tm.wait("Which sources know what happened")
	tm.press("enter")
	tm.wait("1 new, 0 known", "broke off; r goes on", "triages 1 new line")
	tm.press("j")
	tm.wait("collect from Grafana", "GRAFANA_TOKEN gives no token", "put the token into it")
	tm.press("enter")
	tm.wait("What does this line tell", "CheckoutSlow")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
}

// Evidence is collected on the screen from a server that refuses the first time; what broke off goes on, the
// new lines wait in the inbox, and a line can be followed to the record it was made of.
func TestCollectingOnTheScreen(t *testing.T) {
	t.Parallel()
	const token = "tok-5f1d9c"
	var refuse atomic.Bool
	refuse.Store(true)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Token token="+token || refuse.Load():
			http.Error(w, `{"error":{"message":"no"}}`, http.StatusUnauthorized)
		case r.URL.Path == "/log_entries":
			fmt.Fprint(w, `{"log_entries":[{"id":"R1","type":"trigger_log_entry","summary":"Triggered through the API","created_at":"2026-11-02T14:03:00Z",
				"agent":{"type":"service_reference","summary":"checkout"},"service":{"id":"P1","summary":"checkout"}}],"more":false}`)
		default:
			fmt.Fprint(w, `{"incidents":[],"change_events":[],"more":false}`)
		}
	}))
	defer server.Close()
	h := newHome(t, "PAGERDUTY_TOKEN="+token)
	if err := os.MkdirAll(h.path("config/aftermath"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.write("config/aftermath/config.toml", fmt.Sprintf("[collect.pagerduty]\naddress = %q\n", server.URL))
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T14:00Z", "--resolved", "2026-11-02T15:00Z")
	tm := h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("c")
	tm.wait("Which sources know what happened", "2026-11-02 13:00 to 16:00", server.URL)
	tm.press("enter")
	tm.wait("broke off", "401 Unauthorized", "PAGERDUTY_TOKEN")
	refuse.Store(false)
	tm.press("r")
	tm.wait("1 new, 0 known", "triages 1 new line")
	tm.press("enter")
	tm.wait("What does this line tell", "Triggered through the API")
	tm.press("2")
	tm.wait("2 Timeline", "1 of 1", "Triggered through the API")
	tm.press("o")
	tm.wait("Does the line say what its source said?", "trigger_log_entry", server.URL+"/log_entries")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	if strings.Contains(tm.output(), token) || h.holds("data", token) || h.holds("state", token) {
		t.Error("the token was shown or kept")
	}
}
