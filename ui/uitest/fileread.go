package uitest

import (
	"context"

	"aftermath/model"
)

// Templates are those of the file, with what became of them.
func (m *Memory) Templates(ctx context.Context) ([]model.TemplateRecord, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	var uses []model.TemplateUse
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		r, err := m.Record(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range r.Actions {
			if a.Template != "" {
				uses = append(uses, model.TemplateUse{Template: a.Template, Action: a, Results: r.ResultsOf(a.ID)})
			}
		}
	}
	return model.TrackRecord(all[model.Template](m, model.TypeTemplate, ""), uses), nil
}

// Past are all incidents, with their conditions.
func (m *Memory) Past(context.Context) (list []model.PastIncident, err error) {
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		list = append(list, model.PastIncident{ID: i.ID, Key: i.Key, Type: i.Type, Services: i.Services, Started: i.Started, Factors: all[model.Factor](m, model.TypeFactor, i.ID)})
	}
	return list, m.Err
}
