package headroom

// Distribution is a family of distributions of demand.
type Distribution string

// Families.
const (
	Normal     Distribution = "normal"
	Uniform    Distribution = "uniform"
	Lognormal  Distribution = "lognormal"
	Triangular Distribution = "triangular"
	Empirical  Distribution = "empirical"
)

// Truncation is what happens to a draw outside the bounds of a distribution.
type Truncation string

// Rules of truncation.
const (
	TruncateNone Truncation = "none"      // there are no bounds
	Condition    Truncation = "condition" // draws outside are drawn again
	Censor       Truncation = "censor"    // draws outside are put on the bound
)

// Uncertain is how far the demand for vehicles may be from what demand.csv says. Numbers are percentages of that demand, which is
// the mean before truncation (the mode of triangular). Of several rows for a vehicle the one that names it counts before one of
// its segment, and that before one for all.
type Uncertain struct {
	ID           string       `col:"factor_id"`
	Vehicles     []string     `col:"vehicles"`
	Segment      string       `col:"segment"`
	Distribution Distribution `col:"distribution"`
	SD           Opt          `col:"sd"`
	Low          Opt          `col:"low"`
	High         Opt          `col:"high"`
	Values       []float64    `col:"values"`
	Truncation   Truncation   `col:"truncation"`
	Rho          float64      `col:"rho"` // correlation between any two vehicles of the row
	Note         string       `col:"note"`
}

// Covers is how closely a row names a vehicle: 3 by its name, 2 by its segment, 1 as one of all, 0 not at all.
func (u Uncertain) Covers(v Vehicle) int {
	if u.Segment != "" && u.Segment != v.Segment {
		return 0
	}
	for _, id := range u.Vehicles {
		if id == v.ID {
			return 3
		}
	}
	switch {
	case len(u.Vehicles) > 0 && u.Vehicles[0] != "*":
		return 0
	case u.Segment != "":
		return 2
	}
	return 1
}

// Correlation is the correlation between the vehicles of one row of uncertain and those of another.
type Correlation struct {
	A    string  `col:"factor_a"`
	B    string  `col:"factor_b"`
	Rho  float64 `col:"rho"`
	Note string  `col:"note"`
}

// Key is the row's name.
func (u Uncertain) Key() string { return u.ID }

// Key is the two rows' names.
func (c Correlation) Key() string { return joinKey(c.A, c.B) }
