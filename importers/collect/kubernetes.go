package collect

import "slices"

// Kubernetes is asked through kubectl, which knows how to reach the cluster and brings its own access. Nothing
// of ours goes over the network.
var kubernetes = vendor{
	name: "kubernetes", title: "Kubernetes",
	plan: func(p *plan) ([]call, error) {
		kubectl := p.Command
		if len(kubectl) == 0 {
			kubectl = []string{"kubectl"}
		}
		events := func(name string, where ...string) call {
			return call{part: "events", name: name, Request: program(slices.Concat(kubectl, []string{"get", "events"}, where, []string{"-o", "json"})...)}
		}
		if len(p.Namespaces) == 0 {
			return []call{events("events-%04d.json", "-A")}, nil
		}
		var calls []call
		for _, n := range p.Namespaces {
			calls = append(calls, events(n+"/events-%04d.json", "-n", n))
		}
		return calls, nil
	},
}
