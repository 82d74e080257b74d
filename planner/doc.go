// Package planner turns a case into a mixed-integer linear programme, has an lp.Solver solve it, and turns the solution into
// a plan. The formulation is described in docs/explanation/formulation.md; each constraint family is a function add<Family>
// in a file of its own, with a golden problem in testdata.
//
// The planner does not know which solver it uses and does not check its own plan's money: package answer puts the two
// together with package ledger.
package planner
