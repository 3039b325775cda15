package importers

import "strings"

// slackUser is an entry of users.json.
type slackUser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Profile  struct {
		DisplayName string `json:"display_name"`
		RealName    string `json:"real_name"`
	} `json:"profile"`
}

func (u slackUser) shown() string {
	return firstOf(u.Profile.DisplayName, u.RealName, u.Profile.RealName, u.Name, u.ID)
}

// slackMessage is what is used of a message.
type slackMessage struct {
	TS          string            `json:"ts"`
	Channel     slackRef          `json:"channel"`
	User        string            `json:"user"`
	Username    string            `json:"username"`
	BotID       string            `json:"bot_id"`
	Subtype     string            `json:"subtype"`
	Text        string            `json:"text"`
	Permalink   string            `json:"permalink"`
	UserProfile *slackUserProfile `json:"user_profile"`
	BotProfile  struct {
		Name string `json:"name"`
	} `json:"bot_profile"`
	Edited struct {
		TS string `json:"ts"`
	} `json:"edited"`
	Comment struct {
		User string `json:"user"`
	} `json:"comment"`
	Attachments []struct {
		Fallback string `json:"fallback"`
		Pretext  string `json:"pretext"`
		Title    string `json:"title"`
		Text     string `json:"text"`
	} `json:"attachments"`
	Blocks []slackBlock `json:"blocks"`
	Files  []struct {
		Title string `json:"title"`
		Name  string `json:"name"`
	} `json:"files"`
	Replies []slackMessage `json:"slackdump_thread_replies"`
}

type slackUserProfile struct {
	DisplayName string `json:"display_name"`
	RealName    string `json:"real_name"`
	Name        string `json:"name"`
}

// slackRef is a channel as an id or as an object that has one.
type slackRef string

// UnmarshalJSON takes both forms.
func (s *slackRef) UnmarshalJSON(raw []byte) error {
	var object struct {
		ID string `json:"id"`
	}
	if raw[0] == '{' {
		err := decode(raw, &object)
		*s = slackRef(object.ID)
		return err
	}
	*s = slackRef(unquote(string(raw)))
	return nil
}

// slackBlock holds text somewhere in its tree.
type slackBlock struct {
	Type     string       `json:"type"`
	Text     slackText    `json:"text"`
	URL      string       `json:"url"`
	Elements []slackBlock `json:"elements"`
	Fields   []slackBlock `json:"fields"`
}

// slackText is a text as a string or as an object that has one.
type slackText string

// UnmarshalJSON takes both forms.
func (s *slackText) UnmarshalJSON(raw []byte) error {
	var object struct {
		Text string `json:"text"`
	}
	if raw[0] == '{' {
		err := decode(raw, &object)
		*s = slackText(object.Text)
		return err
	}
	*s = slackText(unquote(string(raw)))
	return nil
}

// text gathers the texts below a block.
func (b slackBlock) text() string {
	var out strings.Builder
	out.WriteString(string(b.Text))
	if b.Text == "" && b.URL != "" {
		out.WriteString(b.URL)
	}
	for _, list := range [][]slackBlock{b.Fields, b.Elements} {
		for _, e := range list {
			out.WriteString(e.text())
		}
	}
	return out.String()
}
