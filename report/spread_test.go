package report

import (
	"testing"

	"headroom"
)

func TestSpreadText(t *testing.T) {
	t.Parallel()
	share := 0.25
	tests := []struct {
		name   string
		spread *headroom.OutputSpread
		want   string
	}{
		{"nothing scored", nil, ""},
		{
			"scored at that horizon",
			&headroom.OutputSpread{Period: "2032", Horizon: 4, Scored: 4, RMS: 0.3, N: 3, Low: 70000, High: 130000},
			"How firm is 2032? Forecasts of this kind made 4 years before have missed by 30% (3 forecasts scored): 70,000 to 130,000 vehicles.",
		},
		{
			"scored nearer only",
			&headroom.OutputSpread{Period: "2032", Horizon: 9.58, Scored: 1, RMS: 0.3, N: 1, Low: 70000, High: 130000, NoChange: &share, Pairs: 1},
			"How firm is 2032? No forecast of this kind made 9.6 years before has been scored; 1 year before, they have missed by 30% (1 forecast scored): " +
				"70,000 to 130,000 vehicles. That nothing changes would have missed by 25% (1 pair of years that far apart).",
		},
	}
	for _, test := range tests {
		if got := spreadText(&headroom.Brief{Spread: test.spread}); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}
