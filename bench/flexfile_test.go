package bench

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"headroom/check"
	"headroom/flex"
	"headroom/links"
	"headroom/table"
)

// Instances in the three layouts that are read; the figures are those of Jordan and Graves (1995).
const (
	jgFile = `{"name":"ten","plants":10,"products":10,"capacity_each":100,
 "demand":{"dist":"normal truncated (conditioned) to mean +- 2 sd","mean":100,"sd":40,"independent":true}}`
	gmFile = `{"name":"gm","capacity":[380,230,250,230,240,230,230,240],"products":["A","B","C","D","E","F","G","H","I","J","K","L","M","N","O","P"],
 "demand_mean":[320,150,270,110,220,110,120,80,140,160,60,35,40,35,30,180],
 "base_links_plant_product":[[1,"A"],[1,"B"],[2,"C"],[3,"D"],[3,"E"],[4,"E"],[4,"F"],[5,"G"],[5,"H"],[5,"I"],[6,"I"],[6,"J"],[7,"K"],[7,"L"],[7,"M"],[8,"N"],[8,"O"],[8,"P"]],
 "sd_fraction":0.4,"truncation":"+-2 sd"}`
	pricedFile = `{"m_plants":2,"n_products":2,"capacity":[10,20],"demand_mean":[12,9],"demand_sd":[2,3],
 "unit_profit":[[5,4],[3,4]],"arc_fixed_cost":[[1,2],[3,4]],"flex_0":[[1,0],[0,1]]}`
)

// mustFlex converts an instance, checks the case without a finding, and asks about its links.
func mustFlex(t *testing.T, file, design string, o FlexChoice) *links.Flexibility {
	t.Helper()
	f, err := ReadFlex(strings.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "case")
	if err := f.WriteCase(dir, "instance", design); err != nil {
		t.Fatal(err)
	}
	c, found, err := table.Load(dir, table.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range check.Merge(found, check.Case(c)) {
		t.Errorf("%s %s: %v", design, file[:20], x)
	}
	l, err := links.Of(c, "")
	if err != nil {
		t.Fatal(err)
	}
	out, err := links.Flex(context.Background(), l, links.FlexOptions{Budget: links.NoBudget(), Run: flex.Options{Scenarios: 200_000, Seed: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestFlexKeys holds that converted instances give the known answers within three standard errors, through the whole program.
func TestFlexKeys(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, design string
		o            FlexChoice
		want, digit  float64
	}{
		{jgFile, FlexBase, FlexChoice{}, 855.443, 5e-4},
		{jgFile, FlexChain, FlexChoice{}, 951.690, 5e-4},
		{jgFile, FlexFull, FlexChoice{}, 955.492, 5e-4},
		{jgFile, FlexBase, FlexChoice{Truncation: "censor"}, 843.8, 0.05},
		{jgFile, FlexBase, FlexChoice{Truncation: "none"}, 840.4, 0.05},
		{gmFile, FlexBase, FlexChoice{}, 1785.37, 5e-3},
		{gmFile, FlexFull, FlexChoice{}, 1957.600, 5e-4},
		{`{"plants":3,"products":3,"capacity_each":100,"demand":{"dist":"uniform","low":[60,50,0],"high":[140,150,200]}}`, FlexBase, FlexChoice{}, 90 + 87.5 + 75, 1e-6},
		{`{"plants":3,"products":3,"capacity_each":100,"demand":{"dist":"uniform","mean":100,"half_width":40}}`, FlexBase, FlexChoice{}, 270, 1e-6},
		{`{"plants":1,"products":1,"capacity_each":100,"demand":{"dist":"normal censored at +-2 sd","mean":100,"cv":0.4}}`, FlexBase, FlexChoice{}, 84.38, 5e-3},
		{`{"plants":1,"products":1,"capacity_each":100,"demand":{"dist":"normal","truncation":"clipped at +-2 sigma","mean":100,"cv":0.4}}`, FlexBase, FlexChoice{}, 84.38, 5e-3},
		{`{"m_plants":1,"n_products":1,"capacity":[100],"demand_mean":[100],"demand_sd":[40],"distribution":"uniform"}`, FlexBase, FlexChoice{}, 100 - 10*math.Sqrt(3), 1e-6},
		// E min(D, 100) of a uniform demand of mean 100 and deviation 40 is 100 − 40√3/4
		{jgFile, FlexBase, FlexChoice{Dist: "uniform"}, 10 * (100 - 10*math.Sqrt(3)), 1e-6},
	}
	for _, tt := range tests {
		got := mustFlex(t, tt.file, tt.design, tt.o)
		if off := math.Abs(got.Sales.Mean - tt.want); off > 3*got.Sales.Half()/1.96+tt.digit {
			t.Errorf("%.20s %s %+v: %v, the key is %v", tt.file, tt.design, tt.o, got.Sales, tt.want)
		}
	}
}

// TestFlexMoney holds that profits and costs of links get into the case.
func TestFlexMoney(t *testing.T) {
	t.Parallel()
	got := mustFlex(t, pricedFile, FlexBase, FlexChoice{})
	if !got.Money || len(got.Links.Problem.Links) != 2 {
		t.Fatalf("%+v", got.Links)
	}
	if m := fmt.Sprint(got.Links.Problem.Margin); m != "[5 4]" {
		t.Errorf("margins are %s", m)
	}
	for i, c := range got.Links.Problem.Candidates {
		if want := []flex.Candidate{{Link: flex.Link{Plant: 0, Vehicle: 1}, Margin: 4, Cost: 2}, {Link: flex.Link{Plant: 1, Vehicle: 0}, Margin: 3, Cost: 3}}[i]; c != want {
			t.Errorf("candidate %+v, want %+v", c, want)
		}
	}
}

// TestBadFlexFiles holds that what is no instance is refused in words.
func TestBadFlexFiles(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		``:   "not JSON",
		`{}`: "no plants or no products",
		`{"plants":2,"products":2,"capacity_each":-1,"demand":{"mean":1,"sd":1}}`:                                                        "above zero",
		`{"plants":2,"products":2,"capacity_each":0,"demand":{"mean":1,"sd":1}}`:                                                         "0 capacities",
		`{"plants":2,"products":2,"capacity_each":1}`:                                                                                    "0 means",
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":[1,2,3],"sd":1}}`:                                                   "3 means",
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":-1}}`:                                                        "standard deviation -1",
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":1,"dist":"uniform"}}`:                                        "fall below zero",
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":1,"dist":"lognormal"}}`:                                      `"lognormal" is unknown`,
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":1,"dist":"gamma"}}`:                                          `"gamma" is unknown`,
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":1,"independent":false}}`:                                     "not independent",
		`{"plants":2,"products":["A","B"],"capacity_each":1,"demand_mean":[1,1],"sd_fraction":0.1,"base_links_plant_product":[[1,"Z"]]}`: `product "Z"`,
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":0.1},"base_links_plant_product":[[3,1]]}`:                    "which are not there",
		`{"plants":2,"products":2,"capacity_each":1,"demand":{"mean":1,"sd":0.1},"unit_profit":[[1,2]]}`:                                 "not a number for each",
		`{"plants":3000,"products":3000,"capacity_each":1}`:                                                                              "too many",
	} {
		if _, err := ReadFlex(strings.NewReader(file), FlexChoice{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

// FuzzReadFlex holds that no file makes the reader fail otherwise than by an error.
func FuzzReadFlex(f *testing.F) {
	for _, s := range []string{jgFile, gmFile, pricedFile} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		p, err := ReadFlex(strings.NewReader(file), FlexChoice{})
		if err != nil || len(p.Capacity)*len(p.Vehicles) > 400 {
			return
		}
		for _, d := range []string{FlexBase, FlexChain, FlexFull} {
			if err := p.WriteCase(filepath.Join(t.TempDir(), d), "fuzz", d); err != nil {
				t.Fatal(err)
			}
		}
	})
}
