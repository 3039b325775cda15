package cli

import (
	"context"
	"fmt"

	"aftermath/model"
	"aftermath/storage"
)

// prove holds what was printed of an incident to its hashes. It comes after the printing: what is wrong is evidence, too.
func (a *app) prove(ctx context.Context, s *storage.Store, incident model.ID, lines bool) error {
	p, err := s.Prove(ctx, incident, lines)
	if err != nil {
		return err
	}
	if p.Unchecked > 0 {
		a.remark("The hashes of %d lines were not checked; `aftermath doctor` checks them.", p.Unchecked)
	}
	if len(p.Broken) == 0 {
		return nil
	}
	reason := p.Broken[0]
	if more := len(p.Broken) - 1; more > 0 {
		reason += fmt.Sprintf(", and %s", model.Counted(more, "more place"))
	}
	return &model.Fault{Kind: model.FaultDamaged, What: "trust what is printed", File: s.Path(), Reason: reason, Remedy: "`aftermath doctor` tells the whole and what to do about it"}
}
