package report

import (
	"bytes"
	"strings"
	"testing"

	"headroom"
)

// exampleRanges are two ranges: one with drivers of all kinds, one without an answer.
func exampleRanges() []headroom.Range {
	v := func(x float64) *float64 { return &x }
	return []headroom.Range{
		{
			Answer: "worth:d", Question: "Worth of a <deal>", Unit: "GBP", Status: headroom.StatusVerified, Proof: verified, Base: v(-68.7e6), Low: v(-199e6), High: v(64e6),
			BaseFrom: v(-69.1e6), BaseTo: v(-68.4e6), Gap: 5e-5, Plans: 14, Swings: 2, Cut: 1e6, NoRange: headroom.NoRange{Claims: 3, Assumptions: 2},
			Drivers: []headroom.Driver{
				{Ref: "assumption/retool", Of: "vehicle_line.retool", Status: "assumed", Proof: verified, Value: v(200), Low: v(22), High: v(600), AtLow: v(64e6), AtHigh: v(-199e6), Swing: 263e6, Decided: true},
				{Ref: "claim/FREIGHT", Of: "freight", Status: "estimate", Proof: verified, Value: v(950), Low: v(650), High: v(1400), AtHigh: v(20e6), NoteLow: "with the deal: no plan: no line", Swing: 88.7e6, Decided: true},
				{Ref: "assumption/split", Of: "outturn.units", Status: "assumed", Proof: verified, Value: v(1), Low: v(0), High: v(2), AtLow: v(-68.7e6), AtHigh: v(-68.6e6), Swing: 1e5, With: []string{"assumption/rest"}},
			},
			ScreenedOut: []headroom.ScreenedOut{
				{Ref: "assumption/a", Kind: headroom.ScreenedSame}, {Ref: "assumption/b", Kind: headroom.ScreenedRelaxed}, {Ref: "assumption/c", Kind: headroom.ScreenedStuck},
			},
			RestsOn: []headroom.StatusShare{{Status: "estimate", Share: 0.25}, {Status: "assumed", Share: 0.75}},
		},
		{Answer: "support", Question: "Support for 1,000 in 2030", Unit: "GBP per vehicle", BaseNote: "not reached at 12,000", Status: headroom.StatusVerified, Proof: verified},
	}
}

func TestRangeText(t *testing.T) {
	t.Parallel()
	var short, long bytes.Buffer
	if err := RangeText(&short, exampleRanges(), true, Options{}); err != nil {
		t.Fatal(err)
	}
	want := "Worth of a <deal>: -£68.7m (low -£199m, high £64.0m; none at an end of 1 of the figures); turns on retool, FREIGHT, split; 3 of 4 figures solved\n" +
		"Support for 1,000 in 2030: not reached at 12,000\n"
	if short.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &short, want)
	}
	if err := RangeText(&long, exampleRanges(), false, Options{}); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(long.String()), " ")
	for _, want := range []string{
		"-£68.7m (proved between -£69.1m and -£68.4m)",
		"retool assumed 22 600 £64.0m",
		"FREIGHT estimate 650 1,400 no plan",
		"FREIGHT at its low: with the deal: no plan: no line.",
		"split is a part of a total that is known: rest give way.",
		"split: its effect is less than what the plans leave open, so it is not decided.",
		"Share of the swings by status: estimate 25%, assumed 75%.",
		"Left out: 1 that nothing in the programmes of this answer depends on; 1 that the relaxation moves less",
		"1 that cannot move alone",
		"There is no answer: not reached at 12,000.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, &long)
		}
	}
}

// TestTornado: the page draws each range that has drivers in both widths, says the same in words and numbers, and escapes.
func TestTornado(t *testing.T) {
	t.Parallel()
	c, b := example()
	var page bytes.Buffer
	if err := HTML(&page, c, b, b.Base, Options{Ranges: exampleRanges()}); err != nil {
		t.Fatal(err)
	}
	_, part, ok := strings.Cut(page.String(), `<section id="turns"`)
	if !ok {
		t.Fatal("there is no such part")
	}
	part, _, _ = strings.Cut(part, "</section>")
	if n := strings.Count(part, "<svg"); n != 2 {
		t.Errorf("%d pictures, want one in two widths", n)
	}
	for _, want := range []string{
		"Worth of a &lt;deal&gt;: −£68.7m, from −£199m to £64.0m", "retool: £64.0m at its low, −£199m at its high.", "FREIGHT: no plan at its low",
		"rest give way", `data-ref="assumption/retool"`,
	} {
		if !strings.Contains(part, want) {
			t.Errorf("no %q in\n%s", want, part)
		}
	}
	if strings.Contains(part, "<deal>") {
		t.Error("the name of a deal is not escaped")
	}
}
