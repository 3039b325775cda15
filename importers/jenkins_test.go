package importers

import (
	"strings"
	"testing"
)

func TestJenkins(t *testing.T) {
	const build = `{"_class":"hudson.model.FreeStyleBuild","actions":[{"_class":"hudson.model.CauseAction","causes":[{"shortDescription":"Started by user Ada","userName":"Ada"}]},{}],"building":false,"duration":60000,"fullDisplayName":"deploy orders #7","id":"7","number":7,"result":"FAILURE","timestamp":1772632800123,"url":"https://ci.example.com/job/deploy%20orders/7/"}`
	for name, c := range map[string]struct{ text, want string }{
		"one build":                     {build, "2026-03-04T14:00:00.123Z deploy|Ada|deploy orders|deploy orders #7: FAILURE\n"},
		"a list, one build in it twice": {`[` + build + `,` + build + `]`, "2026-03-04T14:00:00.123Z deploy|Ada|deploy orders|deploy orders #7: FAILURE\n"},
		"the builds of a job": {`{"_class":"hudson.model.FreeStyleProject","fullName":"shop/orders","builds":[{"_class":"hudson.model.FreeStyleBuild","number":8,"result":null,"building":true,"timestamp":1772632860000,"duration":0,"url":"https://ci.example.com/job/shop/job/orders/8/"},{"number":7,"result":"SUCCESS","timestamp":1772632800000,"duration":41}]}`,
			"2026-03-04T14:01:00Z change||shop/orders|shop/orders #8: running\n2026-03-04T14:00:00Z change||shop/orders|shop/orders #7: SUCCESS\n"},
		"the jobs of a server": {`{"_class":"hudson.model.Hudson","jobs":[{"_class":"hudson.model.FreeStyleProject","name":"orders","builds":[{"number":7,"result":"UNSTABLE","timestamp":1772632800000,"duration":41}]},{"_class":"hudson.model.FreeStyleProject","name":"idle","builds":[]}]}`,
			"2026-03-04T14:00:00Z change||orders|orders #7: UNSTABLE\n"},
		"a build while it runs and after": {`{"number":7,"result":null,"building":true,"timestamp":1772632800000,"duration":0,"url":"https://ci.example.com/job/orders/7/"}{"number":7,"result":"ABORTED","building":false,"timestamp":1772632800000,"duration":9000,"url":"https://ci.example.com/job/orders/7/"}`,
			"2026-03-04T14:00:00Z change||orders|orders #7: ABORTED\n"},
		"the view of stages": {`[{"id":"7","name":"#7","status":"SUCCESS","startTimeMillis":1772632800000,"durationMillis":41,"_links":{"self":{"href":"/job/orders/7/wfapi/describe"}},"stages":[{"name":"Deploy","status":"SUCCESS"}]}]`, "2026-03-04T14:00:00Z change||orders|orders #7: SUCCESS\n"},
		"Blue Ocean":         {`[{"id":"7","pipeline":"orders","result":"FAILURE","state":"FINISHED","startTime":"2026-03-04T15:00:00.000+0100","durationInMillis":41}]`, "2026-03-04T14:00:00Z change||orders|orders #7: FAILURE\n"},
		"a notification":     {`{"name":"orders","url":"job/orders/","build":{"number":7,"phase":"COMPLETED","status":"SUCCESS","timestamp":1772632800000,"full_url":"https://ci.example.com/job/orders/7/"}}`, "2026-03-04T14:00:00Z change||orders|orders #7: SUCCESS\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "jenkins", c.text, c.want) })
	}
}

func TestJenkinsEnds(t *testing.T) {
	g := gather(t, "jenkins", Options{}, write(t, "x.json", `[{"number":7,"result":"SUCCESS","timestamp":1772632800000,"duration":41000,"url":"https://ci.example.com/job/a/job/b/7/"},{"number":8,"result":null,"timestamp":1772632800000,"duration":41000,"url":"https://ci.example.com/job/a/job/b/8/"}]`)...)
	if a, b := g.events[0], g.events[1]; a.End.Second() != 41 || !b.End.IsZero() || a.ExternalID != "jenkins:a/b:7" {
		t.Errorf("got %+v and %+v", a, b)
	}
}

func TestJenkinsRefusals(t *testing.T) {
	text := `{"builds":[{"_class":"hudson.model.FreeStyleBuild","number":7,"url":"https://ci.example.com/job/orders/7/"},{"number":8,"timestamp":0}]}`
	wantRefused(t, "jenkins", text, "the build has no time", "no time")
	if g := gather(t, "jenkins", Options{}, write(t, "x.json", text)...); !strings.Contains(strings.Join(g.reading.Warnings, " "), "tree=builds[") {
		t.Errorf("the remedy is not told: %v", g.reading.Warnings)
	}
}

func FuzzJenkins(f *testing.F) {
	fuzzSource(f, "jenkins", "x.json", `{"fullName":"a","builds":[{"number":7,"result":null,"timestamp":1772632800000,"duration":41,"url":"https://x/job/a/7/"}]}`,
		`[{"id":"7","pipeline":"a%2Fb","startTime":"2026-03-04T15:00:00.000+0100","durationInMillis":9e99}]`, `{"jobs":[{"name":"a","builds":[{"number":1,"timestamp":1772632800000}],"jobs":[]}]}`)
}
