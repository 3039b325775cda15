package docs

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"aftermath/cli"
	"aftermath/exporters"
	"aftermath/model"
)

// types are in the order in which a retrospective meets them.
var types = []struct {
	model.Type
	about string
}{
	{model.TypeIncident, "What happened, to whom, and who is in the room."},
	{model.TypeParticipant, "Somebody who takes part."},
	{model.TypeImport, "Where a batch of evidence came from, and what was made of it."},
	{model.TypePage, "Bytes as they came: one answer of a live source, or one file."},
	{model.TypeClock, "How far the times of one source are moved. Every line keeps the time that its source wrote beside the moved one."},
	{model.TypeSweep, "Lines of one source that are alike and dismissed together, also those that come later. What somebody worked on stays."},
	{model.TypeView, "A filter of the timeline that was given a name."},
	{model.TypeDismissal, "A doubt about the timeline that was set aside. Its id follows from the incident, the kind and what it is about: two people who set one doubt aside apart meet in one statement, and undoing it brings the doubt back."},
	{model.TypeReply, "What the room answered to a question of the guide. Its id follows from the prompt and what it is about, so that two people who answer the same question apart meet in one entry."},
	{model.TypeQuestion, "A question to a person or role about one moment. Its id follows from the moment, what is asked for and who is asked, so that nobody is asked twice."},
	{model.TypeRedaction, "What stands in documents for readers outside instead of a text. Its id follows from the incident and the text, so that two people who map the same words meet in one statement."},
	{model.TypeEvent, "One line of evidence or of the narrative. What was imported is never altered: a correction stands beside the original."},
	{model.TypeFactor, "A condition that had to be there, what helped, or luck."},
	{model.TypeInteraction, "How one condition acted on another."},
	{model.TypeAction, "A change to the system, with its priority, its plan of verification and its outcome."},
	{model.TypeStep, "One line of an action's plan of verification."},
	{model.TypeResult, "One run of a plan of verification."},
	{model.TypeTemplate, "A plan of verification that is used again. It belongs to the whole file and to no incident."},
	{model.TypeRevision, "One sealed publication."},
	{model.TypeApproval, "What one person says of one sealed revision. Its id follows from the revision and the person: a later word replaces an earlier one."},
}

var kinds = map[model.Kind]string{
	model.Line: "one line", model.Text: "text, Markdown allowed", model.Time: "time", model.Date: "day", model.Choice: "word",
	model.Number: "number", model.Flag: "yes or no", model.Ref: "id", model.Set: "set",
	model.Offset: "offset", model.Content: "bytes", model.Ranged: "range",
}

func TestRecord(t *testing.T) {
	if len(types) != len(model.Schema) {
		t.Fatalf("the page knows %d types, the schema %d", len(types), len(model.Schema))
	}
	p := &page{}
	p.line("# The record")
	p.line("")
	p.line("One schema drives the file, `set`, the forms on the screen, the history and this page. Types and fields are only ever added.")
	p.line("A range is `2–4–9`, at the least, most likely and at the most, or one number for all three; it may be typed as `2 4 9`, `2-4-9`, `2..9` or `about 4`.")
	p.line("Times are RFC 3339 in UTC, days `2026-12-01`, ids the letter of their type, a hyphen and 16 hexadecimal digits. A field that")
	p.line("is marked *kept* belongs to the program: it is read, and not set by people.")
	p.line("")
	for _, typ := range types {
		p.line("## %s", typ.Type)
		p.line("")
		p.line("%s Its ids begin with `%s`.", typ.about, model.IDFrom(typ.Type, [8]byte{})[:2])
		p.line("")
		p.head("field", "label", "kind", "meaning")
		for _, f := range model.Schema[typ.Type] {
			name := code(f.Name)
			if f.Hidden {
				name += " *kept*"
			}
			p.row(name, f.Label, kindOf(f), f.Help)
		}
		p.line("")
	}
	taxonomy(p)
	jsonOfShow(t, p)
	p.hold(t, "record.md")
}

func kindOf(f model.Field) string {
	kind := kinds[f.Kind]
	switch {
	case f.List != "":
		kind += " of [" + f.List + "](#words-" + f.List + ")"
	case f.Kind == model.Set && f.To != "":
		kind += " of ids of " + string(f.To)
	case f.To != "":
		kind += " of " + string(f.To)
	}
	return kind
}

// taxonomy lists the words of every Choice, each list once, in the order of the schema.
func taxonomy(p *page) {
	p.line("# Words")
	p.line("")
	p.line("The lists that a word is chosen from. The configuration can replace them; a word that is no longer in its list stays readable.")
	p.line("")
	tax, done := model.DefaultTaxonomy(), map[string]bool{}
	for _, typ := range types {
		for _, f := range model.Schema[typ.Type] {
			if f.List == "" || done[f.List] {
				continue
			}
			done[f.List] = true
			p.line("## Words: %s", f.List)
			p.line("")
			p.head("value", "label", "meaning")
			for _, w := range tax[f.List] {
				help := w.Help
				if w.Group != "" {
					help = strings.TrimSpace("Of the " + w.Group + " layer. " + help)
				}
				p.row(code(w.Value), w.Label, help)
			}
			p.line("")
		}
	}
}

// The structs that JSON is made of, and the type whose schema explains their members.
var shapes = []struct {
	name  string
	about string
	value any
	typ   model.Type
}{
	{"show", "`aftermath show KEY --json`, and the head of `aftermath export KEY --format json`, which adds `timeline`, the list of events.", exporters.Document{}, ""},
	{"incident", "", model.Incident{}, model.TypeIncident},
	{"participants", "", model.Participant{}, model.TypeParticipant},
	{"imports", "", model.Import{}, model.TypeImport},
	{"clocks", "", model.Clock{}, model.TypeClock},
	{"sweeps", "", model.Sweep{}, model.TypeSweep},
	{"views", "", model.View{}, model.TypeView},
	{"dismissals", "", model.Dismissal{}, model.TypeDismissal},
	{"questions", "", model.Question{}, model.TypeQuestion},
	{"redactions", "", model.Redaction{}, model.TypeRedaction},
	{"views.query", "What a view lets through: the text in its `query`. Of a list one member is enough; an empty text in it stands for events that name none.", model.ViewQuery{}, ""},
	{"factors", "", model.Factor{}, model.TypeFactor},
	{"interactions", "", model.Interaction{}, model.TypeInteraction},
	{"actions", "", exporters.ScoredAction{}, model.TypeAction},
	{"steps", "", model.Step{}, model.TypeStep},
	{"results", "", model.Result{}, model.TypeResult},
	{"revisions", "", model.Revision{}, model.TypeRevision},
	{"verification", "", model.PassRate{}, ""},
	{"templates", "One element of `aftermath templates --json`.", model.TemplateRecord{}, model.TypeTemplate},
	{"score", "One element of `aftermath score KEY --json`, in the order of the work.", cli.Scored{}, model.TypeAction},
	{"estimate", "What the ranges of an action come to, among those whose loss is counted in the same unit. Shares are of the draws, from 0 to 1.", cli.Estimated{}, ""},
	{"verify", "`aftermath verify ACTION --json`.", cli.Verified{}, ""},
	{"durations", "", model.Duration{}, ""},
	{"doubts", "One element of `aftermath doubts KEY --json`.", model.Doubt{}, ""},
	{"fixes", "What would settle a doubt: `aftermath doubts KEY --fix` carries it out.", model.Fix{}, ""},
	{"moves", "A line, or a key moment, and the time that a fix gives it.", model.Move{}, ""},
	{"joins", "A line and the one that it is merged into.", model.Join{}, ""},
	{"leaks", "One element of `leaks`, which `aftermath export KEY --audience public --json` prints when it refuses.", model.Leak{}, ""},
	{"comparison", "What `aftermath export KEY --compare FILE --json` prints.", exporters.Comparison{}, ""},
	{"comparison.lines", "A line that reads differently.", exporters.LineChange{}, ""},
	{"lines", "A line as a preview has it.", model.Told{}, ""},
	{"events", "One line of `aftermath events KEY --json`, and one element of `timeline`.", model.Event{}, model.TypeEvent},
}

// beyond explains the members that are no field of the schema.
var beyond = map[string]string{
	"revisions.name": "What it is called: its number, and the beginning of its digest where two copies gave that number.",
	"id":             "The id.", "incident.key": "The readable name, in commands and links.", "import.by": "Who imported it.", "import.at": "When it was imported.",
	"show.incident": "The incident.", "show.events": "How many events are on the timeline: neither noise, housekeeping nor merged.",
	"show.evidence": "How many events there are in all.", "show.participants": "Who takes part.", "show.imports": "The imports, oldest first.",
	"show.inbox": "How many imported events on the timeline nobody has worked on yet.", "show.clocks": "The clocks of sources that were moved.",
	"show.sweeps": "The lines that were dismissed together with all that are like them.", "show.views": "The filters that were given a name.",
	"show.dismissals": "The doubts that were set aside.", "show.questions": "The questions that were put to people.",
	"show.replies": "What the room answered to questions of the guide.",
	"show.factors": "The conditions.", "show.interactions": "How they acted on one another.", "show.actions": "The actions, ideas included.",
	"show.steps": "The steps of the plans.", "show.results": "The results of verification.", "show.revisions": "The sealed revisions, without their documents.",
	"show.approvals": "What people said of the sealed revisions.",
	"show.conflicts": "How many fields were changed by several people at once and are not settled.",
	"show.durations": "The metrics that follow from the key moments.", "show.alignment": "How many conditions aligned, in a sentence.",
	"show.verification":   "Where the plans of the promised actions stand: how many there are, how many ran, passed from the first run on, passed after a failure, fail now, came to production first with a reason; and the same in words.",
	"views.query.sources": "Only these sources.", "views.query.kinds": "Only these kinds.", "views.query.roles": "Only these roles.",
	"views.query.actors": "Only these people and systems, in any case.", "views.query.services": "Only these services, in any case.",
	"views.query.words": "Only lines with these words; the last one may be cut short.", "views.query.from": "Not before this time.", "views.query.to": "Before this time.",
	"views.query.narrative": "Only what somebody wrote, kept or worked on.", "views.query.inbox": "Only what nobody has worked on.",
	"views.query.noise": "Also what was marked as noise.", "views.query.housekeeping": "Also joins, topic changes and the like.", "views.query.merged": "Also lines that were merged into others.",
	"verification.plans": "Actions that are promised or further.", "verification.run": "Of those, with a result.", "verification.first": "Passed from the first run on.",
	"verification.after": "Passed after a failure.", "verification.failing": "The last run failed somewhere.", "verification.waived": "Production came first, with a reason.",
	"verification.text": "The same in words.",
	"templates.used":    "Actions that took their plan from it.", "templates.caught": "Of those, with a failure before production.",
	"templates.missed": "Of those, passed and yet not effective.",
	"score.action":     "The id of the action.", "score.rank": "Its rank, `2=` when it is shared; left out while it has none.", "score.score": "Frequency × impact ÷ effort; null while one of them is missing.",
	"score.formula": "The same with its numbers.", "score.above": "Whether it stands above the cut line.", "score.ordered_by": "`levels` or `ranges`: what the whole order is by.",
	"score.estimate": "What its ranges come to; null without them.", "score.verification": "`not_run`, `passed_first`, `passed_after_failure` or `failing`.",
	"score.suggestion": "With --suggest: how often it happened in this file.",
	"estimate.unit":    "What the loss is counted in.", "estimate.occurrences": "Occurrences a year, as a range.", "estimate.loss": "The loss each time, as a range.",
	"estimate.days": "Person-days, as a range.", "estimate.removes": "The share of the loss that it removes, in percent; 100 where nobody says.",
	"estimate.occurrences_from": "The ground of a suggestion that was accepted.",
	"estimate.all_of_it":        "True when nobody said how much it removes.", "estimate.removed_a_year": "Expected loss removed in a year.",
	"estimate.removed_a_day": "The same for each expected person-day.", "estimate.rank": "Its rank among those; what the draws cannot tell apart shares one.",
	"estimate.among": "How many those are.", "estimate.above_next": "How often it is above the next one; 0 for the last.", "estimate.tied_with_next": "Whether that is too seldom to tell them apart.",
	"estimate.first": "How often it is the first.", "estimate.above_line": "How often it is above the cut line.", "estimate.rank_low": "Nine of ten draws place it from here.",
	"estimate.rank_high": "To here.", "estimate.covered": "The part of all loss removed that it and those before it come to.", "estimate.draws": "How many draws there were.",
	"verify.action": "The id of the action.", "verify.env": "Where it ran.", "verify.status": "`passed`, `failed`, or `refused` by the ladder.", "verify.passed": "Tests that passed.",
	"verify.failed": "Tests that failed.", "verify.skipped": "Tests that were left out.", "verify.result": "The id of what was recorded; nothing is when it is refused.",
	"verify.note": "What was told, and the first tests that failed.", "verify.reason": "Why it is refused.",
	"actions.score":  "Frequency × impact ÷ effort; null while one of them is missing.",
	"durations.name": "Time to detect, and so on.", "durations.short": "TTD, and so on.", "durations.value": "Nanoseconds; 0 unless it is known.",
	"durations.known": "Whether both moments are known.", "durations.definition": "Which moments it lies between.",
	"durations.doubt": "Why it is unknown, or to be read with care.",
	"doubts.kind":     "`clock`, `zone`, `order`, `moment`, `date`, `outside`, `span`, `fold`, `twin` or `silence`.", "doubts.about": "What it is about, the same whenever it is found.",
	"doubts.source": "The source that is in doubt.", "doubts.where": "The lines that show it.", "doubts.lines": "The same lines, where not every fix shows them.",
	"doubts.field": "The key moment that is in doubt.", "doubts.what": "What does not fit together.", "doubts.question": "The question that would settle it.",
	"doubts.fixes": "What would settle it, the likeliest first.",
	"fixes.label":  "What it does.", "fixes.events": "How many lines it touches.", "fixes.moves": "The first of the lines that it moves.", "fixes.joins": "The first of those that it merges.",
	"moves.source": "Where the line comes from.", "moves.title": "What the line says.", "moves.from": "Its time now.", "moves.to": "Its time then.",
	"joins.from": "The line that is merged.", "joins.into": "The line that stays.",
	"show.redactions": "What stands for words in documents for the public.",
	"leaks.kind":      "`person`, `service`, `mapped` (a longer word that holds mapped words), `host`, `ip`, `email`, `phone`, `credential`, `card`, `account` or `url`.", "leaks.text": "What was found.", "leaks.id": "The entry that says it.", "leaks.field": "The field that says it.",
	"leaks.where": "The same in words.", "leaks.perhaps": "Whether it could be another word.",
	"comparison.edited": "Whether the document is not as it was written.", "comparison.sure": "Whether what was written is known; else the record has changed since, too.",
	"comparison.lines": "What reads differently.", "comparison.lines.line": "The line in the file; of a line that is gone, the one after which it stood.",
	"comparison.lines.was": "What was written.", "comparison.lines.now": "What stands there now.", "comparison.lines.what": "`changed`, `added` or `removed`.",
	"lines.source": "Where it comes from.", "lines.title": "What it says.", "lines.at": "When.",
	"events.zone_source": "Where the zone of its time comes from: `data`, `told: Europe/London`, or `typed`.", "events.external_id": "Its id at the source.",
	"events.housekeeping": "True for joins, topic changes and the like.", "events.merged": "How many lines were merged into it.",
	"events.time_text": "The time as the source wrote it.", "events.line": "Its line in the imported file, from 1.", "events.import": "The import that it came with.",
	"events.original_at": "The time before it was corrected.", "events.original_title": "The text before it was corrected.",
}

func jsonOfShow(t *testing.T, p *page) {
	p.line("# JSON")
	p.line("")
	p.line("A member that is not *always* there is left out while it is empty. Lists that are always there are empty rather than null.")
	p.line("")
	for _, s := range shapes {
		p.line("## JSON: %s", s.name)
		p.line("")
		if s.about != "" {
			p.line("%s", s.about)
			p.line("")
		}
		p.head("member", "type", "", "meaning")
		for _, m := range members(reflect.TypeOf(s.value)) {
			p.row(code(m.name), m.kind, m.always, meaning(t, s.name, s.typ, m.name))
		}
		p.line("")
	}
}

func meaning(t *testing.T, shape string, typ model.Type, name string) string {
	if f, ok := model.Named(typ, name); ok {
		return f.Help
	}
	for _, key := range []string{shape + "." + name, string(typ) + "." + name, name} {
		if text, ok := beyond[key]; ok {
			return text
		}
	}
	t.Errorf("nothing explains %s.%s", shape, name)
	return ""
}

type member struct{ name, kind, always string }

// members are those of a struct as encoding/json writes them; an embedded struct's stand where it does, and
// one of the same name further out replaces them.
func members(typ reflect.Type) (list []member) {
	at := map[string]int{}
	add := func(m member) {
		if i, ok := at[m.name]; ok {
			list[i] = m
			return
		}
		at[m.name] = len(list)
		list = append(list, m)
	}
	for f := range typ.Fields() {
		if f.Anonymous {
			for _, m := range members(f.Type) {
				add(m)
			}
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || name == "" {
			continue
		}
		m := member{name: name, kind: jsonKind(f.Type), always: "always"}
		if strings.Contains(options, "omit") {
			m.always = ""
		}
		add(m)
	}
	return list
}

func jsonKind(typ reflect.Type) string {
	switch typ {
	case reflect.TypeFor[time.Time]():
		return "time"
	case reflect.TypeFor[json.Number]():
		return "number"
	case reflect.TypeFor[model.ID]():
		return "id"
	}
	switch typ.Kind() {
	case reflect.Pointer:
		return jsonKind(typ.Elem()) + " or null"
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Struct {
			return "list of objects"
		}
		return "list of " + strings.TrimSuffix(jsonKind(typ.Elem()), "s") + "s"
	case reflect.Struct:
		return "object"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	}
	return "text"
}
