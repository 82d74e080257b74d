// Package calibrate holds the model against years that are known: Reconcile compares the totals of a case with its outturns, PlanYear plans
// a year with what was decided before it, Calibrate plans years in which plants are chosen and says at what cost of switching the
// choices come out as they were.
//
// It plans by answer.Plan and reads no file.
package calibrate
