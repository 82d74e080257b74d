package headroom

// Lane is a way for a vehicle from an origin to a destination. Origin is a plant or a region, destination a market or a
// region; the row that names the plant and the market counts before the one that names regions.
type Lane struct {
	Origin      string `col:"origin"`
	Destination string `col:"destination"`
	Use         Use    `col:"use"`
	Class       string `col:"class"`
	Cost        Opt    `col:"cost"` // per vehicle
	From        Date   `col:"from"`
	To          Date   `col:"to"`
	Currency    string `col:"currency"`
	PriceYear   int    `col:"price_year"`
	Note        string `col:"note"`
}

// Layer is a kind of duty; layers are applied in this order.
type Layer string

// Duty layers.
const (
	MFN            Layer = "mfn"
	Preferential   Layer = "preferential" // instead of MFN, for flows that qualify
	Countervailing Layer = "countervailing"
	Safeguard      Layer = "safeguard"
	Surtax         Layer = "surtax"
	Rise           Layer = "rise" // on top of all others: what a simulation draws; no row of a case has it
)

// How a row of duty joins what is there before it. Left empty, a layer is added to the layers before it and has one row a day.
const (
	CombineAdd     = "add"     // as empty, and beside other rows of its layer that say so too
	CombineMax     = "max"     // the larger of the two
	CombineReplace = "replace" // instead of the layers before it
)

// Duty is one layer of duty on vehicles of an origin in an importing customs territory.
type Duty struct {
	ID         string  `col:"duty_id"`
	Importer   string  `col:"importer"`
	Origin     string  `col:"origin"`
	Powertrain string  `col:"powertrain"`
	Maker      string  `col:"maker_org"`
	Layer      Layer   `col:"layer"`
	Agreement  string  `col:"agreement"`
	AdValorem  float64 `col:"ad_valorem"` // percent of the customs value
	Specific   float64 `col:"specific"`   // per vehicle
	Combine    string  `col:"combine"`    // "", add, max, replace
	From       Date    `col:"from"`
	To         Date    `col:"to"`
	LegalRef   string  `col:"legal_ref"`
	Currency   string  `col:"currency"`
	PriceYear  int     `col:"price_year"`
	Note       string  `col:"note"`
}

// Quota is a tariff-rate quota: InRate instead of the MFN layer up to Volume a year, OutRate beyond.
type Quota struct {
	Importer string  `col:"importer"`
	Origin   string  `col:"origin"`
	Period   string  `col:"period"`
	Volume   float64 `col:"volume"`
	InRate   float64 `col:"in_rate"`
	OutRate  float64 `col:"out_rate"`
	Note     string  `col:"note"`
}

// Labour is the labour cost of a plant: CostPerUnit, or Wage times HoursPerUnit, never both.
type Labour struct {
	Plant        string  `col:"plant"`
	CostPerUnit  Opt     `col:"cost_per_unit"` // per vehicle at full use of the pattern
	CrewShare    float64 `col:"crew_share"`    // percent of it that is paid per crew, not per vehicle
	Wage         Opt     `col:"wage"`          // an hour
	HoursPerUnit Opt     `col:"hours_per_unit"`
	Currency     string  `col:"currency"`
	PriceYear    int     `col:"price_year"`
	Note         string  `col:"note"`
}

// Energy is what a plant pays for a carrier.
type Energy struct {
	Plant     string  `col:"plant"`
	Carrier   string  `col:"carrier"`
	From      Date    `col:"from"`
	To        Date    `col:"to"`
	UsePerCar float64 `col:"use_per_vehicle"` // kWh
	BaseLoad  float64 `col:"base_load"`       // MWh a year while open
	Price     float64 `col:"price"`           // a kWh
	Relief    float64 `col:"relief"`          // a kWh
	Currency  string  `col:"currency"`
	PriceYear int     `col:"price_year"`
	Note      string  `col:"note"`
}

// FXRate says how many units of To one unit of From buys.
type FXRate struct {
	From   string  `col:"from_ccy"`
	To     string  `col:"to_ccy"`
	Period string  `col:"period"`
	Rate   float64 `col:"rate"`
	Note   string  `col:"note"`
}
