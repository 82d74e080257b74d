// Package answer answers questions about a case, one file a question: the checked plan, what a plan means for a target and its plants,
// what a deal is worth, what a car costs on each route, how likely a target is, what a stop costs, how far an answer moves.
//
// It puts planner, ledger and what is known of forecasts together and knows nothing of files, terminals and formats. Known years are
// asked of calibrate, links of links.
package answer
