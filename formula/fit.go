package formula

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"headroom"
)

// Numbers of the fit.
const (
	FitTolerance = 1e-9    // largest error of a total that was fitted, relative to the total
	SumTolerance = 1e-9    // largest difference of the sums of the totals, relative to the sum
	fitPasses    = 200_000 // passes before the fit gives up
)

// Matrix is what was built of each vehicle for each market in a year, as far as it follows from totals. Vehicles and Markets
// are sorted; Cells are their rows and columns.
type Matrix struct {
	Year     int
	Group    string
	Vehicles []string
	Markets  []string
	Cells    [][]float64
}

// At is the cell of a vehicle and a market, and whether there is one.
func (m *Matrix) At(vehicle, market string) (float64, bool) {
	i, ok := slices.BinarySearch(m.Vehicles, vehicle)
	j, ok2 := slices.BinarySearch(m.Markets, market)
	if !ok || !ok2 {
		return 0, false
	}
	return m.Cells[i][j], true
}

// Vehicle is the sum over markets.
func (m *Matrix) Vehicle(vehicle string) float64 {
	sum := 0.0
	if i, ok := slices.BinarySearch(m.Vehicles, vehicle); ok {
		for _, v := range m.Cells[i] {
			sum += v
		}
	}
	return sum
}

// Market is the sum over vehicles.
func (m *Matrix) Market(market string) float64 {
	sum := 0.0
	if j, ok := slices.BinarySearch(m.Markets, market); ok {
		for _, row := range m.Cells {
			sum += row[j]
		}
	}
	return sum
}

// Total is the sum of all cells.
func (m *Matrix) Total() float64 {
	sum := 0.0
	for _, v := range m.Vehicles {
		sum += m.Vehicle(v)
	}
	return sum
}

// FitError says in words why totals and weights do not go together.
type FitError struct {
	Year    int
	Group   string
	Message string
}

// Error is the year, the group and the message.
func (e *FitError) Error() string {
	return fmt.Sprintf("fit of %d, %s: %s", e.Year, e.Group, e.Message)
}

// Fit finds the matrix with the totals of a year and group that is nearest to its weights: cells are weight × a factor of the
// vehicle × a factor of the market (biproportional fitting, known as RAS or Sinkhorn's method). A weight of zero stays
// zero. It also returns how many passes over the vehicles and the markets it took. The order of the rows does not matter.
//
// Every vehicle and market with a total needs a weight for each of the others' totals: a missing weight is not zero. Where no
// matrix has these totals and zeros, or the totals disagree, the error is a *FitError that names the rows.
func Fit(rows []headroom.Outturn, year int, group string) (Matrix, int, error) {
	f, err := newFitting(rows, year, group)
	if err != nil {
		return Matrix{}, 0, err
	}
	if err := f.sums(); err != nil {
		return Matrix{}, 0, err
	}
	if err := f.reachable(); err != nil {
		return Matrix{}, 0, err
	}
	passes, err := f.scale()
	if err != nil {
		return Matrix{}, passes, err
	}
	return f.m, passes, nil
}

// fitting is a fit under way.
type fitting struct {
	m       Matrix
	rows    []float64 // totals of the vehicles
	cols    []float64 // totals of the markets
	grand   headroom.Opt
	weights [][]float64
}

// newFitting sorts the rows of a year and group into totals and weights.
func newFitting(rows []headroom.Outturn, year int, group string) (*fitting, error) {
	f := &fitting{m: Matrix{Year: year, Group: group}}
	byVehicle, byMarket := map[string]float64{}, map[string]float64{}
	weight := map[[2]string]float64{}
	for _, r := range rows {
		if r.Year != year || r.Group != group {
			continue
		}
		if r.Units < 0 || math.IsNaN(r.Units) || math.IsInf(r.Units, 0) {
			return nil, f.fail("%s in %s is %v", r.Vehicle, r.Market, r.Units)
		}
		switch {
		case r.Vehicle == "*" && r.Market == "*":
			f.grand = headroom.Some(r.Units)
		case r.Market == "*":
			byVehicle[r.Vehicle] = r.Units
		case r.Vehicle == "*":
			byMarket[r.Market] = r.Units
		default:
			weight[[2]string{r.Vehicle, r.Market}] = r.Units
		}
	}
	if len(byVehicle) == 0 || len(byMarket) == 0 {
		return nil, f.fail("there are no totals of vehicles or none of markets")
	}
	f.m.Vehicles, f.rows = sorted(byVehicle)
	f.m.Markets, f.cols = sorted(byMarket)
	for _, v := range f.m.Vehicles {
		line := make([]float64, len(f.m.Markets))
		for j, r := range f.m.Markets {
			w, ok := weight[[2]string{v, r}]
			if !ok {
				return nil, f.fail("there is no weight of %s in %s; write 0 where none can be", v, r)
			}
			line[j] = w
			delete(weight, [2]string{v, r})
		}
		f.weights = append(f.weights, line)
	}
	if len(weight) > 0 {
		var stray []string
		for k := range weight {
			stray = append(stray, k[0]+" in "+k[1])
		}
		sort.Strings(stray)
		return nil, f.fail("weights without a total of their vehicle or market: %s", strings.Join(stray, ", "))
	}
	return f, nil
}

// sorted splits a map into its sorted keys and their values.
func sorted(m map[string]float64) (keys []string, values []float64) {
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		values = append(values, m[k])
	}
	return keys, values
}

// fail returns a FitError.
func (f *fitting) fail(format string, args ...any) error {
	return &FitError{Year: f.m.Year, Group: f.m.Group, Message: fmt.Sprintf(format, args...)}
}

// sum adds up.
func sum(list []float64) float64 {
	s := 0.0
	for _, v := range list {
		s += v
	}
	return s
}

// differ reports whether two sums are not the same.
func differ(a, b, tolerance float64) bool {
	return math.Abs(a-b) > tolerance*max(math.Abs(a), math.Abs(b))
}

// sums reports totals that disagree.
func (f *fitting) sums() error {
	r, c := sum(f.rows), sum(f.cols)
	switch {
	case differ(r, c, SumTolerance):
		return f.fail("the vehicles sum to %.10g and the markets to %.10g", r, c)
	case f.grand.Set && differ(f.grand.Value, r, SumTolerance):
		return f.fail("the vehicles sum to %.10g and the total is %.10g", r, f.grand.Value)
	}
	return nil
}

// reachable reports zeros that block a total: by the marriage theorem of transport, a set of vehicles whose total is more than that of
// all the markets that they can go to. A largest flow finds it.
func (f *fitting) reachable() error {
	left, room := slices.Clone(f.rows), slices.Clone(f.cols)
	sent := make([][]float64, len(f.rows))
	for i := range sent {
		sent[i] = make([]float64, len(f.cols))
	}
	tiny := FitTolerance * sum(f.rows) / float64(len(f.rows)+len(f.cols))
	for {
		from, ok := f.augment(left, room, sent, tiny)
		if ok {
			continue
		}
		if from == nil {
			return nil
		}
		var vehicles, markets []string
		need, have := 0.0, 0.0
		for i, v := range f.m.Vehicles {
			if from[i] {
				vehicles, need = append(vehicles, v), need+f.rows[i]
			}
		}
		for j, r := range f.m.Markets {
			for i := range f.m.Vehicles {
				if from[i] && f.weights[i][j] > 0 {
					markets, have = append(markets, r), have+f.cols[j]
					break
				}
			}
		}
		if len(markets) == 0 {
			return f.fail("%s can go to no market, and has a total of %.10g", strings.Join(vehicles, ", "), need)
		}
		return f.fail("%s can only go to %s, where there is room for %.10g of their %.10g", strings.Join(vehicles, ", "), strings.Join(markets, ", "), have, need)
	}
}

// augment sends more along one shortest path from a vehicle with units left to a market with room. Where there is no such path it
// returns the vehicles that were reached, nil where nothing is left to send.
func (f *fitting) augment(left, room []float64, sent [][]float64, tiny float64) (reached []bool, ok bool) {
	n, m := len(f.rows), len(f.cols)
	reached = make([]bool, n)
	byMarket := make([]int, n) // market that a vehicle was reached from, -1 for a start
	byVehicle := make([]int, m)
	for j := range byVehicle {
		byVehicle[j] = -1
	}
	var queue []int
	for i := range left {
		if left[i] > tiny {
			reached[i], byMarket[i] = true, -1
			queue = append(queue, i)
		}
	}
	if len(queue) == 0 {
		return nil, false
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for j := range m {
			if f.weights[i][j] == 0 || byVehicle[j] >= 0 {
				continue
			}
			byVehicle[j] = i
			if room[j] > tiny {
				f.send(j, left, room, sent, byMarket, byVehicle)
				return reached, true
			}
			for k := range n {
				if !reached[k] && sent[k][j] > tiny {
					reached[k], byMarket[k] = true, j
					queue = append(queue, k)
				}
			}
		}
	}
	return reached, false
}

// send moves as much as the path that ends at market j allows.
func (f *fitting) send(j int, left, room []float64, sent [][]float64, byMarket, byVehicle []int) {
	amount := room[j]
	start := -1
	for at := j; ; {
		i := byVehicle[at]
		if byMarket[i] < 0 {
			amount, start = min(amount, left[i]), i
			break
		}
		at = byMarket[i]
		amount = min(amount, sent[i][at])
	}
	room[j] -= amount
	left[start] -= amount
	for at := j; ; {
		i := byVehicle[at]
		sent[i][at] += amount
		if byMarket[i] < 0 {
			return
		}
		at = byMarket[i]
		sent[i][at] -= amount
	}
}

// scale multiplies rows and columns in turn until both have their totals.
func (f *fitting) scale() (int, error) {
	f.m.Cells = make([][]float64, len(f.rows))
	for i, w := range f.weights {
		f.m.Cells[i] = slices.Clone(w)
	}
	worst, name := 0.0, ""
	for pass := 1; pass <= fitPasses; pass++ {
		for i, line := range f.m.Cells {
			by := factor(f.rows[i], sum(line))
			for j := range line {
				line[j] *= by
			}
		}
		for j := range f.cols {
			by := factor(f.cols[j], f.column(j))
			for i := range f.m.Cells {
				f.m.Cells[i][j] *= by
			}
		}
		worst = 0
		for i, line := range f.m.Cells {
			if e := math.Abs(sum(line)-f.rows[i]) / max(f.rows[i], math.SmallestNonzeroFloat64); f.rows[i] > 0 && e > worst {
				worst, name = e, f.m.Vehicles[i]
			}
		}
		if worst <= FitTolerance {
			return pass, nil
		}
	}
	return fitPasses, f.fail("after %d passes %s is still %.3g of its total away: the zeros leave it only markets that others need whole; name one more zero, or one less", fitPasses, name, worst)
}

// column is the sum of a column.
func (f *fitting) column(j int) float64 {
	s := 0.0
	for _, line := range f.m.Cells {
		s += line[j]
	}
	return s
}

// factor is what a sum is to be multiplied by to reach a total; where both are zero it does not matter.
func factor(total, sum float64) float64 {
	if sum == 0 {
		return 0
	}
	return total / sum
}
