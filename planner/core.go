package planner

import (
	"slices"

	"headroom"
	"headroom/lp"
)

// coreDust is what a dual must exceed for its rule to count.
const coreDust = 1e-7

// first is the first set: reduced from the core where there is one, else from all rules.
func (r *reasons) first() ([]headroom.Ref, error) {
	core, err := r.core()
	if err != nil {
		return nil, err
	}
	if len(core) == 0 {
		return r.reduce(r.rules)
	}
	// Most of a core is needed, so that leaving out one after the other takes fewer solves than halves do.
	for i := len(core) - 1; i >= 0 && len(core) > 1; i-- {
		rest := slices.Delete(slices.Clone(core), i, i+1)
		bad, err := r.clash(rest)
		if err != nil {
			return nil, err
		}
		if bad {
			core = rest
		}
	}
	return core, nil
}

// core is a set of rules that clashes by the duals of the elastic programme without its zero-one rules: those whose giving way would
// make its optimum less. It is nil where that optimum is none, so that no volumes clash, or where the rules of the core by
// themselves do not.
func (r *reasons) core() ([]headroom.Ref, error) {
	m, err := r.build(&lift{keep: map[headroom.Ref]bool{}})
	if err != nil {
		return nil, err
	}
	p := m.Problem
	o := lp.Options{Time: reasonSolve, Seed: max(1, r.o.Seed), Threads: max(1, r.o.Threads), NoPresolve: r.flip}
	r.solves++
	out, err := lp.Run(r.ctx, r.solver, p.Relaxed(), o, lp.RunOptions{Gate: lp.GateOptions{Strictness: lp.Foreign}})
	if err != nil || out.X == nil || out.ColDual == nil || out.Objective < coreDust {
		return nil, err
	}
	in := map[headroom.Ref]bool{}
	for _, s := range m.slacks {
		if gain := (p.Cost[s.col] - out.ColDual[s.col]) * s.sign; gain > coreDust {
			for _, f := range s.rules {
				in[f] = true
			}
		}
	}
	core := slices.DeleteFunc(slices.Clone(r.rules), func(f headroom.Ref) bool { return !in[f] })
	bad, err := r.clash(core)
	if err != nil || !bad {
		return nil, err
	}
	return core, nil
}
