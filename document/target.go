package document

import (
	"headroom"
	"headroom/answer"
)

// Target is the document of how likely a target is, by what may be counted on; the proof is that of the least firm level.
type Target struct {
	Case    Name                `json:"case"`
	Status  headroom.PlanStatus `json:"status"`
	Stopped string              `json:"stopped"`
	Proof   headroom.Proof      `json:"proof"`
	Seed    int                 `json:"seed"`
	Levels  *[]answer.Likely    `json:"levels,omitempty"` // in what is printed
	Tables  *TargetTables       `json:"tables,omitempty"` // and in what is saved
	Files   Sums                `json:"files,omitempty"`
}

// TargetTables are the tables of a target.
type TargetTables struct {
	Levels Rows[answer.Likely] `json:"levels"`
}
