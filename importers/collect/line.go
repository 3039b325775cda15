package collect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"aftermath/model"
)

// A line is the connection to one source: it signs requests, waits as the vendor asks, tries again what may
// succeed, and says in words what does not.
type line struct {
	job     *Job
	source  Source
	vendor  *vendor
	report  *reporter
	base    *url.URL
	client  *http.Client
	most    int64 // bytes of an answer
	secrets []secret
	forms   []string // of the secrets, none of which may come out
	record  *recorder
}

// defaultBody is how large an answer may be when the configuration says nothing.
const defaultBody = 32 << 20

func newLine(ctx context.Context, job *Job, s Source, v *vendor, report *reporter) (*line, error) {
	l := &line{job: job, source: s, vendor: v, report: report, most: defaultBody}
	if s.MaxBodyMB > 0 {
		l.most = int64(s.MaxBodyMB) << 20
	}
	address := s.Address
	if address == "" {
		address = v.address
	}
	if address != "" {
		base, err := url.Parse(address)
		if err != nil || base.Host == "" || base.User != nil || base.Scheme != "https" && base.Scheme != "http" {
			return nil, s.fault(model.FaultInput, "the address in the configuration is not a web address without a name and password",
				"write it as https://example.com")
		}
		l.base = base
	}
	var err error
	if l.secrets, err = s.secrets(ctx, v, job); err != nil {
		return nil, err
	}
	l.forms = forms(s.User, l.secrets)
	if job.Record != "" {
		if l.record, err = newRecorder(job.Record, s.Name); err != nil {
			return nil, s.fault(model.FaultInput, "the folder for the recording cannot be written: "+err.Error(), "name another with --record")
		}
	}
	l.client = l.newClient()
	return l, nil
}

// fault is a refusal about a request, without any secret.
func (l *line) fault(req Request, reason, remedy string, err error) *model.Fault {
	f := &model.Fault{Kind: model.FaultRemote, What: "collect from " + l.vendor.title, Reason: l.scrub(model.CleanLine(reason)), Remedy: l.scrub(remedy)}
	if req.Method != "" {
		f.File = l.scrub(model.CleanLine(req.shown()))
	}
	for _, known := range []error{errRefused, errForbidden, errRepeats, errBad} {
		if errors.Is(err, known) {
			f.Err = known // other causes may hold anything, and are told in the reason
		}
	}
	return f
}

// pauses are waited before a request is tried again that broke off or met a server in trouble.
var pauses = []time.Duration{time.Second, 3 * time.Second, 10 * time.Second}

// longest is how long one request may be waited for; a longer wait is left to people.
const longest = 15 * time.Minute

// fetch asks until there is an answer or no sense in asking on. The error is a *model.Fault, or that of ctx.
func (l *line) fetch(ctx context.Context, req Request, page int) (response, error) {
	var waited time.Duration
	trouble, limits := 0, 0
	for {
		l.report.tell(Progress{State: Fetching, Page: page})
		a, err := l.ask(ctx, req)
		if ctx.Err() != nil {
			return response{}, ctx.Err()
		}
		pause, why := time.Duration(0), ""
		switch wait, limited := l.limit(a, limits); {
		case err == nil && limited:
			limits++
			pause, why = wait, "the rate limit is reached"
		case err == nil && !inTrouble(a.status):
			return a, l.judge(req, a)
		case errors.As(err, new(*model.Fault)):
			return response{}, err
		case err != nil && !isCut(err):
			return response{}, l.unreachable(req, err)
		default:
			if why = fmt.Sprintf("the server answers %d %s", a.status, http.StatusText(a.status)); err != nil {
				why = plain(err)
			}
			if trouble == len(pauses) {
				return response{}, l.fault(req, fmt.Sprintf("%s, %d times in a row", why, trouble+1), "the pages before are kept; collect again later", answered(err))
			}
			pause = pauses[trouble]
			trouble++
		}
		if waited += pause; waited > longest {
			until := l.job.Clock.now().Add(pause)
			return response{}, l.fault(req, fmt.Sprintf("the rate limit asks for a wait of %v, until %s UTC", pause.Round(time.Second), until.Format("15:04")),
				"the pages before are kept; collect again then", nil)
		}
		l.report.tell(Progress{State: Limited, Page: page, Until: l.job.Clock.now().Add(pause), Why: l.scrub(why)})
		if err := l.job.Clock.wait(ctx, pause); err != nil {
			return response{}, err
		}
	}
}

// answered tells a server that has trouble with a request, another one of which may go well, from one that cannot be
// reached.
func answered(err error) error {
	if err == nil || errors.As(err, new(cut)) || errors.Is(err, errSlow) {
		return errBad
	}
	return err
}

// inTrouble says whether a server may answer better soon.
func inTrouble(status int) bool {
	return status == http.StatusRequestTimeout || status >= 500 && status != http.StatusNotImplemented
}

// judge says in words what is wrong with an answer, if anything is.
func (l *line) judge(req Request, a response) error {
	said := ""
	if m := message(a.body); m != "" {
		said = fmt.Sprintf(": %q", short(model.CleanLine(m), 200))
	}
	answers := fmt.Sprintf("it answers %d %s", a.status, http.StatusText(a.status)) + said
	switch {
	case a.status == 0, a.status/100 == 2:
		return l.inspect(req, a)
	case a.status == http.StatusForbidden:
		return l.fault(req, answers, l.aboutToken(), errForbidden)
	case a.status == http.StatusUnauthorized, a.status == http.StatusProxyAuthRequired:
		return l.fault(req, answers, l.aboutToken(), nil)
	case a.status/100 == 3:
		return l.fault(req, answers, "look at the address in the configuration", nil)
	case a.status == http.StatusNotFound:
		return l.fault(req, answers, "look at the address and the names in the configuration; some APIs answer so, too, when the token may not read", errRefused)
	}
	return l.fault(req, answers, fmt.Sprintf("look at [collect.%s] in the configuration", l.source.Name), errRefused)
}

// aboutToken says what to check when the vendor does not let us in.
func (l *line) aboutToken() string {
	var from []string
	for _, s := range l.secrets {
		if s.value != "" {
			from = append(from, s.origin)
		}
	}
	if len(from) == 0 {
		return fmt.Sprintf("no token was sent; name its place with token_env or token_cmd under [collect.%s]", l.source.Name)
	}
	return fmt.Sprintf("the token came from %s: check that it is valid and may read this", strings.Join(from, " and "))
}
