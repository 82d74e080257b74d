package check

import (
	"fmt"

	"headroom"
)

// money looks for currencies without a rate, prices of other years, and rates that nothing needs.
func (k *checker) money() {
	c := k.c
	used := map[string]bool{}
	for _, r := range k.rows() {
		ccy, ok := valueOf[string](r, "currency")
		if !ok || ccy == "" || !k.hasMoney(r) {
			continue
		}
		year, _ := valueOf[int](r, "price_year")
		if year != c.PriceYear && year != 0 {
			k.fail(headroom.CodeMissingDeflator, r.table, r.key, "price_year", "restate the row's money in prices of the case's year",
				"the money is in prices of %d, and the case's in those of %d", year, c.PriceYear)
			k.out[len(k.out)-1].Alike = fmt.Sprintf("sums in prices of other years than %d", c.PriceYear)
		}
		if ccy == c.BaseCurrency || used[ccy] {
			continue
		}
		used[ccy] = true
		if periods := k.withoutRate(ccy); len(periods) > 0 {
			hint := "add a row " + ccy + "," + c.BaseCurrency + " to fx_rate.csv"
			switch {
			case len(periods) == len(c.Periods): // there is none at all
				periods = periods[:1]
			case len(periods) > 1:
				hint += ", of period * for all that have none of their own"
			}
			k.fail(headroom.CodeMissingExchangeRate, r.table, r.key, "currency", hint, "there is no rate from %s to %s in %s", ccy, c.BaseCurrency, listed(periods))
		}
	}
	for _, f := range c.FXRates {
		other := f.From
		if other == c.BaseCurrency {
			other = f.To
		}
		if f.From != c.BaseCurrency && f.To != c.BaseCurrency || !used[other] {
			k.warn(headroom.CodeUnusedRow, "fx_rate", f.Key(), "from_ccy", "delete the row", "no money is changed from %s to %s", f.From, f.To)
		}
	}
}

// hasMoney reports whether a row has an amount: a volume term has a currency that means nothing.
func (k *checker) hasMoney(r row) bool {
	if t, ok := r.value.Addr().Interface().(*headroom.Term); ok {
		return t.Kind == headroom.FeePerUnit
	}
	if d, ok := r.value.Addr().Interface().(*headroom.Duty); ok {
		return d.Specific != 0
	}
	return true
}

// withoutRate returns the periods in which a currency cannot be changed into the base currency.
func (k *checker) withoutRate(ccy string) (out []string) {
	has := map[string]bool{}
	for _, f := range k.c.FXRates {
		if f.From == ccy && f.To == k.c.BaseCurrency || f.From == k.c.BaseCurrency && f.To == ccy {
			has[f.Period] = true
		}
	}
	for _, p := range k.c.Periods {
		if !has["*"] && !has[p.ID] {
			out = append(out, p.ID)
		}
	}
	return out
}
