package importers

import (
	"regexp"
	"strings"

	"aftermath/model"
)

// levels are the words that logs write in capitals for how bad it is.
const levels = `(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|CRIT|FATAL|SEVERE|EMERG|ALERT|PANIC)`

// A logForm is one way of writing a line. Its groups are named time, level, host, tag, text, and rest for
// a line that has something before it.
type logForm struct {
	pattern func() *regexp.Regexp
	stamp   func(string) (stamp, bool) // how the time is written
}

// logForms are the lines of well-known programs that begin with something else than a date and a time.
var logForms = []logForm{
	{model.Pattern(`^\d+:[A-Z] (?P<time>\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}(?:\.\d+)?) [.*#-] (?P<text>.*)$`), wholeStamp},                                                     // Redis
	{model.Pattern(`^[DIWEFA], \[(?P<time>[^\]#]+?) #\d+\]\s+(?P<level>[A-Z]+) -- (?P<tag>[^:]*): (?P<text>.*)$`), wholeStamp},                                                           // Ruby's Logger
	{model.Pattern(`^\[(?P<time>\d{4}-\d{2}-\d{2} [\d:,.]+): (?P<level>` + levels + `)/(?P<tag>[^\]]+)\] (?P<text>.*)$`), wholeStamp},                                                    // Celery
	{model.Pattern(`^(?P<time>\d{6} \d{6}) \d+ (?P<level>` + levels + `) (?P<tag>[^:\s]+): (?P<text>.*)$`), compactStamp},                                                                // Hadoop's file system
	{model.Pattern(`^(?P<time>\d{2}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}) (?P<level>` + levels + `) (?P<tag>[^:\s]+): (?P<text>.*)$`), compactStamp},                                            // Spark
	{model.Pattern(`^(?P<time>\d{8}-\d{1,2}:\d{1,2}:\d{1,2}:\d{1,3})\|(?P<tag>[^|]+)\|\d+\|(?P<text>.*)$`), compactStamp},                                                                // phones
	{model.Pattern(`^(?P<time>\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{3})\s+\d+\s+\d+ (?P<level>[VDIWEF]) (?P<tag>[^:]+?)\s*: (?P<text>.*)$`), monthFirst},                                     // Android
	{model.Pattern(`^\[(?P<time>\d{2}\.\d{2} \d{2}:\d{2}:\d{2})\] (?P<tag>\S+) - (?P<text>.*)$`), monthFirst},                                                                            // Proxifier
	{model.Pattern(`^(?:-|[A-Z_]+) (?P<time>\d{9,10}) \d{4}\.\d{2}\.\d{2} (?P<host>\S+) \S+ \S+ RAS (?P<tag>\S+) (?P<level>\S+) (?P<text>.*)$`), epochStamp},                             // Blue Gene
	{model.Pattern(`^(?:-|[A-Z_]+) (?P<time>\d{9,10}) \d{4}\.\d{2}\.\d{2} (?P<host>\S+) [A-Z][a-z]{2} +\d{1,2} [\d:]{8} \S+ (?P<tag>[^\s:\[]+)(?:\[\d+\])?: (?P<text>.*)$`), epochStamp}, // clusters with syslog
	{model.Pattern(`^\d+ (?P<host>\S+) (?P<tag>\S+) \S+ (?P<time>\d{9,10}) \d+ (?P<text>.*)$`), epochStamp},                                                                              // clusters
	{model.Pattern(`^(?P<time>\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}(?:\.\d+)?) (?P<level>[A-Z]+) \[[^\]]*\] (?P<tag>\S+) (?P<text>.*)$`), wholeStamp},                              // Tomcat
	{model.Pattern(`^(?P<time>[A-Z][a-z]{2} \d{1,2}, \d{4},? \d{1,2}:\d{2}:\d{2} [AP]M) (?P<tag>\S+)(?: \S+)?$`), wholeStamp},                                                            // Java's own, whose text is the next line
	{model.Pattern(`^(?:https?|h2|grpcs?|wss?|tls) (?P<time>\d{4}-\d{2}-\d{2}T[\d:.]+Z) (?P<tag>\S+) (?P<text>.*)$`), wholeStamp},                                                        // load balancers
	{model.Pattern(`^(?P<tag>\S+:\d+) (?P<host>\S+) \S+ \S+ \[(?P<time>[^\]]+)\] (?P<text>".*)$`), wholeStamp},                                                                           // access logs of several hosts
	{model.Pattern(`^Started (?P<text>[A-Z]+ "[^"]*" for \S+) at (?P<time>\d{4}-\d{2}-\d{2} .*)$`), wholeStamp},                                                                          // Rails
	{model.Pattern(`^\[(?P<time>\d{10}(?:\.\d+)?)\] (?P<text>.*)$`), epochStamp},                                                                                                         // Nagios
	{model.Pattern(`^\[pid: [^\]]*\] (?P<host>\S+) .*?\[(?P<time>[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} \d{4})\] (?P<text>.*)$`), wholeStamp},                            // uWSGI
	{model.Pattern(`^# Time: (?P<time>\d{4}-\d{2}-\d{2}T\S+)(?P<text>\s*)$`), wholeStamp},                                                                                                // MySQL's slow queries
	{model.Pattern(`^\[(?P<tag>[^\]\s]*[A-Za-z][^\]\s]*)\] (?P<rest>\d{4}-.*)$`), nil},                                                                                                   // kubectl logs --prefix
	{model.Pattern(`^(?P<tag>[^\t]+)\t[^\t]+\t\x{feff}?(?P<rest>\d{4}-\d{2}-\d{2}T\S+ .*)$`), nil},                                                                                       // gh run view --log
	{model.Pattern(`^\[?(?P<time>\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)\]? (?:\[[^\]]*\] +)?\[?(?P<level>` + levels + `)\]? +(?:(?P<tag>[\w.$]+) - )?(?P<text>.*)$`), wholeStamp},                // a time without a date
	{model.Pattern(`^(?P<tag>[\w.-]*[A-Za-z][\w.-]*) +\| (?P<rest>\d{4}-.*)$`), nil},                                                                                                     // docker compose
	{model.Pattern(`^[\w.-]+\.log[\w.:-]* (?P<rest>\d{4}-.*)$`), nil},                                                                                                                    // a file's name before each line
}

// formLine takes a line apart that has one of the forms.
func formLine(line string) (logLine, bool) {
	if !hasClock(line[:min(len(line), 200)]) {
		return logLine{}, false
	}
	for _, f := range logForms {
		re := f.pattern()
		m := re.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		part := func(name string) string {
			if i := re.SubexpIndex(name); i >= 0 {
				return m[i]
			}
			return ""
		}
		if f.stamp == nil {
			l, ok := logLineOf(part("rest"))
			l.tag = firstOf(l.tag, part("tag"))
			return l, ok
		}
		st, ok := f.stamp(part("time"))
		if !ok {
			continue
		}
		return logLine{stamp: st, written: part("time"), host: part("host"), tag: part("tag"), level: plainLevel(part("level")), text: part("text")}, true
	}
	return logLine{}, false
}

// hasClock says whether a line can hold a time: 14:03, or six digits in a row. Most lines that go on with
// another cannot, and none of them needs to be tried against the forms.
func hasClock(line string) bool {
	run := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c >= '0' && c <= '9':
			if run++; run == 6 {
				return true
			}
			continue
		case c == ':' && run > 0 && i+1 < len(line) && line[i+1] >= '0' && line[i+1] <= '9':
			return true
		}
		run = 0
	}
	return false
}

// plainLevel is a level in small letters, spelled out when it is one letter.
func plainLevel(level string) string {
	if word, ok := map[string]string{"E": "error", "F": "fatal", "W": "warning", "I": "info", "D": "debug", "V": "trace", "eror": "error", "failure": "error"}[level]; ok {
		return word
	}
	return strings.ToLower(level)
}

// compactStamp reads 081109 203615, 17/06/09 20:10:40 and 20171223-22:15:29:606, which begin with the year.
func compactStamp(s string) (stamp, bool) {
	var n []int
	for i := 0; i < len(s); {
		v, next := digits(s, i, 2)
		if next == i {
			i++
			continue
		}
		n, i = append(n, v), next
	}
	st := stamp{timed: true, precision: "s"}
	if len(s) > 16 && s[8] == '-' { // the year has four digits and the second a fraction
		clock := strings.Split(s[9:], ":")
		parts := make([]int, 4)
		for i := range min(4, len(clock)) {
			parts[i], _ = digits(clock[i], 0, 3)
		}
		st.year, st.month, st.day = n[0]*100+n[1], n[2], n[3]
		st.hour, st.min, st.sec, st.nsec, st.precision = parts[0], parts[1], parts[2], parts[3]*1_000_000, "ms"
		return st, len(clock) == 4
	}
	if len(n) != 6 {
		return st, false
	}
	st.year, st.month, st.day, st.hour, st.min, st.sec = 2000+n[0], n[1], n[2], n[3], n[4], n[5]
	return st, true
}

// monthFirst reads 03-17 16:13:38.811 and 10.30 16:49:06, which have no year.
func monthFirst(s string) (stamp, bool) {
	var st stamp
	st.month, _ = digits(s, 0, 2)
	st.day, _ = digits(s, 3, 2)
	_, ok := clockTime(s[6:], &st)
	return st, ok
}

// logTails are what well-known programs write after the date and the time.
var logTails = []func() *regexp.Regexp{
	model.Pattern(`^- (?P<tag>\S+) - (?P<level>` + levels + `) - (?P<text>.*)$`),                                                             // Python
	model.Pattern(`^\{(?P<tag>[^}]+)\} (?P<level>` + levels + `) - (?P<text>.*)$`),                                                           // Airflow
	model.Pattern(`^\[[^\]]*\] +(?P<level>` + levels + `) +(?P<tag>[^\s:]+?)(?: -|:) (?P<text>.*)$`),                                         // Logback
	model.Pattern(`^\[(?P<level>` + levels + `) *\]\[(?P<tag>[^\]]+?) *\] *(?P<text>.*)$`),                                                   // Elasticsearch
	model.Pattern(`^\[(?P<tag>[\w-]*):(?P<level>emerg|alert|crit|error|warn|notice|info|debug|trace\d)\] (?:\[pid [^\]]*\] )?(?P<text>.*)$`), // Apache
	model.Pattern(`^\[\d+\] \[(?P<level>` + levels + `)\] (?P<text>.*)$`),                                                                    // Gunicorn
	model.Pattern(`^(?:\S*:)?\[\d+\](?: \S+@\S+)?:? ?(?P<text>(?P<level>[A-Z]+):  ?.*)$`),                                                    // PostgreSQL
	model.Pattern(`^\w+ \[(?P<level>System|Warning|Error|Note)\] (?:\[MY-\d+\] )?(?:\[(?P<tag>\w+)\] )?(?P<text>.*)$`),                       // MySQL
	model.Pattern(`^\d+ (?P<level>` + levels + `) (?P<tag>[\w.]+) (?P<text>.*)$`),                                                            // OpenStack
	model.Pattern(`^(?P<level>[FEWID]) (?P<tag>[A-Z]+) +(?P<text>\[.*)$`),                                                                    // MongoDB
	model.Pattern(`^(?:stdout|stderr) [FP] (?P<text>.*)$`),                                                                                   // containers
}

// afterLevel are what Java programs write after the level: a thread and a logger.
var afterLevel = []func() *regexp.Regexp{
	model.Pattern(`^(?:\[[^\]]*\] )?\d+ --- (?:\[[^\]]*\] )+(?P<tag>\S+) *: (?P<text>.*)$`),
	model.Pattern(`^\[[^\]]*\] (?P<tag>[\w.$]+): (?P<text>.*)$`),
}

// tail fills in what one of the patterns finds in the rest of a line.
func (l *logLine) tail(patterns []func() *regexp.Regexp, rest string) bool {
	for _, p := range patterns {
		re := p()
		m := re.FindStringSubmatch(rest)
		if m == nil {
			continue
		}
		for i, name := range re.SubexpNames() {
			switch name {
			case "tag":
				l.tag = m[i]
			case "level":
				l.level = plainLevel(m[i])
			case "text":
				l.text = m[i]
			}
		}
		return true
	}
	return false
}

// logfmtLine takes a line of pairs apart, such as time=… level=error msg="queue full".
func logfmtLine(line string) (logLine, bool) {
	var l logLine
	if eq := strings.IndexByte(line, '='); eq <= 0 || eq > 40 || strings.ContainsAny(line[:eq], " \t[\"") {
		return l, false
	}
	found := map[string]string{}
	for _, p := range logfmtPairs(line) {
		if _, ok := found[p[0]]; !ok {
			found[p[0]] = p[1]
		}
	}
	first := func(keys ...string) string {
		for _, k := range keys {
			if found[k] != "" {
				return found[k]
			}
		}
		return ""
	}
	l.written = first("time", "ts", "timestamp", "@timestamp", "t", "datetime")
	st, ok := wholeStamp(l.written)
	if l.written == "" || !ok || !st.timed {
		return l, false
	}
	l.stamp, l.level = st, plainLevel(first("level", "lvl", "severity"))
	l.tag, l.host = first("service", "app", "component", "logger", "caller"), first("host", "hostname")
	l.text = first("msg", "message", "event")
	if l.text == "" {
		l.text = line
	} else {
		l.text += "\n" + line
	}
	return l, true
}

// logfmtPairs are the keys and values of a line, quotes taken off.
func logfmtPairs(line string) [][2]string {
	var all [][2]string
	for line = strings.TrimSpace(line); line != "" && len(all) < 200; line = strings.TrimLeft(line, " \t") {
		end := strings.IndexAny(line, "= \t")
		if end < 0 || line[end] != '=' {
			if end < 0 {
				break
			}
			line = line[end:]
			continue
		}
		key, rest := line[:end], line[end+1:]
		if strings.HasPrefix(rest, `"`) {
			if n, err := stringEnd(rest, 0); err == nil {
				all, line = append(all, [2]string{key, unquote(rest[:n])}), rest[n:]
				continue
			}
		}
		n := strings.IndexAny(rest, " \t")
		if n < 0 {
			n = len(rest)
		}
		all, line = append(all, [2]string{key, rest[:n]}), rest[n:]
	}
	return all
}
