// Package report writes what a plan means for people: as plain text on two screens, and as one HTML page that needs neither
// network nor script, with its pictures as SVG in the page.
//
// It reads a Case, a Brief and a Plan and decides nothing: every number on the page is one of theirs, a sum of them, or the
// result of a formula that is printed beside it. The same input gives the same bytes: there is no clock and no order of maps in
// what is written, and the seconds of a solve are written only where Options asks for them.
//
// Text from a case is data of strangers. On its way out every control character and every mark that turns the direction of
// writing is replaced, and HTML and SVG are escaped.
package report

import "headroom"

// Options say for whom a report is written. The zero value is for a file or a pipe: 100 columns of letters and digits.
type Options struct {
	Terminal bool   // Text may draw with box and block characters
	Color    bool   // Text may colour; only with Terminal
	Width    int    // columns of Text, 100 where it is 0; never less than 72
	Seconds  bool   // Text may tell how long the solver took, which is not the same twice
	Program  string // name and version that HTML shows, not shown where it is empty

	Ranges []headroom.Range // answers that HTML shows with what they turn on

	Simulation  *headroom.Simulation // HTML shows it as a fan, where there is one
	Stress      []headroom.StressRow // HTML shows it as a heat map, where there are rows
	StressWeeks float64              // of the standstills in it
	Links       *LinkAnswer          // HTML shows it as a picture of plants and vehicles, where there is one

	SimulationProof, StressProof headroom.Proof // of the plans behind them
}

// width is the number of columns to write.
func (o Options) width() int {
	if o.Width == 0 {
		return defaultWidth
	}
	return min(max(o.Width, minWidth), defaultWidth)
}

// Widths of Text in columns.
const (
	defaultWidth = 100
	minWidth     = 72
)
