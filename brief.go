package headroom

import "strings"

// Brief is what a plan means, on two screens: the answer of `headroom brief`. Units are vehicles in the period, money in base
// currency.
type Brief struct {
	Title    string `json:"title"`
	Currency string `json:"currency"`
	Sentence string `json:"sentence"`

	// SentenceFigures are the numbers of the sentence in their order.
	SentenceFigures []SentenceFigure `json:"sentence_figures"`

	TargetID    string        `json:"target_id"`
	Regions     []string      `json:"regions"`
	Output      []BriefOutput `json:"output"`
	SupplyCurve []SupplyPoint `json:"supply_curve"`
	Binds       []Cause       `json:"binds"`
	BindsProof  PartProof     `json:"binds_proof"`
	Plants      []BriefPlant  `json:"plants"`
	Deals       []BriefDeal   `json:"deals"`
	CostPerCar  CostQuestion  `json:"cost_question"`
	RestsOn     []BasisShare  `json:"rests_on_rows"`
	Proof       Proof         `json:"proof"`
	Spread      *OutputSpread `json:"spread"` // nil where no forecast of this kind has been scored
	Plan        *PlanFigure   `json:"plan"`   // what headroom plan makes of the case; nil where it counts on the same
	PlanNote    string        `json:"plan_note"`

	Base *Plan `json:"-"` // the plan on what is committed and signed
}

// sentenceParts stands between the part of a brief's sentence that is of its plan and the part that is of deals and candidates.
const sentenceParts = "; "

// Parts are the sentence in two: what the plan does, and what more there could be, which is empty where nothing is said of it.
func (b *Brief) Parts() (plan, more string) {
	plan, more, found := strings.Cut(b.Sentence, sentenceParts)
	if !found {
		return plan, ""
	}
	return plan + ".", strings.ToUpper(more[:1]) + more[1:]
}

// PlanFigure is what the plan of a case does that may choose candidates too, beside the plan of its brief, which may not.
type PlanFigure struct {
	Units *float64 `json:"units"` // built in the target's regions in its last year
	Value *float64 `json:"value"`
	Proof Proof    `json:"proof"`
}

// PartProof says how firm a part of an answer is that rests on more than one programme.
type PartProof struct {
	Status  PlanStatus `json:"status"`
	Stopped string     `json:"stopped"`
}

// SentenceFigure is a number of the sentence of a brief: which one, its value, and how it is written.
type SentenceFigure struct {
	Figure string  `json:"figure"`
	Value  float64 `json:"value"`
	Text   string  `json:"text"`
}

// Figures of the sentence of a brief.
const (
	FigureBuilt       = "built"        // vehicles built in the target's last period
	FigureShort       = "short"        // how far that is below the target
	FigureTarget      = "target"       // the target
	FigureUnsigned    = "unsigned"     // deals that are neither signed nor called off
	FigureDeals       = "deals"        // vehicles that these could add at most
	FigurePays        = "pays"         // vehicles that deals and candidates add where they pay without support
	FigureNoProgramme = "no_programme" // vehicles that nobody has signed or talked of
)

// BriefOutput is the output of the target's regions in a period beside target and forecast, which may be missing.
type BriefOutput struct {
	Period   string   `json:"period"`
	Units    float64  `json:"units"`
	Target   *float64 `json:"target"`
	Forecast *float64 `json:"forecast"`
	By       string   `json:"forecast_by,omitempty"`
}

// OutputSpread is how far forecasts of the kind and horizon of the output in the target's last year have missed. Shares are of the
// forecast.
type OutputSpread struct {
	Period   string   `json:"period"`
	Horizon  float64  `json:"horizon"` // years, from the newest claim to the end of the period
	RMS      float64  `json:"rms"`     // root of the mean square of the errors of scored forecasts
	N        int      `json:"n"`       // scored forecasts behind it
	Scored   float64  `json:"scored"`  // their horizon, years, where it is shorter than Horizon; else Horizon
	Low      float64  `json:"low"`     // the output less that share, vehicles
	High     float64  `json:"high"`
	NoChange *float64 `json:"no_change"` // the same for the forecast that nothing changes; nil where no years are that far apart
	Pairs    int      `json:"pairs"`     // pairs of years behind it
}

// SupplyPoint is the output in the target's last year where every vehicle built up to the target is supported. A level that was not
// tried has no numbers but its support.
type SupplyPoint struct {
	Support float64  `json:"support"` // base currency per vehicle
	Units   *float64 `json:"units"`
	Gap     *float64 `json:"gap"` // relative gap of the plan behind it
	Proof   Proof    `json:"proof"`
}

// BriefPlant is the use of a plant in the target's last year.
type BriefPlant struct {
	Plant       string  `json:"plant"`
	State       State   `json:"state"`
	Capacity    float64 `json:"capacity"` // on its largest pattern, straight time
	Units       float64 `json:"units"`
	Utilisation float64 `json:"utilisation"`
	Headroom    float64 `json:"headroom"`
}

// BriefDeal is a deal beside the plan without it. Worth is the difference of the two plans' values, which lies between
// WorthLow and WorthHigh; Decided says whether the interval is narrow enough to be told. What is built under the deal is not what it
// adds: of that the plan without it builds a part elsewhere, or builds something else in its place. A number that is not known is nil.
type BriefDeal struct {
	Deal      string     `json:"deal"`
	Name      string     `json:"name"`
	Host      string     `json:"host"`
	Guest     string     `json:"guest"`
	Status    DealStatus `json:"status"`
	Units     *float64   `json:"units"`    // built under it in the target's last year, if it is signed
	HomeUnits *float64   `json:"uk_units"` // of them in the target's regions
	Net       *float64   `json:"net"`      // output of all plants with it less that without it
	HomeNet   *float64   `json:"home_net"` // the same in the target's regions
	WorthLow  *float64   `json:"worth_low"`
	WorthHigh *float64   `json:"worth_high"`
	Decided   bool       `json:"decided"`
	Note      string     `json:"note,omitempty"`
	Proof     Proof      `json:"proof"`         // of the plan with it, or of the plan without it where that one is less firm
	NoProof   Proof      `json:"proof_without"` // of the plan without it
}

// CostQuestion is what a vehicle costs delivered to a market by each route, above the ex-works cost of its home plant.
type CostQuestion struct {
	Vehicle string    `json:"vehicle"`
	Market  string    `json:"market"`
	Period  string    `json:"period"`
	Volume  float64   `json:"volume"` // vehicles a year that tooling is spread over
	Years   float64   `json:"years"`  // and years; 0 where the routes differ
	Home    string    `json:"home"`
	Routes  []CarCost `json:"routes"`
}

// CarCost is one route. Full counts overhead, crews and tooling; Marginal only what one vehicle more costs.
type CarCost struct {
	Route           string     `json:"route"`
	Plant           string     `json:"plant"`
	Content         string     `json:"content"`
	Arrangement     string     `json:"arrangement"`
	Years           float64    `json:"years"` // that its tooling is spread over
	Full            float64    `json:"full"`
	Marginal        float64    `json:"marginal"`
	Parts           []CarPart  `json:"parts"`
	BreakEvenVolume *float64   `json:"break_even_volume"` // a year, at which Full equals the import; nil where none does
	BreakEvenDuty   *float64   `json:"break_even_duty"`   // rate on the import at which they are equal
	Status          DealStatus `json:"status,omitempty"`
}

// CarPart is one part of a vehicle's cost.
type CarPart struct {
	Part     string  `json:"part"`
	Full     float64 `json:"full"`
	Marginal float64 `json:"marginal"`
}

// BasisShare is how many figures of the case rest on a basis.
type BasisShare struct {
	Basis Basis   `json:"basis"`
	Count int     `json:"count"`
	Share float64 `json:"share"`
}

// Forecast is somebody's forecast of a target's metric.
type Forecast struct {
	ID        string   `col:"forecast_id"`
	Publisher string   `col:"publisher"`
	Regions   []string `col:"region"`
	Period    string   `col:"period"`
	Value     float64  `col:"value"`
	MadeOn    Date     `col:"made_on"`
	Note      string   `col:"note"`
}
