package model

// domainPrompts are the checklists of the operational domains, and of the three things that a response does. An
// item is offered when the words of the record show that the incident touches its domain.
var domainPrompts = []Prompt{
	{ID: "network-path", Pack: "Network", Ask: "The path between the parts that failed to reach each other, hop by hop", Check: true, When: []string{"domain:network"}},
	{ID: "network-timeouts", Pack: "Network", Ask: "Timeouts and retries on both sides: who gives up first, and what does the other side do then", Check: true, When: []string{"domain:network"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "network-names", Pack: "Network", Ask: "Names and certificates: how long they are kept, when they end, who is told before", Check: true, When: []string{"domain:network"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "network-partial", Pack: "Network", Ask: "How a part behaves when it reaches some of its peers and not others", Check: true, When: []string{"domain:network"}},

	{ID: "data-copies", Pack: "Data", Ask: "Copies and backups: when one was last restored, and how long that took", Check: true, When: []string{"domain:data"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "data-shape", Pack: "Data", Ask: "Changes of schema or of the shape of data, and which readers still expect the old one", Check: true, When: []string{"domain:data"}, Leads: "factor", Layer: LayerTechnical, Area: "code"},
	{ID: "data-growth", Pack: "Data", Ask: "Queries whose cost grows with the data, and what they cost a year ago", Check: true, When: []string{"domain:data"}},
	{ID: "data-wrong", Pack: "Data", Ask: "What was written wrongly while it lasted, and how it is found and mended", Check: true, When: []string{"domain:data"}, Leads: "action"},

	{ID: "deploy-back", Pack: "Deploy", Ask: "The way back: how long it takes, who can start it, when it was last tried", Check: true, When: []string{"domain:deploy"}, Leads: "factor", Layer: LayerProcess, Area: "delivery"},
	{ID: "deploy-steps", Pack: "Deploy", Ask: "How far a change goes in its first step, and what stops the next one", Check: true, When: []string{"domain:deploy"}, Leads: "factor", Layer: LayerProcess, Area: "delivery"},
	{ID: "deploy-same", Pack: "Deploy", Ask: "What differs between where it was tested and where it ran", Check: true, When: []string{"domain:deploy"}, Leads: "factor", Layer: LayerTechnical, Area: "tooling"},
	{ID: "deploy-at-once", Pack: "Deploy", Ask: "What else changed at the same time, by hand or by itself", Check: true, When: []string{"domain:deploy"}},

	{ID: "configuration-check", Pack: "Configuration", Ask: "What checks a value before it takes effect, and what happens with one that cannot be right", Check: true, When: []string{"domain:configuration"}, Leads: "factor", Layer: LayerTechnical, Area: "tooling"},
	{ID: "configuration-reach", Pack: "Configuration", Ask: "How many parts a single value reaches at once", Check: true, When: []string{"domain:configuration"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "configuration-drift", Pack: "Configuration", Ask: "Where the running values differ from the written ones", Check: true, When: []string{"domain:configuration"}},

	{ID: "capacity-limit", Pack: "Capacity", Ask: "The limit that was reached: how near it was on a normal day, and who would have seen that", Check: true, When: []string{"domain:capacity"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "capacity-shed", Pack: "Capacity", Ask: "What the system does with more work than it can do: wait, refuse, or fall over", Check: true, When: []string{"domain:capacity"}, Leads: "factor", Layer: LayerTechnical, Area: "code"},
	{ID: "capacity-feedback", Pack: "Capacity", Ask: "What grows when things are slow, such as retries, queues and connections", Check: true, When: []string{"domain:capacity"}, Leads: "factor", Layer: LayerTechnical, Area: "code"},
	{ID: "capacity-add", Pack: "Capacity", Ask: "How long it takes to add what is short, and what else that loads", Check: true, When: []string{"domain:capacity"}},

	{ID: "dependency-without", Pack: "Dependency", Ask: "What still works when the dependency is away, slow, or answers wrongly", Check: true, When: []string{"domain:dependency"}, Leads: "factor", Layer: LayerTechnical, Area: "code"},
	{ID: "dependency-promise", Pack: "Dependency", Ask: "What it promises, and what has been taken for granted beyond that", Check: true, When: []string{"domain:dependency"}, Leads: "factor", Layer: LayerProcess, Area: "response"},
	{ID: "dependency-hidden", Pack: "Dependency", Ask: "Which dependency was not known before, and whether the way to repair passes through what failed", Check: true, When: []string{"domain:dependency"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},

	{ID: "access-ends", Pack: "Access", Ask: "What ends on a day, such as keys, tokens and licences, and who is told before", Check: true, When: []string{"domain:access"}, Leads: "factor", Layer: LayerProcess, Area: "prioritisation"},
	{ID: "access-needed", Pack: "Access", Ask: "Whether those who could repair it had the right to, and how they got it", Check: true, When: []string{"domain:access"}, Leads: "factor", Layer: LayerHuman, Area: "on_call"},
	{ID: "access-wide", Pack: "Access", Ask: "How much more a right allowed than the work needed", Check: true, When: []string{"domain:access"}, Leads: "factor", Layer: LayerTechnical, Area: "tooling"},

	{ID: "detect-first", Pack: "Detect", Ask: "Who knew first: an alert, a colleague, or a user", Check: true, When: []string{"narrative"}, Leads: "factor"},
	{ID: "detect-noise", Pack: "Detect", Ask: "How many alerts of that day asked for nothing to be done", Check: true, When: []string{"kind:alert"}, Leads: "factor", Layer: LayerHuman, Area: "on_call"},
	{ID: "detect-missing", Pack: "Detect", Ask: "The signal that would have said it best, and whether it exists", Check: true, When: []string{"narrative"}, Leads: "action"},

	{ID: "respond-first", Pack: "Respond", Ask: "What the first responder had in hand: access, a runbook, somebody to ask", Check: true, When: []string{"narrative"}, Leads: "factor", Layer: LayerHuman, Area: "on_call"},
	{ID: "respond-limit", Pack: "Respond", Ask: "The quickest way to stop the harm, before anything is understood, and who may take it", Check: true, When: []string{"narrative"}, Leads: "factor", Layer: LayerProcess, Area: "response"},
	{ID: "respond-led", Pack: "Respond", Ask: "Who led, and when that was clear to everybody", Check: true, When: []string{"narrative"}},

	{ID: "communicate-users", Pack: "Communicate", Ask: "What users were told, when, and what they had already found out by then", Check: true, When: []string{"narrative"}, Leads: "factor", Layer: LayerHuman, Area: "communication"},
	{ID: "communicate-within", Pack: "Communicate", Ask: "How support and the teams beside heard of it", Check: true, When: []string{"narrative"}, Leads: "factor", Layer: LayerHuman, Area: "communication"},
}
