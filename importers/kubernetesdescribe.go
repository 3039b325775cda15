package importers

import (
	"errors"
	"io"
	"strings"

	"aftermath/model"
)

// What kubectl describe prints is what people paste: when the containers of a pod started and finished stands there in
// full, and beside the events stand ages alone.

var (
	describeHead  = model.Pattern(`(?m)^Name:[ \t]+\S[^\n]*\n(?s:.*?)^(?:Namespace|Start Time|Labels):[ \t]`)
	describeField = model.Pattern(`^(\s*)([A-Z][\w ()-]*):(?:\s+(.*))?$`)
	containerName = model.Pattern(`^  ([a-z0-9][a-z0-9.-]*):\s*$`)
)

// describeReading is the reading of what was printed about one or more objects.
type describeReading struct {
	recorder
	namespace, object, container string
	state                        string // Running, Terminated
	reason, exit, message        string
	inEvents                     bool
}

func (d *describeReading) read(content io.Reader) error {
	l := newLines(content)
	for {
		raw, err := l.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenFile{l.n, err}
		}
		d.rec = jsonRecord{n: l.n, raw: raw}
		d.run.original = string(raw)
		if err := d.line(string(raw)); err != nil {
			return err
		}
	}
}

func (d *describeReading) line(line string) error {
	if m := containerName().FindStringSubmatch(line); m != nil {
		d.container, d.state = m[1], ""
		return nil
	}
	if m := describeField().FindStringSubmatch(line); m != nil && (m[1] == "" || !d.inEvents) {
		return d.field(m[1] == "", m[2], strings.TrimSpace(m[3]))
	}
	row := strings.TrimSpace(line)
	if d.inEvents && row != "" && !strings.HasPrefix(row, "Type ") && !strings.HasPrefix(row, "----") {
		return d.refuse("the table gives ages and no times; kubectl get events -o json has the times")
	}
	return nil
}

func (d *describeReading) field(outer bool, name, value string) error {
	if outer {
		d.inEvents = name == "Events" && value != "<none>"
	}
	switch name {
	case "Name":
		if outer {
			d.object, d.container = value, ""
		}
	case "Namespace":
		d.namespace = value
	case "State", "Last State":
		d.state, d.reason, d.exit, d.message = value, "", "", ""
	case "Reason":
		d.reason = value
	case "Exit Code":
		d.exit = value
	case "Message":
		d.message = value
	case "Started", "Finished":
		return d.happened(name, value)
	}
	return nil
}

// happened gives the start or the end of a container.
func (d *describeReading) happened(what, at string) error {
	kind := "log"
	if what == "Finished" && d.exit != "0" {
		kind = "signal"
	}
	e := d.begin(kind, "describe", d.namespace+"/"+d.object, d.container, strings.ToLower(what), at)
	e.Service, e.Actor = d.namespace, "kubelet"
	e.Title = strings.TrimSpace(d.container + " " + strings.ToLower(what))
	if what == "Finished" {
		e.Title = headline(e.Title, d.reason)
		if d.exit != "" {
			e.Title += " (exit code " + d.exit + ")"
		}
	}
	e.Body = joinLines("", named("pod", d.object), d.message)
	return d.give(at, "")
}
