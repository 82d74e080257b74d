package headroom

// Use says what a plan may do with a row.
type Use string

// Uses of a row.
const (
	Include  Use = "include"  // it is there
	Exclude  Use = "exclude"  // it is left out
	Consider Use = "consider" // the planner may choose it
)

// State is what a plant can be.
type State string

// Plant states. Greenfield is a plant that is not built yet.
const (
	Operating  State = "operating"
	Mothballed State = "mothballed"
	Closed     State = "closed"
	Greenfield State = "greenfield"
)

// Period is one step of the horizon.
type Period struct {
	ID   string `col:"period_id"`
	From Date   `col:"from"`
	To   Date   `col:"to"`
	Note string `col:"note"`
}

// Region is a country or bloc: lanes go between regions, duties between their customs territories.
type Region struct {
	ID        string `col:"region_id"`
	Name      string `col:"name"`
	Territory string `col:"customs_territory"`
	Note      string `col:"note"`
}

// Org is a maker, plant owner, state or body.
type Org struct {
	ID     string `col:"org_id"`
	Name   string `col:"name"`
	Role   string `col:"role"`
	Parent string `col:"parent"`
	Note   string `col:"note"`
}

// Plant is a site with lines. Money in millions of Currency.
type Plant struct {
	ID                   string  `col:"plant_id"`
	Name                 string  `col:"name"`
	Owner                string  `col:"owner_org"`
	Region               string  `col:"region"`
	Use                  Use     `col:"use"`
	InitialState         State   `col:"initial_state"`
	SiteCap              Opt     `col:"site_cap"`                // vehicles a year
	FixedOpenM           Opt     `col:"fixed_cost_open"`         // a year
	FixedPerCapacity     Opt     `col:"fixed_cost_per_capacity"` // currency per vehicle a year of capacity, a year
	FixedMothballM       Opt     `col:"fixed_cost_mothball"`     // a year
	MothballShare        float64 `col:"mothball_share"`          // percent of the fixed cost when open
	MothballM            float64 `col:"cost_mothball"`
	ReopenM              Opt     `col:"cost_reopen"`
	CloseM               float64 `col:"cost_close"`
	SeveranceM           Opt     `col:"severance"`
	SeverancePerCapacity Opt     `col:"severance_per_capacity"` // currency per vehicle a year of capacity
	SaleM                float64 `col:"sale_value"`
	ReopenLead           float64 `col:"reopen_lead"`  // months
	MinOpen              float64 `col:"min_open"`     // years
	MaxMothball          float64 `col:"max_mothball"` // years
	EarliestClose        Date    `col:"earliest_close"`
	ChangeLife           Opt     `col:"change_life"` // years; see ChangeYears
	Currency             string  `col:"currency"`
	PriceYear            int     `col:"price_year"`
	Note                 string  `col:"note"`
}

// Line is a production line.
type Line struct {
	ID             string  `col:"line_id"`
	Plant          string  `col:"plant"`
	Use            Use     `col:"use"`
	CapacityYear   Opt     `col:"capacity_year"` // vehicles a year at a pattern of index 1
	Rate           Opt     `col:"rate"`          // net jobs an hour
	Availability   float64 `col:"availability"`  // percent
	MaxVehicles    Opt     `col:"max_vehicles"`
	MaxLaunches    Opt     `col:"max_launches"` // a year
	MinRate        float64 `col:"min_rate"`     // vehicles a year while the line runs
	InitialPattern string  `col:"initial_pattern"`
	From           Date    `col:"from"`
	To             Date    `col:"to"`
	Note           string  `col:"note"`
}

// ShiftPattern is a way to man a line.
type ShiftPattern struct {
	ID              string   `col:"pattern_id"`
	Lines           []string `col:"lines"`
	Index           Opt      `col:"index"` // capacity relative to line.capacity_year
	Crews           Opt      `col:"crews"`
	Hours           Opt      `col:"hours"`            // hours a week of plant time
	Weeks           float64  `col:"weeks"`            // a year
	OvertimeShare   float64  `col:"overtime_share"`   // percent of straight-time capacity
	OvertimePremium float64  `col:"overtime_premium"` // percent on top of the crew cost of a car
	ChangeM         float64  `col:"change_cost"`      // to change to this pattern
	Currency        string   `col:"currency"`
	PriceYear       int      `col:"price_year"`
	Note            string   `col:"note"`
}

// Vehicle is a vehicle programme: what is built.
type Vehicle struct {
	ID         string `col:"vehicle_id"`
	Name       string `col:"name"`
	Maker      string `col:"maker_org"`
	Segment    string `col:"segment"`
	Powertrain string `col:"powertrain"`
	Use        Use    `col:"use"`
	SOP        Date   `col:"sop"`
	EOP        Date   `col:"eop"`
	MaxLines   Opt    `col:"max_lines"`
	Note       string `col:"note"`
}

// VehicleLine says that a vehicle can be built on a line, with which content, and what that takes. There is no other way
// for a vehicle to come to a line.
type VehicleLine struct {
	Vehicle        string    `col:"vehicle"`
	Line           string    `col:"line"`
	Content        string    `col:"content"` // full, kit or local
	Compatible     bool      `col:"compatible"`
	Arrangement    string    `col:"arrangement"` // the deal it needs
	CommittedFrom  Date      `col:"committed_from"`
	CommittedUntil Date      `col:"committed_until"`
	MinRun         float64   `col:"min_run"` // percent of the vehicle's demand while committed
	RetoolM        Opt       `col:"retool"`
	ToolingLife    Opt       `col:"tooling_life"` // years; see ToolingYears
	Lead           float64   `col:"lead"`         // months
	Ramp           []float64 `col:"ramp"`         // percent of full rate by period since launch
	RateFactor     float64   `col:"rate_factor"`
	UnitMaterial   Opt       `col:"unit_material"`
	ContentCost    Opt       `col:"content_cost"` // on top of material, per vehicle
	MinVolume      float64   `col:"min_volume"`   // vehicles a year while allocated
	Qualifies      []string  `col:"qualifies"`    // agreements
	QualifiesFrom  Date      `col:"qualifies_from"`
	QualifiesTo    Date      `col:"qualifies_to"`
	Currency       string    `col:"currency"`
	PriceYear      int       `col:"price_year"`
	Note           string    `col:"note"`
}

// Market is a place where vehicles are sold.
type Market struct {
	ID     string `col:"market_id"`
	Region string `col:"region"`
	Name   string `col:"name"`
	Note   string `col:"note"`
}

// Demand is what a market would buy of a vehicle. Period may be "*": every period, grown by Growth a year from the first
// period on. The most specific row of a vehicle, market and period counts.
type Demand struct {
	Vehicle      string  `col:"vehicle"`
	Market       string  `col:"market"`
	Period       string  `col:"period"`
	Volume       float64 `col:"volume"` // vehicles a year
	Growth       Opt     `col:"growth"` // percent a year
	MaxVolume    Opt     `col:"max_volume"`
	From         Date    `col:"from"`
	To           Date    `col:"to"`
	PriceNet     Opt     `col:"price_net"`
	Contribution Opt     `col:"contribution"`  // percent of price_net before conversion, freight and duty
	CustomsValue string  `col:"customs_value"` // currency per vehicle, or a percentage of the price as "75%"
	LostSale     Opt     `col:"lost_sale"`
	MinService   float64 `col:"min_service"` // percent
	Currency     string  `col:"currency"`
	PriceYear    int     `col:"price_year"`
	Note         string  `col:"note"`
}

// PlantOf is the plant of a line, "" where no line has the id.
func (c *Case) PlantOf(line string) string {
	for _, l := range c.Lines {
		if l.ID == line {
			return l.Plant
		}
	}
	return ""
}

// MadeBy reports whether a vehicle is of a maker or of one of its group.
func (c *Case) MadeBy(vehicle, maker string) bool {
	for _, v := range c.Vehicles {
		if v.ID == vehicle {
			return c.partOf(v.Maker, maker)
		}
	}
	return false
}

// partOf reports whether an organisation is another or has it above itself.
func (c *Case) partOf(org, group string) bool {
	for range len(c.Orgs) + 1 { // a circle of parents ends, too
		if org == group {
			return true
		}
		parent := ""
		for _, o := range c.Orgs {
			if o.ID == org {
				parent = o.Parent
			}
		}
		if parent == "" {
			return false
		}
		org = parent
	}
	return false
}
