package check

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// What a plan sums must be whole where its table is given: a plant without its row of labour would build for nothing and win.
// A hole is told once a kind: the first three, how many there are, and the row that closes them all.

// shown is how many holes of a kind a finding names.
const shown = 3

// listed joins the first few of what is missing, with the number of all.
func listed(missing []string) string {
	if len(missing) <= shown {
		return strings.Join(missing, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(missing[:shown], "; "), len(missing)-shown)
}

// holes looks for what is missing in tables that are given, and for tables that are not given and would count.
func (k *checker) holes() {
	k.labourHoles()
	k.energyHoles()
	k.dutyHoles()
}

// building is the days on which a place can build. Deals that are not in force count, since they may come; those that are dead
// do not, nor plants that stay shut.
func (k *checker) building(v *headroom.VehicleLine) days {
	car, line := k.carOf[v.Vehicle], k.lineOf[v.Line]
	if car == nil || line == nil {
		return nil
	}
	p := k.plantOf[line.Plant]
	if p == nil || p.Use != headroom.Consider && p.InitialState != headroom.Operating {
		return nil
	}
	if a := k.dealOf[v.Arrangement]; a != nil && a.Status.Dead() {
		return nil
	}
	from, to := k.window(v)
	if v.CommittedUntil != 0 && !k.running(v) {
		from = max(from, v.CommittedFrom) // it is not used before
	}
	return k.cut(from, to)
}

// buildingAt is the days on which a line of each plant can build.
func (k *checker) buildingAt() map[string]days {
	out := map[string]days{}
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		if l := k.lineOf[v.Line]; l != nil {
			out[l.Plant] = out[l.Plant].with(k.building(v))
		}
	}
	return out
}

// given reports whether a table has rows, or an assumption says of the whole table why it has none; where it is neither and
// would count, that is a remark.
func (k *checker) given(table string, rows int, counts bool, what string) bool {
	if rows > 0 {
		return true
	}
	said := slices.ContainsFunc(k.c.Assumptions, func(a headroom.Assumption) bool { return a.Table == table && a.Column == "*" && a.Value == "*" })
	if counts && !said {
		k.add(headroom.SeverityInfo, headroom.CodeTableNotGiven, table, "", "",
			"add "+table+".csv, or an assumption for all of the table that says why it is left out", "the table is not given: %s", what)
	}
	return false
}

// labourHoles looks for plants without labour.
func (k *checker) labourHoles() {
	at := k.buildingAt()
	if !k.given("labour", len(k.c.Labours), len(at) > 0, "labour costs nothing in any plant") {
		return
	}
	has := map[string]bool{}
	for _, l := range k.c.Labours {
		has[l.Plant] = true
	}
	var missing []string
	for _, p := range k.c.Plants {
		if !has["*"] && !has[p.ID] && len(at[p.ID]) > 0 {
			missing = append(missing, p.ID)
		}
	}
	if len(missing) > 0 {
		k.fail(headroom.CodeMissingRow, "labour", "", "plant", closing("labour", missing, "", "for every plant without its own"),
			"labour costs nothing in %s, and the table is given", listed(missing))
	}
}

// closing is the hint that says what row closes holes.
func closing(table string, missing []string, rest, all string) string {
	if len(missing) == 1 {
		return fmt.Sprintf("add a row of %s%s to %s.csv, 0 if it costs nothing; a missing cost is not zero", missing[0], rest, table)
	}
	return fmt.Sprintf("add their rows, or one row of *%s to %s.csv %s; a missing cost is not zero", rest, table, all)
}

// alikeCarriers reports carriers that differ in capitals only: they are one, and each would lack the rows of the other.
func (k *checker) alikeCarriers() bool {
	first, told := map[string]string{}, false
	for _, e := range k.c.Energies {
		low := strings.ToLower(e.Carrier)
		if first[low] == "" {
			first[low] = e.Carrier
		}
		if first[low] != e.Carrier {
			told = true
			k.fail(headroom.CodeConfusableKey, "energy", e.Key(), "carrier", "write both alike", "%s and %s are two carriers", e.Carrier, first[low])
		}
	}
	return told
}

// energyHoles looks for days on which a plant builds and has no row of a carrier that the table names, and for gaps between
// two of its rows.
func (k *checker) energyHoles() {
	at := k.buildingAt()
	if !k.given("energy", len(k.c.Energies), len(at) > 0, "energy costs nothing in any plant") {
		return
	}
	var carriers []string
	rows := map[[2]string]days{} // plant, carrier
	for _, e := range k.c.Energies {
		if !slices.Contains(carriers, e.Carrier) {
			carriers = append(carriers, e.Carrier)
		}
		key := [2]string{e.Plant, e.Carrier}
		rows[key] = rows[key].with(k.cut(e.From, e.To))
	}
	slices.Sort(carriers)
	if k.alikeCarriers() {
		return
	}
	for _, carrier := range carriers {
		var missing, plants []string
		for _, p := range k.c.Plants {
			own, every := rows[[2]string{p.ID, carrier}], rows[[2]string{"*", carrier}]
			needed := at[p.ID].with(own.inside()) // a gap between two rows is a hole whatever is built
			if hole := needed.without(own.with(every)); len(hole) > 0 {
				plants = append(plants, p.ID)
				missing = append(missing, p.ID+" "+hole.say())
			}
		}
		if len(missing) > 0 {
			k.fail(headroom.CodeMissingRow, "energy", "", "plant", closing("energy", plants, ","+carrier, "that serves every plant without its own"),
				"%s costs nothing in %s, and the table has rows of it", carrier, listed(missing))
		}
	}
}
