package formula

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"headroom"
)

// quantity is a number while a formula is computed, in base units. A plain number is free: it takes the unit of the figure where
// nothing else in the formula has one.
type quantity struct {
	value float64
	unit  Unit // of factor 1
	free  bool
}

// plainNumber is a number without a unit.
func plainNumber(v float64) quantity { return quantity{value: v, unit: Unit{factor: 1}, free: true} }

// of is a number in a unit.
func of(v float64, u Unit) quantity {
	return quantity{value: v * u.factor, unit: Unit{factor: 1, base: u.base}}
}

// codedError is an error that is a finding of another code than BrokenFormula.
type codedError struct {
	code string
	error
}

// wrongUnit is an error about dimensions.
func wrongUnit(format string, args ...any) error {
	return &codedError{headroom.CodeWrongUnit, fmt.Errorf(format, args...)}
}

// plus adds; what is added must be of one dimension.
func (q quantity) plus(w quantity) (quantity, error) {
	if q.unit.Dimension() != w.unit.Dimension() {
		return q, wrongUnit("%s and %s cannot be added", shown(q.unit), shown(w.unit))
	}
	return quantity{q.value + w.value, q.unit, q.free && w.free}, nil
}

// times multiplies, or divides where sign is -1.
func (q quantity) times(w quantity, sign int) (quantity, error) {
	if sign < 0 && w.value == 0 {
		return q, errors.New("division by zero")
	}
	out := quantity{unit: q.unit.times(w.unit, sign), free: q.free && w.free}
	if sign < 0 {
		out.value = q.value / w.value
	} else {
		out.value = q.value * w.value
	}
	return out, nil
}

// in is the number in a unit; "" is the base unit.
func (q quantity) in(unit string) (float64, error) {
	if unit == "" || q.free {
		return q.value, nil
	}
	u, err := ParseUnit(unit)
	if err != nil {
		return 0, err
	}
	v, err := Convert(q.value, q.unit, u)
	if err != nil {
		return 0, wrongUnit("the formula gives %s, and the figure is in %s", shown(q.unit), unit)
	}
	return v, nil
}

// figureOf is the decimal number that a claim states.
func figureOf(c headroom.Claim) (float64, error) {
	if c.Value == "" {
		return 0, fmt.Errorf("the claim %s has no value", c.ID)
	}
	v, err := strconv.ParseFloat(c.Value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("the value of the claim %s, %q, is not a number", c.ID, c.Value)
	}
	return v, nil
}

// stated is what a claim states, with its unit.
func stated(c headroom.Claim) (quantity, error) {
	v, err := figureOf(c)
	if err != nil || c.Unit == "" {
		return plainNumber(v), err
	}
	u, err := UnitOf(c)
	if err != nil {
		return quantity{}, fmt.Errorf("the unit of the claim %s: %w", c.ID, err)
	}
	return of(v, u), nil
}
