package reading

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"headroom"
)

// Dates in other forms than ISO 8601.
var (
	dateTime   = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$`)
	serialDate = regexp.MustCompile(`^(\d{5})(\.\d+)?$`)
	threeParts = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})( \d{1,2}:\d{2}(:\d{2})?)?$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})$`)
	floatYear  = regexp.MustCompile(`^(\d{4})\.0+$`)
)

// namedMonths are layouts of dates that name their month, each with how much of the date it holds.
var namedMonths = []struct{ layout, form string }{
	{"2 January 2006", time.DateOnly},
	{"2 Jan 2006", time.DateOnly},
	{"2. January 2006", time.DateOnly},
	{"2-Jan-2006", time.DateOnly},
	{"2-Jan-06", time.DateOnly},
	{"January 2, 2006", time.DateOnly},
	{"Jan 2, 2006", time.DateOnly},
	{"January 2006", "2006-01"},
	{"Jan 2006", "2006-01"},
	{"Jan-2006", "2006-01"},
	{"Jan-06", "2006-01"},
}

// epoch is the day 0 of the serial numbers of spreadsheets.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// Date reads YYYY-MM-DD, YYYY-MM or YYYY as headroom.ParseDate does. Of another form it says which day is meant, or which two
// may be.
func Date(s string, end bool) (headroom.Date, *Problem) {
	d, err := headroom.ParseDate(s, end)
	switch {
	case err == nil && d.Year() >= 1900 && d.Year() <= 2200:
		return d, nil
	case err == nil:
		return 0, badDate(s, "is not in a year from 1900 to 2200", "write a day of these years, with four digits for the year", "")
	}
	return 0, otherDate(s)
}

// badDate is a problem of a date.
func badDate(s, what, hint, alike string) *Problem {
	return &Problem{headroom.CodeBadDate, Short(s) + " " + what, hint, alike}
}

// iso is a day as ISO 8601 has it, "" where there is no such day.
func iso(year, month, day int) string {
	if year < 100 {
		year += 2000
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1900 || year > 2200 || t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return ""
	}
	return t.Format(time.DateOnly)
}

// numbers are the texts as whole numbers.
func numbers(texts []string) []int {
	out := make([]int, len(texts))
	for i, s := range texts {
		out[i], _ = strconv.Atoi(s) // they are digits
	}
	return out
}

// otherDate says what a text that is no ISO date may be.
func otherDate(s string) *Problem {
	text := strings.TrimSpace(s)
	if m := dateTime.FindStringSubmatch(text); m != nil {
		p := strings.Split(m[1], "-")
		if n := numbers(p); iso(n[0], n[1], n[2]) != "" {
			return badDate(s, "is a date with a time of day", "write "+iso(n[0], n[1], n[2])+": dates here have no time", "dates with a time of day")
		}
	}
	if m := serialDate.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		if day := epoch.AddDate(0, 0, n); day.Year() >= 1950 && day.Year() <= 2200 {
			return badDate(s, "is the number that a spreadsheet keeps for a date", "write "+day.Format(time.DateOnly)+": give the cells the format YYYY-MM-DD before they are saved as CSV", "serial numbers of dates")
		}
	}
	if m := floatYear.FindStringSubmatch(text); m != nil {
		return badDate(s, "is a year written as a decimal number", "write "+m[1], "years with decimals")
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		n := numbers(m[1:4])
		if day := iso(n[0], n[1], n[2]); day != "" {
			return badDate(s, "is not a date of the form YYYY-MM-DD", "write "+day, "dates of another form")
		}
		return badDate(s, "is a day that does not exist", "write a day of the calendar, as 2026-01-31", "")
	}
	if m := threeParts.FindStringSubmatch(text); m != nil {
		n := numbers(m[1:4])
		return dayOrMonth(s, iso(n[2], n[1], n[0]), iso(n[2], n[0], n[1]))
	}
	for _, n := range namedMonths {
		if t, err := time.Parse(n.layout, text); err == nil {
			return badDate(s, "is not a date of the form YYYY-MM-DD", "write "+t.Format(n.form), "dates of another form")
		}
	}
	return badDate(s, "is not a date of the form YYYY-MM-DD", "write it as 2026-01-31", "")
}

// dayOrMonth is the problem of a date of three numbers: what it is with the day first and with the month first, each "" where there
// is no such day.
func dayOrMonth(s, dayFirst, monthFirst string) *Problem {
	switch {
	case dayFirst == "" && monthFirst == "":
		return badDate(s, "is a day that does not exist", "write a day of the calendar, as 2026-01-31", "")
	case dayFirst == "" || dayFirst == monthFirst:
		return badDate(s, "is not a date of the form YYYY-MM-DD", "write "+monthFirst, "dates of another form")
	case monthFirst == "":
		return badDate(s, "is not a date of the form YYYY-MM-DD", "write "+dayFirst, "dates of another form")
	}
	return badDate(s, fmt.Sprintf("is not a date of the form YYYY-MM-DD: it may be %s or %s", dayFirst, monthFirst), "write the one that is meant", "dates with two readings")
}
