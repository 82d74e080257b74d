// Package cost turns a case into unit money in base currency: what a vehicle costs and brings on its way from a line to a
// market, what a plant and a pattern cost a year, and what a unit of money in a period is worth today.
//
// Planner builds its programme from it; sim and answer price what they count by it. Package ledger recomputes the same money on its
// own and must not import it. The rules are
// those of docs/explanation/formulation.md, sections 1, 3, 4 and 5.
package cost
