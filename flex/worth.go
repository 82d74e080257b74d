package flex

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Problem is links under a demand, with what may be added.
type Problem struct {
	Network
	Demand     Demand
	Margin     []float64 // of each link, currency per vehicle; nil where only volumes count
	Candidates []Candidate
}

// Candidate is a link that may be added.
type Candidate struct {
	Link
	Margin float64 // currency per vehicle; only where the links have one
	Cost   float64 // once
}

// Evaluation is what a set of links is worth under a demand. Volumes are of the period.
type Evaluation struct {
	Sales       Estimate
	Full        Estimate  // with every link between any plant and vehicle
	Margin      *Estimate // of the plan of most margin, where there is money
	FullMargin  *Estimate // with every candidate
	Utilisation Estimate  // sales as a share of the capacity of all plants
	P5, P50     float64   // sales that are not exceeded with probability 5 and 50 %
	P95         float64
	Algorithm   string
	Parts       []Part
	Gains       []Gain // of the candidates, best first; only where they were asked for
	Scenarios   int
	Stopped     string
	Control     string
	Resolution  float64 // of a volume
	Returns     float64 // mean of the draws below zero, all vehicles together; 0 where there are none
}

// returns is the mean of the draws below zero, as a positive volume.
func (p *Problem) returns() float64 {
	sum := 0.0
	for i := range p.Demand.Marginals {
		sum -= p.Demand.Marginals[i].Below()
	}
	return sum
}

// Compare estimates what candidates add together, margin where there is money, else sales.
func Compare(ctx context.Context, p *Problem, built []Candidate, o Options) (Estimate, error) {
	if err := p.Validate(); err != nil {
		return Estimate{}, err
	}
	x, err := newSampling(&p.Network, &p.Demand, o)
	if err != nil {
		return Estimate{}, err
	}
	var m measure
	if p.Margin == nil {
		links := make([]Link, len(built))
		for i, c := range built {
			links[i] = c.Link
		}
		m = newGain(&p.Network, links, x.scale)
	} else {
		m = difference{p.with(built...).margin(x.scale), p.margin(x.scale)}
	}
	out, err := x.run(ctx, []measure{m})
	if err != nil {
		return Estimate{}, err
	}
	return out.Values[0], nil
}

// Gain is what a candidate adds: margin where there is money, else sales.
type Gain struct {
	Candidate
	Estimate
}

// Validate refuses a problem that means nothing.
func (p *Problem) Validate() error {
	if err := p.Network.Validate(); err != nil {
		return err
	}
	if p.Margin != nil && len(p.Margin) != len(p.Links) {
		return fmt.Errorf("%d links and %d margins", len(p.Links), len(p.Margin))
	}
	for _, c := range p.Candidates {
		if c.Plant < 0 || c.Plant >= len(p.Capacity) || c.Vehicle < 0 || c.Vehicle >= p.Vehicles {
			return fmt.Errorf("a candidate of plant %d and vehicle %d, which are not there", c.Plant, c.Vehicle)
		}
	}
	return nil
}

// Evaluate estimates the sales of the links, and where gains is set what every candidate would add to them. All of them meet the
// same demands. It fails with ctx's error where not one block of scenarios was done in time.
func Evaluate(ctx context.Context, p *Problem, gains bool, o Options) (*Evaluation, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	x, err := newSampling(&p.Network, &p.Demand, o)
	if err != nil {
		return nil, err
	}
	base := Compile(&p.Network, Automatic)
	measures := []measure{flowMeasure{base, x.scale}}
	known := x.fullKnown() // then it need not be measured
	if !known {
		measures = append(measures, flowMeasure{Compile(p.Full(), Automatic), x.scale})
	}
	full := len(measures)
	if p.Margin != nil {
		measures = append(measures, p.with(p.Candidates...).margin(x.scale))
	}
	candidates := p.Candidates
	if !gains {
		candidates = nil
	}
	at := len(measures)
	more, first := p.gainMeasures(base, candidates, x.scale)
	out, err := x.run(ctx, append(measures, more...))
	if err != nil {
		return nil, err
	}
	total := p.Total()
	e := &Evaluation{
		Sales: out.Values[0], Algorithm: base.Algorithm(), Parts: base.Parts, Scenarios: out.Scenarios,
		Utilisation: scaled(out.Values[0], 1/total), Stopped: out.Stopped, Control: out.Control, Resolution: x.scale.Resolution(),
		P5: total * out.Quantile(0.05), P50: total * out.Quantile(0.5), P95: total * out.Quantile(0.95),
	}
	if p.Margin != nil {
		e.FullMargin, e.Margin = &out.Values[full], &out.Values[at]
	}
	if known {
		mean := x.mean.mean - p.returns()
		e.Full = Estimate{mean, mean - x.mean.doubt, mean + x.mean.doubt}
	} else {
		e.Full = out.Values[1]
	}
	e.Returns = p.returns()
	for i, c := range candidates {
		e.Gains = append(e.Gains, Gain{c, out.Values[at+first+i]})
	}
	sortGains(e.Gains)
	return e, nil
}

// gainMeasures measure what candidates add; their values begin at first. With money the first value is the margin of the links.
func (p *Problem) gainMeasures(base *Engine, candidates []Candidate, scale Scale) (out []measure, first int) {
	if p.Margin == nil && len(candidates) > fewCandidates && slices.ContainsFunc(base.Parts, func(x Part) bool { return x.Algorithm == Augment }) {
		return []measure{p.unpriced(candidates, scale)}, 1
	}
	if p.Margin == nil {
		for _, c := range candidates {
			out = append(out, newGain(&p.Network, []Link{c.Link}, scale))
		}
		return out, 0
	}
	if len(candidates) == 0 {
		return []measure{p.margin(scale)}, 1
	}
	links, margins := make([]Link, len(candidates)), make([]float64, len(candidates))
	for i, c := range candidates {
		links[i], margins[i] = c.Link, c.Margin
	}
	return []measure{circuitMeasure{newCircuit(&Priced{&p.Network, p.Margin}, links, margins), scale}}, 1
}

// fewCandidates is up to how many candidates each is compiled, whatever the network.
const fewCandidates = 20

// unpriced measures what candidates add where every vehicle counts 1: in a network that takes blocking flows the distances of one plan
// say of most candidates at once that they add nothing.
func (p *Problem) unpriced(candidates []Candidate, scale Scale) measure {
	links, one := make([]Link, len(candidates)), slices.Repeat([]float64{1}, max(len(candidates), len(p.Links)))
	for i, c := range candidates {
		links[i] = c.Link
	}
	return circuitMeasure{newCircuit(&Priced{&p.Network, one[:len(p.Links)]}, links, one[:len(candidates)]), scale}
}

// margin measures the margin of the links.
func (p *Problem) margin(scale Scale) measure {
	priced := &Priced{&p.Network, p.Margin}
	if level, ok := priced.levels(); ok {
		return newPrefix(&p.Network, level, scale)
	}
	return circuitMeasure{newCircuit(priced, nil, nil), scale}
}

// with is the problem with candidates built; they are no candidates any more. One that is a link already is left out.
func (p *Problem) with(built ...Candidate) *Problem {
	q := &Problem{Network: Network{Capacity: p.Capacity, Vehicles: p.Vehicles, Links: slices.Clone(p.Links)}, Demand: p.Demand, Margin: slices.Clone(p.Margin)}
	for _, c := range built {
		if slices.Contains(q.Links, c.Link) {
			continue
		}
		q.Links = append(q.Links, c.Link)
		if p.Margin != nil {
			q.Margin = append(q.Margin, c.Margin)
		}
	}
	for _, c := range p.Candidates {
		if !slices.Contains(q.Links, c.Link) {
			q.Candidates = append(q.Candidates, c)
		}
	}
	return q
}

// Add is the problem with some of its candidates built, by their links.
func (p *Problem) Add(links ...Link) (*Problem, error) {
	var built []Candidate
	for _, l := range links {
		if slices.Contains(p.Links, l) {
			continue
		}
		i := slices.IndexFunc(p.Candidates, func(c Candidate) bool { return c.Link == l })
		if i < 0 {
			return nil, fmt.Errorf("the link of plant %d and vehicle %d is no candidate", l.Plant, l.Vehicle)
		}
		built = append(built, p.Candidates[i])
	}
	return p.with(built...), nil
}

// sortGains puts the best first; where gains are the same, in the order of plants and vehicles.
func sortGains(g []Gain) {
	slices.SortStableFunc(g, func(a, b Gain) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.Vehicle, b.Vehicle))
	})
}

// scaled is an estimate times a positive factor.
func scaled(e Estimate, f float64) Estimate { return Estimate{e.Mean * f, e.Low * f, e.High * f} }
