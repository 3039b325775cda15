package collect

import (
	"sync"
	"time"
)

// State is what a source is doing.
type State int

// The states of a source, in the order in which it passes them.
const (
	Waiting  State = iota // for its turn
	Fetching              // a page
	Limited               // it waits because the vendor asks it to, or before it tries once more
	Reading               // the pages
	Done
	Failed
	Cancelled
)

var stateNames = [...]string{"waiting", "fetching", "waiting for the rate limit", "reading", "done", "failed", "cancelled"}

func (s State) String() string { return stateNames[s] }

// Progress is where one source stands.
type Progress struct {
	Source string
	State  State
	Page   int       // the number of the page being fetched, from 1 on; at the end how many there are
	Until  time.Time // until when it waits
	Why    string    // why it waits or failed, as a sentence
}

// stride is the least time between two reports of pages, so that quick answers do not flood a screen.
const stride = 100 * time.Millisecond

// A reporter tells the progress of one source: every change of state, and pages no more often than stride.
type reporter struct {
	source string
	job    *Job
	mu     sync.Mutex
	last   Progress
	told   time.Time
}

func newReporter(source string, job *Job) *reporter { return &reporter{source: source, job: job} }

func (r *reporter) tell(p Progress) {
	if r.job.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.job.Clock.now()
	if p.State == r.last.State && p.State != Waiting && now.Sub(r.told) < stride {
		return
	}
	p.Source = r.source
	r.last, r.told = p, now
	r.job.Progress(p)
}
