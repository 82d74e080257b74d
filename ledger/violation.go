package ledger

import "fmt"

// Rules that Check reports, one word for each family.
const (
	RuleCase         = "case"         // the case cannot be worked out
	RuleRow          = "row"          // a row of the plan names nothing in the case, is there twice, or has no volume in it
	RulePlace        = "place"        // built where it cannot be, or under a deal that is not allowed
	RuleAllocation   = "allocation"   // built at a place that is not allocated, or allocated outside SOP, EOP or the line's days
	RuleState        = "state"        // a state that a plant cannot have
	RuleTransition   = "transition"   // a change of state that is not possible, or not yet
	RuleMaxMothball  = "max_mothball" // mothballed for too long
	RuleMinOpen      = "min_open"     // closed or mothballed too soon after it was opened
	RulePlantOpen    = "plant_open"   // a line works in a plant that is not open
	RuleSiteCap      = "site_cap"     // more than the site may build
	RulePattern      = "pattern"      // a pattern that the line cannot work, or a change not marked as one
	RuleCapacity     = "capacity"     // more than the line or the place can build
	RuleOvertime     = "overtime"     // more overtime than the pattern allows
	RuleMinRate      = "min_rate"     // less than the line builds while it runs
	RuleMaxVehicles  = "max_vehicles" // too many programmes on a line
	RuleMaxLines     = "max_lines"    // a vehicle on too many lines
	RuleMaxLaunches  = "max_launches" // too many launches on a line in a year
	RuleLaunch       = "launch"       // used without a launch, or launched when it need not or may not be
	RuleRamp         = "ramp"         // more than the ramp allows after launch
	RuleCommitment   = "commitment"   // a commitment that is not kept, or not marked as one
	RuleMinVolume    = "min_volume"   // less than a place builds while it is allocated
	RuleDeal         = "deal"         // a deal that is not allowed, not in force, too early, too long or without one it requires
	RuleDealVolume   = "deal_volume"  // fewer or more vehicles than the deal says
	RuleConservation = "conservation" // built and sent are not the same
	RuleLane         = "lane"         // sent where there is no lane
	RuleRegime       = "regime"       // under a duty that does not hold, or a preference it does not qualify for
	RuleQuota        = "quota"        // more than the quota
	RuleDemand       = "demand"       // sent and lost are not the demand
	RuleService      = "min_service"  // less than must be served
	RuleTarget       = "target"       // a target missed that is hard, or reported wrongly
	RuleOpening      = "opening"      // opened and builds nothing in the calendar year
)

// Violation is a rule that a plan breaks. Amount is what the plan has and Limit what the rule asks for, in the unit of the
// rule (vehicles in the period, years, or programmes); both are zero where the rule
// is not one of numbers.
type Violation struct {
	Rule   string
	Key    string // of what breaks it: keys of the case joined by colons
	Period string
	Amount float64
	Limit  float64
	Note   string // what is wrong, in words
}

// String is the violation in words.
func (x Violation) String() string {
	s := x.Rule
	if x.Key != "" {
		s += " of " + x.Key
	}
	if x.Period != "" {
		s += " in " + x.Period
	}
	s += ": " + x.Note
	if x.Amount != 0 || x.Limit != 0 {
		s += fmt.Sprintf(" (%.10g against %.10g)", x.Amount, x.Limit)
	}
	return s
}
