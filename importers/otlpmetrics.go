package importers

import (
	"encoding/json"
	"slices"

	"aftermath/model"
)

// otlpMetric is a metric with its points. Histograms and summaries have no one value and are left out.
type otlpMetric struct {
	Name  string `json:"name"`
	Unit  string `json:"unit"`
	Gauge struct {
		Points []otlpPoint `json:"dataPoints"`
	} `json:"gauge"`
	Sum struct {
		Points []otlpPoint `json:"dataPoints"`
	} `json:"sum"`
}

type otlpPoint struct {
	Time       otlpText        `json:"timeUnixNano"`
	Double     json.RawMessage `json:"asDouble"`
	Int        otlpText        `json:"asInt"`
	Attributes []otlpAttribute `json:"attributes"`
}

// value is the number as written.
func (p otlpPoint) value() string { return firstOf(string(p.Int), unquote(string(p.Double))) }

// otlpMetrics makes events of the metrics of a file.
type otlpMetrics struct {
	watch    *watch
	untold   int // groups of metrics that were refused because no threshold is known
	question error
}

// group takes the metrics of one resource. Without a threshold they are refused, so that the logs and
// spans beside them are read all the same.
func (m *otlpMetrics) group(g *otlpGroup, service string, rec jsonRecord) error {
	r := m.watch.run
	if len(m.watch.bounds) == 0 {
		r.refuse(rec.n, "metrics become events where they cross a threshold; tell one with --above or --below", string(rec.raw))
		m.untold++
		for _, scope := range g.ScopeMetrics {
			for _, metric := range scope.Metrics {
				if m.question == nil {
					_, m.question = m.watch.of(metric.Name, service, metric.Unit, nil, rec.n)
				}
			}
		}
		return nil
	}
	for _, scope := range g.ScopeMetrics {
		for _, metric := range scope.Metrics {
			points := slices.Concat(metric.Gauge.Points, metric.Sum.Points)
			if len(points) == 0 {
				r.warn("metric "+metric.Name, "%s is neither a gauge nor a sum and was left out", metric.Name)
			}
			for _, p := range points {
				if err := m.point(metric, p, service, rec.n); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (m *otlpMetrics) point(metric otlpMetric, p otlpPoint, service string, line int) error {
	at, ok := nanos(p.Time)
	if !ok {
		m.watch.run.refuse(line, "the point of "+metric.Name+" has no time", p.value())
		return nil
	}
	var labels [][2]string
	for _, a := range p.Attributes {
		labels = append(labels, [2]string{a.Key, a.Value.text()})
	}
	s, err := m.watch.of(seriesName(metric.Name, labels), service, metric.Unit, append(labels, [2]string{"service.name", service}), line)
	if err != nil {
		return err
	}
	return m.watch.point(s, at, p.value(), string(p.Time), model.Precision("ns"), line)
}

// close ends the reading of a file. A file that holds nothing but metrics is asked about.
func (m *otlpMetrics) close() error {
	if reading := m.watch.run.reading; m.question != nil && reading.Read == m.untold {
		return m.question
	}
	return m.watch.close()
}
