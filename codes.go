package headroom

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// codesText has a row for each code: what it is about, its name, what it means, and an example.
//
//go:embed codes.csv
var codesText string

// Code documents a code of findings. Example has edits of the case two-plants, one a line, that give Finding:
// FILE:ROW:COLUMN = CELL sets a cell, FILE + TEXT adds a line, FILE := "TEXT" makes a file anew, rm FILE deletes it, and
// load --scenario ID, load --with ID and load --as-of DATE say how the case is loaded. The day of the run is 2026-06-04. A code
// without Example is about a folder, a very large file, or what no command asks for.
type Code struct {
	Name, Text, Example, Finding string
}

// Codes has every code of a finding about a case, in the order in which a case is looked at.
func Codes() []Code { return codesOf("case") }

// CommandCodes are the codes of what a command cannot do, of doubts about the evidence, and of models: they need more than the cells of
// a case, so that they have no example of an edit.
func CommandCodes() []Code { return codesOf("command") }

// readCodes reads the rows of codes.csv. It panics where that is no table, which a test would find.
var readCodes = sync.OnceValue(func() [][]string {
	rows, err := csv.NewReader(strings.NewReader(codesText)).ReadAll()
	if err != nil {
		panic(err)
	}
	return rows[1:]
})

func codesOf(about string) []Code {
	var out []Code
	for _, r := range readCodes() {
		if r[0] == about {
			out = append(out, Code{r[1], r[2], r[3], r[4]})
		}
	}
	return out
}
