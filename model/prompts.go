package model

// DefaultPrompts is what every team starts from: what to ask in general, of each layer and area, of each kind
// of moment, and the checklists of the domains. The order is that of a conversation: what made it possible,
// layer by layer, then how it met, then what would change it.
func DefaultPrompts() []Prompt {
	var list []Prompt
	for _, pack := range [][]Prompt{openingPrompts, layerPrompts, areaPrompts, momentPrompts, domainPrompts, alignPrompts, changePrompts} {
		list = append(list, pack...)
	}
	return list
}

// openingPrompts begin the analysis, before anything is named.
var openingPrompts = []Prompt{
	{ID: "conditions", Pack: "Opening", Ask: "What conditions made this possible, that were there before it began?", When: []string{"not several conditions"}, Leads: "factor"},
	{ID: "boundary", Pack: "Opening", Ask: "What system boundary was violated: where did something pass that was meant to be held?", Leads: "factor", Layer: LayerTechnical},
	{ID: "boundary-held", Pack: "Opening", Ask: "How was that boundary meant to hold, and what was it built to expect?", After: "boundary", Leads: "factor"},
	{ID: "boundary-seen", Pack: "Opening", Ask: "What would have shown that it no longer held, and where would that have been seen?", After: "boundary", Leads: "factor"},
	{ID: "change", Pack: "Opening", Ask: "Did a change introduce new risk, and which change, of what kind?", Leads: "factor"},
	{ID: "change-known", Pack: "Opening", Ask: "What was known about that risk when the change was made, and to whom?", After: "change", Leads: "factor", Layer: LayerHuman},
	{ID: "change-path", Pack: "Opening", Ask: "Which steps did that change pass on its way, and what was each of them able to catch?", After: "change", Leads: "factor", Layer: LayerProcess, Area: "delivery"},
	{ID: "cascade", Pack: "Opening", Ask: "What did it reach beyond where it began, and along which path?", Leads: "factor"},
	{ID: "cascade-stop", Pack: "Opening", Ask: "What could have stopped it on that path?", After: "cascade", Leads: "action"},
	{ID: "before", Pack: "Opening", Ask: "How long had these conditions been there, and what kept them from mattering until then?", When: []string{"conditions"}},
	{ID: "normal", Pack: "Opening", Ask: "What does this work look like on a normal day, and how was this day different?", Layer: LayerHuman},
}

// layerPrompts open a layer that nothing is named in, and go deeper in one that has something.
var layerPrompts = []Prompt{
	{ID: "technical-empty", Pack: "Technical", Ask: "What in the code, the infrastructure or the tooling had to be as it was for this to happen?", When: []string{"not layer:technical"}, Leads: "factor", Layer: LayerTechnical},
	{ID: "technical-limits", Pack: "Technical", Ask: "Which limit, retry, timeout or default acted, and how did it come to have that value?", When: []string{"layer:technical"}, Leads: "factor", Layer: LayerTechnical},
	{ID: "technical-seen", Pack: "Technical", Ask: "What could the system have told about itself, and to whom, before users felt it?", When: []string{"layer:technical"}, Leads: "factor", Layer: LayerTechnical, Area: "tooling"},
	{ID: "human-empty", Pack: "Human", Ask: "What did people know, see and have to hold in mind, and how did that shape what they did?", When: []string{"not layer:human"}, Leads: "factor", Layer: LayerHuman},
	{ID: "human-sense", Pack: "Human", Ask: "Why did it make sense to act this way, with what was known then?", Leads: "factor", Layer: LayerHuman},
	{ID: "human-load", Pack: "Human", Ask: "What else asked for attention at the same time, and how many things had to be watched at once?", When: []string{"layer:human"}, Leads: "factor", Layer: LayerHuman, Area: "on_call"},
	{ID: "human-knew", Pack: "Human", Ask: "Who knew how this part works, and how would somebody else have found out?", Leads: "factor", Layer: LayerHuman, Area: "communication"},
	{ID: "process-empty", Pack: "Process", Ask: "Which way of working, in delivery, response or planning, let this come about or last?", When: []string{"not layer:process"}, Leads: "factor", Layer: LayerProcess},
	{ID: "process-work", Pack: "Process", Ask: "Where does the work as it is done differ from the work as it is written down, and what makes that useful?", When: []string{"layer:process"}, Leads: "factor", Layer: LayerProcess},
	{ID: "process-owned", Pack: "Process", Ask: "Who owned the part between the teams, and how was that known?", Leads: "factor", Layer: LayerProcess, Area: "response"},
}

// areaPrompts look into the areas of a layer that has something, where nothing is named yet.
var areaPrompts = []Prompt{
	{ID: "code", Pack: "Areas", Ask: "What did the code assume that did not hold, and where is that assumption written?", When: []string{"layer:technical", "not area:code"}, Leads: "factor", Layer: LayerTechnical, Area: "code"},
	{ID: "infrastructure", Pack: "Areas", Ask: "What did the infrastructure below do, and what did everything above take for granted about it?", When: []string{"layer:technical", "not area:infrastructure"}, Leads: "factor", Layer: LayerTechnical, Area: "infrastructure"},
	{ID: "tooling", Pack: "Areas", Ask: "Which tool made the unsafe thing as easy as the safe one?", When: []string{"layer:technical", "not area:tooling"}, Leads: "factor", Layer: LayerTechnical, Area: "tooling"},
	{ID: "decision-making", Pack: "Areas", Ask: "Which decision had to be made with less than was needed, and what would have filled the gap?", When: []string{"layer:human", "not area:decision_making"}, Leads: "factor", Layer: LayerHuman, Area: "decision_making"},
	{ID: "communication", Pack: "Areas", Ask: "What did one person know that another needed, and how would it have travelled?", When: []string{"layer:human", "not area:communication"}, Leads: "factor", Layer: LayerHuman, Area: "communication"},
	{ID: "on-call", Pack: "Areas", Ask: "What was the shift like: how long, how many pages, how much of it was noise?", When: []string{"layer:human", "not area:on_call"}, Leads: "factor", Layer: LayerHuman, Area: "on_call"},
	{ID: "delivery", Pack: "Areas", Ask: "What would a change like this one meet on its way to production, and what would wave it through?", When: []string{"layer:process", "not area:delivery"}, Leads: "factor", Layer: LayerProcess, Area: "delivery"},
	{ID: "response", Pack: "Areas", Ask: "Which step of the response took longest, and what was it waiting for?", When: []string{"layer:process", "not area:response"}, Leads: "factor", Layer: LayerProcess, Area: "response"},
	{ID: "prioritisation", Pack: "Areas", Ask: "What was known and waiting in a backlog, and what did it wait behind?", When: []string{"layer:process", "not area:prioritisation"}, Leads: "factor", Layer: LayerProcess, Area: "prioritisation"},
}

// momentPrompts follow the roles that events were given.
var momentPrompts = []Prompt{
	{ID: "trigger-before", Pack: "Moments", Ask: "{time}, {what}: what was different from the last time that the same was done without harm?", Each: "trigger", Leads: "factor"},
	{ID: "trigger-bound", Pack: "Moments", Ask: "{time}, {what}: what decided how far it could reach?", Each: "trigger", Leads: "factor", Layer: LayerTechnical},
	{ID: "detection-how", Pack: "Moments", Ask: "{time}, {what}: how did it come to be noticed here and not sooner or elsewhere?", Each: "detection", Leads: "factor"},
	{ID: "diagnosis-signals", Pack: "Moments", Ask: "{time}, {what}: which signals were on the screen, and which were looked for and not found?", Each: "diagnosis", Leads: "factor"},
	{ID: "diagnosis-other", Pack: "Moments", Ask: "{time}, {what}: which other explanation was plausible, and what told them apart?", Each: "diagnosis", Leads: "factor", Layer: LayerHuman},
	{ID: "decision-options", Pack: "Moments", Ask: "{time}, {who} decided: which other ways were open, and what did each of them cost?", Each: "decision", Leads: "factor", Layer: LayerHuman, Area: "decision_making"},
	{ID: "decision-made-easy", Pack: "Moments", Ask: "{time}, {what}: what would have made this decision smaller, or one that nobody has to make?", Each: "decision", Leads: "action"},
	{ID: "repair-wait", Pack: "Moments", Ask: "{time}, {what}: what had to be waited for, asked for or found before this could be done?", Each: "repair", Leads: "factor", Layer: LayerProcess},
	{ID: "repair-safe", Pack: "Moments", Ask: "{time}, {what}: how was it known that this was safe to do at that moment?", Each: "repair"},
	{ID: "communication-who", Pack: "Moments", Ask: "{time}, {what}: who needed to know this, and how did it reach them?", Each: "communication", Leads: "factor", Layer: LayerHuman, Area: "communication"},
	{ID: "recovery-known", Pack: "Moments", Ask: "{time}, {what}: how did anyone know that it was over?", Each: "recovery", Leads: "factor"},
	{ID: "slow-detect", Pack: "Moments", Ask: "Between the start and the detection, which signal was there, and whom could it have told?", When: []string{"slow to detect"}, Leads: "factor"},
	{ID: "slow-mitigate", Pack: "Moments", Ask: "Between detection and mitigation, what was tried, and what was each attempt waiting for?", When: []string{"slow to mitigate"}, Leads: "factor"},
	{ID: "slow-recover", Pack: "Moments", Ask: "After the mitigation, what kept the system from being back to normal?", When: []string{"slow to recover"}, Leads: "factor"},
}

// alignPrompts ask how the conditions met.
var alignPrompts = []Prompt{
	{ID: "without", Pack: "How they met", Ask: "Without {what}, would it still have happened, as long, as wide?", Each: "condition", Field: "without"},
	{ID: "one-layer", Pack: "How they met", Ask: "All conditions lie in one layer: what in the other two made them possible, or hard to see?", When: []string{"one layer"}, Leads: "factor"},
	{ID: "acted", Pack: "How they met", Ask: "Which condition enabled, hid, amplified or delayed another one?", When: []string{"several conditions", "not interactions"}},
	{ID: "helped", Pack: "How they met", Ask: "What went well, and kept it from being worse or longer?", Field: "went_well"},
	{ID: "luck", Pack: "How they met", Ask: "Where was luck at work: what could have been worse, and why was it not?", Field: "lucky"},
	{ID: "again", Pack: "How they met", Ask: "Where else in the system are the same conditions waiting to meet?", When: []string{"several conditions"}, Leads: "action"},
}

// changePrompts turn to what would change.
var changePrompts = []Prompt{
	{ID: "prevent-technical", Pack: "What would change it", Ask: "Which technical change would have prevented or mitigated this?", Field: "prevent_technical", Leads: "action"},
	{ID: "prevent-human", Pack: "What would change it", Ask: "Which change for the people would have prevented or mitigated this?", Field: "prevent_human", Leads: "action"},
	{ID: "prevent-process", Pack: "What would change it", Ask: "Which change of process would have prevented or mitigated this?", Field: "prevent_process", Leads: "action"},
	{ID: "harder", Pack: "What would change it", Ask: "What would make this harder to repeat, even for somebody who has never heard of it?", When: []string{"conditions"}, Leads: "action"},
	{ID: "unlikely", Pack: "What would change it", Ask: "Which change to the system would make this unlikely to happen again?", When: []string{"conditions", "not actions"}, Leads: "action"},
	{ID: "forget", Pack: "What would change it", Ask: "An action relies on people remembering: what would hold when nobody does?", When: []string{"weak action"}, Leads: "action"},
	{ID: "team", Pack: "What would change it", Ask: "Which team can change {what}, and is it in the room?", Each: "condition", Field: "team"},
	{ID: "past", Pack: "What would change it", Ask: "Which past action was meant to prevent this, and what did it change?"},
	{ID: "measured", Pack: "What would change it", Ask: "In three months, which number would show that the system behaves differently?", When: []string{"actions"}},
}
