package cli

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// plainStyle is how tables look: columns apart by two blanks, a line under the head, no box, so that a pipe can cut them.
func plainStyle() table.Style {
	s := table.StyleDefault
	s.Name = "plain"
	s.Options = table.Options{SeparateHeader: true, SeparateFooter: true}
	s.Box = table.StyleBoxDefault
	s.Box.MiddleHorizontal, s.Box.PaddingLeft, s.Box.PaddingRight = "-", "", "  "
	s.Format.Header = text.FormatDefault
	s.Format.Footer = text.FormatDefault
	return s
}

// printTable writes a table to the result.
func (a *app) printTable(head []string, rows [][]any) { a.printf("%s", a.tableText(head, rows)) }

// tableText is a table: numbers right-aligned and grouped, other cells as they are. Lines end without blanks.
func (a *app) tableText(head []string, rows [][]any) string {
	t := table.NewWriter()
	t.SetStyle(plainStyle())
	if a.OutTTY && a.Width > 0 {
		t.Style().Size.WidthMax = a.Width
	}
	header := make(table.Row, len(head))
	configs := make([]table.ColumnConfig, len(head))
	for i, h := range head {
		header[i] = h
		configs[i] = table.ColumnConfig{Number: i + 1}
		if len(rows) > 0 && isNumber(rows[0][i]) {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		row := make(table.Row, len(r))
		for i, v := range r {
			row[i] = a.cell(v)
		}
		t.AppendRow(row)
	}
	var b strings.Builder
	for _, line := range strings.Split(t.Render(), "\n") {
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// cell is the text of a value with the mark of its plan, where it is a figure of one.
func (a *app) cell(v any) string {
	switch v := v.(type) {
	case float64:
		return cell(v) + a.mark
	case figure:
		if v == "" {
			return ""
		}
		return clean(string(v)) + a.mark
	}
	return cell(v)
}

// printf adds to the result.
func (a *app) printf(format string, args ...any) { fmt.Fprintf(&a.doc, format, args...) }

func isNumber(v any) bool {
	switch v.(type) {
	case float64, int, int64, figure, asked:
		return true
	}
	return false
}

// cell is the text of a value in a table for people.
func cell(v any) string {
	switch v := v.(type) {
	case float64:
		return grouped(v)
	case int:
		return grouped(float64(v))
	case bool:
		if v {
			return "yes"
		}
		return ""
	}
	return clean(fmt.Sprint(v))
}

// clean is s without control characters: names come from files.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

// grouped is a number with thousands apart: whole from 100 on, three significant digits below.
func grouped(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "-"
	case math.Abs(v) < 100 && v != math.Trunc(v):
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	s := strconv.FormatFloat(math.Abs(math.Round(v)), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if math.Round(v) < 0 {
		return "-" + s
	}
	return s
}

// short is a number with m or bn for millions and billions, where whole digits would not be read.
func short(v float64) string {
	switch abs := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "-"
	case abs >= 1e10:
		return grouped3(v/1e9) + " bn"
	case abs >= 1e7:
		return grouped3(v/1e6) + " m"
	}
	return grouped(v)
}

// grouped3 has one decimal below a thousand.
func grouped3(v float64) string {
	if math.Abs(v) < 1000 {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return grouped(v)
}

// percent is a share as a percentage.
func percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return "-"
	}
	if math.Abs(share) >= 10 {
		return grouped(100*share) + " %"
	}
	return strconv.FormatFloat(100*share, 'g', 3, 64) + " %"
}

// counted is a number with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
