// Package planner turns a case into a mixed-integer linear programme, has an lp.Solver solve it, and turns the solution into
// a plan. The formulation is described in docs/explanation/formulation.md. A file has what belongs to one kind of decision, and the
// functions add… in it add its constraint families, which docs/explanation/families.md lists; each family has a golden problem in testdata.
//
// The planner does not know which solver it uses and does not check its own plan's money: package answer puts the two
// together with package ledger.
package planner
