package check

import (
	"reflect"
	"slices"

	"headroom"
)

// row is a row of any table whose figures are looked at.
type row struct {
	*shape
	key   string
	value reflect.Value // the struct
}

// shape is what the rows of a table have in common.
type shape struct {
	table   string
	columns []string // of the struct's fields, "" for none
	numbers []int    // the fields with numbers
	spans   [][2]int // the fields with the first and the last day of something
}

// rows returns the rows of all tables with figures, in the order of the tables.
func (k *checker) rows() []row {
	if k.figured == nil {
		k.figured = rowsOf(k.c)
	}
	return k.figured
}

func rowsOf(c *headroom.Case) []row {
	var out []row
	out = appendRows(out, "period", c.Periods)
	out = appendRows(out, "plant", c.Plants)
	out = appendRows(out, "line", c.Lines)
	out = appendRows(out, "shift_pattern", c.ShiftPatterns)
	out = appendRows(out, "vehicle", c.Vehicles)
	out = appendRows(out, "vehicle_line", c.VehicleLines)
	out = appendRows(out, "demand", c.Demands)
	out = appendRows(out, "uncertain", c.Uncertains)
	out = appendRows(out, "correlation", c.Correlations)
	out = appendRows(out, "lane", c.Lanes)
	out = appendRows(out, "duty", c.Duties)
	out = appendRows(out, "quota", c.Quotas)
	out = appendRows(out, "labour", c.Labours)
	out = appendRows(out, "energy", c.Energies)
	out = appendRows(out, "fx_rate", c.FXRates)
	out = appendRows(out, "term", c.Terms)
	out = appendRows(out, "arrangement", c.Arrangements)
	out = appendRows(out, "outage_profile", c.Outages)
	out = appendRows(out, "risk", c.Risks)
	return appendRows(out, "target", c.Targets)
}

// appendRows adds the rows of a table.
func appendRows[T interface{ Key() string }](out []row, table string, rows []T) []row {
	s := shapeOf(table, reflect.TypeFor[T]())
	for i := range rows {
		out = append(out, row{s, rows[i].Key(), reflect.ValueOf(&rows[i]).Elem()})
	}
	return out
}

func shapeOf(table string, t reflect.Type) *shape {
	s := &shape{table: table, columns: make([]string, t.NumField())}
	for i := range s.columns {
		s.columns[i] = t.Field(i).Tag.Get("col")
		switch t.Field(i).Type {
		case reflect.TypeFor[float64](), reflect.TypeFor[headroom.Opt](), reflect.TypeFor[[]float64]():
			s.numbers = append(s.numbers, i)
		}
	}
	for _, names := range spans {
		from, to := slices.Index(s.columns, names[0]), slices.Index(s.columns, names[1])
		if from >= 0 && to >= 0 {
			s.spans = append(s.spans, [2]int{from, to})
		}
	}
	return s
}

// figures calls f for each number of the row that is there.
func (r row) figures(f func(column string, v float64)) {
	for _, i := range r.numbers {
		column := r.columns[i]
		switch v := r.value.Field(i).Addr().Interface().(type) { // of pointers, which are not copied to the heap
		case *float64:
			f(column, *v)
		case *headroom.Opt:
			if v.Set {
				f(column, v.Value)
			}
		case *[]float64:
			for _, x := range *v {
				f(column, x)
			}
		}
	}
}

// field returns a pointer to the value of a column, or nil.
func (r row) field(column string) any {
	if i := slices.Index(r.columns, column); i >= 0 {
		return r.value.Field(i).Addr().Interface()
	}
	return nil
}

// valueOf is the value of a column of a row, and whether it has one of the type.
func valueOf[T any](r row, column string) (v T, ok bool) {
	if p, ok := r.field(column).(*T); ok {
		return *p, true
	}
	return v, false
}
