package planner

import (
	"math"
	"slices"

	"headroom"
	"headroom/lp"
)

// residual is the end of the horizon (docs/explanation/formulation.md, section 5): what comes back of the launches, openings and
// mothballings of a plan, and the limits of that. Closings and sales are final, so that their rest is taken off their cost at once.
type residual struct {
	begin float64   // L: where the last year begins
	share []float64 // λ: of each period, in the last year
	earn  map[[2]int]*earner
	plant []plantRest
}

// claim is a rest that may come back: of a launch at a place, or of an opening or a mothballing of a plant (place is -1), that
// is made in t and serves from start until end.
type claim struct {
	place, t     int
	start, end   float64
	rest, charge float64 // R and q, base currency
	share        float64 // of R that can be earned at most: what the column is of
	col          int32
}

// plantRest is what a plant may claim. An opening that has no rest lifts the limit on openings: relief has its column.
type plantRest struct {
	launches, openings, mothballings []claim
	relief                           []int32
}

// addResidual adds the rests, each with a share y from nothing to all:
//
//	y_kt ≤ b_kt, Σ_{t<τ} y_kt ≤ a_kτ − b_kτ, Σ_t y_kt ≤ a_kT        restlaunch, reststands, restend
//	the same of an opening with its state, and of a mothballing       restchange, restholds
//	y ≤ Σ s_ατ of the beginnings after which it serves so              restdeal
//	Σ y q ≤ e of a vehicle in a plant, of one place, of a plant       restearns, restplace, restplant
//	with the openings, less the fixed cost too                        restopening
//
// Where what is earned can be negative, e is a zero-one column that says it is not, and the rows come twice: restearns[…] holds
// with it and restnone[…] lets nothing back without it. The dual of restearns is the worth of a unit more of earnings.
func (m *Model) addResidual() {
	n := m.net
	m.rest = &residual{earn: map[[2]int]*earner{}, plant: make([]plantRest, len(n.c.Plants))}
	if n.c.TerminalRule == headroom.TerminalNone || m.free {
		return
	}
	m.rest.begin, m.rest.share = n.book.LastYear()
	for p := range n.c.Plants {
		m.readLaunches(p)
		m.readChanges(p)
	}
	m.readEarnings()
	for p := range n.c.Plants {
		m.addLaunchRests(p)
		m.addOpeningRests(p)
		m.addMothballRests(p)
		m.addRestLimits(p)
	}
}

// resting reports whether anything comes back at the end of the horizon.
func (n *net) resting() bool { return n.c.TerminalRule != headroom.TerminalNone }

// claimOf is the rest of a cost of present value k that serves from s to e.
func (m *Model) claimOf(place, t int, k, s, e float64) (claim, bool) {
	b := m.net.book
	c := claim{place: place, t: t, start: s, end: e, rest: k * b.Unused(s, e), share: 1, col: -1}
	if c.rest <= 0 {
		return c, false
	}
	c.charge = c.rest / b.Charges(e) * (b.Horizon() - max(s, m.rest.begin))
	return c, true
}

// served is from when until when what is launched at a place in t can work, of which the deal, if it is no fact, begins in period
// begin: from the first day of its window on, for the life of its tooling, not beyond the end of its vehicle, its line or its deal.
func (n *net) served(k, t, begin int) (s, e float64) {
	pl := &n.places[k]
	first := max(n.c.Periods[t].From, n.ready(pl, t).from)
	if n.option(k) >= 0 && begin >= 0 {
		first = max(first, n.deals[pl.arr].begins[begin].from)
	}
	s = n.book.At(first)
	return s, min(s+pl.row.ToolingYears(), n.endOf(k, begin))
}

// endOf is where the end of a place stands, of which the deal, if it is no fact, begins in period begin: that of its vehicle, its
// line or its deal; +Inf for none.
func (n *net) endOf(k, begin int) float64 {
	last := n.places[k].days.to
	if d := n.option(k); d >= 0 && begin >= 0 {
		last = minDate(last, n.deals[d].begins[begin].to)
	}
	if last == 0 {
		return math.Inf(1)
	}
	return n.book.At(last.AddDays(1))
}

// beginnings are the periods in which the deal of a place may begin if it is launched in t: later than that only where it has a lead. A place that hangs on
// no such deal has one, -1.
func (m *Model) beginnings(k, t int) []int {
	n, d := m.net, m.net.option(k)
	if d < 0 {
		return []int{-1}
	}
	var out []int
	for u := range n.T {
		if m.begin[d][u] != zero && (u <= t || n.places[k].row.Lead > 0) {
			out = append(out, u)
		}
	}
	return out
}

// launchLit is one where a place is launched in t.
func (m *Model) launchLit(k, t int) lit {
	if m.net.places[k].launched() == t {
		return one
	}
	if b := m.launch[k][t]; b >= 0 {
		return lit{col: b}
	}
	return zero
}

// readLaunches finds the launches of a plant that can have a rest.
func (m *Model) readLaunches(p int) {
	n := m.net
	for _, k := range n.byPlant[p] {
		pl := &n.places[k]
		if m.alloc[k][n.T-1] == zero || pl.running {
			continue
		}
		for t := range n.T {
			if m.launchLit(k, t) == zero {
				continue
			}
			paid, first := m.retool(k, t)*m.disc[t], len(m.rest.plant[p].launches)
			for _, u := range m.beginnings(k, t) {
				s, e := n.served(k, t, u)
				if slices.ContainsFunc(m.rest.plant[p].launches[first:], func(c claim) bool { return c.start == s && c.end == e }) {
					continue // beginnings that leave the same
				}
				if c, ok := m.claimOf(k, t, paid, s, e); ok {
					m.rest.plant[p].launches = append(m.rest.plant[p].launches, c)
				}
			}
		}
	}
}

// readChanges finds the openings and mothballings of a plant that can have a rest.
func (m *Model) readChanges(p int) {
	n := m.net
	if !n.considered[p] {
		return
	}
	pl, r := &n.c.Plants[p], &m.rest.plant[p]
	ends := m.openingEnds(p)
	for t := range n.T {
		s := n.book.Start(t)
		if m.opens(p, t) {
			paid := n.book.PlantMoney(p, pl.ReopenM.Value, t) * m.disc[t]
			var seen []float64
			for _, e := range ends {
				e = min(e, s+pl.ChangeYears())
				if c, ok := m.claimOf(-1, t, paid, s, e); ok && !slices.Contains(seen, e) {
					seen = append(seen, e)
					r.openings = append(r.openings, c)
				}
			}
		}
		if m.state[p].mothball[t] >= 0 {
			paid := (n.book.PlantMoney(p, pl.MothballM, t) + n.book.Severance(p, t)) * m.disc[t]
			if c, ok := m.claimOf(-1, t, paid, s, s+pl.ChangeYears()); ok {
				r.mothballings = append(r.mothballings, c)
			}
		}
	}
}

// opens reports whether a plant may change to operating in t.
func (m *Model) opens(p, t int) bool { return m.state[p].up[t] >= 0 || m.state[p].reopen[t] >= 0 }

// openingEnds are the ends that an opening can have by the places of a plant, ascending.
func (m *Model) openingEnds(p int) []float64 {
	n := m.net
	var out []float64
	for _, k := range n.byPlant[p] {
		if n.option(k) < 0 {
			out = append(out, n.endOf(k, -1))
			continue
		}
		for t := range n.T {
			if m.begin[n.places[k].arr][t] != zero {
				out = append(out, n.endOf(k, t))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// certainEnd is the last end of the places of a plant that hang on no decision.
func (n *net) certainEnd(p int) float64 {
	end := math.Inf(-1)
	for _, k := range n.byPlant[p] {
		if n.option(k) < 0 {
			end = max(end, n.endOf(k, -1))
		}
	}
	return end
}

// reward is what a claim adds to the objective when its column is one.
func (m *Model) reward(c *claim) float64 { return -c.rest * c.share / m.MoneyUnit }

// addLaunchRests adds the columns of the launches of a plant, and that they stand.
func (m *Model) addLaunchRests(p int) {
	n := m.net
	cs := m.rest.plant[p].launches
	for from := 0; from < len(cs); {
		k, to := cs[from].place, from
		for to < len(cs) && cs[to].place == k {
			to++
		}
		run := cs[from:to]
		for i := range run {
			c := &run[i]
			e := m.rest.earn[[2]int{n.places[k].v, p}]
			if e.gain <= 0 || m.skips(m.launchLit(k, c.t).col) {
				continue
			}
			c.share = min(1, e.gain/c.charge)
			c.col = m.col(at(famRest, k, i, 0, c.t), m.reward(c), 0, 1)
			if n.option(k) >= 0 {
				m.addRestBegin(c, p)
			}
		}
		m.addStanding(run, at(famRestLaunch, k, 0, 0, 0), at(famRestStands, k, 0, 0, 0),
			func(t int) []lit { return []lit{m.launchLit(k, t)} },
			func(t int) lit { return m.alloc[k][t] })
		from = to
	}
}

// addStanding adds that what comes back of changes was made, and that what they brought holds in every later period and at the end.
func (m *Model) addStanding(run []claim, made, stands key, change func(t int) []lit, holds func(t int) lit) {
	n := m.net
	earlier := func(t int, incl bool) (out []int32) {
		for i := range run {
			if c := &run[i]; c.col >= 0 && (c.t < t || (incl && c.t == t)) {
				out = append(out, c.col)
			}
		}
		return out
	}
	for t := range n.T {
		var now []int32
		for i := range run {
			if c := &run[i]; c.col >= 0 && c.t == t {
				now = append(now, c.col)
			}
		}
		if len(now) > 0 {
			made.t = int16(t)
			m.sumAtMost(made, now, change(t), nil)
		}
		before := earlier(t, false)
		if len(before) == 0 {
			continue
		}
		stands.t, stands.c = int16(t), 0
		m.sumAtMost(stands, before, []lit{holds(t)}, change(t))
	}
	if all := earlier(n.T-1, true); len(all) > 0 {
		stands.t, stands.c = int16(n.T-1), 1
		m.sumAtMost(stands, all, []lit{holds(n.T - 1)}, nil)
	}
}

// sumAtMost adds Σ cols ≤ Σ lits − Σ less.
func (m *Model) sumAtMost(k key, cols []int32, lits, less []lit) {
	if len(cols) == 1 && slices.Equal(lits, []lit{one}) && !slices.ContainsFunc(less, func(x lit) bool { return x != zero }) {
		return // the column's bound says it
	}
	r := m.row(k, -lp.Inf, 0)
	for _, c := range cols {
		m.add(r, c, 1)
	}
	for _, x := range lits {
		m.addLit(r, x, -1)
	}
	for _, x := range less {
		m.addLit(r, x, 1)
	}
}

// addRestBegin adds that the claim of a launch needs a beginning of its deal after which it serves from and until when it says;
// where that is so after every beginning, there is nothing to add.
func (m *Model) addRestBegin(c *claim, p int) {
	n := m.net
	var begins []lit
	all := true
	for _, u := range m.beginnings(c.place, c.t) {
		s, e := n.served(c.place, c.t, u)
		if s == c.start && e == c.end {
			begins = append(begins, m.begin[n.places[c.place].arr][u])
		} else {
			all = false
		}
	}
	if all && m.launchLit(c.place, c.t) != one {
		return // a place is not used without its deal, but for a commitment
	}
	r := m.row(at(famRestDeal, p, c.place, int(c.col), c.t), -lp.Inf, 0)
	m.add(r, c.col, 1)
	for _, b := range begins {
		m.addLit(r, b, -1)
	}
}

// addRestDeal adds that the claim of an opening needs a beginning of a deal after which it serves as long as it says.
func (m *Model) addRestDeal(c *claim, p int) {
	n := m.net
	life := n.book.Start(c.t) + n.c.Plants[p].ChangeYears()
	r := m.row(at(famRestDeal, p, -1, int(c.col), c.t), -lp.Inf, 0)
	m.add(r, c.col, 1)
	var done [][2]int
	for _, k := range n.byPlant[p] {
		if n.option(k) < 0 {
			continue
		}
		for t := range n.T {
			d := n.places[k].arr
			if m.begin[d][t] == zero || min(life, n.endOf(k, t)) < c.end || slices.Contains(done, [2]int{d, t}) {
				continue
			}
			done = append(done, [2]int{d, t})
			m.addLit(r, m.begin[d][t], -1)
		}
	}
}

// addOpeningRests adds the columns of the openings of a plant, that they stand, and what lifts the limit on openings.
func (m *Model) addOpeningRests(p int) {
	n, r := m.net, &m.rest.plant[p]
	if len(r.openings) == 0 {
		return
	}
	gain := m.plantGain(p)
	certain := n.certainEnd(p)
	for i := range r.openings {
		c := &r.openings[i]
		if gain <= 0 || slices.ContainsFunc(m.openingLits(p, c.t), func(x lit) bool { return m.skips(x.col) }) {
			continue
		}
		c.share = min(1, gain/c.charge)
		c.col = m.col(at(famRestOpen, p, i, 0, c.t), m.reward(c), 0, 1)
		if c.end > min(certain, n.book.Start(c.t)+n.c.Plants[p].ChangeYears()) {
			m.addRestDeal(c, p)
		}
	}
	run := slices.Clone(r.openings)
	run = append(run, m.addReliefs(p, certain)...)
	m.addStanding(run, at(famRestChange, p, 0, 0, 0), at(famRestHolds, p, 0, 0, 0),
		func(t int) []lit { return m.openingLits(p, t) },
		func(t int) lit { return m.open[p][t] })
}

// openingLits are one where a plant changes to operating in t.
func (m *Model) openingLits(p, t int) []lit {
	var out []lit
	for _, c := range []int32{m.state[p].up[t], m.state[p].reopen[t]} {
		if c >= 0 {
			out = append(out, lit{col: c})
		}
	}
	return out
}

// addReliefs adds a column for each way in which a plant can stand open without an opening that has a rest: never changed, or opened
// so early, or for so short, that nothing is left. They are claims of nothing.
func (m *Model) addReliefs(p int, certain float64) []claim {
	n, r := m.net, &m.rest.plant[p]
	if len(r.launches) == 0 {
		return nil // there is nothing to be lifted
	}
	var out []claim
	relief := func(t int) {
		c := claim{place: -1, t: t, col: m.col(at(famRestOld, p, 0, 0, t), 0, 0, 1)}
		r.relief = append(r.relief, c.col)
		out = append(out, c)
	}
	if st := n.c.Plants[p].InitialState; st == headroom.Operating || st == "" {
		relief(-1)
	}
	for t := range n.T {
		left := func(end float64) bool {
			return n.book.Unused(n.book.Start(t), min(end, n.book.Start(t)+n.c.Plants[p].ChangeYears())) > 0
		}
		if !m.opens(p, t) || left(certain) {
			continue
		}
		relief(t)
		col := out[len(out)-1].col
		var done [][2]int
		for _, k := range n.byPlant[p] {
			for u := range n.T {
				d := n.places[k].arr
				if n.option(k) < 0 || m.begin[d][u] == zero || !left(n.endOf(k, u)) || slices.Contains(done, [2]int{d, u}) {
					continue
				}
				done = append(done, [2]int{d, u})
				row := m.row(at(famRestDeal, p, -1-len(done), int(col), t), -lp.Inf, 1) // one for each beginning of a deal
				m.add(row, col, 1)
				m.addLit(row, m.begin[d][u], 1)
			}
		}
	}
	return out
}

// addMothballRests adds the columns of the mothballings of a plant. A mothballing holds while the plant does not operate.
func (m *Model) addMothballRests(p int) {
	n, run := m.net, m.rest.plant[p].mothballings
	for i := range run {
		c := &run[i]
		if m.skips(m.state[p].mothball[c.t]) {
			continue
		}
		c.col = m.col(at(famRestMoth, p, 0, 0, c.t), m.reward(c), 0, 1)
		r := m.row(at(famRestChange, p, 1, 0, c.t), -lp.Inf, 0)
		m.add(r, c.col, 1)
		m.add(r, m.state[p].mothball[c.t], -1)
	}
	for t := range n.T {
		r := -1
		for i := range run {
			if run[i].t > t || run[i].col < 0 {
				continue
			}
			if r < 0 {
				r = m.row(at(famRestHolds, p, 1, 0, t), -lp.Inf, 1)
				m.addLit(r, m.open[p][t], 1)
			}
			m.add(r, run[i].col, 1)
		}
	}
}
