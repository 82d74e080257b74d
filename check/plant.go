package check

import (
	"slices"

	"headroom"
)

// plants looks at the states of plants and what they cost.
func (k *checker) plants() {
	hasLine := map[string]bool{}
	for _, l := range k.c.Lines {
		hasLine[l.Plant] = true
	}
	for _, p := range k.c.Plants {
		if !hasLine[p.ID] {
			k.warn(headroom.CodeUnusedRow, "plant", p.ID, "plant_id", "add a line or delete the plant", "%s has no line", p.ID)
		}
		if p.FixedOpenM.Set && p.FixedPerCapacity.Set {
			k.fail(headroom.CodeDoubleCost, "plant", p.ID, "fixed_cost_per_capacity", "delete one of the two", "the fixed cost is given twice, in all and per capacity")
		}
		if p.SeveranceM.Set && p.SeverancePerCapacity.Set {
			k.fail(headroom.CodeDoubleCost, "plant", p.ID, "severance_per_capacity", "delete one of the two", "the severance is given twice, in all and per capacity")
		}
		if p.Use != headroom.Consider && p.InitialState == headroom.Operating && !p.FixedOpenM.Set && !p.FixedPerCapacity.Set {
			k.add(headroom.SeverityInfo, headroom.CodeMissingFixedCost, "plant", p.ID, "fixed_cost_open", "write what it costs a year, 0 if nothing",
				"%s has no fixed cost: no choice depends on it, and the money of the plan lacks it", p.ID)
		}
		if p.Use == headroom.Consider {
			k.considered(p)
		} else if p.InitialState != headroom.Operating {
			k.shut(p)
		}
	}
}

// considered looks for what decides about a plant.
func (k *checker) considered(p headroom.Plant) {
	if !p.ReopenM.Set {
		k.fail(headroom.CodeMissingReopenCost, "plant", p.ID, "cost_reopen", "write what opening it costs, 0 if nothing",
			"the plan may open %s (%s) and the cost of opening is missing", p.ID, p.InitialState)
	}
	if !p.FixedOpenM.Set && !p.FixedPerCapacity.Set {
		k.fail(headroom.CodeMissingFixedCost, "plant", p.ID, "fixed_cost_open", "write what it costs a year to have it open, 0 if nothing; a missing cost is not zero",
			"the plan may open and close %s and its fixed cost is missing", p.ID)
	}
	if !p.SeveranceM.Set && !p.SeverancePerCapacity.Set {
		k.fail(headroom.CodeMissingSeverance, "plant", p.ID, "severance", "write what is due when it is mothballed or closed, 0 if nothing; a missing cost is not zero",
			"the plan may mothball and close %s and the severance is missing", p.ID)
	}
}

// shut looks at a plant that is not open and stays so.
func (k *checker) shut(p headroom.Plant) {
	var lines []string
	for _, l := range k.c.Lines {
		if l.Plant == p.ID {
			lines = append(lines, l.ID)
		}
	}
	for _, v := range k.c.VehicleLines {
		if slices.Contains(lines, v.Line) && v.CommittedUntil >= k.c.HorizonFrom {
			k.fail(headroom.CodeImpossibleCommitment, "vehicle_line", v.Key(), "committed_until", "open the plant (initial_state) or let the plan open it (use)",
				"%s is committed to %s, which is %s and stays so", v.Vehicle, p.ID, p.InitialState)
			return
		}
	}
	k.warn(headroom.CodeUnusedRow, "plant", p.ID, "use", "write consider to let the plan open it", "%s is %s and stays so: nothing is built there", p.ID, p.InitialState)
}
