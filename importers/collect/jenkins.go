package collect

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Jenkins gives builds newest first, by place in the list, and has no limit. The list named builds ends after a
// hundred; older ones are in allBuilds.
var jenkins = vendor{
	name: "jenkins", title: "Jenkins",
	tokens: []tokenPlace{{env: "JENKINS_TOKEN"}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		switch {
		case p.Address == "":
			return nil, errors.New("its address is missing")
		case p.User == "":
			return nil, errors.New("the account is missing that the token belongs to")
		case len(p.Jobs) == 0:
			return nil, errors.New("no jobs are named")
		}
		var calls []call
		for _, job := range p.Jobs {
			path := ""
			for _, folder := range strings.Split(strings.Trim(job, "/"), "/") {
				path += "/job/" + url.PathEscape(folder)
			}
			calls = append(calls, call{part: "builds", name: job + "/builds-%04d.json", Request: p.get(path+"/api/json", "tree", jenkinsTree("builds", 0)),
				next: jenkinsPages, past: p.jenkinsPast})
		}
		return calls, nil
	},
}

const jenkinsSize = 100

func jenkinsTree(list string, at int) string {
	return fmt.Sprintf("fullName,%s[number,timestamp,duration,result,url,displayName,fullDisplayName,building,actions[causes[shortDescription,userName]]]{%d,%d}",
		list, at, at+jenkinsSize)
}

type jenkinsPage struct {
	Builds []jenkinsBuild `json:"builds"`
	All    []jenkinsBuild `json:"allBuilds"`
}

type jenkinsBuild struct {
	Timestamp int64 `json:"timestamp"` // of its start, in milliseconds
}

func jenkinsPages(a answer) (Request, error) {
	page := read[jenkinsPage](a.body)
	if len(page.Builds)+len(page.All) < jenkinsSize {
		return Request{}, nil
	}
	at := 0
	if _, places, found := strings.Cut(a.parameter("tree"), "]]]{"); found {
		fmt.Sscanf(places, "%d,", &at)
	}
	return a.with("tree", jenkinsTree("allBuilds", at+jenkinsSize)), nil
}

// jenkinsPast says whether the builds of the following pages began so long ago that none reaches into the window.
func (p *plan) jenkinsPast(body []byte) bool {
	page := read[jenkinsPage](body)
	builds := append(page.Builds, page.All...)
	return len(builds) == 0 || time.UnixMilli(builds[len(builds)-1].Timestamp).Before(p.From.Add(-deployReach))
}
