package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"aftermath/model"
	"aftermath/pipeline"
)

// A run of verification, as the flags of `verify` describe it.
type verification struct {
	env, url, note, by, waive string
	junit, gotest             []string
	pass, fail                bool
}

// Verified is what `verify --json` prints.
type Verified struct {
	Action  model.ID `json:"action"`
	Env     string   `json:"env"`
	Status  string   `json:"status"` // passed, failed, or refused by the ladder
	Passed  int      `json:"passed"`
	Failed  int      `json:"failed"`
	Skipped int      `json:"skipped"`
	Result  model.ID `json:"result,omitempty"` // what was recorded; nothing is when it is refused
	Note    string   `json:"note,omitempty"`
	Reason  string   `json:"reason,omitempty"` // why it is refused
}

func (a *app) verifyCommand() *cobra.Command {
	v := verification{}
	c := command("verify ACTION [FILE...]", "Record a pipeline's result for an action's plan of verification", cobra.MinimumNArgs(1),
		func(ctx context.Context, args []string) error { return a.verify(ctx, args[0], args[1:], v) })
	c.Long = "Record a pipeline's result for an action's plan of verification: from JUnit XML, from the output of\n" +
		"`go test -json`, or told with --pass or --fail. Several files, and patterns such as 'reports/*.xml', count\n" +
		"together; - reads standard input. The exit status is 0 when everything passed, 1 when something failed or the\n" +
		"ladder refuses the result, and 3 when a report cannot be read or no test ran: zero tests are not a pass.\n\n" +
		"Production comes after another environment has passed. --waive records why it does not have to this time."
	c.Example = "  aftermath verify A-91d2 --env staging --junit 'build/test-results/*.xml' --url \"$RUN_URL\"\n" +
		"  go test -json ./... | aftermath verify A-91d2 --env staging --gotest -\n" +
		"  aftermath verify A-91d2 --env production --pass --note \"watched for an hour\""
	f := c.Flags()
	f.StringVar(&v.env, "env", "", "where it ran, such as staging or production")
	f.StringArrayVar(&v.junit, "junit", nil, "a JUnit XML report, a pattern, or - (may be repeated)")
	f.StringArrayVar(&v.gotest, "gotest", nil, "the output of go test -json, a pattern, or - (may be repeated)")
	f.BoolVar(&v.pass, "pass", false, "it passed")
	f.BoolVar(&v.fail, "fail", false, "it failed")
	f.StringVar(&v.url, "url", "", "where the run can be seen")
	f.StringVar(&v.note, "note", "", "what was seen")
	f.StringVar(&v.by, "by", "", "who ran it (default: you)")
	f.StringVar(&v.waive, "waive", "", "why production may come first this time")
	complete(c, true, a.things)
	completeFlag(c, "env", func() []string { return []string{"staging", "production"} })
	return c
}

func (a *app) verify(ctx context.Context, name string, files []string, v verification) error {
	if err := v.check(&files); err != nil {
		return err
	}
	s, r, x, err := a.actionOf(ctx, name)
	if err != nil {
		return err
	}
	report, err := a.reportOf(v)
	if err != nil {
		return err
	}
	if v.by == "" {
		v.by = s.Author()
	}
	out := Verified{Action: x.ID, Env: v.env, Status: v.status(report), Passed: report.Passed, Failed: report.Failed, Skipped: report.Skipped}
	out.Note = joined(v.note, report.Text())
	result := s.NewID(model.TypeResult)
	g := v.gesture(model.Gesture{Label: "record a result", Source: "cli"}, r.Incident.ID, x.ID, result, out, model.FormatTime(a.Now()))
	if refused := r.Refused(g); refused != nil {
		out.Status, out.Reason = "refused", oneLine(refused.Error())
		a.remark("aftermath: %s", out.Reason)
		return a.answer(out, errNo)
	}
	if err := s.Apply(ctx, g); err != nil {
		return err
	}
	if x.SelfVerified(v.by) {
		a.remark("%s", "The owner verified it. Somebody else would see more.")
	}
	out.Result = result
	if out.Status != model.ResultPassed {
		return a.answer(out, errNo)
	}
	return a.answer(out, nil)
}

// check holds the flags to each other. Files after the action are more of those that a flag began.
func (v *verification) check(files *[]string) error {
	ways := 0
	for _, given := range []bool{len(v.junit) > 0, len(v.gotest) > 0, v.pass, v.fail} {
		if given {
			ways++
		}
	}
	v.env = strings.Join(strings.Fields(v.env), " ")
	switch {
	case ways != 1:
		return usage("verify needs exactly one of --junit, --gotest, --pass and --fail", "say what the pipeline showed in one way")
	case v.env == "":
		return usage("verify does not say where it ran", "give --env staging, for instance")
	case len(*files) > 0 && (v.pass || v.fail):
		return usage("verify takes no file with --pass or --fail", "give the file to --junit or --gotest")
	}
	if v.url != "" {
		if u, err := url.Parse(v.url); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return usage(fmt.Sprintf("%q is no link", v.url), "give a whole one, which begins with https://")
		}
	}
	if len(v.junit) > 0 {
		v.junit = append(v.junit, *files...)
	} else {
		v.gotest = append(v.gotest, *files...)
	}
	return nil
}

// reportOf reads every file that the flags name.
func (a *app) reportOf(v verification) (pipeline.Report, error) {
	read, paths := pipeline.JUnit, v.junit
	if len(v.gotest) > 0 {
		read, paths = pipeline.GoTest, v.gotest
	}
	var all pipeline.Report
	if v.pass || v.fail {
		return all, nil
	}
	files, err := matching(paths)
	if err != nil {
		return all, err
	}
	for _, path := range files {
		one, err := a.readReport(path, read)
		if err != nil {
			return all, err
		}
		all.Add(one)
	}
	if !all.Ran() {
		reason := "no test ran, and zero tests are not a pass"
		if all.Skipped > 0 {
			reason = "every test was skipped, and zero tests are not a pass"
		}
		return all, &model.Fault{Kind: model.FaultInput, What: "read the report", File: strings.Join(paths, ", "), Reason: reason, Remedy: "look at what the pipeline ran; nothing was recorded"}
	}
	return all, nil
}

func (a *app) readReport(path string, read func(io.Reader) (pipeline.Report, error)) (pipeline.Report, error) {
	from, name := a.In, "standard input"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return pipeline.Report{}, &model.Fault{Kind: model.FaultInput, What: "read the report", Err: err, Remedy: "look at the path and at who may read it"}
		}
		defer f.Close()
		from, name = f, path
	}
	r, err := read(from)
	if fault, ok := err.(*model.Fault); ok {
		fault.File = name
		return r, fault
	}
	return r, err
}

// matching spells the patterns out, each file once.
func matching(patterns []string) (files []string, err error) {
	for _, p := range patterns {
		list := []string{p}
		if strings.ContainsAny(p, "*?[") {
			if _, missing := os.Lstat(p); missing != nil {
				if list, err = filepath.Glob(p); err != nil || len(list) == 0 {
					return nil, &model.Fault{Kind: model.FaultInput, What: "read the report", File: p, Reason: "no file is called like that", Remedy: "look whether the pipeline wrote its report"}
				}
			}
		}
		for _, f := range list {
			if !slices.Contains(files, f) {
				files = append(files, f)
			}
		}
	}
	return files, nil
}

func (v verification) status(r pipeline.Report) string {
	if v.pass || !v.fail && r.Ok() {
		return model.ResultPassed
	}
	return model.ResultFailed
}

func (v verification) gesture(g model.Gesture, incident, action, id model.ID, out Verified, at string) model.Gesture {
	set := func(field string, value any) {
		if value != "" {
			g = g.Set(model.TypeResult, id, field, value)
		}
	}
	set("incident", string(incident))
	set("action", string(action))
	set("environment", v.env)
	set("status", out.Status)
	if !v.pass && !v.fail {
		set("passed", json.Number(fmt.Sprint(out.Passed)))
		set("failed", json.Number(fmt.Sprint(out.Failed)))
	}
	set("url", v.url)
	set("note", out.Note)
	set("by", v.by)
	set("at", at)
	if model.Production(v.env) {
		set("waived", strings.Join(strings.Fields(v.waive), " "))
	}
	return g
}

// joined puts two sentences after each other.
func joined(note, more string) string {
	note = strings.TrimSpace(strings.ToValidUTF8(note, "\uFFFD"))
	if note == "" || more == "" {
		return note + more
	}
	return strings.TrimRight(note, ".") + ". " + more
}

// answer prints what was recorded.
func (a *app) answer(out Verified, err error) error {
	if a.json {
		if printing := a.printJSON(out); printing != nil {
			return printing
		}
		return err
	}
	if out.Reason != "" {
		return err
	}
	counts := ""
	if out.Passed+out.Failed > 0 {
		counts = fmt.Sprintf(": %d passed, %d failed", out.Passed, out.Failed)
	}
	a.printf("%s in %s%s\n", out.Status, out.Env, counts)
	if out.Failed > 0 && out.Note != "" {
		a.printf("%s\n", out.Note)
	}
	return err
}
