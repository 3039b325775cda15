package exporters

import "aftermath/model"

// replies are what the room said to the questions of the guide. What was looked at without anything to note is
// counted, so that a reader sees how far the looking went.
func (d *document) replies() {
	var rows [][]text
	looked := 0
	for _, x := range d.Record.Replies {
		if x.Answer == model.LookedAt {
			looked++
			continue
		}
		rows = append(rows, row(from(x.ID, "text", x.Text), from(x.ID, "answer", x.Answer), from(x.ID, "by", x.By)))
	}
	if rows == nil && looked == 0 {
		return
	}
	d.heading(2, "What else was asked")
	d.table([]string{"Question", "Answer", "Written down by"}, rows, 1)
	if looked > 0 {
		d.say(capital(model.Counted(looked, "point")), " of the checklists "+plural(looked, "was", "were")+" looked at with nothing to note.")
	}
}
