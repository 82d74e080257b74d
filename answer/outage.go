package answer

import (
	"slices"
	"strconv"
	"strings"

	"headroom"
	"headroom/sim"
)

// CodeOutsideHorizon is the code of a day that the case knows nothing of.
const CodeOutsideHorizon = "OutsideHorizon"

// StopWeek is the week of a net that a day falls in. A day before the horizon in a year with outturns is taken in the first
// period: the plan of that period stands for the year, and note says so.
func StopWeek(c *headroom.Case, n *sim.Net, day headroom.Date) (week float64, note string, err error) {
	if w, ok := n.WeekOf(day); ok {
		return w, "", nil
	}
	known := slices.ContainsFunc(c.Outturns, func(o headroom.Outturn) bool { return o.Year == day.Year() })
	first := c.Periods[0]
	if years := first.From.Year() - day.Year(); known && years > 0 {
		if w, ok := n.WeekOf(day.AddMonths(12 * years)); ok {
			return w, "the horizon begins on " + first.From.String() + ": the plan of " + first.ID + " stands for " + strconv.Itoa(day.Year()) + ", which is known by its outturns", nil
		}
	}
	return 0, "", headroom.Errorf(CodeOutsideHorizon, headroom.Place{}, "name a day from "+c.HorizonFrom.String()+" to "+c.HorizonTo.String(),
		"%v is outside the horizon, and no year with outturns", day)
}

// certain is a case in which nothing is drawn: an answer about one stop asks neither for risks nor for chances.
func certain(c *headroom.Case) *headroom.Case {
	d := *c
	d.Risks = nil
	d.Arrangements = slices.Clone(c.Arrangements)
	for i := range d.Arrangements {
		d.Arrangements[i].Success, d.Arrangements[i].Slip = headroom.Some(1), nil
	}
	return &d
}

// Stop is a standstill as a user asks for it.
type Stop struct {
	Plants   []string
	From     headroom.Date // 0 for the first day of the horizon
	Weeks    float64
	Recovery float64
}

// place turns names and days into what package sim takes.
func (s Stop) place(c *headroom.Case, n *sim.Net) (sim.Stop, string, error) {
	out := sim.Stop{Weeks: s.Weeks, Recovery: s.Recovery}
	day := s.From
	if day == 0 {
		day = c.Periods[0].From
	}
	var note string
	var err error
	if out.Start, note, err = StopWeek(c, n, day); err != nil {
		return out, "", err
	}
	if rest := float64(n.Weeks()) - out.Start; s.Weeks+s.Recovery > rest {
		return out, "", headroom.Errorf(headroom.CodeBadOutage, headroom.Place{}, "shorten it, or lengthen the horizon",
			"a stop of %g weeks is longer than the %.0f weeks that the horizon has left", s.Weeks+s.Recovery, rest)
	}
	for _, id := range s.Plants {
		p := n.PlantIndex(id)
		if p < 0 {
			return out, "", headroom.Errorf(headroom.CodeDanglingKey, headroom.Place{File: "plant.csv", Column: "plant_id"}, "name one of "+strings.Join(n.PlantNames(), ", "), "there is no plant %q", id)
		}
		if !slices.Contains(out.Plants, p) {
			out.Plants = append(out.Plants, p)
		}
	}
	return out, note, nil
}

// Outage is what a standstill of plants costs; note says what a reader must know of the day.
func Outage(c *headroom.Case, p *headroom.Plan, s Stop) (o headroom.Outage, note string, err error) {
	n, err := Net(certain(c), p)
	if err != nil {
		return o, "", err
	}
	at, note, err := s.place(c, n)
	if err != nil {
		return o, "", err
	}
	o = n.Outage(at)
	o.From = s.day(c)
	if o.NotBuilt == 0 {
		note = strings.TrimSpace(note + " The plan builds nothing there that a stop of this length would keep from being built.")
	}
	return o, note, widen(&o, c, p, at)
}

// widen adds between what the answer lies where the assumptions behind stock and what is regained are at their lowest and
// highest. Figures that rest on no assumption stay.
func widen(o *headroom.Outage, c *headroom.Case, p *headroom.Plan, at sim.Stop) error {
	o.LostLow, o.LostHigh, o.CashLow, o.CashHigh = o.Lost, o.Lost, o.Total, o.Total
	for corner := range 4 {
		d := *c
		d.Outages = slices.Clone(c.Outages)
		moved := false
		for i := range d.Outages {
			r := &d.Outages[i]
			moved = atEnd(c, r.Key(), "tts", corner&1 != 0, &r.Stock) || moved
			moved = atEnd(c, r.Key(), "catch_up", corner&2 != 0, &r.CatchUp) || moved
		}
		if !moved {
			return nil
		}
		n, err := Net(certain(&d), p)
		if err != nil {
			return err
		}
		x := n.Compare(at)
		o.LostLow, o.LostHigh = min(o.LostLow, x.Lost), max(o.LostHigh, x.Lost)
		o.CashLow, o.CashHigh = min(o.CashLow, x.Total), max(o.CashHigh, x.Total)
	}
	return nil
}

// atEnd sets a figure of outage_profile to the end of the range of the assumption that it rests on, and reports whether it rests
// on one.
func atEnd(c *headroom.Case, key, column string, high bool, v *headroom.Opt) bool {
	id := c.Labels[headroom.Ref{Table: "outage_profile", Key: key, Column: column}].Assumption
	i := slices.IndexFunc(c.Assumptions, func(a headroom.Assumption) bool { return a.ID == id && id != "" })
	if i < 0 {
		return false
	}
	text := c.Assumptions[i].Low
	if high {
		text = c.Assumptions[i].High
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return false
	}
	*v = headroom.Some(x)
	return true
}

// Stress is the same standstill for each plant by itself.
func Stress(c *headroom.Case, p *headroom.Plan, s Stop) ([]headroom.Outage, string, error) {
	n, err := Net(certain(c), p)
	if err != nil {
		return nil, "", err
	}
	at, note, err := s.place(c, n)
	if err != nil {
		return nil, "", err
	}
	out := n.Stress(at)
	for i := range out {
		out[i].From = s.day(c)
	}
	return out, note, nil
}

// BackTest is a stop that did happen: what the model says beside what claims say.
type BackTest struct {
	Of         string        `json:"of"`
	Kind       string        `json:"kind"`
	From       string        `json:"from"`
	Note       string        `json:"note"`
	Plants     []string      `json:"plants"`
	Standstill float64       `json:"standstill_weeks"`
	Recovery   float64       `json:"recovery_weeks"`
	PerWeek    float64       `json:"per_week"` // vehicles a week that the plants build without it
	Rows       []BackTestRow `json:"rows"`
}

// BackTestRow is one claim. Model is nil where the model says nothing of it.
type BackTestRow struct {
	What    string   `json:"what"`
	Regions string   `json:"region"`
	Model   *float64 `json:"model"`
	Claim   float64  `json:"claim"`
	ID      string   `json:"claim_id"`
	Status  string   `json:"status"`
	Error   *float64 `json:"error"` // of the model, relative to the claim
	Why     string   `json:"why"`
}

// BackTests replays the stops of the case that did happen.
func BackTests(c *headroom.Case, p *headroom.Plan) ([]BackTest, error) {
	n, err := Net(certain(c), p)
	if err != nil {
		return nil, err
	}
	var out []BackTest
	for _, o := range c.Outages {
		if o.SeenOn == 0 {
			continue
		}
		b := BackTest{Of: o.Of, Kind: o.Kind, From: o.SeenOn.String()}
		s := sim.Stop{Weeks: o.TTRMode.Or(float64(len(o.Capacity)))}
		if s.Start, b.Note, err = StopWeek(c, n, o.SeenOn); err != nil {
			return nil, err
		}
		for _, x := range o.Capacity {
			s.Shape = append(s.Shape, x/100)
		}
		for i, pl := range c.Plants {
			if o.Of == pl.ID || o.Of == pl.Owner || o.Of == "*" {
				s.Plants = append(s.Plants, i)
			}
		}
		all := n.Replay(s, func(string) bool { return true })
		b.Plants, b.Standstill, b.Recovery = all.Plants, all.Standstill, all.Recovery
		for _, i := range s.Plants {
			b.PerWeek += n.Builds(i, s.Start)
		}
		for _, x := range c.OutageClaims {
			if x.Of == o.Of && x.Kind == o.Kind && x.SeenOn == o.SeenOn {
				b.Rows = append(b.Rows, backTestRow(c, n, s, x))
			}
		}
		out = append(out, b)
	}
	return out, nil
}

// backTestRow compares one claim with the plants that it is about.
func backTestRow(c *headroom.Case, n *sim.Net, s sim.Stop, x headroom.OutageClaim) BackTestRow {
	r := n.Replay(s, func(id string) bool {
		return slices.ContainsFunc(c.Plants, func(p headroom.Plant) bool { return p.ID == id && (len(x.Regions) == 0 || inAny(x.Regions, p.Region)) })
	})
	row := BackTestRow{What: x.What, Regions: strings.Join(x.Regions, " "), ID: x.Claim, Why: x.Note}
	model := map[string]float64{headroom.WhatStop: r.InStop, headroom.WhatLost: r.All, headroom.WhatYear: r.Built, headroom.WhatWeek: r.WeekCash}
	if v, ok := model[x.What]; ok {
		row.Model = &v
	}
	for _, k := range c.Claims {
		if k.ID != x.Claim {
			continue
		}
		v, err := strconv.ParseFloat(k.Value, 64)
		if err != nil {
			continue
		}
		row.Claim, row.Status = v*scaleOf(k.Unit), k.Status
		if row.Model != nil && row.Claim != 0 {
			e := *row.Model/row.Claim - 1
			row.Error = &e
		}
	}
	return row
}

// scaleOf is how many units a unit of money in millions or billions is.
func scaleOf(unit string) float64 {
	for _, w := range strings.FieldsFunc(unit, func(r rune) bool { return r == ' ' || r == '/' }) {
		switch w {
		case "m":
			return 1e6
		case "bn":
			return 1e9
		}
	}
	return 1
}

// day is the first day as it was asked for.
func (s Stop) day(c *headroom.Case) string {
	if s.From == 0 {
		return c.Periods[0].From.String()
	}
	return s.From.String()
}

// CheckStop refuses a stop of plants that are not there, or on a day that nothing is known of, before anything is planned.
func CheckStop(c *headroom.Case, s Stop) error {
	var names []string
	for _, p := range c.Plants {
		names = append(names, p.ID)
	}
	for _, id := range s.Plants {
		if !slices.Contains(names, id) {
			return headroom.Errorf(headroom.CodeDanglingKey, headroom.Place{File: "plant.csv", Column: "plant_id"}, "name one of "+strings.Join(names, ", "), "there is no plant %q", id)
		}
	}
	known := slices.ContainsFunc(c.Outturns, func(o headroom.Outturn) bool { return o.Year == s.From.Year() })
	if s.From != 0 && (s.From > c.HorizonTo || s.From < c.HorizonFrom && !known) {
		return headroom.Errorf(CodeOutsideHorizon, headroom.Place{}, "name a day from "+c.HorizonFrom.String()+" to "+c.HorizonTo.String(),
			"%v is outside the horizon, and no year with outturns", s.From)
	}
	return nil
}
