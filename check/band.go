package check

import (
	"slices"
	"strconv"

	"headroom"
)

// bands looks for figures outside of what figures of their column are: a thousand times off is found where there is one row.
func (k *checker) bands() {
	if slices.ContainsFunc(k.c.Assumptions, func(a headroom.Assumption) bool { return a.Table == "case" && a.Column == "base_currency" }) {
		return // it says why there is no currency: an instance of numbers without units
	}
	byName := map[string][]headroom.Band{}
	for _, b := range headroom.Bands {
		byName[b.Table+"."+b.Column] = append(byName[b.Table+"."+b.Column], b)
	}
	k.doubted = map[headroom.Place]bool{}
	for _, f := range k.out {
		k.doubted[f.Place] = k.doubted[f.Place] || f.Code == headroom.CodeThousandsSuspected || f.Severity == headroom.SeverityError
	}
	// Figures by themselves first, then what they are measured by: what is a multiple of a doubtful figure says nothing of its own.
	for _, pass := range []func(of string) bool{
		func(of string) bool { return of == "" },
		func(of string) bool { return of == "demand" || of == "peers" },
		func(of string) bool { return of != "" && of != "demand" && of != "peers" },
	} {
		for _, r := range k.rows() {
			r.figures(func(column string, v float64) {
				for _, b := range byName[r.table+"."+column] {
					if at := k.c.Place(r.table, r.key, column); v != 0 && pass(b.Of) && !k.doubted[at] {
						k.doubted[at] = k.band(r, b, v)
					}
				}
			})
		}
	}
	k.grown(byName["demand.volume"])
	k.settingBands(byName)
	if ccy := k.c.BaseCurrency; ccy != "" && !headroom.KnownCurrency(ccy) {
		k.warn(headroom.CodeUnknownCurrency, "case", "base_currency", "base_currency", "write the code of a currency, as GBP", "%s is no currency that money is counted in", ccy)
	}
}

// grown compares what volumes grow to by the last period with the band of volumes.
func (k *checker) grown(bands []headroom.Band) {
	if len(k.c.Periods) == 0 || len(bands) == 0 {
		return
	}
	last := k.c.Periods[len(k.c.Periods)-1]
	for _, d := range k.c.Demands {
		if !d.Growth.Set || d.Period != "*" || k.doubted[k.c.Place("demand", d.Key(), "volume")] || k.doubted[k.c.Place("demand", d.Key(), "growth")] {
			continue
		}
		if v := k.volume(d, last); v > bands[0].Most { // what dies out is an end, not a fault
			b := bands[0]
			b.Text = "volume in " + last.ID
			k.doubted[k.c.Place("demand", d.Key(), "growth")] = k.outside(b, "demand", d.Key(), "growth", d.Growth.Value, v, false)
		}
	}
}

// settingBands looks at the fields of case.yaml.
func (k *checker) settingBands(byName map[string][]headroom.Band) {
	c := k.c
	values := map[string]float64{"discount_rate": c.DiscountRate, "question_volume": c.QuestionVolume}
	if c.HorizonFrom != 0 {
		values["horizon_to"] = headroom.Years(c.HorizonFrom, c.HorizonTo)
		values["price_year"] = float64(c.PriceYear - c.HorizonFrom.Year())
	}
	for _, column := range []string{"discount_rate", "price_year", "horizon_to", "question_volume"} {
		for _, b := range byName["case."+column] {
			if v, ok := values[column]; ok {
				k.outside(b, "case", column, column, v, v, false)
			}
		}
	}
}

// band compares a figure with a band and reports whether it is told.
func (k *checker) band(r row, b headroom.Band, v float64) bool {
	ccy, _ := valueOf[string](r, "currency")
	if ccy == "" {
		ccy = k.c.BaseCurrency
	}
	x := v
	if b.Money == "m" {
		x *= 1e6
	}
	by, ok := k.measure(r, b.Of)
	if !ok {
		return false
	}
	switch {
	case b.Of == "price" || b.Of == "peers": // of amounts in the base currency
		rate, known := k.toBase(ccy)
		if !known {
			return false
		}
		x *= rate
	case b.Money != "":
		scale, known := headroom.CurrencyScale(ccy)
		if !known {
			return false
		}
		x /= scale
		if b.Money == "m" && b.Of == "" {
			x /= 1e6
		}
	}
	forgiven := b.Above == "avoidable" || b.Above == "considered" && k.considers(r.key)
	return k.outside(b, r.table, r.key, b.Column, v, x/by, forgiven)
}

// outside reports a figure whose measure is outside a band.
func (k *checker) outside(b headroom.Band, table, key, column string, v, x float64, forgiven bool) bool {
	out, far := b.Outside(x)
	if !out {
		return false
	}
	sev := headroom.SeverityWarning
	basis := k.c.Labels[headroom.Ref{Table: table, Key: key, Column: column}].Basis
	if far && !(forgiven && x > b.Most) && basis != headroom.BasisFact && basis != headroom.BasisDerived {
		sev = headroom.SeverityError
	}
	unit := ""
	if b.Money != "" && b.Of != "price" && b.Of != "peers" {
		unit = " pounds"
	}
	k.add(sev, headroom.CodeOutsideBand, table, key, column, "is it in thousands, or of another unit? bind it to a claim if it is right",
		"%s: the %s is then %s%s, and such figures lie between %s and %s", figure(v), b.Text, strconv.FormatFloat(x, 'g', 3, 64), unit, number(b.Least), number(b.Most))
	return true
}

// figure writes a figure of any size.
func figure(v float64) string {
	if v != 0 && v < 1e-4 && v > -1e-4 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return number(v)
}

// measure is what the figure of a row is divided by, and whether it is known.
func (k *checker) measure(r row, of string) (float64, bool) {
	switch v := r.value.Addr().Interface().(type) {
	case *headroom.Plant:
		if of == "capacity" {
			return positive(k.capacityOf(func(l *headroom.Line) bool { return l.Plant == v.ID }))
		}
	case *headroom.Line:
		if of == "demand" {
			return positive(k.demandOn(v))
		}
	case *headroom.VehicleLine:
		switch of {
		case "capacity":
			return positive(k.capacityOf(func(l *headroom.Line) bool { return l.ID == v.Line }))
		case "price":
			return positive(k.priceOf(v.Vehicle, ""))
		}
	case *headroom.Demand:
		switch of {
		case "price":
			return positive(k.priceOf(v.Vehicle, ""))
		case "peers":
			return positive(k.priceOf(v.Vehicle, v.Market))
		}
	case *headroom.FXRate:
		if of == "scale" {
			from, known := headroom.CurrencyScale(v.From)
			to, also := headroom.CurrencyScale(v.To)
			return to / max(from, 1e-9), known && also
		}
	case *headroom.Term:
		if of != "" {
			return 1, (of == "fee") == (v.Kind == headroom.FeePerUnit)
		}
	}
	return 1, of == ""
}

func positive(v float64) (float64, bool) { return v, v > 0 }

// capacityOf is the capacity of lines, vehicles a year; 0 where it is doubtful itself.
func (k *checker) capacityOf(in func(*headroom.Line) bool) float64 {
	sum := 0.0
	for i := range k.c.Lines {
		l := &k.c.Lines[i]
		if !in(l) {
			continue
		}
		if k.doubted[k.c.Place("line", l.ID, "capacity_year")] {
			return 0
		}
		sum += k.most(l)
	}
	return sum
}

// demandOn is the largest demand a year for all that a line can build.
func (k *checker) demandOn(l *headroom.Line) float64 {
	var cars []string
	for _, v := range k.onLine[l.ID] {
		if !slices.Contains(cars, v.Vehicle) {
			cars = append(cars, v.Vehicle)
		}
	}
	best := 0.0
	for t, p := range k.c.Periods {
		sum := 0.0
		for _, car := range cars {
			sum += k.demandIn(car, t)
		}
		best = max(best, sum/max(p.Years(), 1e-9))
	}
	return best
}

// priceOf is the median price of a vehicle in base currency, of the markets but one; 0 where there is none or it is doubtful.
func (k *checker) priceOf(vehicle, but string) float64 {
	var all []float64
	for _, d := range k.demandOf[vehicle] {
		ccy := d.Currency
		if ccy == "" {
			ccy = k.c.BaseCurrency
		}
		if but == "" && k.doubted[k.c.Place("demand", d.Key(), "price_net")] {
			return 0
		}
		if rate, ok := k.toBase(ccy); ok && d.PriceNet.Set && d.PriceNet.Value > 0 && d.Market != but {
			all = append(all, d.PriceNet.Value*rate)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// toBase is what a unit of a currency is in base currency, in the first period that has a rate.
func (k *checker) toBase(ccy string) (float64, bool) {
	if ccy == k.c.BaseCurrency {
		return 1, true
	}
	for _, p := range k.c.Periods {
		if row, rate := k.side(ccy, k.c.BaseCurrency, p.ID); row != nil {
			return rate, true
		}
	}
	return 0, false
}
