package report

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"headroom"
	"headroom/trace"
)

// Text writes a brief on two screens: what TextOfBase and TextOfRest write.
func Text(w io.Writer, c *headroom.Case, b *headroom.Brief, o Options) error {
	if err := TextOfBase(w, c, b, o); err != nil {
		return err
	}
	return newBrief(c, b, o).rest(w, c)
}

// TextOfBase writes what one plan decides: the beginning of the sentence, output against the target, and plants. A brief of which
// nothing more is known yet will do.
func TextOfBase(w io.Writer, c *headroom.Case, b *headroom.Brief, o Options) error {
	t := newBrief(c, b, o)
	t.opening(c)
	t.output()
	t.plants()
	_, err := w.Write(t.screen.b.Bytes())
	return err
}

// TextOfRest writes what many plans decide: the rest of the sentence, the supply curve, what binds, and deals; then the cost of one
// vehicle by route, what the figures rest on, and why the plan can be believed.
func TextOfRest(w io.Writer, c *headroom.Case, b *headroom.Brief, o Options) error {
	t := newBrief(c, b, o)
	t.legend() // the plan may have been whole when TextOfBase wrote of it
	return t.rest(w, c)
}

func (t *brief) rest(w io.Writer, c *headroom.Case) error {
	t.more()
	t.curve()
	t.binds()
	t.deals()
	t.cost()
	t.restsOn()
	t.sources(c)
	t.proof()
	_, err := w.Write(t.screen.b.Bytes())
	return err
}

func newBrief(c *headroom.Case, b *headroom.Brief, o Options) *brief {
	return &brief{screen: screen{o: o, w: o.width()}, b: b, n: newNames(c)}
}

// brief is a brief on its way to a screen.
type brief struct {
	screen
	b *headroom.Brief
	n *names
}

// number is a number with the signs that a pipe's reader can use.
func number(s string) string {
	if s == missing {
		return "-"
	}
	return strings.ReplaceAll(s, minus, "-")
}

// opening writes the title, the part of the sentence that is of the plan alone, and what its marks mean.
func (t *brief) opening(c *headroom.Case) {
	title := clean(t.b.Title)
	if title == "" {
		title = clean(c.ID)
	}
	if c.Scenario != "" {
		title += ", scenario " + clean(c.Scenario)
	}
	if c.AsOf != 0 {
		title += ", as known on " + c.AsOf.String()
	}
	t.line(t.style(styleBold, title))
	opening, _ := t.b.Parts()
	t.paragraph(clean(opening)+t.mark(), "")
	t.legend()
}

// legend says what the marks of an unfinished plan mean, where it has them.
func (t *brief) legend() {
	if s := Legend(baseProof(t.b)); s != "" {
		t.paragraph(s+".", "")
	}
}

// more writes the part of the sentence that is of the deals and candidates.
func (t *brief) more() {
	_, more := t.b.Parts()
	if more == "" {
		return
	}
	t.heading("What more there could be", "")
	t.paragraph(clean(more)+t.mark(), "")
}

// mark is what stands behind the figures of the base plan.
func (t *brief) mark() string {
	if !hasPlan(t.b.Proof.Status) {
		return ""
	}
	return Mark(baseProof(t.b))
}

// lastTarget is the target of the last period that has one.
func lastTarget(b *headroom.Brief) (headroom.BriefOutput, bool) {
	for i := len(b.Output) - 1; i >= 0; i-- {
		if b.Output[i].Target != nil {
			return b.Output[i], true
		}
	}
	return headroom.BriefOutput{}, false
}

// targetPeriod is the period that plants, deals and the supply curve are about.
func targetPeriod(b *headroom.Brief) string {
	if t, ok := lastTarget(b); ok {
		return clean(t.Period)
	}
	if n := len(b.Output); n > 0 {
		return clean(b.Output[n-1].Period)
	}
	return ""
}

func optional(v *float64) string {
	if v == nil {
		return ""
	}
	return number(count(*v))
}

func (t *brief) output() {
	if len(t.b.Output) == 0 {
		return
	}
	t.heading("Output against the target", fmt.Sprintf("vehicles built in %s, on what is committed and signed", t.n.regions(t.b.Regions)))
	top := 0.0
	for _, r := range t.b.Output {
		top = math.Max(top, r.Units)
		for _, v := range []*float64{r.Target, r.Forecast} {
			if v != nil {
				top = math.Max(top, *v)
			}
		}
	}
	columns := []column{{"year", false, false}, {"plan", true, false}, {"", false, false}, {"target", true, false}, {"forecast", true, false}, {"by", false, true}}
	var rows [][]string
	for _, r := range t.b.Output {
		mark := 0.0
		if r.Target != nil {
			mark = *r.Target / top
		} else if r.Forecast != nil {
			mark = *r.Forecast / top
		}
		rows = append(rows, []string{
			clean(r.Period), number(count(r.Units)) + t.mark(), t.column(r.Units/top, mark, 30), optional(r.Target), optional(r.Forecast), clean(r.By),
		})
	}
	t.table(columns, rows)
	t.paragraph(number(spreadText(t.b)), margin)
}

// column is a bar of n of 100 columns, with blanks to its full width, so that a column of bars keeps it.
func (t *brief) column(share, mark float64, n int) string {
	n = n * t.w / defaultWidth
	s := t.bar(share, mark, n)
	return s + strings.Repeat(" ", max(0, n-len([]rune(s))))
}

func (t *brief) curve() {
	points := triedPoints(t.b)
	if len(t.b.SupplyCurve) == 0 {
		return
	}
	target, _ := lastTarget(t.b)
	wanted := 0.0
	if target.Target != nil {
		wanted = *target.Target
	}
	top := wanted
	var proofs []headroom.Proof
	for _, p := range points {
		top, proofs = math.Max(top, *p.Units), append(proofs, p.Proof)
	}
	t.heading("What support would buy", "support: paid on every vehicle built up to the target; every deal and candidate may be used")
	columns := []column{{"per vehicle", true, false}, {"vehicles in " + targetPeriod(t.b), true, false}, {"", false, false}, {"of target", true, false}}
	var rows [][]string
	for _, p := range points {
		units := *p.Units
		row := []string{number(amount(p.Support, t.b.Currency)), number(count(units)) + Mark(p.Proof), t.column(units/top, wanted/top, 40)}
		if wanted > 0 {
			row = append(row, number(percent(units/wanted, 0)))
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		t.table(columns, rows)
	}
	t.notes(Legend(proofs...), untriedNote(t.b))
}

// notes are paragraphs, without those that say nothing.
func (t *brief) notes(list ...string) {
	for _, s := range list {
		if s != "" {
			t.paragraph(s, margin)
		}
	}
}

func (t *brief) binds() {
	if s := t.b.BindsProof.Status; s == headroom.StatusNotTried || s == headroom.StatusInterrupted || s == headroom.StatusNone {
		t.heading("What stands in the way", "")
		t.notes(capital(string(headroom.StatusNotTried)) + " (" + StopWord(t.b.BindsProof.Stopped) + ").")
		return
	}
	if len(t.b.Binds) == 0 {
		return
	}
	means := "vehicles in " + targetPeriod(t.b)
	if slices.ContainsFunc(t.b.Binds, func(c headroom.Cause) bool { return c.Cause == "capacity" }) {
		means += "; capacity is counted apart from the other causes"
	}
	t.heading("What stands in the way", means)
	for _, c := range t.b.Binds {
		lead := fmt.Sprintf("%s%10s  %-14s", margin, number(count(c.Units)), causeName(c.Cause))
		indent := strings.Repeat(" ", len([]rune(lead))+1)
		for i, l := range wrap(clean(c.Text), t.w-len(indent)) {
			if i == 0 {
				t.line(lead + " " + l)
			} else {
				t.line(indent + l)
			}
		}
	}
	if t.b.BindsProof.Status == headroom.StatusLimit {
		t.notes("At most so much, as far as the limit (" + StopWord(t.b.BindsProof.Stopped) + ") let it be proved.")
	}
}

func (t *brief) plants() {
	if len(t.b.Plants) == 0 {
		return
	}
	t.heading("Plants in "+targetPeriod(t.b), "headroom: what could still be built on the largest shift pattern without overtime")
	columns := []column{
		{"plant", false, true},
		{"state", false, false},
		{"capacity", true, false},
		{"built", true, false},
		{"used", true, false},
		{"", false, false},
		{"headroom", true, false},
	}
	var rows [][]string
	for _, p := range t.b.Plants {
		row := []string{of(t.n.plant, p.Plant), clean(string(p.State))}
		if p.Capacity > 0 {
			row = append(row, number(count(p.Capacity)), number(count(p.Units))+t.mark(), number(percent(p.Utilisation, 0)),
				t.column(p.Utilisation, 0, 16), number(count(p.Headroom)))
		}
		rows = append(rows, row)
	}
	t.table(columns, rows)
}

// worth is what a deal is worth as an interval, or why that is not told.
func worth(d headroom.BriefDeal, currency string) string {
	switch {
	case d.Decided && d.WorthLow != nil && d.WorthHigh != nil:
		lo, hi := millions(*d.WorthLow, currency), millions(*d.WorthHigh, currency)
		if lo == hi {
			return lo
		}
		return strings.TrimSuffix(lo, "m") + " to " + hi
	case d.WorthLow == nil && d.WorthHigh == nil && d.Note != "":
		return clean(d.Note)
	}
	return "not decided"
}

func (t *brief) deals() {
	if len(t.b.Deals) == 0 {
		return
	}
	t.heading("Deals", fmt.Sprintf("vehicles in %s if signed, in all and at home; net: by how much output at home rises; worth to all owners together, as the two plans prove", targetPeriod(t.b)))
	columns := []column{
		{"deal", false, true},
		{"host / guest", false, true},
		{"status", false, false},
		{"in all", true, false},
		{"at home", true, false},
		{"net", true, false},
		{"worth", false, true},
	}
	var rows [][]string
	var proofs []headroom.Proof
	for _, d := range t.b.Deals {
		value := worth(d, t.b.Currency)
		if d.Decided {
			value = number(value)
		}
		vehicles := func(v *float64) string {
			if v == nil {
				return ""
			}
			return number(count(*v)) + Mark(d.Proof)
		}
		rows = append(rows, []string{dealName(d), t.who(d), dealShort(d.Status), vehicles(d.Units), vehicles(d.HomeUnits), vehicles(d.HomeNet), value})
		proofs = append(proofs, d.Proof)
	}
	// The worth is the answer: it gives way only where there are reasons in its place.
	columns[len(columns)-1].flex = slices.ContainsFunc(rows, func(r []string) bool { return len(r[len(r)-1]) > longWorth })
	t.tight = t.w < defaultWidth
	t.table(columns, rows)
	t.tight = false
	t.notes(Legend(proofs...))
}

// longWorth is the length from which a worth is a reason and no money.
const longWorth = 24

// dealShort is the status of a deal where there is little room.
func dealShort(s headroom.DealStatus) string {
	if s == headroom.LOI {
		return "letter"
	}
	return dealStatus(s)
}

// longName is the length from which an org is called by its key where there is little room.
const longName = 14

func (t *brief) who(d headroom.BriefDeal) string {
	name := func(id string) string {
		if s := of(t.n.org, id); len([]rune(s)) <= longName {
			return s
		}
		return clean(id)
	}
	host, guest := name(d.Host), name(d.Guest)
	if host == guest || guest == "" {
		return host
	}
	return host + " / " + guest
}

func (t *brief) restsOn() {
	if len(t.b.RestsOn) == 0 {
		return
	}
	total := 0
	for _, r := range t.b.RestsOn {
		total += r.Count
	}
	t.heading("What the figures rest on", fmt.Sprintf("%s figures of the case", count(float64(total))))
	columns := []column{{"", false, false}, {"", true, false}, {"", true, false}, {"", false, false}, {"", false, true}}
	var rows [][]string
	for _, r := range t.b.RestsOn {
		rows = append(rows, []string{
			basisName(r.Basis), number(count(float64(r.Count))), number(percent(r.Share, 0)), t.column(r.Share, 0, 20), basisWords[r.Basis],
		})
	}
	t.table(columns, rows)
}

func basisName(b headroom.Basis) string {
	if s, ok := basisNames[b]; ok {
		return s
	}
	return clean(string(b))
}

// sources are the claims behind the question, as far as a screen has room for them.
func (t *brief) sources(c *headroom.Case) {
	claims := askedClaims(trace.NewTracer(c, nil, unitOf), c, t.b)
	if len(claims) == 0 {
		return
	}
	t.heading("Sources of the question", "headroom trace follows any number to its sources")
	for _, s := range claims {
		text := clean(s.Transform)
		if v := claimValue(s); v != missing {
			text += ": " + number(v)
		}
		t.paragraph(fmt.Sprintf("%s (%s; %s)", text, clean(s.Claim), byWhom(s)), margin)
	}
}

func (t *brief) proof() {
	p := &t.b.Proof
	t.heading("Proof", "")
	t.paragraph(t.proofLine(p), margin)
	if t.b.PlanNote != "" {
		t.paragraph("It counts on what is committed and signed. "+clean(t.b.PlanNote), margin)
	}
}

func (t *brief) proofLine(p *headroom.Proof) string {
	words := statusWords[p.Status]
	if base := baseProof(t.b); base.Status != p.Status {
		words = "the plan on what is committed and signed is " + string(base.Status) + "; " + StopWord(p.Stopped) + " came before all of the rest was done"
	}
	parts := []string{fmt.Sprintf("%s: %s", strings.ToUpper(clean(string(p.Status))), words)}
	if hasPlan(p.Status) {
		parts = append(parts, "value "+number(millions(p.Value, t.b.Currency))+", "+number(Within(*p, t.b.Currency)))
		parts = append(parts, number(EndText(*p, t.b.Currency)))
		parts = append(parts, fmt.Sprintf("checks: rules kept to %.1g, whole numbers to %.1g, money agrees to %.1g",
			p.Check.MaxRowViolation, p.Check.MaxIntegralityViolation, p.Check.MoneyError))
	}
	solver := strings.TrimSpace(fmt.Sprintf("%s %s %s", clean(p.Solver.Name), clean(p.Solver.Version), clean(p.Solver.Backend)))
	if solver != "" {
		parts = append(parts, solver)
	}
	if t.o.Seconds {
		parts = append(parts, fmt.Sprintf("%.1f s", p.Seconds))
	}
	parts = append(parts, fmt.Sprintf("seed %d", p.Seed))
	return strings.Join(parts, "; ") + "."
}

// hasPlan reports whether a plan of a status has figures to show.
func hasPlan(s headroom.PlanStatus) bool {
	switch s {
	case headroom.StatusVerified, headroom.StatusLimit, headroom.StatusTolerance, headroom.StatusDisputed:
		return true
	}
	return false
}
