// Package headroom has the nouns of Headroom: the Case (which plants, lines, vehicles, markets and deals there are, and what
// is known of them), the Plan (which vehicle is built where, when and for whom), the Finding and the Error.
//
// It holds types and pure methods and does no I/O. Package table reads and writes a Case, check finds what is wrong with
// it, planner turns it into a Plan, ledger recomputes the Plan's money, and cli wires them together.
//
// Units, unless a field says otherwise: volumes in vehicles, rates in vehicles a year, money in units of the row's currency
// (the base currency after loading), money fields whose name ends in M in millions of it, shares as percent.
package headroom
