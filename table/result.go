package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"headroom"
)

// WriteRows writes a table of results as CSV: strings as text, numbers as numbers, others by fmt. A text that a spreadsheet
// would take for a formula gets an apostrophe before it.
func WriteRows(w io.Writer, header []string, rows [][]any) error {
	cw := csv.NewWriter(w)
	if err := cw.Write(header); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	out := make([]string, len(header))
	for _, row := range rows {
		out = out[:0]
		for _, cell := range row {
			out = append(out, resultCell(cell))
		}
		if err := cw.Write(out); err != nil {
			return fmt.Errorf("write rows: %w", err)
		}
	}
	cw.Flush()
	if err := cw.Error(); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	return nil
}

// resultCell writes one cell of a result.
func resultCell(cell any) string {
	v := reflect.ValueOf(cell)
	switch {
	case !v.IsValid():
		return ""
	case v.CanFloat():
		return formatNumber(v.Float())
	case v.Kind() == reflect.String:
		return SafeText(v.String())
	case v.CanInt() && v.Type() != reflect.TypeFor[headroom.Date]():
		return strconv.FormatInt(v.Int(), 10)
	}
	return SafeText(fmt.Sprint(cell))
}

// SafeText puts an apostrophe before a text that a spreadsheet would take for a formula.
func SafeText(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
