package audit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// planted has for each kind of conflict a ledger that has it, and a text that makes it right.
var planted = []struct {
	name, claims string
	want         string
	old, new     string
}{
	{
		"cars and commercial vehicles", `
		CAR | UK vehicle production | passenger cars built | 717371 vehicles | 2025 | official
		CV | UK vehicle production | commercial vehicles built | 47344 vehicles | 2025 | official
		ALL | UK vehicle production | all vehicles built | 769715 vehicles | 2025 | reported`,
		"sum: ALL CAR CV > CAR (name)", "769715", "764715",
	},
	{
		"makers and the rest", `
		ALL | UK vehicle production | passenger cars built | 905117 vehicles | 2023 | official
		A | Northfield works | cars built | 500000 vehicles | 2023 | official
		B | Southgate | cars built | 383363 vehicles | 2023 | official
		REST | other UK car makers | cars built | 27154 vehicles | 2023 | reported`,
		"sum: A ALL B REST > A (name)", "27154", "21754",
	},
	{
		"makers above their country", `
		ALL | UK vehicle production | passenger cars built | 905117 vehicles | 2023 | official
		A | Northfield works | cars built | 550123 vehicles | 2023 | reported
		B | Southgate | cars built | 383363 vehicles | 2023 | reported`,
		"sum: A ALL B > ALL (status)", "550123", "500123",
	},
	{
		"models of a plant", `
		P | Northfield | cars built | 273807 vehicles | 2025 | reported
		X | Northfield: Hatch | cars built | 172641 vehicles | 2025 | reported
		Y | Northfield: Estate | cars built | 100446 vehicles | 2025 | reported`,
		"sum: P X Y > P (name)", "273807", "273087",
	},
	{
		"exports and home market", `
		ALL | UK vehicle production | passenger cars built | 779584 vehicles | 2024 | official
		EXP | UK car exports | cars exported | 603565 vehicles | 2024 | official
		HOME | UK car output for home market | cars built for UK buyers | 167019 vehicles | 2024 | reported`,
		"sum: ALL EXP HOME > ALL (name)", "167019", "176019",
	},
	{
		"exports and a home market in a note", `
		ALL | UK vehicle production | passenger cars built | 779584 vehicles | 2024 | official
		EXP | UK car exports | cars exported | 603565 vehicles | 2024 | official | note=home market 167,019`,
		"sum: ALL EXP > ALL (name)", "167,019", "176,019",
	},
	{
		"a brand above its group", `
		G | Kestrel group in UK | registrations | 53604 cars | 2025 | official
		B | Kestrel brand in UK | registrations | 55170 cars | 2025 | reported`,
		"sum: B G > G (status)", "55170", "5517",
	},
	{
		"halves of a year", `
		Y | UK vehicle production | all vehicles built | 764715 vehicles | 2025 | official
		H1 | UK vehicle production | all vehicles built, first half | 417232 vehicles | 2025-01..2025-06 | official
		H2 | UK vehicle production | all vehicles built, second half | 374483 vehicles | 2025-07..2025-12 | reported`,
		"sum: H1 H2 Y > H1 (name)", "374483", "347483",
	},
	{
		"halves below a year", `
		Y | UK vehicle production | all vehicles built | 764715 vehicles | 2025 | official
		H1 | UK vehicle production | all vehicles built, first half | 417232 vehicles | 2025-01..2025-06 | official
		H2 | UK vehicle production | all vehicles built, second half | 307483 vehicles | 2025-07..2025-12 | reported`,
		"sum: H1 H2 Y > H1 (name)", "307483", "347483",
	},
	{
		"months above a year", `
		Y | UK vehicle production | all vehicles built | 764715 vehicles | 2025 | official
		M | UK vehicle production | all vehicles built in May | 849810 vehicles | 2025-05 | reported`,
		"sum: M Y > Y (status)", "849810", "49810",
	},
	{
		"a printed share", `
		ALL | UK vehicle production | passenger cars built | 1722698 vehicles | 2016 | official
		EXP | UK car exports | cars exported | 1354216 vehicles | 2016 | official
		SH | UK car exports | share of car output exported | 78.8 % of car output | 2016 | official`,
		"share: ALL EXP SH > ALL (arithmetic)", "78.8", "78.6",
	},
	{
		"a share in a note", `
		ALL | UK new car market | registrations | 2020520 cars | 2025 | official
		BEV | UK new car market | BEV registrations | 473348 cars | 2025 | official | note=24.3%, target 28%`,
		"share: ALL BEV > ALL (name)", "24.3%", "23.4%",
	},
	{
		"one of several printed shares", `
		ALL | UK vehicle production | passenger cars built | 1722698 vehicles | 2016 | official
		EXP | UK car exports | cars exported | 1354216 vehicles | 2016 | official
		SH | UK car exports | share of output | 78.8 % of car output | 2016 | official
		OK | UK car exports | share of output | 78.6 % of car output | 2016 | estimate
		LATER | UK car exports | share of output | 77.4 % of car output | 2017 | estimate`,
		"share: ALL EXP OK SH > OK (arithmetic)", "78.8", "78.6",
	},
	{
		"utilisation", `
		CAP | Northfield | capacity | 600000 vehicles/yr | 2025 | reported
		OUT | Northfield | cars built | 273087 vehicles | 2025 | reported
		U | Northfield | utilisation | 54.5 % of capacity | 2025 | estimate`,
		"utilisation: CAP OUT U > CAP (arithmetic)", "54.5", "45.5",
	},
	{
		"a printed change", `
		A | UK vehicle production | passenger cars built | 779584 vehicles | 2024 | official
		B | UK vehicle production | passenger cars built | 717371 vehicles | 2025 | official
		CHG | UK vehicle production | passenger cars built, change on year | -9.0 % | 2025 | reported`,
		"change: A B CHG > A (arithmetic)", "-9.0", "-8.0",
	},
	{
		"a change in a note", `
		A | UK new car market | registrations | 1952778 cars | 2024 | official
		B | UK new car market | registrations | 2020520 cars | 2025 | official | note=+5.3%`,
		"change: A B > A (name)", "+5.3%", "+3.5%",
	},
	{
		"arithmetic in a note", `
		G | Kestrel group in UK | registrations | 56304 cars | 2025 | reported | note=28,232+19,855+5,517`,
		"arithmetic: G > G (alone)", "56304", "53604",
	},
	{
		"a brand against the sum of its group", `
		G | Kestrel group in UK | registrations | 53604 cars | 2025 | official | note=28,232+19,855+5,517
		A | Kestrel in UK | registrations | 23282 cars | 2025 | official
		B | Merlin in UK | registrations | 19855 cars | 2025 | official
		C | Osprey in UK | registrations | 5517 cars | 2025 | official
		D | Heron in UK | registrations | 85000 cars | 2025 | official`,
		"arithmetic: A B C G > A (name)", "23282", "28232",
	},
	{
		"a figure that a note repeats", `
		A | Kestrel in UK | registrations | 209 cars | 2024 | official
		B | Kestrel in UK | registrations | 28232 cars | 2025 | official | note=290 in 2024`,
		"quote: A B > A (alone)", "290 in", "209 in",
	},
	{
		"one amount in three currencies", `
		CNY | loss in an article | loss | 1.85 CNY bn | 2026 | reported
		GBP | loss in an article | loss | 196 GBP m | 2026 | reported
		USD | loss in an article | loss | 267 USD m | 2026 | reported
		R1 | parity | CNY per GBP | 9.5261 CNY per GBP | 2026-01-27 | official
		R2 | parity | CNY per USD | 6.9858 CNY per USD | 2026-01-27 | official`,
		"currency: CNY GBP R1 R2 USD > GBP (arithmetic)", "1.85 CNY", "1.87 CNY",
	},
	{
		"the same number in two currencies", `
		A | Northfield | investment | 200 EUR m | 2025 | confirmed
		B | Northfield | investment | 200 USD m | 2025 | reported`,
		"currency: A B > A (status)", "200 USD m", "233 USD m",
	},
	{
		"a cross rate", `
		R1 | parity | CNY per GBP | 9.5261 CNY per GBP | 2026-01-27 | official
		R2 | parity | CNY per USD | 6.9858 CNY per USD | 2026-01-27 | official
		X | cross rate | USD per GBP | 1.3366 USD per GBP | 2026-01-27 | estimate | source=ours`,
		"exchange: R1 R2 X > R1 (name)", "1.3366", "1.3636",
	},
	{
		"a law", `
		L | EU duty on BEVs: Kestrel | additional duty | 17.0 % ad valorem | 2024-10-30..2029-10-29 | official | source=law
		P | EU duty on BEVs: Kestrel | additional duty | 20.7 % | 2025-12 | reported`,
		"law: L P > L (status)", "20.7", "17",
	},
	{
		"a forecast", `
		F | UK vehicle production | all vehicles built | 738000 vehicles | 2025 | estimate | forecast=yes
		A | UK vehicle production | all vehicles built | 764715 vehicles | 2025 | official`,
		"forecast: A F > A (outturn)", "738000", "760000",
	},
	{
		"thousands", `
		A | UK vehicle production | passenger cars built | 905117 vehicles | 2023 | official
		B | UK vehicle production | passenger cars built | 905 vehicles | 2023 | official | source=stat`,
		"magnitude: A B > B (source kind)", "905 vehicles", "905 thousand vehicles",
	},
	{
		"a digit too many, told by the plant", `
		P | Northfield | cars built | 273087 vehicles | 2025 | reported
		X | Northfield: Hatch | cars built | 172641 vehicles | 2025 | reported
		Y | Northfield: Estate | cars built | 100446 vehicles | 2025 | reported
		Z | Northfield: Estate | cars built | 1005446 vehicles | 2025 | official`,
		"misprint: Y Z > Y (arithmetic)", "1005446", "100446",
	},
	{
		"commas in wrong places", `
		Z | Northfield: Estate | cars built | 100,5446 vehicles | 2025 | official`,
		"misprint: Z > Z (alone)", "100,5446", "1,005,446",
	},
	{
		"two digits that changed places", `
		A | Northfield | cars built | 186222 vehicles | 2022 | official
		B | Northfield | cars built | 182622 vehicles | 2022 | reported`,
		"misprint: A B > A (status)", "182622", "186222",
	},
	{
		"two lengths", `
		A | stop at Northfield | length of full stop | 37 days | 2025 | estimate
		B | stop at Northfield | length of full stop | 6 weeks | 2025 | reported
		S | stop at Northfield | production stopped | - | 2025-09-01 | reported
		E | stop at Northfield | phased restart | - | 2025-10-08 | confirmed`,
		"duration: A B > A (arithmetic)", "6 weeks", "5 weeks",
	},
	{
		"a length against its days", `
		A | stop at Northfield | length of full stop | 47 days | 2025 | estimate
		S | stop at Northfield | production stopped | - | 2025-09-01 | reported
		E | stop at Northfield | phased restart | - | 2025-10-08 | confirmed`,
		"duration: A E S > A (alone)", "47 days", "37 days",
	},
	{
		"the lowest since", `
		S | UK vehicle production | lowest output since | 1952 calendar year | 2025 | official
		N | UK vehicle production | lowest output in | 74 years | 2025 | reported`,
		"duration: N S > N (alone)", "74 years", "73 years",
	},
	{
		"two names", `
		A | UK vehicle production | passenger cars built | 779584 vehicles | 2024 | official
		B | British factories | output of cars | 797000 vehicles | 2024 | reported`,
		"name: A B > A (status)", "797000", "779600",
	},
	{
		"two names, and two of the country", `
		A | UK vehicle production | passenger cars built | 779584 vehicles | 2024 | official
		B | Cars | built in the UK | 812000 vehicles | 2024 | reported | region=United Kingdom`,
		"name: A B > A (status)", "812000", "780000",
	},
	{
		"two values", `
		A | Northfield | upgrade | 450 GBP m | 2025 | confirmed
		B | Northfield | upgrade | 500 GBP m | 2025 | reported`,
		"value: A B > A (status)", "500", "450",
	},
	{
		"the cost of one stop, for two times", `
		A | stop at Northfield | vehicles not built | 26000 vehicles | 2025-09-01..2025-10-08 | estimate
		B | stop at Northfield | vehicles not built | 50000 vehicles | 2025 | reported
		S | stop at Northfield | production stopped | - | 2025-09-01 | reported
		E | stop at Northfield | phased restart | - | 2025-10-08 | confirmed`,
		"value: A B > B (status)", "50000", "26400",
	},
	{
		"two plans for one capacity", `
		A | Northfield | capacity | 150000 vehicles/yr | 2026 | confirmed | forecast=yes
		B | Northfield | capacity | 200000 vehicles/yr | 2028 | reported | forecast=yes | contradicts=A
		C | Northfield | capacity | 300000 vehicles/yr | 2028 | reported | forecast=yes`,
		"value: A B C > A (status)", "200000 vehicles/yr | 2028 | reported | forecast=yes | contradicts=A", "300000 vehicles/yr | 2028 | reported | forecast=yes",
	},
	{
		"installed and staffed", `
		A | Northfield | capacity | 500000 vehicles/yr | 2020 | reported
		B | Northfield | capacity | 350000 vehicles/yr | 2021 | reported
		C | Northfield | capacity | 600000 vehicles/yr | 2025 | confirmed`,
		"capacity: A B C > C (status)", "350000", "550000",
	},
	{
		"days of an event", `
		A | Northfield: Estate | start of production | - | 2026-08 | confirmed
		B | Northfield: Estate | start of production | - | 2026-10..2026-12 | reported`,
		"date: A B > A (status)", "2026-10..2026-12", "2026",
	},
	{
		"steps of an arrangement", `
		A | Kestrel at Northfield | non-binding memorandum of understanding to explore | - | 2026-06-03 | confirmed
		B | Kestrel at Northfield | deal struck | - | 2026-06-04 | reported`,
		"status: A B > A (status)", "06-04 | reported", "06-04 | confirmed",
	},
	{
		"what claims state themselves", `
		A | Northfield | vehicles not built | 26000 vehicles | 2025-09-01..2025-10-08 | estimate
		B | Northfield | vehicles not built | 50000 vehicles | 2025 | reported | contradicts=A`,
		"stated: A B > B (status)", "contradicts=A", "note=",
	},
}

// TestPlanted: a planted conflict of each kind is found, and nothing is where it is mended.
func TestPlanted(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range planted {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff([]string{p.want}, found(CrossCheck(mustClaims(t, p.claims)))); diff != "" {
				t.Errorf("planted (-want +got):\n%s", diff)
			}
			if !strings.Contains(p.claims, p.old) {
				t.Fatalf("there is no %s to mend", p.old)
			}
			twin := CrossCheck(mustClaims(t, strings.Replace(p.claims, p.old, p.new, 1)))
			if len(twin.Conflicts) > 0 {
				t.Errorf("mended, and still found: %v: %s", found(twin), twin.Conflicts[0].Message)
			}
		})
		kind, _, _ := strings.Cut(p.want, ":")
		seen[kind] = true
	}
	for _, k := range checkKinds {
		if !seen[k] {
			t.Errorf("no conflict of kind %s is planted", k)
		}
	}
}
