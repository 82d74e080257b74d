package cli

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"sort"
	"strings"

	"headroom"
	"headroom/document"
)

// sameShare is the relative difference up to which two numbers of plans count as the same.
const sameShare = 1e-6

// difference is what two sides differ in.
type difference struct {
	a, b      *side
	inputs    []change
	decisions []change
	money     []moneyChange
	value     float64 // of the objective, b less a; NaN where there is none
	low, high float64 // between which the difference of the best possible plans lies
	why       string  // why there is no value
}

// change is one cell that differs; nil is a missing one.
type change struct {
	table, key, column string
	a, b               any
}

// moneyChange is the present value of an account of an owner.
type moneyChange struct {
	org, account string
	a, b         float64
}

// decisionColumns are the columns that hold what was decided, by table; columns named in keys make up the key.
var decisionColumns = []struct {
	table  string
	keys   []string
	column string
}{
	{"plant_state", []string{"plant", "period"}, "state"},
	{"alloc", []string{"vehicle", "line", "content", "period"}, "place"},
	{"shift", []string{"line", "period"}, "pattern"},
	{"output", []string{"vehicle", "line", "content", "period"}, "units"},
	{"lost", []string{"vehicle", "market", "period"}, "units"},
	{"deal", []string{"deal", "period"}, "units"},
	{"target", []string{"target_id", "period"}, "gap"},
}

// differ compares two sides.
func differ(a, b *side) *difference {
	d := &difference{a: a, b: b, inputs: inputChanges(a.inputs, b.inputs), money: moneyChanges(a, b)}
	for _, c := range decisionColumns {
		d.decisions = append(d.decisions, cellChanges(c.table, c.column, columnOf(a.tables[c.table], c.keys, c.column), columnOf(b.tables[c.table], c.keys, c.column))...)
	}
	d.value, d.low, d.high = math.NaN(), math.NaN(), math.NaN()
	switch {
	case a.objective != b.objective:
		d.why = fmt.Sprintf("the objectives are %s and %s", a.objective, b.objective)
	case a.currency != b.currency:
		d.why = fmt.Sprintf("the currencies are %s and %s", a.currency, b.currency)
	case math.IsNaN(a.value) || math.IsNaN(b.value):
		d.why = fmt.Sprintf("the plans are %s and %s", a.status, b.status)
	case a.status == headroom.StatusDisputed || b.status == headroom.StatusDisputed:
		d.why = fmt.Sprintf("the plans are %s and %s, and one that did not pass its check proves nothing", a.status, b.status)
	default:
		d.value = b.value - a.value
		// The best possible plan of a side lies between its value and its bound.
		d.low = min(b.value, b.bound) - max(a.value, a.bound)
		d.high = max(b.value, b.bound) - min(a.value, a.bound)
	}
	return d
}

// inputChanges lists the cells that differ.
func inputChanges(a, b document.Inputs) []change {
	var out []change
	for _, t := range keysOf(a, b) {
		for _, key := range keysOf(a[t], b[t]) {
			rowA, inA := a[t][key]
			rowB, inB := b[t][key]
			if inA != inB {
				out = append(out, change{table: t, key: key, a: there(inA), b: there(inB)})
				continue
			}
			for _, col := range keysOf(rowA, rowB) {
				if !same(rowA[col], rowB[col], 0) {
					out = append(out, change{t, key, col, rowA[col], rowB[col]})
				}
			}
		}
	}
	return out
}

// there says that a row is there, or nothing.
func there(is bool) any {
	if is {
		return "row"
	}
	return nil
}

// keysOf are the keys of two maps, sorted.
func keysOf[V any](a, b map[string]V) []string {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	return keys
}

// columnOf is a column of a table by the row's key. The column "place" says how a vehicle has its place: launched, or runs.
func columnOf(g document.Table, keys []string, column string) map[string]any {
	out := map[string]any{}
	c := slices.Index(g.Columns, column)
	if column == "place" {
		c = slices.Index(g.Columns, "launch")
	}
	for _, r := range g.Rows {
		parts := make([]string, len(keys))
		for i, k := range keys {
			parts[i] = fmt.Sprint(r[slices.Index(g.Columns, k)])
		}
		v := r[c]
		if column == "place" {
			v = map[bool]string{true: "launched", false: "runs"}[v == true]
		}
		out[strings.Join(parts, ":")] = v
	}
	return out
}

// cellChanges compares one column of decisions.
func cellChanges(table, column string, a, b map[string]any) []change {
	var out []change
	for _, key := range keysOf(a, b) {
		x, y := a[key], b[key]
		if !same(x, y, sameShare) {
			out = append(out, change{table, key, column, x, y})
		}
	}
	return out
}

// same compares two cells; numbers may differ by a share of the larger.
func same(x, y any, share float64) bool {
	f, okF := x.(float64)
	g, okG := y.(float64)
	switch {
	case okF && okG:
		return math.Abs(f-g) <= share*max(math.Abs(f), math.Abs(g), 1)
	case okF && y == nil:
		return share > 0 && math.Abs(f) <= share
	case okG && x == nil:
		return share > 0 && math.Abs(g) <= share
	}
	return reflect.DeepEqual(words(x), words(y))
}

// words turns lists that were read from JSON into what the case holds.
func words(v any) any {
	if l, ok := v.([]any); ok {
		out := make([]string, len(l))
		for i, x := range l {
			out[i] = fmt.Sprint(x)
		}
		return out
	}
	if l, ok := v.([]float64); ok {
		out := make([]string, len(l))
		for i, x := range l {
			out[i] = fmt.Sprint(x)
		}
		return out
	}
	return v
}

// presentValues adds up the cash of a side by org and account.
func presentValues(s *side) map[string]float64 {
	factor := map[string]any{}
	for k, v := range columnOf(s.tables["discount"], []string{"period"}, "factor") {
		factor[k] = v
	}
	out := map[string]float64{}
	g := s.tables["cash"]
	for _, r := range g.Rows {
		f, ok := factor[fmt.Sprint(r[slices.Index(g.Columns, "period")])].(float64)
		if !ok {
			f = 1 // what comes back at the end of the horizon is a present value
		}
		amount, _ := r[slices.Index(g.Columns, "amount")].(float64)
		out[fmt.Sprint(r[slices.Index(g.Columns, "org")])+"\x00"+fmt.Sprint(r[slices.Index(g.Columns, "account")])] += amount * f
	}
	return out
}

// moneyChanges lists the present values that differ.
func moneyChanges(a, b *side) []moneyChange {
	x, y := presentValues(a), presentValues(b)
	var out []moneyChange
	for _, key := range keysOf(x, y) {
		if same(x[key], y[key], sameShare) {
			continue
		}
		org, account, _ := strings.Cut(key, "\x00")
		out = append(out, moneyChange{org, account, x[key], y[key]})
	}
	return out
}
