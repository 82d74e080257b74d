package flex

import (
	"fmt"
	"math"
	"slices"
)

// Link says that a plant can build a vehicle; both are positions.
type Link struct{ Plant, Vehicle int }

// Network is plants with their capacities, vehicles, and links.
type Network struct {
	Capacity []float64 // of each plant, volume of the period
	Vehicles int
	Links    []Link
}

// Most plants and vehicles of a network: more would not fit in the unit of volume with a useful resolution.
const (
	mostPlants   = 1 << 12
	mostVehicles = 1 << 14
)

// Validate refuses a network that means nothing: a capacity that is not above zero, a link to nothing or one written twice.
func (n *Network) Validate() error {
	if len(n.Capacity) == 0 || n.Vehicles <= 0 {
		return fmt.Errorf("a network needs plants and vehicles")
	}
	if len(n.Capacity) > mostPlants || n.Vehicles > mostVehicles {
		return fmt.Errorf("%d plants and %d vehicles are too many: at most %d and %d", len(n.Capacity), n.Vehicles, mostPlants, mostVehicles)
	}
	for p, c := range n.Capacity {
		if !(c > 0) || math.IsInf(c, 0) {
			return fmt.Errorf("plant %d: the capacity %v is not above zero", p, c)
		}
	}
	seen := make(map[Link]bool, len(n.Links))
	for _, l := range n.Links {
		switch {
		case l.Plant < 0 || l.Plant >= len(n.Capacity):
			return fmt.Errorf("a link to plant %d, which is not there", l.Plant)
		case l.Vehicle < 0 || l.Vehicle >= n.Vehicles:
			return fmt.Errorf("a link to vehicle %d, which is not there", l.Vehicle)
		case seen[l]:
			return fmt.Errorf("the link of plant %d and vehicle %d is there twice", l.Plant, l.Vehicle)
		}
		seen[l] = true
	}
	return nil
}

// Total is the capacity of all plants.
func (n *Network) Total() float64 {
	sum := 0.0
	for _, c := range n.Capacity {
		sum += c
	}
	return sum
}

// With is the network with more links; those that are there already are not doubled.
func (n *Network) With(more ...Link) *Network {
	out := &Network{Capacity: n.Capacity, Vehicles: n.Vehicles, Links: slices.Clone(n.Links)}
	for _, l := range more {
		if !slices.Contains(out.Links, l) {
			out.Links = append(out.Links, l)
		}
	}
	return out
}

// Missing are the links that are not there, by plant and vehicle.
func (n *Network) Missing() []Link {
	have := make(map[Link]bool, len(n.Links))
	for _, l := range n.Links {
		have[l] = true
	}
	var out []Link
	for p := range n.Capacity {
		for v := range n.Vehicles {
			if l := (Link{p, v}); !have[l] {
				out = append(out, l)
			}
		}
	}
	return out
}

// Full is the network with every link.
func (n *Network) Full() *Network { return n.With(n.Missing()...) }

// component is plants and vehicles that links connect; a vehicle or plant without a link is in none.
type component struct{ plants, vehicles []int }

// components are the connected components, by their first plant.
func (n *Network) components() []component {
	m := len(n.Capacity)
	root := make([]int, m+n.Vehicles)
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	linked := make([]bool, len(root))
	for _, l := range n.Links {
		a, b := find(l.Plant), find(m+l.Vehicle)
		root[max(a, b)] = min(a, b)
		linked[l.Plant], linked[m+l.Vehicle] = true, true
	}
	at := map[int]int{}
	var out []component
	for i := range root {
		if !linked[i] {
			continue
		}
		r := find(i)
		k, ok := at[r]
		if !ok {
			k = len(out)
			at[r] = k
			out = append(out, component{})
		}
		if i < m {
			out[k].plants = append(out[k].plants, i)
		} else {
			out[k].vehicles = append(out[k].vehicles, i-m)
		}
	}
	return out
}
