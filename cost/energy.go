package cost

import "headroom"

// EnergyOf returns what a plant pays for energy: its own rows, and the rows for every plant cut to the days on which it has no
// row of its own for the carrier.
func EnergyOf(c *headroom.Case, plant string) []headroom.Energy {
	var own, out []headroom.Energy
	for _, e := range c.Energies {
		if e.Plant == plant {
			own = append(own, e)
		}
	}
	out = append(out, own...)
	for _, e := range c.Energies {
		if e.Plant != "*" {
			continue
		}
		left := []headroom.Energy{e}
		for _, o := range own {
			if o.Carrier == e.Carrier {
				left = without(left, o.From, o.To)
			}
		}
		out = append(out, left...)
	}
	return out
}

// without cuts the days from … to, a missing end being open, out of rows.
func without(rows []headroom.Energy, from, to headroom.Date) []headroom.Energy {
	var out []headroom.Energy
	for _, e := range rows {
		if to != 0 && e.From > to || e.To != 0 && e.To < from {
			out = append(out, e)
			continue
		}
		if from != 0 && e.From < from {
			before := e
			before.To = from.AddDays(-1)
			out = append(out, before)
		}
		if to != 0 && (e.To == 0 || e.To > to) {
			after := e
			after.From = to.AddDays(1)
			out = append(out, after)
		}
	}
	return out
}
