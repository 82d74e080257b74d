package flex

import (
	"fmt"
	"math"
)

// Demand is the joint distribution of the demand for all vehicles: marginals, and the correlation of their normal scores (a Gaussian
// copula): what a score means for a marginal is its value at the same probability, after truncation. Without a matrix the
// demands are independent.
type Demand struct {
	Marginals   []Marginal
	Correlation Matrix // nil for none
}

// sampler fills rows with the demand of scenarios.
type sampler struct {
	draws    []*draw
	lower    [][]float64 // rows of the factor of the correlation, nil without; only what is not zero
	scale    Scale
	seed     uint64
	quasi    bool
	step     []uint64   // of the quasi-random sequence
	shift    [][]uint64 // by replicate and vehicle
	negative bool       // some draw may be below zero
	key      [Lanes]uint64
	z        [][Lanes]float64
	below    Row // what lies below zero in each scenario, as a positive amount
	tables   []*scores
}

// scores is a table of the quantile; vehicles with the same bounds in standard deviations share one.
func (s *sampler) scores(from, width float64) *scores {
	for _, t := range s.tables {
		if math.Abs(t.from-from) < 1e-13 && math.Abs(t.width-width) < 1e-13 {
			return t
		}
	}
	s.tables = append(s.tables, newScores(from, width))
	return s.tables[len(s.tables)-1]
}

// newSampler fails where the demand means nothing.
func newSampler(d *Demand, scale Scale, seed uint64, quasi bool) (*sampler, error) {
	s := &sampler{scale: scale, seed: seed, quasi: quasi}
	for i := range d.Marginals {
		m := &d.Marginals[i]
		if err := m.Validate(); err != nil {
			return nil, fmt.Errorf("vehicle %d: %w", i, err)
		}
		d := m.prepare()
		if (m.Kind == Normal || m.Kind == Lognormal) && !m.certain() {
			d.table = s.scores(d.from, d.width)
		}
		s.draws = append(s.draws, d)
		s.negative = s.negative || m.Below() < 0
	}
	if d.Correlation != nil {
		if len(d.Correlation) != len(d.Marginals) {
			return nil, fmt.Errorf("%d vehicles and a correlation of %d", len(d.Marginals), len(d.Correlation))
		}
		l, err := factor(d.Correlation)
		if err != nil {
			return nil, err
		}
		s.lower = l
		s.z = make([][Lanes]float64, len(l))
	}
	if quasi {
		s.step = kronecker(len(s.draws))
		for r := range Shifts {
			key := keyOf(^seed, uint64(r))
			row := make([]uint64, len(s.draws))
			for i := range row {
				row[i] = drawOf(key, i)
			}
			s.shift = append(s.shift, row)
		}
	}
	return s, nil
}

// clone is a sampler for another goroutine.
func (s *sampler) clone() *sampler {
	c := *s
	c.z = make([][Lanes]float64, len(s.z))
	return &c
}

// block fills rows (one for each vehicle) with the demand of the scenarios of a block, cut to what plants can build.
func (s *sampler) block(b int, rows []Row) {
	for lane := range Lanes {
		s.key[lane] = keyOf(s.seed, uint64(b)*Lanes+uint64(lane))
	}
	if s.negative {
		s.below = Row{}
	}
	if s.lower != nil {
		s.correlated(b, rows)
		return
	}
	for i, d := range s.draws {
		s.fill(&rows[i], d, b, i)
	}
}

// probability is the i-th draw of a scenario.
func (s *sampler) probability(b, lane, i int) float64 {
	if !s.quasi {
		return unit(drawOf(s.key[lane], i))
	}
	point := uint64(b/Shifts)*Lanes + uint64(lane)
	return unit(baker(point*s.step[i] + s.shift[b%Shifts][i]))
}

// fill draws the demand for one vehicle.
func (s *sampler) fill(row *Row, d *draw, b, i int) {
	if d.m.certain() {
		v := d.certain()
		for lane := range Lanes {
			row[lane] = s.units(v, lane)
		}
		return
	}
	if d.table != nil && !s.quasi && d.m.Kind == Normal {
		s.fillNormal(row, d, i)
		return
	}
	for lane := range Lanes {
		row[lane] = s.units(d.at(s.probability(b, lane, i)), lane)
	}
}

// fillNormal is fill for the usual case.
func (s *sampler) fillNormal(row *Row, d *draw, i int) {
	f, most := s.scale.factor, float64(s.scale.most)
	low, high := d.low*f, min(d.high*f, most)
	mu, sigma := d.mu*f, d.sigma*f
	table, step := d.table, drawStep(i)
	for lane, key := range &s.key {
		x := mu + sigma*table.bits(mix(key+step))
		x = min(max(x, low), high)
		if x < 0 {
			row[lane] = s.units(x/f, lane)
			continue
		}
		row[lane] = int32(min(x+0.5, most))
	}
}

// units is a demand in units: none below zero, which is noted apart, and none above what all plants can build.
func (s *sampler) units(v float64, lane int) int32 {
	x := v * s.scale.factor
	if x < 0 {
		s.below[lane] += int32(min(0.5-x, float64(s.scale.most)))
		return 0
	}
	return int32(min(x+0.5, float64(s.scale.most)))
}

// correlated draws scores, mixes them by the factor of the correlation and takes each marginal at its score.
func (s *sampler) correlated(b int, rows []Row) {
	for i := range s.draws {
		for lane := range Lanes {
			s.z[i][lane] = quantile(s.probability(b, lane, i))
		}
	}
	for i, d := range s.draws {
		l := s.lower[i]
		plain := (d.m.Kind == Normal || d.m.Kind == Lognormal) && !d.conditioning && !d.m.certain()
		for lane := range Lanes {
			z := 0.0
			for k := range i + 1 {
				z += l[k] * s.z[k][lane]
			}
			if plain {
				rows[i][lane] = s.units(d.score(z), lane)
				continue
			}
			u := min(max(capPhi(z), math.SmallestNonzeroFloat64), 1-0x1p-53)
			rows[i][lane] = s.units(d.at(u), lane)
		}
	}
}
