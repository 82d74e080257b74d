package answer

import (
	"slices"

	"headroom"
)

// Three levels of what a plan may count on.

// signedOnly is a case with what is committed and signed, and the deals that are named: no other unsigned deal, no candidate. A
// candidate is what nobody has announced: a vehicle that may be left out and has a place that needs no deal, and a plant that would
// have to be opened. What a commitment, a signed deal or a named one has a place for is none.
func signedOnly(c *headroom.Case, deals ...string) *headroom.Case {
	at := announced(c, deals...)
	return withoutCandidates(c, at, at)
}

// BriefCase is the case that the base plan of a brief is made of: on what is committed and signed.
func BriefCase(c *headroom.Case) *headroom.Case { return signedOnly(c) }

// announcement is what commitments and deals have a place for, by id.
type announcement struct{ vehicles, plants map[string]bool }

// announced is what the commitments of a case, its signed deals and those that are named have a place for.
func announced(c *headroom.Case, deals ...string) announcement {
	at := announcement{map[string]bool{}, map[string]bool{}}
	for _, a := range c.Arrangements {
		if a.Status.Fact() {
			deals = append(deals[:len(deals):len(deals)], a.ID)
		}
	}
	for _, k := range c.VehicleLines {
		committed := k.Arrangement == "" && k.CommittedUntil != 0 && k.CommittedUntil >= c.Periods[0].From
		if committed || k.Arrangement != "" && slices.Contains(deals, k.Arrangement) {
			at.vehicles[k.Vehicle], at.plants[c.PlantOf(k.Line)] = true, true
		}
	}
	return at
}

// withoutCandidates is a case without unsigned deals and candidates: those vehicles and plants that have not been announced.
func withoutCandidates(c *headroom.Case, vehicles, plants announcement) *headroom.Case {
	d := *c
	d.With = nil
	d.Vehicles, d.Plants = nil, nil
	gone := map[string]bool{}
	for _, v := range c.Vehicles {
		if candidate(c, v) && !vehicles.vehicles[v.ID] {
			gone[v.ID] = true
			continue
		}
		d.Vehicles = append(d.Vehicles, v)
	}
	for _, p := range c.Plants {
		if opens(p) && !plants.plants[p.ID] {
			p.Use = headroom.Include
		}
		d.Plants = append(d.Plants, p)
	}
	d.VehicleLines = slices.DeleteFunc(slices.Clone(c.VehicleLines), func(k headroom.VehicleLine) bool { return gone[k.Vehicle] })
	d.Demands = slices.DeleteFunc(slices.Clone(c.Demands), func(k headroom.Demand) bool { return gone[k.Vehicle] })
	return &d
}

// candidate reports whether a plan may choose a vehicle without any deal.
func candidate(c *headroom.Case, v headroom.Vehicle) bool {
	return v.Use == headroom.Consider && slices.ContainsFunc(c.VehicleLines, func(k headroom.VehicleLine) bool {
		return k.Vehicle == v.ID && k.Arrangement == "" && k.Compatible
	})
}

// opens reports whether a plan may open a plant that does not stand open.
func opens(p headroom.Plant) bool {
	return p.Use == headroom.Consider && p.InitialState != headroom.Operating && p.InitialState != ""
}

// dealCases are the two cases that a deal is judged by: in one it is signed, in the other it is not, and else they are the same but for
// the plants that it opens. A vehicle that the deal announces is on the market in both.
func dealCases(c *headroom.Case, deal string) (yes, no *headroom.Case) {
	signed, not := asSigned(c, deal), c
	for _, a := range c.Arrangements {
		if a.ID == deal && a.Status.Fact() {
			signed, not = c, without(c, deal)
		}
	}
	at := announced(signed)
	return withoutCandidates(signed, at, at), withoutCandidates(not, at, announced(not))
}

// sameVehicles reports whether two cases have as many vehicles: of two that come from one case these are the same.
func sameVehicles(a, b *headroom.Case) bool { return len(a.Vehicles) == len(b.Vehicles) }

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
