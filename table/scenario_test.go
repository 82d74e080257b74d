package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/table"
)

// scenarios is a family of three.
const scenarios = "scen_id,parent,title\nbase,,\nboom,base,More demand\nrush,boom,And a price\n"

// changes of the family.
const changes = `scen_id,order,table,selector,column,op,value,claim
base,1,demand,vehicle=suv,volume,multiply,1.1,
boom,2,demand,vehicle=suv market=home,volume,add,1000,
boom,1,assumption,assumption_id=margin,value,multiply,0.5,
rush,1,demand,vehicle.powertrain=BEV,price_net,set,26000,C1
rush,2,demand,market=home,growth,multiply,2,
`

// mustScenario is two-plants with assumptions that fill, and scenarios.
func mustScenario(tb testing.TB) string {
	tb.Helper()
	dir := mustInit(tb)
	mustWrite(tb, dir, "scenario.csv", scenarios)
	mustWrite(tb, dir, "change.csv", changes)
	mustWrite(tb, dir, "claim.csv", "claim_id,subject,status\nC1,a price,reported\n")
	mustWrite(tb, dir, "demand.csv", "vehicle,market,volume,price_net,contribution\nhatch,abroad,45000,17000,11\nhatch,home,80000,18000,12\nsuv,home,35000,28000,\nvan,home,22000,31000,\n")
	mustWrite(tb, dir, "assumption.csv", "assumption_id,table,selector,column,value,reason\n"+
		"margin,demand,vehicle.powertrain=BEV,contribution,12,why\nmargin-van,demand,vehicle.powertrain=BEV vehicle=van,contribution,10,why\ntrend,demand,*,growth,2,why\n")
	return dir
}

func TestScenario(t *testing.T) {
	t.Parallel()
	type row struct {
		Volume, Price, Contribution, Growth float64
	}
	tests := []struct {
		scenario string
		suv, van row
	}{
		{"", row{35000, 28000, 12, 2}, row{22000, 31000, 10, 2}},
		{"base", row{38500, 28000, 12, 2}, row{22000, 31000, 10, 2}},
		{"boom", row{39500, 28000, 6, 2}, row{22000, 31000, 10, 2}},
		{"rush", row{39500, 26000, 6, 4}, row{22000, 26000, 10, 4}},
	}
	dir := mustScenario(t)
	hashes := map[string]bool{}
	for _, test := range tests {
		c := mustLoad(t, dir, table.LoadOptions{Scenario: test.scenario})
		got := func(d headroom.Demand) row {
			return row{d.Volume, d.PriceNet.Value, d.Contribution.Value, d.Growth.Value}
		}
		if diff := cmp.Diff([]row{test.suv, test.van}, []row{got(c.Demands[2]), got(c.Demands[3])}); diff != "" {
			t.Errorf("%s: %s", test.scenario, diff)
		}
		hashes[c.Hash] = true
	}
	if len(hashes) != len(tests) {
		t.Errorf("%d hashes of %d scenarios", len(hashes), len(tests))
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	dir := mustScenario(t)
	mustWrite(t, dir, "binding.csv", "table,row_key,column,kind,claim_id\ndemand,hatch:home:*,price_net,fact,C1\nvehicle_line,hatch:north-1:full,committed_until,commitment,C1\n")
	c := mustLoad(t, dir, table.LoadOptions{Scenario: "rush"})
	want := map[string]headroom.Label{
		"demand/hatch:home:*/price_net":                   {Basis: headroom.BasisFact, Claims: []string{"C1"}},
		"demand/hatch:home:*/volume":                      {Basis: headroom.BasisNone},
		"demand/hatch:home:*/growth":                      {Basis: headroom.BasisAssumption, Assumption: "scenario:rush"},
		"demand/hatch:abroad:*/growth":                    {Basis: headroom.BasisAssumption, Assumption: "trend"},
		"demand/suv:home:*/volume":                        {Basis: headroom.BasisAssumption, Assumption: "scenario:boom"},
		"demand/suv:home:*/price_net":                     {Basis: headroom.BasisFact, Claims: []string{"C1"}},
		"demand/van:home:*/contribution":                  {Basis: headroom.BasisAssumption, Assumption: "margin-van"},
		"vehicle_line/hatch:north-1:full/committed_until": {Basis: headroom.BasisCommitment, Claims: []string{"C1"}},
	}
	for ref, label := range c.Labels {
		if w, ok := want[ref.String()]; ok {
			if diff := cmp.Diff(w, label); diff != "" {
				t.Errorf("%s: %s", ref, diff)
			}
			delete(want, ref.String())
		}
		if strings.HasSuffix(ref.Column, "min_run") {
			t.Errorf("%s is a default and has a label", ref)
		}
	}
	for ref := range want {
		t.Errorf("%s has no label", ref)
	}
}

// TestBadRules holds that what is wrong with assumptions, changes and bindings is said, also of scenarios that are not wanted.
func TestBadRules(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, text, want string }{
		{"no table", "change.csv", "scen_id,table,column,value\nboom,demands,volume,1\n", `change.csv:2:table: UnknownTable: there is no table "demands"; did you mean "demand"?`},
		{"no column", "change.csv", "scen_id,table,column,value\nboom,demand,volum,1\n", `change.csv:2:column: UnknownColumn: demand has no column "volum"; did you mean "volume"?`},
		{"no row", "change.csv", "scen_id,table,selector,column,value\nboom,demand,vehicle=coupe,volume,1\n", "change.csv:2:selector: UnusedRow: the change of boom picks no row of demand; check its selector, or delete it"},
		{"no step", "change.csv", "scen_id,table,selector,column,value\nboom,demand,vehicle.colour=red,volume,1\n", `change.csv:2:selector: BadSelector: "vehicle" does not lead to a column "colour"; write column=value pairs separated by spaces, or *`},
		{"a word", "change.csv", "scen_id,table,column,op,value\nrush,line,plant,multiply,2\n", "change.csv:2:op: ImpossibleChange: plant of line is not a number; use set"},
		{"empty", "change.csv", "scen_id,table,column,op,value\nrush,demand,lost_sale,multiply,2\n", `change.csv:2:column: ImpossibleChange: demand/hatch:abroad:*/lost_sale is "" and cannot be changed by multiply; narrow its selector, or use set`},
		{"no parent", "scenario.csv", "scen_id,parent\nbase,bsae\nboom,\nrush,base\n", `scenario.csv:2:parent: DanglingKey: "bsae" is not in scenario.csv; did you mean "base"?`},
		{"own parent", "scenario.csv", "scen_id,parent\nbase,rush\nboom,\nrush,base\n", `scenario.csv:4:parent: CircularParents: the parents of "rush" lead back to it; a scenario cannot come before itself`},
		{"no figure", "binding.csv", "table,row_key,column,claim_id\ndemand,hatch:home,volume,C1\n", `binding.csv:2:row_key: DanglingKey: demand has no row "hatch:home"; did you mean "hatch:home:*"?`},
		{"no claim", "binding.csv", "table,row_key,column,claim_id\ndemand,hatch:home:*,volume,C2\n", `binding.csv:2:claim_id: DanglingKey: "C2" is not in claim.csv; did you mean "C1"?`},
		{"bound to nothing", "binding.csv", "table,row_key,column,claim_id\ndemand,hatch:home:*,lost_sale,C1\n", "binding.csv:2:column: UnusedRow: demand/hatch:home:*/lost_sale is empty; fill the cell in, or delete the binding"},
	}
	for _, test := range tests {
		dir := mustScenario(t)
		mustWrite(t, dir, test.file, test.text)
		_, findings, err := table.Load(dir, table.LoadOptions{Scenario: "rush"})
		if len(findings) != 1 || findings[0].String() != test.want || err != nil {
			t.Errorf("%s: got %v %v\nwant %s", test.name, findings, err, test.want)
		}
	}
}

// TestExclude holds that what belongs to an excluded row goes with it, and that an excluded lane stays, because it forbids.
func TestExclude(t *testing.T) {
	t.Parallel()
	dir := mustInit(t)
	mustWrite(t, dir, "plant.csv", strings.Replace(mustRead(t, dir, "plant.csv"), "consider", "exclude", 1))
	mustWrite(t, dir, "vehicle.csv", strings.Replace(mustRead(t, dir, "vehicle.csv"), "consider", "exclude", 1))
	mustWrite(t, dir, "lane.csv", "origin,destination,use\nnorth,abroad,exclude\nsouth,home,exclude\n")
	mustWrite(t, dir, "shift_pattern.csv", "pattern_id,lines,index\na,north-1 south-1,1\nb,south-1,2\n")
	c := mustLoad(t, dir, table.LoadOptions{})
	got := map[string]int{
		"plants": len(c.Plants), "lines": len(c.Lines), "vehicles": len(c.Vehicles), "places": len(c.VehicleLines), "demands": len(c.Demands),
		"lanes": len(c.Lanes), "patterns": len(c.ShiftPatterns), "lines of a pattern": len(c.ShiftPatterns[0].Lines),
	}
	want := map[string]int{"plants": 1, "lines": 1, "vehicles": 2, "places": 2, "demands": 4, "lanes": 1, "patterns": 1, "lines of a pattern": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for ref := range c.Labels {
		if ref.Key == "south" || strings.HasPrefix(ref.Key, "van:") {
			t.Errorf("%s has a label", ref)
		}
	}
}
