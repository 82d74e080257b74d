package planner

import (
	"strings"
	"testing"

	"headroom"
	"headroom/internal/counted"
	"headroom/lp"
)

// TestRefusalNamesAllCells: what the gate refuses is told of every cell that its numbers are made of, the first as the place and the
// others after it, and of no other.
func TestRefusalNamesAllCells(t *testing.T) {
	t.Parallel()
	m, err := Build(t.Context(), roomy(counted.Fixed()), Options{})
	if err != nil {
		t.Fatal(err)
	}
	several, single := 0, 0
	for row := range m.Problem.Rows() {
		i := lp.Issue{Code: "N01", Severity: lp.Refuse, Row: row, Col: -1}
		cells := m.cells(i)
		found := m.inCells([]lp.Issue{i, {Code: "N02", Severity: lp.Warn, Row: row, Col: -1}})
		if len(found) != 1 || found[0].Severity != headroom.SeverityError || found[0].Code != headroom.CodeRefusedModel {
			t.Fatalf("row %d: %+v", row, found)
		}
		_, more, some := strings.Cut(found[0].Message, "; with it count ")
		var named []string
		if some {
			named = strings.Split(more, ", ")
		}
		switch {
		case len(cells) == 0:
			if found[0].File != "case.yaml" || some {
				t.Errorf("row %d of no cell: %s", row, found[0])
			}
			continue
		case len(cells) > 1:
			several++
		default:
			single++
		}
		if len(named) != len(cells)-1 {
			t.Errorf("row %d: %d cells, and named are %s and %v", row, len(cells), found[0].Place, named)
			continue
		}
		for k, c := range cells {
			place := m.net.c.Place(c.Table, c.Key, c.Column).String()
			if k == 0 && found[0].Place.String() != place || k > 0 && named[k-1] != place {
				t.Errorf("row %d: cell %d is %s: %s", row, k, place, found[0])
			}
		}
	}
	if several == 0 || single == 0 {
		t.Errorf("%d rows of several cells and %d of one", several, single)
	}
}
