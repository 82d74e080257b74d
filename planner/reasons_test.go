package planner

import (
	"context"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/highs"
	"headroom/internal/counted"
	"headroom/lp"
)

// CaseExample makes a small random case; the tests outside this package set it.
var CaseExample func(seed int) *headroom.Case

// drawer is a source of random numbers.
type drawer interface{ IntN(n int) int }

func mustReasons(t *testing.T, c *headroom.Case) *reasons {
	t.Helper()
	s, _, err := highs.Find(highs.Auto, highs.Config{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := newReasons(context.Background(), c, s, Options{Seed: 1}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestFamiliesDeclared: every family of rows either is a rule of the case, with the columns that it comes from, or is declared to be
// none; and the words know every column.
func TestFamiliesDeclared(t *testing.T) {
	t.Parallel()
	for f := famLineTime; int(f) < len(familyNames); f++ {
		_, rule := yields[f]
		if rule == slices.Contains(definitions, f) {
			t.Errorf("the family %s must be in yields or in definitions", familyNames[f])
		}
	}
	for f, columns := range yields {
		for _, c := range columns {
			if ruleKinds[c].rank == 0 {
				t.Errorf("%s of the family %s has no words", c, familyNames[f])
			}
		}
	}
}

// TestCountedElastic: with every rule giving way there is always a plan; each row of a family that is a rule has its slack; a
// programme with more rules in force never has a point where one with fewer has none; and with all in force it is the plan's own.
func TestCountedElastic(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries := counted.N(60, 2000)
	infeasible, wrong := 0, 0
	for range tries {
		seed := rng.IntN(1 << 30)
		c := CaseExample(seed)
		if rng.IntN(2) == 0 {
			tighten(c, rng)
		}
		r := mustReasons(t, c)
		m, out, err := r.solve(nil, true)
		if err != nil || out.X == nil {
			t.Fatalf("case %d: no plan where every rule gives way: %v %+v", seed, err, out)
		}
		slackRows(t, seed, m)
		bad, err := r.clash(r.rules)
		if err != nil {
			t.Fatal(err)
		}
		own, err := Build(t.Context(), c, Options{})
		if err != nil {
			t.Fatal(err)
		}
		zero := own.Problem.WithObjective(lp.Minimize, make([]float64, own.Problem.Cols()), 0)
		plain, err := lp.Run(t.Context(), r.solver, zero, lp.Options{Seed: 1}, lp.RunOptions{Gate: lp.GateOptions{Strictness: lp.Foreign}})
		if err != nil || (plain.X == nil) != bad {
			t.Fatalf("case %d: the plan's own programme is %v, the elastic one with all rules in force clashes: %v (%v)", seed, plain.Status, bad, err)
		}
		if bad {
			infeasible++
		}
		few := random(rng, r.rules)
		more := slices.Concat(few, random(rng, r.rules))
		a, err1 := r.clash(few)
		b, err2 := r.clash(more)
		if a && !b { // either the solver is wrong of one of the two, or more rules have more plans
			proved, contrary, err := r.proved(few)
			if err == nil && contrary {
				wrong++
				continue
			}
			t.Fatalf("case %d: %v clash (proved %v, %v), and %v do not", seed, few, proved, err, more)
		}
		if err1 != nil || err2 != nil {
			t.Fatalf("case %d: %v clash, and more rules do not: %v (%v %v)", seed, few, more, err1, err2)
		}
	}
	counted.Report(t, "elastic programmes", tries, tries, "hold")
	t.Logf("%d cases have no plan; of %d the solver said so wrongly in its first solve", infeasible, wrong)
}

// TestTargetWords: what a target asks for is that of the one period in which it clashes, whatever is known of by how much.
func TestTargetWords(t *testing.T) {
	t.Parallel()
	c := roomy(counted.Fixed())
	c.Periods = []headroom.Period{
		{ID: "long", From: headroom.NewDate(2026, 1, 1), To: headroom.NewDate(2027, 12, 31)},
		{ID: "year", From: headroom.NewDate(2028, 1, 1), To: headroom.NewDate(2028, 12, 31)},
	}
	addTarget(c, "g", "A", "*", "min", 5000)
	r := &reasons{c: c}
	for _, in := range []int{-1, 0, 1} {
		got := r.words(ref(tabTarget, "g:*", colValue), least{periods: map[int]float64{1: 1}, in: in})
		if want := "target g asks for 5,000 vehicles"; got != want {
			t.Errorf("in %d: %q, want %q", in, got, want)
		}
	}
}

// tighten makes a plan less likely: a hard target, or a higher minimum.
func tighten(c *headroom.Case, rng drawer) {
	for i := range c.Targets {
		c.Targets[i].Hard = true
	}
	for i := range c.Terms {
		if c.Terms[i].Kind == headroom.MinVolume && rng.IntN(2) == 0 {
			c.Terms[i].Value *= 4
		}
	}
	for i := range c.Demands {
		if rng.IntN(4) == 0 {
			c.Demands[i].MinService = 80
		}
	}
	for i := range c.VehicleLines {
		if k := &c.VehicleLines[i]; rng.IntN(3) == 0 && k.CommittedUntil != 0 {
			k.MinRun = 95
		}
	}
}

func random(rng drawer, rules []headroom.Ref) []headroom.Ref {
	var out []headroom.Ref
	for _, f := range rules {
		if rng.IntN(2) == 0 {
			out = append(out, f)
		}
	}
	return out
}

// slackRows: every row of a family that is a rule of the case gives way in the programme in which all do.
func slackRows(t *testing.T, seed int, m *Model) {
	t.Helper()
	has := map[key]bool{}
	for _, s := range m.slacks {
		if !s.row {
			continue
		}
		has[s.key] = true
		for _, f := range s.rules {
			if !slices.Contains(yields[s.key.fam], f.Table+"."+f.Column) && f.Table+"."+f.Column != "plant.use" {
				t.Fatalf("case %d: the row %s gives way with %s, which its family does not name", seed, m.name(s.key), f)
			}
		}
	}
	for _, k := range m.rowKeys {
		if _, rule := yields[k.fam]; !rule || has[k] || k.fam == famLink || k.fam == famDemand {
			continue
		}
		if k.fam == famTarget && !m.net.c.Targets[k.a].Hard {
			continue
		}
		t.Fatalf("case %d: the row %s does not give way", seed, m.name(k))
	}
}

// TestCountedSets: a set that is named cannot be kept by itself, can be without any of its rules, and names no row of a programme.
func TestCountedSets(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	tries, done, wrong := counted.N(8, 300), 0, 0
	for done < tries {
		seed := rng.IntN(1 << 30)
		c := CaseExample(seed)
		tighten(c, rng)
		r := mustReasons(t, c)
		set, whole, err := r.conflict()
		wrong += r.wrong
		if err != nil {
			t.Fatal(err)
		}
		if set == nil {
			continue
		}
		done++
		if ok, _, err := r.proved(set); err != nil || !ok || !whole {
			t.Fatalf("case %d: %v is not proved: %v, whole %v", seed, set, err, whole)
		}
		for _, f := range set {
			rest := slices.DeleteFunc(slices.Clone(set), func(g headroom.Ref) bool { return g == f })
			if bad, err := r.clash(rest); err != nil || bad {
				t.Fatalf("case %d: %v clashes without %s too (%v)", seed, set, f, err)
			}
		}
		causes, err := r.causes(set, whole)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range causes {
			if strings.ContainsAny(e.Text, "[]") || strings.Contains(e.Text, "NaN") || strings.Contains(e.Text, "%!") || e.Text == "" {
				t.Fatalf("case %d: %q", seed, e.Text)
			}
		}
	}
	counted.Report(t, "sets of rules", done, tries, "proved by themselves and irreducible")
	t.Logf("the solver called %d sets infeasible that are not", wrong)
}
