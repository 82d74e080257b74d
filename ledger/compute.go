package ledger

import (
	"fmt"
	"math"
	"sort"

	"headroom"
)

// million is what the figures in millions of a currency are multiplied by.
const million = 1e6

// Ledger is the money of a plan, in units of the base currency, real. Costs are negative amounts.
type Ledger struct {
	// Cash is sorted by org, then period in the order of the case (the terminal value last), then account; each key is
	// there once and amounts of zero are left out. Amounts are undiscounted, but for those of period "terminal", which are
	// present values.
	Cash []headroom.CashRow
	// Discounts has the factor of each period, and of the period "terminal", which is 1.
	Discounts []headroom.DiscountRow
	// NPV is the sum of Cash, each amount times its factor: what the objective "npv" makes as large as it can.
	NPV float64
	// Cost is −NPV without revenue and without material that is a share of the price: what the objective "cost" makes as
	// small as it can.
	Cost float64
}

// Compute works out the money of a plan from the case and from the plan's tables of states, allocations, shifts, outputs,
// flows, lost sales and targets. It returns an error where a row names nothing in the case or where the case lacks a figure
// that the plan needs, such as a rate of exchange. It does not ask whether the plan keeps the rules; that is Check.
func Compute(c *headroom.Case, p *headroom.Plan) (*Ledger, error) {
	v, err := newView(c)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	r := read(v, p)
	if len(r.faults) > 0 {
		return nil, fmt.Errorf("ledger: %s", r.faults[0])
	}
	b := &book{v: v, r: r, cash: map[cashKey]*sum{}}
	b.plants()
	b.lines()
	b.launches()
	b.volumes()
	b.penalties()
	b.terminal()
	if b.err != nil {
		return nil, fmt.Errorf("ledger: %w", b.err)
	}
	if math.IsNaN(b.npv.total()) || math.IsInf(b.npv.total(), 0) {
		return nil, fmt.Errorf("ledger: net present value is %g", b.npv.total())
	}
	return b.ledger(), nil
}

// cashKey is the key of a row of cash.
type cashKey struct {
	org     string
	t       int // len(years) for the terminal value
	account headroom.Account
}

// book adds up money. The first error stays and makes the rest worthless.
type book struct {
	v    *view
	r    *reading
	cash map[cashKey]*sum
	npv  sum
	cost sum
	err  error
}

// moment is what a yearly amount is counted at: the prices of period t for a length of years, or a steady year, of which
// amounts are turned into present values by the life of what they are for.
type moment struct {
	t      int
	years  float64
	steady bool
}

// at is the moment of a period, or of the steady year: a year at the prices and shares of the last period.
func (b *book) at(t int) moment {
	if t == b.r.steady() {
		return moment{t: b.v.last(), years: 1, steady: true}
	}
	return moment{t: t, years: b.v.years[t]}
}

// fail keeps the first error.
func (b *book) fail(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

// fx turns one unit of currency into base currency.
func (b *book) fx(currency string, t int) float64 {
	x, err := b.v.fx(currency, t)
	b.fail(err)
	return x
}

// post enters an amount. annuity is the factor of the steady year; it does not count for any other moment.
func (b *book) post(m moment, org string, account headroom.Account, amount, annuity float64) {
	b.enter(m, org, account, amount, annuity, false)
}

// postPrice enters an amount that hangs on the price, which the objective "cost" leaves out.
func (b *book) postPrice(m moment, org string, account headroom.Account, amount, annuity float64) {
	b.enter(m, org, account, amount, annuity, true)
}

// enter adds an amount to the cash and to the two objectives.
func (b *book) enter(m moment, org string, account headroom.Account, amount, annuity float64, price bool) {
	t, factor := m.t, b.v.disc[m.t]
	if m.steady {
		t, factor = b.r.steady(), 1
		account = headroom.AccTerminal
		amount *= annuity
	}
	k := cashKey{org, t, account}
	if b.cash[k] == nil {
		b.cash[k] = &sum{}
	}
	b.cash[k].add(amount)
	b.npv.add(amount * factor)
	if !price {
		b.cost.add(-amount * factor)
	}
}

// ledger closes the book.
func (b *book) ledger() *Ledger {
	keys := make([]cashKey, 0, len(b.cash))
	for k := range b.cash {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		x, y := keys[i], keys[j]
		if x.org != y.org {
			return x.org < y.org
		}
		if x.t != y.t {
			return x.t < y.t
		}
		return x.account < y.account
	})
	out := &Ledger{NPV: b.npv.total(), Cost: b.cost.total()}
	for _, k := range keys {
		if amount := b.cash[k].total(); amount != 0 {
			out.Cash = append(out.Cash, headroom.CashRow{Org: k.org, Period: b.v.name(k.t), Account: k.account, Amount: amount})
		}
	}
	for t, d := range b.v.disc {
		out.Discounts = append(out.Discounts, headroom.DiscountRow{Period: b.v.name(t), Factor: d})
	}
	out.Discounts = append(out.Discounts, headroom.DiscountRow{Period: headroom.TerminalPeriod, Factor: 1})
	return out
}

// name is the name of a period, with the steady year after the last.
func (v *view) name(t int) string {
	if t == len(v.years) {
		return headroom.TerminalPeriod
	}
	return v.c.Periods[t].ID
}
