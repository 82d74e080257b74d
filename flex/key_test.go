package flex

import (
	"context"
	"math"
	"testing"
)

// jg is the example of Jordan and Graves (1995): ten plants of 100, ten vehicles of mean 100 and deviation 40.
func jg(rule Truncation) *Demand {
	d := &Demand{}
	for range 10 {
		d.Marginals = append(d.Marginals, Marginal{Kind: Normal, Mean: 100, SD: 40, Low: 20, High: 180, Rule: rule})
	}
	return d
}

// dedicated is n plants of capacity c with a vehicle each.
func dedicated(n int, c float64) *Network {
	net := &Network{Capacity: make([]float64, n), Vehicles: n}
	for i := range n {
		net.Capacity[i] = c
		net.Links = append(net.Links, Link{i, i})
	}
	return net
}

// gm is the example of General Motors in the same paper, with demands of 40 %.
func gm() (*Network, *Demand) {
	n := &Network{Capacity: []float64{380, 230, 250, 230, 240, 230, 230, 240}, Vehicles: 16}
	mean := []float64{320, 150, 270, 110, 220, 110, 120, 80, 140, 160, 60, 35, 40, 35, 30, 180}
	for p, vs := range [][]int{{0, 1}, {2}, {3, 4}, {4, 5}, {6, 7, 8}, {8, 9}, {10, 11, 12}, {13, 14, 15}} {
		for _, v := range vs {
			n.Links = append(n.Links, Link{p, v})
		}
	}
	d := &Demand{}
	for _, m := range mean {
		d.Marginals = append(d.Marginals, Marginal{Kind: Normal, Mean: m, SD: 0.4 * m, Low: 0.2 * m, High: 1.8 * m, Rule: Condition})
	}
	return n, d
}

// TestKeys compares with the known answers within three standard errors.
func TestKeys(t *testing.T) {
	t.Parallel()
	gmNet, gmDemand := gm()
	tests := []struct {
		name string
		net  *Network
		d    *Demand
		want float64
		off  float64 // half of the last digit of the key
	}{
		{"dedicated, conditioned", dedicated(10, 100), jg(Condition), 855.443, 5e-4},
		{"dedicated, censored", dedicated(10, 100), jg(Censor), 843.8, 0.05},
		{"dedicated, not truncated", dedicated(10, 100), jg(None), 840.4, 0.05},
		{"chain", chain(10, 100), jg(Condition), 951.690, 5e-4},
		{"full", dedicated(10, 100).Full(), jg(Condition), 955.492, 5e-4},
		{"GM base", gmNet, gmDemand, 1785.37, 5e-3},
		{"GM full", gmNet.Full(), gmDemand, 1957.600, 5e-4},
	}
	for _, tt := range tests {
		for _, o := range []Options{{Scenarios: 200_000, Seed: 1}, {Scenarios: 200_000, Seed: 2, Quasi: true}, {Scenarios: 100_000, Seed: 3, NoControl: true}} {
			e, err := Evaluate(context.Background(), &Problem{Network: *tt.net, Demand: *tt.d}, false, o)
			if err != nil {
				t.Fatal(err)
			}
			if off := math.Abs(e.Sales.Mean - tt.want); off > 3*e.Sales.Half()/normal95+tt.off {
				t.Errorf("%s: %.4f ± %.4f, the key is %v (quasi %v, control %q, %s)", tt.name, e.Sales.Mean, e.Sales.Half(), tt.want, o.Quasi, e.Control, e.Algorithm)
			} else {
				t.Logf("%s: %.4f ± %.4f, key %v, %d scenarios, control %q, quasi %v, %s", tt.name, e.Sales.Mean, e.Sales.Half(), tt.want, e.Scenarios, e.Control, o.Quasi, e.Algorithm)
			}
		}
	}
}
