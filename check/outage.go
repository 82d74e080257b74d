package check

import (
	"math"
	"slices"

	"headroom"
)

// chanceTolerance is by how much chances may miss 1: the rounding of a few decimals.
const chanceTolerance = 1e-6

// chances looks at how likely deals are.
func (k *checker) chances() {
	for _, a := range k.c.Arrangements {
		if a.Success.Set && !(a.Success.Value >= 0 && a.Success.Value <= 1) {
			k.fail(headroom.CodeBadProbability, "arrangement", a.ID, "p_success", "write a chance from 0 to 1", "the chance of %s is %v", a.ID, a.Success.Value)
		}
		sum := 0.0
		for _, p := range a.Slip {
			sum += p
		}
		if len(a.Slip) > 0 && math.Abs(sum-1) > chanceTolerance {
			k.fail(headroom.CodeBadProbability, "arrangement", a.ID, "slip", "make them sum to 1: they are not mended for you",
				"the chances of the start of %s sum to %.6g", a.ID, sum)
		}
	}
}

// outages looks at the stops that plants have.
func (k *checker) outages() {
	for i, o := range k.c.Outages {
		key := o.Key()
		length := float64(len(o.Capacity))
		mode := o.TTRMode.Or(length)
		low, high := o.TTRLow.Or(mode), o.TTRHigh.Or(mode)
		switch {
		case low > mode || mode > high:
			k.fail(headroom.CodeBadOutage, "outage_profile", key, "ttr_mode", "put them in order",
				"the shortest, most likely and longest time to recover are %v, %v and %v weeks", low, mode, high)
		case high > k.weeks():
			k.fail(headroom.CodeBadOutage, "outage_profile", key, "ttr_high", "shorten it, or lengthen the horizon",
				"a stop of %v weeks is longer than the horizon of %.0f", high, k.weeks())
		case mode <= 0:
			k.fail(headroom.CodeBadOutage, "outage_profile", key, "ttr_mode", "write weeks above zero", "the stop has no length")
		case o.SeenOn == 0 && !o.Rate.Set && !o.Stock.Set && !o.CatchUp.Set:
			k.warn(headroom.CodeUnusedRow, "outage_profile", key, "rate", "write a rate, or the day of a stop that did happen", "the stop never comes: it changes nothing")
		}
		for _, p := range k.c.Outages[:i] {
			if p.SeenOn != 0 && o.SeenOn != 0 && k.together(o, p) && span(p).Overlap(span(o).From, span(o).To) > 0 {
				k.fail(headroom.CodeOverlappingOutages, "outage_profile", key, "seen_on", "join them to one row, with what capacity was left",
					"%s and %s stopped the same plant on the same days", p.Key(), key)
			}
		}
	}
	for _, o := range k.c.OutageClaims {
		if !slices.ContainsFunc(k.c.Outages, func(p headroom.OutageProfile) bool { return p.Of == o.Of && p.Kind == o.Kind && p.SeenOn == o.SeenOn }) {
			k.fail(headroom.CodeDanglingKey, "outage_claim", o.Key(), "of", "add it to outage_profile.csv", "there is no stop %s:%s:%v", o.Of, o.Kind, o.SeenOn)
		}
	}
}

// weeks is the length of the horizon.
func (k *checker) weeks() float64 {
	return float64(k.c.HorizonFrom.Days(k.c.HorizonTo)) / 7
}

// span is the days of a stop that did happen.
func span(o headroom.OutageProfile) headroom.Period {
	days := int(math.Ceil(7 * o.TTRMode.Or(float64(len(o.Capacity)))))
	return headroom.Period{From: o.SeenOn, To: o.SeenOn.AddDays(max(0, days-1))}
}

// together reports whether two stops strike the same plant.
func (k *checker) together(a, b headroom.OutageProfile) bool {
	return slices.ContainsFunc(k.c.Plants, func(p headroom.Plant) bool { return strikes(a, p) && strikes(b, p) })
}

// strikes reports whether a stop is of a plant.
func strikes(o headroom.OutageProfile, p headroom.Plant) bool {
	return o.Of == "*" || o.Of == p.ID || o.Of == p.Owner
}

// risks looks at the uncertainties: what they move must be there, and they must move it.
func (k *checker) risks() {
	for _, s := range k.c.Risks {
		if !k.moves(s) {
			k.fail(headroom.CodeDanglingKey, "risk", s.ID, "of", "name what the case has", "there is nothing %q that a risk of %s could move", s.Of, s.Kind)
		}
		spread, need := s.SD, "sd"
		if s.Kind == headroom.RiskDuty {
			spread, need = s.Rate, "rate"
		}
		switch {
		case !spread.Set && s.Kind == headroom.RiskDemand && s.Of == "*": // that of scored forecasts
		case !spread.Set:
			k.fail(headroom.CodeEmptyNumber, "risk", s.ID, need, "fill it in, or write an assumption for it; a missing number is not zero", "the number is missing")
		case spread.Value == 0:
			k.warn(headroom.CodeZeroSpread, "risk", s.ID, need, "write a number above zero or delete the row", "%s moves nothing: its %s is zero", s.ID, need)
		}
		if s.Kind != headroom.RiskDuty {
			continue
		}
		if !s.Mode.Set {
			k.fail(headroom.CodeEmptyNumber, "risk", s.ID, "mode", "fill it in, or write an assumption for it; a missing number is not zero", "the number is missing")
		} else if m := s.Mode.Value; s.Low.Or(m) > m || m > s.High.Or(m) {
			k.fail(headroom.CodeBadOutage, "risk", s.ID, "mode", "put them in order", "the smallest, most likely and largest rise are %v, %v and %v", s.Low.Or(m), m, s.High.Or(m))
		}
		if s.Rate.Value > 1 {
			k.fail(headroom.CodeBadProbability, "risk", s.ID, "rate", "write a chance from 0 to 1", "the chance of a rise in a year is %v", s.Rate.Value)
		}
	}
}

// moves reports whether the case has what a shock is of.
func (k *checker) moves(s headroom.Risk) bool {
	of := func(id string) bool { return id == s.Of }
	switch s.Kind {
	case headroom.RiskDemand:
		return s.Of == "*" || s.Of == headroom.EachVehicle || k.marketOf[s.Of] != nil || k.carOf[s.Of] != nil ||
			slices.ContainsFunc(k.c.Vehicles, func(v headroom.Vehicle) bool { return v.Segment == s.Of })
	case headroom.RiskFX:
		return slices.ContainsFunc(k.c.FXRates, func(f headroom.FXRate) bool { return of(f.From) || of(f.To) }) && s.Of != k.c.BaseCurrency
	case headroom.RiskEnergy:
		return s.Of == "*" || k.regionOf[s.Of] != nil
	case headroom.RiskDuty:
		return slices.ContainsFunc(k.c.Regions, func(r headroom.Region) bool { return of(r.Territory) || r.Territory == "" && of(r.ID) })
	}
	return false
}
