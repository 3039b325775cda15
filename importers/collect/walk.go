package collect

import (
	"errors"
	"fmt"

	"aftermath/model"
)

// A walk follows calls from page to page and on to what the pages lead to. What it asks for depends on nothing
// but the pages, so walking over kept pages leads to where a collection broke off.
type walk struct {
	// page gives the page that answers a request, and says whether it was kept before; with anew it must not be.
	page func(c call, req Request, n int, anew bool) (p model.Page, kept bool, err error)
	done map[string]bool // first requests that were followed
}

var (
	errRefused   = errors.New("the request was refused") // and asking again would not help
	errForbidden = errors.New("the request is not allowed")
	errRepeats   = errors.New("the pages go round in a circle")
	errBad       = errors.New("the answer is no page") // which may be this one's trouble, or the server's
)

// all follows the calls in their order, and gives what failed. One that is refused, such as a channel that the token
// may not read, or whose answer is no page does not keep the others back. Two in a row without a page are the server's
// trouble: then no more are tried.
func (w walk) all(calls []call) (failed []error) {
	bad := 0
	for len(calls) > 0 {
		c := calls[0]
		calls = calls[1:]
		if w.done[c.String()] {
			continue
		}
		w.done[c.String()] = true
		leads, err := w.chain(c, false)
		if err != nil {
			failed = append(failed, err)
		}
		switch {
		case err == nil, errors.Is(err, errRefused), errors.Is(err, errForbidden), errors.Is(err, errRepeats):
			bad = 0
		case errors.Is(err, errBad) && bad == 0:
			bad++
		default:
			return failed
		}
		calls = append(leads, calls...)
	}
	return failed
}

// chain follows one call to its last page. A vendor may refuse to go on where an earlier collection broke off,
// because places in a list do not last; then the call is followed anew from its first page.
func (w walk) chain(c call, anew bool) (leads []call, err error) {
	asked := map[string]bool{}
	stoodIn := false
	for n, req := 1, c.Request; ; n++ {
		if asked[req.String()] {
			return nil, fmt.Errorf("%w: %s is asked for a second time", errRepeats, req.shown())
		}
		asked[req.String()] = true
		p, kept, err := w.page(c, req, n, anew)
		if errors.Is(err, errRefused) && stoodIn {
			return w.chain(c, true)
		}
		if err != nil {
			return leads, err
		}
		stoodIn = stoodIn || kept
		if c.leads != nil {
			leads = append(leads, c.leads(p.Body)...)
		}
		if p.Next == "" || c.past != nil && c.past(p.Body) {
			return leads, nil
		}
		req = parseRequest(p.Next)
	}
}

var errMissing = errors.New("a page is not kept")

// finished says whether the kept pages answer every request, so that no collection of this window is open.
func finished(calls []call, kept map[string]model.Page) bool {
	w := walk{done: map[string]bool{}, page: func(_ call, req Request, _ int, _ bool) (model.Page, bool, error) {
		p, ok := kept[req.String()]
		if !ok {
			return p, false, errMissing
		}
		return p, true, nil
	}}
	return len(w.all(calls)) == 0
}
