// Package bench has what Headroom is measured with: readers of public instances with known answers and their conversion into
// cases, a generator of large cases, and the peers that Headroom is timed against.
//
// Nothing of it is part of the program. Command convert writes a public instance as a case; command peers runs the
// measurements and prints them as a table, which is what make bench shows. Times are of the machine they are taken on, and
// goals are ratios to a peer that is timed in the same run wherever there is one; no test asserts a time.
package bench
