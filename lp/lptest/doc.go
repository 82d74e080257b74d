// Package lptest tests lp.Solver implementations and what is built on them: a Fake that answers what a test says, a Liar
// that spoils the answers of another solver, Enumerate, a slow solver whose arithmetic is exact, and Suite, the tests every
// Solver must pass.
//
// Planner and decomposition tests use Enumerate in place of a real solver; tests of lp.Run use Fake and Liar. Nothing here
// is meant for production.
package lptest
