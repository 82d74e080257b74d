package ledger

import (
	"fmt"

	"headroom"
)

// placeKey names a place.
type placeKey struct{ vehicle, line, content string }

// String is vehicle:line:content.
func (k placeKey) String() string { return k.vehicle + ":" + k.line + ":" + k.content }

// place is a row of vehicle_line with what it points to (section 2 of the formulation). bar says why a plan may not use it,
// and is "" where it may.
type place struct {
	*headroom.VehicleLine
	key     placeKey
	vehicle *headroom.Vehicle
	line    *headroom.Line
	plant   *headroom.Plant
	deal    *headroom.Arrangement // nil where it needs none
	bar     string
}

// indexPlaces makes the places of the case.
func (v *view) indexPlaces() error {
	v.places = make(map[placeKey]*place, len(v.c.VehicleLines))
	for i := range v.c.VehicleLines {
		r := &v.c.VehicleLines[i]
		k := &place{VehicleLine: r, key: placeKey{r.Vehicle, r.Line, orFull(r.Content)}}
		k.vehicle, k.line = v.vehicles[r.Vehicle], v.lines[r.Line]
		if k.vehicle == nil || k.line == nil || v.plants[k.line.Plant] == nil {
			return fmt.Errorf("place %s: no such vehicle, line or plant", k.key)
		}
		k.plant = v.plants[k.line.Plant]
		if r.Arrangement != "" {
			if k.deal = v.deals[r.Arrangement]; k.deal == nil {
				return fmt.Errorf("place %s: no arrangement %s", k.key, r.Arrangement)
			}
		}
		k.bar = v.bar(k)
		if k.bar == "" && r.RateFactor <= 0 {
			return fmt.Errorf("place %s: rate_factor %g is not positive", k.key, r.RateFactor)
		}
		v.places[k.key] = k
		v.placeList = append(v.placeList, k)
	}
	return nil
}

// bar says why a plan may not use a place, "" where it may.
func (v *view) bar(k *place) string {
	switch {
	case !k.Compatible:
		return "not compatible"
	case k.vehicle.Use == headroom.Exclude:
		return "vehicle excluded"
	case k.line.Use == headroom.Exclude:
		return "line excluded"
	case k.plant.Use == headroom.Exclude:
		return "plant excluded"
	case k.deal != nil && !v.c.InForce(*k.deal):
		return "deal neither signed nor allowed"
	}
	return ""
}

// orFull reads a missing content as full.
func orFull(content string) string {
	if content == "" {
		return "full"
	}
	return content
}

// from is the first day on which the place can build, 0 for an open start.
func (k *place) from() headroom.Date { return max(k.line.From, k.vehicle.SOP) }

// to is the last day on which the place can build, 0 for an open end.
func (k *place) to() headroom.Date { return earlier(k.line.To, k.vehicle.EOP) }

// earlier is the earlier of two ends, each open where it is missing.
func earlier(a, b headroom.Date) headroom.Date {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// open is the share of the period in which the dates of the place let it build.
func (v *view) open(k *place, t int) float64 { return v.of(v.dates(k), t) }

// committed is the share of the period in which the place is committed.
func (v *view) committed(k *place, t int) float64 {
	if k.CommittedUntil == 0 {
		return 0
	}
	return v.of(v.committedDays(k), t)
}

// committedDays is when the place is committed and its dates let it build.
func (v *view) committedDays(k *place) days {
	d := both(days{k.from(), k.to()}, days{k.CommittedFrom, k.CommittedUntil})
	if k.deal != nil && k.deal.Status.Fact() {
		d = both(d, v.signedDays(k.deal))
	}
	return d
}

// running reports whether the programme is committed to the place from before the horizon into it, so that it needs no launch.
func (v *view) running(k *place) bool {
	first := v.firstDay()
	return k.CommittedUntil >= first && k.CommittedFrom < first && k.vehicle.SOP < first
}

// qualifies reports whether what the place builds in period t goes under an agreement.
func (v *view) qualifies(k *place, agreement string, t int) bool {
	if v.share(k.QualifiesFrom, k.QualifiesTo, t) < 0.5 {
		return false
	}
	for _, g := range k.Qualifies {
		if g == agreement {
			return true
		}
	}
	return false
}

// ramp is the share of full rate in the n-th period since launch, counted from 0 for that of launch; full after the list.
func (k *place) ramp(n int) float64 {
	if n < 0 || n >= len(k.Ramp) {
		return 1
	}
	return k.Ramp[n] / 100
}

// guest is who has the vehicles that are built at the place.
func (k *place) guest() string {
	if k.deal != nil && k.deal.Guest != "" {
		return k.deal.Guest
	}
	return maker(k.vehicle)
}

// host is who has the plant that the place is in.
func (k *place) host() string {
	if k.deal != nil && k.deal.Host != "" {
		return k.deal.Host
	}
	return owner(k.plant)
}
