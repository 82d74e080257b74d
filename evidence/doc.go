// Package evidence says whether the figures of a case are what their claims say, and keeps the claims. It has nine jobs:
//
//   - formulas: Eval computes the formula of a binding, arithmetic over claim ids with units, rates of exchange and deflators;
//     Recompute computes every bound figure again and reports those that disagree;
//   - units of claims and what they are in others (unit.go);
//   - Fit, the one figure that arithmetic does not reach: the matrix of vehicles and markets of a year that is known only by its
//     totals, found by biproportional fitting;
//   - the log of claims: an append-only list of entries, each with the hash of the one before, and what checks it (log*.go,
//     claimid.go);
//   - rules for claims and their use (rule*.go), and the choice among several that say different things (choose.go);
//   - cross-checks of claims against each other (audit*.go);
//   - traces from a figure down to its sources, from a claim up to what rests on it, and from a result to what is near it (trace*.go,
//     uses.go), and what changed since a day (change.go);
//   - scores of forecasts and the spread that they give (score.go, spread.go);
//   - bundles for others: RO-Crate, PROV, an AQuA log (bundle*.go).
//
// It reads claims, bindings and cells by functions that are handed to it and opens no files; a bundle knows the names of the files that
// it holds.
package evidence
