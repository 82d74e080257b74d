package table_test

import (
	"strings"
	"testing"

	"headroom"
	"headroom/table"
)

// TestAsOfNewest: as of a day the newest of the alternatives that were known by then stands in, in whatever order they are named.
func TestAsOfNewest(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"CAP-22 CAP-23 CAP-24", "CAP-24 CAP-23 CAP-22", "CAP-23 CAP-24 CAP-22", "CAP-24 CAP-22 CAP-23"} {
		dir := mustLater(t)
		mustWrite(t, dir, "claim.csv", mustRead(t, dir, "claim.csv")+
			"CAP-22,,north,capacity,120000,veh/yr,2022-01-01,2022-12-31,reported,paper,2022-03-01\n"+
			"CAP-23,,north,capacity,130000,veh/yr,2023-01-01,2023-12-31,reported,paper,2023-03-01\n")
		mustWrite(t, dir, "binding.csv", strings.Replace(mustRead(t, dir, "binding.csv"), "CAP-26,,CAP-24,", "CAP-26,,"+order+",", 1))
		for _, x := range []struct {
			day  headroom.Date
			want float64
		}{
			{headroom.NewDate(2025, 12, 31), 140000},
			{headroom.NewDate(2024, 3, 1), 140000},
			{headroom.NewDate(2024, 2, 29), 130000},
			{headroom.NewDate(2023, 2, 28), 120000},
		} {
			c, found, err := table.Load(dir, table.LoadOptions{AsOf: x.day})
			if err != nil || c == nil {
				t.Fatal(found, err)
			}
			if got := figuresOf(c)["line/north-1/capacity_year"]; got != x.want {
				t.Errorf("%s as of %v: %v, want %v", order, x.day, got, x.want)
			}
		}
	}
}
