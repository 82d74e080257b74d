package table_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/table"
)

// mustLater is two-plants with claims of 2024 to 2026, a deal with three steps, one that was heard of late, and a forecast.
func mustLater(tb testing.TB) string {
	tb.Helper()
	dir := mustInit(tb)
	mustWrite(tb, dir, "source.csv", "source_id,kind,title\npaper,press,a paper\nnews,press,the news\n")
	mustWrite(tb, dir, "claim.csv", `claim_id,kind,subject,quantity,value,unit,period_from,period_to,status,source_id,as_of
CAP-24,,north,capacity,140000,veh/yr,2024-01-01,2024-12-31,reported,paper,2024-03-01
CAP-26,,north,capacity,150000,veh/yr,2026-01-01,2026-12-31,confirmed,news,2026-02
SALES-25,,hatch,sales,45000,vehicles,2025-01-01,2025-12-31,official,paper,2025-06-30
SALES-24,,hatch,sales,40000,vehicles,2024-01-01,2024-12-31,official,paper,2024-06-30
SALES-Q,,hatch,sales,9000,vehicles,2024-01-01,2024-03-31,official,paper,2025-03-31
SOUTH,,south,capacity,90000,veh/yr,,,confirmed,news,2026-03-01
UNDATED,,hatch,sales,80000,vehicles,,,official,paper,
SUV,,suv,sales,35000,vehicles,,,official,news,2026-03-01
SUV-OLD,,suv,orders,10000,vehicles,,,reported,paper,2024-09-30
EV-1,event,guest,letter,,,,,reported,paper,2025-01-15
EV-2,event,guest,contract,,,,,confirmed,news,2026-01-20
EV-3,event,late,talks,,,,,reported,news,2026-01-20
KEPT,event,hatch,stays at north,,,,,confirmed,news,2026-01-10
`)
	mustWrite(tb, dir, "binding.csv", `table,row_key,column,kind,claim_id,formula,alternative_claims,fallbacks
line,north-1,capacity_year,fact,CAP-26,,CAP-24,
line,south-1,capacity_year,fact,SOUTH,,,
demand,hatch:abroad:*,volume,derived,SALES-25,[SALES-25],SALES-24 SALES-Q,
demand,suv:home:*,volume,fact,SUV,,,[SUV-OLD] * 4; 1
vehicle_line,hatch:north-1:full,committed_until,commitment,KEPT,,,
target,aim:*,value,fact,SUV,,,
`)
	mustWrite(tb, dir, "target.csv", "target_id,metric,region,period,sense,value\naim,units,*,*,min,35000\n")
	mustWrite(tb, dir, "arrangement.csv", "arr_id,status,status_date,claim,requires,note\nguest,signed,2026-01-20,EV-1 EV-2,late,all is agreed\nlate,talks,2026-01-20,EV-3,,\n")
	mustWrite(tb, dir, "event.csv", "arr_id,date,new_status,claim,note\nguest,2025-01-15,loi,EV-1,a letter\nguest,2026-01-20,signed,EV-2,\nlate,2026-01-20,talks,EV-3,\n")
	mustWrite(tb, dir, "term.csv", "arr_id,kind,value,unit\nguest,min_volume,5000,veh/yr\nlate,min_volume,5000,veh/yr\n")
	mustWrite(tb, dir, "vehicle_line.csv", mustRead(tb, dir, "vehicle_line.csv"))
	mustWrite(tb, dir, "forecast.csv", "forecast_id,period,value,made_on\nold,2030,100000,2024-05\nnew,2030,120000,2026-01\n")
	mustWrite(tb, dir, "assumption.csv", mustRead(tb, dir, "assumption.csv")+"south-before,line,line_id=south-1,capacity_year,80000,,,stands by for SOUTH\n")
	return dir
}

// mustLoadThen loads a case with no findings but remarks.
func mustLoadThen(tb testing.TB, dir string, o table.LoadOptions) *headroom.Case {
	tb.Helper()
	c, found, err := table.Load(dir, o)
	if err != nil || c == nil || slices.ContainsFunc(found, func(f headroom.Finding) bool { return f.Severity != headroom.SeverityInfo }) {
		tb.Fatal(found, err)
	}
	return c
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	dir := mustLater(t)
	now := mustLoad(t, dir, table.LoadOptions{})
	then := mustLoadThen(t, dir, table.LoadOptions{AsOf: headroom.NewDate(2025, 12, 31), Today: headroom.NewDate(2026, 6, 4)})
	if now.Hash == then.Hash {
		t.Error("the hash does not tell the day")
	}
	if then.AsOf != headroom.NewDate(2025, 12, 31) {
		t.Errorf("the case is as of %v", then.AsOf)
	}
	want := map[string]float64{
		"line/north-1/capacity_year":   140000, // the alternative
		"line/south-1/capacity_year":   80000,  // the assumption
		"demand/hatch:abroad:*/volume": 45000,  // known: as it is
		"demand/suv:home:*/volume":     40000,  // the first fallback that can be computed
	}
	got := figuresOf(then)
	for ref, v := range want {
		if got[ref] != v {
			t.Errorf("%s is %v, want %v", ref, got[ref], v)
		}
	}
	if _, ok := got["target/aim:*/value"]; ok || len(then.Targets) != 0 {
		t.Error("a target that nobody knew is there")
	}
	labels := map[string]headroom.Label{}
	for ref, l := range then.Labels {
		labels[ref.String()] = l
	}
	for ref, l := range map[string]headroom.Label{
		"line/north-1/capacity_year": {Basis: headroom.BasisFact, Claims: []string{"CAP-24"}},
		"line/south-1/capacity_year": {Basis: headroom.BasisAssumption, Assumption: "south-before"},
		"demand/suv:home:*/volume":   {Basis: headroom.BasisFact, Claims: []string{"SUV-OLD"}},
	} {
		if diff := cmp.Diff(l, labels[ref]); diff != "" {
			t.Errorf("%s: %s", ref, diff)
		}
	}
	for _, cl := range then.Claims {
		if cl.AsOf > then.AsOf || cl.ID == "UNDATED" {
			t.Errorf("%s of %v is there", cl.ID, cl.AsOf)
		}
	}
	if len(then.Sources) != 1 || len(then.Forecasts) != 1 || then.Forecasts[0].ID != "old" {
		t.Errorf("sources %v, forecasts %v", then.Sources, then.Forecasts)
	}
	wantDeal := headroom.Arrangement{
		ID: "guest", Kind: "contract_manufacture", Status: headroom.LOI, StatusDate: headroom.NewDate(2025, 1, 15), Claims: []string{"EV-1"}, Note: "a letter",
	}
	if diff := cmp.Diff([]headroom.Arrangement{wantDeal}, then.Arrangements); diff != "" {
		t.Error(diff)
	}
	if len(then.Terms) != 1 || len(then.Events) != 1 {
		t.Errorf("terms %v, events %v", then.Terms, then.Events)
	}
	for _, v := range then.VehicleLines {
		if v.CommittedUntil != 0 {
			t.Errorf("%s is committed, and nobody knew", v.Key())
		}
	}
}

// TestAsOfRival holds that in a formula only a claim about the same over a time as long stands in.
func TestAsOfRival(t *testing.T) {
	t.Parallel()
	c := mustLoadThen(t, mustLater(t), table.LoadOptions{AsOf: headroom.NewDate(2025, 5, 31)})
	if v := figuresOf(c)["demand/hatch:abroad:*/volume"]; v != 40000 {
		t.Errorf("the volume is %v: a quarter may not stand for a year", v)
	}
}

// TestAsOfErrors holds what is said where there is no case of a day.
func TestAsOfErrors(t *testing.T) {
	t.Parallel()
	dir := mustLater(t)
	tests := []struct {
		asOf, today headroom.Date
		want        string
	}{
		{20260605, 20260604, "FutureAsOf: the case is asked for as of 2026-06-05, and today is 2026-06-04; choose a day that has come"},
		{20240229, 20260604, "claim.csv: EarlyAsOf: nothing was known on 2024-02-29: the first claim, CAP-24, is of 2024-03-01; choose a later day"},
		{20240301, 20260604, "demand.csv:2:volume: LaterClaim: demand/hatch:abroad:*/volume rests on SALES-25 (known from 2025-06-30), and is not known as of 2024-03-01; " +
			"give its binding an alternative or a fallback of before, or write an assumption that fills it"},
		{20240301, 20260604, "demand.csv:5:volume: LaterClaim: demand/suv:home:*/volume rests on SUV (known from 2026-03-01), and is not known as of 2024-03-01; " +
			"give its binding an alternative or a fallback of before, or write an assumption that fills it"},
	}
	for _, test := range tests {
		_, found, err := table.Load(dir, table.LoadOptions{AsOf: test.asOf, Today: test.today})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(found, func(f headroom.Finding) bool { return f.String() == test.want && f.Severity == headroom.SeverityError }) {
			t.Errorf("as of %s: want %s\ngot", test.asOf, test.want)
			for _, f := range found {
				t.Error(f)
			}
		}
		for _, f := range found {
			if f.Code == headroom.CodeEmptyNumber {
				t.Errorf("a second cause: %s", f)
			}
		}
	}
}

// TestHindsight remarks on an assumption that names what was learned later.
func TestHindsight(t *testing.T) {
	t.Parallel()
	_, found, err := table.Load(mustLater(t), table.LoadOptions{AsOf: headroom.NewDate(2025, 12, 31)})
	if err != nil {
		t.Fatal(err)
	}
	want := "assumption.csv:9:reason: HindsightAssumption: the assumption south-before leans on SOUTH (known from 2026-03-01), not known on 2025-12-31; judge whether it would have been made then"
	if !slices.ContainsFunc(found, func(f headroom.Finding) bool { return f.String() == want && f.Severity == headroom.SeverityInfo }) {
		t.Error(found)
	}
}

// TestAsOfScenario holds that a scenario leaves no choice: its claim was known, or the case is not one of that day.
func TestAsOfScenario(t *testing.T) {
	t.Parallel()
	dir := mustLater(t)
	mustWrite(t, dir, "scenario.csv", "scen_id,title\nswap,a swap\nmore,more\n")
	mustWrite(t, dir, "change.csv", "scen_id,order,table,selector,column,op,value\nswap,1,binding,row_key=north-1,claim_id,set,SOUTH\nmore,1,demand,vehicle=suv,volume,multiply,2\n")
	_, found, err := table.Load(dir, table.LoadOptions{AsOf: headroom.NewDate(2025, 12, 31), Scenario: "swap"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(found, func(f headroom.Finding) bool {
		return strings.Contains(f.String(), "line/north-1/capacity_year rests on SOUTH (known from 2026-03-01)")
	}) {
		t.Error(found)
	}
	_, found, err = table.LoadFS(mustUK(t, nil), table.LoadOptions{AsOf: headroom.NewDate(2025, 12, 31), Scenario: "cars-lost-50k"})
	if err != nil {
		t.Fatal(err)
	}
	want := "demand/velar:uk:*/volume rests on MAKER-JLR-2025 (known from 2026-01-30), CY-LOST-B (known from 2026-01-30), and is not known as of 2025-12-31; choose a later day, or another scenario"
	if !slices.ContainsFunc(found, func(f headroom.Finding) bool { return strings.Contains(f.String(), want) }) {
		t.Error("an assumption stands in for what a scenario chose", found)
	}
	c := mustLoadThen(t, dir, table.LoadOptions{AsOf: headroom.NewDate(2025, 12, 31), Scenario: "more"})
	if v := figuresOf(c)["demand/suv:home:*/volume"]; v != 80000 {
		t.Errorf("a scenario on top makes %v", v)
	}
}

// TestUKAsOf reads the UK case as of four days: no claim of a later day is there, every figure is there, and the deals, the
// commitments and the figures are those of the day.
func TestUKAsOf(t *testing.T) {
	t.Parallel()
	type then struct {
		deals  map[string]headroom.DealStatus
		closes bool // the closing of a line at Sunderland was known
		is     map[string]float64
	}
	tests := map[headroom.Date]then{
		20260604: {
			map[string]headroom.DealStatus{"chery-jlr-halewood": headroom.Talks, "chery-nissan-sunderland": headroom.MOU, "leapmotor-figueruelas": headroom.Approved},
			true,
			map[string]float64{"outturn/2025:all:*:*/units": 764715, "duty/eu-cvd-byd/ad_valorem": 17},
		},
		20260201: {
			map[string]headroom.DealStatus{"chery-jlr-halewood": headroom.Talks, "chery-nissan-sunderland": "", "leapmotor-figueruelas": headroom.Approved},
			false,
			map[string]float64{"outturn/2025:all:*:*/units": 764715, "demand/corolla:eu:*/volume": 66239},
		},
		20251231: {
			map[string]headroom.DealStatus{"chery-jlr-halewood": "", "chery-nissan-sunderland": "", "leapmotor-figueruelas": headroom.Approved, "chery-rosslyn": ""},
			false,
			map[string]float64{"fx_rate/GBP:USD:*/rate": 1.3436, "demand/vans:eu:*/volume": 19500},
		},
		20241231: {
			map[string]headroom.DealStatus{"chery-ebro-barcelona": headroom.OperatingDeal, "leapmotor-figueruelas": ""},
			false,
			map[string]float64{"line/SUN-L2/capacity_year": 400000.0 / 3, "duty/eu-cvd-byd/ad_valorem": 17, "fx_rate/GBP:USD:*/rate": 1.25},
		},
		20231231: {
			map[string]headroom.DealStatus{"chery-ebro-barcelona": "", "byd-uk": ""},
			false,
			map[string]float64{"duty/eu-cvd-byd/ad_valorem": 0},
		},
	}
	for day, want := range tests {
		t.Run(day.String(), func(t *testing.T) {
			t.Parallel()
			c := mustLoadUK(t, nil, table.LoadOptions{AsOf: day, Today: 20261125})
			for _, cl := range c.Claims {
				if cl.AsOf > day {
					t.Errorf("%s of %s is there", cl.ID, cl.AsOf)
				}
			}
			for ref, l := range c.Labels {
				if l.Basis == headroom.BasisNone {
					t.Errorf("nothing says what %s rests on", ref)
				}
			}
			status := map[string]headroom.DealStatus{}
			for _, a := range c.Arrangements {
				status[a.ID] = a.Status
			}
			for id, s := range want.deals {
				if status[id] != s {
					t.Errorf("%s is %q, want %q", id, status[id], s)
				}
			}
			closes := slices.ContainsFunc(c.Lines, func(l headroom.Line) bool { return l.ID == "SUN-L2" && l.To != 0 })
			if closes != want.closes {
				t.Errorf("line 2 of Sunderland closes: %v", closes)
			}
			if day == 20251231 {
				l := c.Labels[headroom.Ref{Table: "demand", Key: "corolla:uk:*", Column: "volume"}]
				if got := strings.Join(l.Claims, " "); !strings.HasPrefix(got, "EXP-2024-CAR EXP-2024-CN ") || strings.Contains(got, "CV") || strings.Contains(got, "2023") {
					t.Errorf("the fit of 2024, cars rests on %s", got)
				}
			}
			got := figuresOf(c)
			for ref, v := range want.is {
				if math.Abs(got[ref]-v) > 1e-3*v {
					t.Errorf("%s is %v, want %v", ref, got[ref], v)
				}
			}
		})
	}
}
