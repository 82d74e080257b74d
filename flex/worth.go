package flex

import (
	"cmp"
	"context"
	"slices"
)

// Evaluation is what a set of links is worth under a demand.
type Evaluation struct {
	Sales       Estimate
	Full        Estimate // with every link
	Utilisation Estimate // sales as a share of the capacity of all plants
	P5, P50     float64  // sales that are not exceeded with probability 5 and 50 %
	P95         float64
	Algorithm   string
	Parts       []Part
	Links       []Gain // best first; only where they were asked for
	Scenarios   int
	Stopped     string
	Control     string
	Resolution  float64 // of a volume
	Returns     float64 // mean of the draws below zero, all vehicles together; 0 where there are none
}

// Gain is what a link more would sell.
type Gain struct {
	Link
	Estimate
}

// Evaluate estimates the sales of a network, and of every missing link what it would add. All links meet the same demands.
func Evaluate(ctx context.Context, n *Network, d *Demand, missing []Link, o Options) (*Evaluation, error) {
	x, err := newSampling(n, d, o)
	if err != nil {
		return nil, err
	}
	base := Compile(n, Automatic)
	measures := []measure{flowMeasure{base, x.scale}, flowMeasure{Compile(n.Full(), Automatic), x.scale}}
	for _, l := range missing {
		measures = append(measures, newGain(n, []Link{l}, x.scale))
	}
	out, err := x.run(ctx, measures)
	if err != nil {
		return nil, err
	}
	total := n.Total()
	e := &Evaluation{
		Sales: out.Values[0], Full: out.Values[1], Algorithm: base.Algorithm(), Parts: base.Parts, Scenarios: out.Scenarios,
		Utilisation: scaled(out.Values[0], 1/total), Stopped: out.Stopped, Control: out.Control, Resolution: x.scale.Resolution(),
		P5: total * out.Quantile(0.05), P50: total * out.Quantile(0.5), P95: total * out.Quantile(0.95),
	}
	for i := range d.Marginals {
		e.Returns -= d.Marginals[i].Below()
	}
	for i, l := range missing {
		e.Links = append(e.Links, Gain{l, out.Values[2+i]})
	}
	sortGains(e.Links)
	return e, nil
}

// sortGains puts the best first; where gains are the same, in the order of plants and vehicles.
func sortGains(g []Gain) {
	slices.SortStableFunc(g, func(a, b Gain) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Plant, b.Plant), cmp.Compare(a.Vehicle, b.Vehicle))
	})
}

// scaled is an estimate times a positive factor.
func scaled(e Estimate, f float64) Estimate { return Estimate{e.Mean * f, e.Low * f, e.High * f} }
