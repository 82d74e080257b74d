package answer

import (
	"slices"

	"headroom"
	"headroom/lp"
)

// ProofOf is why the plan of a case can be believed, and on what it counts. Its status is in the words of the documents: a plan that
// holds to a looser tolerance only has reached a limit, and one that was interrupted before there was anything is interrupted.
func ProofOf(c *headroom.Case, p *headroom.Plan) headroom.Proof {
	if p == nil {
		return headroom.NotTried()
	}
	q := headroom.ProofOf(p)
	q.Status = StatusOf(p)
	q.CountsOn.Candidates = Candidates(c)
	if q.CountsOn.Deals == nil {
		q.CountsOn.Deals = []string{}
	}
	return q
}

// PartProof is the proof of a plan that is one of many: it does not say how long it took, which is not the same twice.
func PartProof(c *headroom.Case, p *headroom.Plan) headroom.Proof {
	q := ProofOf(c, p)
	q.Seconds = 0
	return q
}

// StatusOf is the status of a plan in the words of the documents.
func StatusOf(p *headroom.Plan) headroom.PlanStatus {
	switch {
	case p == nil:
		return headroom.StatusNotTried
	case p.Status == headroom.StatusTolerance:
		return headroom.StatusLimit
	case p.Status == headroom.StatusNone && p.Stopped == lp.StopInterrupt.String():
		return headroom.StatusInterrupted
	}
	return p.Status
}

// Candidates are the vehicles and plants of a case that nobody has announced and its plan may choose, sorted by table and id.
func Candidates(c *headroom.Case) []string {
	at := announced(c)
	vehicles, plants := []string{}, []string{}
	for _, v := range c.Vehicles {
		if candidate(c, v) && !at.vehicles[v.ID] {
			vehicles = append(vehicles, v.ID)
		}
	}
	for _, p := range c.Plants {
		if opens(p) && !at.plants[p.ID] {
			plants = append(plants, p.ID)
		}
	}
	slices.Sort(vehicles)
	slices.Sort(plants)
	return append(vehicles, plants...)
}

// weaker is the less firm of two proofs.
func weaker(a, b headroom.Proof) headroom.Proof {
	if b.Weaker(a) {
		return b
	}
	return a
}
