// Package formula computes the figures of a case from its claims.
//
// Eval works the formula of a binding out: arithmetic over claim ids with units, rates of exchange and deflators. Recompute does so for
// every bound figure and reports those that disagree. ParseUnit and UnitOf read what a claim is counted in, and what one of it is in
// other units. Fit finds the one thing that arithmetic does not reach: the matrix of vehicles and markets of a year that is known only
// by its totals, by biproportional fitting.
//
// Claims, bindings and cells are handed to it; it opens no file, keeps no log (claimlog) and chooses among no claims (audit).
package formula
