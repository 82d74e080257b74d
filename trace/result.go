package trace

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"headroom"
)

// Results are the tables of a plan, and of the brief about it under names that begin with brief_: rows of cells.
type Results map[string][]Row

// resultKeys are the key columns of the tables of results: the parts of the key in result/table/key/column.
var resultKeys = map[string][]string{
	"output":      {"vehicle", "line", "content", "period"},
	"plant_state": {"plant", "period"},
	"alloc":       {"vehicle", "line", "content", "period"},
	"shift":       {"line", "period"},
	"flow":        {"vehicle", "plant", "market", "period", "regime", "agreement"},
	"lost":        {"vehicle", "market", "period"},
	"deal":        {"deal", "period"},
	"target":      {"target_id", "period"},
	"cash":        {"org", "period", "account"},
	"binding":     {"limit", "key", "period"},
	"discount":    {"period"},
	"rest":        {"plant", "period", "change", "vehicle", "line", "content"},

	"brief_sentence":     {"figure"},
	"brief_output":       {"period"},
	"brief_supply_curve": {"support"},
	"brief_binds":        {"cause"},
	"brief_plants":       {"plant"},
	"brief_deals":        {"deal"},
	"brief_cost_per_car": {"plant", "content", "arrangement", "part"},
	"brief_rests_on":     {"basis"},
	"brief_proof":        {"plan"},
	"brief_spread":       {"period"},
}

// resultColumns are the columns of the tables that hold numbers which were worked out, by table.
var resultColumns = map[string][]string{
	"output": {"units"}, "rest": {"paid", "rest", "back"}, "plant_state": {"state"}, "alloc": {"launch", "committed"},
	"shift": {"pattern", "capacity", "overtime", "changed"}, "flow": {"units"}, "lost": {"units"},
	"deal": {"units"}, "target": {"value", "target", "gap"}, "cash": {"amount"}, "binding": {"price"}, "discount": {"factor"},
	"brief_sentence": {"value"}, "brief_output": {"units", "target", "forecast"}, "brief_supply_curve": {"units", "gap", "support"},
	"brief_binds": {"units"}, "brief_plants": {"state", "capacity", "units", "utilisation", "headroom"},
	"brief_deals": {"units", "uk_units", "net", "home_net", "worth_low", "worth_high", "status"}, "brief_cost_per_car": {"full", "marginal", "break_even_volume", "break_even_duty"},
	"brief_spread":   {"rms", "low", "high", "n", "horizon", "scored", "no_change", "pairs"},
	"brief_rests_on": {"count", "share"}, "brief_proof": {"objective", "rest", "without_rest", "bound", "gap", "max_row_violation", "max_integrality_violation", "money_error"},
}

// resultUnits are the units of the columns of results; those of money are in base currency.
var resultUnits = map[string]string{
	"units": "vehicles", "capacity": "vehicles", "overtime": "vehicles", "headroom": "vehicles", "uk_units": "vehicles", "net": "vehicles", "home_net": "vehicles", "target": "vehicles",
	"forecast": "vehicles", "value": "vehicles", "gap": "", "amount": "ccy", "price": "ccy/veh", "full": "ccy/veh", "marginal": "ccy/veh",
	"low": "vehicles", "high": "vehicles", "horizon": "yr", "support": "ccy/veh", "worth_low": "ccy", "worth_high": "ccy", "objective": "ccy", "without_rest": "ccy", "paid": "ccy", "rest": "ccy", "back": "ccy", "bound": "ccy", "break_even_volume": "veh/yr",
}

// ResultsOf are the tables of a plan and a brief, either of which may be nil.
func ResultsOf(p *headroom.Plan, b *headroom.Brief) Results {
	r := Results{}
	if p != nil {
		r["output"], r["flow"], r["rest"] = jsonRows(p.Outputs), jsonRows(p.Flows), jsonRows(p.Rests)
		r["plant_state"], r["alloc"], r["shift"] = jsonRows(p.States), jsonRows(p.Allocs), jsonRows(p.Shifts)
		r["lost"], r["deal"], r["target"] = jsonRows(p.Losts), jsonRows(p.Deals), jsonRows(p.Targets)
		r["cash"], r["binding"], r["discount"] = jsonRows(p.Cash), jsonRows(p.Bindings), jsonRows(p.Discounts)
		r["brief_proof"] = []Row{{
			"plan": "plan", "objective": p.Value, "rest": headroom.EndOf(p).Rest, "without_rest": headroom.EndOf(p).Without, "bound": p.Bound, "gap": p.Gap, "max_row_violation": p.Check.MaxRowViolation,
			"max_integrality_violation": p.Check.MaxIntegralityViolation, "money_error": p.Check.MoneyError,
		}}
	}
	if b == nil {
		return r
	}
	r["brief_sentence"] = jsonRows(b.SentenceFigures)
	r["brief_output"], r["brief_supply_curve"], r["brief_binds"] = jsonRows(b.Output), jsonRows(b.SupplyCurve), jsonRows(b.Binds)
	r["brief_plants"], r["brief_deals"], r["brief_rests_on"] = jsonRows(b.Plants), jsonRows(b.Deals), jsonRows(b.RestsOn)
	if b.Spread != nil {
		r["brief_spread"] = jsonRows([]headroom.OutputSpread{*b.Spread})
	}
	for _, route := range b.CostPerCar.Routes {
		for _, p := range append(route.Parts[:len(route.Parts):len(route.Parts)], headroom.CarPart{Part: "all", Full: route.Full, Marginal: route.Marginal}) {
			row := Row{"plant": route.Plant, "content": route.Content, "arrangement": route.Arrangement, "part": p.Part, "full": p.Full, "marginal": p.Marginal}
			if p.Part == "all" && route.BreakEvenVolume != nil {
				row["break_even_volume"] = *route.BreakEvenVolume
			}
			if p.Part == "all" && route.BreakEvenDuty != nil {
				row["break_even_duty"] = *route.BreakEvenDuty
			}
			r["brief_cost_per_car"] = append(r["brief_cost_per_car"], row)
		}
	}
	return r
}

// jsonRows are structs as rows, by their json tags.
func jsonRows[T any](list []T) []Row {
	out := make([]Row, len(list))
	for i := range list {
		out[i] = structRow(reflect.ValueOf(list[i]), "json")
	}
	return out
}

// resultKey is the key of a row of results.
func resultKey(table string, r Row) string {
	parts := make([]string, len(resultKeys[table]))
	for i, c := range resultKeys[table] {
		parts[i] = r.text(c)
	}
	return strings.Join(parts, ":")
}

// resultRef is the reference of a cell of a row of results.
func resultRef(table string, r Row, column string) string {
	return "result/" + table + "/" + resultKey(table, r) + "/" + column
}

// pick finds the rows of a table that a key names: the whole key; some of its parts in their order, where that names one row; or
// conditions such as plant=sunderland:period=2035,2036, which may name many.
func (r Results) pick(table, key string) []Row {
	parts := strings.Split(key, ":")
	if strings.Contains(parts[0], "=") {
		return r.where(table, parts)
	}
	var some []Row
	for _, row := range r[table] {
		if resultKey(table, row) == key {
			return []Row{row}
		}
		if within(parts, row) {
			some = append(some, row)
		}
	}
	if len(some) == 1 {
		return some
	}
	return nil
}

// textColumns is the order in which the parts of a short key stand.
var textColumns = []string{
	"vehicle", "plant", "line", "content", "market", "deal", "org", "target_id", "limit", "key", "cause", "basis", "figure", "support", "arrangement", "part",
	"period", "regime", "agreement", "account",
}

// within reports whether the parts are cells of the row, in order.
func within(parts []string, row Row) bool {
	i := 0
	for _, c := range textColumns {
		if v, ok := row[c]; ok && i < len(parts) && cellString(v) == parts[i] && parts[i] != "" {
			i++
		}
	}
	return i == len(parts)
}

// where are the rows that keep to conditions of the form column=value,value.
func (r Results) where(table string, conditions []string) []Row {
	var out []Row
	for _, row := range r[table] {
		if !slices.ContainsFunc(conditions, func(c string) bool {
			column, values, _ := strings.Cut(c, "=")
			return !slices.Contains(strings.Split(values, ","), row.text(column))
		}) {
			out = append(out, row)
		}
	}
	return out
}

// resolveResult finds what result/table/key/column names: a table of the plan or, with or without brief_ before its name, of the
// brief.
func (t *Tracer) resolveResult(ref string) (string, bool) {
	r := splitRef(strings.TrimPrefix(ref, "result/"))
	for _, table := range []string{r.Table, "brief_" + r.Table} {
		rows := t.results.pick(table, r.Key)
		if len(rows) == 0 || !slices.Contains(resultColumns[table], r.Column) {
			continue
		}
		if strings.Contains(r.Key, "=") {
			return "result/" + table + "/" + r.Key + "/" + r.Column, true
		}
		if _, there := rows[0][r.Column]; there {
			return resultRef(table, rows[0], r.Column), true
		}
	}
	return "", false
}

// resultStep is the step of a number of a plan or a brief.
func (t *Tracer) resultStep(s *TraceStep, rest string) {
	ref := splitRef(rest)
	s.Kind, s.Unit = StepResult, t.resultUnit(ref)
	rows := t.results.pick(ref.Table, ref.Key)
	if strings.Contains(ref.Key, "=") {
		s.Transform = fmt.Sprintf("the sum of %d rows", len(rows))
		sum := 0.0
		for _, r := range rows {
			s.RestsOn = append(s.RestsOn, resultRef(ref.Table, r, ref.Column))
			v, _ := r[ref.Column].(float64)
			sum += v
		}
		s.Value = sum
		return
	}
	if len(rows) == 0 {
		s.Transform = "no such result"
		return
	}
	g := t.gather()
	s.Value = rows[0][ref.Column]
	s.Transform = t.restsOn(g, ref.Table, rows[0], ref.Column)
	s.RestsOn = slices.DeleteFunc(distinct(g.refs), func(r string) bool { return r == s.Ref })
}

// resultUnit is the unit of a column of results.
func (t *Tracer) resultUnit(ref headroom.Ref) string {
	switch {
	case ref.Table == "brief_sentence" && ref.Key == "unsigned":
		return "deals"
	case ref.Table == "target" && ref.Column == "gap":
		return "vehicles"
	}
	unit := resultUnits[ref.Column]
	if rest, ok := strings.CutPrefix(unit, "ccy"); ok {
		return t.c.BaseCurrency + rest
	}
	return unit
}

// Refs are the references of every number of the results, by table and key in the order of the tables.
func (t *Tracer) Refs() []string {
	var out []string
	for _, table := range inOrder(t.results) {
		for _, r := range t.results[table] {
			for _, c := range resultColumns[table] {
				if _, ok := r[c]; ok {
					out = append(out, resultRef(table, r, c))
				}
			}
		}
	}
	return out
}

// Figures are the references of all figures of the case, in order.
func (t *Tracer) Figures() []string {
	out := make([]string, 0, len(t.c.Labels))
	for ref := range t.c.Labels {
		out = append(out, ref.String())
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}
