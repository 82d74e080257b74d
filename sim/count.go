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
	c[colRegret] = l.bound(d) - volume
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

// countMoney counts the owners' cash and returns what volumes brought. A vehicle's cost is counted when it is sold, at the
// places that built it in the period.
func (l *life) countMoney(t int, orgs []float64) float64 {
	n, d, ways := l.n, &l.n.periods[t], l.w.ways[t]
	for o := range orgs {
		orgs[o] = n.fixed[t][o].at(ways)
	}
	volume := 0.0
	for v := range d.vehicles {
		x := &d.vehicles[v]
		made := 0.0
		for _, k := range x.places {
			made += l.made[k]
		}
		for _, k := range x.places {
			share := d.places[k].share
			if made > 0 {
				share = l.made[k] / made
			}
			l.unit[k] = 0
			for i := range d.places[k].unit {
				u := &d.places[k].unit[i]
				one := u.at(ways)
				l.unit[k] += one
				orgs[u.org] += one * share * l.sold[v]
				volume += one * share * l.sold[v]
			}
		}
	}
	for i := range d.lines {
		for _, s := range d.lines[i].premium {
			orgs[s.org] += s.amount * l.overtime[i]
			volume += s.amount * l.overtime[i]
		}
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

// bound is the most that volumes can bring in a period by the same lines, for somebody who knew all from the first day. It is
// a bound and no plan: weeks are joined to one year, the lines of a group to one line, each vehicle is built where it brings
// the most, overtime costs nothing, and each buyer waits.
func (l *life) bound(d *period) float64 {
	sum := 0.0
	for i := range d.groups {
		g := &d.groups[i]
		room := 0.0
		for _, j := range g.lines {
			room += l.straightC[j] * (1 + overShare(&d.lines[j])) * g.rate
		}
		for _, v := range g.vehicles {
			room += l.opening[v]
		}
		order := slices.Clone(g.vehicles)
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.best(d, b), l.best(d, a)) })
		for _, v := range order {
			one := l.best(d, v)
			units := min(room, l.want[v]*float64(d.weeks)+l.opening[v])
			if one <= 0 || units <= 0 {
				continue
			}
			sum += one * units
			room -= units
		}
	}
	return sum
}

// overShare is overtime beside straight time.
func overShare(x *line) float64 {
	if x.straight <= 0 {
		return 0
	}
	return x.over / x.straight
}

// best is the most that a vehicle brings at any of its places.
func (l *life) best(d *period, v int) float64 {
	most := l.unit[d.vehicles[v].places[0]]
	for _, k := range d.vehicles[v].places {
		most = max(most, l.unit[k])
	}
	return most
}
