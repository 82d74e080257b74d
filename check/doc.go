// Package check has the rules over a loaded case: what is missing, contradictory, impossible or doubtful in it. Each rule
// gives findings with a stable code, a place as in a spreadsheet and a hint; package headroom documents the codes.
//
// The rules of a table are in the file of its name. Package table looks at single cells and at keys before; cli calls Case
// on what it loaded and Merge to join the findings of both.
package check
