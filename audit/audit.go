package audit

import (
	"cmp"
	"fmt"
	"slices"

	"headroom"
)

// Kinds of cross-check, each of which finds conflicts of its own name.
const (
	CheckSum         = "sum"         // parts and their whole
	CheckShare       = "share"       // a printed share against the two figures it is a share of
	CheckUtilisation = "utilisation" // a printed utilisation against output and capacity
	CheckChange      = "change"      // a printed change on the year before against the two years
	CheckArithmetic  = "arithmetic"  // a figure against the sum that its note shows
	CheckQuote       = "quote"       // a figure that a note repeats against the claim of it
	CheckCurrency    = "currency"    // one amount in several currencies against the dated rates
	CheckExchange    = "exchange"    // a cross rate against the two rates it is made of
	CheckValue       = "value"       // the same thing, different figures
	CheckMagnitude   = "magnitude"   // the same digits, a thousand times apart
	CheckMisprint    = "misprint"    // the same digits but for one too many or two that changed places
	CheckName        = "name"        // different figures for the same thing under two names
	CheckDuration    = "duration"    // different lengths of the same time
	CheckCapacity    = "capacity"    // a capacity that falls and rises again: two quantities under one name
	CheckForecast    = "forecast"    // a forecast that its outturn has overtaken
	CheckLaw         = "law"         // a rate of law against another print of it
	CheckDate        = "date"        // the same event on different days
	CheckStatus      = "status"      // different steps of the same arrangement in the same weeks
	CheckStated      = "stated"      // a contradiction that a claim states and no other check finds
)

// checkKinds are the kinds in the order of the report. A conflict of an earlier kind stands for one of a later kind that has no
// claim besides.
var checkKinds = []string{
	CheckSum, CheckShare, CheckUtilisation, CheckChange, CheckArithmetic, CheckQuote, CheckCurrency, CheckExchange, CheckLaw, CheckForecast,
	CheckMagnitude, CheckMisprint, CheckDuration, CheckName, CheckValue, CheckCapacity, CheckDate, CheckStatus, CheckStated,
}

// Conflict is a set of claims that cannot all be right, or, of kind forecast, not all of use.
type Conflict struct {
	Kind    string   `json:"kind"`
	Claims  []string `json:"claims"` // by name
	Rivals  []string `json:"rivals"` // the claims of which one is chosen; the others are what they were compared with
	Message string   `json:"message"`
	Chosen  string   `json:"chosen"`  // the claim that the rule chooses
	Rule    string   `json:"rule"`    // the step of the rule that decided
	Figures []Bound  `json:"figures"` // figures of the case that rest on one of the claims in conflict
}

// Bound is a figure of the case and a claim that it rests on.
type Bound struct {
	Ref   string `json:"ref"`
	Claim string `json:"claim"`
}

// Tally counts the cross-checks of a kind.
type Tally struct {
	Kind string `json:"kind"`
	Made int    `json:"made"`
	Held int    `json:"held"`
}

// Check is one cross-check that held.
type Check struct {
	Kind   string   `json:"kind"`
	Claims []string `json:"claims"` // by name
}

// Audit is the result of all cross-checks.
type Audit struct {
	Conflicts []Conflict // by kind, in the order of the kinds, then by the names of their claims
	Checks    []Tally    // kinds of which none was made are left out
	Held      []Check    // the cross-checks that held, in the order of the conflicts
	Figures   int        // claims with a figure or about an event
	Covered   int        // of these, those that a check has looked at
	Stated    int        // contradictions that claims state
	BorneOut  int        // of these, those that a check finds, too; the others are conflicts of kind stated
	Findings  []headroom.Finding
}

// CrossCheck compares the claims of a case with each other by general rules: docs/explanation/cross-checks.md has each with its
// formula and its tolerance. Only the claims, sources and bindings of the case are looked at. Retracted claims are left out. The
// order of the claims changes nothing.
func CrossCheck(c *headroom.Case) Audit {
	a := newAuditor(c)
	a.readNotes()
	a.indexAll()
	a.quotes()
	a.sums()
	a.shares()
	a.changes()
	a.currencies()
	a.spans()
	a.sameThings()
	a.capacities()
	a.events()
	a.stated()
	conflicts := a.resolved()
	for i := range conflicts {
		conflicts[i].Figures = conflicts[i].bound(c.Bindings)
	}
	return Audit{
		Conflicts: conflicts, Checks: a.tallies(), Held: a.sortedHeld(), Figures: a.figures(), Covered: len(a.covered), Stated: a.statedCount, BorneOut: a.borneOut,
		Findings: append(a.sameFigures(), a.bindings(c, conflicts)...),
	}
}

// auditor is a CrossCheck under way.
type auditor struct {
	claims  []*figure // that are neither retracted nor said in a note, by name
	asides  []*figure // figures that a note says beside its claim's own
	byID    map[string]*figure
	at      map[string][]*figure // by their time, asides too
	about   map[string][]*figure // by what they are about
	of      map[string][]*figure // by their entity
	sources map[string]headroom.Source

	fits, misfits map[string]bool // claims that other claims add up to, and those that they would add up to if the claim were right
	tally         map[string]*Tally
	held          []Check

	covered map[string]bool // claims that a check has looked at

	statedCount, borneOut int
	found                 []Conflict
}

func newAuditor(c *headroom.Case) *auditor {
	a := &auditor{
		byID: map[string]*figure{}, sources: map[string]headroom.Source{}, fits: map[string]bool{}, misfits: map[string]bool{}, tally: map[string]*Tally{}, covered: map[string]bool{},
	}
	for _, s := range c.Sources {
		a.sources[s.ID] = s
	}
	retracted, replaced := map[string]bool{}, map[string]bool{}
	for _, cl := range c.Claims {
		for _, id := range cl.Retracts {
			retracted[id] = true
		}
	}
	for _, cl := range c.Claims {
		for _, id := range cl.Supersedes {
			replaced[id] = replaced[id] || !retracted[cl.ID]
		}
	}
	for _, cl := range slices.SortedFunc(slices.Values(c.Claims), func(x, y headroom.Claim) int { return cmp.Compare(x.ID, y.ID) }) {
		if !retracted[cl.ID] && a.byID[cl.ID] == nil {
			f := newFigure(cl)
			f.replaced = replaced[cl.ID]
			a.claims = append(a.claims, f)
			a.byID[cl.ID] = f
		}
	}
	return a
}

// indexAll makes the indices of figures and asides.
func (a *auditor) indexAll() {
	a.at, a.about, a.of = map[string][]*figure{}, map[string][]*figure{}, map[string][]*figure{}
	for _, f := range slices.Concat(a.claims, a.asides) {
		if f.number {
			a.at[f.when()] = append(a.at[f.when()], f)
			a.about[f.key()] = append(a.about[f.key()], f)
			a.of[f.entity] = append(a.of[f.entity], f)
		}
	}
}

// made counts a cross-check of some figures.
func (a *auditor) made(kind string, held bool, of ...*figure) {
	t := a.tally[kind]
	if t == nil {
		t = &Tally{Kind: kind}
		a.tally[kind] = t
	}
	t.Made++
	for _, f := range of {
		a.covered[f.ID] = true
	}
	if held {
		t.Held++
		a.held = append(a.held, Check{kind, names(of)})
	}
}

// figures is the number of claims with a figure, or about an event.
func (a *auditor) figures() int {
	n := 0
	for _, f := range a.claims {
		n += bit(f.number || f.isEvent())
	}
	return n
}

// names are the names of figures, each once.
func names(list []*figure) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, f.ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tallies are the counts in the order of the kinds.
func (a *auditor) tallies() []Tally {
	var out []Tally
	for _, k := range checkKinds {
		if t := a.tally[k]; t != nil {
			out = append(out, *t)
		}
	}
	return out
}

// conflict notes a conflict. Rivals are the claims of which one is to be chosen, others those that they were compared with.
func (a *auditor) conflict(kind string, rivals, others []*figure, format string, args ...any) {
	a.found = append(a.found, Conflict{
		Kind: kind, Claims: names(slices.Concat(rivals, others)), Message: fmt.Sprintf(format, args...), Rivals: names(rivals),
	})
}

// sortedHeld are the cross-checks that held, in order.
func (a *auditor) sortedHeld() []Check {
	slices.SortStableFunc(a.held, func(x, y Check) int {
		return cmp.Or(cmp.Compare(slices.Index(checkKinds, x.Kind), slices.Index(checkKinds, y.Kind)), slices.Compare(x.Claims, y.Claims))
	})
	return a.held
}

// resolved are the conflicts in their order, without those that another one stands for, each with its choice.
func (a *auditor) resolved() []Conflict {
	order := func(c Conflict) int { return slices.Index(checkKinds, c.Kind) }
	slices.SortStableFunc(a.found, func(x, y Conflict) int {
		return cmp.Or(cmp.Compare(order(x), order(y)), slices.Compare(x.Claims, y.Claims))
	})
	var out []Conflict
	for i, c := range a.found {
		covered := false
		for j, o := range a.found {
			covered = covered || containsAll(o.Claims, c.Claims) && (j < i || order(o) == order(c) && len(o.Claims) > len(c.Claims))
		}
		if !covered {
			c.Chosen, c.Rule = a.choice(c.Rivals)
			out = append(out, c)
		}
	}
	return out
}

// containsAll reports whether every one of some names is among others.
func containsAll(all, some []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}
