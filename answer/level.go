package answer

import (
	"slices"

	"headroom"
)

// Three levels of what a plan may count on.

// signedOnly is a case with what is committed and signed, and the deals that are named: no other unsigned deal, no candidate. A
// candidate is a vehicle that may be left out and has a place that needs no deal, and a plant that would have to be opened,
// unless a named deal would build there.
func signedOnly(c *headroom.Case, deals ...string) *headroom.Case {
	d := *c
	d.With = nil
	d.Vehicles, d.Plants = nil, nil
	free, hosts := map[string]bool{}, map[string]bool{}
	for _, k := range c.VehicleLines {
		if k.Arrangement == "" {
			free[k.Vehicle] = true
		} else if slices.Contains(deals, k.Arrangement) {
			hosts[plantOf(c, k.Line)] = true
		}
	}
	gone := map[string]bool{}
	for _, v := range c.Vehicles {
		if v.Use == headroom.Consider && free[v.ID] {
			gone[v.ID] = true
			continue
		}
		d.Vehicles = append(d.Vehicles, v)
	}
	for _, p := range c.Plants {
		stands := p.InitialState == headroom.Operating || p.InitialState == ""
		if p.Use == headroom.Consider && !stands && !hosts[p.ID] {
			p.Use = headroom.Include
		}
		d.Plants = append(d.Plants, p)
	}
	d.VehicleLines = slices.DeleteFunc(slices.Clone(c.VehicleLines), func(k headroom.VehicleLine) bool { return gone[k.Vehicle] })
	d.Demands = slices.DeleteFunc(slices.Clone(c.Demands), func(k headroom.Demand) bool { return gone[k.Vehicle] })
	return &d
}

func plantOf(c *headroom.Case, line string) string {
	for _, l := range c.Lines {
		if l.ID == line {
			return l.Plant
		}
	}
	return ""
}

// openDeals are the arrangements below signed that are not called off, by id.
func openDeals(c *headroom.Case) []string {
	var out []string
	for _, a := range c.Arrangements {
		if !a.Status.Fact() && !a.Status.Dead() {
			out = append(out, a.ID)
		}
	}
	return out
}

// with is a case in which unsigned deals are counted in.
func with(c *headroom.Case, deals ...string) *headroom.Case {
	d := *c
	d.With = append(slices.Clone(c.With), deals...)
	return &d
}

// asSigned is a case in which deals, and those they require, are signed.
func asSigned(c *headroom.Case, deals ...string) *headroom.Case {
	d := *c
	d.Arrangements = slices.Clone(c.Arrangements)
	for i := 0; i < len(deals); i++ {
		for k := range d.Arrangements {
			a := &d.Arrangements[k]
			if a.ID == deals[i] && !a.Status.Fact() {
				a.Status = headroom.Signed
				deals = append(deals, a.Requires...)
			}
		}
	}
	return &d
}

// without is a case in which a deal has ended.
func without(c *headroom.Case, deal string) *headroom.Case {
	d := *c
	d.Arrangements = slices.Clone(c.Arrangements)
	for k := range d.Arrangements {
		if d.Arrangements[k].ID == deal {
			d.Arrangements[k].Status = headroom.Ended
		}
	}
	return &d
}
