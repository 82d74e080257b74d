package planner_test

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"headroom"
	"headroom/answer"
	"headroom/planner"
)

// slack is the relative difference of two values that are the same: both plans are optimal as far as the solver can tell.
const slack = 1e-6

// law checks a law over small cases: f changes a copy of the case and says what must hold between the plan of the case and
// that of the copy.
func law(t *testing.T, f func(d *draw, c *headroom.Case) func(before, after *headroom.Plan) string) {
	t.Helper()
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		c := cases().Draw(rt, "case")
		changed := clone(c)
		holds := f(&draw{t: rt, c: changed}, changed)
		if holds == nil {
			return
		}
		before := lawPlan(t, rt, c)
		after := lawPlan(t, rt, changed)
		if why := holds(before, after); why != "" {
			if provedWrong(t, c, tight(), before) || provedWrong(t, changed, tight(), after) {
				dispute("%s: %s", t.Name(), why)
				return
			}
			rt.Fatalf("%s: %s %.12g, then %s %.12g", why, before.Status, before.Value, after.Status, after.Value)
		}
	})
}

func lawPlan(t *testing.T, rt *rapid.T, c *headroom.Case) *headroom.Plan {
	o := tight()
	solved()
	p, err := answer.Plan(t.Context(), c, mustSolver(t), o)
	if err != nil {
		rt.Fatal(err)
	}
	if p.Status != headroom.StatusVerified && p.Status != headroom.StatusInfeasible {
		rt.Fatalf("status %s %s", p.Status, p.Why)
	}
	return p
}

// clone copies a case with its tables.
func clone(c *headroom.Case) *headroom.Case {
	x := *c
	v := reflect.ValueOf(&x).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.Len() > 0 {
			rows := reflect.MakeSlice(f.Type(), f.Len(), f.Len())
			reflect.Copy(rows, f)
			f.Set(rows)
		}
	}
	return &x
}

// scale is the size of the money of a plan.
func scale(p *headroom.Plan) float64 { return max(math.Abs(p.Value), math.Abs(p.Constant), 1e4) }

// worse says why after is worse than before.
func worse(before, after *headroom.Plan) string {
	switch {
	case before.Status == headroom.StatusInfeasible:
		return ""
	case after.Status == headroom.StatusInfeasible:
		return "there is no plan any more"
	case after.Value < before.Value-slack*scale(before):
		return "the plan is worth less"
	}
	return ""
}

// better says why after is better than before.
func better(before, after *headroom.Plan) string {
	switch {
	case after.Status == headroom.StatusInfeasible:
		return ""
	case before.Status == headroom.StatusInfeasible:
		return "there is a plan now"
	case after.Value > before.Value+slack*scale(before):
		return "the plan is worth more"
	}
	return ""
}

func other(before, after *headroom.Plan) string {
	if why := worse(before, after); why != "" {
		return why
	}
	return better(before, after)
}

// owesNothing takes away all minima: they are owed for the days after a lead, so that a shorter lead alone would ask for more.
func owesNothing(c *headroom.Case) {
	for i := range c.VehicleLines {
		c.VehicleLines[i].MinRun, c.VehicleLines[i].MinVolume = 0, 0
	}
	for i := range c.Lines {
		c.Lines[i].MinRate = 0
	}
	for i := range c.Terms {
		if c.Terms[i].Kind == headroom.MinVolume {
			c.Terms[i].Value = 0
		}
	}
}

// TestRelaxingLaw: relaxing a bound never worsens a plan.
func TestRelaxingLaw(t *testing.T) {
	law(t, func(d *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		switch rapid.IntRange(0, 7).Draw(d.t, "bound") {
		case 0:
			for i := range c.VehicleLines {
				c.VehicleLines[i].MinRun /= 2
			}
		case 1:
			for i := range c.Demands {
				c.Demands[i].MinService /= 2
			}
		case 2:
			for i := range c.Quotas {
				c.Quotas[i].Volume *= 2
			}
		case 3:
			for i := range c.Plants {
				c.Plants[i].SiteCap.Value *= 2
				c.Plants[i].MaxMothball++
				c.Plants[i].MinOpen, c.Plants[i].ReopenLead, c.Plants[i].EarliestClose = 0, 0, 0
			}
			owesNothing(c)
		case 4:
			for i := range c.Lines {
				c.Lines[i].MaxVehicles, c.Lines[i].MaxLaunches, c.Lines[i].MinRate = headroom.Opt{}, headroom.Opt{}, 0
			}
		case 5:
			for i := range c.Vehicles {
				c.Vehicles[i].MaxLines = headroom.Opt{}
			}
			for i := range c.VehicleLines {
				c.VehicleLines[i].Lead, c.VehicleLines[i].MinVolume = 0, 0
			}
			owesNothing(c)
		case 6:
			for i := range c.Terms {
				switch c.Terms[i].Kind {
				case headroom.MinVolume:
					c.Terms[i].Value /= 2
				case headroom.MaxVolume:
					c.Terms[i].Value *= 2
				}
			}
		default:
			for i := range c.Targets {
				if c.Targets[i].Hard {
					c.Targets[i].Hard = false
				} else if c.Targets[i].Sense == "min" {
					c.Targets[i].Value /= 2
				}
			}
		}
		return worse
	})
}

// TestRemovedOptionLaw: a plan without a choice is never better than with it.
func TestRemovedOptionLaw(t *testing.T) {
	law(t, func(d *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		switch rapid.IntRange(0, 2).Draw(d.t, "option") {
		case 0:
			i := slices.IndexFunc(c.VehicleLines, func(k headroom.VehicleLine) bool { return k.CommittedUntil == 0 && k.Arrangement == "" })
			if i < 0 {
				return nil
			}
			c.VehicleLines = slices.Delete(c.VehicleLines, i, i+1)
		case 1:
			if len(c.Lanes) == 0 {
				return nil
			}
			c.Lanes = c.Lanes[1:]
		default:
			i := slices.IndexFunc(c.Plants, func(p headroom.Plant) bool { return p.Use == headroom.Consider && p.InitialState == headroom.Operating })
			if i < 0 {
				return nil
			}
			c.Plants[i].Use = headroom.Include
		}
		return better
	})
}

// TestPermutationLaw: the order of the rows of a case in memory keeps the value of its plan; sums are rounded otherwise.
func TestPermutationLaw(t *testing.T) {
	law(t, func(_ *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		slices.Reverse(c.Duties)
		slices.Reverse(c.Lanes)
		slices.Reverse(c.Demands)
		slices.Reverse(c.Labours)
		slices.Reverse(c.Terms)
		slices.Reverse(c.FXRates)
		slices.Reverse(c.Energies)
		slices.Reverse(c.Quotas)
		return other
	})
}

// TestRowOrder: the order of the rows in the files of a case changes nothing in its plan, to the last byte.
func TestRowOrder(t *testing.T) {
	t.Parallel()
	for _, a := range mustArchives(t) {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			var plans [2]headroom.Plan
			for i := range plans {
				files := a.variant("")
				for name, data := range files {
					if rows := strings.Split(strings.TrimSpace(data), "\n"); i == 1 && strings.HasSuffix(name, ".csv") {
						slices.Reverse(rows[1:])
						files[name] = strings.Join(rows, "\n") + "\n"
					}
				}
				c, o := mustLoad(t, files)
				plans[i] = settled(mustPlan(t, c, o))
				plans[i].Explanation = slices.Clone(plans[i].Explanation)
				for k := range plans[i].Explanation { // the number of a row is not the same, but that of its key
					e := &plans[i].Explanation[k]
					first, _, _ := strings.Cut(e.Row, " ")
					if want := c.Place(e.Table, first, e.Column).String(); e.Table != "" && e.Place != want {
						t.Errorf("%s of %s stands at %s, want %s", e.Column, e.Row, e.Place, want)
					}
					e.Place = ""
				}
			}
			if diff := cmp.Diff(plans[0], plans[1], cmpopts.EquateNaNs()); diff != "" {
				t.Errorf("(-as it is +rows reversed):\n%s", diff)
			}
		})
	}
}

// settled is a plan without what a clock says.
func settled(p *headroom.Plan) headroom.Plan {
	x := *p
	x.Seconds, x.Solver = 0, headroom.SolverInfo{}
	if math.IsNaN(x.Value) {
		x.Value, x.Bound, x.Gap = 0, 0, 0
	}
	return x
}

// TestSameSeedLaw: the same case and the same options give the same bytes.
func TestSameSeedLaw(t *testing.T) {
	law(t, func(_ *draw, _ *headroom.Case) func(before, after *headroom.Plan) string {
		return func(before, after *headroom.Plan) string {
			return cmp.Diff(settled(before), settled(after), cmpopts.EquateNaNs())
		}
	})
}

// TestCurrencyLaw: with every amount in a currency that is worth half, a plan is worth half.
func TestCurrencyLaw(t *testing.T) {
	law(t, func(_ *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		if len(c.FXRates) > 0 || slices.ContainsFunc(c.Demands, func(x headroom.Demand) bool { return x.CustomsValue == "9000" }) || c.TerminalRule == "" {
			return nil
		}
		c.BaseCurrency, c.FXRates = "USD", []headroom.FXRate{{From: "GBP", To: "USD", Period: "*", Rate: 0.5}}
		for i := range c.Terms {
			c.Terms[i].Currency = "GBP"
		}
		for i := range c.Targets {
			c.Targets[i].Penalty.Value /= 2 // a penalty is in base currency
		}
		return func(before, after *headroom.Plan) string {
			half := *before
			half.Value, half.Constant = before.Value/2, before.Constant/2
			return other(&half, after)
		}
	})
}

// TestRenamingLaw: new names keep the value of a plan.
func TestRenamingLaw(t *testing.T) {
	law(t, func(_ *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		for i := range c.Vehicles {
			c.Vehicles[i].ID = "z-" + c.Vehicles[i].ID
		}
		for i := range c.Lines {
			c.Lines[i].ID = "line " + c.Lines[i].ID
			c.Lines[i].Plant = "a-" + c.Lines[i].Plant
		}
		for i := range c.Plants {
			c.Plants[i].ID = "a-" + c.Plants[i].ID
		}
		for i := range c.Labours {
			if c.Labours[i].Plant != "*" {
				c.Labours[i].Plant = "a-" + c.Labours[i].Plant
			}
		}
		for i := range c.Energies {
			if c.Energies[i].Plant != "*" {
				c.Energies[i].Plant = "a-" + c.Energies[i].Plant
			}
		}
		for i := range c.VehicleLines {
			c.VehicleLines[i].Vehicle = "z-" + c.VehicleLines[i].Vehicle
			c.VehicleLines[i].Line = "line " + c.VehicleLines[i].Line
		}
		for i := range c.Demands {
			c.Demands[i].Vehicle = "z-" + c.Demands[i].Vehicle
		}
		return other
	})
}

// TestNoDemandLaw: where nothing is wanted, nothing is built.
func TestNoDemandLaw(t *testing.T) {
	law(t, func(_ *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		for i := range c.Demands {
			c.Demands[i].Volume = 0
		}
		return func(_, after *headroom.Plan) string {
			if len(after.Outputs) > 0 || len(after.Flows) > 0 || len(after.Losts) > 0 {
				return "something is built"
			}
			return ""
		}
	})
}

// TestLaterCutLaw: a duty that is cut, and the later the less, never makes a plan worth less. Only rows that add can be said
// to be cut: after a lower first layer a row of "max" takes more, and "replace" the same.
func TestLaterCutLaw(t *testing.T) {
	law(t, func(d *draw, c *headroom.Case) func(before, after *headroom.Plan) string {
		cut := headroom.NewDate(2026, pick(d, 1, 7, 12), 1)
		for i := range c.Duties {
			if how := c.Duties[i].Combine; how != "" && how != headroom.CombineAdd {
				return nil
			}
			if c.Duties[i].Layer == headroom.Countervailing && (c.Duties[i].To == 0 || c.Duties[i].To > cut) {
				c.Duties[i].To = cut
			}
		}
		return worse
	})
}

// TestNames: every column and row of a problem has a name of its own, made of keys.
func TestNames(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m, err := planner.Build(context.Background(), cases().Draw(rt, "case"), planner.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		p := m.Problem
		rows, cols := map[string]bool{}, map[string]bool{}
		for i := range p.Rows() {
			if s := p.RowName(i); rows[s] || !strings.Contains(s, "[") {
				rt.Fatalf("row name %s", s)
			} else {
				rows[s] = true
			}
		}
		for j := range p.Cols() {
			if s := p.ColName(j); cols[s] || !strings.Contains(s, "[") {
				rt.Fatalf("column name %s", s)
			} else {
				cols[s] = true
			}
		}
	})
}
