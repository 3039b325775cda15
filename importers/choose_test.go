package importers

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// The time and the text of a table are found by what its header speaks of and by what its columns hold.
func TestTablesOfAnyNames(t *testing.T) {
	utc := Options{Zone: time.UTC}
	for _, c := range []struct {
		name, text, want string
		opt              Options
	}{
		{"a header that contains the words", "Post Creation Time,User Name,Post Message\n2026-03-04 14:00:00 +0000 UTC,ada,queue is full\n",
			"2026-03-04T14:00:00Z note|ada||queue is full\n", Options{}},
		{"German, in two columns", "Datum;Uhrzeit;Beschreibung;Bearbeiter\n04.03.2026;14:00;Warteschlange voll;Ada\n04.03.2026;14:05 Uhr;Neustart;Bo\n",
			"2026-03-04T14:00:00Z note|Ada||Warteschlange voll\n2026-03-04T14:05:00Z note|Bo||Neustart\n", utc},
		{"German, in one", "Zeitpunkt;Status;Ereignis\n4. März 2026 14:00;offen;Warteschlange voll\n", "2026-03-04T14:00:00Z note|||Warteschlange voll\n", utc},
		{"French", "Date;Heure;Gravité;Événement\n04/03/2026;14h00;haute;la file est pleine\n14/03/2026;14h05;haute;redémarrage du service\n",
			"2026-03-04T14:00:00Z note|||la file est pleine\n2026-03-14T14:05:00Z note|||redémarrage du service\n", utc},
		{"Spanish", "Fecha;Hora;Descripción;Responsable\n4 de marzo de 2026;14:00;la cola está llena;Ada\n", "2026-03-04T14:00:00Z note|Ada||la cola está llena\n", utc},
		{"Italian", "Data,Ora,Descrizione\n2026-03-04,14:00,la coda è piena\n", "2026-03-04T14:00:00Z note|||la coda è piena\n", utc},
		{"Dutch", "Tijdstip,Omschrijving\n2026-03-04 14:00,de wachtrij is vol\n", "2026-03-04T14:00:00Z note|||de wachtrij is vol\n", utc},
		{"Portuguese", "Horário,Mensagem,Gravidade\n2026-03-04 14:00,a fila está cheia,alta\n", "2026-03-04T14:00:00Z note|||a fila está cheia\n", utc},
		{"Japanese", "時刻,内容,担当\n2026年3月4日 14時00分,待ち行列が溢れた,山田\n", "2026-03-04T14:00:00Z note|山田||待ち行列が溢れた\n", utc},
		{"Chinese", "时间,级别,描述\n2026/03/04 14:00,高,队列已满\n", "2026-03-04T14:00:00Z note|||队列已满\n", utc},
		{"a title above the header", "Incident 7, report of the week\n\nExported;04.03.2026;;\n\nTime;Level;Owner;Text\n2026-03-04 14:00;high;ada;queue is full\n2026-03-04 14:01;high;bo;restart\n",
			"2026-03-04T14:00:00Z note|ada||queue is full\n2026-03-04T14:01:00Z note|bo||restart\n", utc},
		{"no header", "2026-03-04T14:00:00Z,ada,the queue is full\n2026-03-04T14:01:00Z,bo,restarted the workers\n",
			"2026-03-04T14:00:00Z note|||the queue is full\n2026-03-04T14:01:00Z note|||restarted the workers\n", Options{}},
		{"days as a spreadsheet counts them", "Date;Text\n46085,583333333;queue is full\n", "2026-03-04T14:00:00Z note|||queue is full\n", utc},
		{"a change is no event's time", "Updated,Creation time,Text\n2026-03-05 10:00,2026-03-04 14:00,queue is full\n", "2026-03-04T14:00:00Z note|||queue is full\n", utc},
		{"a change, when there is nothing else", "Updated,Text\n2026-03-05 10:00,queue is full\n", "2026-03-05T10:00:00Z note|||queue is full\n", utc},
		{"the state is no title", "Status;Raised;What we saw\nopen;2026-03-04 14:00;queue is full\n", "2026-03-04T14:00:00Z note|||queue is full\n", utc},
		{"an alert", "Severity,Time,Status,Host,Problem\nHigh,2026-03-04 14:00,RESOLVED,alpha,queue is full\n", "2026-03-04T14:00:00Z alert||alpha|queue is full\n", utc},
	} {
		t.Run(c.name, func(t *testing.T) { wantLines(t, gather(t, "auto", c.opt, write(t, "x.csv", c.text)...), c.want) })
	}
}

func TestEndsOfTables(t *testing.T) {
	for _, text := range []string{
		"Problem;Time;Recovery time\nqueue is full;2026-03-04 14:00;2026-03-04 14:30\n",
		"Datum;Beginn;Ende;Ereignis\n04.03.2026;14:00;14:30;Warteschlange voll\n",
		"開始日時,終了日時,内容\n2026-03-04 14:00,2026-03-04 14:30,溢れた\n",
	} {
		g := gather(t, "csv", Options{Zone: time.UTC}, write(t, "x.csv", text)...)
		if g.err != nil || len(g.events) != 1 || g.events[0].At.Hour() != 14 || g.events[0].End.Sub(g.events[0].At) != 30*time.Minute {
			t.Errorf("%q gave\n%s", text, g.tale())
		}
	}
}

// Addresses of people are no evidence, unless nothing else names them.
func TestMailColumnsAreLeftOut(t *testing.T) {
	g := gather(t, "csv", Options{}, write(t, "x.csv", "time,user,mail,text\n2026-03-04T14:00:00Z,ada,ada@example.org,one\n")...)
	if len(g.events) != 1 || strings.Contains(g.events[0].Body, "@") || g.events[0].Actor != "ada" {
		t.Error(g.tale())
	}
}

func TestColumnsThatAreTold(t *testing.T) {
	text := "when,seen at,a,b,c\n2026-03-04 14:00,2026-03-04 15:00,one thing,two things,three\n"
	opt := Options{Zone: time.UTC, Columns: []Column{{"time", "seen at"}, {"title", "b"}, {"actor", "5"}}}
	wantLines(t, gather(t, "csv", opt, write(t, "x.csv", text)...), "2026-03-04T15:00:00Z note|three||two things\n")
	opt.Columns = []Column{{"title", "d"}}
	wantFault(t, gather(t, "csv", opt, write(t, "x.csv", text)...).err, `no column "d"`, "seen at")
	if _, err := ParseColumn("flavour=x"); err == nil || !strings.Contains(err.Error(), "service") {
		t.Errorf("%v", err)
	}
	g := gather(t, "csv", Options{Zone: time.UTC}, write(t, "x.csv", "a,b\n2026-03-04,red car\n2026-03-05,blue car\nlater,green car\n")...)
	var q *Question
	if !errors.As(g.err, &q) || q.Need != NeedColumn || fmt.Sprint(q.Suggestions) != "[time=a]" || !strings.Contains(q.Error(), "--column time=a") {
		t.Errorf("%v", g.err)
	}
}

func TestChosenColumnsAreTold(t *testing.T) {
	in, err := Open(write(t, "x.csv", "Zeitpunkt;Ereignis\n2026-03-04 14:00;voll\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	_, reading, err := Preview(csvSource, in, Options{Zone: time.UTC}, 5)
	if err != nil || reading.Chosen != `time from "Zeitpunkt", title from "Ereignis"` || len(reading.Columns) != 2 {
		t.Errorf("%q %q %v", reading.Chosen, reading.Columns, err)
	}
}

func TestPostgresLog(t *testing.T) {
	line := func(at, user, level, text, query string) string {
		return at + " UTC,\"" + user + "\",\"shop\",1,\"::1:5\",6.5,1,\"SELECT\"," + at + " UTC,3/4,0," + level + ",00000,\"" + text + "\",,,,,,\"" + query + "\",,,\"psql\"\n"
	}
	text := line("2026-03-04 14:00:00.250", "app", "ERROR", "deadlock detected", "select\n1") + line("2026-03-04 14:00:01.250", "", "LOG", "checkpoint starting", "")
	g := gather(t, "auto", Options{}, write(t, "postgresql.csv", text)...)
	wantLines(t, g, "2026-03-04T14:00:00.25Z signal|app|shop|deadlock detected\n2026-03-04T14:00:01.25Z log||shop|checkpoint starting\n")
	if !strings.Contains(g.events[0].Body, "query: select\n1") || strings.Contains(g.events[0].Body, "::1") {
		t.Errorf("%q", g.events[0].Body)
	}
}
