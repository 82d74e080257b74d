package report

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"headroom/trace"
)

// method is how results of one kind were worked out, and what they rest on.
type method struct {
	N           int
	Title, Text string
	Example     string // a reference to trace
	Groups      []ground
	refs        []string
}

// ground is a group of figures or results that results rest on.
type ground struct {
	Name  string
	Marks []mark
}

// methodKind is what is said of the results of a table, or of one column of it.
type methodKind struct{ title, text string }

var methodKinds = map[string]methodKind{
	"output":             {"Vehicles built", "Chosen by the plan within demand, capacity, commitments and deals, so that the whole is worth most."},
	"flow":               {"Vehicles sent to markets", "What the plants build, sent where the demand is by the way that costs least."},
	"lost":               {"Sales lost", "Demand less what is sent."},
	"shift":              {"Shift patterns", "The pattern that what is built needs, times the capacity of the line."},
	"target":             {"Targets", "What the plants of the target build together, beside the target."},
	"cash":               {"Money", "Volumes of the plan times prices, costs, duties and fees, by owner; counted a second time by code that shares nothing with the plan."},
	"binding":            {"Worth of one vehicle more at a limit", "What the plan would gain if the limit were one vehicle wider, decisions fixed."},
	"discount":           {"Discount factors", "1 / (1 + discount rate) to the power of the middle of the period in years."},
	"brief_sentence":     {"Numbers of the first sentence", "Differences and counts of the numbers below."},
	"brief_output":       {"Output of the target's plants", "The sum of what they build."},
	"brief_supply_curve": {"Output with support", "A plan for each level of support, in which every vehicle up to the target is supported and every deal and candidate may be taken up. The levels themselves are those that were tried."},
	"brief_binds":        {"What stands in the way", "Differences between plans of the most that can be built: with and without what the cause names."},
	"brief_plants":       {"Capacity, use and headroom of plants", "Capacity of the lines on the largest shift pattern without overtime, beside what is built."},
	"brief_deals":        {"Vehicles and worth of deals", "Two plans for each deal, in one of which it is signed: what is built under it, by how much the output of the plants of the target's regions differs (net), and the difference of the two values as far as both are proved."},
	"brief_cost_per_car": {"Cost by route", "The figures of the route, part by part, less those of the plant at home."},
	"brief_rests_on":     {"Counts of figures", "A count of the figures of the case by what they rest on."},
	"brief_proof":        {"The plan's value and its checks", "Worked out with the plan from every figure that it reads."},
	"brief_spread":       {"How far forecasts have missed", "Forecasts of the claims beside what happened, by how many years before they were made."},
	"alloc":              {"Places of vehicles", "Commitments, and what the plan launches."},
	"plant_state":        {"States of plants", "As the case fixes them, or chosen by the plan."},
	"rest":               {"What comes back at the end of the horizon", "The unused share of what was paid once, where it stands and earns."},
	"deal":               {"Vehicles built under deals", "The sum of what is built at the places of the deal."},
}

// methodOf is the mark of how a result was worked out, which is new where it is the first of its kind.
func (r *page) methodOf(ref string) mark {
	table, _, _ := strings.Cut(strings.TrimPrefix(ref, "result/"), "/")
	at := slices.IndexFunc(r.methods, func(m *method) bool { return m.table() == table })
	if at < 0 {
		kind := methodKinds[table]
		if kind.title == "" {
			kind.title = table
		}
		at = len(r.methods)
		r.methods = append(r.methods, &method{N: at + 1, Title: kind.title, Text: kind.text, Example: ref})
	}
	m := r.methods[at]
	m.refs = append(m.refs, ref)
	return mark{"result-" + strconv.Itoa(m.N), "R" + strconv.Itoa(m.N)}
}

// table is the table of a method's results.
func (m *method) table() string {
	table, _, _ := strings.Cut(strings.TrimPrefix(m.Example, "result/"), "/")
	return table
}

// methodPart says of each kind of result how it was worked out and what it rests on. Working out what one kind rests on may lead
// to kinds that no number on the page has; they are said too.
func (r *page) methodPart() part {
	for i := 0; i < len(r.methods); i++ {
		r.methods[i].Groups = r.grounds(r.methods[i])
	}
	out := part{ID: "results", Title: "How the results were worked out", Text: words(
		"In a best plan everything depends a little on everything. Said here is what is near: the figures of the vehicles, lines, plants, markets, deals and periods that a result is about. The command headroom trace shows it for one number.")}
	for _, m := range r.methods {
		out.Methods = append(out.Methods, *m)
	}
	return out
}

// grounds are what the results of a method rest on: other kinds of results, and figures by table and column.
func (r *page) grounds(m *method) []ground {
	marks := map[string][]mark{}
	seen := map[string]bool{}
	put := func(name string, list ...mark) {
		for _, x := range list {
			if key := name + "\x00" + x.Anchor; !seen[key] {
				seen[key] = true
				marks[name] = append(marks[name], x)
			}
		}
	}
	var walk func(ref string)
	walk = func(ref string) {
		if seen[ref] {
			return
		}
		seen[ref] = true
		s := r.t.Head(ref)
		for _, next := range s.RestsOn {
			below := r.t.Head(next)
			switch {
			case below.Kind == trace.StepResult && strings.Contains(ref, "="), below.Kind == trace.StepResult && sameTable(ref, next):
				walk(next) // the rows of a sum
			case below.Kind == trace.StepResult:
				put("Results", r.methodOf(next))
			case below.Grounded() && s.Kind == trace.StepResult:
				put("Claims", r.direct(below)...)
			case below.Grounded(): // the mark of the figure has said it
			default:
				table, rest, _ := strings.Cut(next, "/")
				column := rest[strings.LastIndexByte(rest, '/')+1:]
				text, _ := meaning(table, column)
				text, _, _ = strings.Cut(text, ";")
				put(fmt.Sprintf("%s (%s.%s)", text, table, column), r.direct(below)...)
				if below.Transform != "" && len(below.RestsOn) > 0 {
					walk(next) // the outturn that a fit is made from
				}
			}
		}
	}
	for _, ref := range m.refs {
		walk(ref)
	}
	var out []ground
	for name, list := range marks {
		sort.Slice(list, func(i, j int) bool { return list[i].before(list[j]) })
		out = append(out, ground{name, list})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// sameTable reports whether two results are of one table.
func sameTable(a, b string) bool {
	x, _, _ := strings.Cut(strings.TrimPrefix(a, "result/"), "/")
	y, _, _ := strings.Cut(strings.TrimPrefix(b, "result/"), "/")
	return x == y
}

// before orders marks: claims, assumptions, results, each by number.
func (m mark) before(n mark) bool {
	letter := func(s string) string { return strings.TrimRight(s, "0123456789") }
	if a, b := letter(m.Label), letter(n.Label); a != b {
		return a < b
	}
	a, _ := strconv.Atoi(strings.TrimLeft(m.Label, "AR"))
	b, _ := strconv.Atoi(strings.TrimLeft(n.Label, "AR"))
	return a < b
}
