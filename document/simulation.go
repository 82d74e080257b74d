package document

import (
	"headroom"
	"headroom/answer"
)

// Name says briefly which case an answer is about.
type Name struct {
	ID       string `json:"id"`
	Scenario string `json:"scenario"`
	Hash     string `json:"hash"`
}

// NameOf is the case of an answer, briefly.
func NameOf(c *headroom.Case) Name { return Name{c.ID, c.Scenario, c.Hash} }

// Simulation is the head of a plan that was lived through, without its tables and the time it took.
type Simulation struct {
	Case         Case                `json:"case"`
	Status       headroom.PlanStatus `json:"status"`
	Stopped      string              `json:"stopped"`
	Proof        headroom.Proof      `json:"proof"`
	Currency     string              `json:"currency"`
	PriceYear    int                 `json:"price_year"`
	Plan         LivedPlan           `json:"plan"`
	LivesStopped string              `json:"lives_stopped"`
	Years        int                 `json:"years"`
	Paths        int                 `json:"paths"`
	Asked        int                 `json:"paths_asked"`
	Weeks        int                 `json:"weeks"`
	Seed         int                 `json:"seed"`
	Crews        bool                `json:"crews"`
	Note         string              `json:"note"`
}

// LivedPlan is the plan that was lived through.
type LivedPlan struct {
	Status        headroom.PlanStatus `json:"status"`
	Stopped       string              `json:"stopped"`
	Objective     float64             `json:"objective"`
	Gap           Number              `json:"gap"`
	UnsignedInUse []string            `json:"unsigned_deals_used"`
}

// SimulationTables are the tables of a simulation.
type SimulationTables struct {
	Series  Rows[headroom.SimRow]    `json:"series"`
	Targets Rows[headroom.SimTarget] `json:"targets"`
	ByYear  Rows[headroom.SimTarget] `json:"target_by_period"`
	Weakest Rows[headroom.WorstWeek] `json:"worst_weeks"`
}

// SimulationAnswer is the document of a simulation.
type SimulationAnswer struct {
	Simulation
	Seconds float64 `json:"seconds"`
	SimulationTables
}

// SimulationRun is the result of a saved simulation.
type SimulationRun struct {
	Simulation
	Tables struct {
		Proof Rows[ProofRow] `json:"proof"`
		SimulationTables
	} `json:"tables"`
	Files Sums `json:"files"`
}

// SimulationOf is the head of a simulation of a plan; proof is that of both.
func SimulationOf(c *headroom.Case, p *headroom.Plan, s *headroom.Simulation, proof headroom.Proof) Simulation {
	name := CaseOf(c)
	name.AsOf = ""
	return Simulation{
		Case: name, Status: proof.Status, Stopped: proof.Stopped, Proof: proof, Currency: c.BaseCurrency, PriceYear: c.PriceYear,
		Plan:         LivedPlan{answer.StatusOf(p), p.Stopped, p.Value, Number(p.Gap), p.UnsignedInUse},
		LivesStopped: s.Stopped, Years: s.Years, Paths: s.Paths, Asked: s.Asked, Weeks: s.Weeks, Seed: s.Seed, Crews: s.Crews, Note: s.Note,
	}
}

// SimulationTablesOf are the tables of a simulation.
func SimulationTablesOf(s *headroom.Simulation) SimulationTables {
	return SimulationTables{s.Series, s.Targets, s.ByYear, s.Weakest}
}

// Read is the simulation that was saved.
func (r *SimulationRun) Read() *headroom.Simulation {
	t := r.Tables.SimulationTables
	return &headroom.Simulation{
		Years: r.Years, Paths: r.Paths, Asked: r.Asked, Weeks: r.Weeks, Seed: r.Seed, Crews: r.Crews, Stopped: r.LivesStopped, Note: r.Note,
		Series: t.Series, Targets: t.Targets, ByYear: t.ByYear, Weakest: t.Weakest,
	}
}
