package audit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
)

// failer is a test of either kind.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// mustClaims reads claims in a short form, one a line: id | subject | quantity | value unit | period | status, and after that what else
// there is, as key=value: note, source, contradicts, supersedes, retracts, kind, region (else UK), asof, forecast, low, high.
func mustClaims(tb failer, text string) *headroom.Case {
	tb.Helper()
	c := &headroom.Case{Sources: []headroom.Source{
		{ID: "law", Kind: "law", PublishedOn: "2024-10-30"},
		{ID: "stat", Kind: "statistic"},
		{ID: "paper", Kind: "press", PublishedOn: "2026-01-15"},
		{ID: "blog", Kind: "press"},
		{ID: "ours", Kind: "calculation"},
	}}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) < 6 {
			tb.Fatalf("%q has %d cells", line, len(cells))
		}
		cl := headroom.Claim{ID: cells[0], Kind: headroom.KindQuantity, Subject: cells[1], Quantity: cells[2], Period: cells[4], Region: "UK", Status: cells[5], Source: "paper"}
		cl.Value, cl.Unit, _ = strings.Cut(cells[3], " ")
		if cl.Value == "-" {
			cl.Value, cl.Kind = "", headroom.KindEvent
		}
		from, to, ok := strings.Cut(cl.Period, "..")
		if !ok {
			to = from
		}
		cl.PeriodFrom, _ = headroom.ParseDate(from, false)
		cl.PeriodTo, _ = headroom.ParseDate(to, true)
		for _, c := range cells[6:] {
			k, v, _ := strings.Cut(c, "=")
			switch k {
			case "note":
				cl.Note = v
			case "source":
				cl.Source = v
			case "contradicts":
				cl.Contradicts = strings.Fields(v)
			case "supersedes":
				cl.Supersedes = strings.Fields(v)
			case "retracts":
				cl.Retracts = strings.Fields(v)
			case "region":
				cl.Region = v
			case "asof":
				cl.AsOf, _ = headroom.ParseDate(v, false)
			case "forecast":
				cl.Forecast = true
			case "low":
				cl.Low = v
			case "high":
				cl.High = v
			default:
				tb.Fatalf("%q: what is %s?", line, k)
			}
		}
		c.Claims = append(c.Claims, cl)
	}
	return c
}

// found are the conflicts as kind: claims > chosen (rule).
func found(a Audit) []string {
	out := []string{}
	for _, c := range a.Conflicts {
		out = append(out, fmt.Sprintf("%s: %s > %s (%s)", c.Kind, strings.Join(c.Claims, " "), c.Chosen, c.Rule))
	}
	return out
}

// TestNoConflict has ledgers in which all is well.
func TestNoConflict(t *testing.T) {
	t.Parallel()
	for name, claims := range map[string]string{
		"a rounded print": `
			A | Kestrel group in UK | registrations | 53604 cars | 2025 | official
			B | Kestrel group in UK | registrations | 54000 cars | 2025 | reported`,
		"rounded in another unit": `
			A | UK vehicle production | all vehicles built | 764715 vehicles | 2025 | official
			B | UK vehicle production | all vehicles built | 0.8 m vehicles | 2025 | reported`,
		"a range": `
			A | stop | cost | 1.9 GBP bn | 2025 | estimate | low=1.6 | high=2.1
			B | stop | cost | 1.7 GBP bn | 2025 | reported`,
		"more than": `
			A | Kestrel | dealers | 70 dealers | 2025 | estimate | low=70
			B | Kestrel | dealers | 84 dealers | 2025 | reported`,
		"two forecasts": `
			A | UK vehicle production | all vehicles built | 824000 vehicles | 2027 | estimate | forecast=yes
			B | UK vehicle production | all vehicles built | 1000000 vehicles | 2027 | estimate | forecast=yes`,
		"superseded": `
			A | Northfield | cars built | 186762 vehicles | 2022 | official
			B | Northfield | cars built | 186222 vehicles | 2022 | official | supersedes=A`,
		"superseded, and a third print": `
			A | Northfield | cars built | 186762 vehicles | 2022 | official
			B | Northfield | cars built | 186222 vehicles | 2022 | official | supersedes=A
			C | Northfield | cars built | 186222 vehicles | 2022 | reported | contradicts=A`,
		"retracted": `
			A | Northfield | cars built | 186762 vehicles | 2022 | official
			B | Northfield | cars built | 186222 vehicles | 2022 | official
			C | Northfield | withdrawn | - | 2023 | official | retracts=A`,
		"makers without the rest": `
			ALL | UK vehicle production | passenger cars built | 905117 vehicles | 2023 | official
			A | Northfield works | cars built | 500000 vehicles | 2023 | official`,
		"a capacity that grows": `
			A | Northfield | capacity | 130000 vehicles/yr | 2014 | reported
			B | Northfield | capacity | 200000 vehicles/yr | 2018 | reported
			C | Northfield | capacity | 250000 vehicles/yr | 2022 | reported`,
		"a deal that moves on": `
			A | Kestrel at Northfield | exploratory talks | - | 2026-01-23 | reported
			B | Kestrel at Northfield | close to a deal | - | 2026-02-01 | reported
			C | Kestrel at Northfield | agreement signed | - | 2026-02-09 | confirmed`,
		"another region": `
			A | Northfield | cars built | 186762 vehicles | 2022 | official
			B | Northfield | cars built | 111111 vehicles | 2022 | official | region=DE`,
		"a note that is prose": `
			A | Northfield | capacity | 200000 vehicles/yr | 2018 | reported | note=+70,000; about 2020-22, 1-3 years; 28 of 61-62% were seen: 5% more`,
		"a month's share and a year's": `
			A | Kestrel in UK | market share | 11.8 % | 2025-11 | official
			B | Kestrel in UK | market share | 9.7 % | 2025 | official`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if a := CrossCheck(mustClaims(t, claims)); len(a.Conflicts) > 0 {
				t.Errorf("%v: %s", found(a), a.Conflicts[0].Message)
			}
		})
	}
}

// TestSameFigure: one figure under two names is a remark.
func TestSameFigure(t *testing.T) {
	t.Parallel()
	a := CrossCheck(mustClaims(t, `
		A | UK vehicle production | all vehicles built | 905233 vehicles | 2024 | official
		B | UK government target | base year | 905233 vehicles | 2024 | reported`))
	if len(a.Findings) != 1 || a.Findings[0].Code != CodeSameFigure || !strings.Contains(a.Findings[0].Message, "A and B have the same figure") {
		t.Errorf("got %v", a.Findings)
	}
}

// TestNotChosen: a figure that is bound to another claim than the rule chooses is told, with the reason that its binding gives.
func TestNotChosen(t *testing.T) {
	t.Parallel()
	c := mustClaims(t, `
		A | Northfield | upgrade | 450 GBP m | 2025 | confirmed
		B | Northfield | upgrade | 500 GBP m | 2025 | reported`)
	b := headroom.Binding{Table: "vehicle_line", RowKey: "estate:north", Column: "retool", Kind: "fact", Claims: []string{"B"}}
	c.Bindings = []headroom.Binding{b}
	f := CrossCheck(c).Findings
	if len(f) != 1 || f[0].Code != CodeNotChosen || f[0].Severity != headroom.SeverityWarning {
		t.Fatalf("got %v", f)
	}
	c.Bindings[0].ChosenBecause = "it has the tooling too"
	f = CrossCheck(c).Findings
	if len(f) != 1 || f[0].Severity != headroom.SeverityInfo || !strings.Contains(f[0].Message, "chosen because: it has the tooling too") {
		t.Fatalf("got %v", f)
	}
	if want := "binding,table=vehicle_line row_key=estate:north column=retool,claim_id,set,A"; !strings.HasSuffix(f[0].Hint, want) {
		t.Errorf("the hint is %q, want a row %q", f[0].Hint, want)
	}
	if got := CrossCheck(c).Conflicts[0].Figures; len(got) != 1 || got[0] != (Bound{"vehicle_line/estate:north/retool", "B"}) {
		t.Errorf("the conflict bears on %v", got)
	}
	c.Bindings[0].Claims = []string{"A"}
	if f = CrossCheck(c).Findings; len(f) > 0 {
		t.Errorf("got %v for the claim that the rule chooses", f)
	}
}

// TestChoose has one pair of claims for each step of the rule.
func TestChoose(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ a, b, want, rule string }{
		{"1 m | 2025 | reported | supersedes=B", "2 m | 2025 | official", "A", ChosenStanding},
		{"1 m | 2025 | estimate", "2 m | 2025 | official | forecast=yes", "A", ChosenOutturn},
		{"1 m | 2025 | confirmed | source=blog", "2 m | 2025 | reported | source=law", "A", ChosenStatus},
		{"1 m | 2025 | reported | source=paper", "2 m | 2025 | reported | source=law", "A", ChosenDate},
		{"1 m | 2025 | reported | source=stat", "2 m | 2025 | reported | source=paper", "A", ChosenKind},
		{"1 m | 2025 | reported | source=paper", "2 m | 2025 | reported | source=blog | asof=2026-05-01", "A", ChosenDate},
		{"53604 cars | 2025 | reported", "54000 cars | 2025 | reported", "A", ChosenPrecision},
		{"540 cars | 2025 | reported", "54321 cars | 2025 | reported", "A", ChosenName},
		{"1 m | 2025 | reported | asof=2026-02-02", "2 m | 2025 | reported | asof=2026-02-01", "A", ChosenDate},
		{"1 m | 2025 | reported", "2 m | 2025 | reported", "A", ChosenName},
	} {
		c := mustClaims(t, "A | x | y | "+tt.a+"\nB | x | y | "+tt.b)
		sources := map[string]headroom.Source{}
		for _, s := range c.Sources {
			sources[s.ID] = s
		}
		for range 2 {
			if got, rule := Choose(c.Claims, sources); got.ID != tt.want || rule != tt.rule {
				t.Errorf("%s\n%s\ngot %s (%s), want %s (%s)", tt.a, tt.b, got.ID, rule, tt.want, tt.rule)
			}
			slices.Reverse(c.Claims)
		}
	}
	if got, rule := Choose(nil, nil); got.ID != "" || rule != "" {
		t.Errorf("chose %q of nothing", got.ID)
	}
}

// TestAuditOrder: the order of the claims changes nothing.
func TestAuditOrder(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for i, p := range planted {
		for line := range strings.SplitSeq(strings.TrimSpace(p.claims), "\n") {
			fmt.Fprintf(&all, "%d-%s\n", i, strings.TrimSpace(line))
		}
	}
	c := mustClaims(t, all.String())
	want := CrossCheck(c)
	r := rand.New(rand.NewPCG(1, 1))
	for range 5 {
		r.Shuffle(len(c.Claims), func(i, j int) { c.Claims[i], c.Claims[j] = c.Claims[j], c.Claims[i] })
		if diff := cmp.Diff(want, CrossCheck(c)); diff != "" {
			t.Fatal(diff)
		}
	}
}
