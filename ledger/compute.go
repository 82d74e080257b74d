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
	// Cash is sorted by org, then period in the order of the case (what is left after the horizon last), then account; each key is
	// there once and amounts of zero are left out. Amounts are undiscounted, but for those of period "terminal", which are
	// present values.
	Cash []headroom.CashRow
	// Discounts has the factor of each period, and of the period "terminal", which is 1.
	Discounts []headroom.DiscountRow
	// NPV is the sum of Cash, each amount times its factor: what the objective "npv" makes as large as it can.
	NPV float64
	// Rests are the changes that stand at the end of the horizon, sorted by plant, period in the order of the case, change,
	// vehicle, line and content. What comes back of them is the cash of period "terminal".
	Rests []headroom.RestRow
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
	b := &book{v: v, r: r, cash: map[cashKey]*sum{}, late: newLastYear(v)}
	b.plants()
	b.lines()
	b.launches()
	b.volumes()
	b.penalties()
	b.rests()
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
	t       int // len(years) for what is left after the last
	account headroom.Account
}

// book adds up money. The first error stays and makes the rest worthless.
type book struct {
	v      *view
	r      *reading
	cash   map[cashKey]*sum
	npv    sum
	cost   sum
	late   *lastYear
	claims []claim
	err    error
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

// post enters an amount of period t.
func (b *book) post(t int, org string, account headroom.Account, amount float64) {
	b.enter(t, org, account, amount, b.v.disc[t], false)
}

// piece enters an amount that goes with the vehicles of a place: it is part of what the place earns.
func (b *book) piece(t int, from source, org string, account headroom.Account, amount float64) {
	b.post(t, org, account, amount)
	keep(b.late, b.late.earned, from, t, amount)
}

// piecePrice is piece for an amount that hangs on the price, which the objective "cost" leaves out.
func (b *book) piecePrice(t int, from source, org string, account headroom.Account, amount float64) {
	b.enter(t, org, account, amount, b.v.disc[t], true)
	keep(b.late, b.late.earned, from, t, amount)
}

// enter adds an amount to the cash and to the two objectives, in which it counts times the factor.
func (b *book) enter(t int, org string, account headroom.Account, amount, factor float64, price bool) {
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
	for i := range b.claims {
		out.Rests = append(out.Rests, b.claims[i].RestRow)
	}
	for t, d := range b.v.disc {
		out.Discounts = append(out.Discounts, headroom.DiscountRow{Period: b.v.name(t), Factor: d})
	}
	out.Discounts = append(out.Discounts, headroom.DiscountRow{Period: headroom.TerminalPeriod, Factor: 1})
	return out
}

// name is the name of a period, and of what is after the last.
func (v *view) name(t int) string {
	if t == len(v.years) {
		return headroom.TerminalPeriod
	}
	return v.c.Periods[t].ID
}
