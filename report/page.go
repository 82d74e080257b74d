package report

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"headroom"
	"headroom/trace"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageCSS string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"clean": clean}).Parse(pageText))

// ErrNoBrief is what HTML returns where there is nothing to report.
var ErrNoBrief = errors.New("no brief to report")

// head is the head of a column; Number columns stand right.
type head struct {
	Text   string
	Number bool
}

// cell is one cell of a table. Claims are links to the list of sources, behind the text. Ref is where a number is from, as
// headroom trace takes it; its marks come from that.
type cell struct {
	Text   string
	Claims []citation
	Ref    string
	Marks  []mark
}

// citation is a link to a claim in the list of sources. N is 0 where the case has no such claim.
type citation struct {
	N  int
	ID string
}

// grid is a table of the page.
type grid struct {
	Caption string
	Head    []head
	Rows    []row
	Anchor  string   // of the rows: each is an entry that marks lead to
	Marks   []mark   // of all numbers
	Columns [][]mark // of the numbers of each column
}

type row struct {
	Cells []cell
	Total bool
}

// ColumnMarks are the marks at the head of a column.
func (g grid) ColumnMarks(i int) []mark {
	if i >= len(g.Columns) {
		return nil
	}
	return g.Columns[i]
}

// RowID is the id of the n-th row where marks lead to rows, else "".
func (g grid) RowID(n int) string {
	if g.Anchor == "" {
		return ""
	}
	return fmt.Sprintf("%s-%d", g.Anchor, n+1)
}

func (g *grid) add(cells ...cell) { g.Rows = append(g.Rows, row{Cells: cells}) }

func (g *grid) total(cells ...cell) { g.Rows = append(g.Rows, row{Cells: cells, Total: true}) }

// longText is from how many characters on a cell needs room, and shortText up to how many it stays in one line.
const (
	longText  = 40
	shortText = 12
)

// Class is how a cell in the i-th column stands: a number to the right, long text with room, short text in one line.
func (g grid) Class(i int, c cell) string {
	n := len([]rune(c.Text))
	switch {
	case i < len(g.Head) && g.Head[i].Number:
		return "n"
	case n >= longText || len(c.Claims) > 1:
		return "long"
	case n <= shortText:
		return "brief"
	}
	return "text"
}

// tile is one figure at the head of the page.
type tile struct {
	Label, Value string
	Ref          string
	Marks        []mark
}

// part is a section of the page.
type part struct {
	ID, Title string
	Text      []span
	Figures   []*figure
	Tables    []grid
	Folded    []grid // tables that open when wanted
	Sources   []source
	Methods   []method
	Proof     []tile
}

// page is what the template is filled with.
type page struct {
	c *headroom.Case
	b *headroom.Brief
	p *headroom.Plan
	n *names
	o Options

	t       *trace.Tracer
	cited   map[string]int // number of each claim in the list of sources
	assumed map[string]int // number of each assumption, and of each scenario
	known   map[string][]mark
	methods []*method

	hues map[string]int // colour of each vehicle

	Title, Scenario string
	Sentence        []span
	AsOf            string // the day as of which the case is known, "" for all
	Status          headroom.PlanStatus
	StatusText      string
	NotFinal        string // what the mark of figures means where the plan is not verified
	CSS             template.CSS
	Tiles           []tile
	Parts           []part
}

// HTML writes one page that stands alone: its style and its pictures are in it, and it loads nothing. p is the plan whose tables
// it shows; where it is nil, the plan that b is about.
func HTML(w io.Writer, c *headroom.Case, b *headroom.Brief, p *headroom.Plan, o Options) error {
	if c == nil || b == nil {
		return ErrNoBrief
	}
	if p == nil {
		p = b.Base
	}
	if p == nil {
		p = &headroom.Plan{Status: b.Proof.Status}
	}
	r := &page{
		c: c, b: b, p: p, n: newNames(c), o: o, hues: map[string]int{}, Title: clean(b.Title), Sentence: sentenceSpans(b), known: map[string][]mark{}, Scenario: clean(c.Scenario), AsOf: c.AsOf.String(),
		Status: b.Proof.Status, StatusText: statusWords[b.Proof.Status], CSS: template.CSS(pageCSS), // ours: no text of a case
	}
	if r.Title == "" {
		r.Title = clean(c.ID)
	}
	r.t = trace.NewTracer(c, trace.ResultsOf(p, b), unitOf)
	r.number()
	r.Tiles = r.tiles()
	for _, one := range []part{
		r.questionPart(), r.outputPart(), r.curvePart(), r.bindsPart(), r.plantPart(), r.allocationPart(), r.dealPart(), r.costPart(), r.rangePart(), r.basisPart(),
		r.lifePart(), r.stressPart(), r.linkPart(), r.proofPart(), r.moneyPart(), r.flowPart(), r.boundPart(),
	} {
		r.add(one)
	}
	r.unproved()
	r.markAll()
	for _, one := range []part{r.methodPart(), r.assumptionPart(), r.sourcePart()} {
		r.add(one)
	}
	n := 0
	for _, one := range r.Parts {
		for _, f := range one.Figures {
			n++
			f.N = n
		}
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, r); err != nil {
		return fmt.Errorf("report page: %w", err)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// add adds a part that has something to show.
func (r *page) add(one part) {
	if !one.empty() {
		r.Parts = append(r.Parts, one)
	}
}

// proofRef is the reference of a number of the plan as a whole.
func proofRef(column string) string { return resultRef("brief_proof", column, "plan") }

// sentenceSpans are the pieces of the sentence of a brief: its numbers, and what stands between them.
func sentenceSpans(b *headroom.Brief) []span {
	var out []span
	rest := clean(b.Sentence)
	for _, f := range b.SentenceFigures {
		before, after, ok := strings.Cut(rest, f.Text)
		if !ok {
			continue
		}
		out, rest = append(out, words(before)...), after
		out = append(out, figureOf(f.Text, resultRef("brief_sentence", "value", f.Figure)))
	}
	return append(out, words(rest)...)
}

func (p part) empty() bool {
	return len(p.Figures) == 0 && len(p.Tables) == 0 && len(p.Folded) == 0 && len(p.Sources) == 0 && len(p.Methods) == 0 && len(p.Proof) == 0
}

// figures are those that there is something to draw for.
func figures(all ...*figure) []*figure {
	var out []*figure
	for _, f := range all {
		if f != nil {
			out = append(out, f)
		}
	}
	return out
}

// tables are those that have rows.
func tables(all ...grid) []grid {
	var out []grid
	for _, g := range all {
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// unlabelled reports whether the case has figures that rest on nothing.
func (r *page) unlabelled() bool {
	return slices.ContainsFunc(r.b.RestsOn, func(s headroom.BasisShare) bool { return s.Basis == headroom.BasisNone && s.Count > 0 })
}

func (r *page) tiles() []tile {
	var out []tile
	if t, ok := lastTarget(r.b); ok {
		period := clean(t.Period)
		built := resultRef("brief_output", "units", t.Period)
		out = append(out, tile{Label: "Built in " + period, Value: count(t.Units), Ref: built},
			tile{Label: "Target for " + period, Value: count(*t.Target), Ref: resultRef("brief_output", "target", t.Period)})
		if short := *t.Target - t.Units; short > 0 {
			out = append(out, tile{Label: "Short of it", Value: count(short), Ref: built})
		}
	} else if n := len(r.b.Output); n > 0 {
		last := r.b.Output[n-1]
		out = append(out, tile{Label: "Built in " + clean(last.Period), Value: count(last.Units), Ref: resultRef("brief_output", "units", last.Period)})
	}
	for _, s := range r.b.RestsOn {
		if s.Basis == headroom.BasisAssumption {
			assumed := tile{Label: "Figures assumed", Value: percent(s.Share, 0), Ref: resultRef("brief_rests_on", "share", string(s.Basis))}
			if s.Count > 0 || !r.unlabelled() {
				out = append(out, assumed)
			}
		}
		if s.Basis == headroom.BasisNone && s.Count > 0 {
			out = append(out, tile{Label: "Figures that nothing is said of", Value: percent(s.Share, 0), Ref: resultRef("brief_rests_on", "share", string(s.Basis))})
		}
	}
	return out
}

func (r *page) outputPart() part {
	return part{
		ID: "output", Title: "Output against the target", Text: spreadSpans(r.b),
		Figures: figures(r.outputFigure()), Folded: tables(r.vehicleTable(), r.targetTable()),
	}
}

func (r *page) curvePart() part {
	return part{ID: "support", Title: "What support would buy", Figures: figures(r.curveFigure())}
}

func (r *page) bindsPart() part {
	g := grid{
		Caption: "What stands between the plan and the target, in vehicles of " + targetPeriod(r.b),
		Head:    []head{{"Cause", false}, {"Vehicles", true}, {"What it means", false}},
	}
	for _, c := range r.b.Binds {
		g.add(cell{Text: causeName(c.Cause)}, cell{Text: count(c.Units), Ref: resultRef("brief_binds", "units", c.Cause)},
			cell{Text: c.Text, Ref: resultRef("brief_binds", "units", c.Cause)})
	}
	text := ""
	if slices.ContainsFunc(r.b.Binds, func(c headroom.Cause) bool { return c.Cause == "capacity" }) {
		text = "Capacity is counted apart from the other causes: it says what the plants could build, not what there is to build."
	}
	return part{
		ID: "binds", Title: "What stands in the way", Tables: tables(g),
		Text: words(text), Folded: tables(r.limitTable()),
	}
}

func (r *page) plantPart() part {
	return part{ID: "plants", Title: "Plants and their headroom", Figures: figures(r.plantFigure()), Folded: tables(r.stateTable())}
}

func (r *page) allocationPart() part {
	return part{ID: "allocation", Title: "What is built where, and when", Figures: figures(r.allocationFigure(true), r.allocationFigure(false))}
}

func (r *page) dealPart() part {
	return part{
		ID: "deals", Title: "Deals", Figures: figures(r.dealFigure()), Tables: tables(r.dealTable()),
		Text: words("A deal that is not signed is never a fact: the plan leaves it out, and each is judged by two plans, with it and without it."),
	}
}

func (r *page) costPart() part {
	return part{ID: "cost", Title: "What one vehicle costs by route", Figures: figures(r.costFigure())}
}

func (r *page) basisPart() part {
	return part{ID: "basis", Title: "What it all rests on", Figures: figures(r.basisFigure())}
}

func (r *page) moneyPart() part {
	return part{
		ID: "money", Title: "Money", Tables: tables(r.moneyTable()), Folded: tables(r.accountTable()),
		Text: words(fmt.Sprintf("In millions of %s at prices of %d, real and undiscounted but for what comes back at the end of the horizon, which is a present value. Costs are negative.",
			clean(r.c.BaseCurrency), r.c.PriceYear)),
	}
}

func (r *page) flowPart() part {
	return part{ID: "flows", Title: "Vehicles by market, and duty", Tables: tables(r.flowTable()), Folded: tables(r.dutyTable(), r.lostTable())}
}

func (r *page) assumptionPart() part {
	return part{
		ID: "assumptions", Title: "Assumptions", Tables: tables(r.assumptionTable()),
		Text: words("Where no source has a figure, the case assumes one, with what it may be at least and at most, and why."),
	}
}

func (r *page) boundPart() part {
	return part{
		ID: "bound", Title: "Figures from sources", Folded: tables(r.boundTable()),
		Text: words("Every figure that is printed in a source or worked out from some, with the claims that it rests on."),
	}
}

// terminalWords say what counts at the end of the horizon.
var terminalWords = map[headroom.TerminalRule]string{
	headroom.TerminalNone:     "none: nothing comes back",
	headroom.TerminalResidual: "residual: nothing is earned after the last period, and what was paid once comes back by its unused share, where it stands and earns",
}

func (r *page) proofPart() part {
	p := &r.b.Proof
	rule := terminalWords[headroom.TerminalResidual]
	if r.c.TerminalRule == headroom.TerminalNone {
		rule = terminalWords[headroom.TerminalNone]
	}
	out := []tile{{Label: "Status", Value: strings.ToUpper(clean(string(p.Status))) + ": " + statusWords[p.Status]}}
	if r.b.PlanNote != "" {
		out = append(out, tile{Label: "Counts on", Value: "what is committed and signed. " + clean(r.b.PlanNote)})
	}
	if p.ProvedBy == headroom.ProvedBySolver && p.Solver.Name != "" {
		out = append(out, tile{Label: "Bound proven by", Value: clean(p.Solver.Name)})
	}
	if r.p.Why != "" {
		out = append(out, tile{Label: "What failed", Value: clean(r.p.Why), Ref: proofRef("objective")})
	}
	if len(r.p.UnsignedInUse) > 0 {
		var ids []string
		for _, id := range r.p.UnsignedInUse {
			ids = append(ids, of(r.n.deal, id))
		}
		out = append(out, tile{Label: "Counts on unsigned deals", Value: strings.Join(ids, ", ")})
	}
	if hasPlan(p.Status) {
		out = append(out,
			tile{Label: r.objective(), Value: r.exact(p.Value), Ref: proofRef("objective")},
			tile{Label: "Of that, unused at the end of the horizon", Value: r.exact(p.End.Rest), Ref: proofRef("rest")},
			tile{Label: "Value of this plan without it", Value: r.exact(p.End.Without), Ref: proofRef("without_rest")},
			tile{Label: "Proved bound", Value: r.exact(p.Bound), Ref: proofRef("bound")},
			tile{Label: "Gap", Value: gapOrMoney(*p, r.b.Currency), Ref: proofRef("gap")},
			tile{Label: "Largest violation of a rule", Value: fmt.Sprintf("%.1g", p.Check.MaxRowViolation), Ref: proofRef("max_row_violation")},
			tile{Label: "Largest distance from a whole number", Value: fmt.Sprintf("%.1g", p.Check.MaxIntegralityViolation), Ref: proofRef("max_integrality_violation")},
			tile{Label: "Money recomputed apart, relative difference", Value: fmt.Sprintf("%.1g", p.Check.MoneyError), Ref: proofRef("money_error")})
	}
	if late := r.lateChanges(); len(late) > 0 {
		out = append(out, tile{Label: "What " + headroom.LateMark, Value: strings.Join(late, "; ")})
	}
	if s := strings.TrimSpace(p.Solver.Name + " " + p.Solver.Version + " " + p.Solver.Backend); s != "" {
		out = append(out, tile{Label: "Solver", Value: clean(s)})
	}
	out = append(out, tile{Label: "Seed", Value: fmt.Sprint(p.Seed)},
		tile{Label: "Discount rate", Value: plain(r.c.DiscountRate) + "% a year, real", Ref: r.setting("discount_rate")},
		tile{Label: "End of the horizon", Value: rule})
	if r.o.Program != "" {
		out = append(out, tile{Label: "Program", Value: clean(r.o.Program)})
	}
	if r.c.Hash != "" {
		out = append(out, tile{Label: "Case, SHA-256", Value: clean(r.c.Hash)})
	}
	return part{ID: "proof", Title: "Why the plan can be believed", Proof: out}
}

func (r *page) objective() string {
	if r.p.Objective == "cost" {
		return "Discounted cost"
	}
	return "Net present value"
}

// exact is an amount in millions to the digits that tell a value from its bound.
func (r *page) exact(v float64) string {
	return signed(v/1e6, symbol(r.b.Currency), 3, " million")
}
