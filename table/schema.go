package table

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

//go:embed schema.csv
var schemaText string

// Kind is the type of a column's cells.
type Kind string

// Kinds of cell.
const (
	KindID       Kind = "id"        // a short text slug
	KindText     Kind = "text"      // anything
	KindNumber   Kind = "num"       // a decimal number
	KindPercent  Kind = "pct"       // a percentage, as 6 or 6%
	KindInt      Kind = "int"       // a whole number
	KindYear     Kind = "year"      // a calendar year
	KindBool     Kind = "bool"      // yes or no
	KindDateFrom Kind = "date_from" // a date; a month or year means its first day
	KindDateTo   Kind = "date_to"   // a date; a month or year means its last day
	KindCurrency Kind = "ccy"       // a currency code of three capitals
	KindEnum     Kind = "enum"      // one of Options
	KindRef      Kind = "ref"       // a key of one of the tables Refs, or one of Options
)

// Column is one column of a table.
type Column struct {
	Name     string
	Type     string // as written in the schema
	Unit     string
	Default  string // of an empty cell; =name is the value of another column or of a field of case.yaml
	Required bool
	Key      bool
	Text     string

	Kind    Kind
	List    bool     // words separated by spaces, each of Kind
	Options []string // the words of an enum; "*" of a ref
	Refs    []string // tables; "table.column" is a column that is not a key
}

// Numeric reports whether the column holds figures.
func (c *Column) Numeric() bool { return c.Kind == KindNumber || c.Kind == KindPercent }

// Table is one table of a case.
type Table struct {
	Name    string
	Columns []*Column
	Keys    []int // positions of the key columns
}

// File is the name of the table's file.
func (t *Table) File() string {
	if t.Name == caseTable {
		return "case.yaml"
	}
	return t.Name + ".csv"
}

// Index is the position of a column, or -1.
func (t *Table) Index(name string) int {
	return slices.IndexFunc(t.Columns, func(c *Column) bool { return c.Name == name })
}

// caseTable is the name of the table that is written as case.yaml and has one row.
const caseTable = "case"

// minimum has the tables without which a folder is not a case.
var minimum = []string{caseTable, "period", "plant", "line", "vehicle", "vehicle_line", "market", "demand"}

// Needed reports whether a folder without the table of a name is not a case.
func Needed(name string) bool { return slices.Contains(minimum, name) }

// evidenceTables are the tables whose numbers are not figures of the plan.
var evidenceTables = []string{"assumption", "scenario", "change", "source", "claim", "binding"}

var schema = mustSchema(schemaText)

// Schema returns all tables in the order of the schema. The caller must not change them.
func Schema() []*Table { return schema }

// Lookup returns the table of a name, or nil.
func Lookup(name string) *Table {
	for _, t := range schema {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// mustSchema reads the schema. It panics where the embedded text is wrong.
func mustSchema(text string) []*Table {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("schema: %v", err))
	}
	var out []*Table
	for _, r := range rows[1:] {
		if len(out) == 0 || out[len(out)-1].Name != r[0] {
			out = append(out, &Table{Name: r[0]})
		}
		t := out[len(out)-1]
		c := &Column{
			Name: r[1], Type: r[2], Unit: r[3], Default: r[4],
			Required: r[5] == "yes", Key: r[6] == "yes", Text: r[7],
		}
		c.parseType()
		if c.Key {
			t.Keys = append(t.Keys, len(t.Columns))
		}
		t.Columns = append(t.Columns, c)
	}
	return out
}

// parseType splits Type into Kind, List, Options and Refs.
func (c *Column) parseType() {
	s, isList := strings.CutPrefix(c.Type, "list:")
	c.List = isList
	name, args, hasArgs := strings.Cut(s, ":")
	switch {
	case hasArgs && name == "enum":
		c.Kind, c.Options = KindEnum, strings.Split(args, "|")
	case hasArgs && name == "ref":
		c.Kind = KindRef
		for _, a := range strings.Split(args, "|") {
			if a == "*" {
				c.Options = append(c.Options, a)
			} else {
				c.Refs = append(c.Refs, a)
			}
		}
	case isList && !knownKind(Kind(s)): // list:table is a list of its keys
		c.Kind, c.Refs, c.Options = KindRef, []string{s}, []string{"*"}
	case knownKind(Kind(s)):
		c.Kind = Kind(s)
	default:
		panic(fmt.Sprintf("schema: type %q", c.Type))
	}
}

// knownKind reports whether a kind stands alone in the schema.
func knownKind(k Kind) bool {
	switch k {
	case KindID, KindText, KindNumber, KindPercent, KindInt, KindYear, KindBool, KindDateFrom, KindDateTo, KindCurrency:
		return true
	}
	return false
}
