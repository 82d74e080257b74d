package report

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"headroom"
	"headroom/formula"
	"headroom/table"
)

// pivot sums amounts by a key in several columns and by period. Each key knows the reference of its amounts by period, and so
// does the row of sums.
type pivot struct {
	periods []string
	at      map[string]int
	keys    []string
	cells   map[string][]float64
	refs    map[string]func(period string) string
	sums    func(period string) string
}

// between is what the columns of a pivot's key are apart by; it cannot stand in a cell of a case that clean has seen.
const between = "\x00"

func newPivot(periods []string) *pivot {
	v := &pivot{periods: periods, at: map[string]int{}, cells: map[string][]float64{}, refs: map[string]func(string) string{}}
	for i, p := range periods {
		v.at[p] = i
	}
	return v
}

func (v *pivot) add(period string, amount float64, ref func(period string) string, key ...string) {
	t, ok := v.at[period]
	if !ok {
		return
	}
	k := strings.Join(key, between)
	if v.cells[k] == nil {
		v.cells[k] = make([]float64, len(v.periods))
		v.keys = append(v.keys, k)
		v.refs[k] = ref
	}
	v.cells[k][t] += amount
}

// grid is the pivot as a table, with a row of sums where sum has a name for it.
func (v *pivot) grid(caption, sum string, text func(float64) string, heads ...string) grid {
	g := grid{Caption: caption}
	for _, h := range heads {
		g.Head = append(g.Head, head{h, false})
	}
	for _, p := range v.periods {
		g.Head = append(g.Head, head{clean(p), true})
	}
	sums := make([]float64, len(v.periods))
	for _, k := range v.keys {
		var cells []cell
		for s := range strings.SplitSeq(k, between) {
			cells = append(cells, cell{Text: s})
		}
		for t, x := range v.cells[k] {
			cells = append(cells, refCell(text(x), v.refs[k](v.periods[t])))
			sums[t] += x
		}
		g.add(cells...)
	}
	if sum != "" && len(v.keys) > 1 {
		cells := make([]cell, len(heads))
		cells[0].Text = sum
		for t, x := range sums {
			cells = append(cells, refCell(text(x), v.sums(v.periods[t])))
		}
		g.total(cells...)
	}
	return g
}

// refCell is a number with its reference; where there is no number there is no reference.
func refCell(text, ref string) cell {
	if text == missing {
		return cell{Text: text}
	}
	return cell{Text: text, Ref: ref}
}

// by makes references of sums of a table of results: those rows that keep to conditions, in a period.
func by(table, column string, conditions ...string) func(period string) string {
	return func(period string) string {
		return sumRef(table, column, append(slices.Clone(conditions), "period", period)...)
	}
}

// units is a number of vehicles in a table, where nothing is a dash.
func units(v float64) string {
	if v == 0 {
		return missing
	}
	return count(v)
}

func (r *page) vehicleTable() grid {
	v := newPivot(r.n.periods())
	for _, inside := range []bool{true, false} {
		for _, p := range r.c.Plants {
			for _, o := range r.p.Outputs {
				if o.Plant == p.ID && r.n.within(o.Plant, r.b.Regions) == inside {
					v.add(o.Period, o.Units, by("output", "units", "plant", o.Plant, "vehicle", o.Vehicle, "content", o.Content),
						of(r.n.plant, o.Plant), vehicleName(r.n, o.Vehicle, o.Content))
				}
			}
		}
	}
	v.sums = by("output", "units")
	return v.grid("Vehicles built, by plant, vehicle and period, all plants of the case", "All", units, "Plant", "Vehicle")
}

func vehicleName(n *names, vehicle, content string) string {
	s := of(n.vehicle, vehicle)
	if content != "" && content != "full" {
		s += ", " + clean(content)
	}
	return s
}

func (r *page) targetTable() grid {
	g := grid{Caption: "Targets", Head: []head{{"Target", false}, {"Period", false}, {"Plan", true}, {"Wanted", true}, {"Missing", true}}}
	for _, t := range r.p.Targets {
		ref := func(column string) string { return resultRef("target", column, t.Target, t.Period) }
		g.add(cell{Text: t.Target}, cell{Text: t.Period}, cell{Text: count(t.Value), Ref: ref("value")}, cell{Text: count(t.Wanted), Ref: ref("target")},
			cell{Text: count(t.Gap), Ref: ref("gap")})
	}
	return g
}

func (r *page) stateTable() grid {
	g := grid{Caption: "State of each plant by period", Head: []head{{"Plant", false}}}
	periods := r.n.periods()
	for _, p := range periods {
		g.Head = append(g.Head, head{clean(p), false})
	}
	states := map[string][]cell{}
	for _, s := range r.p.States {
		t := r.n.at(s.Period)
		if t < 0 {
			continue
		}
		if states[s.Plant] == nil {
			states[s.Plant] = make([]cell, len(periods))
			for i := range periods {
				states[s.Plant][i].Text = missing
			}
		}
		states[s.Plant][t].Text = string(s.State)
		if s.Late {
			states[s.Plant][t].Text += " (" + headroom.LateMark + ")"
		}
	}
	for _, p := range r.c.Plants {
		if states[p.ID] != nil {
			g.add(append([]cell{{Text: of(r.n.plant, p.ID)}}, states[p.ID]...)...)
		}
	}
	return g
}

// limitTable is what one vehicle more would be worth at each limit that holds the plan back.
func (r *page) limitTable() grid {
	v := newPivot(r.n.periods())
	for _, b := range r.p.Bindings {
		ref := func(period string) string { return resultRef("binding", "price", b.Limit, b.Key, period) }
		v.add(b.Period, b.Price, ref, clean(strings.ReplaceAll(b.Limit, "_", " ")), clean(b.Key))
	}
	caption := "Limits that hold the plan back: what one vehicle more would be worth, " + symbolName(r.b.Currency) + ", discounted"
	return v.grid(caption, "", units, "Limit", "Of")
}

func (r *page) dealTable() grid {
	g := grid{
		Caption: "Deals, with vehicles in " + targetPeriod(r.b) + " if each is signed",
		Head: []head{
			{"Deal", false},
			{"Host", false},
			{"Guest", false},
			{"Status", false},
			{"Since", false},
			{"Vehicles", true},
			{"At home", true},
			{"Net at home", true},
			{"Worth", true},
			{"What is known", false},
		},
	}
	for _, d := range r.b.Deals {
		a := headroom.Arrangement{}
		if i := slices.IndexFunc(r.c.Arrangements, func(a headroom.Arrangement) bool { return a.ID == d.Deal }); i >= 0 {
			a = r.c.Arrangements[i]
		}
		ref := func(column string) string { return resultRef("brief_deals", column, d.Deal) }
		vehicles := func(v *float64, column string) cell {
			if v == nil {
				return cell{Text: missing}
			}
			return cell{Text: count(*v) + Mark(d.Proof), Ref: ref(column)}
		}
		text := worth(d, r.b.Currency)
		if d.WorthLow == nil && d.WorthHigh == nil && d.Note != "" {
			text = missing
		}
		known := a.Note
		if d.Note != "" {
			known = strings.TrimSuffix(strings.TrimSpace(d.Note+"; "+known), ";")
		}
		g.add(cell{Text: dealName(d)}, cell{Text: of(r.n.org, d.Host)}, cell{Text: of(r.n.org, d.Guest)}, cell{Text: dealStatus(d.Status)},
			textOr(a.StatusDate.String()), vehicles(d.Units, "units"), vehicles(d.HomeUnits, "uk_units"), vehicles(d.HomeNet, "home_net"),
			worthCell(d, text, ref("worth_low")), cell{Text: known, Claims: r.cite(a.Claims)})
	}
	return g
}

// worthCell is the worth of a deal, with its reference where it is told in numbers.
func worthCell(d headroom.BriefDeal, text, ref string) cell {
	if d.WorthLow == nil {
		return cell{Text: text}
	}
	return refCell(text, ref)
}

// money is an amount in millions in a table, where nothing is a dash.
func money(v float64) string {
	if v == 0 {
		return missing
	}
	return decimals(v/1e6, 1)
}

// cashPeriods are the periods of the ledger: those of the case and what comes after them.
func (r *page) cashPeriods() []string { return append(r.n.periods(), headroom.TerminalPeriod) }

func (r *page) moneyTable() grid {
	v := newPivot(r.cashPeriods())
	for _, o := range r.orgs() {
		for _, c := range r.p.Cash {
			if c.Org == o {
				v.add(c.Period, c.Amount, by("cash", "amount", "org", o), of(r.n.org, o))
			}
		}
	}
	v.sums = by("cash", "amount")
	g := v.grid("Money by owner and period, "+r.unit(), "All owners", money, "Owner")
	if len(r.p.Discounts) > 0 && len(g.Rows) > 0 {
		cells := make([]cell, 1+len(v.periods))
		cells[0].Text = "Discount factor"
		for i, p := range v.periods {
			cells[i+1].Text = missing
			for _, d := range r.p.Discounts { // what comes back at the end of the horizon is a present value and has none
				if d.Period == p {
					cells[i+1] = cell{Text: decimals(d.Factor, 3), Ref: resultRef("discount", "factor", p)}
				}
			}
		}
		g.add(cells...)
	}
	return g
}

// orgs are the owners that have money in the plan, in the order of the case; those it does not name come last.
func (r *page) orgs() []string {
	var out []string
	for _, o := range r.c.Orgs {
		out = append(out, o.ID)
	}
	var more []string
	for _, c := range r.p.Cash {
		if !slices.Contains(out, c.Org) && !slices.Contains(more, c.Org) {
			more = append(more, c.Org)
		}
	}
	sort.Strings(more)
	return append(out, more...)
}

func (r *page) accountTable() grid {
	v := newPivot(r.cashPeriods())
	var accounts []headroom.Account
	for _, c := range r.p.Cash {
		if !slices.Contains(accounts, c.Account) {
			accounts = append(accounts, c.Account)
		}
	}
	slices.Sort(accounts)
	for _, a := range accounts {
		for _, c := range r.p.Cash {
			if c.Account == a {
				v.add(c.Period, c.Amount, by("cash", "amount", "account", string(a)), clean(strings.ReplaceAll(string(a), "_", " ")))
			}
		}
	}
	v.sums = by("cash", "amount")
	return v.grid("Money by account and period, "+r.unit(), "All accounts", money, "Account")
}

// regimeWords say under which duty a vehicle goes to its market.
var regimeWords = map[headroom.Regime]string{
	headroom.RegimeDomestic: "no border", headroom.RegimeMFN: "general duty", headroom.RegimePreferential: "agreement",
	headroom.RegimeQuotaIn: "within quota", headroom.RegimeQuotaOut: "beyond quota",
}

func (r *page) flowTable() grid {
	v := newPivot(r.n.periods())
	rows := slices.Clone(r.p.Flows)
	sort.SliceStable(rows, func(i, j int) bool {
		a, b := &rows[i], &rows[j]
		if a.Market != b.Market {
			return a.Market < b.Market
		}
		if r.n.regionOf[a.Plant] != r.n.regionOf[b.Plant] {
			return r.n.regionOf[a.Plant] < r.n.regionOf[b.Plant]
		}
		if a.Regime != b.Regime {
			return a.Regime < b.Regime
		}
		return a.Agreement < b.Agreement
	})
	for _, f := range rows {
		regime, ok := regimeWords[f.Regime]
		if !ok {
			regime = clean(string(f.Regime))
		}
		if f.Agreement != "" {
			regime += " " + clean(f.Agreement)
		}
		region := r.n.regionOf[f.Plant]
		v.add(f.Period, f.Units, by("flow", "units", "market", f.Market, "plant", strings.Join(r.plantsIn(region), ","), "regime", string(f.Regime), "agreement", f.Agreement),
			of(r.n.market, f.Market), of(r.n.region, region), regime)
	}
	v.sums = by("flow", "units")
	return v.grid("Vehicles sold, by market, where they are built and the duty regime", "All", units, "Market", "Built in", "Regime")
}

// plantsIn are the plants of a region.
func (r *page) plantsIn(region string) []string {
	var out []string
	for _, p := range r.c.Plants {
		if p.Region == region {
			out = append(out, p.ID)
		}
	}
	return out
}

func (r *page) dutyTable() grid {
	v := newPivot(r.n.periods())
	for _, o := range r.orgs() {
		for _, c := range r.p.Cash {
			if c.Org == o && c.Account == headroom.AccDuty {
				v.add(c.Period, -c.Amount, by("cash", "amount", "org", o, "account", string(headroom.AccDuty)), of(r.n.org, o))
			}
		}
	}
	v.sums = by("cash", "amount", "account", string(headroom.AccDuty))
	return v.grid("Duty paid, by maker and period, "+r.unit(), "All makers", money, "Maker")
}

func (r *page) lostTable() grid {
	v := newPivot(r.n.periods())
	for _, l := range r.p.Losts {
		v.add(l.Period, l.Units, by("lost", "units", "vehicle", l.Vehicle, "market", l.Market), of(r.n.vehicle, l.Vehicle), of(r.n.market, l.Market))
	}
	v.sums = by("lost", "units")
	return v.grid("Sales lost: wanted and not built", "All", units, "Vehicle", "Market")
}

// meaning is a column of a case in words, with its unit.
func meaning(tableName, column string) (text, unit string) {
	t := table.Lookup(tableName)
	if t == nil {
		return "", ""
	}
	i := t.Index(column)
	if i < 0 {
		return "", ""
	}
	return t.Columns[i].Text, t.Columns[i].Unit
}

// unitOf is the unit of a column.
func unitOf(tableName, column string) string {
	_, unit := meaning(tableName, column)
	return unit
}

// written is a value as the case has it, with its thousands apart where it is a number.
func written(s string) cell {
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return cell{Text: plain(v)}
	}
	return textOr(s)
}

func (r *page) assumptionTable() grid {
	g := grid{
		Caption: "The assumptions that figures rest on", Anchor: "assumption",
		Head: []head{{"No.", false}, {"Assumption", false}, {"What is assumed", false}, {"Rows", false}, {"Value", true}, {"Low", true}, {"High", true}, {"Reason", false}},
	}
	for _, a := range r.assumptions() {
		text, unit := meaning(a.Table, a.Column)
		what := a.Table + "." + a.Column
		if text != "" {
			what = text + " (" + what + ")"
		}
		if unit != "" {
			what += ", " + unit
		}
		g.add(cell{Text: "A" + strconv.Itoa(len(g.Rows)+1)}, cell{Text: a.ID}, cell{Text: what}, cell{Text: a.Selector}, written(a.Value), written(a.Low), written(a.High), cell{Text: a.Reason, Claims: r.cite(r.t.Head("assumption/" + a.ID).Named)})
	}
	for _, s := range r.scenarios() {
		g.add(cell{Text: "A" + strconv.Itoa(len(g.Rows)+1)}, cell{Text: s.ID}, cell{Text: "what the scenario changes"}, cell{}, textOr(""), textOr(""), textOr(""), cell{Text: strings.Trim(s.Title+"; "+s.Note, "; ")})
	}
	return g
}

func (r *page) boundTable() grid {
	g := grid{
		Caption: "The figures with claims",
		Head:    []head{{"Figure", false}, {"Kind", false}, {"Value", true}, {"Formula", false}, {"Claims", false}, {"Chosen because", false}},
	}
	for _, b := range r.c.Bindings {
		value := missing
		_, there := r.c.Labels[headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}] // else the cell is empty
		if there && b.Kind != string(headroom.BasisCommitment) {
			if x, err := formula.Value(r.c, b); err == nil {
				value = plain(x)
			}
		}
		because := cell{Text: b.ChosenBecause}
		if b.AsIs != "" {
			because.Text = strings.TrimSpace(because.Text + " Prices of other years: " + b.AsIs + ".")
		}
		if len(b.Alternatives) > 0 {
			because.Text = strings.TrimSpace(because.Text + " Not chosen:")
			because.Claims = r.cite(b.Alternatives)
		}
		g.add(cell{Text: b.Table + " / " + b.RowKey + " / " + b.Column}, cell{Text: b.Kind}, refCell(value, b.Table+"/"+b.RowKey+"/"+b.Column), textOr(b.Formula), cell{Claims: r.cite(b.Claims)}, because)
	}
	return g
}
