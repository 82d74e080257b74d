package calibrate

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/formula"
	"headroom/table"
)

// TestReconcileUK: the shipped case gives back the totals of 2025 that are known.
func TestReconcileUK(t *testing.T) {
	t.Parallel()
	got, err := Reconcile(mustUK(t, table.LoadOptions{}), 2025)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		what  string
		units float64
		claim string
	}{
		{"total", 764715, "PROD-2025-TOTAL"},
		{"cars: total", 717371, "PROD-2025-CAR"},
		{"cv: total", 47344, "PROD-2025-CV"},
		{"maker nissan", 273087, "MAKER-NISSAN-2025"},
		{"maker jlr", 201300, "MAKER-JLR-2025"},
		{"cars: other makers", 242984, "MAKER-REST-2025"},
		{"maker stellantis", 31000, "MAKER-STELL-2025"},
		{"cars: for uk", 161545, "EXP-2025-HOME"},
		{"cars: for eu", 0.567 * 555826, "EXP-2025-EU"},
		{"cars: for us", 0.150 * 555826, "EXP-2025-US"},
		{"cars: for cn", 0.063 * 555826, "EXP-2025-CN"},
		{"cars: qashqai", 172641, "MODEL-QASHQAI-2025"},
		{"cars: juke", 100446, "MODEL-JUKE-2025"},
	}
	for _, w := range want {
		i := slices.IndexFunc(got.Rows, func(r ReconcileRow) bool { return r.What == w.what })
		if i < 0 {
			t.Errorf("there is no row %q", w.what)
			continue
		}
		r := got.Rows[i]
		if !slices.Contains(r.Claims, w.claim) || math.Abs(r.Claim-w.units) > 1e-6*w.units {
			t.Errorf("%s: claim %v of %v, want %v of %s", w.what, r.Claim, r.Claims, w.units, w.claim)
		}
	}
	plants := 0
	for _, r := range got.Rows {
		if !r.OK() {
			t.Errorf("%s: model %.0f, claim %.0f, error %.3g", r.What, r.Model, r.Claim, r.Error)
		}
		if r.AtLeast {
			plants++
		}
	}
	if plants != 7 {
		t.Errorf("%d plants were compared, want 7", plants)
	}
	if !got.OK() {
		t.Error("not reconciled")
	}
}

// TestReconcileFails: a total that is wrong is seen.
func TestReconcileFails(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		do   func(c *headroom.Case)
		want string // what, or a part of the error
	}{
		{"a split that does not add up", func(c *headroom.Case) {
			scaleOutturn(c, "range-rover", 0.9)
		}, "the vehicles sum to"},
		{"makers mixed up", func(c *headroom.Case) {
			i := slices.IndexFunc(c.Vehicles, func(v headroom.Vehicle) bool { return v.ID == "mini" })
			c.Vehicles[i].Maker = "jlr"
		}, "maker jlr"},
		{"a plant too small", func(c *headroom.Case) {
			i := slices.IndexFunc(c.Lines, func(l headroom.Line) bool { return l.ID == "OXF-1" })
			c.Lines[i].CapacityYear = headroom.Some(50000)
		}, "oxford: capacity for what was built"},
		{"a claim in thousands", func(c *headroom.Case) {
			i := slices.IndexFunc(c.Claims, func(cl headroom.Claim) bool { return cl.ID == "PROD-2025-TOTAL" })
			c.Claims[i].Value = "764.715"
		}, "total"},
	} {
		c := mustUK(t, table.LoadOptions{})
		tt.do(c)
		got, err := Reconcile(c, 2025)
		var he *headroom.Error
		switch {
		case errors.As(err, &he):
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
			}
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case got.OK():
			t.Errorf("%s: reconciled", tt.name)
		default:
			bad := slices.IndexFunc(got.Rows, func(r ReconcileRow) bool { return r.What == tt.want && !r.OK() })
			if bad < 0 {
				t.Errorf("%s: the row %q agrees", tt.name, tt.want)
			}
		}
	}
	if _, err := Reconcile(mustUK(t, table.LoadOptions{}), 1999); err == nil || !strings.Contains(err.Error(), CodeNoOutturn) {
		t.Errorf("1999: %v", err)
	}
}

func scaleOutturn(c *headroom.Case, vehicle string, by float64) {
	for i, o := range c.Outturns {
		if o.Vehicle == vehicle && o.Market == "*" {
			c.Outturns[i].Units *= by
		}
	}
}

// TestFiguresUK: every figure of the shipped case rests on something, every bound one is what its claims give, and every claim
// that is used is there.
func TestFiguresUK(t *testing.T) {
	t.Parallel()
	c := mustUK(t, table.LoadOptions{})
	for ref, l := range c.Labels {
		if l.Basis == headroom.BasisNone {
			t.Errorf("%s rests on nothing", ref)
		}
	}
	figures := figuresOf(t, c)
	seen := 0
	found := formula.Recompute(c, func(ref headroom.Ref) (float64, bool) {
		v, ok := figures[ref]
		if ok {
			seen++
		}
		return v, ok
	})
	for _, f := range found {
		t.Error(f)
	}
	if seen < 150 {
		t.Errorf("only %d bound figures were found in the case", seen)
	}
	if len(c.Claims) != 495 {
		t.Errorf("%d claims, want 495", len(c.Claims))
	}
}

// TestScenariosUK: every scenario of the shipped case can be loaded and has no error.
func TestScenariosUK(t *testing.T) {
	t.Parallel()
	for _, s := range mustUK(t, table.LoadOptions{}).Scenarios {
		mustUK(t, table.LoadOptions{Scenario: s.ID})
	}
}

// figuresOf reads the numbers of a case by table, key and column.
func figuresOf(t testing.TB, c *headroom.Case) map[headroom.Ref]float64 {
	t.Helper()
	out := map[headroom.Ref]float64{}
	fields := reflect.ValueOf(c).Elem()
	for i := range fields.NumField() {
		list := fields.Field(i)
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		st := tableOf(list.Type().Elem())
		for k := range list.Len() {
			addFigures(out, st, list.Index(k))
		}
	}
	return out
}

// tableOf is the table that a type is a row of: the one with the same columns.
func tableOf(row reflect.Type) *table.Table {
	name := ""
	for _, r := range row.Name() {
		if r >= 'A' && r <= 'Z' && name != "" && !strings.HasSuffix(name, "f") {
			name += "_"
		}
		name += strings.ToLower(string(r))
	}
	if name == "fxrate" {
		name = "fx_rate"
	}
	return table.Lookup(name)
}

func addFigures(out map[headroom.Ref]float64, st *table.Table, row reflect.Value) {
	if st == nil {
		return
	}
	cells := map[string]reflect.Value{}
	for i := range row.NumField() {
		cells[row.Type().Field(i).Tag.Get("col")] = row.Field(i)
	}
	var key []string
	for _, i := range st.Keys {
		v := cells[st.Columns[i].Name]
		switch x := v.Interface().(type) {
		case headroom.Date:
			key = append(key, x.String())
		case int:
			key = append(key, itoa(x))
		default:
			key = append(key, v.String())
		}
	}
	for name, v := range cells {
		ref := headroom.Ref{Table: st.Name, Key: strings.Join(key, ":"), Column: name}
		switch x := v.Interface().(type) {
		case headroom.Opt:
			if x.Set {
				out[ref] = x.Value
			}
		case float64:
			out[ref] = x
		}
	}
}
