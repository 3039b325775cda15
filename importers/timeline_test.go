package importers

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// stories are whole texts and what is read from each: the day and time of each event with its title, and the lines
// that are refused.
func TestStories(t *testing.T) {
	utc, told := Options{Zone: time.UTC}, Options{Zone: time.UTC, Date: day("2026-03-04")}
	for name, c := range map[string]struct {
		opt        Options
		text, want string
	}{
		"an item without a time is refused": {utc, "# Queue 2026-03-04\n\n## Timeline\n\n- 14:00 deploy\n- paused the worker\n  - it took a while\n- 14:10 up\n\nThat was all.\n\n- not of the timeline\n",
			"04 14:00 deploy; 04 14:10 up; refused 6 12"},
		"a list of times is a timeline by itself": {told, "Impact:\n\n- Orders: 12\n\nNotes:\n\n- 14:00 deploy\n- later the worker\n- 14:10 up\n", "04 14:00 deploy; 04 14:10 up; refused 8"},
		"a list without times is none":            {told, "- one\n- two\n\n14:00 deploy\n\n- three\n", "04 14:00 deploy; refused"},
		"a row without a time is refused":         {utc, "## Timeline\n\n| When | What |\n|---|---|\n| 2026-03-04 14:00 | deploy |\n| soon | paused |\n| | |\n| 2026-03-04 1410 | up |\n", "04 14:00 deploy; 04 14:10 up; refused 6"},
		"dots and words for times":                {utc, "# Queue 2026-03-04\n## Timeline\n- 11.58 deploy\n- noon lunch\n- just after 12:04 paged\n- 1.15 pm up\n- T+2h closed\n", "04 11:58 deploy; 04 12:00 lunch; 04 12:04 paged; 04 13:15 up; refused 7"},
		"a wrapped item is one title":             {told, "- 14:00 the worker was paused until\n  the queue was empty\n- 14:10 up.\n  Nobody knows why.\n", "04 14:00 the worker was paused until the queue was empty; 04 14:10 up.; refused"},
		"the day beside the timeline":             {utc, "# Queue\n\n| Date | 4 March 2026 |\n|---|---|\n| Severity | 2 |\n\n## Timeline\n\n- 14:00 deploy\n", "04 14:00 deploy; refused"},
		"the day in the title":                    {utc, "# Queue, 4 March 2026\n\nReviewed:\n\n- 2026-03-09 10:00 review\n\n## Timeline\n\n- 14:00 deploy\n- 14:10 up\n", "04 14:00 deploy; 04 14:10 up; refused"},
		"a told day wins over a day elsewhere":    {told, "- Reviewed 2026-03-09 10:00\n\n## Timeline\n\n- 14:00 deploy\n- 14:10 up\n", "04 14:00 deploy; 04 14:10 up; refused"},
		"headings that are underlined":            {told, "Queue\n=====\n\nTimeline\n--------\n- 14:00 deploy\n- paused\n- 14:10 up\n\nLessons\n-------\n- 14:20 is too late\n", "04 14:00 deploy; 04 14:10 up; refused 7"},
		"a page":                                  {Options{}, "<!DOCTYPE html>\n<html><head><style>li { top: 14:00 }</style></head><body><h1>Queue 2026-03-04</h1><p>All times UTC</p>\n<h2>Timeline</h2><table><tr><th>When</th><th>What</th></tr>\n<tr><td>14:00</td><td>deploy &amp; wait</td></tr>\n<tr><td>soon</td><td>up</td></tr></table>", "04 14:00 deploy & wait; refused 3 5"},
		"a chat quoted below a timeline":          {told, "## Timeline\n\n- 14:00 deploy\n- 14:10 up\n\n## Chat\n\n> remember this\n\n>ada [3:02 PM]\n>is it up?\n>\n>bo [3:03 PM]\n>yes\n", "04 14:00 deploy; 04 14:10 up; refused"},
		"hours without a half of the day":         {told, "- 11:50 a.m. deploy\n- 12:10 slow\n- 1:05 paged\n- 1:20 PM up\n", "04 11:50 deploy; 04 12:10 slow; 04 13:05 paged; 04 13:20 up; refused"},
		"a half with blanks between its letters":  {told, "- 8:49 p.m. deploy\n- 8:51\u202fp.\u00a0m. slow\n- 8:55 P. M. up\n", "04 20:49 deploy; 04 20:51 slow; 04 20:55 up; refused"},
		"ranges that look like offsets":           {told, "- 14:00-14:30 slow\n- 14:30 up\n", "04 14:00 slow; 04 14:30 up; refused"},
		"a time that is none":                     {told, "14:00 deploy\n25:61 what\n14時10分 up\n令和8年3月4日 14:20 closed\n", "04 14:00 deploy; 04 14:10 up; refused 2 4"},
		"German":                                  {Options{}, "# Ausfall\n\nDatum: 4. März 2026\n\n## Ablauf\n\nAlle Zeiten in UTC\n\n- 14:00 Uhr Deploy\n- 14.10 Uhr wieder da\n- gegen 14:20 Uhr Entwarnung\n", "04 14:00 Deploy; 04 14:10 wieder da; 04 14:20 Entwarnung; refused"},
		"Italian, Portuguese and Dutch":           {utc, "- 4 marzo 2026 alle 14:00 rilascio\n- 4 de março de 2026 às 14:10 voltou\n- 4 maart 2026 om 14:20 uur klaar\n", "04 14:00 rilascio; 04 14:10 voltou; 04 14:20 klaar; refused"},
		"Japanese":                                {Options{}, "# 障害 2026年3月4日\n\n時刻はすべて UTC\n\n## タイムライン\n\n- 午後2時 開始\n- １４：１０　復旧\n- 14時20分〜14時30分 確認\n", "04 14:00 開始; 04 14:10 復旧; 04 14:20 確認; refused"},
	} {
		g := gather(t, "text", c.opt, write(t, "n.md", c.text)...)
		var got []string
		for _, e := range g.events {
			got = append(got, e.At.Format("02 15:04 ")+e.Title)
		}
		refused := "refused"
		for _, r := range g.reading.Refusals {
			refused += fmt.Sprint(" ", r.Line)
		}
		if story := strings.Join(append(got, refused), "; "); story != c.want {
			t.Errorf("%s: got %q, want %q\n%s", name, story, c.want, g.tale())
		}
	}
}

func TestChatsAsTheyAreCopied(t *testing.T) {
	opt := Options{Zone: time.UTC, Date: day("2026-03-04")}
	for name, c := range map[string]struct{ text, want string }{
		"names above times": {"Ada North\n  2:13 PM\nis it slow?\n2:14\nit is\n\nBo\n:palm_tree:  2:15 PM\nrolling back\nnow\n\nbot\nAPP  2:16 PM\n1.3 is live\n",
			"14:13 Ada North: is it slow?; 14:14 Ada North: it is; 14:15 Bo: rolling back; 14:16 bot: 1.3 is live"},
		"24 hours":          {"Ada\n  14:13\nis it slow?\n14:14\nit is\n\nBo\n  14:15\nrolling back\n", "14:13 Ada: is it slow?; 14:14 Ada: it is; 14:15 Bo: rolling back"},
		"past noon":         {"Ada\n  11:59 AM\nslow\n12:01\nvery\n1:05\ngone\n", "11:59 Ada: slow; 12:01 Ada: very; 13:05 Ada: gone"},
		"today, yesterday":  {"ada — Yesterday at 11:50 PM\nslow\nbo — Today at 12:10 AM\nup\n", "23:50 ada: slow; 00:10 bo: up"},
		"a phone's export":  {"[3/4/26, 2:13:05 PM] Ada North: is it slow?\n[3/4/26, 2:14:10 PM] Bo: it is\n[3/14/26, 2:15:00 PM] Bo: up\n", "14:13 Ada North: is it slow?; 14:14 Bo: it is; 14:15 Bo: up"},
		"another phone's":   {"04.03.26, 14:13 - Ada North: is it slow?\n04.03.26, 14:14 - Bo: it is\n", "14:13 Ada North: is it slow?; 14:14 Bo: it is"},
		"names beside them": {"Ada North  2:13 PM\nis it slow?\nBo [2:14 PM]\nyes\n", "14:13 Ada North: is it slow?; 14:14 Bo: yes"},
	} {
		g := gather(t, "text", opt, write(t, "chat.txt", c.text)...)
		var got []string
		for _, e := range g.events {
			if e.Kind != "comms" {
				t.Errorf("%s: %q is of kind %s", name, e.Title, e.Kind)
			}
			got = append(got, e.At.Format("15:04 ")+e.Actor+": "+e.Title)
		}
		if story := strings.Join(got, "; "); story != c.want || g.reading.Refused > 0 {
			t.Errorf("%s: got %q, want %q\n%s", name, story, c.want, g.tale())
		}
	}
}

func TestWordsBeforeAColon(t *testing.T) {
	for _, word := range []string{"found", "note", "update", "impact", "Resolved", "monitoring", "hypothesis", "Next", "ETA", "原因"} {
		g := gather(t, "text", Options{Zone: time.UTC}, write(t, "n.md", "2026-03-04 14:00 "+word+": the queue\n")...)
		if len(g.events) != 1 || g.events[0].Actor != "" || !strings.HasPrefix(g.events[0].Title, word) {
			t.Errorf("%s: %s", word, g.tale())
		}
	}
	for _, name := range []string{"ada", "Fred", "b.west", "山田"} {
		g := gather(t, "text", Options{Zone: time.UTC}, write(t, "n.md", "2026-03-04 14:00 "+name+": the queue\n")...)
		if len(g.events) != 1 || g.events[0].Actor != name {
			t.Errorf("%s: %s", name, g.tale())
		}
	}
}
