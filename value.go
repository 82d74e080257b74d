package headroom

import (
	"fmt"
	"time"
)

// Opt is a number that may be missing. Missing is not zero: whoever reads it says what a missing one means.
type Opt struct {
	Value float64
	Set   bool
}

// Some returns an Opt that holds v.
func Some(v float64) Opt { return Opt{Value: v, Set: true} }

// Or returns the number, or def where it is missing.
func (o Opt) Or(def float64) float64 {
	if o.Set {
		return o.Value
	}
	return def
}

// Date is a calendar day as the number yyyymmdd, so that dates compare like numbers. Zero is a missing date.
type Date int

// NewDate returns the date of a year, month and day.
func NewDate(year, month, day int) Date { return Date(year*10000 + month*100 + day) }

// ParseDate reads YYYY-MM-DD, YYYY-MM or YYYY. A date that leaves out the day (or the month) means the first such day, or
// the last one where end is true. Every other form is refused, because 01/02/2026 has two meanings.
func ParseDate(s string, end bool) (Date, error) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil || len(s) != len(layout) {
			continue
		}
		if end {
			switch layout {
			case "2006-01":
				t = t.AddDate(0, 1, -1)
			case "2006":
				t = t.AddDate(1, 0, -1)
			}
		}
		return DateOf(t), nil
	}
	return 0, fmt.Errorf("%q is not a date of the form YYYY-MM-DD", s)
}

// DateOf returns the date of a time.
func DateOf(t time.Time) Date { return NewDate(t.Year(), int(t.Month()), t.Day()) }

// Time is the start of the day in UTC.
func (d Date) Time() time.Time {
	return time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// Year is the calendar year.
func (d Date) Year() int { return int(d) / 10000 }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.Time().AddDate(0, 0, n)) }

// AddMonths returns the date n months later.
func (d Date) AddMonths(n int) Date {
	t := d.Time()
	out := t.AddDate(0, n, 0)
	if out.Day() < t.Day() { // the month has no such day: its last day is over on the first of the next
		out = out.AddDate(0, 0, 1-out.Day())
	}
	return DateOf(out)
}

// String is YYYY-MM-DD, or "" for a missing date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", int(d)/10000, int(d)/100%100, int(d)%100)
}

// Days is the number of days from d to e, both counted in: 1 where they are the same, 0 or less where e is before d.
func (d Date) Days(e Date) int { return int((e.Time().Unix()-d.Time().Unix())/secondsPerDay) + 1 }

// secondsPerDay are those of every day of UTC.
const secondsPerDay = 24 * 60 * 60

// Years is the length of from..to in years, both days counted in, each day as its share of its own calendar year: a whole
// calendar year is exactly 1.
func Years(from, to Date) float64 {
	if to < from {
		return 0
	}
	a, b := from.Year(), to.Year()
	if a == b {
		return shareOfYear(from, to)
	}
	return shareOfYear(from, NewDate(a, 12, 31)) + float64(b-a-1) + shareOfYear(NewDate(b, 1, 1), to)
}

// shareOfYear is the share that from..to, days of one calendar year, have of it.
func shareOfYear(from, to Date) float64 {
	y := from.Year()
	return float64(from.Days(to)) / float64(NewDate(y, 1, 1).Days(NewDate(y, 12, 31)))
}

// Overlap is the share of the days of p that lie in from..to; a missing end is open.
func (p Period) Overlap(from, to Date) float64 {
	a, b := p.From, p.To
	if from != 0 {
		a = max(a, from)
	}
	if to != 0 {
		b = min(b, to)
	}
	if b < a {
		return 0
	}
	if a == p.From && b == p.To {
		return 1 // most rows are open at both ends
	}
	return float64(a.Days(b)) / float64(p.From.Days(p.To))
}

// Years is the period's length in years.
func (p Period) Years() float64 { return Years(p.From, p.To) }
