package evidence

import "headroom"

// Values computes what bindings say, from the claims and outturns that a case had when it was made. A fit is made once.
type Values struct{ r *recomputation }

// NewValues returns the Values of a case.
func NewValues(c *headroom.Case) *Values {
	r := &recomputation{c: c, claims: make(map[string]headroom.Claim, len(c.Claims)), fits: map[string]fitResult{}}
	for _, cl := range c.Claims {
		r.claims[cl.ID] = cl
	}
	return &Values{r}
}

// Of computes what a binding says, as Value does.
func (v *Values) Of(b headroom.Binding) (float64, error) { return v.r.value(b) }
