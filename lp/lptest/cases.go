package lptest

import "headroom/lp"

// col and row are the short notation of the cases.
type col struct {
	cost, lower, upper float64
	integer            bool
}

type row struct {
	lower float64
	a     []float64
	upper float64
}

var inf = lp.Inf

// problem builds from dense rows. It panics on what Build refuses, which cannot happen here.
func problem(name string, sense lp.Sense, offset float64, cols []col, rows ...row) *lp.Problem {
	b := lp.NewBuilder(name, sense, len(cols), len(rows), 0)
	for _, c := range cols {
		if c.integer {
			b.IntCol(c.cost, c.lower, c.upper)
		} else {
			b.Col(c.cost, c.lower, c.upper)
		}
	}
	for _, r := range rows {
		i := b.Row(r.lower, r.upper)
		for j, v := range r.a {
			b.Add(i, j, v)
		}
	}
	b.AddOffset(offset)
	p, err := b.Build()
	if err != nil {
		panic(err)
	}
	return p
}

func le(u float64, a ...float64) row { return row{-inf, a, u} }
func ge(l float64, a ...float64) row { return row{l, a, inf} }
func eq(v float64, a ...float64) row { return row{v, a, v} }

// Cases are problems whose answers can be worked out by hand.
func Cases() []Case { return append(linear(), integer()...) }

func linear() []Case {
	x := func(c float64) col { return col{c, 0, inf, false} }
	return []Case{
		{
			Name:    "lp",
			Problem: problem("lp", lp.Maximize, 0, []col{x(3), x(5)}, le(4, 1, 0), le(12, 0, 2), le(18, 3, 2)),
			Stop:    lp.StopOptimal, Objective: 36, X: []float64{2, 6}, RowDual: []float64{0, 1.5, 1},
		},
		{
			Name:    "lp minimise with offset",
			Problem: problem("lpmin", lp.Minimize, 10, []col{x(2), x(3)}, ge(4, 1, 1), ge(6, 1, 3)),
			Stop:    lp.StopOptimal, Objective: 19, X: []float64{3, 1}, RowDual: []float64{1.5, 0.5},
		},
		{
			Name:    "lp maximise with ge row",
			Problem: problem("lpge", lp.Maximize, -1, []col{{-1, 0, inf, false}, {2, 0, 5, false}}, ge(8, 1, 1)),
			Stop:    lp.StopOptimal, Objective: 6, X: []float64{3, 5}, RowDual: []float64{-1},
		},
		{
			Name:    "infeasible",
			Problem: problem("infeasible", lp.Minimize, 0, []col{x(1)}, ge(2, 1), le(1, 1)),
			Stop:    lp.StopInfeasible,
		},
		{
			Name:    "unbounded",
			Problem: problem("unbounded", lp.Maximize, 0, []col{x(1), x(1)}, le(1, 1, -1)),
			Stop:    lp.StopUnbounded,
		},
		{
			Name:    "degenerate",
			Problem: problem("degenerate", lp.Maximize, 0, []col{x(10), x(-57), x(-9), x(-24)}, le(0, .5, -5.5, -2.5, 9), le(0, .5, -1.5, -.5, 1), le(1, 1)),
			Stop:    lp.StopOptimal, Objective: 1,
		},
		{Name: "empty", Problem: problem("empty", lp.Minimize, 7, nil), Stop: lp.StopOptimal, Objective: 7, X: []float64{}},
		{
			Name:    "no rows",
			Problem: problem("norows", lp.Maximize, 1, []col{{2, -1, 3, false}, {-1, -2, 2, false}}),
			Stop:    lp.StopOptimal, Objective: 9, X: []float64{3, -2},
		},
		{Name: "no columns", Problem: problem("nocols", lp.Minimize, 0, nil, ge(-1), le(2)), Stop: lp.StopOptimal, Objective: 0},
		{Name: "no columns, infeasible", Problem: problem("nocolsinf", lp.Minimize, 0, nil, ge(1)), Stop: lp.StopInfeasible},
		{
			Name:    "free columns",
			Problem: problem("free", lp.Minimize, 0, []col{{1, -inf, inf, false}, {1, -inf, inf, false}}, ge(-3, 1, 0), ge(-10, 1, 2)),
			Stop:    lp.StopOptimal, Objective: -6.5, X: []float64{-3, -3.5}, RowDual: []float64{.5, .5},
		},
		{
			Name:    "upper bounds only",
			Problem: problem("upper", lp.Maximize, 0, []col{{1, -inf, -2, false}, {1, -inf, 5, false}}, le(2, 1, 1)),
			Stop:    lp.StopOptimal, Objective: 2, RowDual: []float64{1},
		},
		{
			Name:    "range row at its lower side",
			Problem: problem("range", lp.Minimize, 0, []col{x(2), x(1)}, row{2, []float64{1, 1}, 5}, le(1, 0, 1)),
			Stop:    lp.StopOptimal, Objective: 3, X: []float64{1, 1}, RowDual: []float64{2, -1},
		},
		{
			Name:    "range row at its upper side",
			Problem: problem("range2", lp.Maximize, 0, []col{x(2), x(1)}, row{2, []float64{1, 1}, 5}),
			Stop:    lp.StopOptimal, Objective: 10, X: []float64{5, 0}, RowDual: []float64{2},
		},
		{
			Name:    "free row",
			Problem: problem("freerow", lp.Minimize, 0, []col{x(1)}, row{-inf, []float64{3}, inf}, ge(2, 1)),
			Stop:    lp.StopOptimal, Objective: 2, X: []float64{2}, RowDual: []float64{0, 1},
		},
		{
			Name:    "equality",
			Problem: problem("eq", lp.Minimize, 0, []col{x(1), x(2), x(4)}, eq(6, 1, 1, 1), eq(1, 1, -1, 0)),
			Stop:    lp.StopOptimal, Objective: 8.5, X: []float64{3.5, 2.5, 0}, RowDual: []float64{1.5, -.5},
		},
		{
			Name:    "redundant equalities",
			Problem: problem("eq2", lp.Minimize, 0, []col{x(1), x(2)}, eq(6, 1, 1), eq(12, 2, 2)),
			Stop:    lp.StopOptimal, Objective: 6, X: []float64{6, 0},
		},
		{
			Name:    "fixed columns",
			Problem: problem("fixed", lp.Maximize, 0, []col{{1, 2, 2, false}, {3, -1, -1, false}, x(1)}, le(10, 1, 1, 1)),
			Stop:    lp.StopOptimal, Objective: 8, X: []float64{2, -1, 9}, RowDual: []float64{1},
		},
		{
			Name:    "empty row",
			Problem: problem("emptyrow", lp.Minimize, 0, []col{x(1)}, row{-1, nil, 1}, ge(1, 1)),
			Stop:    lp.StopOptimal, Objective: 1, X: []float64{1},
		},
		{Name: "empty row, infeasible", Problem: problem("emptyrow2", lp.Minimize, 0, []col{x(1)}, ge(1)), Stop: lp.StopInfeasible},
		{
			Name:    "no objective",
			Problem: problem("noobj", lp.Minimize, 0, []col{x(0), x(0)}, eq(3, 1, 1)),
			Stop:    lp.StopOptimal, Objective: 0,
		},
	}
}

func integer() []Case {
	bin := func(c float64) col { return col{c, 0, 1, true} }
	return []Case{
		{
			Name:    "mip",
			Problem: problem("mip", lp.Maximize, 0, []col{{5, 0, inf, true}, {4, 0, inf, true}}, le(24, 6, 4), le(6, 1, 2)),
			Stop:    lp.StopOptimal, Objective: 20, X: []float64{4, 0},
		},
		{
			Name:    "mip maximise with offset",
			Problem: problem("mipoff", lp.Maximize, 100, []col{bin(6), bin(10), bin(12)}, le(5, 1, 2, 3)),
			Stop:    lp.StopOptimal, Objective: 122, X: []float64{0, 1, 1},
		},
		{
			Name: "fixed charge",
			Problem: problem("charge", lp.Minimize, 0, []col{bin(10), bin(4), {1, 0, inf, false}, {3, 0, inf, false}},
				ge(6, 0, 0, 1, 1), le(0, -8, 0, 1, 0), le(0, 0, -8, 0, 1)),
			Stop: lp.StopOptimal, Objective: 16, X: []float64{1, 0, 6, 0},
		},
		{
			Name:    "mip infeasible",
			Problem: problem("mipinf", lp.Minimize, 0, []col{bin(1), bin(1)}, eq(1, 2, 2)),
			Stop:    lp.StopInfeasible,
		},
		{
			Name:    "mip unbounded",
			Problem: problem("mipunb", lp.Maximize, 0, []col{{1, 0, inf, true}, {0, 0, inf, false}}, le(1, 1, -1)),
			Stop:    lp.StopUnbounded,
		},
		{
			Name:    "mip with negative integers",
			Problem: problem("mipneg", lp.Minimize, 0, []col{{1, -7, 7, true}, {1, -inf, inf, false}}, ge(-9.5, 2, 1), le(-3.5, 1, 0), ge(-2, 0, 1)),
			Stop:    lp.StopOptimal, Objective: -5.5, X: []float64{-4, -1.5},
		},
		{
			Name:    "mip without rows",
			Problem: problem("mipnorows", lp.Maximize, 0, []col{{1, 0, 3, true}, bin(-1)}),
			Stop:    lp.StopOptimal, Objective: 3, X: []float64{3, 0},
		},
	}
}
