package sim

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"headroom"
)

// normal95 is the two-sided 95 % point of the normal distribution.
const normal95 = 1.959963984540054

// student95 is about the two-sided 95 % point of Student's t, by the expansion of Cornish and Fisher; within a thousandth from
// ten degrees of freedom on.
func student95(freedom float64) float64 {
	z := normal95
	g1 := (z*z*z + z) / 4
	g2 := (5*math.Pow(z, 5) + 16*z*z*z + 3*z) / 96
	g3 := (3*math.Pow(z, 7) + 19*math.Pow(z, 5) + 17*z*z*z - 15*z) / 384
	return z + g1/freedom + g2/(freedom*freedom) + g3/(freedom*freedom*freedom)
}

// Chance is the share k of n with its 95 % interval by Wilson (1927), which holds where the share is zero or one.
func Chance(k, n int) (p, low, high float64) {
	if n == 0 {
		return 0, 0, 1
	}
	p = float64(k) / float64(n)
	z2, m := normal95*normal95, float64(n)
	mid := (p + z2/(2*m)) / (1 + z2/m)
	half := normal95 / (1 + z2/m) * math.Sqrt(p*(1-p)/m+z2/(4*m*m))
	low, high = max(0, mid-half), min(1, mid+half)
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return p, low, high
}

// row is the distribution of values, which it sorts. Without two values there is no interval: it is NaN.
func row(x []float64) headroom.SimRow {
	r := headroom.SimRow{Paths: len(x)}
	for _, v := range []*float64{&r.Mean, &r.SD, &r.P05, &r.P25, &r.P50, &r.P75, &r.P95, &r.Low, &r.High, &r.P05Low, &r.P05Hi, &r.P50Low, &r.P50Hi, &r.P95Low, &r.P95Hi} {
		*v = math.NaN()
	}
	if len(x) == 0 {
		return r
	}
	r.Mean, r.SD = 0, 0
	n := float64(len(x))
	for _, v := range x {
		r.Mean += v / n
	}
	for _, v := range x {
		r.SD += (v - r.Mean) * (v - r.Mean)
	}
	slices.Sort(x)
	at := func(share float64) float64 { // linear between neighbours
		i := share * (n - 1)
		k := min(int(i), len(x)-1)
		return x[k] + (i-float64(k))*(x[min(k+1, len(x)-1)]-x[k])
	}
	r.P05, r.P25, r.P50, r.P75, r.P95 = at(0.05), at(0.25), at(0.5), at(0.75), at(0.95)
	if len(x) > 1 {
		r.SD = math.Sqrt(r.SD / (n - 1))
		half := student95(n-1) * r.SD / math.Sqrt(n)
		r.Low, r.High = r.Mean-half, r.Mean+half
		r.P05Low, r.P05Hi = ranks(x, 0.05)
		r.P50Low, r.P50Hi = ranks(x, 0.5)
		r.P95Low, r.P95Hi = ranks(x, 0.95)
	}
	return r
}

// ranks are the values between which a quantile lies in about 95 % of samples: how many of n lie below it is binomial.
func ranks(sorted []float64, share float64) (low, high float64) {
	n := float64(len(sorted))
	spread := normal95 * math.Sqrt(n*share*(1-share))
	at := func(i float64) float64 { return sorted[min(max(0, int(i)), len(sorted)-1)] }
	return at(math.Floor(n*share - spread)), at(math.Ceil(n*share+spread) - 1)
}

// named says what a column is: the series, and of what.
func (n *Net) named(col int) (series, of string) {
	switch col {
	case colOutput:
		return "output", n.setName(0)
	case colAll:
		return "output", "all plants"
	case colSales:
		return "sales", ""
	case colMargin:
		return "cash", "all owners"
	case colUse:
		return "utilisation", n.setName(0)
	case colService:
		return "service", "all markets"
	case colWorst:
		return "worst_week", n.setName(0)
	case colRegret:
		return "regret_at_most", ""
	}
	col -= colFirst
	for _, g := range []struct {
		series string
		names  []string
	}{{"cash", n.orgs}, {"service", n.markets}, {"utilisation", n.plants}} {
		if col < len(g.names) {
			return g.series, g.names[col]
		}
		col -= len(g.names)
	}
	return "output", n.setName(col + 1)
}

func (n *Net) setName(s int) string {
	name := strings.Trim(n.sets[s].name, "[]")
	if name == "" || name == "*" {
		return "all plants"
	}
	return name
}

// summarize makes the distributions of all series, and the chances of the targets.
func (n *Net) summarize(all *lives, seed uint64) *headroom.Simulation {
	s := &headroom.Simulation{Paths: all.done, Years: all.done * len(n.periods), Weeks: n.weeks}
	base := n.newLife()
	base.live()
	x := make([]float64, all.done)
	gather := func(i int) []float64 {
		for path := range x {
			x[path] = float64(all.values[path*all.columns+i])
		}
		return x
	}
	for col := range n.columns() {
		series, of := n.named(col)
		if col == colAll && n.setName(0) == of {
			continue // said already
		}
		var rows []headroom.SimRow
		something := false
		for t := range n.periods {
			i := t*n.columns() + col
			r := row(gather(i))
			r.Series, r.Of, r.Period, r.Plan = series, of, n.c.Periods[t].ID, base.series[i]
			something = something || r.Plan != 0 || all.done > 0 && (x[0] != 0 || x[len(x)-1] != 0)
			rows = append(rows, r)
		}
		if something {
			s.Series = append(s.Series, rows...)
		}
	}
	for _, g := range n.targets {
		s.Targets = append(s.Targets, n.chanceOf(g, gather(g.t*n.columns()+n.column(g.set))))
		for t, p := range n.c.Periods {
			each := g
			each.t, each.period, each.wanted = t, p.ID, g.wanted/n.periods[g.t].years*n.periods[t].years
			if again := slices.ContainsFunc(s.ByYear, func(x headroom.SimTarget) bool { return x.Target == g.id && x.Period == p.ID }); !again {
				s.ByYear = append(s.ByYear, n.chanceOf(each, gather(t*n.columns()+n.column(g.set))))
			}
		}
	}
	s.Weakest = n.weakest(all, seed)
	return s
}

// column is where the output of a set of regions is.
func (n *Net) column(set int) int {
	if set == 0 {
		return colOutput
	}
	return n.columns() - len(n.sets) + set
}

func (n *Net) chanceOf(g target, x []float64) headroom.SimTarget {
	r := headroom.SimTarget{Target: g.id, Period: g.period, Wanted: g.wanted, Paths: len(x)}
	for _, v := range x {
		if g.atMost && v <= g.wanted || !g.atMost && v >= g.wanted {
			r.Reached++
		}
		r.Most = max(r.Most, v)
	}
	r.Probability, r.Low, r.High = Chance(r.Reached, len(x))
	return r
}

// weakest are the worst weeks of all lives, one of a life, with what was on in them.
func (n *Net) weakest(all *lives, seed uint64) []headroom.WorstWeek {
	order := make([]int, all.done)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all.worst[a].ratio, all.worst[b].ratio) })
	var out []headroom.WorstWeek
	w, src := n.newDraw(), newDraws()
	for _, path := range order[:min(10, len(order))] {
		x := all.worst[path]
		if math.IsInf(x.ratio, 1) {
			break
		}
		n.fill(w, src, seed, uint64(path))
		g := float64(n.first[x.t] + x.week)
		var why []string
		for _, e := range w.events {
			if g+1 > e.start && g < e.start+e.weeks && slices.ContainsFunc(n.stops[e.kind].plants, func(p int) bool { return n.sets[0].plants[p] }) {
				why = append(why, n.stops[e.kind].name)
			}
		}
		if len(why) == 0 {
			why = []string{"demand"}
		}
		out = append(out, headroom.WorstWeek{
			Period: n.c.Periods[x.t].ID, Week: x.week + 1, Path: path + 1, Units: x.units, Plan: x.plan, Why: strings.Join(why, ", "),
		})
	}
	return out
}
