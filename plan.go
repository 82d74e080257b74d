package headroom

// PlanStatus says how far a plan can be trusted.
type PlanStatus string

// Plan statuses.
const (
	StatusVerified   PlanStatus = "verified"          // solved to the gap, checked, money agrees
	StatusLimit      PlanStatus = "limit"             // checked, but a limit was reached before the gap
	StatusTolerance  PlanStatus = "tolerance-limited" // checked, but only at a looser tolerance
	StatusDisputed   PlanStatus = "disputed"          // a check failed: not to be used
	StatusInfeasible PlanStatus = "infeasible"        // proved to have no solution
	StatusUnbounded  PlanStatus = "unbounded"
	StatusNone       PlanStatus = "none" // a limit was reached before any plan
)

// Regime is under which duty a flow enters its market.
type Regime string

// Regimes of a flow.
const (
	RegimeDomestic     Regime = "domestic"     // inside one customs territory
	RegimeMFN          Regime = "mfn"          // the general rate
	RegimePreferential Regime = "preferential" // under an agreement, for what qualifies
	RegimeQuotaIn      Regime = "quota"
	RegimeQuotaOut     Regime = "over-quota"
)

// TerminalPeriod is the period of money that is booked at the end of the horizon, as present value.
const TerminalPeriod = "terminal"

// Plan is what is built where, when and for whom, and what that is worth. Tables are sorted by their keys; rows of nothing
// are left out. Units are vehicles in the period (not a year), money in units of the base currency, real and undiscounted.
type Plan struct {
	Status PlanStatus

	Objective     string  // "npv" or "cost"
	Value         float64 // of the objective: NPV (to be maximal) or discounted cost (to be minimal), base currency
	Bound         float64 // proved bound on Value
	RootBound     float64 // bound that the linear relaxation proves, recomputed from its duals; NaN where it was not asked for
	Gap           float64 // |Value-Bound| / |Value|; NaN where Value is 0 or there is no bound
	GapWanted     float64
	Banned        []Ban    // costs that were taken as "never"
	ByMoney       bool     // verified because |Value-Bound| is small beside the revenue, not beside Value
	ProvedBy      ProvedBy // who vouches for Bound
	Revenue       float64  // discounted, base currency
	Constant      float64  // the part of Value that no decision changes
	Stopped       string
	Seconds       float64
	Seed          int
	Solver        SolverInfo
	Check         PlanCheck
	Unsigned      []string   // unsigned deals that were counted in
	UnsignedInUse []string   // and that the plan has in force
	Explanation   []Cause    // where there is no plan: what would have to change
	NotBuilt      []NotBuilt // programmes of which nothing is built, and why; nil where nobody has asked
	Why           string     // where the plan is disputed: what failed

	States    []StateRow
	Allocs    []AllocRow
	Shifts    []ShiftRow
	Outputs   []OutputRow
	Flows     []FlowRow
	Losts     []LostRow
	Deals     []DealRow
	Targets   []TargetRow
	Cash      []CashRow
	Bindings  []BindingRow
	Discounts []DiscountRow
	Rests     []RestRow // sorted by plant, period, change, vehicle, line, content
}

// Ban is a cost so large that it was taken as "never": more than a million times the largest other amount of the plan.
type Ban struct {
	Table  string  `json:"table"` // the cell of the cost; where a decision has several, the largest
	Row    string  `json:"row"`
	Column string  `json:"column"`
	Place  string  `json:"place"`  // file:row:column
	Amount float64 `json:"amount"` // what the decision would cost, base currency, discounted
	Other  float64 `json:"other"`  // the largest amount that is no ban
}

// SolverInfo names the solver that made a plan.
type SolverInfo struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Backend string `json:"backend"`
}

// PlanCheck is what the checks of a plan found.
type PlanCheck struct {
	MaxRowViolation         float64 `json:"max_row_violation"`         // relative to the row's size
	MaxIntegralityViolation float64 `json:"max_integrality_violation"` // 0 in what is published
	MoneyError              float64 `json:"money_error"`               // |ledger-objective| / |objective|
}

// Cause is one link of an explanation: a rule of a set that cannot be kept together, with the figure that it is, or, without a
// table, what would help. Units is 0 where a rule is no matter of a number of vehicles.
type Cause struct {
	Cause string  `json:"cause"` // target, commitment, deal, capacity, programme, signature, ...
	Text  string  `json:"text"`
	Units float64 `json:"units"` // vehicles by which it must give way, in the period in which that is most

	Table      string `json:"table,omitempty"`
	Row        string `json:"row,omitempty"` // key of the row; of several rows, apart by spaces
	Column     string `json:"column,omitempty"`
	Place      string `json:"place,omitempty"` // file:row:column of the first row
	Owner      string `json:"owner,omitempty"` // org that answers for the figure
	Claim      string `json:"claim,omitempty"` // claims that the figure rests on, apart by spaces
	Assumption string `json:"assumption,omitempty"`
	Periods    string `json:"periods,omitempty"` // periods in which it must give way, as "2027 to 2031"
}

// NotBuilt says why a plan builds nothing of a programme whose demand has a margin somewhere.
type NotBuilt struct {
	Vehicle string `json:"vehicle"`
	Reason  string `json:"reason"` // rule, cost, or not tried
	Text    string `json:"text"`

	// Of the first of the rules that leave no way to build it.
	Table  string `json:"table,omitempty"`
	Row    string `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Place  string `json:"place,omitempty"`

	Cost  float64 `json:"cost,omitempty"` // by how much the plan would be worse at least, base currency
	Rules []Cause `json:"rules,omitempty"`
}

// StateRow is a plant's state in a period.
type StateRow struct {
	Plant  string `json:"plant"`
	Period string `json:"period"`
	State  State  `json:"state"`
	Late   bool   `json:"rests_on_last_year"` // it is new in one of the last two calendar years of the horizon
}

// AllocRow says that a vehicle has a place on a line in a period.
type AllocRow struct {
	Vehicle   string `json:"vehicle"`
	Line      string `json:"line"`
	Content   string `json:"content"`
	Period    string `json:"period"`
	Launch    bool   `json:"launch"`             // it was launched in this period, for retooling
	Committed bool   `json:"committed"`          // by the case, not by the plan
	Late      bool   `json:"rests_on_last_year"` // it was launched in one of the last two calendar years of the horizon
}

// ShiftRow is the pattern of a line in a period. A line that stands still has no row.
type ShiftRow struct {
	Line     string  `json:"line"`
	Period   string  `json:"period"`
	Pattern  string  `json:"pattern"`
	Capacity float64 `json:"capacity"` // vehicles in the period, straight time
	Overtime float64 `json:"overtime"` // vehicles made in overtime
	Changed  bool    `json:"changed"`
}

// OutputRow is what a line builds of a vehicle.
type OutputRow struct {
	Vehicle string  `json:"vehicle"`
	Plant   string  `json:"plant"`
	Line    string  `json:"line"`
	Content string  `json:"content"`
	Period  string  `json:"period"`
	Units   float64 `json:"units"`
}

// FlowRow is what a plant sends to a market.
type FlowRow struct {
	Vehicle   string  `json:"vehicle"`
	Plant     string  `json:"plant"`
	Market    string  `json:"market"`
	Period    string  `json:"period"`
	Regime    Regime  `json:"regime"`
	Agreement string  `json:"agreement"`
	Units     float64 `json:"units"`
}

// LostRow is demand that is not served.
type LostRow struct {
	Vehicle string  `json:"vehicle"`
	Market  string  `json:"market"`
	Period  string  `json:"period"`
	Units   float64 `json:"units"`
}

// DealRow is an arrangement in a period in which it is in force.
type DealRow struct {
	Deal   string     `json:"deal"`
	Status DealStatus `json:"status"`
	Period string     `json:"period"`
	Units  float64    `json:"units"`
}

// TargetRow is a target beside what the plan reaches; Gap is what is missing, never negative.
type TargetRow struct {
	Target string  `json:"target_id"`
	Period string  `json:"period"`
	Value  float64 `json:"value"`
	Wanted float64 `json:"target"`
	Gap    float64 `json:"gap"`
}

// Account is a kind of money in the ledger.
type Account string

// Accounts. Costs are negative amounts.
const (
	AccRevenue       Account = "revenue"
	AccLostSales     Account = "lost_sales"
	AccMaterial      Account = "material"
	AccContent       Account = "content"
	AccLabour        Account = "labour"
	AccCrew          Account = "crew"
	AccOvertime      Account = "overtime"
	AccEnergy        Account = "energy"
	AccLogistics     Account = "logistics"
	AccDuty          Account = "duty"
	AccFixed         Account = "fixed"
	AccPatternChange Account = "pattern_change"
	AccRetooling     Account = "retooling"
	AccSeverance     Account = "severance"
	AccMothballing   Account = "mothballing"
	AccClosing       Account = "closing"
	AccReopening     Account = "reopening"
	AccDealFee       Account = "deal_fee"
	AccTarget        Account = "target_penalty"
	AccTerminal      Account = "terminal" // present value, not an amount of one year
)

// CashRow is money of an owner in a period.
type CashRow struct {
	Org     string  `json:"org"`
	Period  string  `json:"period"`
	Account Account `json:"account"`
	Amount  float64 `json:"amount"`
}

// BindingRow is a limit that holds the plan back.
type BindingRow struct {
	Limit  string  `json:"limit"`
	Key    string  `json:"key"`
	Period string  `json:"period"`
	Price  float64 `json:"price"` // base currency, discounted, per vehicle more
}

// DiscountRow is the factor that a period's money is multiplied by.
type DiscountRow struct {
	Period string  `json:"period"`
	Factor float64 `json:"factor"`
}
