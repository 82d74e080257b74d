package calibrate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/answer"
	"headroom/formula"
	"headroom/lp"
	"headroom/planner"
)

// A calibration plans years that are over, each as a case of one period, and compares the plan with what happened. This file makes
// such a case; calibrate_place.go asks which plant builds what, calibrate_year.go how much is built.

// CodeNoCalibration is a case that says too little of past years to be calibrated on. Example: calibrate of a case without outturns.
const CodeNoCalibration = "NoCalibration"

// Calibration is the model beside years that are known, and beside the newest forecast of the first year that is not.
type Calibration struct {
	Places *Placings // nil where the case has no two years to compare
	Folds  []Fold
	Ahead  *FoldRow       // nil where nobody has forecast the first period
	Left   []string       // what could not be compared, with the reason
	Proof  headroom.Proof // of the least firm plan behind it; verified where there was nothing to plan
}

// Calibrate asks which plant builds what, fitted on the first year whose vehicles have totals and scored on the last, plans each
// year that is known from the year before, and compares the plan of the case with a forecast of its first period. What the case
// says too little for is in Left; a plan that misses is a result.
func Calibrate(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (Calibration, error) {
	var out Calibration
	years := vehicleYears(c)
	if n := len(years); n > 1 {
		p, err := Place(ctx, c, s, o, years[0], years[n-1])
		if err = out.leave(fmt.Sprintf("which plant builds what in %d", years[n-1]), err); err != nil {
			return out, err
		}
		if p.Scored.Landings != nil {
			out.Places = &p
		}
	}
	for _, y := range CalibratedYears(c) {
		f, err := PlanYear(ctx, c, s, o, y)
		if err = out.leave(fmt.Sprintf("%d", y), err); err != nil {
			return out, err
		}
		if len(f.Runs) > 0 {
			out.Folds = append(out.Folds, f)
		}
	}
	var err error
	out.Ahead, err = ahead(ctx, c, s, o)
	out.prove()
	return out, err
}

// prove finds the least firm plan behind a calibration.
func (m *Calibration) prove() {
	m.Proof = headroom.NotTried()
	m.Proof.Status, m.Proof.Stopped = headroom.StatusVerified, lp.StopOptimal.String()
	var all []headroom.Proof
	if m.Places != nil {
		all = append(all, m.Places.Proof)
	}
	for _, f := range m.Folds {
		for _, r := range f.Runs {
			all = append(all, r.Proof)
		}
	}
	if m.Ahead != nil {
		all = append(all, m.Ahead.Proof)
	}
	for i, p := range all {
		if i == 0 || p.Weaker(m.Proof) {
			m.Proof = p
		}
	}
}

// leave notes what the case says too little for, and returns any other error.
func (m *Calibration) leave(what string, err error) error {
	var known *headroom.Error
	if !errors.As(err, &known) || len(known.Findings) == 0 {
		return err
	}
	m.Left = append(m.Left, what+": "+known.Findings[0].Message)
	return nil
}

// vehicleYears are the years of which vehicles have totals, the first first.
func vehicleYears(c *headroom.Case) []int {
	var out []int
	for _, o := range c.Outturns {
		if o.Vehicle != "*" && o.Market == "*" && !slices.Contains(out, o.Year) {
			out = append(out, o.Year)
		}
	}
	slices.Sort(out)
	return out
}

// ahead is the plan of the first period beside the newest forecast of it.
func ahead(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (*FoldRow, error) {
	if !answer.HasTarget(c) || !slices.ContainsFunc(c.Forecasts, func(f headroom.Forecast) bool { return f.Period == c.Periods[0].ID }) {
		return nil, nil
	}
	p, err := answer.Plan(lp.Asking(ctx, "first period"), answer.BriefCase(c), s, o)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	if !answer.HasPlan(p) {
		return nil, fmt.Errorf("plan of the case: %s %s", p.Status, p.Why)
	}
	row := answer.OutputByYear(c, p)[0]
	if row.Forecast == nil || *row.Forecast == 0 {
		return nil, nil
	}
	out := &FoldRow{What: row.Period + ", forecast by " + row.By, Model: row.Units, Claim: *row.Forecast, Error: row.Units / *row.Forecast - 1, Proof: answer.PartProof(answer.BriefCase(c), p)}
	for _, f := range c.Forecasts {
		if f.Period == row.Period && f.Value == *row.Forecast && f.Publisher == row.By {
			out.Claims = c.Labels[headroom.Ref{Table: "forecast", Key: f.ID, Column: "value"}].Claims
		}
	}
	return out, nil
}

// pair is a vehicle and a market.
type pair struct{ vehicle, market string }

// firstDay and lastDay are those of a calendar year.
func firstDay(year int) headroom.Date { return headroom.NewDate(year, 1, 1) }
func lastDay(year int) headroom.Date  { return headroom.NewDate(year, 12, 31) }

// homes are the lines that build each vehicle in a year as far as the case knows: the commitments that hold in it. A commitment
// without a first day has always held.
func homes(c *headroom.Case, year int) map[string]string {
	out := map[string]string{}
	for _, k := range c.VehicleLines {
		i := slices.IndexFunc(c.Vehicles, func(v headroom.Vehicle) bool { return v.ID == k.Vehicle })
		if i < 0 || c.Vehicles[i].SOP > lastDay(year) || !runs(c, k, year) {
			continue
		}
		if _, there := out[k.Vehicle]; !there {
			out[k.Vehicle] = k.Line
		}
	}
	return out
}

// runs reports whether a place is committed in a year.
func runs(c *headroom.Case, k headroom.VehicleLine, year int) bool {
	if k.Arrangement != "" {
		i := slices.IndexFunc(c.Arrangements, func(a headroom.Arrangement) bool { return a.ID == k.Arrangement })
		if i < 0 || !c.Arrangements[i].Status.Fact() || c.Arrangements[i].StatusDate > lastDay(year) {
			return false
		}
	}
	return k.Compatible && k.CommittedUntil >= firstDay(year) && k.CommittedFrom <= lastDay(year)
}

// builtIn is what was built of each vehicle in a year: the totals of outturn.csv.
func builtIn(c *headroom.Case, year int) map[string]float64 {
	out := map[string]float64{}
	for _, o := range c.Outturns {
		if o.Year == year && o.Vehicle != "*" && o.Market == "*" {
			out[o.Vehicle] += o.Units
		}
	}
	return out
}

// mixYear is the year with weights that is nearest to a year, the later of two; 0 where there is none.
func mixYear(c *headroom.Case, year int) int {
	best := 0
	for _, o := range c.Outturns {
		if o.Vehicle == "*" || o.Market == "*" {
			continue
		}
		near := func(y int) float64 { return math.Abs(float64(y-year) - 0.1) }
		if best == 0 || near(o.Year) < near(best) {
			best = o.Year
		}
	}
	return best
}

// wantedIn is what each market took of each vehicle in a year. What a year's outturns have a total of is split as the fit of the
// nearest year with weights; vehicles that no outturn knows, which are built abroad, are wanted as in demand.csv.
func wantedIn(c *headroom.Case, year int) (map[pair]float64, error) {
	out := map[pair]float64{}
	mix, totals, known := mixYear(c, year), builtIn(c, year), map[string]bool{}
	groups := map[string]bool{}
	for _, o := range c.Outturns {
		known[o.Vehicle] = true
		if o.Year == mix && o.Vehicle != "*" && o.Market != "*" {
			groups[o.Group] = true
		}
	}
	for g := range groups {
		m, _, err := formula.Fit(c.Outturns, mix, g)
		if err != nil {
			return nil, headroom.Errorf(CodeUnfitOutturn, headroom.Place{File: "outturn.csv"}, "correct the totals or the weights", "%v", err)
		}
		for i, v := range m.Vehicles {
			for j, market := range m.Markets {
				if all := m.Vehicle(v); all > 0 && m.Cells[i][j] > 0 && totals[v] > 0 {
					out[pair{v, market}] = totals[v] * m.Cells[i][j] / all
				}
			}
		}
	}
	for _, d := range c.Demands {
		if !known[d.Vehicle] && d.From <= lastDay(year) && (d.Period == "*" || d.Period == c.Periods[0].ID) && d.Volume > 0 {
			out[pair{d.Vehicle, d.Market}] = d.Volume
		}
	}
	return out, nil
}

// soldOf is what is wanted of each vehicle in all markets.
func soldOf(wanted map[pair]float64) map[string]float64 {
	out := map[string]float64{}
	for p, units := range wanted {
		out[p.vehicle] += units
	}
	return out
}

// oneYear is a case of one past year without deals, targets and anything that comes back at its end, in which nothing has been decided: the plan serves
// what is wanted, at least cost. Lines, plants, vehicles, places and demand are still to be filled in.
func oneYear(c *headroom.Case, year int) *headroom.Case {
	d := *c
	d.ID = fmt.Sprintf("%s-%d", c.ID, year)
	d.HorizonFrom, d.HorizonTo = firstDay(year), lastDay(year)
	d.Periods = []headroom.Period{{ID: itoa(year), From: d.HorizonFrom, To: d.HorizonTo}}
	d.TerminalRule = headroom.TerminalNone
	d.Arrangements, d.Terms, d.Targets, d.Forecasts, d.With = nil, nil, nil, nil, nil
	d.Plants, d.Lines, d.Vehicles, d.VehicleLines, d.Demands = nil, nil, nil, nil, nil
	d.ShiftPatterns = slices.Clone(c.ShiftPatterns)
	for i := range d.ShiftPatterns {
		d.ShiftPatterns[i].ChangeM = 0
	}
	return &d
}

// roomFor makes a line large enough for what it really built: the case has today's lines, and not those that closed since.
func roomFor(l headroom.Line, built float64) headroom.Line {
	l.InitialPattern = ""
	if l.CapacityYear.Set {
		l.CapacityYear.Value = max(l.CapacityYear.Value, built)
	}
	return l
}

// sortedPairs are the keys of what is wanted, in order.
func sortedPairs(wanted map[pair]float64) []pair {
	var out []pair
	for p := range wanted {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Or(cmp.Compare(a.vehicle, b.vehicle), cmp.Compare(a.market, b.market)) })
	return out
}
