package document

import "headroom"

// Links is the head of an answer about links, without the time it took.
type Links struct {
	Case         Name                `json:"case"`
	Status       headroom.PlanStatus `json:"status"`
	Proof        headroom.Proof      `json:"proof"`
	Period       string              `json:"period"`
	Currency     string              `json:"currency"`
	Algorithm    string              `json:"algorithm"`
	Components   []Component         `json:"components"`
	Vector       string              `json:"vector"`
	Scenarios    int                 `json:"scenarios"`
	Stopped      string              `json:"stopped"`
	Seed         int                 `json:"seed"`
	Control      string              `json:"control"`
	Quasi        bool                `json:"quasi"`
	Resolution   float64             `json:"resolution"`
	Plants       int                 `json:"plants"`
	Vehicles     int                 `json:"vehicles"`
	LinkCount    int                 `json:"link_count"`
	Capacity     float64             `json:"capacity"`
	Demand       float64             `json:"demand"`
	Sales        Estimate            `json:"sales"`
	P5           float64             `json:"sales_p5"`
	P50          float64             `json:"sales_p50"`
	P95          float64             `json:"sales_p95"`
	Utilisation  float64             `json:"utilisation"`
	UseLow       float64             `json:"utilisation_ci95_low"`
	UseHigh      float64             `json:"utilisation_ci95_high"`
	Full         Estimate            `json:"full"`
	Margin       *Estimate           `json:"margin,omitempty"`
	FullMargin   *Estimate           `json:"full_margin,omitempty"`
	JordanGraves *Measure            `json:"jordan_graves,omitempty"` // nil where there are too many plants
	Design       *string             `json:"design,omitempty"`        // this and the next three where links were added
	Added        *[]LinkGain         `json:"added,omitempty"`
	BaseSales    *Estimate           `json:"base_sales,omitempty"`
	AddedGain    *Estimate           `json:"added_gain,omitempty"`
	Gains        *[]LinkGain         `json:"links,omitempty"` // nil where they were not asked for
	GainUnit     string              `json:"gain_unit"`
}

// Component is a part of the network that shares no vehicle with the others.
type Component struct {
	Plants     int    `json:"plants"`
	Vehicles   int    `json:"vehicles"`
	Algorithm  string `json:"algorithm"`
	Operations int    `json:"operations"`
}

// Estimate is a mean with its 95 % interval.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci95_low"`
	High float64 `json:"ci95_high"`
}

// Measure is that of Jordan and Graves, with the plants in which it is largest.
type Measure struct {
	Estimate
	Plants []string `json:"plants"`
}

// LinkGain is a link that could be added, with what it adds, in Links.GainUnit.
type LinkGain struct {
	Plant   string  `json:"plant"`
	Vehicle string  `json:"vehicle"`
	Gain    float64 `json:"gain"`
	Low     float64 `json:"ci95_low"`
	High    float64 `json:"ci95_high"`
	Cost    *Number `json:"cost"` // nil where it is not known
	Row     string  `json:"row"`  // of vehicle_line: "" none, yes, or the deal that the link takes
}

// LinksAnswer is the document of an answer about links.
type LinksAnswer struct {
	Links
	Seconds float64 `json:"seconds"`
}

// LinksRun is the result of a saved answer about links.
type LinksRun struct {
	Links
	Inputs Inputs     `json:"inputs"`
	Tables LinkTables `json:"tables"`
	Files  Sums       `json:"files"`
}

// LinkTables are the tables of an answer about links.
type LinkTables struct {
	Plants   Rows[PlantCapacity] `json:"plant"`
	Vehicles Rows[VehicleDemand] `json:"vehicle"`
	Links    Rows[LinkState]     `json:"link"`
	Gains    Rows[LinkGain]      `json:"link_gain"`
}

// PlantCapacity is what a plant can build, vehicles in the period.
type PlantCapacity struct {
	Plant    string  `json:"plant"`
	Capacity float64 `json:"capacity"`
}

// VehicleDemand is what is wanted of a vehicle in the mean, vehicles in the period.
type VehicleDemand struct {
	Vehicle string  `json:"vehicle"`
	Demand  float64 `json:"demand"`
}

// LinkState is a link that is there or was added.
type LinkState struct {
	Plant   string `json:"plant"`
	Vehicle string `json:"vehicle"`
	State   string `json:"state"`
}
