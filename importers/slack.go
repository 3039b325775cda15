package importers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"aftermath/model"
)

var slackSource = Source{
	Name: "slack", Title: "Slack", About: "a workspace export (ZIP, folder or one day), a slackdump archive, or a saved conversations.history",
	Detect: detectSlack, parse: parseSlack, many: manySlack,
}

func detectSlack(name string, head []byte) (Confidence, string) {
	if len(bytes.TrimSpace(head)) == 0 || !hasExt(name, ".json", ".jsonl") && !looksLikeJSON(head) {
		return No, ""
	}
	has := func(key string) bool { return bytes.Contains(head, []byte(`"`+key+`"`)) }
	stamped := slackTS().Match(head)
	switch {
	case isSlackList(name):
		if has("id") {
			return Likely, "the lists of a Slack export"
		}
		return Possible - 10, "its name"
	case stamped && (has("text") || has("subtype") || has("blocks")) && (has("user") || has("bot_id") || has("thread_ts") || has("client_msg_id")):
		return Sure, "messages with a Slack ts"
	case has("response_metadata") && has("messages"), has("channel_id") && has("messages"):
		return Sure, "a list of Slack messages"
	case slackDay().MatchString(path.Base(name)) && bytes.TrimSpace(head)[0] == '[':
		return Likely, "a day file of a Slack export"
	}
	return No, ""
}

func manySlack(files []*File) (Confidence, string) {
	for _, f := range files {
		if b := path.Base(f.Name); b == "users.json" || b == "channels.json" {
			if c, _ := detectSlack(f.Name, f.head()); c >= Likely {
				return Sure, "the folders of a Slack export"
			}
		}
	}
	return No, ""
}

var (
	slackTS  = model.Pattern(`"ts"\s*:\s*"\d{9,11}\.\d{6}"`)
	slackDay = model.Pattern(`^\d{4}-\d{2}-\d{2}\.json$`)
)

// isSlackList says whether the file is one of the lists that lie beside the channels of an export.
func isSlackList(name string) bool {
	switch path.Base(name) {
	case "users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json", "canvases.json", "lists.json",
		"org_users.json", "file_conversations.json", "huddle_transcripts.json":
		return true
	}
	return false
}

// slackHousekeeping are the subtypes that tell of the channel and not of the incident.
var slackHousekeeping = map[string]bool{
	"channel_join": true, "channel_leave": true, "group_join": true, "group_leave": true, "bot_add": true, "bot_remove": true, "bot_enable": true,
	"bot_disable": true, "tombstone": true, "channel_archive": true, "channel_unarchive": true, "channel_name": true, "channel_purpose": true,
	"channel_topic": true, "group_topic": true, "group_purpose": true, "group_name": true, "group_archive": true, "group_unarchive": true,
	"channel_convert_to_private": true, "channel_posting_permissions": true, "pinned_item": true, "unpinned_item": true,
	"reminder_add": true, "sh_room_created": true, "joiner_notification": true, "message_deleted": true, "app_conversation_join": true,
}

// slackReading knows the people and channels of an export while its messages are read.
type slackReading struct {
	run      *run
	users    map[string]string
	channels map[string]string // name or id → id
	names    map[string]string // id → name
	private  map[string]bool   // conversations between people, by id or name
	unknown  int
	event    model.Event
}

func parseSlack(r *run) error {
	s := &slackReading{run: r, users: map[string]string{}, channels: map[string]string{}, names: map[string]string{}, private: map[string]bool{}}
	for _, f := range r.in.Files {
		if isSlackList(f.Name) {
			if err := s.lists(f); err != nil {
				return err
			}
		}
	}
	skipped := map[string]bool{}
	for _, f := range r.in.Files {
		dir := path.Base(path.Dir(f.Name))
		switch {
		case isSlackList(f.Name):
			continue
		case dir != "." && s.private[dir]:
			skipped[dir] = true
			continue
		case r.in.foreign(r.src, f) && !isEmptyList(f.head()):
			r.warn("skip "+f.Name, "%s holds no Slack messages and was left out", f.Name)
			continue
		}
		if err := r.read1(f, s.file); err != nil {
			return err
		}
	}
	if len(skipped) > 0 {
		r.warn("private", "%s left out; import one by naming its folder", plural(len(skipped), "private conversation was", "private conversations were"))
	}
	if s.unknown > 0 {
		r.warn("users", "%s by people whose names are not in the file; they keep their ids", plural(s.unknown, "message is", "messages are"))
	}
	return nil
}

func isEmptyList(head []byte) bool {
	h := strings.Join(strings.Fields(string(head[:min(len(head), 100)])), "")
	return h == "[]" || h == "null" || h == ""
}

// lists reads one of the lists beside the channels. A broken one costs names, not messages.
func (s *slackReading) lists(f *File) error {
	r := s.run
	r.file = f
	content, err := f.open()
	if err != nil {
		r.warn("list "+f.Name, "%s cannot be read, so names may be missing", f.Name)
		return nil
	}
	defer content.Close()
	base := path.Base(f.Name)
	list := map[string]string{"users.json": "members", "org_users.json": "members"}[base] // as users.list answers
	quiet := newRun(r.src, r.in, r.opt, nil)                                              // entries are no records of the reading
	err = quiet.records(utf8Reader(content), func(key string) bool { return key == firstOf(list, "channels") }, func(rec jsonRecord) error {
		switch base {
		case "users.json", "org_users.json":
			var u slackUser
			if decode(rec.raw, &u) == nil && u.ID != "" {
				s.users[u.ID] = u.shown()
			}
		case "channels.json", "groups.json", "dms.json", "mpims.json":
			var c struct{ ID, Name string }
			if decode(rec.raw, &c) != nil || c.ID == "" {
				return nil
			}
			s.channels[c.ID] = c.ID
			if c.Name != "" {
				s.channels[c.Name], s.names[c.ID] = c.ID, c.Name
			}
			if base == "dms.json" || base == "mpims.json" {
				s.private[c.ID] = true
				if c.Name != "" {
					s.private[c.Name] = true
				}
			}
		}
		return nil
	})
	if err != nil || quiet.reading.Refused > 0 {
		r.warn("list "+f.Name, "%s is damaged, so names may be missing", f.Name)
	}
	return nil
}

// file reads the messages of one file.
func (s *slackReading) file(f *File, content io.Reader) error {
	folder := path.Base(path.Dir(f.Name))
	if folder == "." && slackDay().MatchString(path.Base(f.Name)) {
		folder = f.Dir
	}
	s.usersWithin(f)
	return s.run.records(content, func(key string) bool { return key == "messages" }, func(rec jsonRecord) error {
		channel := firstOf(unquote(string(rec.page["channel_id"])), unquote(string(rec.page["channel"])))
		if id, ok := s.channels[folder]; ok {
			channel = id
		}
		if channel == "" && folder != "." {
			channel = folder
		}
		var m slackMessage
		if err := decode(rec.raw, &m); err != nil {
			s.run.refuse(rec.n, errBadJSON.Error(), string(rec.raw))
			return nil
		}
		return s.message(&m, channel, rec.n)
	})
}

// usersWithin learns the people whom a file names beside its messages, wherever they stand in it.
func (s *slackReading) usersWithin(f *File) {
	if f.Size > textLimit || !bytes.Contains(f.head(), []byte(`"messages"`)) {
		return
	}
	content, err := f.open()
	if err != nil {
		return // reading its messages tells of it
	}
	defer content.Close()
	page, err := io.ReadAll(io.LimitReader(utf8Reader(content), textLimit))
	if err != nil || !bytes.Contains(page, []byte(`"users"`)) && !bytes.Contains(page, []byte(`"members"`)) {
		return
	}
	o := objectAsWritten(page)
	for _, key := range []string{"users", "members"} {
		people := o.raws(key)
		members(string(o[key]), func(_, value string) { people = append(people, json.RawMessage(value)) })
		for _, raw := range people {
			var u slackUser
			if decode(raw, &u) == nil && u.ID != "" {
				s.users[u.ID] = u.shown()
			}
		}
	}
}

// message gives a message and its replies.
func (s *slackReading) message(m *slackMessage, channel string, line int) error {
	r := s.run
	if m.Channel != "" {
		channel = string(m.Channel)
	}
	at, ok := slackTime(m.TS)
	if !ok {
		r.refuse(line, "the message has no ts that can be read", firstOf(m.TS, m.Text))
	} else {
		e := &s.event
		*e = model.Event{At: at, TimeText: m.TS, ZoneSource: "data", Precision: "ns", Line: line, Source: "slack", URL: m.Permalink}
		e.ExternalID = "slack:" + channel + ":" + m.TS
		e.Actor = s.actor(m)
		e.Service = ""
		text := s.text(m)
		e.Title, e.Body = s.titled(text)
		e.Kind = "comms"
		if m.Subtype == "bot_message" || m.BotID != "" && m.User == "" {
			e.Kind = kindOfText(text, "comms")
		}
		e.Housekeeping = slackHousekeeping[m.Subtype]
		edited, _ := slackTime(m.Edited.TS)
		if err := r.eventAsOf(e, edited); err != nil {
			return err
		}
	}
	for i := range m.Replies {
		if err := s.message(&m.Replies[i], channel, line); err != nil {
			return err
		}
	}
	return nil
}

// slackTime reads a ts: seconds, a dot and microseconds.
func slackTime(ts string) (time.Time, bool) {
	whole, frac, ok := strings.Cut(ts, ".")
	seconds, n := digits(whole, 0, 11)
	if !ok && frac != "" || n == 0 || n != len(whole) || len(frac) > 9 {
		return time.Time{}, false
	}
	ns, _, end := fraction(frac, 0)
	if end != len(frac) {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), int64(ns)).UTC(), true
}

func (s *slackReading) actor(m *slackMessage) string {
	id := firstOf(m.User, m.Comment.User)
	if name := s.users[id]; name != "" {
		return name
	}
	if p := m.UserProfile; p != nil {
		if name := firstOf(p.DisplayName, p.RealName, p.Name); name != "" {
			return name
		}
	}
	name := firstOf(m.Username, m.BotProfile.Name)
	if name == "" && id != "" {
		s.unknown++
	}
	return firstOf(name, id, m.BotID)
}

// text is what a person reads of a message: its text, or what stands in for it.
func (s *slackReading) text(m *slackMessage) string {
	if strings.TrimSpace(m.Text) != "" {
		return m.Text
	}
	for _, a := range m.Attachments {
		if t := firstOf(a.Fallback, a.Pretext, strings.TrimSpace(a.Title+"\n"+a.Text)); t != "" {
			return t
		}
	}
	var parts []string
	for _, b := range m.Blocks {
		if t := strings.TrimSpace(b.text()); t != "" {
			parts = append(parts, t)
		}
	}
	if len(parts) > 0 {
		return strings.Join(parts, "\n")
	}
	for _, f := range m.Files {
		if t := firstOf(f.Title, f.Name); t != "" {
			return "file: " + t
		}
	}
	if m.Subtype != "" {
		return "(" + m.Subtype + ")"
	}
	return "(message without text)"
}

var slackMarks = model.Pattern(`<([^<>\n]+)>`)

// titled resolves Slack's marks in a text. The title shows the labels of links; the body keeps their
// addresses.
func (s *slackReading) titled(text string) (title, body string) {
	labelled := false
	render := func(addresses bool) string {
		out := slackMarks().ReplaceAllStringFunc(text, func(mark string) string {
			target, label, has := strings.Cut(mark[1:len(mark)-1], "|")
			switch {
			case strings.HasPrefix(target, "@"):
				return "@" + firstOf(s.users[target[1:]], label, target[1:])
			case strings.HasPrefix(target, "#"):
				return "#" + firstOf(label, s.names[target[1:]], target[1:])
			case strings.HasPrefix(target, "!"):
				if strings.HasPrefix(target, "!date^") {
					return firstOf(label, mark)
				}
				return "@" + strings.TrimPrefix(firstOf(label, strings.TrimPrefix(target, "!")), "@")
			case !strings.Contains(target, ":"):
				return mark
			case has && label != target:
				labelled = true
				if addresses {
					return fmt.Sprintf("%s (%s)", label, target)
				}
				return label
			}
			return target
		})
		return slackEntities.Replace(out)
	}
	title, body = titleAndBody(render(false))
	if labelled {
		body = render(true)
	}
	return title, body
}

// slackEntities are the three characters that Slack escapes, once.
var slackEntities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
