package headroom

// Outturn is what was built in a year: totals, and weights from which the matrix of vehicles and markets is fitted to them.
type Outturn struct {
	Year    int     `col:"year"`
	Group   string  `col:"group"`
	Vehicle string  `col:"vehicle"`
	Market  string  `col:"market"`
	Units   float64 `col:"units"`
	Note    string  `col:"note"`
}

// Shock is an event of a past year that took vehicles off what a maker would have built in it. A calibration is told of it.
type Shock struct {
	Year  int     `col:"year"`
	ID    string  `col:"shock_id"`
	Maker string  `col:"maker_org"`
	Units float64 `col:"units"` // vehicles
	Note  string  `col:"note"`
}

// Assumption is a rule that fills a column where a group of rows leaves it empty.
type Assumption struct {
	ID       string `col:"assumption_id"`
	Table    string `col:"table"`
	Selector string `col:"selector"`
	Column   string `col:"column"`
	Value    string `col:"value"`
	Low      string `col:"low"`
	High     string `col:"high"`
	Reason   string `col:"reason"`
	Owner    string `col:"owner"` // who answers for it
}

// Scenario is a named list of changes on its parent, or on the base case where it has none.
type Scenario struct {
	ID     string `col:"scen_id"`
	Parent string `col:"parent"`
	Title  string `col:"title"`
	Note   string `col:"note"`
}

// Change is one difference of a scenario: an operation on a column of the rows that the selector picks.
type Change struct {
	Scenario string `col:"scen_id"`
	Order    int    `col:"order"`
	Table    string `col:"table"`
	Selector string `col:"selector"`
	Column   string `col:"column"`
	Op       string `col:"op"` // set, multiply, add
	Value    string `col:"value"`
	Claim    string `col:"claim"`
	Note     string `col:"note"`
}

// Source is where a claim was seen.
type Source struct {
	ID          string `col:"source_id"`
	Kind        string `col:"kind"`
	Publisher   string `col:"publisher"`
	Title       string `col:"title"`
	URL         string `col:"url"`
	PublishedOn string `col:"published_on"`
}

// ClaimKind tells a quantity from a claim that has no figure of its own.
type ClaimKind string

// Kinds of claim. Events, statements and rules carry the value 1 or none, which is no quantity.
const (
	KindQuantity  ClaimKind = "quantity"
	KindEvent     ClaimKind = "event"
	KindStatement ClaimKind = "statement"
	KindRule      ClaimKind = "rule"
)

// Claim is one sourced statement. Value, Low and High are decimal text as written; Value is empty where the claim has no
// figure. A claim is never changed: a newer one supersedes, retracts or contradicts it.
type Claim struct {
	ID          string    `col:"claim_id"`
	Kind        ClaimKind `col:"kind"`
	Subject     string    `col:"subject"`
	Quantity    string    `col:"quantity"`
	Value       string    `col:"value"`
	Low         string    `col:"low"`
	High        string    `col:"high"`
	Unit        string    `col:"unit"`
	Currency    string    `col:"currency"`
	PriceYear   int       `col:"price_year"`
	Basis       string    `col:"basis"`  // nominal or real
	Period      string    `col:"period"` // as printed
	PeriodFrom  Date      `col:"period_from"`
	PeriodTo    Date      `col:"period_to"`
	Region      string    `col:"region"`
	Status      string    `col:"status"`
	Forecast    bool      `col:"forecast"` // said before the period was over
	Source      string    `col:"source_id"`
	Locator     string    `col:"locator"`
	AsOf        Date      `col:"as_of"`     // known from this day on
	ReviewBy    Date      `col:"review_by"` // stale after this day
	Supersedes  []string  `col:"supersedes"`
	Retracts    []string  `col:"retracts"`
	Contradicts []string  `col:"contradicts"`
	EnteredBy   string    `col:"entered_by"`
	Note        string    `col:"note"`
}

// Move puts a claim or an assumption at another value: one of the two is named, and Value is what it is then.
type Move struct {
	Claim, Assumption string
	Value             string
}

// Event is a step in the life of an arrangement.
type Event struct {
	Arrangement string     `col:"arr_id"`
	Date        Date       `col:"date"`
	Status      DealStatus `col:"new_status"`
	Claim       string     `col:"claim"`
	Note        string     `col:"note"`
}

// Deflator is a price index: money of a price year is turned into that of another by the ratio of the two.
type Deflator struct {
	Region string  `col:"region"`
	Index  string  `col:"index"`
	Year   int     `col:"year"`
	Value  float64 `col:"value"`
	Claim  string  `col:"claim"`
}

// Binding says which claims a figure of the case rests on: the only place where the two meet. Formula is arithmetic over
// claim ids in brackets, with transforms; empty means the claim's own value.
type Binding struct {
	Table         string   `col:"table"`
	RowKey        string   `col:"row_key"`
	Column        string   `col:"column"`
	Kind          string   `col:"kind"` // fact, derived, commitment
	Claims        []string `col:"claim_id"`
	Formula       string   `col:"formula"`
	MinStatus     string   `col:"min_status"` // the least firm status that will do; "" any
	ChosenBecause string   `col:"chosen_because"`
	Alternatives  []string `col:"alternative_claims"`
	Fallbacks     string   `col:"fallbacks"` // formulas, separated by semicolons, for days on which Claims were not known
	AsIs          string   `col:"as_is"`     // why sums in prices of other years count as they are; "" where they may not

	Unit string // of the figure, with the currency of its row, as GBP/veh; found when the case is read, "" where it has none
}

// Ref names one figure of a case.
type Ref struct {
	Table, Key, Column string
}

// String is table/key/column.
func (r Ref) String() string { return r.Table + "/" + r.Key + "/" + r.Column }

// Basis is what a figure rests on.
type Basis string

// Bases of a figure. BasisNone is a figure that says nothing of where it is from.
const (
	BasisNone       Basis = "unlabelled"
	BasisFact       Basis = "fact"
	BasisDerived    Basis = "derived"
	BasisCommitment Basis = "commitment"
	BasisAssumption Basis = "assumption"
)

// Label is the basis of one figure with what it points to.
type Label struct {
	Basis      Basis
	Claims     []string // fact, derived, commitment
	Assumption string   // assumption
}
