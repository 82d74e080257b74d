package sim

import (
	"math"
	"slices"

	"headroom"
)

// Stop is a standstill of plants that strikes all of them at once.
type Stop struct {
	Plants   []int
	Start    float64 // week, from the first day of the horizon
	Weeks    float64 // in which nothing is built
	Recovery float64 // weeks after them, in which capacity comes back evenly

	// Shape is the share of capacity that is left in equal steps over Weeks, instead of nothing and Recovery.
	Shape []float64
}

// length is how long capacity is short.
func (s Stop) length() float64 {
	if len(s.Shape) > 0 {
		return s.Weeks
	}
	return s.Weeks + s.Recovery
}

// taken is how much capacity it takes.
func (s Stop) taken() gone {
	if len(s.Shape) > 0 {
		return stepped(s.Shape)
	}
	all := s.Weeks + s.Recovery
	return func(share float64) float64 {
		x := min(max(share, 0), 1) * all
		sum := min(x, s.Weeks)
		if over := x - s.Weeks; over > 0 {
			sum += over - over*over/(2*s.Recovery)
		}
		return sum / all
	}
}

// record lives once and keeps what each place builds in each week, the cash of owners and the buyers lost by week.
func (n *Net) record(w func(*draw)) recorded {
	l := n.newLife()
	if w != nil {
		w(l.w)
	}
	built, lost, missed := make([][]float64, n.weeks), make([]float64, n.weeks), make([]float64, n.weeks)
	l.trace = func(t, week int) {
		g, d := n.first[t]+week, &n.periods[t]
		built[g] = slices.Clone(l.build[:len(d.places)])
		for v := range d.vehicles {
			lost[g] += l.lost[d.vehicles[v].id]
			missed[g] += l.missed[d.vehicles[v].id]
		}
	}
	l.live()
	cash := make([]float64, len(n.orgs))
	for t := range n.periods {
		for o := range n.orgs {
			cash[o] += l.series[t*n.columns()+colFirst+o]
		}
	}
	for _, x := range l.waiting {
		lost[n.weeks-1] += x // who still waits at the end goes without
	}
	return recorded{built, cash, lost, missed}
}

// PlantIndex is where a plant is, or -1.
func (n *Net) PlantIndex(id string) int { return slices.Index(n.plants, id) }

// PlantNames are the plants of a net in the order of their indices.
func (n *Net) PlantNames() []string { return n.plants }

// Builds is how many vehicles a week the plan builds at a plant in the week, without any stop.
func (n *Net) Builds(p int, week float64) float64 {
	t := n.periodOf(int(week))
	sum := 0.0
	for _, x := range n.periods[t].places {
		if n.periods[t].lines[x.line].plant == p {
			sum += x.plan
		}
	}
	return sum
}

// periodOf is the period of a week.
func (n *Net) periodOf(week int) int {
	t := 0
	for t+1 < len(n.first) && n.first[t+1] <= week {
		t++
	}
	return t
}

// Outage compares a life in which nothing happens with one in which plants stand still, and nothing else happens.
func (n *Net) Outage(s Stop) headroom.Outage {
	base := n.record(nil)
	out := n.compare(base, s)
	out.TTS, out.TTR = n.timeToSurvive(s), s.length()
	n.timeToDouble(base, s, &out)
	return out
}

// Compare is Outage without the times to survive and to recover.
func (n *Net) Compare(s Stop) headroom.Outage { return n.compare(n.record(nil), s) }

// recorded is a life week by week: built by place, cash by owner, and by week the buyers lost and those not served.
type recorded struct {
	built              [][]float64
	cash, lost, missed []float64
}

// compare is what a stop changes.
func (n *Net) compare(base recorded, s Stop) headroom.Outage {
	hit := n.record(func(w *draw) { w.strike(n, s.Plants, false, s.taken(), s.Start, s.length()) })
	out := headroom.Outage{Weeks: s.Weeks, Recovery: s.Recovery}
	for _, p := range s.Plants {
		out.Plants = append(out.Plants, n.plants[p])
	}
	year := n.periodOf(int(s.Start))
	for g := range n.weeks {
		t := n.periodOf(g)
		d := &n.periods[t]
		for k := range d.places {
			diff := hit.built[g][k] - base.built[g][k]
			switch {
			case !has(s.Plants, d.lines[d.places[k].line].plant):
				out.Moved += diff
			case diff < 0:
				out.NotBuilt -= diff
			default:
				out.CaughtUp += diff
			}
			if t == year {
				out.InYear -= diff
			}
		}
		out.Sales += hit.lost[g] - base.lost[g]
	}
	for _, x := range []*float64{&out.NotBuilt, &out.CaughtUp, &out.Moved, &out.InYear, &out.Sales} {
		if math.Abs(*x) < 1e-6 {
			*x = 0 // what rounding left
		}
	}
	out.Lost = out.NotBuilt - out.CaughtUp - out.Moved
	for o, name := range n.orgs {
		if diff := hit.cash[o] - base.cash[o]; math.Abs(diff) > 0.5 {
			out.Money = append(out.Money, headroom.OrgCash{Org: name, Amount: diff})
			out.Total += diff
		}
	}
	return out
}

// has reports whether a plant is among some.
func has(plants []int, p int) bool { return slices.Contains(plants, p) }

// timeToSurvive is how long plants can stand still until the first buyer goes without (Simchi-Levi et al. 2015): a standstill
// without end is lived through until then. Where nobody ever does, it is the rest of the horizon.
func (n *Net) timeToSurvive(s Stop) float64 {
	rest := float64(n.weeks) - s.Start
	base := n.record(nil)
	hit := n.record(func(w *draw) {
		w.strike(n, s.Plants, false, Stop{Weeks: rest}.taken(), s.Start, rest)
	})
	for g := int(s.Start); g < n.weeks; g++ {
		missed := hit.missed[g] - base.missed[g]
		t := n.periodOf(g)
		sales := 0.0
		for k := range n.periods[t].places {
			if has(s.Plants, n.periods[t].lines[n.periods[t].places[k].line].plant) {
				sales += base.built[g][k]
			}
		}
		if sales > 0 && missed > 1e-6*sales {
			return max(0, float64(g)+1-min(1, missed/sales)-s.Start)
		}
	}
	return rest
}

// timeToDouble finds the standstill whose damage is twice that of the one asked for, with the same recovery.
func (n *Net) timeToDouble(base recorded, s Stop, out *headroom.Outage) {
	damage := func(o headroom.Outage) float64 { return -o.Total }
	out.Doubles = "cash"
	if damage(*out) <= 0 {
		damage, out.Doubles = func(o headroom.Outage) float64 { return o.Lost }, "units"
	}
	want := 2 * damage(*out)
	most := float64(n.weeks) - s.Start - s.Recovery
	at := func(weeks float64) float64 {
		longer := s
		longer.Weeks = weeks
		return damage(n.compare(base, longer))
	}
	if want <= 0 || len(s.Shape) > 0 || at(most) < want {
		return
	}
	low, high := s.Weeks, most
	for range 40 {
		mid := (low + high) / 2
		if at(mid) < want {
			low = mid
		} else {
			high = mid
		}
	}
	out.Doubling = &high
}

// Stress is what a standstill of each plant by itself would do: no probabilities, the same weeks for all, the exposure of the
// worst is 1 (the risk exposure index of Simchi-Levi et al. 2015). Plants that build nothing at that time are left out. The
// most exposed come first.
func (n *Net) Stress(s Stop) []headroom.Outage {
	var out []headroom.Outage
	base := n.record(nil)
	worst := 0.0
	for p := range n.plants {
		if n.Builds(p, s.Start) <= 0 {
			continue
		}
		one := s
		one.Plants = []int{p}
		o := n.compare(base, one)
		o.TTS, o.TTR = n.timeToSurvive(one), one.length()
		worst = max(worst, -o.Total)
		out = append(out, o)
	}
	for i := range out {
		if worst > 0 {
			out[i].Exposure = max(0, -out[i].Total) / worst
		}
	}
	slices.SortStableFunc(out, func(a, b headroom.Outage) int {
		switch {
		case a.Exposure > b.Exposure:
			return -1
		case a.Exposure < b.Exposure:
			return 1
		}
		return 0
	})
	return out
}

// Replayed is what the model says of a stop that did happen.
type Replayed struct {
	Plants     []string
	Standstill float64 // weeks in which nothing was built
	Recovery   float64 // weeks after them until all capacity was back
	InStop     float64 // vehicles not built in the standstill
	All        float64 // until all capacity was back
	Built      float64 // in the period of the stop, with it
	Without    float64 // and without it
	WeekCash   float64 // what the owners of the plants lose by not building, per week of standstill
}

// Replay lives through a stop with a shape; only plants that count are counted.
func (n *Net) Replay(s Stop, counts func(plant string) bool) Replayed {
	base := n.record(nil)
	hit := n.record(func(w *draw) { w.strike(n, s.Plants, false, s.taken(), s.Start, s.length()) })
	zeros := 0
	for zeros < len(s.Shape) && s.Shape[zeros] == 0 {
		zeros++
	}
	r := Replayed{Standstill: s.Weeks * float64(zeros) / float64(max(1, len(s.Shape)))}
	r.Recovery = s.Weeks - r.Standstill
	owners := map[int]bool{}
	for _, p := range s.Plants {
		if counts(n.plants[p]) && n.Builds(p, s.Start) > 0 {
			r.Plants = append(r.Plants, n.plants[p])
		}
		owners[n.org(n.plantOrg[p])] = true
	}
	year := n.periodOf(int(s.Start))
	for g := range n.weeks {
		t := n.periodOf(g)
		d := &n.periods[t]
		for k := range d.places {
			x := &d.places[k]
			p := d.lines[x.line].plant
			if !has(s.Plants, p) || !counts(n.plants[p]) {
				continue
			}
			missed := base.built[g][k] - hit.built[g][k]
			if t == year {
				r.Built += hit.built[g][k]
				r.Without += base.built[g][k]
			}
			r.All += max(0, missed) * within(g, s.Start, s.Weeks)
			in := max(0, missed) * within(g, s.Start, r.Standstill)
			r.InStop += in
			for _, u := range x.unit {
				if owners[u.org] && r.Standstill > 0 {
					r.WeekCash += in * u.base / r.Standstill
				}
			}
		}
	}
	return r
}

// within is the share of what a stop takes in a week that lies in its first weeks.
func within(g int, start, weeks float64) float64 {
	from, to := max(float64(g), start), float64(g)+1
	if to <= from {
		return 0
	}
	return min(1, max(0, min(to, start+weeks)-from)/(to-from))
}
