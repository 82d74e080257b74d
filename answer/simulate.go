package answer

import (
	"context"
	"fmt"
	"math"
	"slices"

	"headroom"
	"headroom/ledger"
	"headroom/lp"
	"headroom/planner"
	"headroom/sim"
)

// Net is a case and its plan, ready to be lived through. The money of the plan is counted by the ledger.
func Net(c *headroom.Case, p *headroom.Plan) (*sim.Net, error) {
	c, note, err := withDemandSpread(c)
	if err != nil {
		return nil, err
	}
	n, err := sim.New(c, p, func(moved *headroom.Case) ([]headroom.CashRow, error) {
		l, err := ledger.Compute(moved, p)
		if err != nil {
			return nil, err
		}
		return l.Cash, nil
	})
	if err != nil {
		return nil, err
	}
	n.Note = note
	if !n.Uncertain() {
		n.Note = "Nothing is uncertain in this case, so that every life is the plan: risk.csv, outage_profile.csv and p_success of arrangement.csv say what is."
	}
	return n, nil
}

// Likely is how likely a target is at one level of what may be counted on.
type Likely struct {
	Level       string         `json:"level"`
	Text        string         `json:"text"`
	Target      string         `json:"target_id"`
	Period      string         `json:"period"`
	Wanted      float64        `json:"target"`
	Planned     *float64       `json:"planned"`     // output of the plan; nil where there is none
	Probability *float64       `json:"probability"` // nil where only the plan was asked for
	Low         *float64       `json:"ci95_low"`
	High        *float64       `json:"ci95_high"`
	Reached     int            `json:"reached"`
	Paths       int            `json:"paths"`
	P95         *float64       `json:"p95"` // output that one path in twenty passes
	Most        *float64       `json:"most"`
	CrewsChance *float64       `json:"crews_probability"` // the same where lines add crews after a year of too little capacity
	CrewsLow    *float64       `json:"crews_ci95_low"`
	CrewsHigh   *float64       `json:"crews_ci95_high"`
	CrewsMost   *float64       `json:"crews_most"`
	Stopped     string         `json:"stopped,omitempty"` // of the simulation
	Proof       headroom.Proof `json:"proof"`
}

// level is what a plan may count on.
type level struct {
	name, text string
	c          *headroom.Case
}

// buildsIn reports whether a deal would have something built in regions.
func buildsIn(c *headroom.Case, deal string, regions []string) bool {
	for _, k := range c.VehicleLines {
		if k.Arrangement != deal {
			continue
		}
		at := c.PlantOf(k.Line)
		if slices.ContainsFunc(c.Plants, func(p headroom.Plant) bool { return p.ID == at && inAny(regions, p.Region) }) {
			return true
		}
	}
	return false
}

// support is the price of a missing vehicle at the level at which everything that can be built is to be built, in base currency.
const support = 12000

// levels are what the target is asked at: what is committed and signed; every deal too; and candidates, whatever they cost.
func levels(c *headroom.Case, q question) []level {
	open, home := openDeals(c), []string{}
	for _, id := range open {
		if buildsIn(c, id, q.regions) {
			home = append(home, id)
		}
	}
	out := []level{{"signed", "what is committed and signed", signedOnly(c)}}
	if len(home) > 0 {
		out = append(out, level{
			"deals", fmt.Sprintf("the %d unsigned deals that would build there are signed too, each with its chance to come about, its delay and its least volume", len(home)),
			signedOnly(asSigned(c, home...)),
		})
	}
	full := planner.Supported(with(c, open...), q.regions, q.target.Value, support)
	return append(out, level{"candidates", fmt.Sprintf("every deal and every candidate that nobody has announced may be taken up, and each vehicle up to the target is paid for with %s %d", c.BaseCurrency, support), full})
}

// ErrNoTarget is what is returned where the case has no target.
var ErrNoTarget = headroom.Errorf(headroom.CodeMissingTable, headroom.Place{File: "target.csv"}, "add a row to target.csv", "the case has no target that asks for at least so many vehicles")

// TargetChance plans the case at each level and, with years above zero, lives through each plan. The draws are the same at all
// levels. affordable may refuse a simulation that takes too long. When ctx ends it returns what it has.
func TargetChance(ctx context.Context, c *headroom.Case, s lp.Solver, po planner.Options, years int, so sim.Options, affordable func(*sim.Net) error) ([]Likely, error) {
	q := mainTarget(c)
	if q.target == nil {
		return nil, ErrNoTarget
	}
	var out []Likely
	for _, l := range levels(c, q) {
		r := Likely{Level: l.name, Text: l.text, Target: q.target.ID, Period: q.period, Wanted: q.value, Proof: headroom.NotTried()}
		if ctx.Err() != nil {
			out = append(out, r)
			continue
		}
		p, err := Plan(lp.Asking(ctx, "target "+l.name), l.c, s, po)
		if err != nil {
			return out, err
		}
		r.Proof = PartProof(l.c, p)
		if why := whyNot(p); why != "" {
			r.Text += ": " + why
			out = append(out, r)
			continue
		}
		r.Planned = new(built(l.c, p, q.regions, q.period))
		if years > 0 && ctx.Err() == nil {
			so.Years = years
			if err := r.live(ctx, l.c, p, so, affordable); err != nil {
				return out, err
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// live lives through the plan of a level, without and with crews.
func (r *Likely) live(ctx context.Context, c *headroom.Case, p *headroom.Plan, so sim.Options, affordable func(*sim.Net) error) error {
	n, err := Net(c, p)
	if err != nil {
		return err
	}
	if err := affordable(n); err != nil {
		return err
	}
	done, err := n.Run(ctx, so)
	if err != nil || done.Paths == 0 { // no life before an interrupt tells nothing of the chance
		return err
	}
	r.fill(done)
	so.Crews = true
	if done, err = n.Run(ctx, so); err != nil || done.Paths == 0 {
		return err
	}
	more := Likely{Target: r.Target, Period: r.Period, Wanted: r.Wanted}
	more.fill(done)
	r.CrewsChance, r.CrewsLow, r.CrewsHigh, r.CrewsMost = more.Probability, more.Low, more.High, more.Most
	return nil
}

// fill adds what a simulation says.
func (r *Likely) fill(s *headroom.Simulation) {
	for _, g := range s.Targets {
		if g.Period == r.Period && (g.Target == r.Target || math.Abs(g.Wanted-r.Wanted) < 0.5) { // support has a target of its own name
			r.Probability, r.Low, r.High, r.Most = &g.Probability, &g.Low, &g.High, &g.Most
			r.Reached, r.Paths = g.Reached, g.Paths
		}
	}
	for _, x := range s.Series {
		if x.Series == "output" && x.Period == r.Period && r.P95 == nil && !math.IsNaN(x.P95) {
			r.P95 = &x.P95
		}
	}
	r.Stopped = s.Stopped
}
