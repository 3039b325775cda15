package collect

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Slack answers everything with status 200 and says in the body whether it went well. An app that a team made
// for itself may ask some 50 times a minute; an app sold to many, once.
var slack = vendor{
	name: "slack", title: "Slack", address: "https://slack.com/api",
	tokens:  []tokenPlace{{env: "SLACK_TOKEN"}},
	sign:    bearer,
	patient: 30 * time.Second,
	strict: func(a response) bool {
		return a.status == http.StatusOK && says(a, `"ratelimited"`, `"rate_limited"`) && hidden(a.body) != ""
	},
	explain: explainSlack,
	plan: func(p *plan) ([]call, error) {
		if len(p.Channels) == 0 {
			return nil, errors.New("no channels are named, by their ids")
		}
		var calls []call
		for _, c := range p.Channels {
			calls = append(calls, p.slackChannel(c))
		}
		// The names of people come last: without them the messages can still be read.
		return append(calls, call{part: "users", name: "users.list-%04d/users.json", Request: p.get("/users.list", "limit", "1000"), next: slackCursor}), nil
	},
}

type slackPage struct {
	HasMore  bool `json:"has_more"`
	Messages []struct {
		TS         string `json:"ts"`
		ThreadTS   string `json:"thread_ts"`
		ReplyCount int    `json:"reply_count"`
	} `json:"messages"`
	Metadata struct {
		NextCursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

var slackCursor = cursor("cursor", func(body []byte) string { return read[slackPage](body).Metadata.NextCursor })

// slackChannel asks for the messages of a channel, and then for the replies to each that has some.
func (p *plan) slackChannel(channel string) call {
	window := []string{"oldest", slackTS(p.From), "latest", slackTS(p.To), "inclusive", "true", "limit", "200"}
	c := call{part: "messages", name: channel + "/conversations.history-%04d.json", next: slackCursor}
	c.Request = p.get("/conversations.history", append([]string{"channel", channel}, window...)...)
	c.leads = func(body []byte) (threads []call) {
		for _, m := range read[slackPage](body).Messages {
			thread := m.ThreadTS // its own ts, or that of its parent where a reply was also sent to the channel
			if thread == "" && m.ReplyCount > 0 {
				thread = m.TS
			}
			if thread == "" || p.skips("threads") {
				continue
			}
			threads = append(threads, call{part: "threads", name: channel + "/conversations.replies-" + thread + "-%04d.json", next: slackCursor,
				Request: p.get("/conversations.replies", append([]string{"channel", channel, "ts", thread}, window...)...)})
		}
		return threads
	}
	return c
}

// slackTS writes a time as Slack does: seconds, a dot and microseconds.
func slackTS(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }

func explainSlack(code string) (remedy string, token bool) {
	switch code {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission":
		return "", true
	case "missing_scope":
		return "give the app the scopes channels:history, groups:history and users:read", true
	case "not_in_channel":
		return "invite the app to the channel", false
	case "channel_not_found":
		return "write the ids of channels, as the end of a channel's address has them, and invite the app to private ones", false
	}
	return "", false
}
