//go:build linux || darwin

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A daemon is a server of another project, run on the loopback interface with a folder of its own.
type daemon struct {
	t       *testing.T
	args    []string
	address string // http://127.0.0.1:port
	ready   string // the path that answers 200 once it serves
	cmd     *exec.Cmd
	said    bytes.Buffer
}

// asked is set where the servers of others may take the minutes that they need. go test ./... has to be quick.
const asked = "AFTERMATH_SERVERS"

// installed is the path of the first of the programs that is here. The test is skipped where nobody asked for servers
// and, with the package that brings it, where none is.
func installed(t *testing.T, debian string, names ...string) string {
	t.Helper()
	if os.Getenv(asked) == "" {
		t.Skipf("it takes real servers and a minute; %s=1 asks for it, as .ci/run does", asked)
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("install %s: the package %s of Debian brings it", names[0], debian)
	return ""
}

// freePort is the address of a port that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs the daemon until it serves, and kills it at the end of the test.
func (d *daemon) start() {
	d.t.Helper()
	d.said.Reset()
	d.cmd = exec.Command(d.args[0], d.args[1:]...)
	d.cmd.Stdout, d.cmd.Stderr = &d.said, &d.said
	if err := d.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	cmd := d.cmd
	d.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	d.until("serves", func() bool { return d.get(d.ready, nil) == nil })
}

// kill ends the daemon as a machine that fails does.
func (d *daemon) kill() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
}

// until waits for a condition, for as long as a loaded machine may take.
func (d *daemon) until(what string, met func() bool) {
	d.t.Helper()
	const most = 2 * time.Minute
	for end := time.Now().Add(most); !met(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("%s: after %v it is not so that it %s\n%s", filepath.Base(d.args[0]), most, what, tail(d.said.String()))
		}
	}
}

func tail(s string) string { return s[max(0, len(s)-2000):] }

// get asks the daemon, and reads its answer into v unless that is nil.
func (d *daemon) get(path string, v any) error {
	answer, err := http.Get(d.address + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || v == nil {
		if err == nil && answer.StatusCode != http.StatusOK {
			err = errors.New(answer.Status)
		}
		return err
	}
	return json.Unmarshal(body, v)
}

func newDaemon(t *testing.T, ready string, args func(address, dir string) []string) *daemon {
	t.Helper()
	address := freePort(t)
	d := &daemon{t: t, address: "http://" + address, ready: ready, args: args(address, t.TempDir())}
	d.start()
	return d
}

func put(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// rules let an alert fire for a target that is down. Nobody listens on port 1.
const rules = `groups:
- name: checkout
  rules:
  - alert: TargetDown
    expr: up == 0
    labels: {severity: page, service: checkout}
    annotations: {summary: "{{ $labels.instance }} is down"}
`

func scrapes(self string) string {
	return fmt.Sprintf("scrape_configs:\n- job_name: checkout\n  scrape_interval: 1s\n  static_configs: [{targets: ['127.0.0.1:1']}]\n"+
		"- job_name: self\n  scrape_interval: 1s\n  static_configs: [{targets: ['%s']}]\n", self)
}

// newAlertmanager is Alertmanager without a cluster and without anybody to tell.
func newAlertmanager(t *testing.T) *daemon {
	program := installed(t, "prometheus-alertmanager", "prometheus-alertmanager", "alertmanager")
	return newDaemon(t, "/-/ready", func(address, dir string) []string {
		return []string{program, "--web.listen-address=" + address, "--cluster.listen-address=", "--storage.path=" + dir,
			"--config.file=" + put(t, dir, "config.yml", "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")}
	})
}

// newPrometheus is Prometheus with an alert that fires, and tells Alertmanager of it.
func newPrometheus(t *testing.T, alertmanager *daemon) *daemon {
	program := installed(t, "prometheus", "prometheus")
	d := newDaemon(t, "/-/ready", func(address, dir string) []string {
		put(t, dir, "rules.yml", rules)
		config := "global: {evaluation_interval: 1s}\nrule_files: [rules.yml]\n" +
			"alerting: {alertmanagers: [{static_configs: [{targets: ['" + strings.TrimPrefix(alertmanager.address, "http://") + "']}]}]}\n" + scrapes(address)
		return []string{program, "--web.listen-address=" + address, "--storage.tsdb.path=" + filepath.Join(dir, "data"),
			"--config.file=" + put(t, dir, "prometheus.yml", config)}
	})
	alertmanager.until("has the alert", func() bool {
		var alerts []any
		return alertmanager.get("/api/v2/alerts", &alerts) == nil && len(alerts) > 0
	})
	d.untilSeen()
	return d
}

// untilSeen waits until the alert fired and both targets were tried at one of the moments for which they are asked,
// which lie 15 seconds apart.
func (d *daemon) untilSeen() {
	d.t.Helper()
	const seen = `ALERTS{alertstate="firing"} and on() (count(up) == 2)`
	d.until("shows the alert", func() bool {
		var answer struct {
			Data struct{ Result []any }
		}
		now := time.Now()
		err := d.get(fmt.Sprintf("/api/v1/query_range?query=%s&start=%d&end=%d&step=15", url.QueryEscape(seen), now.Add(-time.Minute).Truncate(15*time.Second).Unix(), now.Unix()), &answer)
		return err == nil && len(answer.Data.Result) > 0
	})
}

// newVictoriaMetrics answers as Prometheus does and is another program; the alerts are another program's, too.
func newVictoriaMetrics(t *testing.T, alertmanager *daemon) *daemon {
	program, rule := installed(t, "victoria-metrics", "victoria-metrics"), installed(t, "victoria-metrics", "vmalert")
	d := newDaemon(t, "/health", func(address, dir string) []string {
		return []string{program, "-httpListenAddr=" + address, "-storageDataPath=" + filepath.Join(dir, "data"), "-search.latencyOffset=0s", "-search.disableCache",
			"-promscrape.config=" + put(t, dir, "scrape.yml", scrapes(address))}
	})
	newDaemon(t, "/health", func(address, dir string) []string {
		return []string{rule, "-httpListenAddr=" + address, "-datasource.url=" + d.address, "-remoteWrite.url=" + d.address, "-notifier.url=" + alertmanager.address,
			"-evaluationInterval=1s", "-rule=" + put(t, dir, "rules.yml", rules)}
	})
	d.untilSeen()
	return d
}
