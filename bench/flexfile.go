package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"headroom/flex"
)

// FlexFile is a flexibility instance: plants, vehicles, a spread of demand for each, and the links of today.
type FlexFile struct {
	Name       string
	Capacity   []float64
	Vehicles   []string
	Mean, SD   []float64
	Dist       string      // normal or uniform
	Truncation string      // condition, censor or none
	Bound      float64     // of the truncation, standard deviations
	Base       []flex.Link // today's links
	Profit     [][]float64 // plant, vehicle; nil where every vehicle brings the same
	Cost       [][]float64 // plant, vehicle: of a link; nil where links cost nothing
	Assumed    []string    // what the file does not say
	inBase     map[[2]int]bool
	numbered   bool // two names look alike
}

// FlexChoice is what is decided about a file from outside; the zero value is what the file says.
type FlexChoice struct {
	Dist       string
	Truncation string
	Bound      float64
}

// flexJSON has the fields of the three layouts that are read.
type flexJSON struct {
	Name         string              `json:"name"`
	Plants       int                 `json:"plants"`
	PlantsM      int                 `json:"m_plants"`
	Products     json.RawMessage     `json:"products"` // a number, or names
	ProductsN    int                 `json:"n_products"`
	CapacityEach float64             `json:"capacity_each"`
	Capacity     []float64           `json:"capacity"`
	Demand       *flexDemand         `json:"demand"`
	Mean         []float64           `json:"demand_mean"`
	SD           []float64           `json:"demand_sd"`
	Fraction     *float64            `json:"sd_fraction"`
	CV           *float64            `json:"cv"`
	Dist         string              `json:"dist"`
	Distribution string              `json:"distribution"` // another word for dist
	Truncation   string              `json:"truncation"`
	Links        [][]json.RawMessage `json:"base_links_plant_product"`
	Flex0        [][]float64         `json:"flex_0"`
	Profit       [][]float64         `json:"unit_profit"`
	ArcCost      [][]float64         `json:"arc_fixed_cost"`
}

type flexDemand struct {
	Dist         string   `json:"dist"`
	Distribution string   `json:"distribution"` // another word for dist
	Truncation   string   `json:"truncation"`
	Mean         numbers  `json:"mean"`
	SD           numbers  `json:"sd"`
	Low          numbers  `json:"low"`
	High         numbers  `json:"high"`
	HalfWidth    numbers  `json:"half_width"`
	CV           *float64 `json:"cv"`
	Independent  *bool    `json:"independent"`
}

// numbers is a number for all, or a list.
type numbers []float64

// UnmarshalJSON reads both.
func (n *numbers) UnmarshalJSON(b []byte) error {
	var one float64
	if json.Unmarshal(b, &one) == nil {
		*n = numbers{one}
		return nil
	}
	return json.Unmarshal(b, (*[]float64)(n))
}

// Limits of a file.
const (
	flexMostBytes = 64 << 20
	flexMostCells = 1_000_000 // plants × vehicles
)

// ReadFlex reads a flexibility instance.
func ReadFlex(r io.Reader, o FlexChoice) (*FlexFile, error) {
	text, err := io.ReadAll(io.LimitReader(r, flexMostBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > flexMostBytes {
		return nil, errors.New("the file is larger than 64 MB: is it a flexibility instance?")
	}
	var j flexJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return nil, fmt.Errorf("the file is not JSON of a flexibility instance: %w", err)
	}
	f := &FlexFile{Name: j.Name}
	for _, step := range []func(*flexJSON) error{f.size, f.volumes, f.spread, f.links, f.money} {
		if err := step(&j); err != nil {
			return nil, err
		}
	}
	f.numbered = f.alike()
	return f, f.choose(o)
}

// size finds how many plants and vehicles there are.
func (f *FlexFile) size(j *flexJSON) error {
	m, n := max(j.Plants, j.PlantsM, len(j.Capacity)), max(j.ProductsN, len(j.Mean))
	if len(j.Products) > 0 {
		var count int
		if json.Unmarshal(j.Products, &count) == nil {
			n = max(n, count)
		} else if err := json.Unmarshal(j.Products, &f.Vehicles); err != nil {
			return errors.New(`"products" is neither a number nor a list of names`)
		}
	}
	n = max(n, len(f.Vehicles))
	if m <= 0 || n <= 0 {
		return errors.New("the file has no plants or no products: is it a flexibility instance?")
	}
	if m > flexMostCells/n {
		return fmt.Errorf("%d plants and %d products are too many", m, n)
	}
	f.Capacity = j.Capacity
	if j.CapacityEach != 0 {
		f.Capacity = slices.Repeat([]float64{j.CapacityEach}, m)
	}
	if len(f.Vehicles) == 0 {
		for i := range n {
			f.Vehicles = append(f.Vehicles, number("v", i, n))
		}
	}
	if len(f.Capacity) != m || len(f.Vehicles) != n {
		return fmt.Errorf("%d plants with %d capacities, %d products with %d names", m, len(f.Capacity), n, len(f.Vehicles))
	}
	for i, c := range f.Capacity {
		if !(c > 0) || math.IsInf(c, 0) {
			return fmt.Errorf("the capacity of plant %d is %v: it must be above zero", i+1, c)
		}
	}
	return nil
}

// volumes finds mean and standard deviation of each demand.
func (f *FlexFile) volumes(j *flexJSON) error {
	n := len(f.Vehicles)
	f.Mean, f.SD = j.Mean, j.SD
	if d := j.Demand; d != nil {
		f.Mean, f.SD = d.Mean, d.SD
		if d.Independent != nil && !*d.Independent {
			return errors.New("the demands are not independent and the file does not say how: add correlation.csv to the case by hand")
		}
		if len(f.SD) == 0 && len(d.Low) == len(d.High) && len(d.Low) > 0 {
			f.Mean, f.SD = d.ends()
		}
		for _, w := range d.HalfWidth {
			f.SD = append(f.SD, w/math.Sqrt(3))
		}
		if j.CV == nil {
			j.CV = d.CV
		}
	}
	if j.Fraction == nil {
		j.Fraction = j.CV
	}
	if len(f.Mean) == 1 {
		f.Mean = slices.Repeat(f.Mean, n)
	}
	if j.Fraction != nil && len(f.SD) == 0 {
		for _, m := range f.Mean {
			f.SD = append(f.SD, *j.Fraction*m)
		}
	}
	if len(f.SD) == 1 {
		f.SD = slices.Repeat(f.SD, n)
	}
	if len(f.Mean) != n || len(f.SD) != n {
		return fmt.Errorf("%d products with %d means and %d standard deviations", n, len(f.Mean), len(f.SD))
	}
	for i := range n {
		if !(f.Mean[i] >= 0) || !(f.SD[i] >= 0) || math.IsInf(f.Mean[i]+f.SD[i], 0) {
			return fmt.Errorf("the demand for product %d has the mean %v and the standard deviation %v", i+1, f.Mean[i], f.SD[i])
		}
	}
	return nil
}

// ends are mean and standard deviation of uniform demands between low and high.
func (d *flexDemand) ends() (mean, sd []float64) {
	for i, low := range d.Low {
		mean, sd = append(mean, (low+d.High[i])/2), append(sd, (d.High[i]-low)/2/math.Sqrt(3))
	}
	return mean, sd
}

// inDeviations finds the bound of a truncation in words such as "mean +- 2 sd".
var inDeviations = regexp.MustCompile(`([0-9.]+) *\*? *(sd|s\.d\.|std|sigma|σ|standard dev)`)

// says reports whether one of the words stands in a text.
func says(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// spread reads the words about the distribution.
func (f *FlexFile) spread(j *flexJSON) error {
	dist, words := j.Dist+" "+j.Distribution, j.Truncation
	if d := j.Demand; d != nil {
		dist, words = dist+" "+d.Dist+" "+d.Distribution, words+" "+d.Truncation
	}
	dist = strings.ToLower(strings.TrimSpace(dist))
	words = strings.ToLower(words) + " " + dist
	if dist != "" && !says(dist, "normal", "gauss", "uniform") || says(dist, "lognormal", "log-normal", "log normal") {
		return fmt.Errorf("the distribution %q is unknown; there are normal and uniform", dist)
	}
	f.Dist = "normal"
	if says(dist, "uniform") || j.Demand != nil && len(j.Demand.Low) > 0 && !says(dist, "normal", "gauss") {
		f.Dist = "uniform"
		return nil
	}
	f.Bound = 2
	if m := inDeviations.FindStringSubmatch(words); m != nil {
		if v, err := strconv.ParseFloat(m[1], 64); err == nil && v > 0 {
			f.Bound = v
		}
	}
	f.rule(words)
	return nil
}

// rule finds what becomes of draws beyond the bounds.
func (f *FlexFile) rule(words string) {
	switch {
	case says(words, "none", "not truncated", "untruncated", "no truncation"):
		f.Truncation = "none"
	case says(words, "condition", "resampl", "redraw", "reject"):
		f.Truncation = "condition"
	case says(words, "censor", "clip", "clamp", "winsor"):
		f.Truncation = "censor"
	default:
		f.Truncation = "condition"
		f.Assumed = append(f.Assumed, fmt.Sprintf("the file does not name a rule of truncation: conditioned to %g standard deviations; -truncation changes it", f.Bound))
	}
}

// links finds today's links: listed, in a matrix, or a plant for each product.
func (f *FlexFile) links(j *flexJSON) error {
	f.inBase = map[[2]int]bool{}
	add := func(p, v int) error {
		if p < 0 || p >= len(f.Capacity) || v < 0 || v >= len(f.Vehicles) {
			return fmt.Errorf("a link of plant %d and product %d, which are not there", p+1, v+1)
		}
		if !f.inBase[[2]int{p, v}] {
			f.inBase[[2]int{p, v}] = true
			f.Base = append(f.Base, flex.Link{Plant: p, Vehicle: v})
		}
		return nil
	}
	for _, l := range j.Links {
		var p, k int
		var name string
		if len(l) != 2 || json.Unmarshal(l[0], &p) != nil {
			return errors.New("a link is not a plant and a product")
		}
		v := -1
		if json.Unmarshal(l[1], &k) == nil {
			v = k - 1
		} else if json.Unmarshal(l[1], &name) == nil {
			if v = slices.Index(f.Vehicles, name); v < 0 {
				return fmt.Errorf("a link of plant %d to the product %q, which is not there", p, name)
			}
		}
		if err := add(p-1, v); err != nil {
			return err
		}
	}
	for p, row := range j.Flex0 {
		for v, x := range row {
			if x != 0 {
				if err := add(p, v); err != nil {
					return err
				}
			}
		}
	}
	if len(f.Base) == 0 {
		for _, l := range flex.Dedicated(f.Capacity, f.Mean) {
			if err := add(l.Plant, l.Vehicle); err != nil {
				return err
			}
		}
		if len(j.Flex0) > 0 {
			f.Assumed = append(f.Assumed, "the file has no links: each product is in one plant")
		}
	}
	return nil
}

// money reads profits and the costs of links.
func (f *FlexFile) money(j *flexJSON) error {
	for _, m := range []struct {
		name string
		in   [][]float64
		to   *[][]float64
	}{{"unit_profit", j.Profit, &f.Profit}, {"arc_fixed_cost", j.ArcCost, &f.Cost}} {
		if m.in == nil {
			continue
		}
		same := true
		for _, row := range m.in {
			if len(row) != len(f.Vehicles) || len(m.in) != len(f.Capacity) {
				return fmt.Errorf("%s has not a number for each plant and product", m.name)
			}
			for _, x := range row {
				if !(x >= 0) || math.IsInf(x, 0) {
					return fmt.Errorf("%s has the number %v", m.name, x)
				}
				same = same && x == m.in[0][0]
			}
		}
		if !same || m.name == "arc_fixed_cost" && m.in[0][0] != 0 {
			*m.to = m.in
		}
	}
	return nil
}

// choose puts what is asked for in the place of what the file says.
func (f *FlexFile) choose(o FlexChoice) error {
	if o.Dist != "" {
		f.Dist = o.Dist
	}
	if o.Truncation != "" {
		f.Truncation = o.Truncation
		f.Assumed = slices.DeleteFunc(f.Assumed, func(s string) bool { return strings.Contains(s, "rule of truncation") })
	}
	if o.Bound > 0 {
		f.Bound = o.Bound
	}
	if f.Dist == "uniform" {
		for i, sd := range f.SD {
			if sd*math.Sqrt(3) > f.Mean[i]*(1+1e-12) {
				return fmt.Errorf("a uniform demand of mean %v and standard deviation %v for product %d would fall below zero", f.Mean[i], sd, i+1)
			}
		}
		return nil
	}
	if f.Truncation == "" {
		f.Truncation, f.Bound = "condition", max(f.Bound, 2)
	}
	return nil
}
