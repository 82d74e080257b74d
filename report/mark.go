package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"headroom/trace"
)

// Every number of the page says where it is from. A number carries its reference as headroom trace takes it; from that come its
// marks: [3] leads to a claim in the list of sources, [A3] to an assumption, [R3] to how a result of the plan was worked out and
// what it rests on. Where all numbers of a table have the same marks they stand at its title, where those of a column have at
// its head, and else at each number.

// mark is a link from a number to where it is from.
type mark struct{ Anchor, Label string }

// span is a piece of running text; Ref is set where it is a number.
type span struct {
	Text  string
	Ref   string
	Marks []mark
}

// words are a text without numbers of its own.
func words(s string) []span {
	if s == "" {
		return nil
	}
	return []span{{Text: s}}
}

// figureOf is a number in running text.
func figureOf(text, ref string) span { return span{Text: text, Ref: ref} }

// text of a format whose verbs %s are filled with spans; other verbs there are none.
func spans(format string, args ...span) []span {
	var out []span
	pieces := strings.Split(format, "%s")
	for i, p := range pieces {
		if p != "" {
			out = append(out, span{Text: p})
		}
		if i < len(pieces)-1 && i < len(args) {
			out = append(out, args[i])
		}
	}
	return out
}

// mostMarks is how many marks a result carries itself: one that rests on more leads to how it was worked out.
const mostMarks = 4

// marksOf are the marks of a reference. A reference that names nothing has none.
func (r *page) marksOf(ref string) []mark {
	if ref == "" {
		return nil
	}
	if m, ok := r.known[ref]; ok {
		return m
	}
	m := r.newMarks(ref)
	r.known[ref] = m
	return m
}

func (r *page) newMarks(ref string) []mark {
	s := r.t.Head(ref)
	if !strings.HasPrefix(ref, "result/") {
		return r.direct(s)
	}
	var out []mark
	for _, next := range s.RestsOn {
		below := r.t.Head(next)
		if below.Kind == trace.StepResult {
			out = nil
			break
		}
		for _, m := range r.direct(below) {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	if len(out) > 0 && len(out) <= mostMarks && !strings.Contains(ref, "=") && !worked(ref) {
		return out
	}
	return []mark{r.methodOf(ref)}
}

// worked reports whether a result leads to how it was worked out however little it rests on: a level of the supply curve is
// nobody's figure, and the parts of a cost are differences of two plants.
func worked(ref string) bool {
	return strings.HasPrefix(ref, "result/brief_supply_curve/") || strings.HasPrefix(ref, "result/brief_cost_per_car/")
}

// direct are the marks of the claims and assumptions on which a step rests without another figure between.
func (r *page) direct(s trace.TraceStep) []mark {
	refs := s.RestsOn
	if s.Grounded() {
		refs = []string{s.Ref}
	}
	var out []mark
	for _, ref := range refs {
		if m, ok := r.ground(ref); ok {
			out = append(out, m)
		}
	}
	return out
}

// ground is the mark of a claim, an assumption or a scenario.
func (r *page) ground(ref string) (mark, bool) {
	kind, id, _ := strings.Cut(ref, "/")
	switch kind {
	case "claim":
		if n := r.cited[id]; n > 0 {
			return mark{"claim-" + strconv.Itoa(n), strconv.Itoa(n)}, true
		}
	case "assumption", "scenario":
		if n := r.assumed[ref]; n > 0 {
			return mark{"assumption-" + strconv.Itoa(n), "A" + strconv.Itoa(n)}, true
		}
	}
	return mark{}, false
}

// markAll gives all numbers of the page their marks.
func (r *page) markAll() {
	r.markSpans(r.Sentence)
	r.markTiles(r.Tiles)
	for i := range r.Parts {
		p := &r.Parts[i]
		r.markSpans(p.Text)
		r.markTiles(p.Proof)
		for _, f := range p.Figures {
			r.markSpans(f.Note)
			r.markGrid(&f.Table)
			f.Marks = f.Table.allMarks()
		}
		for k := range p.Tables {
			r.markGrid(&p.Tables[k])
		}
		for k := range p.Folded {
			r.markGrid(&p.Folded[k])
		}
	}
}

func (r *page) markSpans(list []span) {
	for i := range list {
		list[i].Marks = r.marksOf(list[i].Ref)
	}
}

func (r *page) markTiles(list []tile) {
	for i := range list {
		list[i].Marks = r.marksOf(list[i].Ref)
	}
}

// markGrid marks a table at its title, at the heads of columns, or at its cells.
func (r *page) markGrid(g *grid) {
	g.Columns = make([][]mark, len(g.Head))
	whole := map[string][]mark{}
	for c := range g.Head {
		column := map[string][]mark{}
		for _, row := range g.Rows {
			if c < len(row.Cells) && row.Cells[c].Ref != "" {
				m := r.marksOf(row.Cells[c].Ref)
				column[fmt.Sprint(m)], whole[fmt.Sprint(m)] = m, m
			}
		}
		if len(column) == 1 {
			for _, m := range column {
				g.Columns[c] = m
			}
			continue
		}
		for _, row := range g.Rows {
			if c < len(row.Cells) {
				row.Cells[c].Marks = r.marksOf(row.Cells[c].Ref)
			}
		}
	}
	if len(whole) == 1 {
		g.Columns = make([][]mark, len(g.Head))
		for _, m := range whole {
			g.Marks = m
		}
		for _, row := range g.Rows {
			for c := range row.Cells {
				row.Cells[c].Marks = nil
			}
		}
	}
}

// allMarks are the marks at the title, at the heads and at the cells of a table, each once.
func (g *grid) allMarks() []mark {
	var out []mark
	add := func(list []mark) {
		for _, m := range list {
			if !slices.Contains(out, m) {
				out = append(out, m)
			}
		}
	}
	add(g.Marks)
	for _, list := range g.Columns {
		add(list)
	}
	for _, row := range g.Rows {
		for _, c := range row.Cells {
			add(c.Marks)
		}
	}
	return out
}

// resultRef is the reference of a result by its key.
func resultRef(table, column string, key ...string) string {
	return "result/" + table + "/" + strings.Join(key, ":") + "/" + column
}

// sumRef is the reference of a sum of results: conditions are column, value, column, value …; many values stand with commas.
func sumRef(table, column string, conditions ...string) string {
	var parts []string
	for i := 0; i+1 < len(conditions); i += 2 {
		parts = append(parts, conditions[i]+"="+conditions[i+1])
	}
	return resultRef(table, column, parts...)
}

// setting is the reference of a field of case.yaml.
func (r *page) setting(column string) string { return "case/" + r.c.ID + "/" + column }
