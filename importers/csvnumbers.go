package importers

import "strings"

// numbers takes the columns of a table that hold numbers as series, one for each column, because a person
// told from which value on they matter.
func (c *csvReading) numbers(fields []string, w *row) error {
	r := c.run
	written := strings.TrimSpace(w.value[roleTime])
	if clock := strings.TrimSpace(w.value[roleClock]); clock != "" {
		written = strings.TrimSpace(firstOf(w.value[roleDate], written) + " " + clock)
	}
	st, ok := wholeStamp(written)
	if !ok {
		r.refuse(w.line, "the time cannot be read: "+quote(written), c.table.text)
		return nil
	}
	if z, ok := zoneWord(w.value[roleZone]); ok && st.zone == nil {
		st.zone = z.location
	}
	at, source, err := r.clock.at(st, w.line, written)
	if isQuestion(err) {
		return err
	}
	if err != nil {
		r.refuse(w.line, err.Error(), c.table.text)
		return nil
	}
	found := false
	for i, v := range fields {
		if i >= len(c.roleAt) || c.isTime(c.roleAt[i]) {
			continue
		}
		if v = c.plainNumber(v); v == "" {
			continue
		}
		found = true
		s, err := c.watch.of(oneLine(c.header[i]), "", "", nil, w.line)
		if err != nil {
			return err
		}
		c.watch.zone = source
		if err := c.watch.point(s, at, v, written, st.precision, w.line); err != nil {
			return err
		}
	}
	if !found {
		r.refuse(w.line, "no column holds a number", c.table.text)
	}
	return nil
}

// plainNumber is a number as it is written everywhere, or nothing. Beside semicolons and tabs a single comma may
// stand before the decimals.
func (c *csvReading) plainNumber(v string) string {
	if c.decimal && strings.Count(v, ",") == 1 {
		v = strings.Replace(v, ",", ".", 1)
	}
	if _, ok := number(v); !ok {
		return ""
	}
	return strings.TrimSpace(v)
}

func (c *csvReading) isTime(r role) bool {
	return r == roleTime || r == roleClock || r == roleDate || r == roleEnd || r == roleZone
}
