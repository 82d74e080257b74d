package headroom

// Lives of one-off costs where a case does not say, in years.
const (
	ToolingLifeDefault = 7  // the usual run of a model
	ChangeLifeDefault  = 10 // the usual life of works and equipment of a plant
)

// ToolingYears is how long the tooling of a launch at this place serves.
func (x *VehicleLine) ToolingYears() float64 { return x.ToolingLife.Or(ToolingLifeDefault) }

// ChangeYears is how long a change of the plant's state serves.
func (p *Plant) ChangeYears() float64 { return p.ChangeLife.Or(ChangeLifeDefault) }
