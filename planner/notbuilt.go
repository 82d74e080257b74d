package planner

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"headroom"
	"headroom/cost"
	"headroom/lp"
)

// Limits of the question why programmes are not built. They are counts, so that the answer is the same on every machine; the time
// is only a last resort.
const (
	mostAsked   = 6                // programmes, those with the largest demand first
	mostSolves  = 150              // solves for all of them together
	askTime     = 5 * time.Second  // for the rules of one programme
	askMoney    = 10 * time.Second // for what one programme would cost
	notTried    = "not tried"
	reasonRule  = "rule"
	reasonMoney = "cost"
)

// NotBuilt says of every programme of which a plan builds nothing, although its demand has a margin somewhere, what stops it: the
// rules that leave no way to build one vehicle of it, or that it does not pay and by how much. The plan must be one. Options.Time is what is
// left for that, 0 no limit.
func NotBuilt(ctx context.Context, c *headroom.Case, p *headroom.Plan, s lp.Solver, o Options) ([]headroom.NotBuilt, error) {
	ctx = lp.Asking(ctx, "not built")
	n := newNet(c)
	var out []headroom.NotBuilt
	asked, solves, began := 0, 0, time.Now()
	for _, v := range n.idle(p, o) {
		if row, ok := n.nowhere(v); ok {
			out = append(out, row)
			continue
		}
		row := headroom.NotBuilt{Vehicle: c.Vehicles[v].ID, Reason: notTried}
		switch left := o.Time - time.Since(began); {
		case asked >= mostAsked || solves >= mostSolves:
			row.Text = fmt.Sprintf("what stops it was not looked for: the search ends after %d programmes", asked)
		case ctx.Err() != nil || (o.Time > 0 && left <= 0):
			row.Text = "what stops it was not looked for: the time was over"
		default:
			o := o
			if o.Time > 0 {
				o.Time = left
			}
			asked++
			var err error
			if row, err = n.whyIdle(ctx, p, s, o, v, &solves); err != nil {
				return nil, err
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// idle are the vehicles with a margin of which a plan builds nothing, those with the largest demand first.
func (n *net) idle(p *headroom.Plan, o Options) []int {
	built := map[string]bool{}
	for _, r := range p.Outputs {
		built[r.Vehicle] = built[r.Vehicle] || r.Units > 0
	}
	size := make([]float64, len(n.c.Vehicles))
	pays := make([]bool, len(n.c.Vehicles))
	for i, cells := range n.demand {
		v := n.pairs[i][0]
		for t := range cells {
			size[v] += cells[t].Units
			margin := cells[t].Price * cells[t].Share
			if n.ownMaterial(v) {
				margin = cells[t].Price
			}
			pays[v] = pays[v] || cells[t].Units > 0 && (margin > 0 || o.Objective == "cost")
		}
	}
	var out []int
	for v := range n.c.Vehicles {
		if pays[v] && !built[n.c.Vehicles[v].ID] {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	return out
}

// nowhere tells of a vehicle that no row of vehicle_line lets be built anywhere, or only under deals that are not in force. That
// takes no solve.
func (n *net) nowhere(v int) (headroom.NotBuilt, bool) {
	row := headroom.NotBuilt{Vehicle: n.c.Vehicles[v].ID, Reason: reasonRule}
	var rules []headroom.Ref
	rows := 0
	for _, k := range n.c.VehicleLines {
		if k.Vehicle != row.Vehicle {
			continue
		}
		rows++
		f := ref(tabPlace, k.Key(), colCompatible)
		if k.Compatible {
			a := find(n.c.Arrangements, k.Arrangement, headroom.Arrangement.Key)
			if a == nil || n.c.InForce(*a) {
				return row, false
			}
			f = ref(tabArrangement, a.ID, colStatus)
		}
		if !slices.Contains(rules, f) {
			rules = append(rules, f)
		}
	}
	if rows == 0 {
		row.Table, row.Column, row.Text = tabPlace, colCompatible, "no row of vehicle_line.csv says where it can be built"
		return row, true
	}
	named(&row, &reasons{c: n.c}, rules)
	return row, true
}

// whyIdle looks for what stops one programme.
func (n *net) whyIdle(ctx context.Context, p *headroom.Plan, s lp.Solver, o Options, v int, solves *int) (headroom.NotBuilt, error) {
	row := headroom.NotBuilt{Vehicle: n.c.Vehicles[v].ID}
	o.ReasonTime = o.atMost(askTime)
	r, err := newReasons(ctx, n.c, s, o, v+1)
	if err != nil {
		return row, err
	}
	r.one = true
	set, whole, err := r.conflict()
	*solves += r.solves
	switch {
	case err != nil:
		return row, err
	case set != nil && whole:
		row.Reason = reasonRule
		named(&row, r, set)
		return row, nil
	case set == nil && r.kept:
		return n.tooDear(ctx, p, s, o, v, row)
	}
	row.Reason, row.Text = notTried, "what stops it did not come out in the time for it"
	return row, nil
}

// named puts the rules of a set into a row.
func named(row *headroom.NotBuilt, r *reasons, set []headroom.Ref) {
	var texts []string
	for _, f := range set {
		row.Rules = append(row.Rules, r.cause(f, least{}))
	}
	for i, e := range row.Rules {
		if i == mostNamed && len(row.Rules) > mostNamed+1 {
			texts = append(texts, fmt.Sprintf("and %d more rules", len(row.Rules)-i))
			break
		}
		texts = append(texts, e.Text)
	}
	first := row.Rules[0]
	row.Table, row.Row, row.Column, row.Place, row.Text = first.Table, first.Row, first.Column, first.Place, strings.Join(texts, "; ")
}

// mostNamed is how many rules the sentence about a programme names.
const mostNamed = 4

// atMost is a time, or what is left where that is less.
func (o *Options) atMost(t time.Duration) time.Duration {
	if o.Time > 0 {
		return min(t, o.Time)
	}
	return t
}

// mostIntegers is how many yes-or-no decisions a programme may have for it to be solved once more with a vehicle that is asked for;
// in a larger one that takes as long as the plan.
const mostIntegers = 300

// tooDear tells by how much a plan that builds some of a programme is worse than one that builds none; of a large
// case, what the programme would bring by itself where it would bring most.
func (n *net) tooDear(ctx context.Context, p *headroom.Plan, s lp.Solver, o Options, v int, row headroom.NotBuilt) (headroom.NotBuilt, error) {
	row.Reason = reasonMoney
	m, err := Build(ctx, n.c, Options{Objective: o.Objective, force: v + 1})
	if err != nil {
		return row, err
	}
	if m.Problem.Integers() > mostIntegers {
		return m.alone(v, row), nil
	}
	sol, err := m.Solve(ctx, s, Options{Objective: o.Objective, Gap: o.Gap, Time: o.atMost(askMoney), Seed: o.Seed, Threads: o.Threads}, nil)
	if err != nil {
		return row, err
	}
	q := sol.Plan
	if q.Status != headroom.StatusVerified {
		return m.alone(v, row), nil
	}
	worse, better := "is worth %s less", "is worth %s more"
	sign := 1.0
	if p.Objective == "cost" {
		sign, worse, better = -1, "costs %s more", "costs %s less"
	}
	cur := n.c.BaseCurrency
	switch most, least := sign*(p.Value-q.Value), sign*(p.Value-q.Bound); {
	case least > 0:
		row.Cost = least
		row.Text = fmt.Sprintf("no rule stops it, it does not pay: a plan that builds a hundredth of a year's demand of it "+worse+" at least", millions(cur, least))
	case most > 0:
		row.Text = fmt.Sprintf("no rule stops it: a plan that builds it "+worse+" at most, which is within the gap of the two plans", millions(cur, most))
	default:
		row.Text = fmt.Sprintf("no rule stops it, and a plan that builds it "+better+", which is within the gap that was asked for: a smaller --gap finds it", millions(cur, -most))
	}
	return row, nil
}

// alone tells what a programme would bring by itself at the place where that is most: price less material, labour, energy, content,
// freight and duty of every vehicle that sells above that, discounted, and its launch.
func (m *Model) alone(v int, row headroom.NotBuilt) headroom.NotBuilt {
	n, cur := m.net, m.net.c.BaseCurrency
	unit, earns, launch := math.Inf(-1), 0.0, 0.0
	where := ""
	for _, k := range n.byVehicle[v] {
		sum, best, first := 0.0, math.Inf(-1), -1
		for t := range n.T {
			if m.out[k][t] < 0 {
				continue
			}
			if first < 0 {
				first = t
			}
			for i, pr := range n.pairs {
				if cell := &n.demand[i][t]; pr[0] == v && cell.Units > 0 {
					if x, ok := m.contribution(k, pr[1], t, cell); ok {
						best = max(best, x)
						sum += max(0, x) * cell.Units * m.disc[t]
					}
				}
			}
		}
		if first < 0 || math.IsInf(best, -1) {
			continue
		}
		r := m.retool(k, first) * m.disc[first]
		more := best > unit
		if sum > 0 || earns > 0 {
			more = sum-r > earns-launch
		}
		if where == "" || more {
			unit, earns, launch, where = best, sum, r, n.places[k].row.Line
		}
	}
	switch {
	case where == "":
		row.Text = "no rule stops it: it does not pay"
	case unit <= 0:
		row.Cost = -unit
		row.Text = fmt.Sprintf("no rule stops it, it does not pay: on %s, where it would do best, a vehicle loses %s before any launch or fixed cost", where, millions(cur, -unit))
	case earns <= launch:
		row.Cost = launch - earns
		row.Text = fmt.Sprintf("no rule stops it, it does not pay: on %s, where it would do best, all of its demand earns %s and its launch costs %s", where, millions(cur, earns), millions(cur, launch))
	default:
		row.Text = fmt.Sprintf("no rule stops it: by itself it would earn %s at most on %s, less %s of launch and its share of fixed cost, and the plan is worth as much without it, to its gap",
			millions(cur, earns), where, millions(cur, launch))
	}
	return row
}

// contribution is what a vehicle from a place brings in a market.
func (m *Model) contribution(k, market, t int, cell *cost.Cell) (float64, bool) {
	n, pl := m.net, &m.net.places[k]
	freight, ok := n.book.Lane(pl.p, market, t)
	if !ok {
		return 0, false
	}
	duty := math.Inf(1)
	for _, e := range n.book.Entries(pl.v, pl.p, market, t) {
		if e.Regime != headroom.RegimePreferential || n.qualifies(pl, e.Agreement, t) {
			duty = min(duty, e.Duty(cell.Customs))
		}
	}
	_, crew := n.book.Labour(pl.p, t)
	price := cell.Price
	if !pl.row.UnitMaterial.Set {
		price *= cell.Share
	}
	return price - m.unitCost(k, t) - crew - freight - duty, true
}

func millions(cur string, v float64) string {
	if v < 1e5 {
		return fmt.Sprintf("%s %.0f", cur, v)
	}
	return fmt.Sprintf("%s %.1f m", cur, v/1e6)
}
