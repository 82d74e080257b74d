package check

import (
	"reflect"
	"slices"

	"headroom"
)

// row is a row of any table whose figures are looked at.
type row struct {
	table, key string
	columns    []string      // of the struct's fields, "" for none; one list for all rows of a table
	numbers    []int         // the fields with numbers
	value      reflect.Value // the struct
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
	out = appendRows(out, "lane", c.Lanes)
	out = appendRows(out, "duty", c.Duties)
	out = appendRows(out, "quota", c.Quotas)
	out = appendRows(out, "labour", c.Labours)
	out = appendRows(out, "energy", c.Energies)
	out = appendRows(out, "fx_rate", c.FXRates)
	out = appendRows(out, "term", c.Terms)
	return appendRows(out, "target", c.Targets)
}

// appendRows adds the rows of a table.
func appendRows[T interface{ Key() string }](out []row, table string, rows []T) []row {
	t := reflect.TypeFor[T]()
	columns := make([]string, t.NumField())
	var numbers []int
	for i := range columns {
		columns[i] = t.Field(i).Tag.Get("col")
		switch t.Field(i).Type {
		case reflect.TypeFor[float64](), reflect.TypeFor[headroom.Opt](), reflect.TypeFor[[]float64]():
			numbers = append(numbers, i)
		}
	}
	for i := range rows {
		out = append(out, row{table, rows[i].Key(), columns, numbers, reflect.ValueOf(&rows[i]).Elem()})
	}
	return out
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
