package headroom

// Range is one answer about a case with each claim and each assumption that has a low and a high put at both, one at a time.
// Numbers are in Unit; a missing one is not there because there is no plan, or because the answer is not reached (see the notes).
type Range struct {
	Answer   string     `json:"answer"`   // as it was asked for: output, support, worth:DEAL
	Question string     `json:"question"` // in words
	Unit     string     `json:"unit"`
	Status   PlanStatus `json:"status"` // of the least firm plan behind the answer and its ends, or why there is no answer
	Base     *float64   `json:"base"`
	Low      *float64   `json:"low"` // the least over all drivers and the base
	High     *float64   `json:"high"`
	BaseFrom *float64   `json:"base_from"` // what Base is proved, or told, to lie between
	BaseTo   *float64   `json:"base_to"`
	BaseNote string     `json:"base_note,omitempty"`

	Drivers     []Driver      `json:"drivers"`      // those that move the answer most, the first most of all
	Others      []Driver      `json:"others"`       // that were put at their low and high too
	ScreenedOut []ScreenedOut `json:"screened_out"` // that were not
	RestsOn     []StatusShare `json:"rests_on"`     // share of the swings by status
	BuiltOn     []StatusShare `json:"built_on"`     // for output: vehicles by the status of the demand they meet; else empty
	NoRange     NoRange       `json:"without_range"`

	Gap     float64 `json:"gap"`    // largest relative gap of the plans behind it
	Plans   int     `json:"plans"`  // that were solved for it
	Cut     float64 `json:"cut"`    // largest swing that the relaxation foresees of what was screened out by it
	Swings  int     `json:"swings"` // figures that move the answer
	Stopped string  `json:"stopped"`

	Proof Proof `json:"proof"` // of the least firm plan behind the answer and its ends
}

// Driver is a figure at its low and its high, with the answer there.
type Driver struct {
	Ref      string   `json:"ref"` // claim/ID or assumption/ID
	Of       string   `json:"of"`  // what it is about
	Status   string   `json:"status"`
	Value    *float64 `json:"value"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	AtLow    *float64 `json:"at_low"`
	AtHigh   *float64 `json:"at_high"`
	Swing    float64  `json:"swing"` // from the least to the greatest of the answer at low, base and high
	Decided  bool     `json:"decided"`
	NoteLow  string   `json:"note_low,omitempty"`
	NoteHigh string   `json:"note_high,omitempty"`
	With     []string `json:"moved_with"` // what gave way, so that totals stay what they are
	Proof    Proof    `json:"proof"`      // of the less firm of the plans at its ends
}

// Kinds of ScreenedOut.
const (
	ScreenedSame    = "same programme" // proved: nothing that decides the answer depends on it
	ScreenedRelaxed = "relaxation"     // approximate: the relaxation moves the answer less than what was solved
	ScreenedNoWidth = "no width"       // its low and its high are its value
	ScreenedStuck   = "cannot move"    // the case contradicts itself where it moves
	ScreenedStopped = "stopped"        // a limit came first
)

// ScreenedOut is a figure with a low and a high that was not put at them, and why.
type ScreenedOut struct {
	Ref      string   `json:"ref"`
	Of       string   `json:"of"`
	Status   string   `json:"status"`
	Kind     string   `json:"kind"`
	Reason   string   `json:"reason"`
	Estimate *float64 `json:"estimate"` // swing in the relaxation: of the answer, for support of the vehicles at one level of it
}

// StatusShare is how much of an answer rests on figures of a status.
type StatusShare struct {
	Status string  `json:"status"`
	Amount float64 `json:"amount"`
	Share  float64 `json:"share"`
}

// NoRange counts the figures in use that have no low and no high, and so move nothing.
type NoRange struct {
	Claims      int `json:"claims"`
	Assumptions int `json:"assumptions"`
}
