package check

import (
	"reflect"

	"headroom"
)

// row is a row of any table whose figures are looked at.
type row struct {
	table, key string
	value      reflect.Value // the struct
}

// rows returns the rows of all tables with figures, in the order of the tables.
func (k *checker) rows() []row {
	var out []row
	c := k.c
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
	for i := range rows {
		out = append(out, row{table, rows[i].Key(), reflect.ValueOf(&rows[i]).Elem()})
	}
	return out
}

// figures calls f for each number of the row that is there.
func (r row) figures(f func(column string, v float64)) {
	t := r.value.Type()
	for i := range t.NumField() {
		column := t.Field(i).Tag.Get("col")
		if column == "" {
			continue
		}
		switch v := r.value.Field(i).Interface().(type) {
		case float64:
			f(column, v)
		case headroom.Opt:
			if v.Set {
				f(column, v.Value)
			}
		case []float64:
			for _, x := range v {
				f(column, x)
			}
		}
	}
}

// field returns the value of a column, or nil.
func (r row) field(column string) any {
	t := r.value.Type()
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("col") == column {
			return r.value.Field(i).Interface()
		}
	}
	return nil
}
