package planner_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"headroom/internal/counted"
)

// TestMain gives the laws a new seed, or the one of the environment, and shows it, and at the end what the solver was proved wrong on.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.seed"); f != nil && f.Value.String() == "0" {
		seed := os.Getenv(counted.Seed)
		if seed == "" {
			seed = strconv.FormatInt(time.Now().UnixNano(), 10)
		}
		if err := f.Value.Set(seed); err != nil {
			panic(err)
		}
		fmt.Printf("laws: seed %s (repeat with -rapid.seed=%s)\n", seed, seed)
	}
	code := m.Run()
	if !reportDisputes() && code == 0 {
		fmt.Println("FAIL: too many")
		code = 1
	}
	os.Exit(code)
}
