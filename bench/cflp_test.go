package bench

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/check"
	"headroom/highs"
	"headroom/internal/tree"
	"headroom/planner"
	"headroom/table"
)

// TestPublishedOptima turns every instance into a case and has it planned as a user does: the published optimum must come
// out, verified, with the money of the ledger.
func TestPublishedOptima(t *testing.T) {
	t.Parallel()
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	list, err := Instances(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 13 {
		t.Fatalf("%d instances, want 13", len(list))
	}
	for i := range list {
		in := &list[i]
		c := convertAndLoad(t, in.Problem, in.Name)
		plan, err := answer.Plan(t.Context(), c, s, planner.Options{Objective: "cost", Gap: optimumTolerance})
		if err != nil {
			t.Fatalf("%s: %v", in.Name, err)
		}
		if plan.Status != headroom.StatusVerified || plan.Check.MoneyError > 1e-9 {
			t.Errorf("%s: status %s (%s), money off by %g; want a verified plan", in.Name, plan.Status, plan.Why, plan.Check.MoneyError)
		}
		if err := in.wrong(plan.Value); err != nil {
			t.Error(err)
		}
		pointOfPlan(t, in, plan)
	}
}

// pointOfPlan reads the plan back as a point of the instance and recomputes it from the file's own numbers.
func pointOfPlan(t *testing.T, in *Instance, plan *headroom.Plan) {
	t.Helper()
	p := in.Problem
	plants, markets := map[string]int{}, map[string]int{}
	for i := range p.Capacity {
		plants[p.plant(i)] = i
	}
	for j := range p.Demand {
		markets[p.market(j)] = j
	}
	open := make([]bool, len(p.Capacity))
	for _, s := range plan.States {
		open[plants[s.Plant]] = s.State == headroom.Operating
	}
	share := make([][]float64, len(p.Demand))
	for j := range share {
		share[j] = make([]float64, len(p.Capacity))
	}
	for _, f := range plan.Flows {
		j := markets[f.Market]
		share[j][plants[f.Plant]] += f.Units / p.units(j)
	}
	if why := p.Feasible(open, share, 1e-6); why != "" {
		t.Errorf("%s: %s", in.Name, why)
	}
	if err := in.wrong(p.Objective(open, share)); err != nil {
		t.Errorf("the plan's decisions in the file's numbers: %v", err)
	}
}

// convertAndLoad writes an instance as a case and reads it back without any finding above information.
func convertAndLoad(t *testing.T, p *CFLP, name string) *headroom.Case {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := p.WriteCase(dir, name, "test"); err != nil {
		t.Fatal(err)
	}
	c, loaded, err := table.Load(dir, table.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range check.Merge(loaded, check.Case(c)) {
		if f.Severity != headroom.SeverityInfo {
			t.Errorf("%s: %s", name, f)
		}
	}
	return c
}

// TestCustomersWithoutDemand counts what a customer costs who asks for nothing: facility 2 is dear for it and cheap for the
// other, and opening both costs more than it saves.
func TestCustomersWithoutDemand(t *testing.T) {
	t.Parallel()
	p, err := ReadCFLP(strings.NewReader("2 3\n 10 100\n 10 100\n 8 40 10\n 0 5 50\n 0 0 0\n"), 0)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	plan, err := answer.Plan(t.Context(), convertAndLoad(t, p, "zeros"), s, planner.Options{Objective: "cost", Gap: 1e-6})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Status != headroom.StatusVerified || math.Abs(plan.Value-145) > 1e-6 {
		t.Errorf("%s %g, want verified 145: facility 1 at 100, 40 and 5", plan.Status, plan.Value)
	}
}

func TestReadCFLP(t *testing.T) {
	t.Parallel()
	const good = "1 2\n 10 5.5\n 3 1 \n 4\n 2.\n"
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, good) //nolint:errcheck // into memory
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"plain": good, "CR LF": strings.ReplaceAll(good, "\n", "\r\n"), "gzip": zipped.String(),
		"one line": strings.ReplaceAll(good, "\n", " "), "tabs and blank lines": strings.ReplaceAll(good, "\n", "\n\n\t"),
	} {
		p, err := ReadCFLP(strings.NewReader(text), 0)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprint(*p); got != "{[10] [5.5] [3 4] [[1] [2]]}" {
			t.Errorf("%s: read %s", name, got)
		}
	}
	p, err := ReadCFLP(strings.NewReader("1 1\ncapacity 5\n3 1\n"), 8000)
	if err != nil || p.Capacity[0] != 8000 {
		t.Errorf("the word capacity with a number for it: %v, %v", p, err)
	}
}

// TestReadBadCFLP has a message for every way a file is known to be wrong.
func TestReadBadCFLP(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"word capacity", "2 1\n10 5\ncapacity 5\n3 1 1\n", `line 3: the word "capacity" stands where the capacity of facility 2 should: write a number there, or give one for all with -capacity`},
		{"another word", "1 1\nten 5\n3 1\n", `line 2: the capacity of facility 1 is "ten", which is not a number: write a number`},
		{"word for a cost", "1 1\n10 5\n3 capacity\n", `line 3: the cost of customer 1 from facility 1 is "capacity", which is not a number: write a number`},
		{"NUL byte", "1 1\n10 5\n3 \x00 1\n", `line 3: a NUL byte: the file is damaged or not text; get it again`},
		{"empty", "", `line 1: the file ends where the number of facilities should stand: it is cut short; get it again`},
		{"no facilities", "0 1\n", `line 1: the number of facilities is 0: write a whole number from 1 to 20000000`},
		{"half a customer", "1 1.5\n", `line 1: the number of customers is 1.5: write a whole number from 1 to 20000000`},
		{"huge", "10000000 10000000\n", `line 1: 10000000 facilities and 10000000 customers are too many: is this a capacitated warehouse file?`},
		{"ends in facilities", "3 1\r\n10 5\r\n", `line 2: the file ends where the capacity of facility 2 should stand: it is cut short; get it again`},
		{"ends in a facility", "1 1\n10\n", `line 2: the file ends where the fixed cost of facility 1 should stand: it is cut short; get it again`},
		{"ends in costs", "2 2\n10 5\n10 5\n3 1 1\n3 1\n", `line 5: the file ends where the cost of customer 2 from facility 2 should stand: it is cut short; get it again`},
		{"too long", "1 1\n10 5\n3 1\n\n7\n", `line 5: "7" stands after the last customer's costs: the file has more numbers than its first line says`},
		{"decimal comma", "1 1\n10 5\n3 1,5\n", `line 3: the cost of customer 1 from facility 1 is "1,5": write numbers with a decimal point and no commas`},
		{"negative", "1 1\n-10 5\n3 1\n", `line 2: the capacity of facility 1 is -10: it cannot be negative`},
		{"not a number", "1 1\n10 NaN\n3 1\n", `line 2: the fixed cost of facility 1 is NaN: write a number`},
		{"infinite", "1 1\n10 5\n1e999 1\n", `line 3: the demand of customer 1 is 1e999: write a number`},
		{"damaged gzip", "\x1f\x8b\x08", `the gzip file is damaged (unexpected EOF): get it again`},
		{"endless line", strings.Repeat("9", cflpMostLine+1), `line 1: the line is longer than 16777216 bytes: is this a capacitated warehouse file?`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := ReadCFLP(strings.NewReader(tt.text), 0)
			if err == nil {
				t.Fatalf("read %v, want an error", p)
			}
			if err.Error() != tt.want {
				t.Errorf("error\n %s\nwant\n %s", err, tt.want)
			}
		})
	}
}

func TestMillions(t *testing.T) {
	t.Parallel()
	for v, want := range map[float64]string{0: "0", 7500: "0.0075", 7500.25: "0.00750025", 12345678.5: "12.3456785", 1e6: "1", 0.1: "0.0000001"} {
		if got := millions(v); got != want {
			t.Errorf("millions(%v) = %s, want %s", v, got, want)
		}
	}
}
