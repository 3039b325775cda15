package pipeline

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aftermath/model"
)

func read(t *testing.T, name string, reader func(io.Reader) (Report, error)) Report {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := reader(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDialects(t *testing.T) {
	for _, c := range []struct {
		name string
		from func(io.Reader) (Report, error)
		want Report
	}{
		{"surefire.xml", JUnit, Report{Passed: 2, Failed: 2, Skipped: 1, Names: []string{"org.example.PoolTest pagesWithinThreeMinutes", "org.example.PoolTest opens"}}},
		{"pytest.xml", JUnit, Report{Passed: 2, Failed: 1, Names: []string{"pytest tests.test_alert"}}},
		{"jest.xml", JUnit, Report{Passed: 2, Failed: 1, Names: []string{"alerts"}}},
		{"gotest.jsonl", GoTest, Report{Passed: 1, Failed: 5, Skipped: 1, Names: []string{"example.org/pool TestLimit/60", "example.org/page TestPanics did not finish",
			"example.org/alert: its build failed", "example.org/main: it failed outside of any test", "example.org/old: its build failed"}}},
	} {
		if d := cmp.Diff(c.want, read(t, c.name, c.from)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestJUnit(t *testing.T) {
	for _, c := range []struct {
		what, xml string
		want      Report
	}{
		{"no suite at all", `<testsuites/>`, Report{}},
		{"suites in suites", `<testsuites><testsuite name="a" failures="1"><testsuite name="b" failures="1"><testcase name="x"><failure/></testcase></testsuite><testcase name="y"/></testsuite></testsuites>`,
			Report{Passed: 1, Failed: 1, Names: []string{"b x"}}},
		{"both a failure and an error", `<testsuite failures="1"><testcase name="x"><failure/><error/></testcase></testsuite>`, Report{Failed: 1, Names: []string{"x"}}},
		{"a failure that is not of a test case", `<testsuite><failure/><testcase name="x"><system-out><failure/></system-out></testcase></testsuite>`, Report{Passed: 1}},
		{"GoogleTest leaves one out", `<testsuites><testsuite name="s"><testcase name="x" status="notrun" result="suppressed"/></testsuite></testsuites>`, Report{Skipped: 1}},
		{"counts that say more", `<testsuite name="s" errors="3"><testcase name="x"><error/></testcase></testsuite>`, Report{Failed: 3, Names: []string{"s x", "s"}}},
		{"counts that are no numbers", `<testsuite name="s" errors="-5" failures="many"><testcase name="x"/></testsuite>`, Report{Passed: 1}},
		{"latin letters", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><testsuite><testcase name=\"gr\xfcn\"><failure/></testcase></testsuite>", Report{Failed: 1, Names: []string{"grün"}}},
		{"hostile names", "<testsuite name=\"s&#x202e;\"><testcase name=\"a&#x9;&#xa;b &#x85; &#x202e;drawkcab &lt;script&gt;\"><failure/></testcase></testsuite>", Report{Failed: 1, Names: []string{"s a b drawkcab <script>"}}},
		{"no name", `<testsuite><testcase><failure/></testcase></testsuite>`, Report{Failed: 1, Names: []string{"a test without a name"}}},
	} {
		got, err := JUnit(strings.NewReader(c.xml))
		if d := cmp.Diff(c.want, got); err != nil || d != "" {
			t.Errorf("%s: %v %s", c.what, err, d)
		}
	}
	long, _ := JUnit(strings.NewReader(`<testsuite><testcase name="` + strings.Repeat("é", 9999) + `"><failure/></testcase></testsuite>`))
	if n := len([]rune(long.Names[0])); n != nameLength+1 {
		t.Errorf("a name of %d letters", n)
	}
}

func TestWhatIsNoReportIsRefused(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"", "no JUnit XML"}, {"hello", "no JUnit XML"}, {"<", "no JUnit XML"}, {`{"Action":"pass"}`, "no JUnit XML"},
		{"<html><body/></html>", "its outermost element is html"},
		{`<!DOCTYPE x [<!ENTITY a "b">]><testsuite>&a;</testsuite>`, "document type"},
		{`<testsuite><testcase name="&xxe;"/></testsuite>`, "broken or cut off"},
		{`<testsuite><testcase name="a"/>`, "broken or cut off"},
		{`<testsuite><testcase name="a"></testsuite>`, "closed that was not open"},
		{`<testsuite/><testsuite/>`, "more than one document"},
		{`<testsuite><testcase><testcase/></testcase></testsuite>`, "lies in another"},
		{`<?xml version="1.0" encoding="koi8-r"?><testsuite/>`, "encoding koi8-r"},
		{strings.Repeat("<testsuite>", 100), "too deep"},
	} {
		if got, err := JUnit(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.says) || model.KindOf(err) != model.FaultInput {
			t.Errorf("%q: %+v, %v; want %q", c.text, got, err, c.says)
		}
	}
	for _, text := range []string{"", "ok  \texample.org/x\t0.1s", "{}", `{"Action":"dance"}`, "[1]"} {
		if got, err := GoTest(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "no output of go test -json") {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

// What is larger than its limit is refused whole: half a report is none.
func TestAReportThatIsTooLargeIsRefused(t *testing.T) {
	whole := `<testsuite><testcase name="x"/></testsuite>`
	for limit, ok := range map[int64]bool{int64(len(whole)): true, int64(len(whole)) - 1: false} {
		_, err := io.ReadAll(&capped{from: strings.NewReader(whole), left: limit})
		if (err == nil) != ok {
			t.Errorf("limit %d of %d: %v", limit, len(whole), err)
		}
	}
	line := `{"Action":"output","Package":"p","Output":"` + strings.Repeat("x", goTestLine) + "\"}\n"
	if got, err := GoTest(strings.NewReader(line + `{"Action":"pass","Package":"p","Test":"T"}` + "\n" + `{"Action":"pass","Package":"p"}`)); err != nil || !got.Ok() {
		t.Errorf("after a long line: %+v, %v", got, err)
	}
}

func TestGoTestOfEveryEnd(t *testing.T) {
	event := func(action, test string) string {
		return fmt.Sprintf(`{"Action":%q,"Package":"p","Test":%q}`, action, test)
	}
	for _, c := range []struct {
		what   string
		lines  []string
		p, f   int
		passes bool
	}{
		{"all pass", []string{event("run", "A"), event("pass", "A"), event("pass", "")}, 1, 0, true},
		{"nothing ran", []string{event("start", ""), event("skip", "")}, 0, 0, false},
		{"all were skipped", []string{event("run", "A"), event("skip", "A"), event("pass", "")}, 0, 0, false},
		{"the stream ends", []string{event("run", "A"), event("pass", "A")}, 1, 1, false},
		{"the stream ends in a test", []string{event("run", "A"), event("run", "A/b")}, 0, 1, false},
		{"a parent fails by itself", []string{event("run", "A"), event("run", "A/b"), event("pass", "A/b"), event("fail", "A"), event("fail", "")}, 1, 1, false},
		{"a second pass does not take a failure back", []string{event("fail", "A"), event("pass", "A"), event("fail", "")}, 0, 1, false},
		{"a parent does not count beside its tests", []string{event("run", "A"), event("run", "A/b"), event("pass", "A/b"), event("pass", "A"), event("pass", "")}, 1, 0, true},
		{"a benchmark", []string{event("run", "BenchmarkA"), event("bench", "BenchmarkA"), event("pass", "")}, 1, 0, true},
	} {
		got, err := GoTest(strings.NewReader(strings.Join(c.lines, "\n")))
		if err != nil || got.Passed != c.p || got.Failed != c.f || got.Ok() != c.passes {
			t.Errorf("%s: %+v, %v", c.what, got, err)
		}
	}
}

func TestReportsAdd(t *testing.T) {
	var r Report
	for range 3 {
		var o Report
		for i := range 3 {
			o.fail(fmt.Sprint("t", i))
		}
		r.Add(o)
	}
	if got := r.Text(); got != "Failed: t0, t1, t2, t0, t1 and 4 more" {
		t.Error(got)
	}
	if (Report{}).Ok() || (Report{Skipped: 3}).Ok() || !(Report{Passed: 1}).Ok() || (Report{}).Text() != "" {
		t.Error("zero tests are no pass")
	}
}

func fuzz(f *testing.F, name string, reader func(io.Reader) (Report, error), seeds ...string) {
	if whole, err := os.ReadFile(filepath.Join("testdata", name)); err == nil {
		f.Add(string(whole))
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := reader(strings.NewReader(text))
		if err != nil {
			if model.KindOf(err) != model.FaultInput || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is refused with %v", text, err)
			}
			return
		}
		if got.Passed < 0 || got.Failed < 0 || len(got.Names) > namesKept || (got.Failed > 0) != (len(got.Names) > 0) {
			t.Errorf("%q gave %+v", text, got)
		}
		for _, n := range got.Names {
			if n != clean(n) && !strings.HasSuffix(n, "…") || strings.ContainsFunc(n, func(r rune) bool { return r < ' ' || r == 0x7f }) {
				t.Errorf("%q gave the name %q", text, n)
			}
		}
		if again, err := reader(strings.NewReader(text)); err != nil || !cmp.Equal(got, again) {
			t.Errorf("a second reading gave %+v, %v", again, err)
		}
	})
}

func FuzzJUnit(f *testing.F) {
	fuzz(f, "surefire.xml", JUnit, `<testsuites><testsuite name="a" failures="9"><testcase name="x"><failure/></testcase></testsuite></testsuites>`,
		`<!DOCTYPE a><testsuite/>`, "<testsuite><testcase name=\"\xff\x1b[31m\"><error/></testcase></testsuite>", `<?xml version="1.0" encoding="latin1"?><testsuite/>`)
}

func FuzzGoTest(f *testing.F) {
	fuzz(f, "gotest.jsonl", GoTest, `{"Action":"run","Package":"p","Test":"A/b/c"}`, "FAIL\tp [build failed]", `{"Action":"build-fail","ImportPath":"p"}`, "{\"Action\":\"fail\",\"Package\":\"\\u001b[31m\"}")
}
