// Package cli is Headroom's command line: one file per command, the parts that commands are wired from in wire.go.
//
// A command reads its flags, calls the packages that do the work, and renders what they return; it holds no planning. What stands between
// the packages is here too: opening a case with its checks and computed figures (wire.go), entering claims as one step
// (claim_enter.go), what differs between two plans (difference.go), and which saved answers are stale (changes.go). It gives back an error or nil, and [Run] turns that into messages on stderr and an exit status:
//
//	0    done
//	1    the input has errors, or a check of the answer failed
//	2    wrong use of the command
//	3    proved infeasible or unbounded
//	4    a limit was reached before any usable answer
//	5    a fault of ours or of the solver
//	130  interrupted; what there was is written
//
// Results go to stdout, progress and notes to stderr. With --json stdout holds exactly one JSON document, also where the
// input has errors. Colours and cursor movements are written to terminals only, and never where NO_COLOR is set.
//
// Flags, exit statuses, and the names in JSON and CSV are promised (docs/explanation/stability.md).
package cli

//go:generate go run ./internal/refgen
