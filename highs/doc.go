// Package highs solves lp problems with HiGHS, by two back ends behind lp.Solver.
//
// The native back end starts a small C child process (child/child.c) that opens a HiGHS library and talks frames over
// pipes. The wasm back end runs the same solver compiled to WebAssembly, which is embedded in the program, so there is
// always one. [Find] chooses; [Backends] tells what was found and why something was not.
//
// HiGHS never runs inside this process's own memory: a crash, a hang or garbage of the solver ends as an error of Solve.
// Its answer is a claim; package lp checks it.
//
// A solve is asked to stop when its context ends or its time is over, and is killed when it does not (HiGHS's own time limit
// is not a limit). Better solutions are handed over as they are found, so what there was survives the kill.
//
// With one thread and no time limit the same problem and options give the same bytes, in a fresh child or a used one.
package highs

//go:generate go run ./internal/wasmgen
