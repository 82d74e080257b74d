package planner_test

import (
	"math"
	"slices"
	"testing"

	"headroom"
	"headroom/lp"
)

// spread is how a plan is spread over the halves of its periods.
type spread struct {
	x      map[string][2]float64 // output by place and period
	flow   map[string][2]float64
	lost   map[string][2]float64
	over   map[string][2]float64
	uneven float64 // by how much limits of whole periods would have to be shifted between the halves
}

// live finds out how the output of a period is spread over the days on which places can build. It fails where there is no way: the
// coarse plan then promises what a finer grid cannot do.
func (w *world) live(t *testing.T, out *spread, per int) bool {
	t.Helper()
	b := lp.NewBuilder("spread", lp.Minimize, 0, 0, 0)
	pieces := w.pieces(per)
	l := &liver{w: w, b: b, t: per, pieces: pieces}
	l.outputs()
	l.lines()
	l.vehicles()
	l.flows()
	l.limits()
	p, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	r, err := mustSolver(t).Solve(t.Context(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Stop != lp.StopOptimal {
		return false
	}
	l.read(r.X, out)
	return true
}

// room is what a sum of vehicles may be missed by: solvers round.
const room = 1e-6

// liver makes the programme of one period.
type liver struct {
	w      *world
	b      *lp.Builder
	t      int
	pieces []piece

	sites []site // with output
	units []float64
	x     [][]int // site, piece; −1
	over  map[string][]int
	flow  [][2]int
	rows  []headroom.FlowRow
	lost  map[string][2]int
	soft  []int
}

func (l *liver) period() string { return l.w.c.Periods[l.t].ID }

// outputs adds what each place builds on each piece: at most its full rate, at its ramp, where it can build.
func (l *liver) outputs() {
	for _, s := range l.w.sites() {
		units := 0.0
		for _, o := range l.w.p.Outputs {
			if o.Period == l.period() && o.Vehicle == s.k.Vehicle && o.Line == s.k.Line && o.Content == s.k.Content {
				units += o.Units
			}
		}
		if units == 0 {
			continue
		}
		r := l.b.Row(units-room, units+room)
		cols := make([]int, len(l.pieces))
		for i, q := range l.pieces {
			most := 0.0
			if l.w.able(s, l.t, q.from) {
				most = l.w.ramp(s, l.t) * min(l.w.capacity(s.l, "")*s.k.RateFactor*q.years, l.w.wanted(s.v, "", l.t, q))
			}
			cols[i] = l.b.Col(0, 0, most*(1+1e-9))
			l.b.Add(r, cols[i], 1)
		}
		l.sites, l.units, l.x = append(l.sites, s), append(l.units, units), append(l.x, cols)
	}
}

// lines adds the time of lines by pieces, with what they work in overtime.
func (l *liver) lines() {
	l.over = map[string][]int{}
	for i := range l.w.c.Lines {
		line := &l.w.c.Lines[i]
		for _, s := range l.w.p.Shifts {
			if s.Line != line.ID || s.Period != l.period() {
				continue
			}
			sum := l.b.Row(0, s.Overtime*(1+1e-9)+1e-7)
			for j, q := range l.pieces {
				straight := 0.0
				if in(q.from, line.From, line.To) {
					straight = l.w.capacity(line, s.Pattern) * q.years
				}
				r := l.b.Row(-lp.Inf, straight*(1+1e-9))
				o := l.b.Col(0, 0, straight*l.w.overtime(s.Pattern))
				l.over[line.ID] = append(l.over[line.ID], o)
				l.b.Add(sum, o, 1)
				l.b.Add(r, o, -1)
				for k := range l.sites {
					if l.sites[k].l == line {
						l.b.Add(r, l.x[k][j], 1/l.sites[k].k.RateFactor)
					}
				}
			}
		}
	}
}

// vehicles adds that no more of a vehicle is built on a piece than is wanted on it.
func (l *liver) vehicles() {
	for i := range l.w.c.Vehicles {
		v := &l.w.c.Vehicles[i]
		for j, q := range l.pieces {
			r := l.b.Row(-lp.Inf, l.w.wanted(v, "", l.t, q)*(1+1e-9))
			for k := range l.sites {
				if l.sites[k].v == v {
					l.b.Add(r, l.x[k][j], 1)
				}
			}
		}
	}
}

// flows adds that what is built in a half is sent in it, and that what is sent and lost is what is wanted in it, or a shift of buyers
// between the halves: flows and lost sales belong to a period as a whole.
func (l *liver) flows() {
	w := l.w
	gates := map[string][2]int{}
	gate := func(vehicle, plant string) [2]int {
		key := name(vehicle, "/", plant)
		if _, ok := gates[key]; !ok {
			gates[key] = [2]int{l.b.Row(0, 0), l.b.Row(0, 0)}
		}
		return gates[key]
	}
	for k, s := range l.sites {
		g := gate(s.v.ID, s.p.ID)
		for j, q := range l.pieces {
			l.b.Add(g[q.half], l.x[k][j], 1)
		}
	}
	markets := map[string][2]int{}
	for i := range w.c.Vehicles {
		for _, m := range w.c.Markets {
			var r [2]int
			for h := range r {
				wanted := 0.0
				for _, q := range l.pieces {
					if q.half == h {
						wanted += w.wanted(&w.c.Vehicles[i], m.ID, l.t, q)
					}
				}
				low := wanted - room
				if w.c.Vehicles[i].Use == headroom.Consider {
					low = -lp.Inf
				}
				r[h] = l.b.Row(low, wanted+room)
			}
			shift := [2]int{l.b.Col(1, 0, lp.Inf), l.b.Col(1, 0, lp.Inf)}
			l.soft = append(l.soft, shift[0], shift[1])
			for i, c := range shift {
				l.b.Add(r[i], c, 1)
				l.b.Add(r[1-i], c, -1)
			}
			markets[name(w.c.Vehicles[i].ID, "/", m.ID)] = r
		}
	}
	for _, f := range w.p.Flows {
		if f.Period != l.period() {
			continue
		}
		total := l.b.Row(f.Units-room, f.Units+room)
		g, m := gate(f.Vehicle, f.Plant), markets[name(f.Vehicle, "/", f.Market)]
		var cols [2]int
		for h := range cols {
			cols[h] = l.b.Col(0, 0, lp.Inf)
			l.b.Add(total, cols[h], 1)
			l.b.Add(g[h], cols[h], -1)
			l.b.Add(m[h], cols[h], 1)
		}
		l.flow, l.rows = append(l.flow, cols), append(l.rows, f)
	}
	l.lost = map[string][2]int{}
	for _, u := range w.p.Losts {
		if u.Period != l.period() {
			continue
		}
		total, m := l.b.Row(u.Units-room, u.Units+room), markets[name(u.Vehicle, "/", u.Market)]
		var cols [2]int
		for h := range cols {
			cols[h] = l.b.Col(0, 0, lp.Inf)
			l.b.Add(total, cols[h], 1)
			l.b.Add(m[h], cols[h], 1)
		}
		l.lost[name(u.Vehicle, "/", u.Market)] = cols
	}
}

// limit adds a limit on what is built in each half, which may be missed at a price: it is one of the whole period. A piece of which the
// amount is not a number is not in it.
func (l *liver) limit(sign float64, of func(site) bool, amount func(piece) float64) {
	for h := range 2 {
		sum := 0.0
		for _, q := range l.pieces {
			if x := amount(q); q.half == h && !math.IsNaN(x) {
				sum += x
			}
		}
		lower, upper := sum*(1-1e-9), lp.Inf
		if sign < 0 {
			lower, upper = -lp.Inf, sum*(1+1e-9)
		}
		r := l.b.Row(lower, upper)
		c := l.b.Col(1, 0, lp.Inf)
		l.soft = append(l.soft, c)
		l.b.Add(r, c, sign)
		for k, s := range l.sites {
			for j, q := range l.pieces {
				if q.half == h && of(s) && !math.IsNaN(amount(q)) {
					l.b.Add(r, l.x[k][j], 1)
				}
			}
		}
	}
}

// read fills in how the period is spread.
func (l *liver) read(x []float64, out *spread) {
	add := func(m map[string][2]float64, key string, h int, v float64) {
		pair := m[key]
		pair[h] += v
		m[key] = pair
	}
	for k, s := range l.sites {
		for j, q := range l.pieces {
			add(out.x, name(s.k.Vehicle, "/", s.k.Line, "/", s.k.Content, "/", l.t), q.half, x[l.x[k][j]])
		}
	}
	for line, cols := range l.over {
		for j, q := range l.pieces {
			add(out.over, name(line, "/", l.t), q.half, x[cols[j]])
		}
	}
	for i, f := range l.rows {
		for h, c := range l.flow[i] {
			add(out.flow, name(f.Vehicle, "/", f.Plant, "/", f.Market, "/", f.Regime, "/", f.Agreement, "/", l.t), h, x[c])
		}
	}
	for key, cols := range l.lost {
		for h, c := range cols {
			add(out.lost, name(key, "/", l.t), h, x[c])
		}
	}
	for _, c := range l.soft {
		out.uneven += x[c]
	}
}

// limits adds the limits that a period has as a whole: minima, permits, deals, quotas.
func (l *liver) limits() {
	w := l.w
	at := func(s site, q piece) bool { return w.able(s, l.t, q.from) }
	for _, s := range l.sites {
		me := func(o site) bool { return o.k == s.k }
		if s.k.MinVolume > 0 {
			l.limit(1, me, func(q piece) float64 {
				if !at(s, q) {
					return 0
				}
				return s.k.MinVolume * q.years * w.ramp(s, l.t)
			})
		}
		if s.k.CommittedUntil != 0 {
			l.limit(1, me, func(q piece) float64 {
				if !at(s, q) || !in(q.from, s.k.CommittedFrom, s.k.CommittedUntil) {
					return 0
				}
				return s.k.MinRun / 100 * w.wanted(s.v, "", l.t, q) * w.ramp(s, l.t)
			})
		}
	}
	for i := range w.c.Lines {
		line := &w.c.Lines[i]
		l.limit(1, func(s site) bool { return s.l == line }, func(q piece) float64 {
			ramp := 0.0
			for _, s := range l.sites {
				if s.l == line && at(s, q) {
					ramp = max(ramp, w.ramp(s, l.t))
				}
			}
			return line.MinRate * q.years * ramp
		})
	}
	for i := range w.c.Plants {
		if p := &w.c.Plants[i]; p.SiteCap.Set {
			l.limit(-1, func(s site) bool { return s.p == p }, func(q piece) float64 { return p.SiteCap.Value * q.years })
		}
	}
	for _, x := range w.c.Terms {
		from, to := w.dealDays(x.Arrangement)
		inside := func(q piece) bool { return in(q.from, from, to) && in(q.from, x.From, x.To) }
		mine := func(s site) bool { return s.deal == x.Arrangement }
		switch x.Kind {
		case headroom.MinVolume:
			l.limit(1, mine, func(q piece) float64 {
				if !in(q.from, x.From, x.To) {
					return math.NaN()
				}
				for _, s := range w.sites() {
					if mine(s) && inside(q) && at(s, q) {
						return x.Value * q.years
					}
				}
				return 0
			})
		case headroom.MaxVolume:
			l.limit(-1, mine, func(q piece) float64 {
				if !in(q.from, x.From, x.To) {
					return math.NaN()
				}
				if !inside(q) {
					return 0
				}
				return x.Value * q.years
			})
		}
	}
	l.quotas()
}

// quotas adds the quotas by halves, and the agreements: what goes preferential in a half is what qualifies in it.
func (l *liver) quotas() {
	region := func(plant string) string {
		for _, p := range l.w.c.Plants {
			if p.ID == plant {
				return p.Region
			}
		}
		return ""
	}
	for _, q := range l.w.c.Quotas {
		for h := range 2 {
			volume := 0.0
			for _, p := range l.pieces {
				if p.half == h {
					volume += q.Volume * p.years
				}
			}
			r, c := l.b.Row(-lp.Inf, volume*(1+1e-9)), l.b.Col(1, 0, lp.Inf)
			l.soft = append(l.soft, c)
			l.b.Add(r, c, -1)
			for i, f := range l.rows {
				if f.Regime == headroom.RegimeQuotaIn && region(f.Plant) == q.Origin {
					l.b.Add(r, l.flow[i][h], 1)
				}
			}
		}
	}
	for i, f := range l.rows {
		if f.Regime != headroom.RegimePreferential {
			continue
		}
		for h := range 2 {
			r, c := l.b.Row(-lp.Inf, 0), l.b.Col(1, 0, lp.Inf)
			l.soft = append(l.soft, c)
			l.b.Add(r, c, -1)
			for j, g := range l.rows {
				if g.Vehicle == f.Vehicle && g.Plant == f.Plant && g.Regime == f.Regime && j >= i {
					l.b.Add(r, l.flow[j][h], 1)
				}
			}
			for k, s := range l.sites {
				if s.v.ID == f.Vehicle && s.p.ID == f.Plant && slices.Contains(s.k.Qualifies, f.Agreement) {
					for j, q := range l.pieces {
						if q.half == h {
							l.b.Add(r, l.x[k][j], -1)
						}
					}
				}
			}
		}
	}
}
