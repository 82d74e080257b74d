package calibrate

import (
	"math"
	"slices"
	"sort"
	"strings"

	"headroom"
	"headroom/formula"
)

// ReconcileTolerance is the largest relative error of a total that counts as reconciled.
const ReconcileTolerance = 1e-3

// AllGroups is the outturn group whose total is that of every fitted group; RestSuffix after the name of a group makes the group
// of the makers that have no total of their own.
const (
	AllGroups  = "all"
	RestSuffix = "-rest"
)

// Reconciliation compares what the case says of a year that is over with the claims about it.
type Reconciliation struct {
	Year int
	Rows []ReconcileRow
}

// ReconcileRow is one comparison. Error is model/claim − 1; where AtLeast is set, the model (a capacity) only has to reach the
// claim (what was built), and Error is zero or what is missing.
type ReconcileRow struct {
	What    string
	Model   float64
	Claim   float64
	Claims  []string
	AtLeast bool
	Error   float64
}

// OK reports whether the two agree.
func (r ReconcileRow) OK() bool { return math.Abs(r.Error) <= ReconcileTolerance }

// OK reports whether all rows agree.
func (r Reconciliation) OK() bool {
	for _, row := range r.Rows {
		if !row.OK() {
			return false
		}
	}
	return true
}

// Reconcile compares the fitted outturn of a year with every total of it that is bound to claims, and the capacity of each plant
// with what was built there. It is arithmetic on the case, not a forecast: it can fail where totals were rounded, misread or
// split wrongly, and it says nothing about how well the plan foresees.
//
// Groups of outturn with weights are fitted; one that has vehicles and no weights is their sum. A group that has only a total is compared with the fit: the group all with the sum
// of all fits, a group named like a maker with its vehicles, and NAME-rest with the vehicles of the fit NAME whose maker has no
// such group. Vehicles are built where they run before the horizon; one that runs at several plants counts at none. Of earlier
// years than the last before the horizon no plant is compared: the case does not have the plants that closed since.
func Reconcile(c *headroom.Case, year int) (Reconciliation, error) {
	r := &reconciling{c: c, out: Reconciliation{Year: year}, fits: map[string]formula.Matrix{}, built: map[string]float64{}}
	if err := r.fit(); err != nil {
		return Reconciliation{}, err
	}
	for _, b := range c.Bindings {
		if b.Table != "outturn" || b.Column != "units" {
			continue
		}
		if err := r.total(b); err != nil {
			return Reconciliation{}, err
		}
	}
	if year == c.HorizonFrom.AddDays(-1).Year() {
		r.capacities()
	}
	return r.out, nil
}

// reconciling is a Reconcile under way.
type reconciling struct {
	c      *headroom.Case
	out    Reconciliation
	groups []string // that are fitted, sorted
	single []string // groups that have a total and nothing else, sorted
	fits   map[string]formula.Matrix
	built  map[string]float64 // by vehicle, all groups
}

// fit makes the fits of the year.
func (r *reconciling) fit() error {
	weights, vehicles := map[string]bool{}, map[string]bool{}
	for _, o := range r.c.Outturns {
		if o.Year == r.out.Year {
			weights[o.Group] = weights[o.Group] || o.Vehicle != "*" && o.Market != "*"
			vehicles[o.Group] = vehicles[o.Group] || o.Vehicle != "*"
		}
	}
	for g, w := range weights {
		if w || vehicles[g] {
			r.groups = append(r.groups, g)
		} else {
			r.single = append(r.single, g)
		}
	}
	sort.Strings(r.groups)
	sort.Strings(r.single)
	if len(r.groups) == 0 {
		return headroom.Errorf(CodeNoOutturn, headroom.Place{File: "outturn.csv"}, "add the totals of that year and of its vehicles", "there is no outturn of %d", r.out.Year)
	}
	for _, g := range r.groups {
		m, err := r.matrix(g, weights[g])
		if err != nil {
			return headroom.Errorf(CodeUnfitOutturn, headroom.Place{File: "outturn.csv"}, "correct the totals or the weights", "%v", err)
		}
		r.fits[g] = m
		for _, v := range m.Vehicles {
			r.built[v] += m.Vehicle(v)
		}
	}
	return nil
}

// matrix is the fit of a group, or where it has no weights its vehicles with all markets as one.
func (r *reconciling) matrix(group string, weights bool) (formula.Matrix, error) {
	if weights {
		m, _, err := formula.Fit(r.c.Outturns, r.out.Year, group)
		return m, err
	}
	m := formula.Matrix{Year: r.out.Year, Group: group, Markets: []string{"*"}}
	for _, o := range r.c.Outturns { // sorted by key
		if o.Year == r.out.Year && o.Group == group && o.Vehicle != "*" {
			m.Vehicles, m.Cells = append(m.Vehicles, o.Vehicle), append(m.Cells, []float64{o.Units})
		}
	}
	return m, nil
}

// Codes of errors.
const (
	// CodeNoOutturn is a year of which the case says nothing. Example: reconcile for 1999.
	CodeNoOutturn = "NoOutturn"
	// CodeUnfitOutturn is an outturn whose totals and weights do not go together. Example: vehicles that sum to 100 and markets that
	// sum to 101.
	CodeUnfitOutturn = "UnfitOutturn"
)

// total compares a bound total.
func (r *reconciling) total(b headroom.Binding) error {
	key := strings.Split(b.RowKey, ":")
	if len(key) != 4 || key[0] != itoa(r.out.Year) || key[2] != "*" && key[3] != "*" {
		return nil
	}
	model, what, ok := r.modelled(key[1], key[2], key[3])
	if !ok {
		return nil
	}
	claim, err := formula.Value(r.c, b)
	if err != nil {
		return headroom.Errorf(headroom.CodeBrokenFormula, r.c.Place("binding", b.Table+":"+b.RowKey+":"+b.Column, "formula"), "", "%v", err)
	}
	r.add(ReconcileRow{What: what, Model: model, Claim: claim, Claims: b.Claims})
	return nil
}

// itoa writes a year.
func itoa(year int) string { return headroom.NewDate(year, 1, 1).String()[:4] }

// modelled is what the fits say of an outturn key, with its name.
func (r *reconciling) modelled(group, vehicle, market string) (float64, string, bool) {
	m, fitted := r.fits[group]
	switch {
	case fitted && vehicle != "*":
		return m.Vehicle(vehicle), group + ": " + vehicle, true
	case fitted && market != "*":
		return m.Market(market), group + ": for " + market, true
	case fitted:
		return m.Total(), group + ": total", true
	case group == AllGroups:
		sum := 0.0
		for _, g := range r.groups {
			m := r.fits[g]
			sum += m.Total()
		}
		return sum, "total", true
	}
	if base, rest := strings.CutSuffix(group, RestSuffix); rest && slices.Contains(r.groups, base) {
		m, sum := r.fits[base], 0.0
		for _, v := range m.Vehicles {
			if !slices.ContainsFunc(r.single, func(maker string) bool { return r.c.MadeBy(v, maker) }) {
				sum += m.Vehicle(v)
			}
		}
		return sum, base + ": other makers", true
	}
	if !slices.ContainsFunc(r.c.Orgs, func(o headroom.Org) bool { return o.ID == group }) {
		return 0, "", false
	}
	sum := 0.0
	for _, v := range r.c.Vehicles {
		if r.c.MadeBy(v.ID, group) {
			sum += r.built[v.ID]
		}
	}
	return sum, "maker " + group, true
}

// add adds a row with its error.
func (r *reconciling) add(row ReconcileRow) {
	switch {
	case row.Claim != 0:
		row.Error = row.Model/row.Claim - 1
	case row.Model != 0:
		row.Error = math.Inf(1)
	}
	if row.AtLeast {
		row.Error = min(0, row.Error)
	}
	r.out.Rows = append(r.out.Rows, row)
}

// capacities compares the largest capacity of each plant with what was built there.
func (r *reconciling) capacities() {
	home := map[string][]string{} // vehicle to plants
	for _, k := range r.c.VehicleLines {
		if !k.Compatible || k.CommittedUntil == 0 || k.CommittedFrom != 0 {
			continue
		}
		plant := r.c.PlantOf(k.Line)
		if plant != "" && !slices.Contains(home[k.Vehicle], plant) {
			home[k.Vehicle] = append(home[k.Vehicle], plant)
		}
	}
	output := map[string]float64{}
	for _, v := range r.c.Vehicles {
		if plants := home[v.ID]; len(plants) == 1 && (v.SOP == 0 || v.SOP.Year() <= r.out.Year) {
			output[plants[0]] += r.built[v.ID]
		}
	}
	for _, p := range r.c.Plants {
		if output[p.ID] == 0 {
			continue
		}
		row := ReconcileRow{What: p.ID + ": capacity for what was built", AtLeast: true, Claim: output[p.ID]}
		for _, l := range r.c.Lines {
			if l.Plant == p.ID && l.Use != headroom.Exclude {
				row.Model += r.largest(l)
				row.Claims = append(row.Claims, r.c.Labels[headroom.Ref{Table: "line", Key: l.ID, Column: "capacity_year"}].Claims...)
			}
		}
		slices.Sort(row.Claims)
		row.Claims = slices.Compact(row.Claims)
		r.add(row)
	}
}

// largest is the straight-time capacity of a line in its largest pattern, vehicles a year.
func (r *reconciling) largest(l headroom.Line) float64 {
	if len(r.c.ShiftPatterns) == 0 {
		return l.CapacityYear.Or(0)
	}
	best := 0.0
	for _, p := range r.c.ShiftPatterns {
		if !slices.Contains(p.Lines, "*") && !slices.Contains(p.Lines, l.ID) {
			continue
		}
		switch {
		case l.CapacityYear.Set:
			best = max(best, l.CapacityYear.Value*p.Index.Or(0))
		case l.Rate.Set:
			best = max(best, l.Rate.Value*l.Availability/100*p.Hours.Or(0)*p.Weeks)
		}
	}
	return best
}
