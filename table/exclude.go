package table

// dropped reports whether a row is left out of the Case: it is excluded, or it belongs to a plant, line or vehicle that is.
// An excluded lane stays, because it forbids.
func (l *loader) dropped(t *rawTable, r *rawRow) bool {
	switch t.Name {
	case "plant", "vehicle":
		return l.value(t, r, "use") == "exclude"
	case "line":
		return l.value(t, r, "use") == "exclude" || l.gone("plant", l.value(t, r, "plant"))
	case "vehicle_line":
		no := l.value(t, r, "compatible")
		return no == "no" || no == "false" || l.gone("vehicle", l.value(t, r, "vehicle")) || l.lineGone(l.value(t, r, "line"))
	case "demand":
		return l.gone("vehicle", l.value(t, r, "vehicle"))
	case "labour", "energy":
		return l.gone("plant", l.value(t, r, "plant"))
	case "lane":
		return l.gone("plant", l.value(t, r, "origin"))
	}
	return false
}

// value is the effective cell of a column by name.
func (l *loader) value(t *rawTable, r *rawRow, column string) string {
	return l.effective(t, r, t.Index(column))
}

// gone reports whether the row of a table with a key is dropped.
func (l *loader) gone(table, key string) bool {
	t := l.tables[table]
	if t == nil {
		return false
	}
	r := t.byKey[key]
	return r != nil && l.dropped(t, r)
}

// lineGone reports whether a line is dropped.
func (l *loader) lineGone(key string) bool { return l.gone("line", key) }
