package check

import (
	"math"
	"slices"

	"headroom"
)

// maybeNegative are the columns in which a number below zero has a meaning.
var maybeNegative = []string{"demand.growth", "demand.contribution", "plant.sale_value", "uncertain.rho", "correlation.rho", "risk.low", "risk.mode"}

// capacities are the columns of which a negative number is a negative capacity.
var capacities = []string{"line.capacity_year", "line.rate", "plant.site_cap", "shift_pattern.index", "shift_pattern.hours", "shift_pattern.weeks"}

// shares are the columns that are parts of a whole.
var shares = []string{
	"plant.mothball_share", "line.availability", "vehicle_line.min_run", "vehicle_line.ramp", "labour.crew_share",
	"demand.contribution", "demand.min_service", "shift_pattern.overtime_share", "outage_profile.capacity", "outage_profile.catch_up",
}

// numbers looks for numbers that are outside of what they can be.
func (k *checker) numbers() {
	for _, r := range k.rows() {
		r.figures(func(column string, v float64) {
			name := r.table + "." + column
			switch {
			case v < 0 && slices.Contains(capacities, name):
				k.fail(headroom.CodeNegativeCapacity, r.table, r.key, column, "write a number above zero", "a capacity of %v is below zero", v)
			case v < 0 && !slices.Contains(maybeNegative, name):
				k.fail(headroom.CodeNegativeNumber, r.table, r.key, column, "costs are written without a sign", "%v is below zero", v)
			case v > 100 && slices.Contains(shares, name):
				k.fail(headroom.CodeImpossibleShare, r.table, r.key, column, "write a share of at most 100", "a share of %v percent is more than the whole", v)
			case v <= -100 && column == "growth":
				k.fail(headroom.CodeImpossibleShare, r.table, r.key, column, "write a growth above -100", "a growth of %v percent a year leaves nothing", v)
			case v == 0 && (column == "tooling_life" || column == "change_life"):
				k.fail(headroom.CodeImpossibleShare, r.table, r.key, column, "write years above zero, or leave the cell empty", "a life of no years")
			case v == 0 && (column == "rate_factor" || name == "fx_rate.rate"):
				k.fail(headroom.CodeImpossibleShare, r.table, r.key, column, "write a number above zero", "the number is zero and something is divided by it")
			}
		})
	}
	if c := k.c; c.DiscountRate <= -100 {
		k.fail(headroom.CodeImpossibleShare, "case", c.ID, "discount_rate", "write a rate above -100", "a discount rate of %v percent leaves nothing", c.DiscountRate)
	}
}

// peers are the columns in which a number far from the others of its column is suspect, with what a person would have
// mistaken.
var peers = []string{
	"demand.volume", "demand.price_net", "demand.lost_sale", "line.capacity_year", "plant.site_cap", "plant.fixed_cost_open",
	"plant.cost_reopen", "vehicle_line.retool", "vehicle_line.unit_material", "vehicle_line.content_cost", "lane.cost",
	"labour.cost_per_unit", "labour.wage", "energy.price",
}

// outliers compares each figure with the median of its column: one that is a hundred times more or less may be in thousands
// where the others are in units, and one a thousand times more or less is.
func (k *checker) outliers() {
	type cell struct {
		row    row
		column string
		v      float64
	}
	byColumn := map[string][]cell{}
	for _, r := range k.rows() {
		r.figures(func(column string, v float64) {
			if name := r.table + "." + column; v > 0 && slices.Contains(peers, name) {
				byColumn[name] = append(byColumn[name], cell{r, column, v})
			}
		})
	}
	for _, name := range peers {
		cells := byColumn[name]
		if len(cells) < 4 {
			continue
		}
		sorted := make([]float64, len(cells))
		for i, c := range cells {
			sorted[i] = c.v
		}
		slices.Sort(sorted)
		for _, c := range cells {
			others := medianWithout(sorted, c.v)
			ratio := math.Log10(c.v / others)
			sev := headroom.SeverityWarning
			basis := k.c.Labels[headroom.Ref{Table: c.row.table, Key: c.row.key, Column: c.column}].Basis
			switch a := math.Abs(ratio); {
			case a < 2:
				continue
			case a >= 3 && basis != headroom.BasisFact && basis != headroom.BasisDerived:
				sev = headroom.SeverityError
			}
			k.add(sev, headroom.CodeThousandsSuspected, c.row.table, c.row.key, c.column, "is one of them in thousands? bind it to a claim if it is right",
				"%s is %s the others of its column, of which the median is %s", number(c.v), times(ratio), number(others))
		}
	}
}

// medianWithout is the median of sorted numbers, of which there are at least two, without one of them.
func medianWithout(sorted []float64, one float64) float64 {
	i, _ := slices.BinarySearch(sorted, one)
	at := func(j int) float64 { // of the others
		if j >= i {
			j++
		}
		return sorted[j]
	}
	n := len(sorted) - 1
	if n%2 == 0 {
		return (at(n/2-1) + at(n/2)) / 2
	}
	return at(n / 2)
}
