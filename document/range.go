package document

import (
	"slices"

	"headroom"
)

// Range is the document of how far one answer moves.
type Range struct {
	Case     Case   `json:"case"`
	Currency string `json:"currency"`
	headroom.Range
	RangeEnd
}

// Ranges is the document of how far several answers move; the proof is that of the least firm.
type Ranges struct {
	Case     Case                `json:"case"`
	Currency string              `json:"currency"`
	Status   headroom.PlanStatus `json:"status"`
	Stopped  string              `json:"stopped"`
	Proof    headroom.Proof      `json:"proof"`
	Answers  []headroom.Range    `json:"answers"`
	RangeEnd
}

// RangeEnd is what both end with: the time it took in what is printed, and the rest in what is saved.
type RangeEnd struct {
	Seconds *float64     `json:"seconds,omitempty"`
	Inputs  Inputs       `json:"inputs,omitempty"`
	Tables  *RangeTables `json:"tables,omitempty"`
	Files   Sums         `json:"files,omitempty"`
}

// RangeTables are the tables of ranges.
type RangeTables struct {
	Answers  Rows[RangeRow]    `json:"range"`
	Drivers  Rows[DriverRow]   `json:"range_driver"`
	Screened Rows[ScreenedRow] `json:"range_screened_out"`
	RestsOn  Rows[RestsRow]    `json:"range_rests_on"`
}

// RangeRow is how far one answer moves.
type RangeRow struct {
	Answer       string   `json:"answer"`
	Question     string   `json:"question"`
	Unit         string   `json:"unit"`
	Status       string   `json:"status"`
	Base         *float64 `json:"base"`
	Low          *float64 `json:"low"`
	High         *float64 `json:"high"`
	BaseFrom     *float64 `json:"base_from"`
	BaseTo       *float64 `json:"base_to"`
	Gap          float64  `json:"gap"`
	Plans        int      `json:"plans"`
	ProofStatus  string   `json:"proof_status"`
	ProofStopped string   `json:"proof_stopped"`
}

// DriverRow is a figure at its low and its high.
type DriverRow struct {
	Answer      string   `json:"answer"`
	Ref         string   `json:"ref"`
	Of          string   `json:"of"`
	Status      string   `json:"status"`
	Value       *float64 `json:"value"`
	Low         *float64 `json:"low"`
	High        *float64 `json:"high"`
	AtLow       *float64 `json:"at_low"`
	AtHigh      *float64 `json:"at_high"`
	Swing       float64  `json:"swing"`
	Decided     bool     `json:"decided"`
	NoteLow     string   `json:"note_low"`
	NoteHigh    string   `json:"note_high"`
	ProofStatus string   `json:"proof_status"`
	ProofGap    float64  `json:"proof_gap"`
}

// ScreenedRow is a figure that was not put at its ends.
type ScreenedRow struct {
	Answer   string   `json:"answer"`
	Ref      string   `json:"ref"`
	Of       string   `json:"of"`
	Status   string   `json:"status"`
	Kind     string   `json:"kind"`
	Reason   string   `json:"reason"`
	Estimate *float64 `json:"estimate"`
}

// RestsRow is how much of an answer rests on figures of a status: of its swings, or of the vehicles that it is built on.
type RestsRow struct {
	Answer string  `json:"answer"`
	Of     string  `json:"of"` // swing or vehicles
	Status string  `json:"status"`
	Amount float64 `json:"amount"`
	Share  float64 `json:"share"`
}

// RangeOf is the document of one range or of several; proof is that of the least firm of several.
func RangeOf(c *headroom.Case, ranges []headroom.Range, proof headroom.Proof, end RangeEnd) any {
	if len(ranges) == 1 {
		return Range{CaseOf(c), c.BaseCurrency, ranges[0], end}
	}
	return Ranges{CaseOf(c), c.BaseCurrency, proof.Status, proof.Stopped, proof, ranges, end}
}

// RangeTablesOf are the ranges as tables.
func RangeTablesOf(ranges []headroom.Range) *RangeTables {
	t := &RangeTables{}
	for _, r := range ranges {
		t.Answers = append(t.Answers, RangeRow{
			r.Answer, r.Question, r.Unit, string(r.Status), r.Base, r.Low, r.High, r.BaseFrom, r.BaseTo, r.Gap, r.Plans,
			string(r.Proof.Status), r.Proof.Stopped,
		})
		for _, d := range slices.Concat(r.Drivers, r.Others) {
			t.Drivers = append(t.Drivers, DriverRow{
				r.Answer, d.Ref, d.Of, d.Status, d.Value, d.Low, d.High, d.AtLow, d.AtHigh, d.Swing, d.Decided, d.NoteLow, d.NoteHigh,
				string(d.Proof.Status), d.Proof.Gap,
			})
		}
		for _, s := range r.ScreenedOut {
			t.Screened = append(t.Screened, ScreenedRow{r.Answer, s.Ref, s.Of, s.Status, s.Kind, s.Reason, s.Estimate})
		}
		for _, s := range r.RestsOn {
			t.RestsOn = append(t.RestsOn, RestsRow{r.Answer, "swing", s.Status, s.Amount, s.Share})
		}
		for _, s := range r.BuiltOn {
			t.RestsOn = append(t.RestsOn, RestsRow{r.Answer, "vehicles", s.Status, s.Amount, s.Share})
		}
	}
	return t
}
