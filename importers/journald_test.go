package importers

import (
	"strings"
	"testing"
)

func TestABrokenEntryOfTheJournalCostsNoOther(t *testing.T) {
	entry := func(n, rest string) string {
		return "__CURSOR=s=" + n + "\n__REALTIME_TIMESTAMP=177263280000000" + n + "\n" + rest + "\n\n"
	}
	good, last := entry("1", "MESSAGE=pool opened"), entry("9", "MESSAGE=pool back")
	for name, broken := range map[string]string{
		"a line that is no field":      entry("2", "this is no field"),
		"a length beyond any file":     entry("2", "MESSAGE\n\xff\xff\xff\xff\xff\xff\xff\xfftext"),
		"a length beyond the file":     entry("2", "MESSAGE\n\xff\xff\x00\x00\x00\x00\x00\x00text"),
		"a length beyond the entry":    entry("2", "MESSAGE\n\x20\x00\x00\x00\x00\x00\x00\x00text"),
		"a length too short":           entry("2", "MESSAGE\n\x02\x00\x00\x00\x00\x00\x00\x00text"),
		"a time that cannot be read":   "__CURSOR=s=2\n__REALTIME_TIMESTAMP=soon\nMESSAGE=x\n\n",
		"an entry without a time":      "__CURSOR=s=2\nMESSAGE=x\n\n",
		"a line longer than a message": "__CURSOR=s=2\n__REALTIME_TIMESTAMP=1772632800000002\nsome words\nMESSAGE=x\n\n",
	} {
		g := gather(t, "journald", Options{}, write(t, "j.export", good+broken+last)...)
		if g.err != nil || len(g.events) != 2 || g.events[1].Title != "pool back" || g.reading.Refused != 1 || g.reading.Refusals[0].Line != 5 {
			t.Errorf("%s: %v %s", name, g.err, g.tale())
		}
		if name != "a time that cannot be read" && len(g.events) == 2 && g.events[1].Line != strings.Count(good+broken, "\n")+1 {
			t.Errorf("%s: the entry after it is told to begin in line %d", name, g.events[1].Line)
		}
	}
}
