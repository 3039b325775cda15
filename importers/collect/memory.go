package collect

import (
	"context"
	"encoding/binary"
	"sync"

	"aftermath/model"
)

// Memory is a keeper that forgets everything at the end, for trying a collection out.
type Memory struct {
	mu    sync.Mutex
	pages []model.Page
	have  map[[4]string]model.ID // by incident, source, request and digest
}

// Keep holds a page unless the same answer to the same request is there.
func (m *Memory) Keep(ctx context.Context, incident model.ID, p model.Page) (model.ID, bool, error) {
	if err := ctx.Err(); err != nil {
		return "", false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	key := [4]string{string(incident), p.Source, p.Request, p.Digest}
	if id, known := m.have[key]; known {
		return id, true, nil
	}
	if m.have == nil {
		m.have = map[[4]string]model.ID{}
	}
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(len(m.pages)+1))
	p.ID, p.Incident = model.IDFrom(model.TypePage, number), incident
	m.have[key] = p.ID
	m.pages = append(m.pages, p)
	return p.ID, false, nil
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
