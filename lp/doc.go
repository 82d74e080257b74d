// Package lp holds mixed-integer linear programmes: the Problem, the Solver contract, what a solve gives, readers and
// writers of MPS and LP text, the numeric gate before a solve and the exact check after it.
//
// It knows nothing of vehicles and plants, and contains no solver: package highs has one, lp/lptest has a fake one and the
// suite every Solver must pass.
package lp
