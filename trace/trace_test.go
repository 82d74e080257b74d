package trace_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/trace"
)

// traced is a small case: one figure printed, one worked out, one assumed, one that says nothing of where it is from.
func Traced() *headroom.Case {
	figure := func(table, key, column string) headroom.Ref {
		return headroom.Ref{Table: table, Key: key, Column: column}
	}
	return &headroom.Case{
		Settings:     headroom.Settings{ID: "small", BaseCurrency: "GBP"},
		Plants:       []headroom.Plant{{ID: "p", Region: "home"}},
		Lines:        []headroom.Line{{ID: "l", Plant: "p", CapacityYear: headroom.Some(600)}},
		Vehicles:     []headroom.Vehicle{{ID: "car"}},
		VehicleLines: []headroom.VehicleLine{{Vehicle: "car", Line: "l", Content: "full", Arrangement: "deal", RetoolM: headroom.Some(20)}},
		Markets:      []headroom.Market{{ID: "m", Region: "home"}},
		Demands:      []headroom.Demand{{Vehicle: "car", Market: "m", Period: "*", Volume: 500, PriceNet: headroom.Some(9000), Currency: "EUR"}},
		FXRates:      []headroom.FXRate{{From: "GBP", To: "EUR", Period: "*", Rate: 1.1511}},
		Arrangements: []headroom.Arrangement{{ID: "deal", Status: headroom.Talks, Claims: []string{"TALKS"}}},
		Targets:      []headroom.Target{{ID: "t", Period: "2035", Regions: []string{"home"}, Value: 1000, Hard: true}},
		Assumptions:  []headroom.Assumption{{ID: "price", Table: "demand", Column: "price_net", Selector: "*", Value: "9000", Low: "8000", High: "9500", Reason: "near PRICE-A; no claim"}},
		Sources:      []headroom.Source{{ID: "paper", Publisher: "The Paper", URL: "https://example.org/a"}},
		Claims: []headroom.Claim{
			{ID: "CAP", Value: "300", Unit: "vehicles", Status: "official", Source: "paper"},
			{ID: "SHARE", Value: "2", Status: "estimate", Source: "paper"},
			{ID: "OLD", Value: "290", Status: "reported", Source: "paper"},
			{ID: "NEW", Value: "310", Status: "reported", Supersedes: []string{"OLD"}},
			{ID: "PRICE-A", Value: "8800", Status: "reported", Source: "paper"},
			{ID: "TALKS", Status: "reported", Source: "paper"},
			{ID: "GOAL", Value: "1000", Status: "official", Source: "paper"},
		},
		Bindings: []headroom.Binding{
			{Table: "line", RowKey: "l", Column: "capacity_year", Kind: "derived", Claims: []string{"CAP", "SHARE"}, Formula: "[CAP] * [SHARE]", ChosenBecause: "the firmer", Alternatives: []string{"OLD"}},
			{Table: "target", RowKey: "t:2035", Column: "value", Kind: "fact", Claims: []string{"GOAL"}},
			{Table: "fx_rate", RowKey: "GBP:EUR:*", Column: "rate", Kind: "fact", Claims: []string{"SHARE"}},
		},
		Labels: map[headroom.Ref]headroom.Label{
			figure("line", "l", "capacity_year"):           {Basis: headroom.BasisDerived, Claims: []string{"CAP", "SHARE"}},
			figure("target", "t:2035", "value"):            {Basis: headroom.BasisFact, Claims: []string{"GOAL"}},
			figure("demand", "car:m:*", "price_net"):       {Basis: headroom.BasisAssumption, Assumption: "price"},
			figure("demand", "car:m:*", "volume"):          {Basis: headroom.BasisNone},
			figure("fx_rate", "GBP:EUR:*", "rate"):         {Basis: headroom.BasisFact, Claims: []string{"SHARE"}},
			figure("vehicle_line", "car:l:full", "retool"): {Basis: headroom.BasisAssumption, Assumption: "scenario:tooling"},
		},
		Changes:   []headroom.Change{{Scenario: "tooling", Table: "vehicle_line", Column: "retool", Selector: "*", Op: "multiply", Value: "2"}},
		Scenarios: []headroom.Scenario{{ID: "tooling", Title: "Dear tooling"}},
	}
}

// tracedPlan is a plan of that case.
func TracedPlan() *headroom.Plan {
	return &headroom.Plan{
		Outputs: []headroom.OutputRow{
			{Vehicle: "car", Plant: "p", Line: "l", Content: "full", Period: "2034", Units: 400},
			{Vehicle: "car", Plant: "p", Line: "l", Content: "full", Period: "2035", Units: 450},
		},
		Targets: []headroom.TargetRow{{Target: "t", Period: "2035", Value: 450, Wanted: 1000, Gap: 550}},
		Flows:   []headroom.FlowRow{{Vehicle: "car", Plant: "p", Market: "m", Period: "2035", Regime: "domestic", Units: 450}},
	}
}

func MustTrace(t *testing.T, tr *trace.Tracer, ref string) map[string]trace.TraceStep {
	t.Helper()
	steps, err := tr.Trace(ref)
	if err != nil {
		t.Fatalf("Trace(%q): %v", ref, err)
	}
	out := map[string]trace.TraceStep{}
	for _, s := range steps {
		if _, twice := out[s.Ref]; twice {
			t.Errorf("Trace(%q) has %s twice", ref, s.Ref)
		}
		out[s.Ref] = s
	}
	return out
}

func NoUnit(string, string) string { return "" }

func TestTrace(t *testing.T) {
	t.Parallel()
	tr := trace.NewTracer(Traced(), trace.ResultsOf(TracedPlan(), nil), NoUnit)
	steps := MustTrace(t, tr, "line/l/capacity_year")
	f := steps["line/l/capacity_year"]
	if f.Value != 600.0 || f.Transform != "[CAP] * [SHARE]" || f.Status != "estimate" || !slices.Equal(f.RestsOn, []string{"claim/CAP", "claim/SHARE"}) || !slices.Equal(f.Rivals, []string{"OLD"}) {
		t.Errorf("a derived figure: %+v", f)
	}
	if c := steps["claim/CAP"]; c.Value != 300.0 || c.Source == nil || c.Source.Publisher != "The Paper" || c.Level != 1 {
		t.Errorf("its claim: %+v", c)
	}
	if c := MustTrace(t, tr, "OLD")["claim/OLD"]; !slices.Equal(c.Rivals, []string{"NEW"}) {
		t.Errorf("a claim that was superseded has rivals %v", c.Rivals)
	}
	steps = MustTrace(t, tr, "demand/car:m:*/price_net")
	if a := steps["assumption/price"]; a.Low != "8000" || a.Reason == "" || !slices.Equal(a.Named, []string{"PRICE-A"}) {
		t.Errorf("an assumption: %+v", a)
	}
	if s := MustTrace(t, tr, "vehicle_line/car:l:full/retool")["scenario/tooling"]; s.Reason != "Dear tooling" || s.Transform != "multiply vehicle_line.retool 2 where *" || !s.Grounded() {
		t.Errorf("what a scenario changed: %+v", s)
	}
	if _, loose, _ := tr.Ends("demand/car:m:*/volume"); !slices.Equal(loose, []string{"demand/car:m:*/volume"}) {
		t.Errorf("an unlabelled figure leaves %v loose", loose)
	}
}

func TestTraceResults(t *testing.T) {
	t.Parallel()
	tr := trace.NewTracer(Traced(), trace.ResultsOf(TracedPlan(), nil), NoUnit)
	output := MustTrace(t, tr, "result/output/car:l:full:2035/units")
	for _, want := range []string{
		"line/l/capacity_year", "demand/car:m:*/price_net", "fx_rate/GBP:EUR:*/rate", "target/t:2035/value", "arrangement/deal/status", "claim/TALKS", "assumption/price",
	} {
		if _, ok := output[want]; !ok {
			t.Errorf("output does not rest on %s", want)
		}
	}
	if _, ok := MustTrace(t, tr, "result/output/car:l:full:2034/units")["target/t:2035/value"]; ok {
		t.Error("output of 2034 rests on a target of 2035")
	}
	gap := MustTrace(t, tr, "result/target/t:2035/gap")
	if _, ok := gap["result/output/car:l:full:2035/units"]; !ok || gap["result/target/t:2035/gap"].Value != 550.0 {
		t.Errorf("the gap of a target rests on %v", gap["result/target/t:2035/gap"].RestsOn)
	}
	// Short keys name one row, conditions add rows up.
	if s := MustTrace(t, tr, "result/output/car:p:2034/units"); s["result/output/car:l:full:2034/units"].Value != 400.0 {
		t.Error("a short key does not find its row")
	}
	if s := MustTrace(t, tr, "result/output/plant=p:period=2034,2035/units"); s["result/output/plant=p:period=2034,2035/units"].Value != 850.0 {
		t.Error("conditions do not add rows up")
	}
	if s := MustTrace(t, tr, "1,000"); s["target/t:2035/value"].Claim != "GOAL" {
		t.Error("a number does not find its figure")
	}
}

func TestTraceNothing(t *testing.T) {
	t.Parallel()
	tr := trace.NewTracer(Traced(), trace.ResultsOf(TracedPlan(), nil), NoUnit)
	for ref, near := range map[string]string{
		"line/l/capacity_yaer":                "line/l/capacity_year",
		"result/output/car:l:full:2036/units": "result/output/car:l:full:2035/units",
		"result/output/car/units":             "result/output/car:l:full:2034/units", // two rows
		"result/output/plant=q/units":         "",
		"asumption/price":                     "assumption/price",
		"target":                              "target/t:2035/value",
		"target/t":                            "target/t:2035/value",
		"claim/CAPS":                          "claim/CAP",
		"":                                    "",
		"///":                                 "",
		"12345":                               "",
	} {
		_, err := tr.Trace(ref)
		var e *trace.RefError
		if !errors.As(err, &e) || near != "" && !slices.Contains(e.Near, near) {
			t.Errorf("Trace(%q): %v, near %v; want near %s", ref, err, e, near)
		}
	}
	// A number that nobody has, with smaller and larger ones beside it: below 1,000 it is meant exactly, from there on to the unit.
	for _, ref := range []string{"399.7", "1001", "12345"} {
		if _, err := tr.Trace(ref); err == nil || !strings.Contains(err.Error(), "no figure") {
			t.Errorf("Trace(%q): %v", ref, err)
		}
	}
	_, err := trace.NewTracer(Traced(), nil, NoUnit).Trace("result/output/car:l:full:2035/units")
	if err == nil || !strings.Contains(err.Error(), "no results") {
		t.Errorf("without results: %v", err)
	}
}

func TestUses(t *testing.T) {
	t.Parallel()
	tr := trace.NewTracer(Traced(), nil, NoUnit)
	refs := func(list []trace.Use) string {
		var out []string
		for _, u := range list {
			out = append(out, u.Ref)
		}
		return strings.Join(out, " ")
	}
	for id, want := range map[string][2]string{
		"CAP":     {"line/l/capacity_year", ""},
		"SHARE":   {"fx_rate/GBP:EUR:*/rate line/l/capacity_year", ""},
		"OLD":     {"", "line/l/capacity_year"},
		"price":   {"demand/car:m:*/price_net", ""},
		"paper":   {"fx_rate/GBP:EUR:*/rate line/l/capacity_year target/t:2035/value", ""},
		"PRICE-A": {"", ""},
	} {
		u, err := tr.Uses(id)
		if err != nil || refs(u.Figures) != want[0] || refs(u.NotChosen) != want[1] {
			t.Errorf("Uses(%s) = %s, not chosen %s, %v; want %v", id, refs(u.Figures), refs(u.NotChosen), err, want)
		}
	}
	if u, _ := tr.Uses("PRICE-A"); !slices.Equal(u.NamedBy, []string{"price"}) {
		t.Errorf("PRICE-A is named by %v", u.NamedBy)
	}
	if u, _ := tr.Uses("TALKS"); len(u.Deals) != 1 || u.Deals[0].Arrangement != "deal" {
		t.Errorf("TALKS is used by deals %v", u.Deals)
	}
	if u, _ := tr.Uses("OLD"); !slices.Equal(u.Claims, []string{"NEW"}) {
		t.Errorf("OLD is beside %v", u.Claims)
	}
	if _, err := tr.Uses("CAPS"); err == nil {
		t.Error("a claim that is not there is used")
	}
}
