package audit

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"headroom"
	"headroom/reading"
)

// ledgerOf draws a ledger in which everything is right: makers, models, what is exported and what stays, months, shares, changes,
// amounts in several currencies, rounded prints of some figures, and deals that move on.
type ledgerOf struct {
	t *rapid.T
	b strings.Builder
	n int
}

// claim adds a line for mustClaims.
func (l *ledgerOf) claim(subject, quantity string, value any, unit, period string, more ...string) {
	l.n++
	status := rapid.SampledFrom([]string{"official", "confirmed", "reported", "estimate"}).Draw(l.t, "status")
	fmt.Fprintf(&l.b, "C-%d | %s | %s | %v %s | %s | %s", l.n, subject, quantity, value, unit, period, status)
	for _, m := range more {
		l.b.WriteString(" | " + m)
	}
	l.b.WriteString("\n")
}

// any draws a whole number.
func (l *ledgerOf) any(from, to int, label string) int {
	return rapid.IntRange(from, to).Draw(l.t, label)
}

// year adds all that is known of one year, and returns its cars.
func (l *ledgerOf) year(year, before int) int {
	y := strconv.Itoa(year)
	cars, notes := 0, ""
	for i := range l.any(1, 5, "makers") {
		maker, sum := fmt.Sprintf("Maker %c", 'A'+i), 0
		for j := range l.any(0, 3, "models") {
			n := l.any(1000, 300000, "model")
			sum += n
			l.claim(fmt.Sprintf("%s: Type %c", maker, 'P'+j), "cars built", n, "vehicles", y)
			notes += fmt.Sprintf("+%d", n)
		}
		if sum == 0 {
			sum = l.any(1000, 600000, "maker")
			notes = ""
		}
		note := "note=" + strings.TrimPrefix(notes, "+")
		l.claim(maker, "cars built", sum, "vehicles", y, note)
		if rounded := math.Round(float64(sum)/1000) * 1000; sum > 20000 {
			l.claim(maker, "output of cars", rounded, "vehicles", y, "note=rounded")
		}
		cars, notes = cars+sum, ""
	}
	rest := l.any(1, 50000, "rest")
	l.claim("other UK car makers", "cars built", rest, "vehicles", y)
	cars += rest
	cvs, home := l.any(100, 200000, "cvs"), l.any(1, cars-1, "home")
	change := "note=as printed"
	if before > 0 {
		change = fmt.Sprintf("note=%+.1f%%", 100*(float64(cars)/float64(before)-1))
	}
	l.claim("UK vehicle production", "passenger cars built", cars, "vehicles", y, change)
	l.claim("UK vehicle production", "commercial vehicles built", cvs, "vehicles", y)
	l.claim("UK vehicle production", "all vehicles built", cars+cvs, "vehicles", y, fmt.Sprintf("note=cars %d; CVs %d", cars, cvs))
	l.claim("UK car exports", "cars exported", cars-home, "vehicles", y, fmt.Sprintf("note=%.1f%% of output; home market %d", 100*float64(cars-home)/float64(cars), home))
	l.claim("UK car exports", "share of car output exported", fmt.Sprintf("%.1f", 100*float64(cars-home)/float64(cars)), "% of car output", y)
	l.claim("UK car output for home market", "cars built for UK buyers", home, "vehicles", y)
	h1 := l.any(1, cars+cvs-1, "half")
	l.claim("UK vehicle production", "all vehicles built, first half", h1, "vehicles", y+"-01.."+y+"-06")
	l.claim("UK vehicle production", "all vehicles built, second half", cars+cvs-h1, "vehicles", y+"-07.."+y+"-12")
	return cars
}

// money adds one amount in three currencies with the rates of a day.
func (l *ledgerOf) money(year int) {
	day := fmt.Sprintf("%d-03-%02d", year, l.any(1, 28, "day"))
	cny, usd := float64(l.any(80000, 110000, "cny"))/1e4, float64(l.any(11000, 15000, "usd"))/1e4
	l.claim("parity", "CNY per GBP", fmt.Sprintf("%.4f", cny), "CNY per GBP", day)
	l.claim("parity", "USD per GBP", fmt.Sprintf("%.4f", usd), "USD per GBP", day)
	l.claim("cross rate", "CNY per USD", fmt.Sprintf("%.4f", cny/usd), "CNY per USD", day, "source=ours")
	gbp := float64(l.any(1000, 9999, "gbp"))
	l.claim("a loss", "loss", gbp, "GBP m", strconv.Itoa(year))
	l.claim("a loss", "loss", fmt.Sprintf("%.2f", gbp*cny/1000), "CNY bn", strconv.Itoa(year))
	l.claim("a loss", "loss", fmt.Sprintf("%.0f", gbp*usd), "USD m", strconv.Itoa(year))
}

// TestAuditLaw: a ledger in which everything is right has no conflict, and many checks hold.
func TestAuditLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := &ledgerOf{t: t}
		cars := 0
		for i := range l.any(1, 3, "years") {
			cars = l.year(2021+i, cars)
			l.money(2021 + i)
		}
		a := CrossCheck(mustClaims(t, l.b.String()))
		if len(a.Conflicts) > 0 {
			t.Fatalf("%s: %v: %s\n%s", a.Conflicts[0].Kind, a.Conflicts[0].Claims, a.Conflicts[0].Message, l.b.String())
		}
		if len(a.Held) < 12 {
			t.Fatalf("only %d checks were made", len(a.Held))
		}
	})
}

// FuzzAudit: no claim makes the checks fail, whatever it says.
func FuzzAudit(f *testing.F) {
	f.Add("UK car exports", "share of car output exported", "78.8", "% of car output", "-8.0%; 209 in 2024; cars 385,810; 1/0 + 3 - 4 x 5; sum of 7.5 and 2.5; = about 5 cars", "2024")
	f.Add("A group: B", "capacity", "100,5446", "GBP m", "utilisation 36%; matches SMMT 775,014; 100% of 0; 29% of 45,000", "late 2024")
	f.Fuzz(func(t *testing.T, subject, quantity, value, unit, note, period string) {
		c := mustClaims(t, "UK | UK vehicle production | passenger cars built | 717371 vehicles | 2024 | official")
		x := headroom.Claim{ID: "X", Kind: headroom.KindQuantity, Subject: subject, Quantity: quantity, Value: value, Unit: unit, Note: note, Period: period, Region: "UK", Status: "reported"}
		x.PeriodFrom, _ = headroom.ParseDate(period, false)
		x.PeriodTo, _ = headroom.ParseDate(period, true)
		y := x
		y.ID, y.Kind = "Y", headroom.KindEvent
		z := x
		z.ID, z.Region = "Z", period
		c.Claims = append(c.Claims, x, y, z)
		for _, k := range CrossCheck(c).Conflicts {
			if len(k.Claims) == 0 || k.Chosen == "" || k.Rule == "" || k.Message == "" {
				t.Fatalf("an empty conflict: %+v", k)
			}
		}
	})
}

// TestChooseLaw: the choice does not depend on the order of the claims.
func TestChooseLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := &ledgerOf{t: t}
		for range l.any(1, 6, "claims") {
			source := rapid.SampledFrom([]string{"law", "stat", "paper", "blog", "ours"}).Draw(t, "source")
			l.claim("x", "y", l.any(1, 99999, "value"), "cars", "2025", "source="+source, fmt.Sprintf("asof=2026-01-%02d", l.any(1, 28, "day")))
		}
		c := mustClaims(t, l.b.String())
		sources := map[string]headroom.Source{}
		for _, s := range c.Sources {
			sources[s.ID] = s
		}
		got, rule := Choose(c.Claims, sources)
		mixed := rapid.Permutation(c.Claims).Draw(t, "order")
		if again, r := Choose(mixed, sources); again.ID != got.ID || r != rule {
			t.Fatalf("%s (%s) in one order, %s (%s) in another", got.ID, rule, again.ID, r)
		}
		if only, _ := Choose([]headroom.Claim{got}, sources); only.ID != got.ID {
			t.Fatalf("chose %s of %s alone", only.ID, got.ID)
		}
	})
}

// TestAuditFindsLaw: in a right ledger one figure that is the whole of known parts is made wrong by a tenth, and found.
func TestAuditFindsLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := &ledgerOf{t: t}
		l.year(2024, 0)
		c := mustClaims(t, l.b.String())
		var wholes []int
		for i, cl := range c.Claims {
			if cl.Subject == "UK vehicle production" || cl.Subject == "UK car exports" || cl.Subject == "UK car output for home market" {
				wholes = append(wholes, i)
			}
		}
		i := rapid.SampledFrom(wholes).Draw(t, "wrong")
		cl := &c.Claims[i]
		v, _ := reading.Plainly(cl.Value)
		if cl.Unit == "vehicles" {
			cl.Value = fmt.Sprint(int(v*1.1) + 1007)
		} else {
			cl.Value = fmt.Sprintf("%.1f", v*1.1+1)
		}
		a := CrossCheck(c)
		for _, x := range a.Conflicts {
			for _, id := range x.Claims {
				if id == cl.ID {
					return
				}
			}
		}
		t.Fatalf("%s %s = %s was not found among %v", cl.ID, cl.Quantity, cl.Value, found(a))
	})
}
