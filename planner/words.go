package planner

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"headroom"
)

// ruleKind is what the words for a rule need to know of its column.
type ruleKind struct {
	rank  int    // rules of low rank are named rather than those of high rank; from 50 on they are facts
	cause string // the word of Cause.Cause
}

var ruleKinds = map[string]ruleKind{
	"target.value":                  {1, "target"},
	"vehicle_line.min_run":          {2, "commitment"},
	"vehicle_line.committed_until":  {3, "commitment"},
	"term.value":                    {4, "deal"},
	"demand.min_service":            {5, "demand"},
	"demand.lost_sale":              {6, "demand"},
	"vehicle_line.min_volume":       {7, "minimum"},
	"line.min_rate":                 {8, "minimum"},
	"line.max_vehicles":             {10, "slot"},
	"vehicle.max_lines":             {11, "slot"},
	"line.max_launches":             {12, "launches"},
	"plant.site_cap":                {13, "permit"},
	"vehicle_line.lead":             {14, "lead"},
	"plant.reopen_lead":             {15, "lead"},
	"plant.min_open":                {16, "state"},
	"plant.max_mothball":            {17, "state"},
	"plant.earliest_close":          {18, "state"},
	"arrangement.requires":          {20, "deal"},
	"arrangement.status":            {21, "signature"},
	"arrangement.earliest_start":    {22, "deal"},
	"arrangement.term":              {23, "deal"},
	"vehicle.sop":                   {30, "date"},
	"vehicle.eop":                   {31, "date"},
	"line.from":                     {32, "date"},
	"line.to":                       {33, "date"},
	"vehicle_line.ramp":             {40, "ramp"},
	"plant.cost_reopen":             {41, "cost"},
	"plant.cost_mothball":           {41, "cost"},
	"plant.cost_close":              {41, "cost"},
	"plant.fixed_cost_open":         {41, "cost"},
	"plant.fixed_cost_per_capacity": {41, "cost"},
	"plant.fixed_cost_mothball":     {41, "cost"},
	"plant.severance":               {41, "cost"},
	"plant.severance_per_capacity":  {41, "cost"},
	"plant.sale_value":              {41, "cost"},
	"vehicle_line.retool":           {42, "cost"},
	"vehicle_line.content_cost":     {42, "cost"},
	"vehicle_line.unit_material":    {42, "cost"},
	"shift_pattern.change_cost":     {43, "cost"},
	"labour.cost_per_unit":          {43, "cost"},
	"labour.wage":                   {43, "cost"},
	"energy.price":                  {43, "cost"},
	"lane.cost":                     {44, "cost"},
	"plant.use":                     {50, "state"},
	"lane.use":                      {51, "lane"},
	"vehicle_line.compatible":       {52, "place"},
	"line.capacity_year":            {60, "capacity"},
	"line.rate":                     {61, "capacity"},
	"shift_pattern.index":           {62, "capacity"},
	"shift_pattern.hours":           {63, "capacity"},
	"demand.volume":                 {70, "demand"},
}

func kindOf(f headroom.Ref) ruleKind { return ruleKinds[f.Table+"."+f.Column] }

func rank(f headroom.Ref) int { return kindOf(f).rank }

// rowsOf are the keys of the rows that a rule is about: one, but for the demand of a vehicle and the lanes into a market, which
// count as one rule each, and may have none.
func (r *reasons) rowsOf(f headroom.Ref) []string {
	var out []string
	switch f.Table {
	case tabDemand:
		if f.Column != colVolume {
			return []string{f.Key}
		}
		for _, d := range r.c.Demands {
			if d.Vehicle == f.Key {
				out = append(out, d.Key())
			}
		}
	case tabLane:
		if f.Column != colUse {
			return []string{f.Key}
		}
		region := ""
		for _, m := range r.c.Markets {
			if m.ID == f.Key {
				region = m.Region
			}
		}
		for _, l := range r.c.Lanes {
			if l.Destination == f.Key || l.Destination == region {
				out = append(out, l.Key())
			}
		}
	default:
		return []string{f.Key}
	}
	return out
}

// owner is the org that answers for the figure of a rule, "all" where the case names none.
func (r *reasons) owner(f headroom.Ref) string {
	c, org := r.c, ""
	first, _, _ := strings.Cut(f.Key, ":")
	switch f.Table {
	case tabTarget:
		if x := find(c.Targets, f.Key, headroom.Target.Key); x != nil {
			org = x.Holder
		}
	case tabPlant, tabLabour, tabEnergy:
		org = r.plantOwner(first)
	case tabLine:
		if x := find(c.Lines, f.Key, headroom.Line.Key); x != nil {
			org = r.plantOwner(x.Plant)
		}
	case tabVehicle, tabPlace, tabDemand:
		if x := find(c.Vehicles, first, headroom.Vehicle.Key); x != nil {
			org = x.Maker
		}
	case tabArrangement, tabTerm:
		if x := find(c.Arrangements, first, headroom.Arrangement.Key); x != nil {
			org = x.Host
			if org == "" {
				org = x.Guest
			}
		}
	}
	if org == "" {
		return "all"
	}
	return org
}

func (r *reasons) plantOwner(id string) string {
	if x := find(r.c.Plants, id, headroom.Plant.Key); x != nil {
		return x.Owner
	}
	return ""
}

func find[E any](rows []E, id string, key func(E) string) *E {
	if i := slices.IndexFunc(rows, func(e E) bool { return key(e) == id }); i >= 0 {
		return &rows[i]
	}
	return nil
}

// cause tells of one rule of a set.
func (r *reasons) cause(f headroom.Ref, l least) headroom.Cause {
	rows := r.rowsOf(f)
	out := headroom.Cause{
		Cause: kindOf(f).cause, Table: f.Table, Row: strings.Join(rows, " "), Column: f.Column, Owner: r.owner(f), Periods: r.years(l),
	}
	if l.counts {
		out.Units = math.Round(l.most)
	}
	var claims, assumptions []string
	for _, row := range rows {
		label := r.c.Labels[headroom.Ref{Table: f.Table, Key: row, Column: f.Column}]
		for _, id := range label.Claims {
			if !slices.Contains(claims, id) {
				claims = append(claims, id)
			}
		}
		if id := label.Assumption; id != "" && !slices.Contains(assumptions, id) {
			assumptions = append(assumptions, id)
		}
		if out.Place == "" {
			out.Place = r.c.Place(f.Table, row, f.Column).String()
		}
	}
	out.Claim, out.Assumption = strings.Join(claims, " "), strings.Join(assumptions, " ")
	out.Text = r.words(f, l)
	if l.known && l.alone && l.counts && l.most > 0 {
		out.Text += " (beside the other rules named here)"
	}
	return out
}

// years joins the periods in which a rule must give way: "2026", "2026 to 2028", "2026, 2028 to 2030"; "" where that is not known.
func (r *reasons) years(l least) string {
	var parts []string
	for t := 0; t < len(r.c.Periods); t++ {
		if l.periods[t] == 0 {
			continue
		}
		from := t
		for t+1 < len(r.c.Periods) && l.periods[t+1] != 0 {
			t++
		}
		part := r.c.Periods[from].ID
		if t > from {
			part += " to " + r.c.Periods[t].ID
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// in is " in 2026 to 2028", or "".
func (r *reasons) in(l least) string {
	if y := r.years(l); y != "" {
		return " in " + y
	}
	return ""
}

// inWorst is in with the worst of the periods where there are several.
func (r *reasons) inWorst(l least) string {
	if least := l.most; len(l.periods) > 1 {
		for _, v := range l.periods {
			least = min(least, v)
		}
		if least > 0.99*l.most {
			return r.in(l)
		}
		return r.in(l) + " (most in " + r.c.Periods[l.in].ID + ")"
	}
	return r.in(l)
}

// words says what a rule asks for, and by how much it would have to give way where that is a number of vehicles.
func (r *reasons) words(f headroom.Ref, l least) string {
	first, rest, _ := strings.Cut(f.Key, ":")
	second, _, _ := strings.Cut(rest, ":")
	if kindOf(f).cause == "cost" {
		return fmt.Sprintf("the %s of %s %s is so high that it is taken as never%s", f.Column, f.Table, f.Key, r.in(l))
	}
	switch f.Table {
	case tabTarget:
		return r.targetWords(f, l)
	case tabPlace:
		return r.placeWords(f, first, second, l)
	case tabTerm:
		return r.termWords(f, l)
	case tabDemand:
		return r.demandWords(f, first, second, l)
	case tabLine:
		return r.lineWords(f, l)
	case tabPlant:
		return r.plantWords(f, l)
	case tabArrangement:
		return r.dealWords(f, l)
	case tabVehicle:
		v := find(r.c.Vehicles, f.Key, headroom.Vehicle.Key)
		switch f.Column {
		case colMaxLines:
			return fmt.Sprintf("the vehicle %s may be on %s at a time (max_lines) and more are needed%s", v.ID, few(v.MaxLines.Value, "line"), r.in(l))
		case colSOP:
			return fmt.Sprintf("the vehicle %s is built from %s only (sop)%s", v.ID, v.SOP, r.wanted(l, " wanted before"))
		}
		return fmt.Sprintf("the vehicle %s is built until %s only (eop)%s", v.ID, v.EOP, r.wanted(l, " wanted after"))
	case tabPattern:
		p := find(r.c.ShiftPatterns, f.Key, headroom.ShiftPattern.Key)
		if f.Column == colHours {
			return fmt.Sprintf("the shift pattern %s has %g hours a week%s", p.ID, p.Hours.Value, r.wanted(l, " wanted beyond what it makes"))
		}
		return fmt.Sprintf("the shift pattern %s makes %g times the capacity of a line (index)%s", p.ID, p.Index.Or(1), r.wanted(l, " wanted beyond that"))
	}
	rows := r.rowsOf(f)
	if len(rows) == 0 {
		return fmt.Sprintf("no lane leads to %s from the plants that could serve it: lane.csv has no row for it", f.Key)
	}
	return fmt.Sprintf("no lane that is open leads to %s from the plants that could serve it%s", f.Key, r.in(l))
}

// wanted is ": 1,200 vehicles are … in 2026" where that is known.
func (r *reasons) wanted(l least, what string) string {
	if !l.counts || l.most <= 0 {
		return ""
	}
	return fmt.Sprintf(": %s vehicles are%s%s", some(l.most), what, r.inWorst(l))
}

func few(n float64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%g %ss", n, what)
}

func (r *reasons) targetWords(f headroom.Ref, l least) string {
	tg := find(r.c.Targets, f.Key, headroom.Target.Key)
	value := tg.Value
	year := " a year"
	if t, ok := l.only(); ok {
		value, year = tg.Value*r.c.Periods[t].Years(), ""
	}
	if tg.Sense == "max" {
		return fmt.Sprintf("target %s allows %s vehicles%s%s at most%s", tg.ID, whole(value), year, r.in(l), r.more(l, " more are needed"))
	}
	if !l.known || l.in < 0 || l.most <= 0 {
		return fmt.Sprintf("target %s asks for %s vehicles%s", tg.ID, whole(value), year)
	}
	reach := tg.Value*r.c.Periods[l.in].Years() - l.most
	text := fmt.Sprintf("target %s asks for %s vehicles%s%s; what is committed and signed, and what may be considered, reaches %s at most", tg.ID, whole(value), year, r.in(l), whole(reach))
	if len(l.periods) > 1 {
		text += " in " + r.c.Periods[l.in].ID
	}
	return text
}

// more is ", and 30,000 more are needed" where that is known.
func (r *reasons) more(l least, what string) string {
	if !l.counts || l.most <= 0 {
		return ""
	}
	return ", and " + some(l.most) + what
}

func (r *reasons) placeWords(f headroom.Ref, vehicle, line string, l least) string {
	k := find(r.c.VehicleLines, f.Key, headroom.VehicleLine.Key)
	switch f.Column {
	case colMinRun:
		short := ""
		if l.counts && l.most > 0 {
			short = ", of which " + some(l.most) + " vehicles do not fit" + r.inWorst(l)
		}
		return fmt.Sprintf("%s is committed to %s with a minimum run of %g %% of its demand%s", vehicle, line, k.MinRun, short)
	case colCommitted:
		from := ""
		if k.CommittedFrom != 0 {
			from = " from " + k.CommittedFrom.String()
		}
		return fmt.Sprintf("%s is committed to %s%s until %s%s", vehicle, line, from, k.CommittedUntil, r.in(l))
	case colMinVolume:
		return fmt.Sprintf("%s on %s has a minimum of %s vehicles a year%s", vehicle, line, whole(k.MinVolume), r.lacks(l))
	case colLead:
		return fmt.Sprintf("%s needs a lead of %s before it is built on %s%s", vehicle, few(k.Lead, "month"), line, r.wanted(l, " wanted earlier"))
	case colRamp:
		return fmt.Sprintf("%s runs up on %s at %s %% of full rate%s", vehicle, line, numbers(k.Ramp), r.wanted(l, " wanted beyond that"))
	}
	return fmt.Sprintf("%s cannot be built on %s (compatible = no)%s", vehicle, line, r.wanted(l, " wanted there"))
}

func numbers(xs []float64) string {
	words := make([]string, len(xs))
	for i, x := range xs {
		words[i] = fmt.Sprintf("%g", x)
	}
	return strings.Join(words, ", ")
}

// lacks is ", of which 100 are lacking in 2027" where that is known.
func (r *reasons) lacks(l least) string {
	if !l.counts || l.most <= 0 {
		return ""
	}
	return ", of which " + some(l.most) + " are lacking" + r.inWorst(l)
}

func (r *reasons) termWords(f headroom.Ref, l least) string {
	x := find(r.c.Terms, f.Key, headroom.Term.Key)
	period := r.in(l)
	if x.Kind == headroom.MaxVolume {
		return fmt.Sprintf("the deal %s has a maximum of %s vehicles a year%s%s", x.Arrangement, whole(x.Value), period, r.more(l, " more are needed"))
	}
	amount, year := x.Value, " a year"
	if t, ok := l.only(); ok && r.c.Periods[t].Years() == 1 {
		year = ""
	}
	if l.counts && l.most > 0 {
		return fmt.Sprintf("the deal %s has a minimum of %s vehicles%s%s, of which %s cannot be built or sold: a lower minimum, a later start or more demand",
			x.Arrangement, whole(amount), year, period, some(l.most))
	}
	return fmt.Sprintf("the deal %s has a minimum of %s vehicles a year", x.Arrangement, whole(amount))
}

func (r *reasons) demandWords(f headroom.Ref, vehicle, market string, l least) string {
	switch f.Column {
	case colVolume:
		return fmt.Sprintf("%s finds no more buyers than its demand%s", vehicle, r.wanted(l, " without a buyer"))
	case colLostSale:
		return fmt.Sprintf("all of the demand for %s in %s must be served, for a sale lost has no cost (lost_sale)%s", vehicle, market, r.more(l, " cannot be"))
	}
	d := find(r.c.Demands, f.Key, headroom.Demand.Key)
	if !l.counts || l.most <= 0 {
		return fmt.Sprintf("%g %% of the demand for %s must be served in %s (min_service)", d.MinService, vehicle, market)
	}
	must := r.served(d, l.in)
	return fmt.Sprintf("%s vehicles of the demand for %s in %s must be served%s and %s of them cannot: more capacity, a lane or a place, a lower min_service, or a lost_sale cost",
		whole(must), vehicle, market, r.inWorst(l), some(l.most))
}

// served is what must be served of a demand in a period.
func (r *reasons) served(d *headroom.Demand, t int) float64 {
	n := newNet(r.c)
	for i, pr := range n.pairs {
		if n.c.Vehicles[pr[0]].ID == d.Vehicle && n.c.Markets[pr[1]].ID == d.Market {
			return n.demand[i][t].Units * n.demand[i][t].MinService
		}
	}
	return 0
}

func (r *reasons) lineWords(f headroom.Ref, l least) string {
	x := find(r.c.Lines, f.Key, headroom.Line.Key)
	switch f.Column {
	case colMaxVehicles:
		return fmt.Sprintf("the line %s has room for %s at a time (max_vehicles) and more are needed%s", x.ID, few(x.MaxVehicles.Value, "vehicle"), r.in(l))
	case colMaxLaunches:
		return fmt.Sprintf("the line %s can have %s a year (max_launches) and more are needed%s", x.ID, launches(x.MaxLaunches.Value), r.in(l))
	case colMinRate:
		return fmt.Sprintf("the line %s builds %s vehicles a year or stands (min_rate)%s", x.ID, whole(x.MinRate), r.lacks(l))
	case colFrom:
		return fmt.Sprintf("the line %s is there from %s only%s", x.ID, x.From, r.wanted(l, " wanted before"))
	case colTo:
		return fmt.Sprintf("the line %s is there until %s only%s", x.ID, x.To, r.wanted(l, " wanted after"))
	case colRate:
		return fmt.Sprintf("the line %s makes %g vehicles an hour (rate)%s", x.ID, x.Rate.Value, r.wanted(l, " wanted beyond its capacity"))
	}
	return fmt.Sprintf("the line %s has a capacity of %s vehicles a year%s", x.ID, whole(x.CapacityYear.Value), r.wanted(l, " wanted beyond that"))
}

func launches(n float64) string {
	if n == 1 {
		return "1 launch"
	}
	return fmt.Sprintf("%g launches", n)
}

func (r *reasons) plantWords(f headroom.Ref, l least) string {
	x := find(r.c.Plants, f.Key, headroom.Plant.Key)
	switch f.Column {
	case colSite:
		return fmt.Sprintf("the site of %s has a permit for %s vehicles a year (site_cap)%s", x.ID, whole(x.SiteCap.Value), r.wanted(l, " wanted beyond that"))
	case colReopenLead:
		return fmt.Sprintf("the plant %s needs %s to open (reopen_lead) and must be open earlier%s", x.ID, few(x.ReopenLead, "month"), r.in(l))
	case colMinOpen:
		return fmt.Sprintf("the plant %s must stay open for %s once it has opened (min_open)%s", x.ID, few(x.MinOpen, "year"), r.in(l))
	case colMaxMothball:
		return fmt.Sprintf("the plant %s may be mothballed for %s at most (max_mothball)%s", x.ID, few(x.MaxMothball, "year"), r.in(l))
	case colClose:
		return fmt.Sprintf("the plant %s cannot close or be mothballed before %s (earliest_close)%s", x.ID, x.EarliestClose, r.in(l))
	}
	return fmt.Sprintf("the plant %s is %s and its use is %s: only use = consider lets a plan open it%s", x.ID, x.InitialState, x.Use, r.in(l))
}

func (r *reasons) dealWords(f headroom.Ref, l least) string {
	a := find(r.c.Arrangements, f.Key, headroom.Arrangement.Key)
	switch f.Column {
	case colStart:
		return fmt.Sprintf("the deal %s can start on %s at the earliest%s", a.ID, a.EarliestStart, r.wanted(l, " wanted under it before"))
	case colTermYears:
		return fmt.Sprintf("the deal %s has a term of %s%s", a.ID, few(a.TermYears, "year"), r.wanted(l, " wanted under it outside that"))
	case colRequires:
		return fmt.Sprintf("the deal %s requires %s, which is not in force%s", a.ID, join(a.Requires), r.in(l))
	}
	if a.Status.Dead() {
		return fmt.Sprintf("the deal %s is %s%s", a.ID, a.Status, r.wanted(l, " wanted under it"))
	}
	return fmt.Sprintf("the deal %s is not signed (%s) and is not counted in%s", a.ID, a.Status, r.wanted(l, " wanted under it"))
}
