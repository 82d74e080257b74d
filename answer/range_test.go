package answer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"headroom"
	"headroom/check"
	"headroom/planner"
	"headroom/table"
)

// rangeRows are assumptions about cells of two-plants, with a low and a high.
const rangeRows = `hatch-home,demand,vehicle=hatch market=home,volume,80000,60000,90000,test
hatch-margin,demand,vehicle=hatch market=home,contribution,12,8,14,test
north-capacity,line,line_id=north-1,capacity_year,150000,130000,180000,test
retool-suv-north,vehicle_line,vehicle=suv line=north-1,retool,110,60,400,test
severance-south,plant,plant_id=south,severance,40,20,80,test
still,demand,vehicle=van market=home,contribution,12,12,12,test
suv-growth-home,demand,vehicle=suv market=home,growth,4,0,9,test
suv-home,demand,vehicle=suv market=home,volume,35000,20000,60000,test
`

const rangeTarget = "target_id,period,value\nmore,2030,200000\n"

// rangeFixture is two-plants with more assumptions and a target.
type rangeFixture struct {
	t    testing.TB
	fsys fs.FS
}

func newRangeFixture(t testing.TB, rows string) rangeFixture {
	t.Helper()
	dir := os.DirFS("../cases/two-plants")
	old, err := fs.ReadFile(dir, "assumption.csv")
	if err != nil {
		t.Fatal(err)
	}
	return rangeFixture{t, table.Overlay{FS: dir, Files: map[string][]byte{
		"assumption.csv": []byte(string(old) + rows), "target.csv": []byte(rangeTarget),
	}}}
}

func (f rangeFixture) load(moves []headroom.Move) (*headroom.Case, error) {
	c, found, err := table.LoadFS(f.fsys, table.LoadOptions{Moves: moves})
	if err != nil {
		return nil, err
	}
	found = check.Merge(found, check.Case(c))
	if i := slices.IndexFunc(found, func(x headroom.Finding) bool { return x.Severity == headroom.SeverityError }); i >= 0 {
		return nil, &headroom.Error{Findings: found[i:]}
	}
	return c, nil
}

func (f rangeFixture) must(moves ...headroom.Move) *headroom.Case {
	f.t.Helper()
	c, err := f.load(moves)
	if err != nil {
		f.t.Fatal(err)
	}
	return c
}

func (f rangeFixture) ask(ctx context.Context, o RangeOptions, names ...string) []headroom.Range {
	f.t.Helper()
	o.Load = f.load
	out, err := Range(ctx, f.must(), names, mustSolver(f.t), o)
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}

func find(r headroom.Range, ref string) (headroom.Driver, bool) {
	all := slices.Concat(r.Drivers, r.Others)
	i := slices.IndexFunc(all, func(d headroom.Driver) bool { return d.Ref == ref })
	if i < 0 {
		return headroom.Driver{}, false
	}
	return all[i], true
}

// TestRangeOutput holds the answers at the ends to plans of cases that are moved there by hand, and says what was screened out.
func TestRangeOutput(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, rangeRows)
	r := f.ask(t.Context(), RangeOptions{}, "output")[0]
	if r.Question != "Output in 2030" || r.Unit != "vehicles" || r.Base == nil {
		t.Fatalf("%+v", r)
	}
	low, high := *r.Base, *r.Base
	for _, d := range slices.Concat(r.Drivers, r.Others) {
		for i, at := range []*float64{d.AtLow, d.AtHigh} {
			c := f.must(headroom.Move{Assumption: strings.TrimPrefix(d.Ref, "assumption/"), Value: fmt.Sprint([]float64{*d.Low, *d.High}[i])})
			p, err := Plan(t.Context(), signedOnly(c), mustSolver(t), planner.Options{Gap: BriefGap})
			if err != nil {
				t.Fatal(err)
			}
			if want := built(c, p, []string{"*"}, "2030"); at == nil || math.Abs(*at-want) > 1 {
				t.Errorf("%s at end %d: %v, want %v", d.Ref, i, at, want)
			}
			low, high = min(low, *at), max(high, *at)
		}
	}
	if *r.Low != low || *r.High != high {
		t.Errorf("from %v to %v, want %v to %v", *r.Low, *r.High, low, high)
	}
	if d := r.Drivers[0]; d.Ref != "assumption/north-capacity" || d.Swing != 50000 || !d.Decided || d.Status != StatusAssumed || d.Of != "line.capacity_year where line_id=north-1" {
		t.Errorf("the first driver is %+v", d)
	}
	kinds := map[string]string{}
	for _, s := range r.ScreenedOut {
		kinds[s.Ref] = s.Kind
	}
	if kinds["assumption/severance-south"] != headroom.ScreenedSame || kinds["assumption/still"] != headroom.ScreenedNoWidth {
		t.Errorf("screened out: %v", kinds)
	}
	if r.NoRange.Assumptions != 5 {
		t.Errorf("%d assumptions without a range, want 5", r.NoRange.Assumptions)
	}
}

// TestRangeSupport: the level that is told meets the target and a step less does not, at the base and at the ends.
func TestRangeSupport(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, rangeRows+"suv-material,vehicle_line,vehicle=suv line=south-1,unit_material,27400,26000,28600,test\n")
	f.fsys = table.Overlay{FS: f.fsys, Files: map[string][]byte{"vehicle_line.csv": []byte(
		"vehicle,line,committed_until,retool,unit_material\nhatch,north-1,2030-12-31,,\nsuv,north-1,,110,27500\nsuv,south-1,,160,27400\nvan,south-1,,130,\n",
	)}}
	r := f.ask(t.Context(), RangeOptions{}, "support")[0]
	met := func(level float64, moves ...headroom.Move) bool {
		a := &askSupport{asking: asking{s: mustSolver(t), o: planner.Options{Gap: supportGap}, q: mainTarget(f.must())}}
		ok, err := a.met(t.Context(), f.must(moves...), level, &told{})
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	same := func(name string, at *float64, note string, moves ...headroom.Move) {
		switch {
		case at == nil && (!strings.HasPrefix(note, "not reached") || met(supportTop, moves...)):
			t.Errorf("%s: no answer (%s)", name, note)
		case at != nil && (!met(*at, moves...) || *at > 0 && met(*at-SupportStep, moves...)):
			t.Errorf("%s: %v is not the least level", name, *at)
		}
	}
	same("base", r.Base, r.BaseNote)
	for _, d := range slices.Concat(r.Drivers, r.Others) {
		id := strings.TrimPrefix(d.Ref, "assumption/")
		same(d.Ref+" low", d.AtLow, d.NoteLow, headroom.Move{Assumption: id, Value: fmt.Sprint(*d.Low)})
		same(d.Ref+" high", d.AtHigh, d.NoteHigh, headroom.Move{Assumption: id, Value: fmt.Sprint(*d.High)})
	}
	if r.Base == nil || *r.Base == 0 || r.Swings < 3 {
		t.Errorf("base %v, moved by %d figures", r.Base, r.Swings)
	}
}

// TestRangeWorkers: the same bytes whatever the number of workers.
func TestRangeWorkers(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, rangeRows)
	var want []byte
	for _, n := range []int{1, 2, 4} {
		got, err := json.Marshal(f.ask(t.Context(), RangeOptions{Workers: n, Figures: 3}, "output", "support"))
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		} else if string(got) != string(want) {
			t.Errorf("%d workers:\n%s\nwant\n%s", n, got, want)
		}
	}
}

// TestRangeNoPlan: an end at which there is no plan is said and not dropped.
func TestRangeNoPlan(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, "hatch-run,vehicle_line,vehicle=hatch line=north-1,min_run,70,50,100,test\nnorth-capacity,line,line_id=north-1,capacity_year,150000,100000,180000,test\n")
	f.fsys = table.Overlay{FS: f.fsys, Files: map[string][]byte{"vehicle_line.csv": []byte(
		"vehicle,line,committed_until,min_volume,retool,unit_material\nhatch,north-1,2030-12-31,120000,,\nsuv,north-1,,,110,24400\nsuv,south-1,,,160,24100\n",
	)}}
	r := f.ask(t.Context(), RangeOptions{}, "output")[0]
	d, ok := find(r, "assumption/north-capacity")
	if !ok || d.AtLow != nil || !strings.HasPrefix(d.NoteLow, "no plan: ") || !d.Decided || d.AtHigh == nil {
		t.Errorf("%+v", d)
	}
	if len(r.Drivers) == 0 || r.Drivers[0].Ref != d.Ref && d.Swing == 0 && !slices.ContainsFunc(r.Drivers, func(x headroom.Driver) bool { return x.Ref == d.Ref }) {
		t.Errorf("it is not among the drivers: %+v", r.Drivers)
	}
}

// TestRangeStuck: what contradicts the case is said and not dropped.
func TestRangeStuck(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, "share,demand,vehicle=hatch market=home,contribution,12,-400%,14,test\n")
	r := f.ask(t.Context(), RangeOptions{}, "output")[0]
	if d, ok := find(r, "assumption/share"); ok && d.NoteLow != "" && d.AtLow == nil {
		return
	}
	i := slices.IndexFunc(r.ScreenedOut, func(s headroom.ScreenedOut) bool { return s.Kind == headroom.ScreenedStuck })
	if i < 0 {
		t.Errorf("%+v\n%+v", r.Drivers, r.ScreenedOut)
	}
}

// TestRangeUnknown lists the answers that there are.
func TestRangeUnknown(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, rangeRows)
	_, err := Range(t.Context(), f.must(), []string{"worth:nobody"}, mustSolver(t), RangeOptions{Load: f.load})
	if !errors.Is(err, ErrUnknownAnswer) || !strings.Contains(err.Error(), "the answers of this case are output, support") {
		t.Error(err)
	}
}

// TestRangeInterrupt: a range that is interrupted stops within a second and tells what it has.
func TestRangeInterrupt(t *testing.T) {
	t.Parallel()
	f := newRangeFixture(t, rangeRows)
	for _, after := range []string{"the answers as the case is", "screening by relaxations", "Output in 2030"} {
		ctx, cancel := context.WithCancel(t.Context())
		var at time.Time
		r := f.ask(ctx, RangeOptions{Workers: 1, Progress: func(_, _ int, what string) {
			if what == after && at.IsZero() {
				at = time.Now()
				cancel()
			}
		}}, "output")[0]
		if late := time.Since(at); late > time.Second {
			t.Errorf("%s: it took %v to stop", after, late)
		}
		if r.Stopped != "interrupt" || r.Base == nil {
			t.Errorf("%s: stopped %q, base %v", after, r.Stopped, r.Base)
		}
		if n := len(r.Drivers) + len(r.Others); after == "Output in 2030" && n != 1 {
			t.Errorf("%s: %d figures, want the one that was done", after, n)
		}
		cancel()
	}
}

// TestRangeScreening compares what is solved of random cases with what all would give. What is screened out because no programme
// has it never moves the answer. What the relaxation leaves out may: it is counted, and the drivers that are told must seldom be
// others than the true ones.
func TestRangeScreening(t *testing.T) {
	t.Parallel()
	missed, told := 0, 0
	for seed := range uint64(5) {
		f := newRangeFixture(t, randomRows(seed))
		f.fsys = table.Overlay{FS: f.fsys, Files: map[string][]byte{
			"plant.csv":   []byte("plant_id,use,initial_state,fixed_cost_open,cost_reopen,severance\nnorth,include,operating,95,,\nsouth,consider,operating,60,70,40\n"),
			"vehicle.csv": []byte("vehicle_id,powertrain,use,sop\nhatch,HEV,include,\nsuv,BEV,include,2027-01-01\nvan,BEV,include,2028-01-01\n"),
		}}
		all := f.ask(t.Context(), RangeOptions{All: true}, "output")[0]
		some := f.ask(t.Context(), RangeOptions{Figures: 5, Top: 3}, "output")[0]
		for _, s := range some.ScreenedOut {
			d, ok := find(all, s.Ref)
			if s.Kind == headroom.ScreenedSame && ok && d.Swing != 0 {
				t.Errorf("seed %d: %s is not in any programme and moves the answer by %v", seed, s.Ref, d.Swing)
			}
		}
		for _, d := range all.Drivers[:min(3, len(all.Drivers))] {
			told++
			if got, ok := find(some, d.Ref); !ok {
				missed++
				t.Logf("seed %d: %s moves the answer by %v and was left out", seed, d.Ref, d.Swing)
			} else if got.Swing != d.Swing {
				t.Errorf("seed %d: %s moves it by %v, with all by %v", seed, d.Ref, got.Swing, d.Swing)
			}
		}
	}
	if told < 8 || missed*5 > told {
		t.Errorf("%d of %d drivers were left out", missed, told)
	}
}

// randomRows are assumptions about all figures of two-plants, each with a random low and high.
func randomRows(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for _, cell := range []struct {
		name, table, selector, column string
		value                         float64
	}{
		{"alpha", "demand", "vehicle=hatch market=home", "volume", 80000},
		{"bravo", "demand", "vehicle=hatch market=abroad", "volume", 45000},
		{"charlie", "demand", "vehicle=suv market=home", "volume", 35000},
		{"delta", "demand", "vehicle=suv market=abroad", "volume", 30000},
		{"echo", "demand", "vehicle=suv market=abroad", "growth", 6},
		{"foxtrot", "demand", "vehicle=suv market=home", "price_net", 28000},
		{"golf", "demand", "vehicle=suv market=abroad", "price_net", 27000},
		{"hotel", "demand", "vehicle=hatch market=abroad", "contribution", 11},
		{"india", "line", "line_id=north-1", "capacity_year", 150000},
		{"juliett", "line", "line_id=south-1", "capacity_year", 90000},
		{"kilo", "vehicle_line", "vehicle=suv line=north-1", "retool", 110},
		{"lima", "vehicle_line", "vehicle=suv line=south-1", "retool", 160},
		{"mike", "plant", "plant_id=south", "fixed_cost_open", 60},
		{"november", "plant", "plant_id=north", "fixed_cost_open", 95},
		{"oscar", "plant", "plant_id=south", "cost_reopen", 70},
		{"papa", "vehicle_line", "vehicle=suv line=south-1", "unit_material", 24100},
	} {
		low, high := cell.value*(1-0.3*rng.Float64()), cell.value*(1+0.3*rng.Float64())
		if cell.column == "volume" || cell.column == "capacity_year" {
			low, high = math.Round(low), math.Round(high)
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%v,%v,%v,test\n", cell.name, cell.table, cell.selector, cell.column, cell.value, low, high)
	}
	return b.String()
}
