// Package evidence says whether the figures of a case are what their claims say.
//
// Eval computes the formula of a binding: arithmetic over claim ids. Recompute computes every bound figure again and reports
// those that disagree. Fit is the one figure that arithmetic does not reach: the matrix of vehicles and markets of a year that is
// known only by its totals, found by biproportional fitting.
//
// It knows claims and bindings and not how a case is stored: whoever calls Recompute hands over a function that looks a cell up.
// Which claim to choose where several disagree is a matter of the case, and stands in its bindings.
package evidence
