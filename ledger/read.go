package ledger

import (
	"fmt"
	"math"

	"headroom"
)

// reading is the decisions of a plan, tied to the rows of the case.
type reading struct {
	v       *view
	states  map[string][]headroom.State // by plant that is not excluded
	allocs  map[placeKey][]*headroom.AllocRow
	shifts  map[string][]*shift // by line
	outputs []output
	built   map[*place][]float64 // by period
	flows   []flow
	sold    map[pair][]float64 // by vehicle and market, by period
	losts   []lost
	gone    map[pair][]float64
	deals   map[string][]*headroom.DealRow
	targets []headroom.TargetRow
	faults  []Violation // rows that cannot be read
}

// shift is what a line works in a period.
type shift struct {
	*headroom.ShiftRow
	line    *headroom.Line
	pattern *headroom.ShiftPattern
	yearly  float64 // cap(l,σ), vehicles a year
}

// output is what a place builds in period t.
type output struct {
	place *place
	t     int
	units float64
}

// flow is what a plant sends to a market in period t.
type flow struct {
	*headroom.FlowRow
	vehicle *headroom.Vehicle
	plant   *headroom.Plant
	market  *headroom.Market
	t       int
}

// lost is what a market does not get of a vehicle in period t.
type lost struct {
	*headroom.LostRow
	vehicle *headroom.Vehicle
	t       int
}

// read ties the rows of a plan to the case and collects what cannot be tied.
func read(v *view, p *headroom.Plan) *reading {
	r := &reading{v: v, targets: p.Targets, built: map[*place][]float64{}, sold: map[pair][]float64{}, gone: map[pair][]float64{}}
	r.readStates(p)
	r.readAllocs(p)
	r.readShifts(p)
	r.readOutputs(p)
	r.readFlows(p)
	r.readLosts(p)
	r.readDeals(p)
	return r
}

// fault notes a row that cannot be read.
func (r *reading) fault(rule, key, period, note string) {
	r.faults = append(r.faults, Violation{Rule: rule, Key: key, Period: period, Note: note})
}

// when returns the number of a period.
func (r *reading) when(key, period string) (int, bool) {
	if t, ok := r.v.period[period]; ok {
		return t, true
	}
	r.fault(RuleRow, key, period, "no such period")
	return 0, false
}

// number reports whether a volume is one: finite and not negative beyond rounding.
func (r *reading) number(key, period string, x float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) || x < -AbsoluteTolerance {
		r.fault(RuleRow, key, period, fmt.Sprintf("%g is not a volume", x))
		return false
	}
	return true
}

// tally adds a volume to those of a key in period t.
func tally[K comparable](r *reading, m map[K][]float64, k K, t int, units float64) {
	if m[k] == nil {
		m[k] = make([]float64, len(r.v.years))
	}
	m[k][t] += units
}

// of is the volume of a key in period t.
func of[K comparable](m map[K][]float64, k K, t int) float64 {
	if m[k] == nil {
		return 0
	}
	return m[k][t]
}

// readStates reads the states of plants. A plant that may not change has its initial state where it has no row.
func (r *reading) readStates(p *headroom.Plan) {
	r.states = map[string][]headroom.State{}
	for _, q := range r.v.c.Plants {
		if q.Use != headroom.Exclude {
			r.states[q.ID] = make([]headroom.State, len(r.v.years))
		}
	}
	for _, row := range p.States {
		t, ok := r.when(row.Plant, row.Period)
		if !ok {
			continue
		}
		states := r.states[row.Plant]
		if states == nil {
			r.fault(RuleRow, row.Plant, row.Period, "no such plant")
			continue
		}
		if states[t] != "" {
			r.fault(RuleRow, row.Plant, row.Period, "two states in one period")
		}
		states[t] = row.State
	}
	for _, q := range r.v.c.Plants {
		for t := range r.states[q.ID] {
			if r.states[q.ID][t] != "" {
				continue
			}
			if q.Use == headroom.Consider {
				r.fault(RuleState, q.ID, r.v.c.Periods[t].ID, "no state")
			}
			r.states[q.ID][t] = q.InitialState
		}
	}
}

// readAllocs reads which places are used.
func (r *reading) readAllocs(p *headroom.Plan) {
	r.allocs = map[placeKey][]*headroom.AllocRow{}
	for i := range p.Allocs {
		row := &p.Allocs[i]
		k := placeKey{row.Vehicle, row.Line, orFull(row.Content)}
		t, ok := r.when(k.String(), row.Period)
		if !ok || r.place(k, row.Period) == nil {
			continue
		}
		if r.allocs[k] == nil {
			r.allocs[k] = make([]*headroom.AllocRow, len(r.v.years))
		}
		if r.allocs[k][t] != nil {
			r.fault(RuleRow, k.String(), row.Period, "allocated twice")
		}
		r.allocs[k][t] = row
	}
}

// place returns the place of a key, nil where a plan may not use it.
func (r *reading) place(k placeKey, period string) *place {
	x := r.v.places[k]
	if x == nil {
		r.fault(RulePlace, k.String(), period, "no such place")
		return nil
	}
	if x.bar != "" {
		r.fault(RulePlace, k.String(), period, x.bar)
		return nil
	}
	return x
}

// alloc returns the row of a place in period t, nil where it is not used.
func (r *reading) alloc(k *place, t int) *headroom.AllocRow {
	if rows := r.allocs[k.key]; rows != nil && t >= 0 && t < len(rows) {
		return rows[t]
	}
	return nil
}

// readShifts reads the patterns worked.
func (r *reading) readShifts(p *headroom.Plan) {
	r.shifts = map[string][]*shift{}
	for i := range p.Shifts {
		row := &p.Shifts[i]
		t, ok := r.when(row.Line, row.Period)
		if !ok || !r.number(row.Line, row.Period, row.Overtime) || !r.number(row.Line, row.Period, row.Capacity) {
			continue
		}
		l := r.v.lines[row.Line]
		if l == nil || l.Use == headroom.Exclude || r.states[l.Plant] == nil {
			r.fault(RuleRow, row.Line, row.Period, "no such line")
			continue
		}
		s := r.v.pattern(row.Pattern)
		if s == nil {
			r.fault(RulePattern, row.Line, row.Period, fmt.Sprintf("no pattern %q", row.Pattern))
			continue
		}
		yearly, err := capacity(l, s)
		if err != nil {
			r.fault(RulePattern, row.Line, row.Period, err.Error())
			continue
		}
		if r.shifts[l.ID] == nil {
			r.shifts[l.ID] = make([]*shift, len(r.v.years))
		}
		if r.shifts[l.ID][t] != nil {
			r.fault(RulePattern, row.Line, row.Period, "two patterns in one period")
		}
		r.shifts[l.ID][t] = &shift{row, l, s, yearly}
	}
}

// changed reports whether a line that works in period t worked another pattern, or none, in the period before; in the first
// period, whether it has an initial pattern and works another.
func (r *reading) changed(l *headroom.Line, t int) bool {
	now := r.shift(l.ID, t)
	if t == 0 {
		return l.InitialPattern != "" && l.InitialPattern != now.Pattern
	}
	before := r.shift(l.ID, t-1)
	return before == nil || before.Pattern != now.Pattern
}

// shift returns what a line works in period t, nil where it stands still.
func (r *reading) shift(line string, t int) *shift {
	if rows := r.shifts[line]; t >= 0 && t < len(rows) {
		return rows[t]
	}
	return nil
}
