// Package check has the rules over a loaded case: what is missing, contradictory, impossible or doubtful in it. Each rule
// gives findings with a stable code, a place as in a spreadsheet and a hint; package headroom documents the codes.
//
// The rules of a table are in the file that names its subject: those of lanes, duties, quotas and rates of exchange in trade.go,
// those of markets in demand.go, those of labour and energy in plant.go and money.go. Package table looks at single cells and at keys before; cli calls Case
// on what it loaded and Merge to join the findings of both.
package check
