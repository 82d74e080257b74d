package table_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/cases"
	"headroom/formula"
	"headroom/table"
)

// mustUK is the file system of the UK case with some files replaced.
func mustUK(tb testing.TB, files map[string]string) fs.FS {
	tb.Helper()
	sub, err := fs.Sub(cases.FS, "uk-2035")
	if err != nil {
		tb.Fatal(err)
	}
	o := table.Overlay{FS: sub, Files: map[string][]byte{}}
	for name, text := range files {
		o.Files[name] = []byte(text)
	}
	return o
}

// mustAdd is a file of the UK case with lines at its end.
func mustAdd(tb testing.TB, name string, lines ...string) map[string]string {
	tb.Helper()
	data, err := fs.ReadFile(mustUK(tb, nil), name)
	if err != nil {
		tb.Fatal(err)
	}
	return map[string]string{name: string(data) + strings.Join(lines, "\n") + "\n"}
}

// mustLoadUK reads the UK case, which must have no error and hold what its claims say.
func mustLoadUK(tb testing.TB, files map[string]string, o table.LoadOptions) *headroom.Case {
	tb.Helper()
	c, found, err := table.LoadFS(mustUK(tb, files), o)
	if err != nil || c == nil {
		tb.Fatal(err, found)
	}
	for _, f := range found {
		if f.Severity == headroom.SeverityError {
			tb.Error(f)
		}
	}
	figures := figuresOf(c)
	for _, f := range formula.Recompute(c, func(r headroom.Ref) (float64, bool) { v, ok := figures[r.String()]; return v, ok }) {
		tb.Error(f)
	}
	return c
}

// figuresOf are the numbers of a case by table/key/column.
func figuresOf(c *headroom.Case) map[string]float64 {
	out := map[string]float64{}
	for ref := range c.Labels {
		if v, ok := cellOf(c, ref); ok {
			out[ref.String()] = v
		}
	}
	return out
}

// cellOf finds a number of a case by reflection.
func cellOf(c *headroom.Case, ref headroom.Ref) (float64, bool) {
	v := reflect.ValueOf(*c)
	if ref.Table == "case" {
		return numberIn(v.FieldByName("Settings"), ref.Column, "yaml")
	}
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Slice || f.Type().Elem().Kind() != reflect.Struct || !strings.EqualFold(f.Type().Elem().Name(), strings.ReplaceAll(ref.Table, "_", "")) {
			continue
		}
		for k := range f.Len() {
			if key(f.Index(k).Interface()) == ref.Key {
				return numberIn(f.Index(k), ref.Column, "col")
			}
		}
	}
	return 0, false
}

// key is the key of a row.
func key(row any) string {
	switch r := row.(type) {
	case headroom.Outturn:
		return fmt.Sprintf("%d:%s:%s:%s", r.Year, r.Group, r.Vehicle, r.Market)
	case headroom.Forecast:
		return r.ID
	case interface{ Key() string }:
		return r.Key()
	}
	return ""
}

// numberIn is the number of a column in a row.
func numberIn(row reflect.Value, column, tag string) (float64, bool) {
	for i := range row.NumField() {
		if row.Type().Field(i).Tag.Get(tag) != column {
			continue
		}
		switch x := row.Field(i).Interface().(type) {
		case headroom.Opt:
			return x.Value, x.Set
		case float64:
			return x, true
		case int:
			return float64(x), true
		}
	}
	return 0, false
}

// moved are the figures that differ, sorted.
func moved(a, b *headroom.Case) []string {
	x, y := figuresOf(a), figuresOf(b)
	out := map[string]bool{}
	for ref, v := range x {
		if w, ok := y[ref]; !ok || v != w {
			out[ref] = true
		}
	}
	for ref := range y {
		if _, ok := x[ref]; !ok {
			out[ref] = true
		}
	}
	return slices.Sorted(maps.Keys(out))
}

func TestMoves(t *testing.T) {
	t.Parallel()
	base := mustLoadUK(t, nil, table.LoadOptions{})
	tests := []struct {
		name  string
		move  headroom.Move
		moved []string // beginnings of the figures that move, each of which must
		is    map[string]float64
	}{
		{
			"a capacity",
			headroom.Move{Claim: "CAP-BURN", Value: "160000"},
			[]string{"line/BUR-1/capacity_year"},
			map[string]float64{"line/BUR-1/capacity_year": 160000},
		},
		{
			"a part of two",
			headroom.Move{Claim: "CAP-SUN-L1", Value: "330000"},
			[]string{"line/SUN-L1/capacity_year", "line/SUN-L2/capacity_year"},
			map[string]float64{"line/SUN-L1/capacity_year": 220000, "line/SUN-L2/capacity_year": 180000},
		},
		{
			"what the stop cost",
			headroom.Move{Claim: "CY-LOST", Value: "50000"},
			[]string{"demand/evoque:", "demand/range-rover:", "demand/velar:", "shock/2025:stop:jlr/units"},
			nil,
		},
		{
			"an assumption that fills",
			headroom.Move{Assumption: "crew-share", Value: "40"},
			[]string{"labour/"},
			map[string]float64{"labour/sunderland/crew_share": 40},
		},
		{
			"an assumption that describes",
			headroom.Move{Assumption: "discount-rate", Value: "9"},
			[]string{"case/uk-2035/discount_rate"},
			nil,
		},
		{"the same number", headroom.Move{Claim: "CAP-BURN", Value: "150000.0"}, nil, nil},
		{"the same assumption", headroom.Move{Assumption: "crew-share", Value: "60"}, nil, nil},
		{"a claim of nothing", headroom.Move{Claim: "ARTICLE-USD", Value: "300"}, nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := mustLoadUK(t, nil, table.LoadOptions{Moves: []headroom.Move{test.move}})
			got := moved(base, c)
			for _, ref := range got {
				if !slices.ContainsFunc(test.moved, func(s string) bool { return strings.HasPrefix(ref, s) }) {
					t.Errorf("%s moved", ref)
				}
			}
			for _, s := range test.moved {
				if !slices.ContainsFunc(got, func(ref string) bool { return strings.HasPrefix(ref, s) }) {
					t.Errorf("nothing of %s moved", s)
				}
			}
			figures := figuresOf(c)
			for ref, want := range test.is {
				if figures[ref] != want {
					t.Errorf("%s is %v, want %v", ref, figures[ref], want)
				}
			}
			if c.Hash == base.Hash {
				t.Error("the hash is that of the case without the move")
			}
		})
	}
}

// TestMoveOfOutturn moves the production of cars: all totals of the year keep their sum, what was assumed gives way, and every
// figure that rests on the fit follows.
func TestMoveOfOutturn(t *testing.T) {
	t.Parallel()
	base := mustLoadUK(t, nil, table.LoadOptions{})
	c := mustLoadUK(t, nil, table.LoadOptions{Moves: []headroom.Move{{Claim: "PROD-2025-CAR", Value: "738000"}}})
	was, is := figuresOf(base), figuresOf(c)
	if v := is["outturn/2025:cars:*:*/units"]; v != 738000 {
		t.Fatalf("the total is %v", v)
	}
	if v := is["outturn/2025:cars:qashqai:*/units"]; v != was["outturn/2025:cars:qashqai:*/units"] {
		t.Errorf("a total with a claim that did not move is %v", v)
	}
	m, _, err := formula.Fit(c.Outturns, 2025, "cars")
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(m.Total()-738000) > 1 {
		t.Errorf("the fit sums to %v", m.Total())
	}
	for _, ref := range []string{"demand/corolla:uk:*/volume", "demand/mini:us:*/volume", "demand/range-rover:cn:*/volume", "demand/qashqai:eu:*/volume"} {
		if is[ref] == was[ref] {
			t.Errorf("%s did not move", ref)
		}
	}
	for _, ref := range moved(base, c) {
		if !strings.HasPrefix(ref, "demand/") && !strings.HasPrefix(ref, "outturn/2025:") {
			t.Errorf("%s moved", ref)
		}
	}
	if l := c.Labels[headroom.Ref{Table: "outturn", Key: "2025:cars:mini:*", Column: "units"}]; l.Assumption != "balance:2025:cars" {
		t.Errorf("a total that was scaled has the label %v", l)
	}
}

// TestBadMoves holds what is said of moves that cannot be made.
func TestBadMoves(t *testing.T) {
	t.Parallel()
	tests := []struct {
		move headroom.Move
		want string
	}{
		{headroom.Move{Claim: "CAP-BURM", Value: "1"}, `claim.csv: UnknownMove: there is no claim "CAP-BURM" to move; did you mean "CAP-BURN"?`},
		{headroom.Move{Assumption: "crew-shar", Value: "1"}, `assumption.csv: UnknownMove: there is no assumption "crew-shar" to move; did you mean "crew-share"?`},
		{headroom.Move{Claim: "CAP-BURN", Value: "1,000"}, `claim.csv:25:value: GroupedNumber: CAP-BURN cannot be moved: "1,000" has a thousands separator, or a decimal comma; write 1000, or 1.0 if the comma is a decimal one`},
		{headroom.Move{Claim: "LCPV-SHARE", Value: "0"}, "division by zero"},
	}
	for _, test := range tests {
		c, found, err := table.LoadFS(mustUK(t, nil), table.LoadOptions{Moves: []headroom.Move{test.move}})
		if err != nil || c == nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(found, func(f headroom.Finding) bool {
			return f.Severity == headroom.SeverityError && strings.Contains(f.String(), test.want)
		}) {
			t.Errorf("%v: want %s\ngot %v", test.move, test.want, found)
		}
	}
}

// TestSwap exchanges a claim of all figures that rest on it by one row of a scenario.
func TestSwap(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, change string
		is           map[string]float64
		claims       string // of the first figure that is looked at
	}{
		{
			"by its claims", "no-bics,2,binding,table=demand claim_id=CY-LOST,claim_id,set,MAKER-JLR-2025 CY-LOST-B,",
			nil, "MAKER-JLR-2025 CY-LOST-B",
		},
		{
			"of a fact", "no-bics,2,binding,table=line row_key=BUR-1,claim_id,set,MAKER-TOYOTA-2016,",
			map[string]float64{"line/BUR-1/capacity_year": 180425},
			"",
		},
		{
			"by its formula", "no-bics,2,binding,row_key=SUN-L2,formula,set,([CAP-SUN-500] - [CAP-SUN-L1]) * 2 / 3,",
			map[string]float64{"line/SUN-L2/capacity_year": 400000.0 / 3},
			"",
		},
		{
			"of the claim itself", "no-bics,2,claim,claim_id=CAP-BURN,value,multiply,1.2,",
			map[string]float64{"line/BUR-1/capacity_year": 180000},
			"",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := mustAdd(t, "change.csv", test.change)
			base := mustLoadUK(t, files, table.LoadOptions{})
			c := mustLoadUK(t, files, table.LoadOptions{Scenario: "no-bics"})
			figures := figuresOf(c)
			for ref, want := range test.is {
				if math.Abs(figures[ref]-want) > 1e-6 {
					t.Errorf("%s is %v, want %v", ref, figures[ref], want)
				}
			}
			if test.claims == "" {
				return
			}
			ref := headroom.Ref{Table: "demand", Key: "velar:uk:*", Column: "volume"}
			if got := strings.Join(c.Labels[ref].Claims, " "); got != test.claims {
				t.Errorf("%s rests on %s", ref, got)
			}
			was := figuresOf(base)
			if r := figures[ref.String()] / was[ref.String()]; math.Abs(r-(201300.0+50000)/(201300+26000)) > 1e-3 {
				t.Errorf("%s is %v times what it was", ref, r)
			}
		})
	}
}

// TestSwapOfTooMany refuses a swap that leaves open which claim of a formula is which.
func TestSwapOfTooMany(t *testing.T) {
	t.Parallel()
	_, found, err := table.LoadFS(mustUK(t, mustAdd(t, "change.csv", "no-bics,2,binding,row_key=SUN-L2,claim_id,set,CAP-SUN-350,")), table.LoadOptions{Scenario: "no-bics"})
	if err != nil {
		t.Fatal(err)
	}
	want := "ImpossibleChange: the change takes 4 claims of the formula out of claim_id and puts 1 in; name as many as there were, in their order, or change the formula"
	if !slices.ContainsFunc(found, func(f headroom.Finding) bool { return strings.HasSuffix(f.String(), want) }) {
		t.Error(found)
	}
}

// BenchmarkLoadMoved loads the UK case with a claim on which fits rest moved, beside a plain load.
func BenchmarkLoadMoved(b *testing.B) {
	for _, m := range [][]headroom.Move{nil, {{Claim: "CAP-BURN", Value: "160000"}}, {{Claim: "PROD-2025-CAR", Value: "738000"}}} {
		b.Run(fmt.Sprint(m), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := table.LoadFS(mustUK(b, nil), table.LoadOptions{Moves: m}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
