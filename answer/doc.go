// Package answer answers questions about a case, one file a question: the checked plan, what a plan means for a target and its
// plants, what a deal is worth, what a car costs on each route, what is known about a past year.
//
// It puts planner, ledger and evidence together and knows nothing of files, terminals and formats.
package answer
