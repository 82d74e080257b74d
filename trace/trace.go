package trace

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"headroom"
	"headroom/formula"
)

// StepKind says what a step of a trace is.
type StepKind string

// Kinds of step. A trace goes from results over figures of the case to claims and assumptions, where it ends.
const (
	StepResult     StepKind = "result"     // a number of a plan or a brief
	StepFigure     StepKind = "figure"     // a cell of the case
	StepClaim      StepKind = "claim"      // one sourced statement
	StepAssumption StepKind = "assumption" // a row of assumption.csv
	StepScenario   StepKind = "scenario"   // a change that a scenario makes and no claim stands behind
)

// TraceStep is one place on the way from a number down to its sources.
type TraceStep struct {
	Ref       string // table/key/column, result/table/key/column, claim/ID, assumption/ID or scenario/ID
	Kind      StepKind
	Value     any // a number or a text; nil where there is none
	Unit      string
	Basis     headroom.Basis // of a figure
	Transform string         // how the value comes from the steps below it
	Computed  []formula.Step // how a figure was computed from claims, where more was done than to take one over
	Claim     string         // of a claim, and of a figure that rests on one claim alone
	Status    string         // of a claim; of a figure the least firm one of its claims
	Source    *headroom.Source

	Low, High, Reason string // of an assumption; of a claim its range and its note
	ChosenBecause     string
	AsIs              string   // why sums in prices of other years count as they are
	Rivals            []string // claims that were not chosen, or that contradict, supersede or retract this one
	Named             []string // claims that the reason of an assumption names
	RestsOn           []string // the steps below
	Level             int      // how far below the first step it stands first
}

// Grounded reports whether a trace may end in the step: a claim, or an assumption with its reason.
func (s TraceStep) Grounded() bool {
	return s.Kind == StepClaim || s.Kind == StepAssumption || s.Kind == StepScenario
}

// RefError is a reference that names nothing; Near are references that do and look like it.
type RefError struct {
	Ref  string
	Why  string
	Near []string
}

// Error is what is wrong.
func (e *RefError) Error() string { return e.Why }

// Tracer follows numbers of a case, and of a plan of it, down to claims and assumptions. It only reads.
type Tracer struct {
	c           *headroom.Case
	results     Results
	unit        func(table, column string) string
	cells       map[string]map[string]Row // table, key
	keys        map[string][]string       // table: keys, sorted
	labelled    map[string]map[string][]string
	claims      map[string]*headroom.Claim
	sources     map[string]*headroom.Source
	assumptions map[string]*headroom.Assumption
	bindings    map[headroom.Ref]*headroom.Binding
	after       map[string][]string // claims that supersede, retract or contradict a claim
	steps       map[string]*TraceStep
	parentOf    map[string]string // group of an org
	values      *formula.Values
}

// NewTracer makes a tracer of a case as it is planned, with the results of a plan of it, which may be nil. unit is the unit of a
// column as the schema has it.
func NewTracer(c *headroom.Case, results Results, unit func(table, column string) string) *Tracer {
	t := &Tracer{
		c: c, results: results, unit: unit, cells: rowsOf(c), keys: map[string][]string{}, labelled: map[string]map[string][]string{},
		claims: map[string]*headroom.Claim{}, sources: map[string]*headroom.Source{}, assumptions: map[string]*headroom.Assumption{},
		bindings: map[headroom.Ref]*headroom.Binding{}, after: map[string][]string{}, steps: map[string]*TraceStep{}, parentOf: map[string]string{},
		values: formula.NewValues(c),
	}
	for name, rows := range t.cells {
		t.keys[name] = inOrder(rows)
	}
	for ref := range c.Labels {
		if t.labelled[ref.Table] == nil {
			t.labelled[ref.Table] = map[string][]string{}
		}
		t.labelled[ref.Table][ref.Key] = append(t.labelled[ref.Table][ref.Key], ref.Column)
	}
	for _, rows := range t.labelled {
		for _, columns := range rows {
			sort.Strings(columns)
		}
	}
	t.index()
	return t
}

// index finds rows by their ids.
func (t *Tracer) index() {
	c := t.c
	for i := range c.Claims {
		cl := &c.Claims[i]
		t.claims[cl.ID] = cl
		for _, other := range slices.Concat(cl.Supersedes, cl.Retracts, cl.Contradicts) {
			t.after[other] = append(t.after[other], cl.ID)
		}
	}
	for i := range c.Sources {
		t.sources[c.Sources[i].ID] = &c.Sources[i]
	}
	for i := range c.Assumptions {
		t.assumptions[c.Assumptions[i].ID] = &c.Assumptions[i]
	}
	for i := range c.Bindings {
		b := &c.Bindings[i]
		t.bindings[headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}] = b
	}
	for _, o := range c.Orgs {
		t.parentOf[o.ID] = o.Parent
	}
}

// Trace is the way from a reference down: the step of the reference first, each other one once, below the first step that rests
// on it. The error is a *RefError.
func (t *Tracer) Trace(ref string) ([]TraceStep, error) {
	first, err := t.resolve(ref)
	if err != nil {
		return nil, err
	}
	var out []TraceStep
	seen := map[string]bool{}
	var walk func(ref string, level int)
	walk = func(ref string, level int) {
		if seen[ref] {
			return
		}
		seen[ref] = true
		s := *t.step(ref)
		s.Level = level
		out = append(out, s)
		for _, next := range s.RestsOn {
			walk(next, level+1)
		}
	}
	walk(first, 0)
	return out, nil
}

// Ends are the claims and assumptions that a reference rests on in the end, and the steps without any of them below: figures
// that say nothing of where they are from.
func (t *Tracer) Ends(ref string) (ends, loose []string, err error) {
	steps, err := t.Trace(ref)
	for _, s := range steps {
		switch {
		case s.Grounded():
			ends = append(ends, s.Ref)
		case len(s.RestsOn) == 0:
			loose = append(loose, s.Ref)
		}
	}
	return ends, loose, err
}

// step is the step of a canonical reference. There is always one: a reference that names nothing rests on nothing.
func (t *Tracer) step(ref string) *TraceStep {
	if s := t.steps[ref]; s != nil {
		return s
	}
	s := &TraceStep{Ref: ref}
	t.steps[ref] = s
	prefix, rest, _ := strings.Cut(ref, "/")
	switch prefix {
	case "claim":
		t.claimStep(s, rest)
	case "assumption":
		t.assumptionStep(s, rest)
	case "scenario":
		t.scenarioStep(s, rest)
	case "result":
		t.resultStep(s, rest)
	default:
		t.figureStep(s)
	}
	return s
}

// scenarioStep says what a scenario changes without a claim.
func (t *Tracer) scenarioStep(s *TraceStep, id string) {
	s.Kind, s.Status = StepScenario, "assumed"
	for _, sc := range t.c.Scenarios {
		if sc.ID == id {
			s.Reason = strings.Trim(sc.Title+"; "+sc.Note, "; ")
		}
	}
	var all []string
	for _, c := range t.c.Changes {
		if c.Scenario == id && c.Claim == "" {
			op := c.Op
			if op == "" {
				op = "set"
			}
			all = append(all, op+" "+c.Table+"."+c.Column+" "+c.Value+" where "+c.Selector)
		}
	}
	s.Transform = strings.Join(all, "; ")
}

func (t *Tracer) claimStep(s *TraceStep, id string) {
	s.Kind, s.Claim = StepClaim, id
	c := t.claims[id]
	if c == nil {
		s.Status, s.Reason = "missing", "there is no such claim"
		return
	}
	s.Value, s.Unit, s.Status = asNumber(c.Value), c.Unit, c.Status
	s.Low, s.High = c.Low, c.High
	s.Transform = strings.Trim(c.Subject+": "+c.Quantity, ": ")
	if c.Period != "" {
		s.Transform += ", " + c.Period
	}
	s.Reason, s.Source = c.Note, t.sources[c.Source]
	s.Rivals = distinct(slices.Concat(c.Contradicts, t.after[id]))
}

func (t *Tracer) assumptionStep(s *TraceStep, id string) {
	s.Kind, s.Status = StepAssumption, "assumed"
	a := t.assumptions[id]
	if a == nil {
		s.Reason = "there is no such assumption"
		return
	}
	if a.Value != "*" {
		s.Value = asNumber(a.Value)
	}
	s.Unit = unitFor(s.Value, t.unit(a.Table, a.Column))
	s.Named = t.claimsIn(a.Reason)
	s.Transform = "assumed for " + a.Table + "." + a.Column + " where " + a.Selector
	s.Low, s.High, s.Reason = a.Low, a.High, a.Reason
}

// claimsIn are the claims whose ids stand in a text.
func (t *Tracer) claimsIn(text string) []string {
	var out []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;:()[]", r) }) {
		if t.claims[word] != nil {
			out = append(out, word)
		}
	}
	return distinct(out)
}

// figureStep is the step of a cell of the case.
func (t *Tracer) figureStep(s *TraceStep) {
	ref := splitRef(s.Ref)
	row := t.cells[ref.Table][ref.Key]
	s.Kind, s.Value = StepFigure, row[ref.Column]
	s.Unit = unitFor(s.Value, t.unitOf(ref, row))
	l, ok := t.c.Labels[ref]
	s.Basis = l.Basis
	switch {
	case l.Basis == headroom.BasisAssumption:
		t.assumed(s, l.Assumption)
	case len(l.Claims) > 0:
		t.claimed(s, ref, l)
	case ref.Table == "arrangement":
		s.Transform = "as its claims say"
		for _, id := range t.dealClaims(ref.Key) {
			s.RestsOn = append(s.RestsOn, "claim/"+id)
		}
		t.firmness(s)
	case ok:
		s.Transform = "unlabelled: it says nothing of where it is from"
	case s.Value == nil:
		s.Transform = "empty"
	default:
		s.Transform = "as written in the case; it is no figure, or one that an empty cell means"
	}
}

// assumed fills in the step of a figure that an assumption or a scenario gave.
func (t *Tracer) assumed(s *TraceStep, id string) {
	s.Status, s.Transform, s.RestsOn = "assumed", "assumed", []string{"assumption/" + id}
	if a := t.assumptions[id]; a != nil && a.Value == "*" {
		s.Transform = "assumed as it stands in the case"
	}
	name, changed := strings.CutPrefix(id, ScenarioLabel)
	if !changed {
		return
	}
	s.Transform, s.RestsOn = "set by a scenario", []string{"scenario/" + name}
	ref := splitRef(s.Ref)
	if b := t.bindings[ref]; b != nil && t.scales(name, ref) {
		s.Transform = "changed by a scenario from what its claims say"
		for _, c := range b.Claims {
			s.RestsOn = append(s.RestsOn, "claim/"+c)
		}
	}
}

// scales reports whether a scenario multiplies or adds to a column, so that what was there before counts.
func (t *Tracer) scales(scenario string, ref headroom.Ref) bool {
	return slices.ContainsFunc(t.c.Changes, func(c headroom.Change) bool {
		return c.Scenario == scenario && c.Table == ref.Table && c.Column == ref.Column && c.Op != "" && c.Op != "set"
	})
}

// ScenarioLabel is how the assumption in the label of a figure begins that a scenario changed; the name of the scenario follows.
const ScenarioLabel = "scenario:"

// claimed fills in the step of a figure that rests on claims.
func (t *Tracer) claimed(s *TraceStep, ref headroom.Ref, l headroom.Label) {
	for _, id := range l.Claims {
		s.RestsOn = append(s.RestsOn, "claim/"+id)
	}
	if len(l.Claims) == 1 {
		s.Claim = l.Claims[0]
	}
	b := t.bindings[ref]
	switch {
	case b == nil || !slices.Equal(b.Claims, l.Claims):
		s.Transform = "changed by a scenario, as a claim says"
	case b.Formula != "":
		s.Transform = b.Formula
		s.RestsOn = append(s.RestsOn, t.fitted(b.Formula)...)
		if steps, err := t.values.Explain(*b); err == nil { // what is wrong with a formula is a finding of check
			s.Computed = steps
			for _, id := range formula.Used(steps) {
				s.RestsOn = append(s.RestsOn, "claim/"+id)
			}
			s.RestsOn = distinct(s.RestsOn)
		}
	case l.Basis == headroom.BasisCommitment:
		s.Transform = "a commitment, as the claims say"
	default:
		s.Transform = "the claim's own value"
	}
	if b != nil {
		s.ChosenBecause, s.AsIs, s.Rivals = b.ChosenBecause, b.AsIs, b.Alternatives
	}
	t.firmness(s)
}

// fitCall is a fit in a formula.
var fitCall = regexp.MustCompile(`fit\(\s*(\d+)\s*,\s*([^)]+?)\s*\)`)

// fitted are the totals and weights that the fits in a formula are made from.
func (t *Tracer) fitted(formula string) []string {
	g := t.gather()
	for _, call := range fitCall.FindAllStringSubmatch(formula, -1) {
		g.rows("outturn", func(r Row) bool { return r.text("year") == call[1] && r.text("group") == call[2] })
	}
	return g.refs
}

// firmness gives a step the status of the least firm claim below it, and its source where there is one claim alone.
func (t *Tracer) firmness(s *TraceStep) {
	worst := -1
	for _, ref := range s.RestsOn {
		id, ok := strings.CutPrefix(ref, "claim/")
		if c := t.claims[id]; ok && c != nil {
			if at := slices.Index(firmestFirst, c.Status); at > worst {
				worst, s.Status = at, c.Status
			}
			if s.Claim == id {
				s.Source = t.sources[c.Source]
			}
		}
	}
}

// firmestFirst are the statuses of claims, the firmest first.
var firmestFirst = []string{"official", "confirmed", "reported", "estimate", "recalled", "assumed"}

// dealClaims are the claims behind the status of a deal: those it names and those of its steps.
func (t *Tracer) dealClaims(id string) []string {
	var out []string
	for _, a := range t.c.Arrangements {
		if a.ID == id {
			out = append(out, a.Claims...)
		}
	}
	for _, e := range t.c.Events {
		if e.Arrangement == id && e.Claim != "" {
			out = append(out, e.Claim)
		}
	}
	return distinct(out)
}
