package headroom

// OutageProfile is a kind of stop that plants have: how much of capacity is left week by week, how long until all of it is
// back, how often it comes, and what stands between the stop and the customer. A row that names an org strikes all plants of
// that owner at once; a row of * is for each plant by itself. A row with SeenOn is a stop that did happen.
type OutageProfile struct {
	Of       string    `col:"of"` // plant, org or *
	Kind     string    `col:"kind"`
	SeenOn   Date      `col:"seen_on"`
	Capacity []float64 `col:"capacity"` // percent of capacity left, in equal steps until all of it is back
	TTRLow   Opt       `col:"ttr_low"`  // weeks to recover
	TTRMode  Opt       `col:"ttr_mode"`
	TTRHigh  Opt       `col:"ttr_high"`
	Rate     Opt       `col:"rate"`     // a year
	Stock    Opt       `col:"tts"`      // weeks of sales that stock covers: the time to survive
	CatchUp  Opt       `col:"catch_up"` // percent of what a stop takes that is regained later
	Note     string    `col:"note"`
}

// Key is of:kind:seen_on.
func (o OutageProfile) Key() string { return joinKey(o.Of, o.Kind, o.SeenOn.String()) }

// KitSupply is the kind of stop that strikes only what is built from kits.
const KitSupply = "kit_supply"

// RiskKind is what a risk moves.
type RiskKind string

// Kinds of risk.
const (
	RiskDemand RiskKind = "demand"
	RiskFX     RiskKind = "fx"
	RiskEnergy RiskKind = "energy"
	RiskDuty   RiskKind = "duty"
)

// Risk is an uncertainty that comes after the plan is fixed. Demand, exchange rates and energy prices walk: the logarithm of
// their factor has a standard deviation of SD percent after a year, SD·√n after n. A duty rises once, by points between Low
// and High, in a year that comes with the chance Rate.
type Risk struct {
	ID   string   `col:"risk_id"`
	Kind RiskKind `col:"kind"`
	Of   string   `col:"of"` // demand: *, each, a segment, vehicle or market; fx: a currency; energy: * or a region; duty: an importer
	SD   Opt      `col:"sd"`
	Rate Opt      `col:"rate"`
	Low  Opt      `col:"low"`
	Mode Opt      `col:"mode"`
	High Opt      `col:"high"`
	Note string   `col:"note"`
}

// Key is the risk's name.
func (r Risk) Key() string { return r.ID }

// OutageClaim is what a claim says of a stop that did happen, for the back-test.
type OutageClaim struct {
	Of      string   `col:"of"`
	Kind    string   `col:"kind"`
	SeenOn  Date     `col:"seen_on"`
	What    string   `col:"what"`
	Claim   string   `col:"claim"`
	Regions []string `col:"region"`
	Note    string   `col:"note"` // why the model and the claim differ
}

// Key is of:kind:seen_on:what:claim.
func (o OutageClaim) Key() string {
	return joinKey(o.Of, o.Kind, o.SeenOn.String(), o.What, o.Claim)
}

// What a claim says of a stop.
const (
	WhatStop    = "lost_in_stop" // vehicles not built while nothing was built
	WhatLost    = "lost"         // vehicles not built until capacity was back
	WhatYear    = "built"        // vehicles built in the calendar year
	WhatWeek    = "cost_week"    // money lost by the owner per week of standstill
	WhatOneOff  = "cost_one_off" // exceptional money that is no lost sale
	EachVehicle = "each"         // risk.of: one walk for each vehicle
)
