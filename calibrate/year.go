package calibrate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/answer"
	"headroom/formula"
	"headroom/lp"
	"headroom/planner"
)

// Fold is a year that is over, planned from what was known of the years before it.
type Fold struct {
	Year, Base int
	Barred     []string // claims that were not read, sorted
	Told       []string // claims about events of the year that were read all the same, sorted
	Late       []string // claims about years before that were printed only after the year had begun, and that were read: sorted
	Unknown    []string // figures that rest on barred claims, and that the plan does without: sorted
	Actual     float64  // what was built in the year
	Claims     []string // that say so
	Runs       []FoldRun
	Beside     []FoldRow // simple forecasts of the year's total
}

// FoldRun is one plan of the year, with the simple forecast that knows as much.
type FoldRun struct {
	Name   string
	Rows   []FoldRow // the total first
	Lost   float64   // vehicles that were wanted and for which no line had room
	Simple FoldRow
	Proof  headroom.Proof
}

// Same reports whether the plan's total is that of the simple forecast, to half a vehicle: then the plan adds nothing to it.
func (r FoldRun) Same() bool { return math.Abs(r.Rows[0].Model-r.Simple.Model) < 0.5 }

// FoldRow compares a model with a claim: Error is Model/Claim − 1.
type FoldRow struct {
	What   string
	Model  float64
	Claim  float64
	Claims []string
	Error  float64
	Proof  headroom.Proof // of the plan, where the row has one of its own
}

// Names of runs and of simple forecasts.
const (
	runUntold  = "no event told"
	runTold    = "events told"
	Persist    = "persistence"
	PersistAnd = "persistence and known events"
)

// PlanYear plans a year from what the case knew before it began. Every programme stays in its plant and is wanted as much as was
// built of it in the year before (the base); lines have the capacity that was known, and at least what they built; costs decide
// nothing, because hardly any was in print by then. Of the year itself the plan is told the events of shock.csv, and of these
// once with each rival claim. All other claims are barred whose period is not over before the year begins; of claims about years
// before that were printed later, only those about what was built in the base year are read.
func PlanYear(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, year int) (Fold, error) {
	f := newFolding(c, year)
	if err := f.actual(); err != nil {
		return Fold{}, err
	}
	base, err := f.baseYear()
	if err != nil {
		return Fold{}, err
	}
	total := 0.0
	for _, v := range c.Vehicles { // in their order, so that sums are the same to the last digit
		total += base[v.ID]
	}
	f.besideInPrint()
	plan := func(name, simple string, shocks []shock) error {
		run, err := f.run(ctx, s, o, name, base, shocks)
		lost := 0.0
		for _, x := range shocks {
			lost += x.units
		}
		run.Simple = f.row(simple, total-lost)
		f.out.Beside, f.out.Runs = append(f.out.Beside, run.Simple), append(f.out.Runs, run)
		return err
	}
	if err := plan(runUntold, Persist, nil); err != nil {
		return f.out, err
	}
	told, err := f.shocks()
	if err != nil {
		return f.out, err
	}
	for _, t := range told {
		if err := plan(t.name, PersistAnd+t.name[len(runTold):], t.shocks); err != nil {
			return f.out, err
		}
	}
	f.finish()
	return f.out, nil
}

// CalibratedYears are the years that PlanYear can plan: those with a total whose year before has totals of vehicles.
func CalibratedYears(c *headroom.Case) []int {
	var out []int
	for _, o := range c.Outturns {
		if o.Group == AllGroups && o.Vehicle == "*" && o.Market == "*" && len(builtIn(c, o.Year-1)) > 0 {
			out = append(out, o.Year)
		}
	}
	slices.Sort(out)
	return out
}

// folding is a PlanYear under way.
type folding struct {
	c       *headroom.Case
	year    int
	claims  map[string]headroom.Claim
	barred  map[string]bool
	known   *formula.Values // of the claims that are not barred
	all     *formula.Values // of all, for what happened and for what is told
	late    map[string]bool
	unknown map[string]bool
	told    map[string]bool
	out     Fold
}

func newFolding(c *headroom.Case, year int) *folding {
	f := &folding{
		c: c, year: year, claims: map[string]headroom.Claim{}, barred: map[string]bool{}, all: formula.NewValues(c),
		late: map[string]bool{}, unknown: map[string]bool{}, told: map[string]bool{}, out: Fold{Year: year, Base: year - 1},
	}
	before := *c
	before.Claims = nil
	for _, cl := range c.Claims {
		f.claims[cl.ID] = cl
		if f.barred[cl.ID] = cl.PeriodTo == 0 || cl.PeriodTo >= firstDay(year); !f.barred[cl.ID] {
			before.Claims = append(before.Claims, cl)
		}
	}
	f.known = formula.NewValues(&before)
	return f
}

// baseYear is what was built of each vehicle in the year before.
func (f *folding) baseYear() (map[string]float64, error) {
	out := map[string]float64{}
	for _, o := range f.c.Outturns {
		if o.Year != f.out.Base || o.Vehicle == "*" || o.Market != "*" {
			continue
		}
		v, err := f.figure("outturn", o.Key(), "units", o.Units, true)
		if err != nil {
			return nil, err
		}
		if !v.Set || !f.about(o) {
			return nil, headroom.Errorf(CodeNoCalibration, f.c.Place("outturn", o.Key(), "units"), "bind it to claims about that year", "what was built of %s in %d rests on claims about other years", o.Vehicle, o.Year)
		}
		out[o.Vehicle] += v.Value
	}
	return out, nil
}

// row compares a total with what happened.
func (f *folding) row(what string, units float64) FoldRow {
	return FoldRow{What: what, Model: units, Claim: f.out.Actual, Claims: f.out.Claims, Error: units/f.out.Actual - 1}
}

// besideInPrint adds the total of the last year that was in print before the year began, where that is not the base.
func (f *folding) besideInPrint() {
	newest, units := 0, 0.0
	for _, o := range f.c.Outturns {
		if o.Group != AllGroups || o.Vehicle != "*" || o.Market != "*" || o.Year >= f.year || o.Year <= newest {
			continue
		}
		if v, err := f.figure("outturn", o.Key(), "units", o.Units, false); err == nil && v.Set {
			newest, units = o.Year, v.Value
		}
	}
	if newest != 0 && newest < f.out.Base {
		f.out.Beside = append(f.out.Beside, f.row(fmt.Sprintf("%s of %d, the last year in print when %d began", Persist, newest, f.year), units))
	}
}

// run plans the year and compares its total, its groups and its makers.
func (f *folding) run(ctx context.Context, s lp.Solver, o planner.Options, name string, base map[string]float64, shocks []shock) (FoldRun, error) {
	d, err := f.planned(base, shocks)
	if err != nil {
		return FoldRun{}, err
	}
	o.Objective, o.Gap = "cost", 1e-9
	p, err := answer.Plan(lp.Asking(ctx, fmt.Sprintf("%d, %s", f.year, name)), d, s, o)
	if err = cmp.Or(err, ctx.Err()); err != nil { // of a year that was cut short nothing is told
		return FoldRun{}, err
	}
	if !answer.HasPlan(p) || p.Status == headroom.StatusDisputed {
		return FoldRun{}, fmt.Errorf("plan of %d, %s: %s %s", f.year, name, p.Status, p.Why)
	}
	out := FoldRun{Name: name, Proof: answer.PartProof(d, p)}
	built, total := map[string]float64{}, 0.0
	for _, row := range p.Outputs {
		built[row.Vehicle] += row.Units
		total += row.Units
	}
	for _, l := range p.Losts {
		out.Lost += l.Units
	}
	out.Rows = append(out.Rows, f.row("total", total))
	return out, f.compare(&out, built)
}

// compare adds the totals of the year's groups and makers to a run.
func (f *folding) compare(run *FoldRun, built map[string]float64) error {
	group := map[string]string{}
	for _, o := range f.c.Outturns {
		if o.Year == f.out.Base && o.Vehicle != "*" && o.Market == "*" {
			group[o.Vehicle] = o.Group
		}
	}
	r := reconciling{c: f.c}
	for _, o := range f.c.Outturns {
		if o.Year != f.year || o.Vehicle != "*" || o.Market != "*" || o.Group == AllGroups || !f.about(o) {
			continue
		}
		maker := slices.ContainsFunc(f.c.Orgs, func(x headroom.Org) bool { return x.ID == o.Group })
		model, any := 0.0, false
		for _, v := range f.c.Vehicles {
			if units := built[v.ID]; units > 0 && (group[v.ID] == o.Group || maker && r.c.MadeBy(v.ID, o.Group)) {
				model, any = model+units, true
			}
		}
		if !any {
			continue
		}
		claim, claims, err := f.happened(o)
		if err != nil {
			return err
		}
		run.Rows = append(run.Rows, FoldRow{What: o.Group, Model: model, Claim: claim, Claims: claims, Error: model/claim - 1})
	}
	return nil
}

// planned is the year as a case: one market that takes what was built in the base year less what the events took, every vehicle in
// its plant. A sale that is lost costs one, and nothing else costs anything.
func (f *folding) planned(base map[string]float64, shocks []shock) (*headroom.Case, error) {
	c, d := f.c, oneYear(f.c, f.year)
	d.Duties, d.Quotas, d.Labours, d.Energies, d.Lanes = nil, nil, nil, nil, nil
	d.Markets = []headroom.Market{{ID: "all"}}
	if err := f.takeable(base, shocks); err != nil {
		return nil, err
	}
	home, onLine := homes(c, f.out.Base), map[string]float64{}
	for _, v := range c.Vehicles {
		switch {
		case base[v.ID] <= 0:
			continue
		case home[v.ID] == "":
			return nil, headroom.Errorf(CodeNoCalibration, c.Place("vehicle", v.ID, "vehicle_id"), "write committed_until for the line that built it", "%s was built in %d, and no line is committed to it", v.ID, f.out.Base)
		}
		v.Use, v.SOP, v.EOP = headroom.Include, 0, 0
		d.Vehicles = append(d.Vehicles, v)
		k := placeOn(c, v.ID, home[v.ID], home[v.ID])
		k.RetoolM, k.ContentCost, k.UnitMaterial = headroom.Some(0), headroom.Opt{}, headroom.Opt{}
		d.VehicleLines = append(d.VehicleLines, k)
		onLine[k.Line] += base[v.ID]
		d.Demands = append(d.Demands, headroom.Demand{
			Vehicle: v.ID, Market: "all", Period: itoa(f.year), Volume: base[v.ID] - f.taken(v.ID, base, shocks), LostSale: headroom.Some(1),
		})
	}
	return d, f.linesOf(d, onLine)
}

// builtBy is what a maker built in the base year.
func (f *folding) builtBy(maker string, base map[string]float64) float64 {
	r, sum := reconciling{c: f.c}, 0.0
	for _, v := range f.c.Vehicles {
		if r.c.MadeBy(v.ID, maker) {
			sum += base[v.ID]
		}
	}
	return sum
}

// takeable refuses events that take more off a maker than it built in the base year.
func (f *folding) takeable(base map[string]float64, shocks []shock) error {
	taken := map[string]float64{}
	for _, x := range shocks {
		taken[x.maker] += x.units
		if built := f.builtBy(x.maker, base); taken[x.maker] > built {
			return headroom.Errorf(CodeNoCalibration, headroom.Place{File: "shock.csv"}, "correct the event, or what was built",
				"the events of %d take %.0f vehicles off %s, which built %.0f in %d", f.year, taken[x.maker], x.maker, built, f.out.Base)
		}
	}
	return nil
}

// taken is what the events took off a vehicle: its share of its maker's output of the base year.
func (f *folding) taken(vehicle string, base map[string]float64, shocks []shock) float64 {
	r, sum := reconciling{c: f.c}, 0.0
	for _, x := range shocks {
		if r.c.MadeBy(vehicle, x.maker) {
			sum += x.units * base[vehicle] / f.builtBy(x.maker, base)
		}
	}
	return sum
}

// linesOf fills in the lines of a year with the capacity that was known of them, their plants and patterns.
func (f *folding) linesOf(d *headroom.Case, onLine map[string]float64) error {
	for _, l := range f.c.Lines {
		if onLine[l.ID] == 0 {
			continue
		}
		capacity, err := f.figure("line", l.ID, "capacity_year", l.CapacityYear.Value, false)
		if err != nil {
			return err
		}
		l.CapacityYear = headroom.Some(capacity.Value)
		l.From, l.To = 0, 0
		d.Lines = append(d.Lines, roomFor(l, onLine[l.ID]))
	}
	for _, p := range f.c.Plants {
		if !slices.ContainsFunc(d.Lines, func(l headroom.Line) bool { return l.Plant == p.ID }) {
			continue
		}
		d.Plants = append(d.Plants, headroom.Plant{ID: p.ID, Name: p.Name, Owner: p.Owner, Region: p.Region, Use: headroom.Include, InitialState: headroom.Operating})
		if !slices.ContainsFunc(d.Lanes, func(l headroom.Lane) bool { return l.Origin == p.Region }) {
			d.Lanes = append(d.Lanes, headroom.Lane{Origin: p.Region, Destination: "all", Use: headroom.Include, Cost: headroom.Some(0)})
		}
		d.Markets[0].Region = p.Region
	}
	var patterns []headroom.ShiftPattern
	for _, p := range d.ShiftPatterns {
		index, err := f.figure("shift_pattern", p.ID, "index", p.Index.Value, false)
		if err != nil {
			return err
		}
		if p.Index = index; index.Set {
			patterns = append(patterns, p)
		}
	}
	d.ShiftPatterns = patterns
	return nil
}
