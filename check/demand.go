package check

import (
	"math"
	"slices"
	"strings"

	"headroom"
)

// markets looks for markets that buy nothing.
func (k *checker) markets() {
	used := map[string]bool{}
	for _, d := range k.c.Demands {
		used[d.Market] = true
	}
	for _, m := range k.c.Markets {
		if !used[m.ID] {
			k.warn(headroom.CodeUnusedRow, "market", m.ID, "market_id", "add a row to demand.csv or delete the market", "%s buys nothing", m.ID)
		}
	}
}

// demands looks at what a demand is worth and whether it can be served.
func (k *checker) demands() {
	for _, d := range k.c.Demands {
		key := d.Key()
		places, _ := k.placesFor(d.Vehicle)
		k.price(d, key, places)
		k.customs(d, key)
		if d.MinService > 0 && k.mayLeaveOut(d.Vehicle) {
			k.warn(headroom.CodeUnusedSetting, "demand", key, "min_service", "write use include in vehicle.csv if it must be built, or a min_volume of its places or a deal",
				"%s is of use consider, so that the plan may leave it out: min_service does not bind it", d.Vehicle)
		}
		if d.Period != "*" && d.Growth.Set {
			k.warn(headroom.CodeUnusedRow, "demand", key, "growth", "write the volume of the period, or a row of period *", "growth counts only in a row of period *")
		}
		if len(places) > 0 && k.marketOf[d.Market] != nil {
			k.reachable(d, key, places)
		}
	}
}

// price looks for what a vehicle sold is worth. A missing margin read as zero once closed every plant.
func (k *checker) price(d headroom.Demand, key string, places []*headroom.VehicleLine) {
	material := len(places) > 0
	for _, v := range places {
		material = material && v.UnitMaterial.Set
	}
	switch {
	case d.LostSale.Set || d.MinService >= 100 && !k.mayLeaveOut(d.Vehicle):
	case !d.PriceNet.Set:
		k.fail(headroom.CodeMissingPrice, "demand", key, "price_net", "write price_net with contribution, or lost_sale, or min_service 100; a missing price is not zero",
			"nothing says what a sale of %s in %s is worth", d.Vehicle, d.Market)
		return
	case !d.Contribution.Set && !material && len(places) > 0:
		k.fail(headroom.CodeMissingPrice, "demand", key, "contribution", "write it, or unit_material at every place of the vehicle in vehicle_line.csv; a missing cost is not zero",
			"%s has a price in %s and neither a contribution nor a cost of material", d.Vehicle, d.Market)
		return
	}
	if d.Contribution.Set && !d.PriceNet.Set {
		k.fail(headroom.CodeMissingPrice, "demand", key, "price_net", "write the price", "the contribution is a share of a price that is missing")
	}
}

// customs looks at the customs value, which is money or a percentage of the price.
func (k *checker) customs(d headroom.Demand, key string) {
	text, percent := strings.CutSuffix(d.CustomsValue, "%")
	v, err := parseFloat(text)
	switch {
	case err != nil:
		k.fail(headroom.CodeBrokenNumber, "demand", key, "customs_value", "write money per vehicle, or a percentage as 75%", "%q is neither money nor a percentage", d.CustomsValue)
	case v < 0:
		k.fail(headroom.CodeNegativeNumber, "demand", key, "customs_value", "write money per vehicle, or a percentage as 75%", "%v is below zero", v)
	case !percent && v > 0 && v <= 150 || percent && v > 0 && v < 1:
		k.fail(headroom.CodePercentOrFraction, "demand", key, "customs_value", "write 75% for three quarters of the price", "%s is hardly the customs value of a vehicle", d.CustomsValue)
	case percent && v > 0 && !d.PriceNet.Set && len(k.c.Duties) > 0 && !d.LostSale.Set:
		k.fail(headroom.CodeMissingPrice, "demand", key, "price_net", "write the price, or the customs value as money", "the customs value is a share of a price that is missing")
	}
}

// reachable looks for a way from a place that builds the vehicle to the market.
func (k *checker) reachable(d headroom.Demand, key string, places []*headroom.VehicleLine) {
	seen := map[string]bool{}
	var from []string
	when, late := k.soldOn(d.Vehicle, d.Market), false
	for _, v := range places {
		l := k.lineOf[v.Line]
		if l == nil || k.plantOf[l.Plant] == nil {
			return
		}
		switch lane := k.laneDays(k.plantOf[l.Plant], k.marketOf[d.Market]); {
		case len(lane.common(when)) > 0 || len(lane) > 0 && len(when) == 0:
			return
		case len(lane) > 0:
			late = true
		}
		if !seen[l.Plant] {
			seen[l.Plant] = true
			from = append(from, l.Plant)
		}
	}
	sev, code := headroom.SeverityError, headroom.CodeImpossibleDemand
	if k.mayLeaveOut(d.Vehicle) {
		sev = headroom.SeverityWarning
	}
	if late {
		k.add(sev, code, "demand", key, "market", "change the days of the lane in lane.csv, or add a row",
			"%s cannot be sent to %s: there is no lane from %s in the periods in which it is wanted", d.Vehicle, d.Market, strings.Join(from, ", "))
		return
	}
	k.add(sev, code, "demand", key, "market", "add a row to lane.csv, or a line that builds it elsewhere to vehicle_line.csv",
		"%s cannot be sent to %s: there is no lane from %s", d.Vehicle, d.Market, strings.Join(from, ", "))
}

// soldOn is the days on which a vehicle can be built and a market wants it.
func (k *checker) soldOn(vehicle, market string) days {
	var out days
	for t, p := range k.c.Periods {
		for _, d := range k.demandRows(vehicle, t) {
			if d.Market == market && k.volumeIn(d, t) > 0 {
				out = out.with(k.cut(max(p.From, d.From), earlier(p.To, d.To)))
			}
		}
	}
	if car := k.carOf[vehicle]; car != nil {
		out = out.common(k.cut(car.SOP, car.EOP))
	}
	return out
}

// mayLeaveOut reports whether a plan may leave a vehicle out, so that none of its demand must be served.
func (k *checker) mayLeaveOut(vehicle string) bool {
	car := k.carOf[vehicle]
	return car != nil && car.Use == headroom.Consider
}

// owed is what must be served of a vehicle in a period, with the key of the first row that says so.
func (k *checker) owed(vehicle string, t int) (least float64, key string) {
	if k.mayLeaveOut(vehicle) {
		return 0, ""
	}
	for _, d := range k.demandRows(vehicle, t) {
		if d.MinService > 0 {
			if key == "" {
				key = d.Key()
			}
			least += d.MinService / 100 * k.volumeIn(d, t)
		}
	}
	return least, key
}

// laneIn reports whether a vehicle can go from a plant to a market in a period: by the most specific row that holds for half of it at
// least; without a row inside one region only.
func (k *checker) laneIn(p *headroom.Plant, m *headroom.Market, t int) bool {
	any := false
	for _, key := range []string{p.ID + ":" + m.ID, p.ID + ":" + m.Region, p.Region + ":" + m.ID, p.Region + ":" + m.Region} {
		l := k.laneOf[key]
		if l == nil {
			continue
		}
		any = true
		if k.c.Periods[t].Overlap(l.From, l.To) >= 0.5 {
			return l.Use != headroom.Exclude
		}
	}
	return !any && p.Region == m.Region
}

// laneDays is the periods in which a vehicle can go from a plant to a market.
func (k *checker) laneDays(p *headroom.Plant, m *headroom.Market) days {
	var out days
	for t, period := range k.c.Periods {
		if k.laneIn(p, m, t) {
			out = out.with(k.cut(period.From, period.To))
		}
	}
	return out
}

// commitments compares what is committed to a line with what it can build at most.
func (k *checker) commitments() {
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		for t, p := range k.c.Periods {
			sum, held := 0.0, []*headroom.VehicleLine(nil)
			for _, v := range k.onLine[l.ID] {
				share := k.committed(v, l, p)
				if share == 0 || v.RateFactor <= 0 || !k.available(v) {
					continue
				}
				if least := v.MinRun / 100 * k.committedDemand(v, t); least > 0 && k.launched(v, t) {
					sum += least / v.RateFactor
					held = append(held, v)
				}
			}
			if most := k.most(l) * p.Years() * p.Overlap(l.From, l.To); most > 0 && sum > most*1.000001 {
				k.fail(headroom.CodeOvercommittedLine, "line", l.ID, "capacity_year", "lower min_run or the demand, or end a commitment",
					"in %s the commitments of %s (first %s) are at least %s vehicles, and the line can build %s", p.ID, namesOf(held, vehicleOf),
					k.c.Place("vehicle_line", held[0].Key(), "committed_until"), whole(sum), whole(most))
				break
			}
		}
	}
}

// committedDemand is what all markets would buy of the vehicle of a place in a period on the days on which it is committed.
func (k *checker) committedDemand(v *headroom.VehicleLine, t int) float64 {
	sum := 0.0
	for _, d := range k.demandRows(v.Vehicle, t) {
		sum += k.volumeOn(d, t, v.CommittedFrom, v.CommittedUntil)
	}
	return sum
}

// launched reports whether a committed place has no ramp left in a period: it ran before the horizon, or lead and ramp, which is by
// periods whatever their length, are over.
func (k *checker) launched(v *headroom.VehicleLine, t int) bool {
	left := 0 // steps of the ramp below the full rate
	for i, r := range v.Ramp {
		if r < 100 {
			left = i + 1
		}
	}
	if k.running(v) || left == 0 && v.Lead == 0 {
		return true
	}
	start, _ := k.window(v)
	start = max(start, v.CommittedFrom, k.c.HorizonFrom).AddMonths(int(math.Ceil(v.Lead)))
	first := slices.IndexFunc(k.c.Periods, func(p headroom.Period) bool { return p.To >= start })
	return first >= 0 && t >= first+left && k.c.Periods[t].From >= start
}

// committed is the share of a period in which a place is committed.
func (k *checker) committed(v *headroom.VehicleLine, l *headroom.Line, p headroom.Period) float64 {
	if v.CommittedUntil == 0 {
		return 0
	}
	from, to := max(v.CommittedFrom, l.From), v.CommittedUntil
	if l.To != 0 {
		to = min(to, l.To)
	}
	if c := k.carOf[v.Vehicle]; c != nil {
		from = max(from, c.SOP)
		if c.EOP != 0 {
			to = min(to, c.EOP)
		}
	}
	return p.Overlap(from, to)
}
