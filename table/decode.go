package table

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"headroom"
	"headroom/reading"
)

// slug is the form of a key.
var slug = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// currencyCode is the form of a currency.
var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// fieldIndex maps the columns of a struct type, named by its col (or yaml) tags, to its fields.
func fieldIndex(t reflect.Type) map[string]int {
	out := map[string]int{}
	for i := range t.NumField() {
		tag := t.Field(i).Tag.Get("col")
		if tag == "" {
			tag = t.Field(i).Tag.Get("yaml")
		}
		if tag != "" {
			out[tag] = i
		}
	}
	return out
}

// fieldsOf is the field of a struct type for each column of a table, -1 for none.
func fieldsOf(t *Table, typ reflect.Type) []int {
	index := fieldIndex(typ)
	out := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		f, ok := index[c.Name]
		if !ok {
			f = -1
		}
		out[i] = f
	}
	return out
}

// decoded is the cell of a column that was decoded last without a problem, and the field it went to.
type decoded struct {
	cell  string
	field reflect.Value
}

// decodeTable appends the rows of a table, in the order of their keys, to a slice of structs.
func (l *loader) decodeTable(t *rawTable, slice reflect.Value) {
	elem := slice.Type().Elem()
	fields := fieldsOf(t.Table, elem)
	before := make([]decoded, len(t.Columns))
	rows := l.sorted(t)
	out, n := reflect.MakeSlice(slice.Type(), len(rows), len(rows)), 0
	for _, r := range rows {
		l.decodeRow(t, r, out.Index(n), fields, before)
		if t.byKey[r.key] == r && !l.dropped(t, r) {
			n++
		} else {
			out.Index(n).SetZero()
			clear(before) // it may point here
		}
	}
	if n > 0 {
		slice.Set(out.Slice3(0, n, n))
	}
}

// slicesOf maps the tables of a Case to its fields.
func slicesOf(c reflect.Value) map[string]reflect.Value {
	out := map[string]reflect.Value{}
	for i := range c.NumField() {
		if f := c.Field(i); f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct {
			out[tableOf(f.Type().Elem())] = f
		}
	}
	return out
}

// sorted returns the rows in the order of their keys, periods in that of their first days.
func (l *loader) sorted(t *rawTable) []*rawRow {
	rows := slices.Clone(t.rows)
	slices.SortStableFunc(rows, func(a, b *rawRow) int {
		if t.Name == "period" {
			i := t.Index("from")
			if n := strings.Compare(canonicalKey(t.Columns[i], a.cells[i]), canonicalKey(t.Columns[i], b.cells[i])); n != 0 {
				return n
			}
		}
		for _, k := range t.Keys {
			x, y := l.effective(t, a, k), l.effective(t, b, k)
			if t.Columns[k].Kind == KindInt {
				v, _ := parseNumber(x)
				w, _ := parseNumber(y)
				if v != w {
					return int(v - w)
				}
			}
			if n := strings.Compare(canonicalKey(t.Columns[k], x), canonicalKey(t.Columns[k], y)); n != 0 {
				return n
			}
		}
		return 0
	})
	return rows
}

// decodeRow fills a struct from the cells of a row. Many columns say the same in row after row, currencies and years most of
// all: a cell that stood in the row before is copied from there.
func (l *loader) decodeRow(t *rawTable, r *rawRow, v reflect.Value, fields []int, before []decoded) {
	for i, c := range t.Columns {
		cell := l.effective(t, r, i)
		if cell == "" {
			if c.Required && !t.absent[i] {
				l.emptyCell(t, r, i)
			}
			continue
		}
		if fields[i] < 0 {
			continue
		}
		f := v.Field(fields[i])
		if before[i].cell == cell {
			f.Set(before[i].field)
			continue
		}
		if p := l.decodeCell(c, cell, f); p != nil {
			l.failCell(t, r, i, p)
		} else if !c.List {
			before[i] = decoded{cell, f}
		}
	}
}

// failCell reports a cell that cannot be read where it is written: a default in case.yaml or another column, which is told there, and
// what an assumption fills in, once in its row.
func (l *loader) failCell(t *rawTable, r *rawRow, col int, p *problem) {
	if r.cells[col] == "" {
		return
	}
	u := l.fills[t.Name+"/"+r.key+"/"+t.Columns[col].Name]
	switch {
	case u == nil || u.value != r.cells[col]:
		l.failProblem(t.place(r, col), p)
	case !l.broken[u.row]:
		l.broken[u.row] = true
		l.failProblem(u.place("value"), p)
	}
}

// emptyCell reports a required cell that is empty.
func (l *loader) emptyCell(t *rawTable, r *rawRow, col int) {
	c := t.Columns[col]
	code, what := headroom.CodeEmptyCell, "the cell is empty"
	if c.Numeric() {
		code, what = headroom.CodeEmptyNumber, "the number is missing"
	}
	hint := "fill it in"
	if c.Kind == KindEnum {
		hint = "write one of " + strings.Join(c.Options, ", ")
	}
	if c.Numeric() {
		hint = "fill it in, or write an assumption for it; a missing number is not zero"
	}
	if t.Name == caseTable {
		code, what, hint = headroom.CodeMissingColumn, "a field is missing: "+c.Text, "add a line "+c.Name+": value"
	}
	l.fail(t.place(r, col), code, hint, "%s", what)
}

// decodeCell sets a field to the meaning of a cell.
func (l *loader) decodeCell(c *Column, cell string, f reflect.Value) *problem {
	if !c.List {
		v, p := parseCell(c, cell)
		if p == nil || v != nil {
			set(f, v)
		}
		if p != nil {
			return p
		}
		return l.checkRef(c, cell)
	}
	for _, word := range strings.Fields(cell) {
		v, p := parseCell(c, word)
		if p == nil {
			p = l.checkRef(c, word)
		}
		if p != nil {
			return oneWord(word, c, p)
		}
		f.Set(reflect.Append(f, reflect.ValueOf(v).Convert(f.Type().Elem())))
	}
	return nil
}

// oneWord is the problem of a word of a list, or that of a list whose words are not separated by spaces.
func oneWord(word string, c *Column, p *problem) *problem {
	spaced := strings.Join(strings.FieldsFunc(word, func(r rune) bool { return r == ',' || r == ';' || r == '|' }), " ")
	if spaced == word || spaced == "" {
		return p
	}
	out := &problem{Code: p.Code, Message: short(word) + " is one word, and the words of a list have spaces between them", Hint: "write " + spaced}
	if decimal := strings.Replace(word, ",", ".", 1); c.Numeric() && !strings.ContainsAny(decimal, ",;|") {
		out.Message = short(word) + " has a comma: the numbers of a list have spaces between them, and decimals a point"
		out.Hint += ", or " + reading.Decimal(decimal)
	}
	return out
}

// set assigns a value to a field of another type of its kind, or to an Opt.
func set(f reflect.Value, v any) {
	if n, ok := v.(float64); ok && f.Type() == reflect.TypeFor[headroom.Opt]() {
		f.Set(reflect.ValueOf(headroom.Some(n)))
		return
	}
	f.Set(reflect.ValueOf(v).Convert(f.Type()))
}

// parseCell reads a cell, or a word of a list, by its kind.
func parseCell(c *Column, s string) (any, *problem) {
	switch c.Kind {
	case KindNumber:
		return ok(reading.Number(s, c.numbers()))
	case KindPercent:
		return ok(parsePercent(s, c.Unit))
	case KindInt, KindYear:
		return parseInt(c, s)
	case KindDateFrom, KindDateTo:
		return parseDate(s, c.Kind == KindDateTo)
	case KindBool:
		return parseBool(s)
	case KindCurrency:
		if !currencyCode.MatchString(s) {
			return nil, &problem{Code: headroom.CodeUnknownCurrency, Message: short(s) + " is not a currency", Hint: currencyHint(s)}
		}
	case KindEnum:
		if !slices.Contains(c.Options, s) {
			return nil, &problem{Code: headroom.CodeUnknownValue, Message: fmt.Sprintf("%s is not one of %s", short(s), strings.Join(c.Options, ", ")), Hint: didYouMean(s, c.Options, "write one of them")}
		}
	case KindID:
		return s, checkSlug(s)
	}
	return s, nil
}

// ok drops a number that comes with a problem.
func ok(v float64, p *problem) (any, *problem) {
	if p != nil && p.Code != headroom.CodePercentOrFraction {
		return nil, p
	}
	return v, p
}

// parseInt reads a whole number or a year.
func parseInt(c *Column, s string) (any, *problem) {
	v, p := reading.Number(s, reading.Rate)
	if p != nil {
		return nil, p
	}
	if n := int(v); float64(n) != v || v > 1e9 || v < -1e9 {
		return nil, &problem{Code: headroom.CodeBrokenNumber, Message: short(s) + " is not a whole number", Hint: "write a whole number"}
	}
	if c.Kind == KindYear && (v < 1900 || v > 2200) {
		return nil, &problem{Code: headroom.CodeBadDate, Message: short(s) + " is not a year", Hint: "write a year of four digits"}
	}
	return int(v), nil
}

// parseDate reads an ISO date.
func parseDate(s string, end bool) (any, *problem) {
	d, p := reading.Date(s, end)
	if p != nil {
		return nil, p
	}
	return d, nil
}

// parseBool reads yes or no.
func parseBool(s string) (any, *problem) {
	switch s {
	case "yes", "true":
		return true, nil
	case "no", "false":
		return false, nil
	}
	return nil, &problem{Code: headroom.CodeUnknownValue, Message: short(s) + " is neither yes nor no", Hint: "write yes or no"}
}

// checkSlug reports a key that is not of the form of keys.
func checkSlug(s string) *problem {
	if slug.MatchString(s) {
		return nil
	}
	hint := "a key is letters, digits, points, hyphens and underscores, and begins with a letter or a digit"
	if strings.TrimSpace(s) != s {
		return &problem{Code: headroom.CodeBadKey, Message: short(s) + " has a space at its end or beginning", Hint: "delete the space"}
	}
	for _, r := range s {
		if r > unicode.MaxASCII {
			if plain := reading.Plain(s); slug.MatchString(plain) {
				hint = "write " + short(plain) + ", if that is meant"
			}
			return &problem{Code: headroom.CodeBadKey, Message: short(s) + " has " + reading.Letter(r), Hint: hint}
		}
	}
	return &problem{Code: headroom.CodeBadKey, Message: short(s) + " is not a key", Hint: hint}
}

// checkRef reports a key that no row has.
func (l *loader) checkRef(c *Column, s string) *problem {
	if c.Kind != KindRef || slices.Contains(c.Options, s) {
		return nil
	}
	var files, keys []string
	l.hints++
	for _, ref := range c.Refs {
		if strings.Contains(ref, ".") {
			return nil // territories are looked at by package check
		}
		t := l.tables[ref]
		if t != nil && (t.byKey[s] != nil || t.broken) {
			return nil
		}
		files = append(files, ref+".csv")
		if l.hints <= maxHints {
			keys = append(keys, t.keys()...)
		}
	}
	name := strings.Join(files, " or ")
	what, _ := reading.Deceptive(s)
	if what != "" {
		what = ": it " + what
	}
	return &problem{Code: headroom.CodeDanglingKey, Message: fmt.Sprintf("%s is not in %s%s", short(s), name, what), Hint: didYouMean(s, keys, "add it to "+name+" or correct it"+listed(keys))}
}

// mostListed is how many keys a message lists.
const mostListed = 12

// listed are the keys that there are, for a message, where they are few; "" where they are many.
func listed(keys []string) string {
	if len(keys) == 0 || len(keys) > mostListed {
		return ""
	}
	return "; there are " + strings.Join(keys, ", ")
}
