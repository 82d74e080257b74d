package headroom

// DealStatus is how far an arrangement has come.
type DealStatus string

// Statuses of an arrangement. Signed and later ones (Signed, Approved, Operating) count as facts.
const (
	Rumoured      DealStatus = "rumoured"
	ReportedDeal  DealStatus = "reported"
	Stated        DealStatus = "stated"
	Talks         DealStatus = "talks"
	LOI           DealStatus = "loi"
	MOU           DealStatus = "mou"
	Signed        DealStatus = "signed"
	Approved      DealStatus = "approved"
	OperatingDeal DealStatus = "operating"
	Lapsed        DealStatus = "lapsed"
	Ended         DealStatus = "ended"
	Denied        DealStatus = "denied"
)

// Fact reports whether an arrangement of this status may be in a base plan.
func (s DealStatus) Fact() bool { return s == Signed || s == Approved || s == OperatingDeal }

// Dead reports whether an arrangement of this status has been called off.
func (s DealStatus) Dead() bool { return s == Lapsed || s == Ended || s == Denied }

// Arrangement is a deal between a host, who has the plant, and a guest, who has the vehicles. The vehicle lines that name
// it are built only while it is in force.
type Arrangement struct {
	ID            string     `col:"arr_id"`
	Name          string     `col:"name"`
	Kind          string     `col:"kind"`
	Host          string     `col:"host_org"`
	Guest         string     `col:"guest_org"`
	Status        DealStatus `col:"status"`
	StatusDate    Date       `col:"status_date"`
	EarliestStart Date       `col:"earliest_start"`
	TermYears     float64    `col:"term"`      // years; 0: to the end of the horizon
	Success       Opt        `col:"p_success"` // chance that it comes about
	Slip          []float64  `col:"slip"`      // chances that it starts 0, 1, 2 … years late
	Requires      []string   `col:"requires"`
	Claims        []string   `col:"claim"`
	Note          string     `col:"note"`
}

// TermKind is what a term of an arrangement says.
type TermKind string

// Kinds of term.
const (
	FeePerUnit TermKind = "fee_per_unit" // the guest pays the host per vehicle
	MinVolume  TermKind = "min_volume"   // vehicles a year while in force
	MaxVolume  TermKind = "max_volume"
)

// Term is one condition of an arrangement.
type Term struct {
	Arrangement string   `col:"arr_id"`
	Kind        TermKind `col:"kind"`
	Value       float64  `col:"value"`
	Unit        string   `col:"unit"`
	Currency    string   `col:"currency"`
	PriceYear   int      `col:"price_year"`
	From        Date     `col:"from"`
	To          Date     `col:"to"`
	Note        string   `col:"note"`
}

// Target is an output wanted of the plants of regions in a period.
type Target struct {
	ID      string   `col:"target_id"`
	Holder  string   `col:"holder_org"`
	Metric  string   `col:"metric"` // units
	Regions []string `col:"region"`
	Period  string   `col:"period"`
	Sense   string   `col:"sense"` // min or max
	Value   float64  `col:"value"` // vehicles a year
	Hard    bool     `col:"hard"`
	Penalty Opt      `col:"penalty"` // per vehicle of shortfall
	Status  string   `col:"status"`
	Note    string   `col:"note"`
}
