//go:build linux || darwin

package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestCollectingWithKubectl lets the real kubectl ask a cluster of which only the events are there, in two parts.
func TestCollectingWithKubectl(t *testing.T) {
	kubectl := installed(t, "kubernetes-client", "kubectl")
	t.Parallel()
	at := time.Now().UTC().Truncate(time.Second)
	event := func(uid, reason string) string {
		return fmt.Sprintf(`{"apiVersion":"v1","kind":"Event","metadata":{"name":%q,"namespace":"checkout","uid":%q},"type":"Warning","reason":%q,"message":"Back-off restarting the container",
			"involvedObject":{"kind":"Pod","name":"checkout-0","namespace":"checkout"},"firstTimestamp":%q,"lastTimestamp":%q,"count":3}`,
			uid, uid, reason, at.Add(-5*time.Minute).Format(time.RFC3339), at.Add(-time.Minute).Format(time.RFC3339))
	}
	var forbidden atomic.Bool
	cluster := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch next := r.URL.Query().Get("continue"); {
		case r.URL.Path == "/api":
			fmt.Fprint(w, `{"kind":"APIVersions","versions":["v1"]}`)
		case r.URL.Path == "/apis":
			fmt.Fprint(w, `{"kind":"APIGroupList","apiVersion":"v1","groups":[]}`)
		case r.URL.Path == "/api/v1":
			fmt.Fprint(w, `{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"events","singularName":"event","namespaced":true,"kind":"Event","verbs":["get","list"],"shortNames":["ev"]}]}`)
		case r.URL.Path != "/api/v1/events" || forbidden.Load():
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","message":"events is forbidden","reason":"Forbidden","code":403}`)
		case next == "":
			fmt.Fprintf(w, `{"kind":"EventList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"more"},"items":[%s]}`, event("u-1", "BackOff"))
		default:
			fmt.Fprintf(w, `{"kind":"EventList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[%s]}`, event("u-2", "Failed"))
		}
	}))
	t.Cleanup(cluster.Close)
	l := newLive(t, fmt.Sprintf("[collect.kubernetes]\ncommand = [%q, \"--server\", %q]\n", kubectl, cluster.URL))
	l.collects(0, "kubernetes: 2 read, 2 new, 0 known, 0 refused")
	for _, x := range l.lines("kubernetes") {
		if !x.At.Equal(at.Add(-5*time.Minute)) || !x.End.Equal(at.Add(-time.Minute)) || !strings.Contains(x.Title, "Back-off restarting") {
			t.Errorf("%+v", x)
		}
	}
	forbidden.Store(true)
	l.collects(4, "collect from Kubernetes: events-0001.json", "the program ended with status 1; run it in a shell to see why")
	forbidden.Store(false)
	l.collects(0, "0 new, 2 known")
}
