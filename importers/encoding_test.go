package importers

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
)

func inEncoding(t *testing.T, name, text string) string {
	t.Helper()
	e, err := ParseEncoding(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// What a file is in is proposed by what its bytes look like; told, the words come out right, in every form of text.
func TestEncodings(t *testing.T) {
	for _, c := range []struct{ name, words, more string }{
		{"windows-1252", "Rückrollen der Datenbank über Nacht – größte Störung", "Jürgen ruft an"},
		{"windows-1252", "le service est dégradé", "réparé à l’aube"},
		{"iso-8859-15", "die Kosten sind 40 € höher für œuvre", "erledigt für heute"},
		{"shift_jis", "データベースの接続が枯渇した", "ロールバックを始めた"},
		{"euc-jp", "データベースの接続が枯渇した", "ロールバックを始めた"},
		{"euc-kr", "데이터베이스 연결이 고갈되었다", "롤백을 시작했다"},
		{"gb18030", "数据库连接池已经耗尽，用户无法付款", "开始回滚到上一个版本"},
		{"big5", "資料庫連線已經耗盡，使用者無法付款", "開始復原到上一個版本"},
		{"koi8-r", "пул соединений исчерпан, оплата не проходит", "начали откат"},
		{"windows-1251", "пул соединений исчерпан, оплата не проходит", "начали откат"},
	} {
		for source, text := range map[string]string{
			"x.csv":   "time,text\n2026-03-04T14:00:00Z,\"" + c.words + "\"\n2026-03-04T14:01:00Z," + c.more + "\n",
			"x.md":    "- 2026-03-04 14:00 UTC " + c.words + "\n- 2026-03-04 14:01 UTC " + c.more + "\n",
			"x.jsonl": `{"time":"2026-03-04T14:00:00Z","msg":"` + c.words + `"}` + "\n" + `{"time":"2026-03-04T14:01:00Z","msg":"` + c.more + `"}` + "\n",
			"x.log":   "2026-03-04T14:00:00Z alpha app[1]: " + c.words + "\n2026-03-04T14:01:00Z alpha app[1]: " + c.more + "\n",
		} {
			t.Run(c.name+" "+source, func(t *testing.T) {
				path := write(t, source, inEncoding(t, c.name, text))
				var q *Question
				if g := gather(t, "auto", Options{}, path...); !errors.As(g.err, &q) || q.Need != NeedEncoding || fmt.Sprint(q.Suggestions) != "["+c.name+"]" || !strings.Contains(q.Example, c.words[:12]) {
					t.Fatalf("got %v, want %s", g.err, c.name)
				}
				g := gather(t, "auto", Options{Encoding: c.name}, path...)
				if g.err != nil || len(g.events) != 2 || g.events[0].Title != c.words || g.events[1].Title != c.more {
					t.Errorf("got\n%s", g.tale())
				}
			})
		}
	}
}

// UTF-8 with some damage is no other encoding.
func TestDamagedUTF8IsNotAsked(t *testing.T) {
	g := gather(t, "csv", Options{}, write(t, "x.csv", "time,text\n2026-03-04T14:00:00Z,größer für über\n2026-03-04T14:01:00Z,kaputt \xff\n")...)
	if g.err != nil || len(g.events) != 2 {
		t.Error(g.tale())
	}
}

func TestEncodingIsKeptWithTheImport(t *testing.T) {
	opt := Options{Zone: time.UTC, Encoding: "shift_jis", Columns: []Column{{"time", "a"}, {"title", "b=c"}}}
	g := gather(t, "csv", opt, write(t, "x.csv", inEncoding(t, "shift_jis", "a,b=c\n2026-03-04 14:00,枯渇した\n"))...)
	again, err := Answered(g.reading.Answers)
	if g.err != nil || err != nil || again.Encoding != opt.Encoding || fmt.Sprint(again.Columns) != fmt.Sprint(opt.Columns) {
		t.Errorf("%v %v %+v", g.err, err, again)
	}
	if _, err := ParseEncoding("morse"); err == nil || !strings.Contains(err.Error(), "windows-1252") {
		t.Error(err)
	}
}
