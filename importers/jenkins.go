package importers

import (
	"io"
	"net/url"
	"strings"
	"time"

	"aftermath/model"
)

var jenkinsSource = Source{
	Name: "jenkins", Title: "Jenkins", About: "builds as api/json answers them: one, a list, or the builds of jobs; runs of the pipeline view; notifications",
	Detect: detectJenkins, parse: parseJenkins,
}

var jenkinsClass = model.Pattern(`"_class"\s*:\s*"(?:hudson|jenkins|org\.jenkinsci|com\.cloudbees|io\.jenkins)\.`)

func detectJenkins(_ string, head []byte) (Confidence, string) {
	if !looksLikeJSON(head) {
		return No, ""
	}
	has := func(names ...string) bool { return hasMembers(head, names...) }
	switch {
	case jenkinsClass().Match(head):
		return Sure, "the classes of Jenkins"
	case has("fullDisplayName", "timestamp"), has("building", "timestamp", "result"), has("number", "result", "timestamp") && (has("duration") || has("builds")):
		return Sure, "Jenkins builds"
	case has("startTimeMillis", "durationMillis"), has("durationInMillis", "startTime", "pipeline"):
		return Sure, "runs of Jenkins pipelines"
	case has("build", "phase", "full_url"):
		return Sure, "a notification of Jenkins"
	case has("builds") && has("number", "url"):
		return Likely, "a list of builds"
	}
	return No, ""
}

// jenkinsReading is one reading of Jenkins' builds.
type jenkinsReading struct{ recorder }

func parseJenkins(r *run) error {
	j := &jenkinsReading{recorder{run: r}}
	return r.each(func(f *File, content io.Reader) error {
		return j.read(content, "builds allBuilds jobs", func(o object) error {
			page := object(j.rec.page)
			return j.record(o, page.text("fullName", "name"), 0)
		})
	})
}

// folderLimit is how deep folders of jobs may lie in one another.
const folderLimit = 10

// record gives a build, or the builds of a job. job is its name, when what lies around tells it.
func (j *jenkinsReading) record(o object, job string, depth int) error {
	if depth > folderLimit {
		return j.refuse("the jobs lie in too many folders")
	}
	builds := append(o.list("builds"), o.list("all_builds")...)
	switch {
	case len(builds) > 0:
		for _, b := range builds {
			if err := j.record(b, firstOf(o.text("full_name", "name"), job), depth+1); err != nil {
				return err
			}
		}
		return nil
	case len(o.list("jobs")) > 0:
		for _, inner := range o.list("jobs") {
			if err := j.record(inner, job, depth+1); err != nil {
				return err
			}
		}
		return nil
	case len(o.in("build")) > 0:
		return j.notification(o, o.in("build"))
	case o.has("start_time_millis"):
		return j.stage(o, job)
	case o.has("start_time") && (o.has("duration_in_millis") || o.has("pipeline")):
		return j.pipelineRun(o)
	case o.has("number") || o.has("timestamp") || o.has("id"):
		return j.build(o, job)
	case strings.HasPrefix(j.rec.key, "job"):
		return nil // a job that was never built
	}
	return j.refuse("it is none of the records of Jenkins that have a time")
}

// start begins the event of a build that started at a time in milliseconds, or written as text, and took so many.
func (j *jenkinsReading) start(job, number, state, started, took string) *model.Event {
	kind := "change"
	if kindOfText(job, "") == "deploy" {
		kind = "deploy"
	}
	e := j.begin(kind, job, number)
	e.Service = job
	if state == "" {
		state = "running"
	}
	e.Title = headline(strings.TrimSpace(job+" #"+number), state)
	at := j.run.fieldInstantIn(time.Millisecond, started)
	if ms := count(took); ms > 0 && state != "running" && !at.IsZero() {
		e.End = at.Add(time.Duration(ms) * time.Millisecond)
	}
	return e
}

// build gives a build of the remote interface. One that is running has no result and no end.
func (j *jenkinsReading) build(o object, job string) error {
	number := o.text("number", "id")
	shown, _, _ := strings.Cut(o.text("full_display_name"), " #")
	job = firstOf(jenkinsJob(o.text("url")), job, shown)
	if !o.has("timestamp") {
		j.run.warn("times", "builds without times: ask Jenkins for tree=builds[number,timestamp,duration,result,url]")
		return j.refuse("the build has no time")
	}
	state := o.text("result")
	if o.text("building") == "true" {
		state = ""
	}
	e := j.start(job, number, state, o.text("timestamp"), o.text("duration"))
	if shown != "" {
		e.Title = strings.Replace(e.Title, job+" #", shown+" #", 1)
	}
	for _, a := range o.list("actions") {
		for _, c := range a.list("causes") {
			e.Actor = firstOf(e.Actor, c.text("user_name", "user_id"))
			e.Body = joinLines(e.Body, c.text("short_description"))
		}
		for _, p := range a.list("parameters") {
			e.Body = joinLines(e.Body, named(p.text("name"), p.text("value")))
		}
		e.Body = joinLines(e.Body, named("revision", short(a.in("last_built_revision").text("sha1"))))
	}
	for _, set := range append(o.list("change_sets"), o.in("change_set")) {
		for _, c := range set.list("items") {
			msg, _ := titleAndBody(c.text("msg", "comment"))
			e.Body = joinLines(e.Body, strings.TrimSpace(short(c.text("commit_id"))+" "+msg))
		}
	}
	e.Body = joinLines(e.Body, o.text("description"))
	e.URL = o.text("url")
	return j.ended(o.text("timestamp"))
}

// ended gives the build that was started. A later reading of it, which knows the end, wins.
func (j *jenkinsReading) ended(started string) error {
	end := ""
	if !j.event.End.IsZero() {
		end = j.event.End.Format(time.RFC3339Nano)
	}
	return j.giveIn(time.Millisecond, started, end)
}

// stage gives a run as the view of stages answers it.
func (j *jenkinsReading) stage(o object, job string) error {
	state := o.text("status")
	if state == "IN_PROGRESS" {
		state = ""
	}
	link := o.in("_links").in("self").text("href")
	j.start(firstOf(jenkinsJob(link), job), strings.TrimPrefix(o.text("id", "name"), "#"), state, o.text("start_time_millis"), o.text("duration_millis"))
	for _, s := range o.list("stages") {
		j.event.Body = joinLines(j.event.Body, headline(s.text("name"), s.text("status")))
	}
	return j.ended(o.text("start_time_millis"))
}

// pipelineRun gives a run as Blue Ocean answers it.
func (j *jenkinsReading) pipelineRun(o object) error {
	state := o.text("result")
	if o.text("state") != "FINISHED" || state == "UNKNOWN" {
		state = ""
	}
	name, err := url.PathUnescape(o.text("pipeline"))
	if err != nil {
		name = o.text("pipeline")
	}
	e := j.start(name, o.text("id"), state, o.text("start_time"), o.text("duration_in_millis"))
	e.Body = joinLines(o.text("description"), named("revision", short(o.text("commit_id"))))
	for _, c := range o.list("causes") {
		e.Body = joinLines(e.Body, c.text("short_description"))
	}
	return j.ended(o.text("start_time"))
}

// notification gives what the notification plugin sends about a phase of a build.
func (j *jenkinsReading) notification(o, build object) error {
	job := firstOf(jenkinsJob(build.text("full_url")), o.text("name"))
	e := j.start(job, build.text("number"), firstOf(build.text("status"), strings.ToLower(build.text("phase"))), build.text("timestamp"), build.text("duration"))
	e.URL = build.text("full_url")
	e.Body = joinLines("", build.in("scm").text("branch"), short(build.in("scm").text("commit")))
	return j.ended(build.text("timestamp"))
}

// jenkinsJob is the name of a job from the address of a build: folders and job, with slashes.
func jenkinsJob(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	var names []string
	parts := strings.Split(u.Path, "/")
	for i := 0; i+1 < len(parts); i++ {
		if parts[i] == "job" {
			names = append(names, parts[i+1])
			i++
		}
	}
	return strings.Join(names, "/")
}
