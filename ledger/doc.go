// Package ledger is the second opinion on a plan. It reads a case and the tables of decisions in a plan, and nothing that the
// planner computed from them, and works out again what the plan is worth and whether it keeps the rules.
//
// Compute gives the money by owner, period and account, with its net present value and its discounted cost; Check gives the
// rules that the plan breaks. Both are written from docs/explanation/formulation.md alone. The package must never import
// packages cost and planner: a mistake that both sides shared would be seen by neither.
//
// It is not a check of the case. It expects a case without findings of severity error, and reports what it cannot work out
// as an error (Compute) or as a violation of the rule "case" (Check). It keeps no state, and its functions may be called
// from several goroutines at once as long as nobody changes the case or the plan.
package ledger
