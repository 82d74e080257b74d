package planner_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/internal/counted"
	"headroom/ledger"
)

// ofPeriod are the rules that a period has as a whole, so that a coarse plan need not keep them in each half.
var ofPeriod = []string{
	ledger.RuleMinVolume, ledger.RuleMinRate, ledger.RuleCommitment, ledger.RuleDealVolume, ledger.RuleQuota, ledger.RuleSiteCap,
	ledger.RuleDemand, ledger.RuleRegime,
}

// inHalves is a plan on the grid of halves with the decisions of a plan of whole periods.
func (w *world) inHalves(fine *headroom.Case, s *spread) *headroom.Plan {
	p := &headroom.Plan{}
	each := func(period string, do func(t, h int, id string, per headroom.Period)) {
		for t, c := range w.c.Periods {
			if c.ID == period {
				for h := range 2 {
					do(t, h, fine.Periods[2*t+h].ID, fine.Periods[2*t+h])
				}
			}
		}
	}
	for _, r := range w.p.States {
		each(r.Period, func(_, _ int, id string, _ headroom.Period) {
			p.States = append(p.States, headroom.StateRow{Plant: r.Plant, Period: id, State: r.State})
		})
	}
	w.allocsInHalves(fine, p, each)
	w.shiftsInHalves(fine, p, s, each)
	for _, r := range w.p.Outputs {
		each(r.Period, func(t, h int, id string, _ headroom.Period) {
			if r.Units = s.x[name(r.Vehicle, "/", r.Line, "/", r.Content, "/", t)][h]; r.Units > 1e-7 {
				q := r
				q.Period = id
				p.Outputs = append(p.Outputs, q)
			}
		})
	}
	for _, r := range w.p.Flows {
		each(r.Period, func(t, h int, id string, _ headroom.Period) {
			q := r
			q.Period, q.Units = id, s.flow[name(r.Vehicle, "/", r.Plant, "/", r.Market, "/", r.Regime, "/", r.Agreement, "/", t)][h]
			p.Flows = append(p.Flows, q)
		})
	}
	for _, r := range w.p.Losts {
		each(r.Period, func(t, h int, id string, _ headroom.Period) {
			q := r
			q.Period, q.Units = id, s.lost[name(r.Vehicle, "/", r.Market, "/", t)][h]
			p.Losts = append(p.Losts, q)
		})
	}
	for _, r := range w.p.Deals {
		from, to := w.dealDays(r.Deal)
		each(r.Period, func(_, _ int, id string, per headroom.Period) {
			if per.Overlap(from, to) == 0 {
				return
			}
			q := r
			q.Period, q.Units = id, 0
			for _, o := range p.Outputs {
				for _, k := range w.c.VehicleLines {
					if o.Period == id && k.Arrangement == r.Deal && o.Vehicle == k.Vehicle && o.Line == k.Line && o.Content == k.Content {
						q.Units += o.Units
					}
				}
			}
			p.Deals = append(p.Deals, q)
		})
	}
	return p
}

// allocsInHalves rewrites which places are used: from the half in which the launch must be on, where their dates have a day, or a lead
// is waited for.
func (w *world) allocsInHalves(fine *headroom.Case, p *headroom.Plan, each func(string, func(int, int, string, headroom.Period))) {
	f := &world{c: fine, p: w.p}
	for _, s := range w.sites() {
		launch, decided := w.launch(s)
		from := 2 * launch
		open := func(t int) bool {
			for day := fine.Periods[t].From; day <= fine.Periods[t].To; day = day.AddDays(1) {
				if w.dated(s, day) {
					return true
				}
			}
			return false
		}
		if launch >= 0 {
			begins := headroom.Date(0) // the first day that its dates let it build
			for day := w.c.Periods[launch].From; begins == 0 && day <= w.c.HorizonTo; day = day.AddDays(1) {
				if w.dated(s, day) {
					begins = day
				}
			}
			dealFrom := headroom.Date(0)
			if s.deal != "" && !w.fact(s.deal) && s.k.Lead == 0 {
				dealFrom, _ = w.dealDays(s.deal)
			}
			switch {
			case decided || s.k.Lead == 0:
				for from < len(fine.Periods)-1 && (!open(from) || fine.Periods[from].To < dealFrom) {
					from++
				}
			case f.lead(from+1, s.k.Lead) <= begins:
				from++
			}
		}
		for _, a := range w.p.Allocs {
			if a.Vehicle != s.k.Vehicle || a.Line != s.k.Line || a.Content != s.k.Content {
				continue
			}
			each(a.Period, func(t, h int, id string, per headroom.Period) {
				at := 2*t + h
				waiting := s.k.Lead > 0 && launch >= 0 && !decided && !open(at) && slices.ContainsFunc([]int{at}, func(int) bool {
					for u := at; u < len(fine.Periods); u++ {
						if open(u) {
							return true
						}
					}
					return false
				})
				if s.deal != "" && !w.fact(s.deal) {
					if a, b := w.dealDays(s.deal); per.Overlap(a, b) == 0 && !(s.k.Lead > 0 && per.To < a) {
						return
					}
				}
				if launch >= 0 && at < from || !open(at) && !waiting {
					return
				}
				q := a
				q.Period, q.Launch = id, launch >= 0 && at == from
				q.Committed = false
				for day := per.From; day <= per.To && s.k.CommittedUntil != 0; day = day.AddDays(1) {
					q.Committed = q.Committed || w.dated(s, day) && in(day, s.k.CommittedFrom, s.k.CommittedUntil)
				}
				p.Allocs = append(p.Allocs, q)
			})
		}
	}
}

// shiftsInHalves rewrites the patterns worked, where the line is there.
func (w *world) shiftsInHalves(fine *headroom.Case, p *headroom.Plan, s *spread, each func(string, func(int, int, string, headroom.Period))) {
	worked := map[string]string{}
	for _, r := range w.p.Shifts {
		var line *headroom.Line
		for i := range fine.Lines {
			if fine.Lines[i].ID == r.Line {
				line = &fine.Lines[i]
			}
		}
		each(r.Period, func(t, h int, id string, per headroom.Period) {
			share := per.Overlap(line.From, line.To)
			if share == 0 {
				return
			}
			q := r
			q.Period, q.Capacity, q.Overtime = id, w.capacity(line, r.Pattern)*per.Years()*share, s.over[name(r.Line, "/", t)][h]
			before, ok := worked[name(r.Line, "/", 2*t+h-1)]
			q.Changed = len(fine.ShiftPatterns) > 0 && (!ok || before != r.Pattern)
			if 2*t+h == 0 {
				q.Changed = line.InitialPattern != "" && line.InitialPattern != r.Pattern
			}
			worked[name(r.Line, "/", 2*t+h)] = r.Pattern
			p.Shifts = append(p.Shifts, q)
		})
	}
}

// rampsInHalves gives each place the ramp that its launch has on the fine grid: each step for as long as before.
func (w *world) rampsInHalves(fine *headroom.Case, p *headroom.Plan) {
	f := &world{c: fine, p: p}
	for i, s := range w.sites() {
		if len(s.k.Ramp) == 0 {
			continue
		}
		first := -1 // fine period in which the ramp begins
		fs := f.sites()[i]
		for t := range fine.Periods {
			if u, _ := f.launch(fs); first < 0 && u >= 0 && u <= t {
				fine.VehicleLines[i].Ramp = nil
				for day := fine.Periods[t].From; day <= fine.Periods[t].To && first < 0; day = day.AddDays(1) {
					if _, decided := f.launch(fs); f.dated(fs, day) && w.begun(s, day) && (decided || day >= f.lead(u, s.k.Lead)) {
						first = t
					}
				}
			}
		}
		for t := first; first >= 0 && t < len(fine.Periods); t++ {
			fine.VehicleLines[i].Ramp = append(fine.VehicleLines[i].Ramp, 100*w.ramp(s, t/2))
		}
	}
}

// dustWorth is what a hundred-thousandth of the dearest vehicle sells for: a volume below a millionth is no row of a plan, and half of
// one that is just above it is none.
func dustWorth(c *headroom.Case) float64 {
	most := 0.0
	for _, d := range c.Demands {
		most = max(most, d.PriceNet.Or(0))
	}
	return 1e-5 * most
}

// reopenedIdle reports whether a plant is operating in the period in which it was mothballed for too long: it has reopened and does not
// build yet.
func reopenedIdle(p *headroom.Plan, x ledger.Violation) bool {
	return slices.ContainsFunc(p.States, func(s headroom.StateRow) bool {
		return s.Plant == x.Key && s.Period == x.Period && s.State == headroom.Operating
	})
}

// TestCountedSplitLaw: a plan of whole periods, its decisions held, is a plan of half-periods: the ledger passes it, with the same cash of
// everybody by account and the same value at no discount. Where no limit of a whole period falls unevenly over its halves, the
// optimum of the finer grid is worth no less.
func TestCountedSplitLaw(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries, done, level, finer := counted.N(40, 500), 0, 0, 0
	for done < tries {
		seed := rng.IntN(1 << 30)
		c := cases().Example(seed)
		even(c)
		solved()
		p, err := answer.Plan(t.Context(), c, mustSolver(t), tight())
		if err != nil {
			t.Fatalf("case %d: %v", seed, err)
		}
		if p.Status == headroom.StatusDisputed || p.Status == headroom.StatusTolerance {
			t.Fatalf("case %d: %s %s", seed, p.Status, p.Why)
		}
		if p.Status != headroom.StatusVerified {
			continue
		}
		done++
		even, better := split(t, seed, c, p)
		if even {
			level++
		}
		if better {
			finer++
		}
	}
	counted.Report(t, "periods cut in two", done, tries, "keep yearly totals and value with the decisions held")
	t.Logf("in %d of them no limit of a whole period falls unevenly; the finer grid is worth more in %d", level, finer)
}

// split checks the law for one plan. even says that every rule holds in each half; better that the finer grid is worth more.
func split(t *testing.T, seed int, c *headroom.Case, p *headroom.Plan) (even, better bool) {
	t.Helper()
	w := &world{c: c, p: p}
	s := &spread{x: map[string][2]float64{}, flow: map[string][2]float64{}, lost: map[string][2]float64{}, over: map[string][2]float64{}}
	for per := range c.Periods {
		if !w.live(t, s, per) {
			t.Fatalf("case %d: what is built in %s finds no room on the days on which it can be built", seed, c.Periods[per].ID)
		}
	}
	fine := halved(c)
	q := w.inHalves(fine, s)
	w.rampsInHalves(fine, q)
	even = s.uneven < 1e-4
	for _, x := range ledger.Check(fine, q) {
		if strings.Contains(x.Note, "which it requires") {
			even = false // a deal that another requires is asked for by the period
			continue
		}
		if x.Rule == ledger.RuleMaxMothball && reopenedIdle(q, x) {
			even = false // a plant that reopens counts as mothballed by whole periods until it builds
			continue
		}
		if even || !slices.Contains(ofPeriod, x.Rule) || strings.Contains(x.Note, "committed and not") {
			t.Fatalf("case %d, uneven %g: in halves %v", seed, s.uneven, x)
		}
	}
	whole, err := ledger.Compute(c, p)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := ledger.Compute(fine, q)
	if err != nil {
		t.Fatalf("case %d: %v", seed, err)
	}
	sum := map[string]float64{}
	for _, r := range whole.Cash {
		sum[name(r.Org, " ", r.Account)] += r.Amount
	}
	for _, r := range cut.Cash {
		sum[name(r.Org, " ", r.Account)] -= r.Amount
	}
	for key, x := range sum {
		if math.Abs(x) > 1e-6*scale(p)+dustWorth(c) {
			t.Fatalf("case %d: %s differs by %g in halves", seed, key, x)
		}
	}
	if math.Abs(whole.NPV-cut.NPV) > 1e-6*scale(p)+dustWorth(c) {
		t.Fatalf("case %d: value %.12g, in halves %.12g", seed, whole.NPV, cut.NPV)
	}
	if !even {
		return even, false
	}
	solved()
	f, err := answer.Plan(t.Context(), fine, mustSolver(t), tight())
	if err != nil {
		t.Fatal(err)
	}
	if f.Status != headroom.StatusVerified || f.Value < p.Value-slack*scale(p) {
		if provedWrong(t, fine, tight(), f) {
			dispute("%s: case %d: value %.12g, of half-periods %s %.12g", t.Name(), seed, p.Value, f.Status, f.Value)
			return even, false
		}
		t.Fatalf("case %d: value %.12g, of half-periods %s %.12g", seed, p.Value, f.Status, f.Value)
	}
	return even, f.Value > p.Value+slack*scale(p)
}
