package check

import (
	"strings"

	"headroom"
)

// available reports whether a place may be in a plan: it has no deal, or one that can be in force.
func (k *checker) available(v *headroom.VehicleLine) bool {
	if v.Arrangement == "" {
		return true
	}
	a := k.dealOf[v.Arrangement]
	return a != nil && k.c.InForce(*a)
}

// places returns the places of a vehicle that may be in a plan, and the deals that the others wait for.
func (k *checker) placesFor(vehicle string) (out []*headroom.VehicleLine, waits []string) {
	for _, v := range k.placesOf[vehicle] {
		if k.available(v) {
			out = append(out, v)
		} else {
			waits = append(waits, v.Arrangement)
		}
	}
	return out, waits
}

// vehicles looks for vehicles that are built nowhere or bought by nobody.
func (k *checker) vehicles() {
	sold := map[string]bool{}
	for _, d := range k.c.Demands {
		sold[d.Vehicle] = true
	}
	for _, v := range k.c.Vehicles {
		places, waits := k.placesFor(v.ID)
		switch {
		case !sold[v.ID]:
			k.warn(headroom.CodeMissingDemand, "vehicle", v.ID, "vehicle_id", "add a row to demand.csv or delete the vehicle", "no market buys %s", v.ID)
		case len(places) > 0:
			k.mixed(v.ID, places)
		case len(waits) > 0 && v.Use != headroom.Consider:
			k.warn(headroom.CodeMissingPlace, "vehicle", v.ID, "vehicle_id", "count the deal in with --with, or write use consider if its demand is not lost",
				"%s can be built only under %s, which is not signed: all of its demand is lost", v.ID, strings.Join(waits, ", "))
		case len(waits) > 0 || v.Use == headroom.Consider && len(k.placesOf[v.ID]) > 0:
		case v.Use == headroom.Consider:
			k.warn(headroom.CodeMissingPlace, "vehicle", v.ID, "vehicle_id", "add a row to vehicle_line.csv", "no line can build %s", v.ID)
		default:
			k.unbuildable(v.ID)
		}
	}
}

// unbuildable reports the demand of a vehicle that no line can build.
func (k *checker) unbuildable(vehicle string) {
	for _, d := range k.c.Demands {
		if d.Vehicle == vehicle {
			k.fail(headroom.CodeImpossibleDemand, "demand", d.Key(), "vehicle", "add a row to vehicle_line.csv, or write use consider or exclude in vehicle.csv",
				"no line can build %s: all of its demand is lost", vehicle)
			return
		}
	}
}

// mixed looks for vehicles whose material is given at some places and left to the price at others.
func (k *checker) mixed(vehicle string, places []*headroom.VehicleLine) {
	for _, v := range places[1:] {
		if v.UnitMaterial.Set != places[0].UnitMaterial.Set {
			k.fail(headroom.CodeMixedMaterial, "vehicle_line", v.Key(), "unit_material", "give unit_material at all places of the vehicle or at none",
				"the material of %s is given at some of its places and follows from the contribution at others", vehicle)
			return
		}
	}
}

// running reports whether a place needs no launch: its commitment begins before the horizon and lasts into it.
func (k *checker) running(v *headroom.VehicleLine) bool {
	first := k.c.HorizonFrom
	car := k.carOf[v.Vehicle]
	return v.CommittedUntil >= first && v.CommittedFrom < first && car != nil && car.SOP < first
}

// places looks at the rows of vehicle_line.
func (k *checker) places() {
	agreements := map[string]bool{}
	for _, d := range k.c.Duties {
		agreements[d.Agreement] = true
	}
	for i := range k.c.VehicleLines {
		v := &k.c.VehicleLines[i]
		key := v.Key()
		if !v.RetoolM.Set && !k.running(v) {
			k.fail(headroom.CodeMissingRetooling, "vehicle_line", key, "retool", "write what retooling and launch cost, 0 if nothing; a missing cost is not zero",
				"%s does not run on %s from before the horizon, and the cost of retooling is missing", v.Vehicle, v.Line)
		}
		if v.Content != "full" && !v.ContentCost.Set {
			k.fail(headroom.CodeMissingContentCost, "vehicle_line", key, "content_cost", "write what a kit or local content costs a vehicle",
				"the content is %s, and its cost is missing", v.Content)
		}
		if v.CommittedFrom != 0 && v.CommittedUntil == 0 {
			k.warn(headroom.CodeLooseCommitment, "vehicle_line", key, "committed_from", "write committed_until", "the commitment has a beginning and no end, and does not count")
		}
		for _, g := range v.Qualifies {
			if len(k.c.Duties) > 0 && !agreements[g] {
				k.warn(headroom.CodeUnusedRow, "vehicle_line", key, "qualifies", "add its preferential rows to duty.csv or delete it", "no duty has the agreement %s", g)
			}
		}
		k.dealOfPlace(v, key)
	}
}

// dealOfPlace looks at the deal of a place, and at places that have none where they should.
func (k *checker) dealOfPlace(v *headroom.VehicleLine, key string) {
	if a := k.dealOf[v.Arrangement]; a != nil {
		switch {
		case v.CommittedUntil != 0 && !a.Status.Fact() && !k.c.InForce(*a):
			k.fail(headroom.CodeUnsignedDeal, "vehicle_line", key, "committed_until", "leave the commitment out until it is signed; --with counts the deal in",
				"%s is committed to %s under %s, which is not signed but %s", v.Vehicle, v.Line, a.ID, a.Status)
		case a.Status.Dead():
			k.warn(headroom.CodeUnusedRow, "vehicle_line", key, "arrangement", "delete the row", "%s is %s: %s is not built on %s", a.ID, a.Status, v.Vehicle, v.Line)
		}
		return
	}
	car, line := k.carOf[v.Vehicle], k.lineOf[v.Line]
	if v.Arrangement != "" || car == nil || line == nil || k.plantOf[line.Plant] == nil {
		return
	}
	owner := k.plantOf[line.Plant].Owner
	if car.Maker != "" && owner != "" && k.group(car.Maker) != k.group(owner) {
		k.warn(headroom.CodeForeignPlace, "vehicle_line", key, "arrangement", "name the deal, or the common group in parent of org.csv",
			"%s of %s is built in a plant of %s without a deal", v.Vehicle, car.Maker, owner)
	}
}
