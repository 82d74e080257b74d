package check

import "headroom"

// shocks looks at the events of past years, which only a calibration reads: one of a year or a maker of which no outturn says anything
// changes nothing.
func (k *checker) shocks() {
	total, built := map[int]bool{}, map[int]map[string]bool{}
	for _, o := range k.c.Outturns {
		switch v := k.carOf[o.Vehicle]; {
		case o.Market != "*":
		case o.Vehicle == "*":
			total[o.Year] = total[o.Year] || o.Group == "all"
		case v != nil:
			if built[o.Year] == nil {
				built[o.Year] = map[string]bool{}
			}
			for org := v.Maker; org != "" && !built[o.Year][org]; {
				built[o.Year][org] = true
				if up := k.orgOf[org]; up != nil {
					org = up.Parent
				}
			}
		}
	}
	for _, s := range k.c.Shocks {
		switch {
		case s.Units < 0:
			k.fail(headroom.CodeNegativeNumber, "shock", s.Key(), "units", "write the vehicles that were not built, without a sign", "%v is below zero", s.Units)
		case !total[s.Year]:
			k.warn(headroom.CodeUnusedRow, "shock", s.Key(), "year", "add the total of that year to outturn.csv, group all", "no outturn says how much was built in %d: the event changes nothing", s.Year)
		case !built[s.Year-1][s.Maker]:
			k.warn(headroom.CodeUnusedRow, "shock", s.Key(), "maker_org", "add what was built of its vehicles to outturn.csv", "no outturn of %d has a vehicle of %s: the event has nothing to be taken off", s.Year-1, s.Maker)
		}
	}
}
