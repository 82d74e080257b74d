// Package counted is for tests that try many random things. Each has two sizes: a sample that `go test` runs in seconds, and
// the whole count that `make acceptance` asks for. Every run draws a new seed and prints it, so that a failure can be run again
// and a pass says something new each time. Only tests import it.
package counted

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// Variables of the environment: Whole asks for the whole counts, Seed repeats a run.
const (
	Whole = "HEADROOM_COUNTED"
	Seed  = "HEADROOM_SEED"
)

// N is how many tries a test makes: sample, or whole when the whole counts are asked for.
func N(sample, whole int) int {
	if os.Getenv(Whole) != "" {
		return whole
	}
	return sample
}

// New returns a random source with a new seed, or the one of the environment, and logs the seed; a failing test shows it.
func New(tb testing.TB) (*rand.Rand, uint64) {
	tb.Helper()
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv(Seed); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			tb.Fatalf("%s=%q is not a seed: %v", Seed, s, err)
		}
		seed = n
	}
	tb.Logf("seed %d (repeat with %s=%d)", seed, Seed, seed)
	return rand.New(rand.NewPCG(seed, seed)), seed
}

// Report logs a count in one form, `counted: NAME: DONE of TRIED RESULT`, which `make acceptance` lists at its end.
func Report(tb testing.TB, name string, done, tried int, result string) {
	tb.Helper()
	tb.Logf("counted: %s: %d of %d %s", name, done, tried, result)
}

// Fixed is a source of random numbers that are the same every time, for a test of one case that a generator makes.
func Fixed() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }
