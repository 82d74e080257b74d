package planner

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"headroom"
	"headroom/highs"
	"headroom/internal/counted"
)

// idleKinds make a programme "idle" of which a plan builds nothing, for one reason each.
var idleKinds = []struct {
	name   string
	make   func(rng drawer, c *headroom.Case)
	reason string
	column string // of a rule that must be named
	text   string
}{
	{"no row says where", func(_ drawer, c *headroom.Case) { addDemand(c, "idle", "ma", 9000) }, "rule", colCompatible, "no row of vehicle_line.csv"},
	{"its rows say no", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		addPlace(c, "idle", "l00").Compatible = false
	}, "rule", colCompatible, "cannot be built on l00"},
	{"its deal is not signed", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		c.Arrangements = append(c.Arrangements, headroom.Arrangement{ID: "deal", Status: headroom.Talks})
		addPlace(c, "idle", "l00").Arrangement = "deal"
	}, "rule", colStatus, "the deal deal is not signed"},
	{"its line never runs at its least rate", func(rng drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		c.Lines = append(c.Lines, headroom.Line{ID: "slow", Plant: "p0", Use: headroom.Include, Availability: 100, CapacityYear: headroom.Some(50000), MinRate: 60000 + float64(rng.IntN(1000))})
		addPlace(c, "idle", "slow")
	}, "rule", colMinRate, "or stands (min_rate)"},
	{"its minimum is above its demand", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		addPlace(c, "idle", "l00").MinVolume = 9500
	}, "rule", colMinVolume, "a minimum of 9,500"},
	{"its lead outlasts the horizon", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		addPlace(c, "idle", "l00").Lead = 90
	}, "rule", colLead, "a lead of 90 months"},
	{"its line is full of commitments", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		for i := range c.VehicleLines {
			if k := &c.VehicleLines[i]; k.Line == "l00" {
				k.CommittedUntil = c.HorizonTo
			}
		}
		find(c.Lines, "l00", headroom.Line.Key).MaxVehicles = headroom.Some(1)
		addPlace(c, "idle", "l00")
	}, "rule", colMaxVehicles, "room for 1 vehicle"},
	{"no lane leads to its market", func(_ drawer, c *headroom.Case) {
		c.Regions = append(c.Regions, headroom.Region{ID: "C", Territory: "C"})
		c.Markets = append(c.Markets, headroom.Market{ID: "mc", Region: "C"})
		addDemand(c, "idle", "mc", 9000)
		addPlace(c, "idle", "l00")
	}, "rule", colUse, "no lane leads to mc"},
	{"its launch costs more than it earns", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 10)
		addPlace(c, "idle", "l00").RetoolM = headroom.Some(50)
	}, "cost", "", "is worth GBP"},
	{"it loses on every vehicle", func(_ drawer, c *headroom.Case) {
		addDemand(c, "idle", "ma", 9000)
		addPlace(c, "idle", "l00").ContentCost = headroom.Some(9000)
	}, "cost", "", "is worth GBP"},
}

// TestNotBuiltAsked: a programme that no row lets be built anywhere takes no solve, and none of the few that are looked into.
func TestNotBuiltAsked(t *testing.T) {
	t.Parallel()
	s, _, err := highs.Find(highs.Auto, highs.Config{})
	if err != nil {
		t.Fatal(err)
	}
	c := roomy(counted.Fixed())
	for i := range mostAsked {
		addVehicle(c, fmt.Sprint("nowhere", i))
		addDemand(c, fmt.Sprint("nowhere", i), "ma", 9000)
	}
	addVehicle(c, "idle")
	addDemand(c, "idle", "ma", 1000)
	addPlace(c, "idle", "l00").Lead = 90
	p, err := Plan(t.Context(), c, s, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := NotBuilt(t.Context(), c, p, s, Options{Seed: 1})
	if err != nil || len(rows) != mostAsked+1 {
		t.Fatalf("%v %+v", err, rows)
	}
	if r := rows[mostAsked]; r.Vehicle != "idle" || r.Reason != reasonRule || r.Column != colLead {
		t.Errorf("%+v", r)
	}
}

// TestCountedNotBuilt: of a programme of which nothing is built the reason is named that was made, and of no other.
func TestCountedNotBuilt(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	s, _, err := highs.Find(highs.Auto, highs.Config{})
	if err != nil {
		t.Fatal(err)
	}
	tries, right := counted.N(len(idleKinds), 10*len(idleKinds)), 0
	for i := range tries {
		kind := idleKinds[i%len(idleKinds)]
		c := roomy(rng)
		addVehicle(c, "idle")
		kind.make(rng, c)
		p, err := Plan(t.Context(), c, s, Options{Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := NotBuilt(t.Context(), c, p, s, Options{Seed: 1})
		if err != nil || len(rows) != 1 || rows[0].Vehicle != "idle" {
			t.Fatalf("%s: %v %+v", kind.name, err, rows)
		}
		r := rows[0]
		named := kind.column == "" || r.Column == kind.column || slices.ContainsFunc(r.Rules, func(e headroom.Cause) bool { return e.Column == kind.column })
		if r.Reason != kind.reason || !named || !strings.Contains(r.Text, kind.text) {
			t.Errorf("%s: %+v", kind.name, r)
			continue
		}
		if kind.reason == "cost" && r.Cost <= 0 {
			t.Errorf("%s: a loss of %v", kind.name, r.Cost)
			continue
		}
		right++
	}
	counted.Report(t, "programmes that are not built", right, tries, "with the reason that was made")
}

// TestAlone: what a programme would bring by itself is told of the line where that is most, with all of its earnings and its launch
// there, whatever the order of the lines.
func TestAlone(t *testing.T) {
	t.Parallel()
	worse := map[string]func(k *headroom.VehicleLine){
		"loses more by the vehicle": func(k *headroom.VehicleLine) { k.ContentCost = headroom.Some(9000) },
		"earns less":                func(k *headroom.VehicleLine) { k.ContentCost = headroom.Some(3000) },
		"has a dearer launch":       func(k *headroom.VehicleLine) { k.RetoolM = headroom.Some(400) },
	}
	for name, make := range worse {
		for _, first := range []bool{true, false} {
			c := roomy(counted.Fixed())
			addVehicle(c, "idle")
			addDemand(c, "idle", "ma", 1000)
			for _, line := range []string{"l00", "l10"} {
				k := addPlace(c, "idle", line)
				k.RetoolM, k.ContentCost = headroom.Some(300), headroom.Some(2000)
				if (line == "l00") == first {
					make(k)
				}
			}
			better := map[bool]string{true: "l10", false: "l00"}[first]
			m, err := Build(t.Context(), c, Options{})
			if err != nil {
				t.Fatal(err)
			}
			// A contribution of 6,000 less a content of 2,000, of 1,000 vehicles a year at 5 % a year.
			earns := 0.0
			for y := range c.Periods {
				earns += 4 / math.Pow(1.05, float64(y)+0.5)
			}
			row := m.alone(len(c.Vehicles)-1, headroom.NotBuilt{})
			if want := 300/math.Pow(1.05, 0.5) - earns; !strings.Contains(row.Text, "on "+better+",") || math.Abs(row.Cost-want*1e6) > 1 && math.Abs(row.Cost-want) > 1e-6 {
				t.Errorf("%s, the better line first: %v: %+v, not %s and %v", name, !first, row, better, want)
			}
		}
	}
}

// TestEarly: a launch with a lead, however short, is worth its while in the period whose lead is over when the vehicle may be
// built, and no earlier.
func TestEarly(t *testing.T) {
	t.Parallel()
	for lead, want := range map[float64]int{0: 0, 0.5: 2, 1: 2, 6: 2, 7: 1, 18: 1, 19: 0} {
		c := roomy(counted.Fixed())
		c.Periods = nil
		for y := 2026; y < 2030; y++ {
			c.Periods = append(c.Periods, headroom.Period{ID: fmt.Sprint(y), From: headroom.NewDate(y, 1, 1), To: headroom.NewDate(y, 12, 31)})
		}
		addVehicle(c, "idle")
		c.Vehicles[len(c.Vehicles)-1].SOP = headroom.NewDate(2028, 7, 1)
		addPlace(c, "idle", "l00").Lead = lead
		places := newNet(c).places
		if got := places[len(places)-1].early; got != want {
			t.Errorf("lead of %v months: period %d, not %d", lead, got, want)
		}
	}
}
