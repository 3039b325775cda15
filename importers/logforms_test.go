package importers

import (
	"strings"
	"testing"
	"time"
)

func TestLogForms(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`time=2026-03-04T14:00:00Z level=error msg="queue \"a\" full" service=orders`, `2026-03-04T14:00:00Z signal||orders|queue "a" full`},
		{`level=info ts=2026-03-04T14:00:00.5Z caller=main.go:7 msg=up`, "2026-03-04T14:00:00.5Z log||main.go:7|up"},
		{`t=2026-03-04T14:00:00+0100 lvl=eror depth=912`, "2026-03-04T13:00:00Z signal|||t=2026-03-04T14:00:00+0100 lvl=eror depth=912"},
		{"2026-03-04 14:00:00,123 - orders.queue - ERROR - stuck", "2026-03-04T14:00:00.123Z signal||orders.queue|stuck"},
		{"[2026-03-04 14:00:00,123] {queue.py:7} WARNING - slow", "2026-03-04T14:00:00.123Z log||queue.py:7|slow"},
		{"[2026-03-04 14:00:00,123: ERROR/MainProcess] stuck", "2026-03-04T14:00:00.123Z signal||MainProcess|stuck"},
		{"[2026-03-04 14:00:00 +0000] [12] [CRITICAL] stuck", "2026-03-04T14:00:00Z signal|||stuck"},
		{"2026-03-04 14:00:00.123 [main] ERROR com.example.Queue - stuck", "2026-03-04T14:00:00.123Z signal||com.example.Queue|stuck"},
		{"2026-03-04T14:00:00.123Z  WARN 1 --- [orders] [           main] c.e.Queue                : slow", "2026-03-04T14:00:00.123Z log||c.e.Queue|slow"},
		{"2026-03-04 14:00:00,123 FATAL [main] com.example.Queue: stuck", "2026-03-04T14:00:00.123Z signal||com.example.Queue|stuck"},
		{"[2026-03-04T14:00:00,123][INFO ][o.e.Node        ] [a] up", "2026-03-04T14:00:00.123Z log||o.e.Node|[a] up"},
		{"04-Mar-2026 14:00:00.123 SEVERE [main] com.example.Queue.push stuck", "2026-03-04T14:00:00.123Z signal||com.example.Queue.push|stuck"},
		{"[Wed Mar 04 14:00:00.123456 2026] [core:error] [pid 1:tid 2] [client 10.0.0.1:5] AH00128: gone", "2026-03-04T14:00:00.123456Z signal||core|[client 10.0.0.1:5] AH00128: gone"},
		{`shop.example.com:443 10.0.0.7 - - [04/Mar/2026:15:00:00 +0100] "GET / HTTP/1.1" 502 12`, `2026-03-04T14:00:00Z log|10.0.0.7|shop.example.com:443|"GET / HTTP/1.1" 502 12`},
		{`h2 2026-03-04T14:00:00.186641Z app/lb/1 10.0.0.7:1 10.0.0.8:2 0.1 502`, "2026-03-04T14:00:00.186641Z log||app/lb/1|10.0.0.7:1 10.0.0.8:2 0.1 502"},
		{`2026-03-04 14:00:00.123 CET [12] ada@orders ERROR:  no such table`, "2026-03-04T13:00:00.123Z signal|||ERROR:  no such table"},
		{"2026-03-04T14:00:00.123456Z 0 [Error] [MY-010119] [Server] Aborting", "2026-03-04T14:00:00.123456Z signal||Server|Aborting"},
		{"2026-03-04T14:00:00.123+0000 E NETWORK  [conn7] gone", "2026-03-04T14:00:00.123Z signal||NETWORK|[conn7] gone"},
		{"2026-03-04 14:00:00.123 7 ERROR nova.compute [req-1] gone", "2026-03-04T14:00:00.123Z signal||nova.compute|[req-1] gone"},
		{"1:M 04 Mar 2026 14:00:00.123 * Ready", "2026-03-04T14:00:00.123Z log|||Ready"},
		{"E, [2026-03-04T14:00:00.123456 #12] ERROR -- orders: stuck", "2026-03-04T14:00:00.123456Z signal||orders|stuck"},
		{`Started GET "/orders" for 10.0.0.7 at 2026-03-04 15:00:00 +0100`, `2026-03-04T14:00:00Z log|||GET "/orders" for 10.0.0.7`},
		{"260304 140000 7 WARN dfs.Node: slow", "2026-03-04T14:00:00Z log||dfs.Node|slow"},
		{"26/03/04 14:00:00 ERROR storage.Block: gone", "2026-03-04T14:00:00Z signal||storage.Block|gone"},
		{"20260304-14:0:5:7|Steps|1|walked", "2026-03-04T14:00:05.007Z log||Steps|walked"},
		{"03-04 14:00:00.123  1702  2395 E Window: gone", "2026-03-04T14:00:00.123Z signal||Window|gone"},
		{"- 1772632800 2026.03.04 a1 2026-03-04-06.00.00.1 a1 RAS KERNEL FATAL gone", "2026-03-04T14:00:00Z signal|a1|KERNEL|gone"},
		{"orders-1  | 2026-03-04T14:00:00.5Z up", "2026-03-04T14:00:00.5Z log||orders-1|up"},
		{"2026-03-04T14:00:00.5Z stderr F up", "2026-03-04T14:00:00.5Z log|||up"},
		{"14:00:00.123 [main] ERROR com.example.Queue - stuck", "2026-03-04T14:00:00.123Z signal||com.example.Queue|stuck"},
		{"Mar  4 14:00:00 alpha launchd[1] (com.example.x): up", "2026-03-04T14:00:00Z log|alpha|launchd|up"},
	} {
		g := gather(t, "logs", Options{Zone: time.UTC, Date: day("2026-03-04")}, write(t, "app.log", c.line+"\n")...)
		wantLines(t, g, c.want+"\n")
		if auto := gather(t, "auto", Options{Zone: time.UTC, Date: day("2026-03-04")}, write(t, "app.log", strings.Repeat(c.line+"\n", 3))...); auto.reading.Source != "syslog" || len(auto.events) != 3 {
			t.Errorf("%q: taken for %s with %d events", c.line, auto.reading.Source, len(auto.events))
		}
	}
}

func TestLogsOfSeveralLines(t *testing.T) {
	for _, c := range []struct{ name, text, want, body string }{
		{"a stack trace", "2026-03-04 14:00:00.123 ERROR 1 --- [main] c.e.Queue : stuck\njava.lang.IllegalStateException: full\n\tat c.e.Queue.push(Queue.java:7)\nCaused by: c.e.Full: 912\n\t... 9 more\n", "2026-03-04T14:00:00.123Z signal||c.e.Queue|stuck\n",
			"java.lang.IllegalStateException: full\n\tat c.e.Queue.push(Queue.java:7)\nCaused by: c.e.Full: 912\n\t... 9 more"},
		{"a traceback", "2026-03-04 14:00:00,123 - orders - ERROR - stuck\nTraceback (most recent call last):\n  File \"q.py\", line 7, in push\nFull: 912\n", "2026-03-04T14:00:00.123Z signal||orders|stuck\n",
			"Traceback (most recent call last):\n  File \"q.py\", line 7, in push\nFull: 912"},
		{"two lines for each entry", "Mar 04, 2026 2:00:00 PM com.example.Queue push\nSEVERE: stuck\n", "2026-03-04T14:00:00Z signal||com.example.Queue|SEVERE: stuck\n", ""},
		{"a W3C log, whose times are UTC", "#Software: Example\n#Fields: date time cs-method\n2026-03-04 14:00:00 GET\n", "2026-03-04T14:00:00Z log|||GET\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			opt := Options{Zone: time.UTC}
			if strings.HasPrefix(c.text, "#") {
				opt.Zone = nil
			}
			g := gather(t, "auto", opt, write(t, "app.log", c.text)...)
			wantLines(t, g, c.want)
			if g.events[0].Body != c.body || g.reading.Refused != 0 {
				t.Errorf("got %q and %+v", g.events[0].Body, g.reading.Refusals)
			}
		})
	}
}

func TestLogsIsAnotherNameOfSyslog(t *testing.T) {
	for _, name := range []string{"logs", "LOG", "syslog"} {
		if s, ok := Lookup(name); !ok || s.Name != "syslog" {
			t.Errorf("%s finds %q", name, s.Name)
		}
	}
}

func FuzzLogForms(f *testing.F) {
	fuzzSource(f, "logs", "x.log", "time=2026-03-04T14:00:00Z msg=\"a\\\"\" level=\n20260304-14:0:5:7|Steps|1|walked\n", "26/03/04 14:00:00 ERROR a: b\na | 2026-03-04T14:00:00Z x\n03-04 14:00:00.123 1 2 E a: b\n", "#Fields: x\n2026-03-04 14:00:00 x\nMar 04, 2026 2:00:00 PM a\nSEVERE: b\n")
}
