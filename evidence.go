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

// Claim is one sourced statement. Value is the decimal text as written; it is empty where the claim has no figure.
type Claim struct {
	ID       string `col:"claim_id"`
	Subject  string `col:"subject"`
	Quantity string `col:"quantity"`
	Value    string `col:"value"`
	Unit     string `col:"unit"`
	Period   string `col:"period"`
	Region   string `col:"region"`
	Status   string `col:"status"`
	Source   string `col:"source_id"`
	Note     string `col:"note"`
}

// Binding says which claims a figure of the case rests on: the only place where the two meet. Formula is arithmetic over
// claim ids in brackets; empty means the claim's own value.
type Binding struct {
	Table         string   `col:"table"`
	RowKey        string   `col:"row_key"`
	Column        string   `col:"column"`
	Kind          string   `col:"kind"` // fact, derived, commitment
	Claims        []string `col:"claim_id"`
	Formula       string   `col:"formula"`
	ChosenBecause string   `col:"chosen_because"`
	Alternatives  []string `col:"alternative_claims"`
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
