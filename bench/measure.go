package bench

import (
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"
)

// Time is what a piece of work took.
type Time struct {
	Wall time.Duration
	CPU  time.Duration // of this process and of the child processes that have ended; 0 where the system does not tell
}

// timed runs f.
func timed(f func() error) (Time, error) {
	cpu, wall := cpuTime(), time.Now()
	err := f()
	return Time{Wall: time.Since(wall), CPU: cpuTime() - cpu}, err
}

// median of times, wall and CPU apart.
func median(times []Time) Time {
	mid := func(get func(Time) time.Duration) time.Duration {
		v := make([]time.Duration, len(times))
		for i, t := range times {
			v[i] = get(t)
		}
		slices.Sort(v)
		return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
	}
	return Time{Wall: mid(func(t Time) time.Duration { return t.Wall }), CPU: mid(func(t Time) time.Duration { return t.CPU })}
}

// Row is one line of the table: what was measured, beside a peer where there is one, and the goal.
type Row struct {
	Goal  string  // its number in the list of goals, "" for none
	What  string  // what was measured
	Peer  float64 // of the peer; NaN for none
	Ours  float64
	Unit  string
	Must  float64 // of the ratio where there is a peer, else of ours; NaN for none
	Reach float64
	Note  string
}

// Ratio is ours to the peer's.
func (r Row) Ratio() float64 { return r.Ours / r.Peer }

// verdict says whether the goal is met, and by how much it is missed.
func (r Row) verdict() string {
	v := r.Ours
	if !math.IsNaN(r.Peer) {
		v = r.Ratio()
	}
	switch {
	case math.IsNaN(r.Must):
		return ""
	case math.IsNaN(v):
		return "not measured"
	case v <= r.Reach:
		return "met, and what we reach for"
	case v <= r.Must:
		return "met"
	}
	return fmt.Sprintf("missed by %.0f %%", 100*(v/r.Must-1))
}

// Print writes rows as a table.
func Print(w io.Writer, rows []Row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "goal\twhat\tpeer\tours\tunit\tratio\tmust\treach\tverdict\tnote") //nolint:errcheck // Flush tells
	for _, r := range rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", //nolint:errcheck // Flush tells
			r.Goal, r.What, figure(r.Peer), figure(r.Ours), r.Unit, figure(r.Ratio()), figure(r.Must), figure(r.Reach), r.verdict(), r.Note)
	}
	return t.Flush()
}

// figure writes a number with three digits, "" for none.
func figure(v float64) string {
	switch {
	case math.IsNaN(v):
		return ""
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1 || v == 0:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// none stands for a figure that there is not.
var none = math.NaN()

// ratioRows are the rows of work that a peer does too: CPU, which counts, and wall time.
func ratioRows(goal, what string, peer, ours Time, must, reach float64, note string) []Row {
	rows := []Row{{Goal: goal, What: what + ", wall", Peer: peer.Wall.Seconds(), Ours: ours.Wall.Seconds(), Unit: "s", Must: must, Reach: reach, Note: note}}
	if peer.CPU > 0 {
		rows[0].Goal, rows[0].Must, rows[0].Reach = "", none, none
		rows = append([]Row{{Goal: goal, What: what + ", CPU", Peer: peer.CPU.Seconds(), Ours: ours.CPU.Seconds(), Unit: "s", Must: must, Reach: reach, Note: note}}, rows...)
		rows[1].Note = ""
	}
	return rows
}
