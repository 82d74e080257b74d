package claimlog

import (
	"fmt"
	"strings"
	"testing"

	"headroom"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		c    headroom.Claim
		want string
	}{
		{"fine", headroom.Claim{Value: "-5", Low: "-6", High: "1e3", Currency: "GBP", PriceYear: 2025, AsOf: headroom.NewDate(2026, 11, 25)}, ""},
		{"an event", headroom.Claim{Kind: headroom.KindEvent, Value: "early stage"}, ""},
		{"not a number", headroom.Claim{Value: "about 738"}, "value BrokenNumber"},
		{"thousands", headroom.Claim{Value: "738,000"}, "value GroupedNumber"},
		{"a decimal comma", headroom.Claim{Low: "1,85"}, "low DecimalComma"},
		{"a range", headroom.Claim{Value: "10–20"}, "value BrokenNumber"},
		{"not finite", headroom.Claim{Value: "1e999"}, "value InfiniteNumber"},
		{"not a number at all", headroom.Claim{High: "NaN"}, "high NotANumber"},
		{"low above high", headroom.Claim{Low: "3", High: "2"}, "low ReversedRange"},
		{"value above high", headroom.Claim{Value: "3", High: "2"}, "value ReversedRange"},
		{"no price year", headroom.Claim{Value: "1", Currency: "GBP"}, "price_year MissingPriceYear"},
		{"no price year, the currency in the unit", headroom.Claim{Value: "150", Unit: "GBP m"}, "price_year MissingPriceYear"},
		{"two currencies", headroom.Claim{Value: "150", Unit: "GBP m", Currency: "USD", PriceYear: 2025}, "currency WrongUnit"},
		{"pence", headroom.Claim{Value: "15", Unit: "p/kWh", Currency: "GBP", PriceYear: 2025}, ""},
		{"a rate of exchange", headroom.Claim{Value: "9.5", Unit: "CNY per GBP"}, ""},
		{"no unit", headroom.Claim{Value: "15", Unit: "furlongs"}, "unit UnknownUnit"},
		{"itself", headroom.Claim{Value: "1", ID: "C1", Retracts: []string{"C1"}, Contradicts: []string{"C0", "C1"}}, "contradicts SelfReference, retracts SelfReference"},
		{"period backwards", headroom.Claim{Value: "1", PeriodFrom: headroom.NewDate(2026, 1, 2), PeriodTo: headroom.NewDate(2026, 1, 1)}, "period_from ReversedDates"},
		{"the future", headroom.Claim{Value: "1", AsOf: headroom.NewDate(2026, 11, 26)}, "as_of FutureClaim"},
		{"a formula", headroom.Claim{Value: "1", Note: "=1", Subject: "@x", Locator: "+1", Region: "-a"}, "note FormulaText, region FormulaText, subject FormulaText"},
		{"a dash for what is not known", headroom.Claim{Value: "1", Note: "-", Region: "--", Locator: "- -"}, ""},
		{"no value", headroom.Claim{Unit: "vehicles"}, "value MissingValue"},
		{"a high alone", headroom.Claim{High: "5", Unit: "vehicles"}, ""},
		{"yes", headroom.Claim{Value: "TRUE"}, "value BrokenNumber"},
		{"a cent of nothing", headroom.Claim{Value: "17", Unit: "ct/kWh"}, "currency UnknownCurrency"},
		{"a cent", headroom.Claim{Value: "17", Unit: "ct/kWh", Currency: "EUR", PriceYear: 2026}, ""},
		{"jobs an hour", headroom.Claim{Value: "60", Unit: "JPH"}, ""},
		{"a letter of another script", headroom.Claim{Value: "1", Subject: "nоrth", Quantity: "cap\u200bacity"}, "quantity ConfusableLetter, subject ConfusableLetter"},
		{"full-width", headroom.Claim{Value: "1", Subject: "Ｎorth"}, "subject ConfusableLetter"},
		{"another script", headroom.Claim{Value: "1", Subject: "АвтоВАЗ", Quantity: "выпуск"}, ""},
		{"turned", headroom.Claim{Value: "1", Note: "a \u202e b"}, "note ConfusableLetter"},
	} {
		var got []string
		for _, f := range Faults(tt.c, noon) {
			got = append(got, f.Column+" "+f.Code)
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

func TestSupersedesCircle(t *testing.T) {
	t.Parallel()
	var chain []headroom.Claim
	for i := range 100_000 {
		chain = append(chain, headroom.Claim{ID: fmt.Sprint("C", i), Supersedes: []string{fmt.Sprint("C", i+1)}})
	}
	if c := SupersedesCircle(chain); c != nil {
		t.Errorf("a long chain is a circle: %d", len(c))
	}
	circle := []headroom.Claim{{ID: "A", Supersedes: []string{"B"}}, {ID: "B", Supersedes: []string{"X", "C"}}, {ID: "C", Supersedes: []string{"B"}}, {ID: "D", Supersedes: []string{"D"}}}
	if c := strings.Join(SupersedesCircle(circle), " "); c != "B C" {
		t.Errorf("circle %s", c)
	}
	if c := SupersedesCircle(circle[3:]); len(c) != 1 {
		t.Errorf("a claim that supersedes itself: %v", c)
	}
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	there := headroom.Claim{ID: "A", Subject: "Nissan Sunderland", Quantity: "installed capacity", Value: "600000", Period: "2025", Region: "UK"}
	s := NewSimilar(Ledger{Claims: []headroom.Claim{there}})
	for _, tt := range []struct {
		name string
		edit func(c *headroom.Claim)
		want string
	}{
		{"the same", func(*headroom.Claim) {}, "A same"},
		{"other letters", func(c *headroom.Claim) { c.Subject, c.Value = "nissan, sunderland", "605000" }, "A near"},
		{"other words", func(c *headroom.Claim) { c.Subject = "Nissan's Sunderland" }, "A near"},
		{"no period and no region", func(c *headroom.Claim) { c.Period, c.Region = "", "" }, "A near"},
		{"another region", func(c *headroom.Claim) { c.Region = "ES" }, ""},
		{"another value", func(c *headroom.Claim) { c.Value = "500000" }, ""},
		{"another year", func(c *headroom.Claim) { c.Period = "2024" }, ""},
		{"another subject", func(c *headroom.Claim) { c.Subject = "BMW Oxford" }, ""},
		{"what it supersedes", func(c *headroom.Claim) { c.Supersedes = []string{"A"} }, ""},
	} {
		c := there
		c.ID = "B"
		tt.edit(&c)
		var got []string
		for _, l := range s.Find(c, headroom.Source{}) {
			got = append(got, l.ID+map[bool]string{true: " same", false: " near"}[l.Same])
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, got, tt.want)
		}
	}
}
