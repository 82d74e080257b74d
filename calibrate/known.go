package calibrate

import (
	"slices"

	"headroom"
)

// This file says what the plan of a past year may read: figures as they were known, what is told, and what is barred.

// binding finds what a figure is bound to.
func (f *folding) binding(table, key, column string) *headroom.Binding {
	for i := range f.c.Bindings {
		if b := &f.c.Bindings[i]; b.Table == table && b.RowKey == key && b.Column == column {
			return b
		}
	}
	return nil
}

// figure is a figure as it was known: computed again where it is bound to claims, the cell where it is an assumption, and not there
// where a claim of it is barred. Claims that were printed only in the year itself or later count where late is true.
func (f *folding) figure(table, key, column string, cell float64, late bool) (headroom.Opt, error) {
	b := f.binding(table, key, column)
	if b == nil {
		return headroom.Some(cell), nil
	}
	for _, id := range b.Claims {
		printed := f.claims[id].AsOf >= firstDay(f.year)
		if f.barred[id] || printed && !late {
			if table != "outturn" { // which the plan does not do without
				f.unknown[b.Table+"/"+key+"/"+column] = true
			}
			return headroom.Opt{}, nil
		}
		if printed {
			f.late[id] = true
		}
	}
	v, err := f.known.Of(*b)
	if err != nil {
		return headroom.Opt{}, headroom.Errorf(headroom.CodeBrokenFormula, f.c.Place("binding", b.Key(), "formula"), "", "%v", err)
	}
	return headroom.Some(v), nil
}

// about reports whether the claims of an outturn say something of its year. As of an earlier day a figure may rest on older claims
// that stood in for it then, which is no outturn.
func (f *folding) about(o headroom.Outturn) bool {
	b := f.binding("outturn", o.Key(), "units")
	return b == nil || !slices.ContainsFunc(b.Claims, func(id string) bool { to := f.claims[id].PeriodTo; return to != 0 && to < firstDay(o.Year) })
}

// actual reads what happened, which is compared with and never planned from.
func (f *folding) actual() error {
	key := itoa(f.year) + ":" + AllGroups + ":*:*"
	i := slices.IndexFunc(f.c.Outturns, func(o headroom.Outturn) bool { return o.Key() == key })
	if i < 0 || !f.about(f.c.Outturns[i]) || len(builtIn(f.c, f.out.Base)) == 0 {
		return headroom.Errorf(CodeNoCalibration, headroom.Place{File: "outturn.csv"}, "add the total of that year, and totals of the vehicles of the year before",
			"%d cannot be planned from %d", f.year, f.out.Base)
	}
	v, claims, err := f.happened(f.c.Outturns[i])
	f.out.Actual, f.out.Claims = v, claims
	return err
}

// happened is an outturn of the year, from its claims where it has some.
func (f *folding) happened(o headroom.Outturn) (float64, []string, error) {
	b := f.binding("outturn", o.Key(), "units")
	if b == nil {
		return o.Units, nil, nil
	}
	v, err := f.all.Of(*b)
	return v, b.Claims, err
}

// shock is an event of the year as it is told.
type shock struct {
	maker string
	units float64
}

// telling is a list of events under a name.
type telling struct {
	name   string
	shocks []shock
}

// shocks are the events of the year: as they are bound, and then each rival claim in the place of the one that was chosen.
func (f *folding) shocks() ([]telling, error) {
	base := telling{name: runTold}
	type rival struct {
		at    int
		claim string
	}
	var rivals []rival
	for _, x := range f.c.Shocks {
		if x.Year != f.year {
			continue
		}
		units := x.Units
		if b := f.binding("shock", x.Key(), "units"); b != nil {
			var err error
			if units, err = f.all.Of(*b); err != nil {
				return nil, err
			}
			for _, id := range b.Claims {
				f.told[id] = f.barred[id]
			}
			for _, id := range b.Alternatives {
				rivals = append(rivals, rival{len(base.shocks), id})
			}
		}
		base.shocks = append(base.shocks, shock{x.Maker, units})
	}
	if len(base.shocks) == 0 {
		return nil, nil
	}
	out := []telling{base}
	for _, r := range rivals {
		v, err := f.all.Of(headroom.Binding{Claims: []string{r.claim}})
		if err != nil {
			return nil, err
		}
		f.told[r.claim] = f.barred[r.claim]
		t := telling{name: runTold + ", " + r.claim, shocks: slices.Clone(base.shocks)}
		t.shocks[r.at].units = v
		out = append(out, t)
	}
	return out, nil
}

// finish fills in the lists of claims.
func (f *folding) finish() {
	for id, yes := range f.barred {
		if yes && !f.told[id] {
			f.out.Barred = append(f.out.Barred, id)
		}
	}
	for _, l := range []struct {
		from map[string]bool
		to   *[]string
	}{{f.told, &f.out.Told}, {f.late, &f.out.Late}, {f.unknown, &f.out.Unknown}} {
		for id, yes := range l.from {
			if yes {
				*l.to = append(*l.to, id)
			}
		}
		slices.Sort(*l.to)
	}
	slices.Sort(f.out.Barred)
}
