package ledger

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/internal/counted"
)

// closeTo reports whether two amounts agree to a billionth of the largest that they are made of.
func closeTo(a, b, size float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, size) }

// TestCountedRestOfUndone: whatever is dropped, undone or sold has no rest, and of what stands as much comes back as the page
// says: the ledger against the section, worked out once more, over random cases and plans.
func TestCountedRestOfUndone(t *testing.T) {
	t.Parallel()
	want := counted.N(500, 5000)
	r, seed := counted.New(t)
	undone, stands, cut, corners := 0, 0, 0, 0
	for i := range want {
		c, p := draw(r, i%2 == 0, 0, 4, 12)
		l, err := Compute(c, p)
		if err != nil {
			t.Fatalf("case %d of seed %d: %v", i, seed, err)
		}
		g := newPage(c, p)
		rows, largest := g.rows()
		if why := differ(l.Rests, rows); why != "" {
			t.Fatalf("case %d of seed %d: %s", i, seed, why)
		}
		sum, size := 0.0, 0.0
		for _, x := range l.Rests {
			sum += x.Back
			size += math.Abs(x.Paid)
			if x.Rest != 0 {
				stands++
			}
			if x.Back < x.Rest*(1-1e-9) {
				cut++
			}
			undoneRow(t, c, p, &x)
		}
		if !closeTo(sum, left(l, ""), size) {
			t.Fatalf("case %d of seed %d: the cash has %g, the rows %g", i, seed, left(l, ""), sum)
		}
		if !math.IsNaN(largest) {
			corners++
			if math.Abs(sum-largest) > 1e-7*math.Max(1, size) {
				t.Fatalf("case %d of seed %d: %.6f comes back, and as much as %.6f could", i, seed, sum, largest)
			}
		}
		undone += changesMade(c, p) - len(l.Rests)
	}
	if undone == 0 || stands == 0 || cut == 0 {
		t.Errorf("%d changes undone, %d rests, %d of them cut: the cases show too little", undone, stands, cut)
	}
	t.Logf("%d changes were undone or cost nothing; %d had a rest, of which %d were cut by what is earned; the largest sum was found by corners in %d cases", undone, stands, cut, corners)
	counted.Report(t, "no rest of what is dropped, undone or sold", want, want, "cases agree with the page")
}

// differ says how two lists of rows differ, "" where they agree.
func differ(got, want []headroom.RestRow) string {
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) {
			return rowsText(got, want)
		}
		a, b := got[i], want[i]
		if !closeTo(a.Paid, b.Paid, math.Abs(b.Paid)) || !closeTo(a.Rest, b.Rest, math.Abs(b.Paid)) || math.Abs(a.Back-b.Back) > 1e-8*math.Max(1, math.Abs(b.Paid)) ||
			!closeTo(a.Years, b.Years, b.Years) {
			return rowsText(got, want)
		}
		a.Paid, a.Rest, a.Back, a.Years = b.Paid, b.Rest, b.Back, b.Years
		if a != b {
			return rowsText(got, want)
		}
	}
	return ""
}

// rowsText shows two lists of rows.
func rowsText(got, want []headroom.RestRow) string {
	s := "the ledger has"
	for _, r := range got {
		s += fmt.Sprintf("\n\t%+v", r)
	}
	s += "\nthe page"
	for _, r := range want {
		s += fmt.Sprintf("\n\t%+v", r)
	}
	return s
}

// undoneRow looks at one row by itself: nothing comes back of a place that is not used to the end, of an opening of a plant that
// does not operate to the end, of anything in a plant that is shut, nor of more than was paid.
func undoneRow(t *testing.T, c *headroom.Case, p *headroom.Plan, r *headroom.RestRow) {
	t.Helper()
	if math.Abs(r.Back) > math.Abs(r.Rest)*(1+1e-12) || math.Abs(r.Rest) > math.Abs(r.Paid)*(1+1e-12) {
		t.Errorf("more comes back than was paid: %+v", r)
	}
	after := false
	for _, per := range c.Periods {
		after = after || per.ID == r.Period
		if !after || r.Back == 0 {
			continue
		}
		s := stateOf(p, r.Plant, per.ID)
		switch r.Change {
		case headroom.ChangeLaunch:
			used := slices.ContainsFunc(p.Allocs, func(a headroom.AllocRow) bool {
				return a.Vehicle == r.Vehicle && a.Line == r.Line && a.Content == r.Content && a.Period == per.ID
			})
			if !used {
				t.Errorf("not used in %s: %+v", per.ID, r)
			}
			if per == c.Periods[len(c.Periods)-1] && s != headroom.Operating {
				t.Errorf("the plant is %s at the end: %+v", s, r)
			}
		case headroom.ChangeOpening:
			if s != headroom.Operating {
				t.Errorf("the plant is %s in %s: %+v", s, per.ID, r)
			}
		case headroom.ChangeMothballing:
			if s != headroom.Mothballed && s != headroom.Closed {
				t.Errorf("the plant is %s in %s: %+v", s, per.ID, r)
			}
		default:
			if s != headroom.Closed {
				t.Errorf("the plant is %s in %s: %+v", s, per.ID, r)
			}
		}
	}
}

// changesMade is how many changes of state and launches a plan has.
func changesMade(c *headroom.Case, p *headroom.Plan) int {
	n := 0
	for _, a := range p.Allocs {
		if a.Launch {
			n++
		}
	}
	for _, q := range c.Plants {
		before := q.InitialState
		for _, t := range c.Periods {
			if s := stateOf(p, q.ID, t.ID); s != before {
				before = s
				n++
			}
		}
	}
	return n
}

// TestCountedGrid: the yearly plan, rewritten on half-years, quarters and months and booked again, has the same totals in each
// year, owner by owner and account by account, and the same value at no discounting; where windows begin and end with calendar
// years the value at a rate r is the same within r(1−D)/2 of the money that is paid once and r²(1−D²)/24 of all, D the part of a
// year.
func TestCountedGrid(t *testing.T) {
	t.Parallel()
	want := counted.N(200, 2000)
	r, seed := counted.New(t)
	worst := 0.0
	for i := range want {
		dated := i%2 == 0
		rates := []float64{0}
		if !dated {
			rates = []float64{0, 3, 8, 15}
		}
		c, p := draw(r, dated, rates...)
		yearly := mustCompute(t, c, p)
		for _, per := range []int{2, 4, 12} {
			fc, fp := refine(c, p, per)
			fine := mustCompute(t, fc, fp)
			once, all := moneyOf(yearly)
			if why := sameYears(byYear(c, yearly), byYear(fc, fine), once+all, c.DiscountRate == 0); why != "" {
				t.Fatalf("case %d of seed %d on %d parts: %s", i, seed, per, why)
			}
			rate, d := c.DiscountRate/100, 1/float64(per)
			limit := rate*(1-d)/2*once + rate*rate*(1-d*d)/24*all
			gap := math.Abs(fine.NPV - yearly.NPV)
			if gap > limit+1e-9*(once+all+1) {
				t.Fatalf("case %d of seed %d on %d parts: NPV %.6f, by years %.6f: %.6f apart, at most %.6f", i, seed, per, fine.NPV, yearly.NPV, gap, limit)
			}
			if limit > 0 {
				worst = math.Max(worst, gap/limit)
			}
		}
	}
	t.Logf("the largest difference was %.0f %% of what it may be", 100*worst)
	counted.Report(t, "a yearly plan on half-years, quarters and months", want, want, "plans have the same totals and value")
}

// moneyOf adds up the discounted money of a ledger, whatever its sign: what is paid once, and what goes on.
func moneyOf(l *Ledger) (once, all float64) {
	factor := map[string]float64{}
	for _, d := range l.Discounts {
		factor[d.Period] = d.Factor
	}
	for _, r := range l.Cash {
		x := math.Abs(r.Amount) * factor[r.Period]
		switch r.Account {
		case headroom.AccRetooling, headroom.AccSeverance, headroom.AccMothballing, headroom.AccClosing, headroom.AccReopening, headroom.AccPatternChange:
			once += x
		case headroom.AccTerminal:
		default:
			all += x
		}
	}
	for _, r := range l.Rests {
		if r.Change == headroom.ChangeSale || r.Change == headroom.ChangeClosing { // they are one account, in which they meet
			once += math.Abs(r.Paid)
		}
	}
	return once, all
}

// sameYears says how the totals of years differ, "" where they agree; what is left after the horizon, a present value, counts
// where there is no discounting.
func sameYears(a, b map[string]float64, size float64, rest bool) string {
	for _, m := range []map[string]float64{a, b} {
		for k := range m {
			if strings.Contains(k, headroom.TerminalPeriod) && !rest {
				continue
			}
			if math.Abs(a[k]-b[k]) > 1e-9*math.Max(1, size) {
				return fmt.Sprintf("%s is %.6f by years and %.6f by parts", k, a[k], b[k])
			}
		}
	}
	return ""
}
