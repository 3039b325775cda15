package collect

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"aftermath/model"
)

// A Source is a vendor with what a person has configured for it.
type Source struct {
	Name string // as the importer of its pages is called: "slack"
	Settings
}

// Settings are what a person can set for a source; each vendor uses its part. Empty lists mean all, where the
// vendor can be asked for all.
type Settings struct {
	Address   string
	User      string   // where the token is the password of a person
	TokenEnv  string   // the environment variable that holds the token
	TokenCmd  []string // the program, with its arguments, that prints the token; it goes before the variable
	AppKeyEnv string   // the same for Datadog's second key
	AppKeyCmd []string
	MaxBodyMB int      // above which an answer is refused
	Skip      []string // parts that are not asked for

	Channels     []string      // Slack: ids
	Teams        []string      // PagerDuty: ids; Opsgenie: names
	Services     []string      // PagerDuty: ids
	Repositories []string      // GitHub: owner/name
	Projects     []string      // GitLab: group/name or number; Sentry: numbers
	Organization string        // Sentry: its slug
	Jobs         []string      // Jenkins: names with their folders
	Applications []string      // Argo CD: names
	Datasets     []string      // Honeycomb: slugs
	Events       []string      // Datadog: searches among events
	Logs         []string      // Datadog: searches among logs
	Queries      []model.Query // Prometheus and Loki
	Filters      []string      // Alertmanager: matchers
	Tags         []string      // Grafana: tags of annotations
	Pages        []string      // Statuspage: ids of pages
	Namespaces   []string      // Kubernetes
	Tenant       string        // Loki: X-Scope-OrgID
	Command      []string      // Kubernetes: kubectl with the arguments that choose the cluster
}

// A vendor is how one API is asked and how it answers.
type vendor struct {
	name, title string
	address     string            // of its public API; empty when everybody has their own
	tokens      []tokenPlace      // what it takes to be let in
	header      map[string]string // of every request
	sign        func(h http.Header, s Settings, tokens []string)

	// plan gives the first requests for a window. An error is a sentence about what is missing in the settings.
	plan func(p *plan) ([]call, error)

	reset   resetHeader                                   // how it says when to come back, beside Retry-After
	strict  func(a response) bool                         // a 403 that is a limit and no refusal
	patient time.Duration                                 // the first wait where it says nothing; it doubles
	explain func(code string) (remedy string, token bool) // what to do about an error that came with status 200, and whether it is the token's
}

// A plan is what a vendor makes its first requests from.
type plan struct {
	Settings
	Window
}

func (p *plan) get(path string, pairs ...string) Request { return get(p.Address, path, pairs...) }

// A call is a request, with what its answers mean.
type call struct {
	Request
	query model.Query                     // that it asks, where the vendor takes queries
	part  string                          // of the vendor's evidence, as skip names it
	name  string                          // of its pages, with a place for their number: "C0123/conversations.history-%04d.json"
	next  func(a answer) (Request, error) // the request for the following page; the zero one at the end, nil for one page
	past  func(body []byte) bool          // whether all following pages lie outside of the window
	leads func(body []byte) []call        // what a page leads to, such as the replies to a message
}

// pageName is the name of the page with a number. What stands before the place of the number can be a name that
// somebody else gave, with a percent sign in it.
func (c call) pageName(n int) string {
	const place = "%04d"
	at := strings.LastIndex(c.name, place)
	return c.name[:at] + fmt.Sprintf(place, n) + c.name[at+len(place):]
}

// named tells in a fault which page it is about.
func (c call) named(n int, err error) error {
	var f *model.Fault
	if !errors.As(err, &f) {
		return err
	}
	about := f.File
	if c.query.Query != "" {
		about = model.CleanLine(short(c.query.Query, 80))
	}
	f.File = model.CleanLine(c.pageName(n))
	if about != "" {
		f.File += " (" + about + ")"
	}
	return f
}

// An answer is a good answer to a request.
type answer struct {
	Request
	header http.Header
	body   []byte
}

// vendors are all that can be asked, in the order in which people should see them.
var vendors = []*vendor{
	&slack, &pagerduty, &opsgenie, &github, &gitlab, &jenkins, &argocd, &datadog, &honeycomb, &prometheus, &alertmanager, &grafana, &loki, &sentry,
	&statuspage, &kubernetes,
}

func vendorOf(name string) *vendor {
	for _, v := range vendors {
		if v.name == name {
			return v
		}
	}
	return nil
}

// A Vendor is what people should know about a vendor before they configure it.
type Vendor struct {
	Name, Title, Address string
	Tokens               []string // the environment variables that are looked at unless others are named
}

// Vendors lists what can be collected from.
func Vendors() []Vendor {
	var all []Vendor
	for _, v := range vendors {
		w := Vendor{Name: v.name, Title: v.title, Address: v.address}
		for _, t := range v.tokens {
			w.Tokens = append(w.Tokens, t.env)
		}
		all = append(all, w)
	}
	return all
}

func (s Source) title() string {
	if v := vendorOf(s.Name); v != nil {
		return v.title
	}
	return s.Name
}

// calls are the first requests for a window, without the parts that are left out.
func (s Source) calls(v *vendor, w Window) ([]call, error) {
	p := &plan{Settings: s.Settings, Window: Window{From: w.From.UTC(), To: w.To.UTC()}}
	if p.Address == "" {
		p.Address = v.address
	}
	all, err := v.plan(p)
	if err != nil {
		return nil, s.fault(model.FaultInput, err.Error(), fmt.Sprintf("set it under [collect.%s] in the configuration", s.Name))
	}
	var wanted []call
	for _, c := range all {
		if !p.skips(c.part) {
			wanted = append(wanted, c)
		}
	}
	return wanted, nil
}

func (p *plan) skips(part string) bool {
	for _, s := range p.Skip {
		if strings.EqualFold(s, part) {
			return true
		}
	}
	return false
}

// bearer signs as most APIs want it; with a user the token is a password.
func bearer(h http.Header, s Settings, tokens []string) {
	switch {
	case tokens[0] == "":
	case s.User != "":
		h.Set("Authorization", "Basic "+basic(s.User, tokens[0]))
	default:
		h.Set("Authorization", "Bearer "+tokens[0])
	}
}

// inHeader signs with the token alone in a header of its own.
func inHeader(name, before string) func(http.Header, Settings, []string) {
	return func(h http.Header, _ Settings, tokens []string) { h.Set(name, before+tokens[0]) }
}
