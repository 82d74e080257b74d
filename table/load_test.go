package table_test

import (
	"io/fs"
	"testing"

	"headroom/cases"
	"headroom/table"
)

func TestLoadTwoPlants(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(cases.FS, "two-plants")
	if err != nil {
		t.Fatal(err)
	}
	c, findings, err := table.LoadFS(sub, table.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
	if len(c.VehicleLines) != 5 || !c.VehicleLines[0].Compatible || c.VehicleLines[0].MinRun != 70 {
		t.Errorf("vehicle lines: %+v", c.VehicleLines)
	}
	if c.PriceYear != 2026 || c.Demands[0].Currency != "GBP" || c.Plants[0].PriceYear != 2026 {
		t.Errorf("defaults: %+v", c.Settings)
	}
	for ref, label := range c.Labels {
		if label.Basis != "assumption" {
			t.Errorf("%v: %v", ref, label)
		}
	}
}
