package answer

import (
	"context"
	"fmt"
	"math"
	"strings"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// BriefGap is the relative gap of the plan that a brief is about; deals are told apart by less than the usual gap.
const BriefGap = 1e-5

// curveGap is the relative gap of the plans of the supply curve.
const curveGap = 2e-3

// supports are the levels of the supply curve, in base currency per vehicle.
var supports = []float64{0, 500, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 8000, 12000}

// Brief works out what the plan of a case means: for its main target, its plants, its deals and the route of one vehicle. The watch
// is handed the brief as soon as its plan is there, as BaseBrief gives it; what is in it then does not change but for the end of its
// sentence, and its proof where ctx ends.
func Brief(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options, w Watch) (*headroom.Brief, error) {
	steps := w.begin()
	steps.of(1)
	b, base, err := baseBrief(ctx, c, s, o)
	if err != nil || !HasPlan(base.plan) {
		return b, err
	}
	steps.done(1)
	if w.Decided != nil {
		w.Decided(b)
	}
	return b, addComparisons(ctx, c, s, mainTarget(c), b, base, o, steps)
}

// BaseBrief is the part of a brief that takes one plan: it has neither deals nor a supply curve nor what binds, and its sentence
// ends before them.
func BaseBrief(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (*headroom.Brief, error) {
	b, _, err := baseBrief(ctx, c, s, o)
	return b, err
}

func baseBrief(ctx context.Context, c *headroom.Case, s lp.Solver, o planner.Options) (*headroom.Brief, valued, error) {
	q := mainTarget(c)
	b := &headroom.Brief{Title: c.Title, Currency: c.BaseCurrency, Regions: q.regions, RestsOn: restsOn(c)}
	if q.target != nil {
		b.TargetID = q.target.ID
	}
	b.CostPerCar = routes(c)
	tight := o
	if tight.Gap == 0 {
		tight.Gap = BriefGap
	}
	base, err := valueOf(lp.Asking(ctx, "base plan"), signedOnly(c), s, tight)
	if err != nil {
		return nil, valued{}, err
	}
	b.Base = base.plan
	b.Proof = ProofOf(signedOnly(c), base.plan)
	if !HasPlan(base.plan) {
		b.Sentence = noPlanSentence(base.plan)
		b.BindsProof = headroom.PartProof{Status: headroom.StatusVerified, Stopped: base.plan.Stopped}
		b.Binds = base.plan.Explanation
		return b, base, nil
	}
	b.Sentence = planSentence(c, q, built(c, base.plan, q.regions, q.period), &b.SentenceFigures) + "."
	b.Output = outputByYear(c, base.plan, q)
	b.Spread = outputSpread(c, q, built(c, base.plan, q.regions, q.period))
	b.Plants = plantsIn(c, base.plan, q)
	return b, base, nil
}

// noPlanSentence says in a sentence that there is no plan on what is committed and signed, and why.
func noPlanSentence(p *headroom.Plan) string {
	const what = "no plan on what is committed and signed"
	switch StatusOf(p) {
	case headroom.StatusInfeasible:
		return "There is " + what + ": none keeps every rule of the case."
	case headroom.StatusUnbounded:
		return "There is " + what + ": the case sets no limit to what a plan earns."
	case headroom.StatusInterrupted:
		return "Interrupted before there was a plan."
	}
	return "There is " + what + " yet: the limit (" + p.Stopped + ") came first."
}

// addComparisons adds what takes many plans: the deals beside the supply curve, then the limits. Where ctx ends, what was not tried
// says so.
func addComparisons(ctx context.Context, c *headroom.Case, s lp.Solver, q question, b *headroom.Brief, base valued, o planner.Options, steps *steps) error {
	o.Progress = nil
	steps.of(limitPlans)
	err := inPool(context.WithoutCancel(ctx), 2, 3, func(i int) error {
		var err error
		switch {
		case i == 0:
			b.Deals, err = deals(ctx, c, s, q, base, o, steps)
		case i == 1 && q.value > 0:
			b.SupplyCurve, err = supplyCurve(ctx, c, s, q, o, steps)
		case i == 2:
			steps.of(1)
			err = addPlan(ctx, c, s, q, b, o)
			steps.done(1)
		}
		return err
	})
	if err != nil {
		return err
	}
	l, err := findLimits(ctx, c, s, q, o)
	if err != nil {
		return err
	}
	steps.done(limitPlans)
	if ctx.Err() != nil && b.Proof.Status == headroom.StatusVerified {
		b.Proof.Status, b.Proof.Stopped = headroom.StatusLimit, lp.StopInterrupt.String()
	}
	units := built(c, base.plan, q.regions, q.period)
	b.BindsProof = l.proof()
	b.Binds = binds(q, units, l, len(openDeals(c)))
	b.Sentence, b.SentenceFigures = sentence(c, q, units, l, b)
	return nil
}

// addPlan adds what headroom plan says of the case, or why it says the same.
func addPlan(ctx context.Context, c *headroom.Case, s lp.Solver, q question, b *headroom.Brief, o planner.Options) error {
	if o.Gap == 0 {
		o.Gap = planner.GapDefault
	}
	names := Candidates(c)
	if len(names) == 0 {
		b.PlanNote = "headroom plan counts on the same."
		if b.Proof.GapWanted != o.Gap {
			b.PlanNote = fmt.Sprintf("headroom plan counts on the same and stops at a gap of %g %%, this plan at %g %%: where the two decide differently, both are that near to the best.",
				100*o.Gap, 100*b.Proof.GapWanted)
		}
		return nil
	}
	b.PlanNote = fmt.Sprintf("headroom plan may also choose %s, which nobody has announced", strings.Join(names, ", "))
	b.Plan = &headroom.PlanFigure{Proof: headroom.NotTried()}
	if ctx.Err() != nil {
		b.PlanNote += "; what it makes of them was not tried."
		return nil
	}
	p, err := Plan(lp.Asking(ctx, "plan with candidates"), c, s, o)
	if err != nil {
		return err
	}
	b.Plan.Proof = PartProof(c, p)
	if why := whyNot(p); why != "" {
		b.PlanNote += "; " + why + "."
		return nil
	}
	units := built(c, p, q.regions, q.period)
	b.Plan.Units, b.Plan.Value = &units, &p.Value
	b.PlanNote += fmt.Sprintf(": it builds %s vehicles in %s and is worth %s %s million", thousands(units), q.period, c.BaseCurrency, thousands(p.Value/1e6))
	if b.Plan.Proof.Status != headroom.StatusVerified {
		b.PlanNote += ", as far as its limit (" + p.Stopped + ") let it be found"
	}
	b.PlanNote += "."
	return nil
}

// supplyCurve is the output in the target's last year by the support that every vehicle up to the target gets, with every deal and
// candidate there to be taken up.
func supplyCurve(ctx context.Context, c *headroom.Case, s lp.Solver, q question, o planner.Options, steps *steps) ([]headroom.SupplyPoint, error) {
	o.Gap = curveGap
	full := with(c, openDeals(c)...)
	steps.of(len(supports))
	plans, err := planner.Sweep(ctx, full, s, q.regions, q.target.Value, supports, o, func() { steps.done(1) })
	steps.of(len(plans) - len(supports)) // where the target is reached before the last level
	if err != nil {
		return nil, err
	}
	var out []headroom.SupplyPoint
	for i, p := range plans {
		supported := planner.Supported(full, q.regions, q.target.Value, supports[i])
		if err := Audit(supported, p); err != nil {
			return nil, err
		}
		if p.Status == headroom.StatusDisputed {
			return nil, fmt.Errorf("supply curve at %g: %s", supports[i], p.Why)
		}
		point := headroom.SupplyPoint{Support: supports[i], Proof: PartProof(full, p)}
		if HasPlan(p) {
			point.Units, point.Gap = new(built(c, p, q.regions, q.period)), opt(p.Gap)
		}
		out = append(out, point)
	}
	if n := len(plans); n < len(supports) && (n == 0 || ctx.Err() != nil && plans[n-1].Stopped == lp.StopInterrupt.String()) {
		for _, support := range supports[n:] {
			out = append(out, headroom.SupplyPoint{Support: support, Proof: headroom.NotTried()})
		}
	}
	return out, nil
}

// OutputByYear is what the plants of the target's regions build, a row a period, beside what others forecast.
func OutputByYear(c *headroom.Case, p *headroom.Plan) []headroom.BriefOutput {
	return outputByYear(c, p, mainTarget(c))
}

func outputByYear(c *headroom.Case, p *headroom.Plan, q question) []headroom.BriefOutput {
	var out []headroom.BriefOutput
	for _, per := range c.Periods {
		row := headroom.BriefOutput{Period: per.ID, Units: built(c, p, q.regions, per.ID)}
		for i := range c.Targets {
			if t := &c.Targets[i]; q.target != nil && t.ID == q.target.ID && (t.Period == per.ID || t.Period == "*") {
				v := t.Value * per.Years()
				row.Target = &v
			}
		}
		var made headroom.Date
		for i := range c.Forecasts {
			f := &c.Forecasts[i]
			if f.Period == per.ID && (row.Forecast == nil || f.MadeOn > made) && sameRegions(f.Regions, q.regions) {
				v := f.Value
				row.Forecast, row.By, made = &v, f.Publisher, f.MadeOn
			}
		}
		out = append(out, row)
	}
	return out
}

func sameRegions(a, b []string) bool { return strings.Join(a, " ") == strings.Join(b, " ") }

// plantsIn is the use of the target's plants in its last year.
func plantsIn(c *headroom.Case, p *headroom.Plan, q question) []headroom.BriefPlant {
	var out []headroom.BriefPlant
	for _, pl := range c.Plants {
		if !inAny(q.regions, pl.Region) {
			continue
		}
		row := headroom.BriefPlant{Plant: pl.ID}
		for _, s := range p.States {
			if s.Plant == pl.ID && s.Period == q.period {
				row.State = s.State
			}
		}
		row.Capacity = planner.StraightTime(c, pl.ID, q.period)
		for _, o := range p.Outputs {
			if o.Plant == pl.ID && o.Period == q.period {
				row.Units += o.Units
			}
		}
		if row.State != headroom.Operating && row.Units == 0 {
			row.Capacity = 0
		}
		if row.Capacity > 0 {
			row.Utilisation = row.Units / row.Capacity
			row.Headroom = max(0, row.Capacity-row.Units)
		}
		out = append(out, row)
	}
	return out
}

func inAny(regions []string, region string) bool {
	for _, r := range regions {
		if r == "*" || r == region {
			return true
		}
	}
	return false
}

// restsOn counts the figures of a case by what they rest on.
func restsOn(c *headroom.Case) []headroom.BasisShare {
	counts := map[headroom.Basis]int{}
	for _, l := range c.Labels {
		counts[l.Basis]++
	}
	var out []headroom.BasisShare
	for _, basis := range []headroom.Basis{
		headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone,
	} {
		if basis == headroom.BasisNone && counts[basis] == 0 {
			continue
		}
		out = append(out, headroom.BasisShare{Basis: basis, Count: counts[basis], Share: float64(counts[basis]) / float64(max(1, len(c.Labels)))})
	}
	return out
}

// figureText is a number of a sentence, which is kept beside it.
func figureText(figures *[]headroom.SentenceFigure, name string, v float64) string {
	f := headroom.SentenceFigure{Figure: name, Value: v, Text: thousands(v)}
	*figures = append(*figures, f)
	return f.Text
}

// planSentence is the part of the sentence that is of the plan alone, without its end.
func planSentence(c *headroom.Case, q question, units float64, figures *[]headroom.SentenceFigure) string {
	figure := func(name string, v float64) string { return figureText(figures, name, v) }
	s := fmt.Sprintf("On what is committed and signed, %s builds %s vehicles in %s", regionNames(c, q.regions), figure(headroom.FigureBuilt, units), q.period)
	switch short := q.value - units; {
	case q.value == 0:
		return s
	case short <= 0:
		return s + fmt.Sprintf(", which meets the target of %s", figure(headroom.FigureTarget, q.value))
	default:
		return s + fmt.Sprintf(", %s short of the target of %s", figure(headroom.FigureShort, short), figure(headroom.FigureTarget, q.value))
	}
}

// sentence says the answer in one sentence, with its numbers.
func sentence(c *headroom.Case, q question, units float64, l limits, b *headroom.Brief) (string, []headroom.SentenceFigure) {
	var figures []headroom.SentenceFigure
	figure := func(name string, v float64) string { return figureText(&figures, name, v) }
	s := planSentence(c, q, units, &figures)
	if q.value <= units { // there is no target, or it is met
		return s + ".", figures
	}
	unsigned := len(openDeals(c))
	if unsigned == 0 {
		return s + ".", figures
	}
	pays := math.NaN()
	for _, p := range b.SupplyCurve {
		if p.Support == 0 && p.Units != nil {
			pays = max(0, *p.Units-units)
		}
	}
	if !l.known() || math.IsNaN(pays) {
		return s + "; what deals and candidates could add was not tried.", figures
	}
	add := max(0, min(l.deals, q.value)-max(units, l.signed))
	noun := "deals"
	if unsigned == 1 {
		noun = "deal"
	}
	s += fmt.Sprintf("; the %s unsigned %s could add %s at most", figure(headroom.FigureUnsigned, float64(unsigned)), noun, figure(headroom.FigureDeals, add))
	s += fmt.Sprintf(", deals and candidates together add %s where they pay without support", figure(headroom.FigurePays, pays))
	s += fmt.Sprintf(", and %s have no programme that anybody has signed or talked of.", figure(headroom.FigureNoProgramme, max(0, q.value-l.deals)))
	return s, figures
}

func regionNames(c *headroom.Case, regions []string) string {
	var names []string
	for _, id := range regions {
		name := id
		for _, r := range c.Regions {
			if r.ID == id && r.Name != "" {
				name = r.Name
			}
		}
		if id == "*" {
			name = "the network"
		}
		names = append(names, name)
	}
	return strings.Join(names, " and ")
}
