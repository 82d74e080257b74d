package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"headroom"
)

// Brief is what a plan means.
type Brief struct {
	Title           string                    `json:"title"`
	Currency        string                    `json:"currency"`
	Sentence        string                    `json:"sentence"`
	SentenceFigures []headroom.SentenceFigure `json:"sentence_figures"`
	Status          headroom.PlanStatus       `json:"status"`
	Stopped         string                    `json:"stopped"`
	TargetID        string                    `json:"target_id"`
	Regions         []string                  `json:"regions"`
	Output          []headroom.BriefOutput    `json:"output"`
	Spread          *headroom.OutputSpread    `json:"spread"`
	SupplyCurve     []headroom.SupplyPoint    `json:"supply_curve"`
	Binds           []headroom.Cause          `json:"binds"`
	BindsProof      headroom.PartProof        `json:"binds_proof"`
	Plan            *headroom.PlanFigure      `json:"plan"`
	PlanNote        string                    `json:"plan_note"`
	Plants          []headroom.BriefPlant     `json:"plants"`
	Deals           []headroom.BriefDeal      `json:"deals"`
	Question        Question                  `json:"cost_question"`
	Routes          []headroom.CarCost        `json:"cost_per_car"`
	RestsOn         Rests                     `json:"rests_on"`
	Proof           Timed                     `json:"proof"`
}

// Question is which vehicle the cost of a brief is asked of, and where.
type Question struct {
	Vehicle string  `json:"vehicle"`
	Market  string  `json:"market"`
	Period  string  `json:"period"`
	Volume  float64 `json:"volume"`
	Years   float64 `json:"years"`
	Home    string  `json:"home"`
}

// Rests is what the figures of a case rest on, an object by basis.
type Rests []headroom.BasisShare

// rest is one basis.
type rest struct {
	Count int     `json:"count"`
	Share float64 `json:"share"`
}

// MarshalJSON writes a member for each basis, in order.
func (r Rests) MarshalJSON() ([]byte, error) {
	o := Object{}
	for _, s := range r {
		o.names, o.values = append(o.names, string(s.Basis)), append(o.values, rest{s.Count, s.Share})
	}
	return o.MarshalJSON()
}

// UnmarshalJSON reads them in the order in which they are written, which is that of how firm they are.
func (r *Rests) UnmarshalJSON(text []byte) error {
	*r = Rests{}
	return members(text, func(name string, value json.RawMessage) error {
		var s rest
		if err := json.Unmarshal(value, &s); err != nil {
			return err
		}
		*r = append(*r, headroom.BasisShare{Basis: headroom.Basis(name), Count: s.Count, Share: s.Share})
		return nil
	})
}

// members calls do for each member of an object, in order.
func members(text []byte, do func(name string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("this is no object: %w", err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		if err := do(fmt.Sprint(name), value); err != nil {
			return err
		}
	}
	return nil
}

// BriefOf is a brief, with or without the time it took.
func BriefOf(b *headroom.Brief, timed bool) *Brief {
	q := b.CostPerCar
	d := &Brief{
		Title: b.Title, Currency: b.Currency, Sentence: b.Sentence, SentenceFigures: b.SentenceFigures, Status: b.Proof.Status, Stopped: b.Proof.Stopped,
		TargetID: b.TargetID, Regions: b.Regions, Output: b.Output, Spread: b.Spread, SupplyCurve: b.SupplyCurve, Binds: b.Binds,
		BindsProof: b.BindsProof, Plan: b.Plan, PlanNote: b.PlanNote, Plants: b.Plants, Deals: b.Deals,
		Question: Question{q.Vehicle, q.Market, q.Period, q.Volume, q.Years, q.Home}, Routes: q.Routes, RestsOn: b.RestsOn, Proof: Timed{b.Proof},
	}
	if !timed {
		d.Proof.Seconds = 0
	}
	return d
}

// Read is the brief that a document tells of, with its plan.
func (d *Brief) Read(base *headroom.Plan) *headroom.Brief {
	q := d.Question
	return &headroom.Brief{
		Title: d.Title, Currency: d.Currency, Sentence: d.Sentence, SentenceFigures: d.SentenceFigures, TargetID: d.TargetID, Regions: d.Regions,
		Output: d.Output, SupplyCurve: d.SupplyCurve, Binds: d.Binds, BindsProof: d.BindsProof, Plants: d.Plants, Deals: d.Deals,
		CostPerCar: headroom.CostQuestion{Vehicle: q.Vehicle, Market: q.Market, Period: q.Period, Volume: q.Volume, Years: q.Years, Home: q.Home, Routes: d.Routes},
		RestsOn:    d.RestsOn, Proof: d.Proof.Proof, Spread: d.Spread, Plan: d.Plan, PlanNote: d.PlanNote, Base: base,
	}
}

// BriefTables are the tables of a brief, under names that are not those of a plan's tables.
type BriefTables struct {
	Output      Rows[headroom.BriefOutput] `json:"brief_output"`
	SupplyCurve Rows[headroom.SupplyPoint] `json:"brief_supply_curve"`
	Binds       Rows[headroom.Cause]       `json:"brief_binds"`
	Plants      Rows[headroom.BriefPlant]  `json:"brief_plants"`
	Deals       Rows[headroom.BriefDeal]   `json:"brief_deals"`
	Routes      Rows[RouteRow]             `json:"brief_cost_per_car"`
	RestsOn     Rows[headroom.BasisShare]  `json:"brief_rests_on"`
}

// RouteRow is one part of what a vehicle costs by one route, or all of it. Amounts are base currency per vehicle.
type RouteRow struct {
	Route       string  `json:"route"`
	Plant       string  `json:"plant"`
	Content     string  `json:"content"`
	Arrangement string  `json:"arrangement"`
	Part        string  `json:"part"`
	Full        float64 `json:"full"`
	Marginal    float64 `json:"marginal"`
}

// BriefTablesOf are the tables of a brief.
func BriefTablesOf(b *headroom.Brief) *BriefTables {
	t := &BriefTables{Output: b.Output, SupplyCurve: b.SupplyCurve, Binds: b.Binds, Plants: b.Plants, Deals: b.Deals, RestsOn: b.RestsOn}
	for _, r := range b.CostPerCar.Routes {
		for _, p := range append(slices.Clip(r.Parts), headroom.CarPart{Part: "all", Full: r.Full, Marginal: r.Marginal}) {
			t.Routes = append(t.Routes, RouteRow{r.Route, r.Plant, r.Content, r.Arrangement, p.Part, p.Full, p.Marginal})
		}
	}
	return t
}

// Report is the document of a report that was written: a brief and the ranges of its answers.
type Report struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
	Brief
	Ranges []headroom.Range `json:"ranges"`
}
