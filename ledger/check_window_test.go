package ledger

import (
	"slices"
	"testing"

	"headroom"
)

// half is a case of half a year in which one plant sends one vehicle abroad under a quota of 400 a year, and its plan.
func half(units float64) (*headroom.Case, *headroom.Plan) {
	c := &headroom.Case{
		Settings: headroom.Settings{BaseCurrency: "GBP", TerminalRule: headroom.TerminalNone},
		Periods:  []headroom.Period{{ID: "h", From: headroom.NewDate(2026, 1, 1), To: headroom.NewDate(2026, 6, 30)}},
		Regions:  []headroom.Region{{ID: "A"}, {ID: "B"}},
		Plants:   []headroom.Plant{{ID: "p", Region: "A", Use: headroom.Include, InitialState: headroom.Operating}},
		Lines:    []headroom.Line{{ID: "l", Plant: "p", Use: headroom.Include, CapacityYear: headroom.Some(2000)}},
		Vehicles: []headroom.Vehicle{{ID: "v", Use: headroom.Consider}},
		Markets:  []headroom.Market{{ID: "m", Region: "B"}},
		VehicleLines: []headroom.VehicleLine{{
			Vehicle: "v", Line: "l", Content: "full", Compatible: true, CommittedUntil: lastDay(2030), RateFactor: 1,
		}},
		Demands: []headroom.Demand{{Vehicle: "v", Market: "m", Period: "*", Volume: 2000, PriceNet: headroom.Some(100), Contribution: headroom.Some(10)}},
		Lanes:   []headroom.Lane{{Origin: "A", Destination: "B", Use: headroom.Include, Cost: headroom.Some(0)}},
		Quotas:  []headroom.Quota{{Importer: "B", Origin: "A", Period: "*", Volume: 400, InRate: 0, OutRate: 10}},
	}
	p := &headroom.Plan{
		States:  []headroom.StateRow{{Plant: "p", Period: "h", State: headroom.Operating}},
		Allocs:  []headroom.AllocRow{{Vehicle: "v", Line: "l", Content: "full", Period: "h", Committed: true}},
		Shifts:  []headroom.ShiftRow{{Line: "l", Period: "h", Pattern: "single", Capacity: 2000 * 181.0 / 365}},
		Outputs: []headroom.OutputRow{{Vehicle: "v", Plant: "p", Line: "l", Content: "full", Period: "h", Units: units}},
		Flows:   []headroom.FlowRow{{Vehicle: "v", Plant: "p", Market: "m", Period: "h", Regime: headroom.RegimeQuotaIn, Units: units}},
	}
	return c, p
}

// TestQuotaOfHalfAYear: a quota is that of the length of the period.
func TestQuotaOfHalfAYear(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		units float64
		rules []string
	}{{198, nil}, {199, []string{RuleQuota}}, {300, []string{RuleQuota}}} {
		var got []string
		for _, x := range Check(half(tt.units)) {
			got = append(got, x.Rule)
		}
		if !slices.Equal(got, tt.rules) {
			t.Errorf("%g vehicles: %v broken, want %v", tt.units, got, tt.rules)
		}
	}
}
