package answer

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/lp"
	"headroom/planner"
)

// The answers that Range knows.
const (
	AnswerOutput  = "output"
	AnswerSupport = "support"
	AnswerWorth   = "worth:" // and the deal
)

// Numbers of the ladder of support, base currency per vehicle.
const (
	SupportStep = 250.0
	supportTop  = 12000.0
)

// supportGap is the relative gap of the plans at a level of support.
const supportGap = 5e-3

// Answers are the answers that there are of a case, in the order in which they are told.
func Answers(c *headroom.Case) []string {
	out := []string{AnswerOutput}
	if mainTarget(c).target != nil {
		out = append(out, AnswerSupport)
	}
	for i := range c.Arrangements {
		if a := &c.Arrangements[i]; !a.Status.Dead() && hasPlaces(c, a.ID) {
			out = append(out, AnswerWorth+a.ID)
		}
	}
	return out
}

// ErrUnknownAnswer is the error of a name that is not one of Answers.
var ErrUnknownAnswer = errors.New("unknown answer")

// told is what an answer is for one case. Where value is NaN there is none, and note says why.
type told struct {
	value, from, to float64
	rank            float64 // value, or where it is not reached what it would be at least; NaN where there is no plan
	note            string
	proof           headroom.Proof // of the least firm of its plans
	gap             float64
	plans           int
	plan            *headroom.Plan // of the output
}

// near reports whether two answers may be one.
func (t told) near(o told) bool {
	if math.IsNaN(t.value) || math.IsNaN(o.value) {
		return t.note == o.note && math.IsNaN(t.value) && math.IsNaN(o.value)
	}
	return t.value == o.value || t.from < o.to && o.from < t.to
}

// asker is one of the answers: its question in words, the programmes that decide it, and how it is solved.
type asker interface {
	text(c *headroom.Case) string
	unit(c *headroom.Case) string
	// cases are those whose programmes decide the answer: where these are the same, so is the answer.
	cases(c *headroom.Case) []*headroom.Case
	// gauge is what the relaxations of these programmes say of the answer.
	gauge(models []*planner.Model, all []planner.Relaxation) float64
	// solve answers; about is the answer of the base case, to begin the search with.
	solve(ctx context.Context, c *headroom.Case, about *told) (told, error)
}

// newAsker finds the answer of a name.
func newAsker(c *headroom.Case, name string, s lp.Solver, o planner.Options) (asker, error) {
	if !slices.Contains(Answers(c), name) {
		return nil, fmt.Errorf("%w %q: the answers of this case are %s", ErrUnknownAnswer, name, strings.Join(Answers(c), ", "))
	}
	o.ReasonTime = reasonTime
	base := asking{s: s, o: o, q: mainTarget(c)}
	switch {
	case name == AnswerOutput:
		return &askOutput{base.gapOf(BriefGap)}, nil
	case name == AnswerSupport:
		return &askSupport{asking: base.gapOf(supportGap)}, nil
	}
	return &askWorth{base.gapOf(dealGap), strings.TrimPrefix(name, AnswerWorth)}, nil
}

// asking is what all answers need.
type asking struct {
	s lp.Solver
	o planner.Options
	q question
}

func (a asking) gapOf(gap float64) asking {
	if a.o.Gap == 0 {
		a.o.Gap = gap
	}
	return a
}

// noPlan says why there is no plan, or "".
func noPlan(p *headroom.Plan) string {
	switch {
	case p.Status == headroom.StatusDisputed:
		return "the plan did not pass its check: " + p.Why
	case HasPlan(p):
		return ""
	case p.Status == headroom.StatusNone:
		return "no plan was found before the limit"
	case len(p.Explanation) > 0:
		return "no plan: " + p.Explanation[0].Text
	}
	return "no plan: " + string(p.Status)
}

// none is an answer that is not there, by the proof of what says so.
func none(proof headroom.Proof, note string, plans int) told {
	nan := math.NaN()
	return told{value: nan, from: nan, to: nan, rank: nan, note: note, proof: proof, plans: plans}
}

// wider is the larger of two gaps, of which either may be missing.
func wider(a, b float64) float64 {
	if math.IsNaN(b) || b < a {
		return a
	}
	return b
}

// askOutput asks what the target's regions build in its last year on what is committed and signed.
type askOutput struct{ asking }

func (a *askOutput) text(*headroom.Case) string { return "Output in " + a.q.period }
func (a *askOutput) unit(*headroom.Case) string { return "vehicles" }

func (a *askOutput) cases(c *headroom.Case) []*headroom.Case {
	return []*headroom.Case{signedOnly(c)}
}

func (a *askOutput) gauge(m []*planner.Model, all []planner.Relaxation) float64 {
	return m[0].Built(all[0].X, a.q.regions, a.q.period)
}

func (a *askOutput) solve(ctx context.Context, c *headroom.Case, _ *told) (told, error) {
	c = signedOnly(c)
	p, err := Plan(lp.Asking(ctx, "output"), c, a.s, a.o)
	if err != nil {
		return told{}, err
	}
	proof := PartProof(c, p)
	if why := noPlan(p); why != "" {
		return none(proof, why, 1), nil
	}
	u := math.Round(1000*built(c, p, a.q.regions, a.q.period)) / 1000 // rounding is no change
	return told{value: u, from: u - 0.5, to: u + 0.5, rank: u, gap: wider(0, p.Gap), proof: proof, plans: 1, plan: p}, nil
}

// askWorth asks what a deal is worth: the difference of two plans.
type askWorth struct {
	asking
	deal string
}

func (a *askWorth) text(c *headroom.Case) string {
	for _, d := range c.Arrangements {
		if d.ID == a.deal && d.Name != "" {
			return "Worth of " + d.Name
		}
	}
	return "Worth of " + a.deal
}

func (a *askWorth) unit(c *headroom.Case) string { return c.BaseCurrency }

// cases are the case with the deal in force and without it.
func (a *askWorth) cases(c *headroom.Case) []*headroom.Case {
	yes, no := dealCases(c, a.deal)
	return []*headroom.Case{yes, no}
}

func (a *askWorth) gauge(_ []*planner.Model, all []planner.Relaxation) float64 {
	return all[0].Value - all[1].Value
}

func (a *askWorth) solve(ctx context.Context, c *headroom.Case, _ *told) (told, error) {
	var v [2]valued
	var proof headroom.Proof
	gap := 0.0
	for i, d := range a.cases(c) {
		var err error
		if v[i], err = valueOf(lp.Asking(ctx, []string{"worth, with", "worth, without"}[i]), d, a.s, a.o); err != nil {
			return told{}, err
		}
		one := PartProof(d, v[i].plan)
		if why := noPlan(v[i].plan); why != "" {
			return none(one, []string{"with the deal: ", "without the deal: "}[i]+why, i+1), nil
		}
		gap = wider(gap, v[i].plan.Gap)
		if i == 0 || one.Weaker(proof) {
			proof = one
		}
	}
	low, high := v[0].low-v[1].high, v[0].high-v[1].low
	if math.IsInf(low, 0) || math.IsInf(high, 0) || math.IsNaN(high-low) {
		return none(proof, "the plans have no proved interval", 2), nil
	}
	mid := (low + high) / 2
	return told{value: mid, from: low, to: high, rank: mid, gap: gap, proof: proof, plans: 2}, nil
}

// askSupport asks for the least support per vehicle, on a ladder of SupportStep, at which the target is met with every deal and
// candidate there to be taken up.
type askSupport struct {
	asking
	level float64 // of the screening; 0 until screenAt
}

func (a *askSupport) text(*headroom.Case) string {
	return "Support for " + thousands(a.q.value) + " in " + a.q.period
}
func (a *askSupport) unit(c *headroom.Case) string { return c.BaseCurrency + " per vehicle" }

func (a *askSupport) at(c *headroom.Case, level float64) *headroom.Case {
	return planner.Supported(with(c, openDeals(c)...), a.q.regions, a.q.target.Value, level)
}

func (a *askSupport) cases(c *headroom.Case) []*headroom.Case {
	return []*headroom.Case{a.at(c, a.level)}
}

func (a *askSupport) gauge(m []*planner.Model, all []planner.Relaxation) float64 {
	return min(a.q.value, m[0].Built(all[0].X, a.q.regions, a.q.period))
}

// screenAt finds the highest step at which the relaxation of a case still misses the target: there it shows most of what a
// figure does, for better and for worse.
func (a *askSupport) screenAt(ctx context.Context, c *headroom.Case) error {
	low, high := 0, int(supportTop/SupportStep)
	for low+1 < high && ctx.Err() == nil {
		mid := (low + high) / 2
		m, err := planner.Build(ctx, a.at(c, float64(mid)*SupportStep), a.o)
		if err != nil {
			return err
		}
		r, err := m.Relax(ctx, a.s, a.o)
		if err != nil {
			return err
		}
		if r.X != nil && a.gauge([]*planner.Model{m}, []planner.Relaxation{r}) >= a.q.value-0.5 {
			high = mid
		} else {
			low = mid
		}
	}
	a.level = float64(low) * SupportStep
	return nil
}

// solve climbs or descends the ladder from about in steps that double until the target is met at one level and missed at another,
// and then halves what is between them. It takes for granted that more support never means fewer vehicles.
func (a *askSupport) solve(ctx context.Context, c *headroom.Case, about *told) (told, error) {
	out := told{}
	top := int(supportTop / SupportStep)
	at := int(math.Round((a.level + SupportStep) / SupportStep))
	if about != nil && !math.IsNaN(about.rank) {
		at = min(top, int(math.Round(about.rank/SupportStep)))
	}
	missed, met := -1, top+1 // steps; 0 is no support at all
	for step := 1; met-missed > 1 && ctx.Err() == nil; {
		ok, err := a.met(ctx, c, float64(at)*SupportStep, &out)
		if err != nil || out.note != "" {
			return out, err
		}
		if ok {
			met = at
		} else {
			missed = at
		}
		switch {
		case missed >= 0 && met <= top:
			at = (missed + met) / 2
		case ok:
			at, step = max(0, at-step), 2*step
		default:
			at, step = min(top, at+step), 2*step
		}
	}
	if met > top {
		t := none(out.proof, "not reached at "+thousands(supportTop), out.plans)
		t.rank, t.gap = supportTop+SupportStep, out.gap
		return t, nil
	}
	out.value = float64(met) * SupportStep
	out.from, out.to, out.rank = max(0, out.value-SupportStep), out.value, out.value
	return out, nil
}

// met reports whether the target is met at a level. Where there is no plan the note says so.
func (a *askSupport) met(ctx context.Context, c *headroom.Case, level float64, t *told) (bool, error) {
	d := a.at(c, level)
	p, err := Plan(lp.Asking(ctx, fmt.Sprintf("support %g", level)), d, a.s, a.o)
	if err != nil {
		return false, err
	}
	t.plans++
	if why := noPlan(p); why != "" {
		*t = none(PartProof(d, p), why, t.plans)
		return false, nil
	}
	t.gap = wider(t.gap, p.Gap)
	if proof := PartProof(d, p); t.plans == 1 || proof.Weaker(t.proof) {
		t.proof = proof
	}
	return built(c, p, a.q.regions, a.q.period) >= a.q.value-0.5, nil
}
