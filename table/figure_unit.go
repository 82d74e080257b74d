package table

import (
	"strings"

	"headroom"
)

// unitsOfBindings says of each binding which unit its figure is in.
func (l *loader) unitsOfBindings(c *headroom.Case) {
	for i, b := range c.Bindings {
		if t := l.tables[b.Table]; t != nil && t.byKey[b.RowKey] != nil && t.Index(b.Column) >= 0 {
			c.Bindings[i].Unit = l.figureUnit(t, t.byKey[b.RowKey], t.Index(b.Column))
		}
	}
}

// figureUnit is the unit of a cell as package formula reads units: that of the schema, with the currency of the row.
func (l *loader) figureUnit(t *rawTable, r *rawRow, col int) string {
	cell := func(column string) string {
		if i := t.Index(column); i >= 0 {
			return l.effective(t, r, i)
		}
		return ""
	}
	unit := t.Columns[col].Unit
	switch unit {
	case "by kind":
		unit = cell("unit")
	case "to/from":
		return cell("to_ccy") + " per " + cell("from_ccy")
	case "ccy/veh or %":
		return ""
	case "jobs/h": // net jobs: vehicles, not people
		return "veh/h"
	}
	currency := cell("currency")
	if c := l.tables[caseTable]; currency == "" && c != nil && len(c.rows) == 1 {
		currency = c.rows[0].cells[c.Index("base_currency")]
	}
	switch unit {
	case "m", "m/yr":
		return currency + " " + unit
	}
	return strings.Replace(unit, "ccy", currency, 1)
}
