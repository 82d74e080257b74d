// Package lp holds mixed-integer linear programmes: the Problem, the Solver contract, what a solve gives, readers and
// writers of MPS and LP text, the numeric gate before a solve and the exact check after it.
//
// A problem comes from a Builder or from ReadMPS and is read-only from then on. Run is the one way to an answer that may be
// shown: Gate, Solver, Check, integers rounded and fixed, the LP solved again, Check. What does not survive that is disputed
// and says why. WriteMPS and WriteLP give the problem to other solvers and to people.
//
// It knows nothing of vehicles and plants, imports nothing but the standard library, and contains no solver: package highs has
// one, lp/lptest has a fake one, an exact one and the suite every Solver must pass.
package lp
