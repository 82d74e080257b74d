package flex

import "math"

// The generator of a scenario is SplitMix64 (Steele, Lea, Flood 2014), seeded by the seed of the run and the scenario's number. Nothing else
// decides its draws, so a scenario is the same whichever core computes it, and the first thousand of a million are those of a
// thousand.

const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// keyOf is the state of a scenario's generator before its first draw.
func keyOf(seed, scenario uint64) uint64 { return mix(mix(seed+golden) + scenario*golden) }

// drawOf is the i-th draw of a generator, as 64 random bits.
func drawOf(key uint64, i int) uint64 { return mix(key + drawStep(i)) }

// drawStep is how far the i-th draw is from the state before the first.
func drawStep(i int) uint64 { return uint64(i+1) * golden }

// unit is 64 random bits as a number above 0 and below 1.
func unit(x uint64) float64 { return (float64(x>>11) + 0.5) * 0x1p-53 }

// Shifts is the number of random shifts of the quasi-random points; their spread gives the interval.
const Shifts = 16

// kronecker are the steps of the quasi-random sequence: the fractional parts of the square roots of the primes, as 64-bit
// fractions (Richtmyer's sequence). Each shift adds a random vector, modulo 1 (Cranley, Patterson 1976).
func kronecker(dims int) []uint64 {
	out := make([]uint64, 0, dims)
	for p := 2; len(out) < dims; p++ {
		if isPrime(p) {
			out = append(out, fraction64(p))
		}
	}
	return out
}

func isPrime(p int) bool {
	for q := 2; q*q <= p; q++ {
		if p%q == 0 {
			return false
		}
	}
	return true
}

// fraction64 is the fractional part of √p times 2⁶⁴, from the double and its remainder.
func fraction64(p int) uint64 {
	r := math.Sqrt(float64(p))
	rest := math.FMA(-r, r, float64(p)) / (2 * r) // √p − r
	whole := math.Floor(r)
	return uint64((r-whole)*0x1p53)<<11 + uint64(int64(rest*0x1p64))
}

// baker folds the unit interval, which makes an integrand periodic.
func baker(x uint64) uint64 {
	if x>>63 == 1 {
		return ^x << 1
	}
	return x << 1
}
