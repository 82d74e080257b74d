package sim

import (
	"fmt"
	"slices"

	"headroom"
	"headroom/cost"
)

// linear is an owner's money that depends on drivers: base, and more by each driver's way from the plan.
type linear struct {
	org  int
	base float64
	by   []float64 // per driver
}

// at is the money where the drivers have gone ways.
func (l *linear) at(ways []float64) float64 {
	sum := l.base
	for d, x := range l.by {
		sum += x * ways[d]
	}
	return sum
}

// readMoney finds what a vehicle of each place brings and costs, by owner, and what is left of the owners' cash. Money is
// counted by package cost, once as the case is and once with each driver moved: the difference is what money depends on it.
// Ways of two drivers that multiply, as dollars and energy, are added: what they do together is left out.
func (n *Net) readMoney(cash func(*headroom.Case) ([]headroom.CashRow, error)) error {
	base, err := n.tally(n.c, cash)
	if err != nil {
		return err
	}
	moved := make([]*tally, len(n.drivers))
	for d := range n.drivers {
		if moved[d], err = n.tally(n.drivers[d].Moved(n.c), cash); err != nil {
			return err
		}
	}
	lin := func(org int, at func(*tally) float64) linear {
		l := linear{org: org, base: at(base), by: make([]float64, len(n.drivers))}
		for d := range n.drivers {
			l.by[d] = (at(moved[d]) - l.base) / n.drivers[d].step
		}
		return l
	}
	for t := range n.periods {
		fixed := make([]linear, len(n.orgs))
		for o := range n.orgs {
			fixed[o] = lin(o, func(x *tally) float64 { return x.fixed[t][o] })
			for k := range n.periods[t].places {
				if slices.ContainsFunc(append(moved, base), func(x *tally) bool { return x.unit[t][k][o] != 0 }) {
					p := &n.periods[t].places[k]
					p.unit = append(p.unit, lin(o, func(x *tally) float64 { return x.unit[t][k][o] }))
				}
			}
		}
		n.fixed = append(n.fixed, fixed)
	}
	return nil
}

// tally is the money of a case: by period, place and owner what a vehicle brings; by period and owner what is fixed.
type tally struct {
	unit  [][][]float64
	fixed [][]float64
}

// tally counts the money of the plan in a case.
func (n *Net) tally(c *headroom.Case, cash func(*headroom.Case) ([]headroom.CashRow, error)) (*tally, error) {
	book := cost.New(c)
	rows, err := cash(c)
	if err != nil {
		return nil, fmt.Errorf("simulate: %w", err)
	}
	out := &tally{}
	index := map[string]int{}
	for t, p := range c.Periods {
		index[p.ID] = t
		out.fixed = append(out.fixed, make([]float64, len(n.orgs)))
	}
	for _, r := range rows {
		if t, ok := index[r.Period]; ok && r.Account != headroom.AccTarget {
			out.fixed[t][n.org(r.Org)] += r.Amount
		}
	}
	for t := range n.periods {
		d := &n.periods[t]
		units := make([][]float64, len(d.places))
		for k := range d.places {
			units[k] = n.unitMoney(c, book, t, k)
			for o := range n.orgs {
				out.fixed[t][o] -= units[k][o] * d.places[k].plan * float64(d.weeks)
			}
		}
		for _, l := range d.lines {
			for _, s := range l.premium {
				out.fixed[t][s.org] -= s.amount * l.planned
			}
		}
		out.unit = append(out.unit, units)
	}
	return out, nil
}

// unitMoney is what a vehicle of a place brings each owner, sold in the mix of markets of the plan.
func (n *Net) unitMoney(c *headroom.Case, book *cost.Book, t, k int) []float64 {
	d := &n.periods[t]
	x := &d.places[k]
	p, v := d.lines[x.line].plant, d.vehicles[x.vehicle].id
	out := make([]float64, len(n.orgs))
	maker, owner := n.org(c.Vehicles[v].Maker), n.org(n.plantOrg[p])
	row := n.rowOf(c, t, k)
	if row.UnitMaterial.Set {
		out[maker] -= row.UnitMaterial.Value * book.FX(row.Currency, t)
	}
	out[maker] -= row.ContentCost.Value * book.FX(row.Currency, t)
	perVehicle, _ := book.Labour(p, t)
	perCar, _ := book.Energy(p, t)
	out[owner] -= perVehicle + perCar
	n.addFee(c, book, row, t, out, maker, owner)
	out[maker] += n.saleMoney(c, book, t, v, p, row.UnitMaterial.Set)
	return out
}

// rowOf is the row of vehicle_line that a place is.
func (n *Net) rowOf(c *headroom.Case, t, k int) *headroom.VehicleLine {
	return &c.VehicleLines[n.periods[t].places[k].row]
}

// addFee adds what the guest of a deal pays the host.
func (n *Net) addFee(c *headroom.Case, book *cost.Book, row *headroom.VehicleLine, t int, out []float64, maker, owner int) {
	for _, a := range c.Arrangements {
		if a.ID != row.Arrangement || a.ID == "" {
			continue
		}
		guest, host := maker, owner
		if a.Guest != "" {
			guest = n.org(a.Guest)
		}
		if a.Host != "" {
			host = n.org(a.Host)
		}
		for _, r := range c.Terms {
			if r.Arrangement == a.ID && r.Kind == headroom.FeePerUnit {
				fee := r.Value * book.FX(r.Currency, t) * c.Periods[t].Overlap(r.From, r.To)
				out[guest] -= fee
				out[host] += fee
			}
		}
	}
}

// saleMoney is what the maker has of a vehicle sold from a plant: price less material that is a share of it, freight and duty.
func (n *Net) saleMoney(c *headroom.Case, book *cost.Book, t, v, p int, ownMaterial bool) float64 {
	sum, units := 0.0, 0.0
	for _, f := range n.plan.Flows {
		if f.Period != c.Periods[t].ID || f.Plant != n.plants[p] || f.Vehicle != c.Vehicles[v].ID {
			continue
		}
		m := slices.Index(n.markets, f.Market)
		for _, e := range book.Entries(v, p, m, t) {
			if e.Regime == f.Regime && e.Agreement == f.Agreement {
				sum += f.Units * saleOf(book, e, t, v, p, m, ownMaterial)
				units += f.Units
			}
		}
	}
	if units > 0 {
		return sum / units
	}
	// The plan has it tooled there and sends nothing: the mix of demand, by the cheapest way that all vehicles can go.
	for _, m := range book.Markets(v) {
		w := book.Demand(v, m, t).Units
		if _, ok := book.Lane(p, m, t); !ok || w <= 0 {
			continue
		}
		sum += w * saleOf(book, book.Entries(v, p, m, t)[0], t, v, p, m, ownMaterial)
		units += w
	}
	if units > 0 {
		return sum / units
	}
	return 0
}

// saleOf is saleMoney in one market under one regime.
func saleOf(book *cost.Book, e cost.Entry, t, v, p, m int, ownMaterial bool) float64 {
	cell := book.Demand(v, m, t)
	brings := cell.Price * cell.Share
	if ownMaterial {
		brings = cell.Price
	}
	freight, _ := book.Lane(p, m, t)
	return brings - freight - e.Duty(cell.Customs)
}
