package importers

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Spreadsheets count days since the end of 1899; a cell that lost its form shows the count: 45407.230961 is
// 25 April 2024 05:32:35.

// isSerialDate reports whether a value may be such a count, of a day from 1982 to 2064 with a part of a day.
func isSerialDate(value string) bool {
	_, ok := serialDate(value)
	return ok
}

func serialDate(value string) (time.Time, bool) {
	value = strings.Replace(strings.TrimSpace(value), ",", ".", 1)
	if len(value) < 7 || len(value) > 24 || value[5] != '.' || strings.Trim(value, "0123456789.") != "" {
		return time.Time{}, false
	}
	days, err := strconv.ParseFloat(value, 64)
	if err != nil || days < 30_000 || days > 60_000 {
		return time.Time{}, false
	}
	whole, part := math.Modf(days)
	return time.Date(1899, 12, 30+int(whole), 0, 0, 0, 0, time.UTC).Add(time.Duration(math.Round(part*86400)) * time.Second), true
}
