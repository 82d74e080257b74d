package trace_test

import (
	"slices"
	"testing"

	"headroom"
	"headroom/trace"
)

func TestSince(t *testing.T) {
	t.Parallel()
	day := headroom.NewDate(2026, 1, 31)
	now, then := Traced(), Traced()
	for i := range now.Claims {
		now.Claims[i].AsOf = headroom.NewDate(2025, 6, 1)
		switch now.Claims[i].ID {
		case "NEW", "SHARE":
			now.Claims[i].AsOf = headroom.NewDate(2026, 3, 1)
		case "PRICE-A":
			now.Claims[i].AsOf = 0
		}
	}
	then.Claims = slices.DeleteFunc(then.Claims, func(c headroom.Claim) bool { return c.ID == "NEW" || c.ID == "SHARE" || c.ID == "PRICE-A" })
	delete(then.Labels, headroom.Ref{Table: "fx_rate", Key: "GBP:EUR:*", Column: "rate"})
	then.FXRates[0].Rate = 0 // as an empty cell reads
	then.Targets[0].Value = 900
	then.Arrangements = nil
	now.Events = []headroom.Event{
		{Arrangement: "deal", Date: headroom.NewDate(2025, 2, 1), Status: headroom.Stated},
		{Arrangement: "deal", Date: headroom.NewDate(2026, 2, 1), Status: headroom.Talks, Claim: "TALKS"},
	}
	got := trace.Since(then, now, day, NoUnit)
	if len(got.Claims) != 2 || got.Claims[0].Claim.ID != "NEW" || got.Undated != 1 {
		t.Errorf("claims %+v, %d without a day", got.Claims, got.Undated)
	}
	if want := []string{"fx_rate/GBP:EUR:*/rate", "line/l/capacity_year"}; !slices.Equal(got.Claims[1].Figures, want) {
		t.Errorf("SHARE is used by %v, want %v", got.Claims[1].Figures, want)
	}
	if len(got.Deals) != 1 || got.Deals[0].Before != headroom.Stated {
		t.Errorf("steps %+v", got.Deals)
	}
	moved := map[string]trace.Moved{}
	for _, m := range got.Figures {
		moved[m.Ref] = m
	}
	if m := moved["fx_rate/GBP:EUR:*/rate"]; m.Before != nil || m.Now != 1.1511 || !slices.Equal(m.Claims, []string{"SHARE"}) {
		t.Errorf("a figure that was not known: %+v", m)
	}
	if m := moved["target/t:2035/value"]; m.Before != 900.0 || m.Now != 1000.0 {
		t.Errorf("a figure that moved: %+v", m)
	}
	if m := moved["arrangement/deal/status"]; m.Row != "new" || m.Now != "talks" {
		t.Errorf("a deal that is new: %+v", m)
	}
	if len(moved) != 3 {
		t.Errorf("moved %v", moved)
	}
	if none := trace.Since(nil, now, day, NoUnit); len(none.Figures) != 0 || len(none.Claims) != len(now.Claims)-1 {
		t.Errorf("without a case of the day: %+v", none)
	}
	if same := trace.Since(now, now, day, NoUnit); len(same.Claims)+len(same.Figures) != 0 {
		t.Errorf("nothing happened and %+v", same)
	}
}
