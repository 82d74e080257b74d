package check

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"headroom"
)

// rateAgreement is by how much exchange rates that say the same may differ: the spread of two prints of a day.
const rateAgreement = 0.005

// rates compares exchange rates that say the same: both ways of a pair, and the three sides of a triangle, in each period.
func (k *checker) rates() {
	var ccys []string
	for _, f := range k.c.FXRates {
		ccys = append(ccys, f.From, f.To)
	}
	slices.Sort(ccys)
	ccys = slices.Compact(ccys)
	told := map[string]bool{}
	for _, p := range k.c.Periods {
		for i, a := range ccys {
			for j, b := range ccys[i+1:] {
				there, back := k.rate(a, b, p.ID), k.rate(b, a, p.ID)
				if there != nil && back != nil {
					k.disagree(told, p.ID, there.Rate*back.Rate, there, back)
				}
				for _, c := range ccys[i+1+j+1:] {
					ab, x := k.side(a, b, p.ID)
					bc, y := k.side(b, c, p.ID)
					ca, z := k.side(c, a, p.ID)
					if ab != nil && bc != nil && ca != nil {
						k.disagree(told, p.ID, x*y*z, ab, bc, ca)
					}
				}
			}
		}
	}
}

// rate is the row that changes one currency into another in a period, nil for none.
func (k *checker) rate(from, to, period string) *headroom.FXRate {
	var found *headroom.FXRate
	for i := range k.c.FXRates {
		f := &k.c.FXRates[i]
		if f.From != from || f.To != to || f.Rate <= 0 {
			continue
		}
		if f.Period == period {
			return f
		}
		if f.Period == "*" {
			found = f
		}
	}
	return found
}

// side is the rate from one currency to another by the row that counts: of the period before that of every period, and the way
// to the base currency before the way back.
func (k *checker) side(from, to, period string) (*headroom.FXRate, float64) {
	there, back := k.rate(from, to, period), k.rate(to, from, period)
	own := func(f *headroom.FXRate) bool { return f.Period == period }
	switch {
	case there == nil && back == nil:
		return nil, 0
	case back == nil:
		return there, there.Rate
	case there == nil:
		return back, 1 / back.Rate
	case own(there) != own(back):
		if own(back) {
			return back, 1 / back.Rate
		}
		return there, there.Rate
	case from == k.c.BaseCurrency:
		return back, 1 / back.Rate
	}
	return there, there.Rate
}

// disagree reports rates whose product round a circle is not one.
func (k *checker) disagree(told map[string]bool, period string, round float64, rows ...*headroom.FXRate) {
	if off := math.Abs(round - 1); off <= rateAgreement+1e-9 {
		return
	}
	slices.SortFunc(rows, func(a, b *headroom.FXRate) int { return cmp.Compare(a.Key(), b.Key()) })
	var keys, say, used []string
	for _, f := range rows {
		keys = append(keys, f.Key())
		say = append(say, f.From+" to "+f.To+" "+number(f.Rate)+" ("+k.c.Place("fx_rate", f.Key(), "rate").String()+")")
		for _, ccy := range []string{f.From, f.To} {
			if row, _ := k.side(ccy, k.c.BaseCurrency, period); ccy != k.c.BaseCurrency && row == f {
				used = append(used, f.From+" to "+f.To)
			}
		}
	}
	key := strings.Join(keys, " ")
	if told[key] {
		return
	}
	told[key] = true
	what := "none of them is used"
	if len(used) > 0 {
		what = "used: " + strings.Join(slices.Compact(used), ", ")
	}
	k.warn(headroom.CodeDisputedRate, "fx_rate", rows[0].Key(), "rate", "correct one, or delete it",
		"the rates of %s contradict each other by %s %%: %s; %s", period, number(math.Round(1000*math.Abs(round-1))/10), strings.Join(say, ", "), what)
}
