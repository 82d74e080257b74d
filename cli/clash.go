package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"headroom"
)

// clashCodes are errors that say that a case has no plan, and nothing else about it.
var clashCodes = []string{headroom.CodeMinimumAboveMaximum, headroom.CodeOvercommittedLine, headroom.CodeImpossibleDemand, headroom.CodeUnreachableTarget}

// escapable are columns of minima that a plan escapes by not using what has them: with such an error a case may have a plan, but not
// the one that was meant.
var escapable = []string{"line.min_rate", "vehicle_line.min_volume"}

// explained plans a case whose errors all say that it has no plan, so that the reasons are told with what would help, owners and
// claims; the errors themselves are told too. It returns nil where there are other errors, or where there is a plan all the same:
// then the errors are all there is to say.
func (a *app) explained(ctx context.Context, dir string, r planRequest) (*headroom.Case, *headroom.Plan, error) {
	c, found, err := a.load(dir, r.choosing)
	if err != nil || c == nil {
		return nil, nil, nil //nolint:nilerr // whoever reads the case says what is wrong
	}
	bad := ofSeverity(found, headroom.SeverityError)
	for _, f := range bad {
		table := strings.TrimSuffix(f.File, filepath.Ext(f.File))
		if !slices.Contains(clashCodes, f.Code) || slices.Contains(escapable, table+"."+f.Column) {
			return nil, nil, nil
		}
	}
	if len(bad) == 0 {
		return nil, nil, nil
	}
	p, err := a.plan(ctx, c, r)
	if err != nil || p.Status != headroom.StatusInfeasible {
		return nil, nil, err
	}
	for _, f := range bad {
		a.note("%s", f)
	}
	return c, p, nil
}
