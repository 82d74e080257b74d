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
		Objective string                      `json:"objective_name"`
		Value     *float64                    `json:"objective"`
		Bound     *float64                    `json:"bound"`
		Gap       *float64                    `json:"gap"`
		Check     map[string]any              `json:"check"`
		Currency  string                      `json:"currency"`
		Inputs    inputs                      `json:"inputs"`
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

// readSide reads a saved run.
func readSide(name string) (*side, error) {
	file, text, err := openRun(name)
	if err != nil {
		return nil, err
	}
	var r savedRun
	place := headroom.Place{File: file}
	if err := json.Unmarshal(text, &r); err != nil || r.Schema.Name != "headroom.run" || r.Kind != "plan" && r.Kind != "brief" {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "name a case, or what headroom plan --out or brief --out has written", "this is not a saved plan")
	}
	if r.Schema.Version > schemaVersion {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, place, "use the newer program", "the run is of version %d, this program knows %d", r.Schema.Version, schemaVersion)
	}
	s := &side{
		name: name, objective: r.Result.Objective, currency: r.Result.Currency, status: r.Result.Status,
		value: orNaN(r.Result.Value), bound: orNaN(r.Result.Bound), inputs: r.Result.Inputs, tables: map[string]grid{},
	}
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
	return s, nil
}

// orNaN is a number that may be missing.
func orNaN(v *float64) float64 {
	if v == nil {
		return math.NaN()
	}
	return *v
}
