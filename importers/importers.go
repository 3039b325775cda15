// Package importers reads evidence from the files that other tools write: chat exports, pages,
// deploys, traces, logs, tables and plain notes.
//
// A reading is pure: it opens what it is told to, asks when a time cannot be known, and gives events
// in UTC together with what it refused and why. It never fills in a time, and nothing here writes.
package importers

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// Confidence is how sure a source is that a file is its own. Zero means that it is not.
type Confidence int

// The steps of confidence. A source that recognises its own keys or marks is Sure; one that could read
// the file as a more general form is Likely or Possible.
const (
	No       Confidence = 0
	Possible Confidence = 20
	Likely   Confidence = 60
	Sure     Confidence = 90
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 64 << 10

// A Source is one format that can be imported.
type Source struct {
	Name  string // as people type it: "slack"
	Title string // as people read it: "Slack"
	About string // one line for the list of sources

	// Detect looks at a file's name and its first 64 KB and tells how sure it is, and why.
	Detect func(name string, head []byte) (Confidence, string)

	aliases []string // other names that people type
	parse   func(*run) error
	many    func(files []*File) (Confidence, string) // recognises a folder or a ZIP as a whole
}

// All lists the sources in the order in which people should see them.
func All() []Source {
	return []Source{
		textSource, csvSource, jsonlSource, slackSource, pagerdutySource, githubSource, otlpSource, journaldSource, syslogSource,
		datadogSource, opsgenieSource, alertmanagerSource, prometheusSource, grafanaSource, kubernetesSource, lokiSource, sentrySource, honeycombSource,
		gitlabSource, bitbucketSource, jenkinsSource, argocdSource, awsSource, statuspageSource, incidentioSource, victoropsSource, jiraSource, linearSource,
	}
}

// Lookup finds a source by its name, or by another that it is known under.
func Lookup(name string) (Source, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, s := range All() {
		if s.Name == name || slices.Contains(s.aliases, name) {
			return s, true
		}
	}
	return Source{}, false
}

// Detect tells which source reads the input best, and why. What no source knows is a fault that says so.
func Detect(in *Input) (Source, string, error) {
	if err := in.ours(); err != nil {
		return Source{}, "", err
	}
	best, why, confidence := bestSource(in)
	if confidence == No {
		return Source{}, "", &model.Fault{
			Kind: model.FaultInput, What: "import", File: in.Name,
			Reason: in.unreadable(),
			Remedy: "aftermath import --list names the formats that can be read",
		}
	}
	return best, why, nil
}

// bestSource asks every source about the whole input and about its files; the surest one wins.
func bestSource(in *Input) (best Source, why string, confidence Confidence) {
	for _, s := range All() {
		if c, w := s.confidence(in); c > confidence {
			best, why, confidence = s, w, c
		}
	}
	return best, why, confidence
}

// confidence is the highest that the source has in any of the first files of the input.
func (s Source) confidence(in *Input) (confidence Confidence, why string) {
	if s.many != nil && len(in.Files) > 1 {
		confidence, why = s.many(in.Files)
	}
	const enough = 20
	for i, f := range in.Files {
		if i == enough || confidence >= Sure {
			break
		}
		if c, w := s.Detect(f.Name, f.head()); c > confidence {
			confidence, why = c, w
		}
	}
	return confidence, why
}

// mismatch is the fault of a source that was named for a file of another form.
func mismatch(src Source, in *Input) error {
	if len(in.Files) == 0 || in.fetched {
		return nil
	}
	if err := in.ours(); err != nil {
		return err
	}
	if c, _ := src.confidence(in); c > No {
		return nil
	}
	other, why, c := bestSource(in)
	if c < Likely {
		return nil
	}
	return &model.Fault{
		Kind: model.FaultInput, What: "import as " + src.Name, File: in.Name,
		Reason: fmt.Sprintf("it looks like %s (%s)", other.Title, why),
		Remedy: fmt.Sprintf("name the source %s, or auto", other.Name),
	}
}

// hasExt says whether the name ends in one of the extensions, whatever the case and a .gz after it.
func hasExt(name string, exts ...string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return slices.ContainsFunc(exts, func(e string) bool { return strings.HasSuffix(name, e) })
}
