// Package solved remembers what a solver has answered, so that no programme is solved twice: in the process, and in a folder where
// there is one, which several processes may share.
//
// A Store wraps an lp.Solver and is one itself. An answer is found again by its Key: every number of the programme, the solver with
// its version and back end, and the options that can change an answer. Names are not part of it, and neither is the time limit: an
// answer is kept only where the solve came to its end, so that it is the same whatever the limit was. A kept answer is no more than
// what the solver said; lp.Run checks it like a fresh one.
//
// An entry on the disk carries its key and a checksum. What is damaged, of another version or of another key is as if it were not
// there.
package solved
