package collect

import (
	"context"
	"sync"

	"aftermath/model"
)

// Memory is a keeper that forgets everything at the end, for trying a collection out.
type Memory struct {
	mu    sync.Mutex
	pages []model.Page
	have  map[[4]string]bool // incident, source, request and digest
}

// Keep holds a page unless the same answer to the same request is there.
func (m *Memory) Keep(ctx context.Context, incident model.ID, p model.Page) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	key := [4]string{string(incident), p.Source, p.Request, p.Digest}
	if m.have[key] {
		return true, nil
	}
	if m.have == nil {
		m.have = map[[4]string]bool{}
	}
	m.have[key] = true
	p.Incident = incident
	m.pages = append(m.pages, p)
	return false, nil
}

// Kept gives the pages of a source in the order in which they were kept.
func (m *Memory) Kept(ctx context.Context, incident model.ID, source string) ([]model.Page, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var of []model.Page
	for _, p := range m.pages {
		if p.Incident == incident && p.Source == source {
			of = append(of, p)
		}
	}
	return of, nil
}
