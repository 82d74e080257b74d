package planner

import (
	"slices"
	"strconv"
)

// restParts are the parts of the names of columns and rows of the end of the horizon, nil for others.
func (m *Model) restParts(k key) []string {
	c := m.net.c
	switch k.fam {
	case famRest, famRestLaunch, famRestStands, famRestPlace:
		return append(m.placeParts(int(k.a)), restTail(k)...)
	case famEarns, famRestEarns:
		return []string{c.Vehicles[k.b].ID, c.Plants[k.a].ID}
	case famRestOpen, famRestMoth, famRestOld, famEarnsPlant, famEarnsOpen, famRestPlant, famRestOpening, famBuilds, famBuilt, famBuiltRow, famIdle:
		return append([]string{c.Plants[k.a].ID}, restTail(k)...)
	case famIdleRow:
		return []string{c.Plants[k.a].ID, c.Periods[k.b].ID}
	case famRestChange, famRestHolds:
		return append([]string{c.Plants[k.a].ID, []string{"opening", "mothballing"}[k.b]}, restTail(k)...)
	case famRestDeal:
		return []string{c.Plants[k.a].ID, strconv.Itoa(int(k.b)), strconv.Itoa(int(k.c))}
	case famRestNone:
		if family(k.a) == famRestEarns {
			return []string{c.Vehicles[k.c].ID, c.Plants[k.b].ID}
		}
		return []string{c.Plants[k.b].ID, familyNames[k.a]}
	}
	return nil
}

// restTail tells apart what has one place or plant and period: a rest by the number of its end, a row by being the last.
func restTail(k key) []string {
	switch {
	case slices.Contains([]family{famRest, famRestOpen}, k.fam) && k.b > 0:
		return []string{"end " + strconv.Itoa(int(k.b))}
	case slices.Contains([]family{famRestStands, famRestHolds}, k.fam) && k.c == 1:
		return []string{"end"}
	}
	return nil
}
