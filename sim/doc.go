// Package sim lives through a fixed plan week by week: what is built, sold and earned where demand, money, duties, deals and
// plants turn out otherwise than planned.
//
// What a plan decides stays: which plants are open, what is tooled where, shift patterns, deals, launches. What follows by the
// week is how much is built: a line builds what its vehicles' buyers, waiting buyers and depleted stock ask for, within
// straight time and the overtime of its pattern; what it cannot build is taken up by other lines that the plan has tooled for
// the vehicle and that have room. A vehicle that is not built in its week is lost unless stock covers it, another line builds
// it, or its buyer waits and overtime regains it.
//
// A period's volumes are spread evenly over its weeks, so that a life without any draw is the plan itself. Rules, not
// optimisation: every life is made by the same rule, and regret says how much better, at most, hindsight would have been.
//
// Lives are independent and seeded by their number: the same seed gives the same bits on any number of cores. The package
// knows nothing of solvers; who wants a simulation brings the plan. Its caller is package answer.
package sim
