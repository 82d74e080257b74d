package sim

import "math"

// life is the state of one life and what came of it. Its slices are used again from life to life.
type life struct {
	n *Net
	w *draw

	stock, waiting []float64 // per vehicle of the case: share of the stock wanted that is there; buyers who wait
	forgone        []float64 // per vehicle of the case: share of the stock wanted that stops took and nobody regains

	want, lack, onHand  []float64 // per vehicle of the period
	build, made, sold   []float64 // per place: this week, in the period; per vehicle: sold in the period
	used                []float64 // per line, this week
	alive               []bool    // per place
	late                []bool    // per place: it lacks capacity this week
	dealMade, siteMade  []float64
	overtime, straightC []float64 // per line in the period: overtime, and capacity there was
	asked, served       []float64 // per pair: demand, and what of it the plan would serve
	unit                []float64 // per place: margin
	opening             []float64 // per vehicle: waiting buyers and lacking stock at the start
	series              []float64 // period × column
	worst               worst
	trace               func(t, week int) // called after each week, for the outage answer
	lost, missed        []float64         // per vehicle of the case, this week: buyers lost, and buyers not served
	addCrews            bool              // lines take a larger pattern after a year in which they could not build what was wanted
	man                 []manning         // per line: the pattern of this period
	wanted              []float64         // per line of the case: what was asked of it a week in the period before, in its own units
	before              []int             // per line of the case: its pattern in the period before
	moved               []share           // what crews and changes of patterns cost more than planned in this period
	segments            []segment
	order               []int
}

// worst is the week of a life in which the least was built, beside the plan.
type worst struct {
	ratio, units, plan float64
	t, week            int
}

func (n *Net) newLife() *life {
	l := &life{n: n, w: n.newDraw(), stock: make([]float64, n.vehicles), forgone: make([]float64, n.vehicles), waiting: make([]float64, n.vehicles), lost: make([]float64, n.vehicles), missed: make([]float64, n.vehicles)}
	p, v, q, lines := 0, 0, 0, 0
	for t := range n.periods {
		d := &n.periods[t]
		p, v, q, lines = max(p, len(d.places)), max(v, len(d.vehicles)), max(q, len(d.pairs)), max(lines, len(d.lines))
	}
	for _, s := range []*[]float64{&l.want, &l.lack, &l.onHand, &l.sold, &l.opening} {
		*s = make([]float64, v)
	}
	for _, s := range []*[]float64{&l.build, &l.made, &l.unit} {
		*s = make([]float64, p)
	}
	for _, s := range []*[]float64{&l.used, &l.overtime, &l.straightC} {
		*s = make([]float64, lines)
	}
	l.asked, l.served = make([]float64, q), make([]float64, q)
	l.alive, l.late = make([]bool, p), make([]bool, p)
	l.man, l.wanted, l.before = make([]manning, lines), make([]float64, len(n.c.Lines)), make([]int, len(n.c.Lines))
	l.dealMade, l.siteMade = make([]float64, len(n.deals)), make([]float64, len(n.plants))
	l.series = make([]float64, len(n.periods)*n.columns())
	return l
}

// live lives a life through.
func (l *life) live() {
	for v := range l.stock {
		l.stock[v], l.waiting[v], l.forgone[v] = 1, 0, 0
	}
	clear(l.wanted)
	for i := range l.before {
		l.before[i] = unmanned
	}
	l.worst = worst{ratio: math.Inf(1)}
	for t := range l.n.periods {
		l.begin(t)
		for week := range l.n.periods[t].weeks {
			l.week(t, week)
			if l.trace != nil {
				l.trace(t, week)
			}
		}
		l.end(t)
	}
}

// begin sets a period up: what buyers ask for, and which places there are.
func (l *life) begin(t int) {
	d := &l.n.periods[t]
	clear(l.made)
	clear(l.sold)
	clear(l.overtime)
	clear(l.straightC)
	clear(l.dealMade)
	clear(l.siteMade)
	for k := range d.places {
		x := &d.places[k]
		l.alive[k] = x.deal < 0 || x.age >= l.w.begins[x.deal]
	}
	for v := range d.vehicles {
		x := &d.vehicles[v]
		there := false
		for _, k := range x.places {
			there = there || l.alive[k]
		}
		sum := 0.0
		for _, i := range x.pairs {
			q := &d.pairs[i]
			f := 1.0
			for _, w := range q.walks {
				f *= l.w.walks[w][t]
			}
			l.asked[i] = f * q.demand
			// What the plan serves of a market is a decision: of more demand it serves its share, of less all up to the plan.
			l.served[i] = min(l.asked[i], q.flow*max(1, f))
			sum += l.served[i]
		}
		l.want[v] = sum / float64(d.weeks)
		if !there {
			l.stock[x.id], l.forgone[x.id] = 0, 0 // nothing of it was ever built
		}
		l.onHand[v] = l.stock[x.id] * x.stock * l.want[v]
		l.opening[v] = l.waiting[x.id] + x.stock*l.want[v] - l.onHand[v]
	}
	l.choosePatterns(d)
}

// week builds and sells for a week.
func (l *life) week(t, week int) {
	d := &l.n.periods[t]
	g := l.n.first[t] + week
	l.ask(d, g)
	for i := range d.lines {
		l.run(d, i, g, float64(week+1)/float64(d.weeks), t)
	}
	for v := range d.vehicles {
		if len(d.vehicles[v].places) > 1 && l.lack[v] > tiny*l.want[v] {
			l.move(d, v, g, float64(week+1)/float64(d.weeks), t)
		}
	}
	for v := range d.vehicles {
		l.sell(d, v)
	}
	l.close(d, t, week, g)
}

// tiny is a share of a week's sales that does not count.
const tiny = 1e-9

// ask spreads what is wanted of each vehicle over its places: this week's buyers, those who wait, and what stock lacks.
func (l *life) ask(d *period, g int) {
	for v := range d.vehicles {
		x := &d.vehicles[v]
		short := x.stock*l.want[v]*(1-l.forgone[x.id]) - l.onHand[v]
		if math.Abs(short) <= tiny*l.want[v] {
			short = 0
		}
		l.lack[v] = max(0, l.want[v]+l.waiting[x.id]+short)
		for _, k := range x.places {
			l.build[k], l.late[k] = 0, false
			if !l.alive[k] {
				continue
			}
			y := &d.places[k]
			plant := d.lines[y.line].plant
			l.build[k] = l.lack[v] * y.share
			if kits := l.w.kits[plant]; y.kit && kits != nil && kits[g] < 1 {
				l.build[k] = min(l.build[k], y.plan*kits[g])
				l.late[k] = true
			}
			if left := l.w.left[plant]; left != nil && left[g] < 1 {
				l.late[k] = true
			}
		}
	}
}

// capacity is what a line can build in a week, with overtime, and without.
func (l *life) capacity(d *period, i, g int) (all, straight float64) {
	f := 1.0
	if left := l.w.left[d.lines[i].plant]; left != nil {
		f = left[g]
	}
	return (l.man[i].straight + l.man[i].over) * f, l.man[i].straight * f
}

// room is what a place may still build by the week under the caps of its deal and its site.
func (l *life) room(d *period, k int, part float64, t int) float64 {
	x := &d.places[k]
	p := d.lines[x.line].plant
	most := d.sites[p]*part - l.siteMade[p]
	if x.deal >= 0 {
		most = min(most, l.n.deals[x.deal].most[t]*part-l.dealMade[x.deal])
	}
	return max(0, most)
}

// run has a line build what it can: all of its vehicles get the same share of what they want.
func (l *life) run(d *period, i, g int, part float64, t int) {
	x := &d.lines[i]
	sum := 0.0
	for _, k := range x.places {
		sum += l.build[k] / d.places[k].rate
	}
	capacity, straight := l.capacity(d, i, g)
	l.straightC[i] += straight
	share := 1.0
	if sum > capacity {
		share = capacity / sum
	}
	l.used[i] = 0
	for _, k := range x.places {
		l.make(d, k, min(l.build[k]*share, l.room(d, k, part, t)), true)
	}
}

// make has a place build units.
func (l *life) make(d *period, k int, units float64, anew bool) {
	x := &d.places[k]
	if anew {
		l.build[k] = 0
	}
	l.build[k] += units
	l.used[x.line] += units / x.rate
	l.lack[x.vehicle] -= units
	l.siteMade[d.lines[x.line].plant] += units
	if x.deal >= 0 {
		l.dealMade[x.deal] += units
	}
}

// move has other lines that are tooled for a vehicle build what is lacking, as far as they have room.
func (l *life) move(d *period, v, g int, part float64, t int) {
	for _, k := range d.vehicles[v].places {
		x := &d.places[k]
		if !l.alive[k] || !x.serves || x.kit && l.late[k] {
			continue
		}
		capacity, _ := l.capacity(d, x.line, g)
		units := min(l.lack[v], max(0, capacity-l.used[x.line])*x.rate, l.room(d, k, part, t))
		if units > 0 {
			l.make(d, k, units, false)
		}
		if l.lack[v] <= tiny*l.want[v] {
			return
		}
	}
}

// sell serves this week's buyers from stock and output, then those who wait. Of what a stop takes, from buyers or from
// stock, a share is regained later: buyers who wait and stock that is filled up again. The rest is lost: those buyers buy
// something else, and stock stays so much lower.
func (l *life) sell(d *period, v int) {
	x := &d.vehicles[v]
	struck, before := false, l.onHand[v]
	for _, k := range x.places {
		l.onHand[v] += l.build[k]
		l.made[k] += l.build[k]
		struck = struck || l.late[k]
	}
	fresh := min(l.want[v], l.onHand[v])
	back := min(l.waiting[x.id], l.onHand[v]-fresh)
	l.onHand[v] -= fresh + back
	l.sold[v] += fresh + back
	miss := l.want[v] - fresh
	l.waiting[x.id] -= back
	l.lost[x.id], l.missed[x.id] = miss, miss
	if struck {
		l.waiting[x.id] += miss * x.wait
		l.lost[x.id] = miss * (1 - x.wait)
		if most := x.stock * l.want[v]; most > 0 && l.onHand[v] < before {
			l.forgone[x.id] = min(1, l.forgone[x.id]+(1-x.wait)*(before-l.onHand[v])/most)
		}
	}
}

// close counts the week.
func (l *life) close(d *period, t, week, g int) {
	out, plan := 0.0, 0.0
	set := l.n.sets[0].plants
	for i := range d.lines {
		x := &d.lines[i]
		_, straight := l.capacity(d, i, g)
		l.overtime[i] += max(0, l.used[i]-straight)
		if !set[x.plant] {
			continue
		}
		for _, k := range x.places {
			out += l.build[k]
			plan += d.places[k].plan
		}
	}
	s := &l.series[t*l.n.columns()+colWorst]
	if week == 0 || out < *s {
		*s = out
	}
	if plan > 0 && out/plan < l.worst.ratio {
		l.worst = worst{out / plan, out, plan, t, week}
	}
}

// end counts the period.
func (l *life) end(t int) {
	d := &l.n.periods[t]
	for v := range d.vehicles {
		x := &d.vehicles[v]
		l.stock[x.id] = 0
		if most := x.stock * l.want[v]; most > 0 {
			l.stock[x.id] = min(1, l.onHand[v]/most)
		}
	}
	l.count(t)
}
