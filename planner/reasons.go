package planner

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"headroom"
	"headroom/internal/stop"
	"headroom/lp"
)

// Limits of a search for reasons.
const (
	reasonTime   = time.Minute      // for all of it where Options.ReasonTime is 0
	reasonSolve  = 10 * time.Second // for one solve
	leastReason  = 5 * time.Second  // also where a plan is given less
	otherOrders  = 6                // further sets that are looked for, in the hope of one with fewer owners
	orderShare   = 4                // they are looked for in a fourth of the time
	fewRules     = 6                // of a larger set only the rules that somebody has set are asked
	mostMeasured = 12               // rules of a set that are asked by how much they would have to give way
)

// reasons looks for sets of rules of a case that cannot be kept together. What it knows of a case is the elastic programme: the
// programme of the case in which any choice of rules gives way (see lift).
type reasons struct {
	ctx    context.Context
	c      *headroom.Case
	solver lp.Solver
	o      Options
	until  time.Time
	limit  time.Duration

	banned map[string]bool // decisions whose cost means never
	rules  []headroom.Ref  // all that the case has, those that are choices first
	known  map[string]bool
	solves int
	flip   bool // solve with the next seed and the other presolve
	wrong  int  // times that a point was found of rules that were said to clash
	kept   bool // all rules can be kept
	one    bool // the first set found will do
}

func newReasons(ctx context.Context, c *headroom.Case, s lp.Solver, o Options, force int) (*reasons, error) {
	limit := o.ReasonTime
	if limit == 0 {
		limit = reasonTime
	}
	if o.Time > 0 {
		limit = min(limit, max(o.Time, leastReason))
	}
	o.MaxOutput, o.force = nil, force
	r := &reasons{ctx: ctx, c: c, solver: s, o: o, until: time.Now().Add(limit), limit: limit, known: map[string]bool{}}
	var err error
	if r.banned, err = bannedNames(ctx, c, o); err != nil {
		return nil, err
	}
	seen := map[headroom.Ref]bool{}
	for _, all := range []bool{true, false} { // some rules show only where they hold, some only where others give way
		m, err := r.build(&lift{all: all})
		if err != nil {
			return nil, err
		}
		for _, f := range m.net.lift.list {
			if !seen[f] {
				seen[f] = true
				r.rules = append(r.rules, f)
			}
		}
	}
	slices.SortStableFunc(r.rules, func(a, b headroom.Ref) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.String(), b.String()))
	})
	return r, nil
}

// build is the elastic programme of the case with what gives way.
func (r *reasons) build(l *lift) (*Model, error) {
	l.seen = map[headroom.Ref]bool{}
	return stop.Within(r.ctx, func() (*Model, error) {
		n := liftedNet(r.c, l)
		m, err := build(n, r.o)
		if err != nil {
			return nil, err
		}
		m.applyBans(r.banned)
		return m, nil
	})
}

// solve has an elastic programme solved: to find the least that must give way, or, free, only whether there is a point.
func (r *reasons) solve(keep []headroom.Ref, free bool) (*Model, *lp.Outcome, error) {
	l := &lift{keep: map[headroom.Ref]bool{}}
	for _, f := range keep {
		l.keep[f] = true
	}
	m, err := r.build(l)
	if err != nil {
		return nil, nil, err
	}
	p := m.Problem
	if free {
		p = p.WithObjective(p.Sense, make([]float64, p.Cols()), 0)
	}
	o := lp.Options{Gap: 1e-4, Time: min(reasonSolve, max(time.Until(r.until), 200*time.Millisecond)), Seed: max(1, r.o.Seed), Threads: max(1, r.o.Threads)}
	if r.flip {
		o.Seed, o.NoPresolve = o.Seed+1, true
	}
	r.solves++
	out, err := lp.Run(r.ctx, r.solver, p, o, lp.RunOptions{Gate: lp.GateOptions{Strictness: lp.Foreign}})
	return m, out, err
}

// clash reports whether rules cannot be kept together. What is not known counts as no.
func (r *reasons) clash(keep []headroom.Ref) (bool, error) {
	k := r.key(keep)
	if v, ok := r.known[k]; ok {
		return v, nil
	}
	if r.late() {
		return false, nil
	}
	_, out, err := r.solve(keep, true)
	if err != nil {
		return false, err
	}
	v := out.Status == lp.StatusInfeasible
	if v || out.X != nil {
		r.known[k] = v
	}
	return v, nil
}

func (r *reasons) late() bool { return r.ctx.Err() != nil || !time.Now().Before(r.until) }

// key names a set of rules, whatever their order.
func (r *reasons) key(keep []headroom.Ref) string {
	names := make([]string, len(keep))
	for i, f := range keep {
		names[i] = f.String()
	}
	slices.Sort(names)
	return strings.Join(names, "\x00")
}

// find is a set of rules that cannot be kept together and of which none can be left out, the one with the fewest owners among
// those found; nil where all rules can be kept, or where that is not known. Whole is false where time ran out before none could be
// left out.
func (r *reasons) find() (set []headroom.Ref, whole bool, err error) {
	bad, err := r.clash(r.rules)
	if err != nil || !bad {
		return nil, false, err
	}
	best, err := r.first()
	if err != nil {
		return nil, false, err
	}
	whole = !r.late()
	others := r.until.Add(-r.limit + r.limit/orderShare)
	for i := range otherOrders {
		if r.one || r.late() || time.Now().After(others) || r.owners(best) <= 1 || len(best) <= 2 {
			break
		}
		set, err := r.reduce(r.ordered(i, best))
		if err != nil {
			return nil, false, err
		}
		if !r.late() && cmp.Or(cmp.Compare(r.owners(set), r.owners(best)), cmp.Compare(len(set), len(best))) < 0 {
			best = set
		}
	}
	slices.SortStableFunc(best, func(a, b headroom.Ref) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.String(), b.String()))
	})
	return best, whole, nil
}

// ordered puts the rules into another order: those of one owner of a set first, facts behind choices, and every second time the
// last name first.
func (r *reasons) ordered(i int, set []headroom.Ref) []headroom.Ref {
	order := slices.Clone(r.rules)
	if i%2 == 1 {
		slices.Reverse(order)
	}
	var owners []string
	for _, f := range set {
		if o := r.owner(f); !slices.Contains(owners, o) {
			owners = append(owners, o)
		}
	}
	first := owners[i/2%len(owners)]
	slices.SortStableFunc(order, func(a, b headroom.Ref) int {
		return cmp.Compare(min(1, rank(a)/50)*2+less(r.owner(a) == first), min(1, rank(b)/50)*2+less(r.owner(b) == first))
	})
	return order
}

func less(first bool) int {
	if first {
		return 0
	}
	return 1
}

// owners is how many different orgs answer for the figures of a set.
func (r *reasons) owners(set []headroom.Ref) int {
	seen := map[string]bool{}
	for _, f := range set {
		seen[r.owner(f)] = true
	}
	return len(seen)
}

// reduce leaves rules out until none can be: whole tables and columns first, then rules, by halves. Rules that come first in the
// order are the last to be left out.
func (r *reasons) reduce(order []headroom.Ref) ([]headroom.Ref, error) {
	kinds := map[string][]headroom.Ref{}
	var names []string
	for _, f := range order {
		k := f.Table + "." + f.Column
		if kinds[k] == nil {
			names = append(names, k)
		}
		kinds[k] = append(kinds[k], f)
	}
	groups := make([][]headroom.Ref, len(names))
	for i, k := range names {
		groups[i] = kinds[k]
	}
	kept, err := r.halve(nil, nil, groups)
	if err != nil {
		return nil, err
	}
	single := make([][]headroom.Ref, 0, len(order))
	left := map[headroom.Ref]bool{}
	for _, g := range kept {
		for _, f := range g {
			left[f] = true
		}
	}
	for _, f := range order {
		if left[f] {
			single = append(single, []headroom.Ref{f})
		}
	}
	if kept, err = r.halve(nil, nil, single); err != nil {
		return nil, err
	}
	return slices.Concat(kept...), nil
}

// halve is what is needed of the groups, beside base, for a clash; added is what base was given last (the deletion filter by
// halves of Junker, QuickXplain, AAAI 2004).
func (r *reasons) halve(base, added []headroom.Ref, groups [][]headroom.Ref) ([][]headroom.Ref, error) {
	if len(added) > 0 {
		bad, err := r.clash(base)
		if err != nil || bad {
			return nil, err
		}
	}
	if len(groups) <= 1 {
		return groups, nil
	}
	first, second := groups[:len(groups)/2], groups[len(groups)/2:]
	one := slices.Concat(first...)
	late, err := r.halve(slices.Concat(base, one), one, second)
	if err != nil {
		return nil, err
	}
	two := slices.Concat(late...)
	early, err := r.halve(slices.Concat(base, two), two, first)
	if err != nil {
		return nil, err
	}
	return slices.Concat(early, late), nil
}

// conflict is a set that find has found and that is proved; nil where there is none, and then kept says whether all rules can be
// kept. Where the proof finds a point of the rules of a set, which is checked and no matter of belief, all is done again with the
// settings that found it: HiGHS 1.15.1 calls a problem infeasible now and then that is not, mostly in its presolve.
func (r *reasons) conflict() (set []headroom.Ref, whole bool, err error) {
	for range 2 {
		if set, whole, err = r.find(); err != nil {
			return nil, false, err
		}
		if set == nil {
			bad, known := r.known[r.key(r.rules)]
			r.kept = known && !bad
			return nil, false, nil
		}
		proved, contrary, err := r.proved(set)
		if err != nil || proved {
			return set, whole, err
		}
		if !contrary {
			return nil, false, nil
		}
		r.flip, r.known, r.until = !r.flip, map[string]bool{}, time.Now().Add(r.limit)
		r.wrong++
	}
	return nil, false, nil
}

// proved solves the rules of a set alone once more, with other settings, and reports whether they cannot be kept together, or,
// contrary, can.
func (r *reasons) proved(set []headroom.Ref) (proved, contrary bool, err error) {
	again := *r
	again.flip, again.until = !r.flip, time.Now().Add(2*reasonSolve)
	for range 2 {
		_, out, err := again.solve(set, true)
		if err != nil || out.Status == lp.StatusInfeasible || out.X != nil {
			return err == nil && out.Status == lp.StatusInfeasible, err == nil && out.X != nil, err
		}
		again.o.Seed = max(1, again.o.Seed) + 2 // its point lived on a tolerance, or time ran out
	}
	return false, false, nil
}

// least is the elastic programme with one rule of a set giving way, solved: by how much it must, in the periods in which it must.
// Beside it all other rules hold, or, where that is not possible, those of the set.
type least struct {
	known   bool
	alone   bool            // the other rules of the set hold, not all of the case
	periods map[int]float64 // period → vehicles, or what else the rule counts
	most    float64         // the largest of them
	in      int             // its period
	counts  bool            // it counts vehicles
}

// only is the one period in which the rule must give way, where it is one.
func (l *least) only() (t int, ok bool) {
	for t = range l.periods {
	}
	return t, len(l.periods) == 1
}

func (r *reasons) least(set []headroom.Ref, one headroom.Ref) (least, error) {
	for _, from := range [][]headroom.Ref{r.rules, set} {
		keep := slices.DeleteFunc(slices.Clone(from), func(f headroom.Ref) bool { return f == one })
		m, out, err := r.solve(keep, false)
		if err != nil {
			return least{}, err
		}
		if out.X == nil {
			continue
		}
		l := m.given(out.X, one)
		if out.Status != lp.StatusVerified { // the least is not known, only what it is not below
			l.most, l.known = 0, false
			if len(l.periods) == 1 && l.counts && out.Bound > 0 {
				l.most, l.known = out.Bound*m.VolumeUnit, true
			}
		}
		l.alone = len(from) == len(set) && len(set) < len(r.rules)
		return l, nil
	}
	return least{}, nil
}

// given is by how much a rule gives way at a point of an elastic programme.
func (m *Model) given(x []float64, one headroom.Ref) least {
	l := least{known: true, periods: map[int]float64{}, in: -1}
	seen := map[int32]bool{}
	vehicles := map[int]float64{}
	for i := range m.slacks {
		s := &m.slacks[i]
		if seen[s.col] || s.key.t < 0 || !slices.Contains(s.rules, one) {
			continue
		}
		seen[s.col] = true
		v, t := x[s.col], int(s.key.t)
		if s.sign < 0 {
			v = 1 - v
		}
		if v < 1e-6 {
			continue
		}
		l.periods[t] += v
		if s.counts() {
			vehicles[t] += v * m.VolumeUnit
		}
	}
	if len(vehicles) > 0 {
		l.counts, l.periods = true, vehicles
	}
	for t, v := range l.periods {
		if v > l.most || (v == l.most && t < l.in) {
			l.most, l.in = v, t
		}
	}
	return l
}

// counts reports whether a slack is a number of vehicles.
func (s *slack) counts() bool {
	switch s.key.fam {
	case famMaxVehicles, famMaxLines, famMaxLaunches, famMaxMothball, famMinOpen, famRequires, famAlloc, famLaunch, famWork, famChange,
		famOpen, famMoth, famUp, famReopen, famMothball, famClose, famCloseMoth:
		return false
	}
	return true
}
