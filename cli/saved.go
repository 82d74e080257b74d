package cli

import (
	"encoding/json"
	"math"

	"headroom"
)

// savedRun is what is read of a run.json of a plan.
type savedRun struct {
	Schema struct {
		Name    string `json:"name"`
		Version int    `json:"version"`
	} `json:"schema"`
	Kind   string `json:"kind"`
	Result struct {
		Case struct {
			ID       string   `json:"id"`
			Scenario string   `json:"scenario"`
			With     []string `json:"with"`
			Hash     string   `json:"hash"`
			AsOf     string   `json:"as_of"`
		} `json:"case"`
		Status    headroom.PlanStatus         `json:"status"`
		Stopped   string                      `json:"stopped"`
		Proof     *headroom.Proof             `json:"proof"`
		Counted   []string                    `json:"unsigned_deals_counted_in"`
		Used      []string                    `json:"unsigned_deals_used"`
		Objective string                      `json:"objective_name"`
		Value     *float64                    `json:"objective"`
		Bound     *float64                    `json:"bound"`
		Gap       *float64                    `json:"gap"`
		Check     map[string]any              `json:"check"`
		Currency  string                      `json:"currency"`
		Inputs    inputs                      `json:"inputs"`
		Replaced  []string                    `json:"replaced_claims"` // nil in a run that was saved without
		Tables    map[string][]map[string]any `json:"tables"`
		Brief     *savedBrief                 `json:"brief"`
	} `json:"result"`
}

// savedBrief is what is read of a brief besides its tables.
type savedBrief struct {
	SentenceFigures []headroom.SentenceFigure `json:"sentence_figures"`
	CostPerCar      []headroom.CarCost        `json:"cost_per_car"`
	Spread          *headroom.OutputSpread    `json:"spread"`
}

// readRun reads the saved run of a side.
func (s *side) readRun() error {
	file, text, err := openRun(s.name)
	if err != nil {
		return err
	}
	var r savedRun
	place := headroom.Place{File: file}
	if err := json.Unmarshal(text, &r); err != nil || r.Schema.Name != "headroom.run" || r.Kind != "plan" && r.Kind != "brief" {
		return headroom.Errorf(headroom.CodeUnreadableFile, place, "name a case, or what headroom plan --out or brief --out has written", "this is not a saved plan")
	}
	if r.Schema.Version > schemaVersion {
		return headroom.Errorf(headroom.CodeUnreadableFile, place, "use the newer program", "the run is of version %d, this program knows %d", r.Schema.Version, schemaVersion)
	}
	s.objective, s.currency, s.status = r.Result.Objective, r.Result.Currency, r.Result.Status
	s.value, s.bound = orNaN(r.Result.Value), orNaN(r.Result.Bound)
	s.inputs, s.tables, s.proof = r.Result.Inputs, map[string]grid{}, r.proof()
	s.deals = dealsText(&headroom.Plan{Status: s.status, Unsigned: r.Result.Counted, UnsignedInUse: r.Result.Used, States: make([]headroom.StateRow, 1)})
	for _, g := range planTables(&headroom.Plan{}) {
		for _, o := range r.Result.Tables[g.name] {
			row := make([]any, len(g.columns))
			for i, c := range g.columns {
				row[i] = o[c]
			}
			g.rows = append(g.rows, row)
		}
		s.tables[g.name] = g
	}
	return nil
}

// proof is the proof of the run's plan. A run that was saved without one has what its head says.
func (r *savedRun) proof() headroom.Proof {
	if r.Result.Proof != nil {
		return *r.Result.Proof
	}
	p := headroom.NotTried()
	p.Status, p.Stopped = r.Result.Status, r.Result.Stopped
	p.Value, p.Bound, p.Gap = orNaN(r.Result.Value), orNaN(r.Result.Bound), orNaN(r.Result.Gap)
	return p
}

// orNaN is a number that may be missing.
func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
