package sim

import (
	"cmp"
	"slices"
)

// Columns of a period's results; then come owners, markets, plants, and the regions of further targets.
const (
	colOutput = iota // of the plants that the first target counts
	colAll           // of all plants
	colSales
	colMargin
	colUse     // output of the first target's plants beside their straight time as planned
	colService // sales beside demand
	colWorst   // the least output of a week
	colRegret
	colFirst // of the owners
)

// columns is how many there are.
func (n *Net) columns() int {
	return colFirst + len(n.orgs) + len(n.markets) + len(n.plants) + len(n.sets) - 1
}

// count turns a period that was lived into its columns.
func (l *life) count(t int) {
	n, d := l.n, &l.n.periods[t]
	c := l.series[t*n.columns() : (t+1)*n.columns()]
	clear(c[:colWorst])
	clear(c[colFirst:])
	orgs := c[colFirst : colFirst+len(n.orgs)]
	markets := c[colFirst+len(n.orgs):]
	plants := markets[len(n.markets):]
	sets := plants[len(n.plants):]
	l.countOutput(d, c, plants, sets)
	volume := l.countMoney(t, orgs)
	for _, o := range orgs {
		c[colMargin] += o
	}
	asked := 0.0
	for v := range d.vehicles {
		c[colSales] += l.sold[v]
	}
	for m := range n.markets {
		sold, wanted := 0.0, 0.0
		for i := range d.pairs {
			q := &d.pairs[i]
			if q.market != m {
				continue
			}
			wanted += l.asked[i]
			if all := l.want[q.vehicle] * float64(d.weeks); all > 0 {
				sold += l.sold[q.vehicle] * l.served[i] / all
			}
		}
		markets[m] = ratio(sold, wanted)
		asked += wanted
	}
	c[colService] = ratio(c[colSales], asked)
	c[colRegret] = l.bound(d, t) - volume
}

// ratio is a/b, 1 where nothing was asked for.
func ratio(a, b float64) float64 {
	if b <= 0 {
		return 1
	}
	return a / b
}

// countOutput counts what was built, and the use of plants.
func (l *life) countOutput(d *period, c, plants, sets []float64) {
	n, straight := l.n, 0.0
	for k := range d.places {
		p := d.lines[d.places[k].line].plant
		c[colAll] += l.made[k]
		plants[p] += l.made[k]
		for s := range n.sets {
			if !n.sets[s].plants[p] {
				continue
			}
			if s == 0 {
				c[colOutput] += l.made[k]
			} else {
				sets[s-1] += l.made[k]
			}
		}
	}
	for p := range n.plants {
		room := 0.0
		for i := range d.lines {
			if d.lines[i].plant == p {
				room += d.lines[i].straight * float64(d.weeks)
			}
		}
		if n.sets[0].plants[p] {
			straight += room
		}
		if room > 0 {
			plants[p] /= room
		} else {
			plants[p] = 0
		}
	}
	if straight > 0 {
		c[colUse] = c[colOutput] / straight
	}
}

// countMoney counts the owners' cash and returns what volumes brought. A vehicle is money when it is built: makers sell to the
// trade, and stock is the trade's.
func (l *life) countMoney(t int, orgs []float64) float64 {
	n, d, ways := l.n, &l.n.periods[t], l.w.ways[t]
	for o := range orgs {
		orgs[o] = n.fixed[t][o].at(ways)
	}
	volume := 0.0
	for k := range d.places {
		l.unit[k] = 0
		for i := range d.places[k].unit {
			u := &d.places[k].unit[i]
			one := u.at(ways)
			l.unit[k] += one
			orgs[u.org] += one * l.made[k]
		}
		volume += l.unit[k] * l.made[k]
	}
	for i := range d.lines {
		for _, s := range l.man[i].premium {
			orgs[s.org] += s.amount * l.overtime[i]
			volume += s.amount * l.overtime[i]
		}
	}
	for _, s := range l.moved {
		orgs[s.org] += s.amount
	}
	return volume
}

// group is the lines that are joined by vehicles which more than one of them builds, with the vehicles.
type group struct {
	lines, vehicles []int
	rate            float64 // the most vehicles per unit of capacity
}

// readGroups finds the groups of a period.
func (n *Net) readGroups(d *period) {
	of := make([]int, len(d.lines)) // line → group, by joining
	for i := range of {
		of[i] = i
	}
	for v := range d.vehicles {
		for _, k := range d.vehicles[v].places {
			a, b := of[d.places[d.vehicles[v].places[0]].line], of[d.places[k].line]
			for i := range of {
				if of[i] == b {
					of[i] = a
				}
			}
		}
	}
	for root := range of {
		g := group{rate: 1}
		for i := range of {
			if of[i] == root {
				g.lines = append(g.lines, i)
			}
		}
		for v := range d.vehicles {
			if ks := d.vehicles[v].places; of[d.places[ks[0]].line] == root {
				g.vehicles = append(g.vehicles, v)
				for _, k := range ks {
					g.rate = max(g.rate, d.places[k].rate)
				}
			}
		}
		if len(g.vehicles) > 0 {
			d.groups = append(d.groups, g)
		}
	}
}

// segment is a part of what could be built: so many vehicles that bring so much each.
type segment struct{ units, brings float64 }

// bound is the most that volumes can bring in a period by the same lines, for somebody who knew all from the first day and
// refuses no buyer that the rule serves. It is a bound and no plan: weeks are joined to one year, each buyer waits, the lines of
// a group lend each other their capacity, and vehicles that lose money are built no more than the rule builds them.
func (l *life) bound(d *period, t int) float64 {
	sum := 0.0
	for i := range d.groups {
		g := &d.groups[i]
		room, straight, premium := 0.0, 0.0, 0.0
		for n, j := range g.lines {
			room += l.straightC[j] * (1 + overShare(&l.man[j])) * g.rate
			straight += l.straightC[j] * g.rate
			one := 0.0
			for _, s := range l.man[j].premium {
				one -= s.amount / g.rate
			}
			if n == 0 || one < premium {
				premium = one
			}
		}
		l.segments = l.segments[:0]
		for _, v := range g.vehicles {
			l.addSegments(d, v, t)
		}
		slices.SortFunc(l.segments, func(a, b segment) int { return cmp.Compare(b.brings, a.brings) })
		built := 0.0
		for _, s := range l.segments {
			units := s.units
			if s.brings > 0 {
				units = min(units, room-built)
				if s.brings < premium {
					units = min(units, max(0, straight-built))
				}
			}
			over := max(0, built+units-straight) - max(0, built-straight)
			sum += s.brings*units - premium*over
			built += units
		}
	}
	return sum
}

// addSegments adds what a vehicle could bring at its places, the best first: of one that brings money as many as there are
// buyers for, of one that does not as many as the rule built.
func (l *life) addSegments(d *period, v, t int) {
	x := &d.vehicles[v]
	left, made := l.want[v]*float64(d.weeks)+l.opening[v], 0.0
	for _, k := range x.places {
		made += l.made[k]
	}
	l.order = append(l.order[:0], x.places...)
	slices.SortStableFunc(l.order, func(a, b int) int { return cmp.Compare(l.unit[b], l.unit[a]) })
	for _, k := range l.order {
		y := &d.places[k]
		most := l.straightC[y.line] * (1 + overShare(&l.man[y.line])) * y.rate
		if y.deal >= 0 {
			most = min(most, l.n.deals[y.deal].most[t])
		}
		if !l.alive[k] {
			most = 0
		}
		units := min(left, most)
		if l.unit[k] <= 0 {
			units = min(units, max(0, made))
		}
		left -= units
		made -= units
		if units > 0 {
			l.segments = append(l.segments, segment{units, l.unit[k]})
		}
	}
}

// overShare is overtime beside straight time.
func overShare(x *manning) float64 {
	if x.straight <= 0 {
		return 0
	}
	return x.over / x.straight
}
