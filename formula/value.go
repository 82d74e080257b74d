package formula

import (
	"fmt"

	"headroom"
)

// Values computes what bindings say, from the claims, deflators and outturns that a case had when it was made. A fit is made
// once. It is not for more than one goroutine at a time.
type Values struct{ scope *scope }

// NewValues returns the Values of a case.
func NewValues(c *headroom.Case) *Values { return &Values{newScope(c)} }

// Of computes what a binding says, as Value does.
func (v *Values) Of(b headroom.Binding) (float64, error) {
	steps, err := v.Explain(b)
	if err != nil {
		return 0, err
	}
	last := steps[len(steps)-1]
	if last.Transform != "figure" {
		return 0, fmt.Errorf("%s/%s/%s is a date", b.Table, b.RowKey, b.Column)
	}
	return last.Value, nil
}

// Explain computes what a binding says, as the function Explain does.
func (v *Values) Explain(b headroom.Binding) ([]Step, error) { return v.scope.explain(b) }

// Value computes what a binding says, from the claims, deflators and outturns of a case, in b.Unit.
func Value(c *headroom.Case, b headroom.Binding) (float64, error) { return NewValues(c).Of(b) }
