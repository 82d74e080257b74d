// Package audit compares claims with each other: sums and their parts, shares and what they are shares of, printed growth, rates of
// exchange, the same thing said twice. Each comparison that does not hold to the precision that was printed is a conflict, with the
// claims that it rests on.
//
// CrossCheck makes all of them. Choose is the rule by which one of several claims about the same thing goes before the others. ScoreForecasts says how far
// forecasts missed what happened, SpreadOf and WalkSD the spread that follows.
//
// It changes nothing and computes no figure of a case (formula does).
package audit
