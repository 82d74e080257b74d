// Package flex says how good a set of links between plants and vehicles is before demand is known: expected sales, the worth of
// every missing link, designs such as chains, and how near all of it comes to full flexibility.
//
// The sales of one scenario of demand are a maximum flow from plants over links to vehicles. It is found exactly and never by a
// linear programme. A Network is compiled once into a short program over rows of 128 scenarios (see compile.go): leaves are
// served first, what cannot be told apart is merged, and what is left of each connected component is solved by the algorithm
// that takes the fewest operations there:
//
//   - ring: a two-state recursion around a cycle;
//   - subsets: all cuts at once by a zeta transform over the subsets of the smaller side;
//   - elimination: the plants (or the vehicles) one after the other, where few stand together at a time;
//   - augment: blocking flows, scenario by scenario, for everything else.
//
// Money differs by link: where the margin of a vehicle is the same in all its plants the best plan is a sum of such flows
// (margin.go), otherwise the plan of most margin is found by successive best paths.
//
// Volumes are whole multiples of a small unit (scale.go), so sums have no rounding and do not depend on their order: all
// algorithms give the same bits, on one core and on many, with vector instructions and without.
//
// Demand is a vector of marginal distributions with a correlation of normal scores (marginal.go, correlation.go). Each scenario draws from
// a generator of its own that is seeded by its number, so every candidate meets the same demands and a scenario is the same
// whoever computes it.
//
// The package does no I/O. Of a case it knows only the rows of uncertain and correlation (of.go); answer.Of reads the rest.
package flex
