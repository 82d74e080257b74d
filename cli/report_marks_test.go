package cli_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/answer"
	"headroom/cli"
	"headroom/highs"
	"headroom/internal/tree"
	"headroom/planner"
	"headroom/report"
	"headroom/table"
	"headroom/trace"
)

// ukCase is the case that is shipped.
const ukCase = "../cases/uk-2035"

// TestReportResolves holds that every number of the report of the shipped UK case is from somewhere: it leads, by a mark at
// itself, at the head of its column or at its table, to a claim, to an assumption, or to how a result was worked out, and the
// trace of each result ends in claims and assumptions alone.
//
// The plan is a real one. What takes many more plans — the supply curve, the deals, what binds — has every number that it would
// have, with values made up. With HEADROOM_RUN naming a saved brief of the case, the page is that of the brief.
func TestReportResolves(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it plans the UK case")
	}
	c, found, err := table.Load(ukCase, table.LoadOptions{})
	if err != nil || c == nil {
		t.Fatal(err, found)
	}
	b := savedBrief(t)
	if b == nil {
		b = ukBrief(t, c)
	}
	var page bytes.Buffer
	if err := report.HTML(&page, c, b, b.Base, report.Options{Program: "headroom v0.0.0"}); err != nil {
		t.Fatal(err)
	}
	p := readPage(t, page.String())
	p.periods = map[string]bool{}
	for _, per := range c.Periods {
		p.periods[per.ID] = true
	}
	n, bad := p.nowhere()
	for _, b := range bad[:min(len(bad), 20)] {
		t.Errorf("%s leads nowhere", b)
	}
	if n < 1500 {
		t.Errorf("only %d numbers were looked at", n)
	}
	p.checkLinks(t)
	bare := readPage(t, regexp.MustCompile(`<sup class="ref">.*?</sup>`).ReplaceAllString(page.String(), ""))
	if _, bad := bare.nowhere(); len(bad) < n/2 {
		t.Errorf("without marks only %d of %d numbers lead nowhere: this test does not look", len(bad), n)
	}
	checkRefs(t, trace.NewTracer(c, trace.ResultsOf(b.Base, b), func(string, string) string { return "" }), p.refs)
	checkSteps(t, p)
}

// savedBrief is the brief that HEADROOM_RUN names, nil where it names none.
func savedBrief(t *testing.T) *headroom.Brief {
	t.Helper()
	dir := os.Getenv("HEADROOM_RUN")
	if dir == "" {
		return nil
	}
	b, err := cli.BriefOfRun(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ukBrief is a brief of the case with all its parts.
func ukBrief(t *testing.T, c *headroom.Case) *headroom.Brief {
	t.Helper()
	s, _, err := highs.Find(highs.Auto, highs.Config{Getenv: tree.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	b, err := answer.BaseBrief(context.Background(), c, s, planner.Options{Gap: 1e-2, Seed: 1, Threads: 1})
	if err != nil || len(b.Output) == 0 {
		t.Fatalf("%v, brief %+v", err, b)
	}
	for i, support := range []float64{0, 500, 2500} {
		b.SupplyCurve = append(b.SupplyCurve, headroom.SupplyPoint{Support: support, Units: new(912345 + 100000*float64(i)), Gap: new(0.0012), Proof: b.Proof})
	}
	for i, cause := range []string{"worth", "signature", "programme", "capacity"} {
		b.Binds = append(b.Binds, headroom.Cause{Cause: cause, Text: "brings it to 1,234,567", Units: 34567 + float64(i)})
	}
	for i, a := range c.Arrangements {
		d := headroom.BriefDeal{Deal: a.ID, Name: a.Name, Host: a.Host, Guest: a.Guest, Status: a.Status, Units: new(23456 + float64(i)), HomeUnits: new(12345.0), HomeNet: new(11223.0), Decided: true, Proof: b.Proof}
		if a.Status.Dead() {
			d.Note = "called off"
		} else {
			d.WorthLow, d.WorthHigh = new(-65.4e6), new(-64.3e6)
		}
		b.Deals = append(b.Deals, d)
	}
	b.Sentence = "The UK builds 904,130 vehicles in 2035, 395,870 short of the target of 1,300,000; the 7 unsigned deals could add 275,423 at most, deals and candidates together add 17,539, and 85,544 have no programme."
	for _, f := range [][2]string{
		{headroom.FigureBuilt, "904,130"},
		{headroom.FigureShort, "395,870"},
		{headroom.FigureTarget, "1,300,000"},
		{headroom.FigureUnsigned, "7"},
		{headroom.FigureDeals, "275,423"},
		{headroom.FigurePays, "17,539"},
		{headroom.FigureNoProgramme, "85,544"},
	} {
		b.SentenceFigures = append(b.SentenceFigures, headroom.SentenceFigure{Figure: f[0], Text: f[1], Value: 1})
	}
	return b
}

// node is an element of the page.
type node struct {
	name     string
	attr     map[string]string
	text     string // of a text node, which has no name
	parent   *node
	children []*node
}

// htmlPage is the page as a tree.
type htmlPage struct {
	root    *node
	ids     map[string]*node
	refs    []string
	periods map[string]bool
}

func readPage(t *testing.T, text string) *htmlPage {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	p := &htmlPage{root: &node{}, ids: map[string]*node{}}
	at := p.root
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			n := &node{name: e.Name.Local, attr: map[string]string{}, parent: at}
			for _, a := range e.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			if id := n.attr["id"]; id != "" {
				p.ids[id] = n
			}
			if ref := n.attr["data-ref"]; ref != "" {
				p.refs = append(p.refs, ref)
			}
			at.children = append(at.children, n)
			at = n
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			at.children = append(at.children, &node{text: string(e), parent: at})
		}
	}
}

// walk visits a node and all below it.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		c.walk(visit)
	}
}

// within is the nearest element around a node with a name and, where it is given, a class; nil where there is none.
func (n *node) within(name, class string) *node {
	for a := n; a != nil; a = a.parent {
		if a.name == name && (class == "" || slices.Contains(strings.Fields(a.attr["class"]), class)) {
			return a
		}
	}
	return nil
}

// links are the ids that the marks and citations within a node lead to.
func (n *node) links() []string {
	var out []string
	n.walk(func(x *node) {
		if href, ok := strings.CutPrefix(x.attr["href"], "#"); ok && x.name == "a" {
			out = append(out, href)
		}
	})
	return out
}

// figureToken is a number that stands for itself: not part of a name, a key or a date.
var (
	figureToken = regexp.MustCompile(`\d[\d,.]*\d|\d`)
	partOfName  = regexp.MustCompile(`[\pL_/-]$`)
	yearOrDate  = regexp.MustCompile(`^(19|20)\d\d$`)
)

// numbers are the numbers of a text node that are figures.
func (p *htmlPage) numbers(text string) []string {
	var out []string
	for _, at := range figureToken.FindAllStringIndex(text, -1) {
		token := text[at[0]:at[1]]
		if partOfName.MatchString(text[:at[0]]) || yearOrDate.MatchString(token) || p.periods[token] ||
			regexp.MustCompile(`^-\d\d`).MatchString(text[at[1]:]) {
			continue
		}
		out = append(out, token)
	}
	return out
}

// free are the places in which digits are no figures: marks themselves, names of figures and parts, keys, the entries that marks
// lead to, and what identifies the plan and the program.
func free(n *node) bool {
	for _, tag := range []string{"style", "title", "h1", "h2", "sup", "code", "nav", "svg"} {
		if n.within(tag, "") != nil {
			return true
		}
	}
	if n.within("ol", "sources") != nil || n.within("ol", "methods") != nil || n.within("a", "cite") != nil || n.within("b", "") != nil || n.within("summary", "") != nil {
		return true
	}
	if tr := n.within("tr", ""); tr != nil && strings.HasPrefix(tr.attr["id"], "assumption-") {
		return true
	}
	if dd := n.within("dd", ""); dd != nil {
		label := ""
		dd.parent.walk(func(x *node) {
			if x.within("dt", "") != nil {
				label += x.text
			}
		})
		return slices.Contains([]string{"Solver", "Seed", "Program", "Case, SHA-256"}, label)
	}
	return false
}

// marked reports whether a number leads somewhere, from itself, its row, the head of its column, its table or its picture.
func marked(n *node) bool {
	if span := n.within("span", ""); span != nil {
		return len(span.links()) > 0
	}
	if dd := n.within("dd", ""); dd != nil {
		return len(dd.links()) > 0
	}
	cell := n.within("td", "")
	if cell == nil {
		cell = n.within("th", "")
	}
	if cell == nil {
		return false
	}
	if len(cell.links()) > 0 {
		return true
	}
	row := cell.parent
	column := slices.Index(row.children, cell)
	table := cell.within("table", "")
	var head []*node
	table.walk(func(x *node) {
		if x.name == "th" && x.attr["scope"] == "col" {
			head = append(head, x)
		}
	})
	if column < len(head) && len(head[column].links()) > 0 {
		return true
	}
	scroll := table.parent
	before := slices.Index(scroll.parent.children, scroll)
	for i := before - 1; i >= 0 && i >= before-4; i-- {
		if x := scroll.parent.children[i]; x.name == "p" && x.attr["class"] == "from" && len(x.links()) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(row.children, func(x *node) bool { return len(x.links()) > 0 && x.attr["data-ref"] == "" })
}

// nowhere looks at every number of the page: how many there are, and those that lead nowhere.
func (p *htmlPage) nowhere() (n int, bad []string) {
	p.root.walk(func(x *node) {
		if x.name != "" || free(x) {
			return
		}
		for _, number := range p.numbers(x.text) {
			n++
			if !marked(x) {
				bad = append(bad, fmt.Sprintf("%q in %q (<%s class=%q>)", number, strings.TrimSpace(x.text), x.parent.name, x.parent.attr["class"]))
			}
		}
	})
	return n, bad
}

// checkLinks holds that every link leads to a place of the page, and that a picture with numbers has a mark.
func (p *htmlPage) checkLinks(t *testing.T) {
	t.Helper()
	p.root.walk(func(x *node) {
		if href, ok := strings.CutPrefix(x.attr["href"], "#"); ok && p.ids[href] == nil {
			t.Errorf("a link leads to #%s, which is not there", href)
		}
		if x.name == "div" && x.attr["class"] == "plate" {
			x.walk(func(y *node) {
				if y.attr["class"] == "caption" && len(y.links()) == 0 && hasFigures(x) {
					t.Errorf("a picture has numbers and its caption no mark")
				}
			})
		}
	})
}

// hasFigures reports whether the table of a picture has numbers with references.
func hasFigures(plate *node) bool {
	any := false
	plate.walk(func(x *node) { any = any || x.name == "td" && x.attr["data-ref"] != "" })
	return any
}

// checkRefs holds that each reference of the page names something, and that its trace ends in claims and assumptions.
func checkRefs(t *testing.T, tr *trace.Tracer, refs []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, ref := range refs {
		if seen[ref] {
			continue
		}
		seen[ref] = true
		ends, loose, err := tr.Ends(ref)
		if err != nil || len(ends) == 0 || len(loose) > 0 {
			t.Errorf("%s: ends in %d claims and assumptions, and in %v, %v", ref, len(ends), loose, err)
		}
	}
	if len(seen) < 1000 {
		t.Errorf("only %d references", len(seen))
	}
}

// checkSteps holds that a reader comes from two numbers of the article to their sources: by a mark at the number to the claim,
// which has its publisher, status and address.
func checkSteps(t *testing.T, p *htmlPage) {
	t.Helper()
	for what, want := range map[string]string{"1,300,000": "TGT-2035", "1 to 2 models": "ARTICLE-1OR2"} {
		found := false
		p.root.walk(func(x *node) {
			if x.name != "" || !strings.Contains(x.text, what) || free(x) {
				return
			}
			for _, link := range x.parent.links() {
				entry := p.ids[link]
				text, address := "", ""
				entry.walk(func(y *node) {
					text += y.text
					if y.name == "a" {
						address = y.attr["href"]
					}
				})
				found = found || strings.Contains(text, want) && strings.HasPrefix(address, "http")
			}
		})
		if !found {
			t.Errorf("no way from %s to %s and its address", what, want)
		}
	}
	for id, n := range p.ids {
		if !strings.HasPrefix(id, "result-") {
			continue
		}
		if !p.grounded(id, map[string]bool{}) {
			t.Errorf("%s leads neither to claims nor to assumptions: %v", id, n.links())
		}
	}
}

// grounded reports whether an entry leads in the end to claims and assumptions.
func (p *htmlPage) grounded(id string, seen map[string]bool) bool {
	if seen[id] {
		return false
	}
	seen[id] = true
	if !strings.HasPrefix(id, "result-") {
		return strings.HasPrefix(id, "claim-") || strings.HasPrefix(id, "assumption-")
	}
	return slices.ContainsFunc(p.ids[id].links(), func(l string) bool { return p.grounded(l, seen) })
}
