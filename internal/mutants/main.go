// Mutants asks how much the tests would notice: it makes small wrong changes in the code, one at a time, and runs the tests of the
// changed package and of the packages that import it, until one fails. What no test notices is printed with its place.
//
//	go run ./internal/mutants -n 60
//
// The changes are drawn at random from all places of the packages that can hold one, with a seed that is printed and can be given
// again; -at tries those of some places, such as ones that were alive. The test that notices a change is run without it, too: one that
// fails either way notices nothing, and the tool stops. Nothing in the tree is touched: the changed file is laid over it (go help build, -overlay). A change that does not compile is
// drawn again; a test that does not end in time counts as caught.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// packages are those whose tests matter most: what a plan, its money and its evidence are made of.
const packages = "planner ledger cost lp sim flex formula claimlog audit trace bundle table"

func main() {
	n := flag.Int("n", 60, "mutants to try")
	seed := flag.Uint64("seed", 0, "seed of the draw; 0: a new one")
	list := flag.String("packages", packages, "packages to change")
	least := flag.Float64("least", 0.9, "share that must be caught for exit status 0")
	at := flag.String("at", "", "places to try instead of a draw, as they are printed, apart by spaces: planner/line.go:10:5")
	limit := flag.Duration("limit", 10*time.Minute, "time for the tests of one mutant in one package")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *n, *seed, strings.Fields(*list), strings.Fields(*at), *least, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n int, seed uint64, list, at []string, least float64, limit time.Duration) error {
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	fmt.Printf("seed %d\n", seed)
	r := rand.New(rand.NewPCG(seed, seed))
	importers, err := importersOf(ctx, list)
	if err != nil {
		return err
	}
	var sites []site
	for _, p := range list {
		s, err := sitesOf(p)
		if err != nil {
			return err
		}
		sites = append(sites, s...)
	}
	if len(at) > 0 {
		sites = slices.DeleteFunc(sites, func(s site) bool { return !slices.Contains(at, s.place) })
		n = len(sites)
	}
	r.Shuffle(len(sites), func(i, j int) { sites[i], sites[j] = sites[j], sites[i] })
	fmt.Printf("%d places in %s\n", len(sites), strings.Join(list, ", "))
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tried, caught := 0, 0
	var alive []string
	for _, s := range sites {
		if tried == n || ctx.Err() != nil {
			break
		}
		by, err := try(ctx, dir, s, importers[s.pkg], limit)
		switch {
		case errors.Is(err, errNoBuild):
			continue
		case err != nil:
			return err
		}
		tried++
		if by != "" {
			caught++
			fmt.Printf("%2d caught  %s: %s (by %s)\n", tried, s.place, s.what, by)
			continue
		}
		alive = append(alive, s.place+": "+s.what)
		fmt.Printf("%2d ALIVE   %s: %s\n", tried, s.place, s.what)
	}
	fmt.Printf("counted: mutants: %d of %d caught\n", caught, tried)
	for _, a := range alive {
		fmt.Println("  alive:", a)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if float64(caught) < least*float64(tried) {
		return fmt.Errorf("fewer than %.0f %% were caught", 100*least)
	}
	return nil
}

// errNoBuild says that a mutant does not compile.
var errNoBuild = errors.New("does not compile")

// try lays a mutant over the tree and returns the package whose tests catch it, "" where none does.
func try(ctx context.Context, dir string, s site, importers []string, limit time.Duration) (string, error) {
	file, err := filepath.Abs(s.file)
	if err != nil {
		return "", err
	}
	mutant, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {file: mutant}})
	if err != nil {
		return "", err
	}
	if err := errors.Join(os.WriteFile(mutant, s.mutated, 0o600), os.WriteFile(overlay, text, 0o600)); err != nil {
		return "", err
	}
	if out, err := exec.CommandContext(ctx, "go", "vet", "-overlay", overlay, "./"+s.pkg).CombinedOutput(); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if strings.Contains(string(out), "vet: ") || strings.Contains(string(out), "declared and not used") || len(out) > 0 {
			return "", errNoBuild
		}
	}
	for _, p := range append([]string{s.pkg}, importers...) {
		failed, test, err := fails(ctx, dir, overlay, p, "", limit)
		if ctx.Err() != nil || err != nil {
			return "", errors.Join(ctx.Err(), err)
		}
		if !failed {
			continue
		}
		if test == "" {
			return p, nil // it did not compile, or did not end
		}
		anyway, _, err := fails(ctx, dir, "", p, test, limit)
		if ctx.Err() != nil || err != nil {
			return "", errors.Join(ctx.Err(), err)
		}
		if anyway {
			return "", fmt.Errorf("%s of %s fails without any change: mend it first", test, p)
		}
		return p + ", " + test, nil
	}
	return "", nil
}

// fails builds the tests of a package, with an overlay where there is one, and runs them, or one of them, until one fails, whose name
// it gives.
func fails(ctx context.Context, dir, overlay, pkg, only string, limit time.Duration) (failed bool, test string, err error) {
	binary := filepath.Join(dir, "test.exe")
	if err := os.Remove(binary); err != nil && !errors.Is(err, os.ErrNotExist) {
		return false, "", err
	}
	args := []string{"test", "-c", "-o", binary, "./" + pkg}
	if overlay != "" {
		args = []string{"test", "-c", "-overlay", overlay, "-o", binary, "./" + pkg}
	}
	if err := exec.CommandContext(ctx, "go", args...).Run(); err != nil {
		return true, "", nil // it does not compile with the tests: that is noticed
	}
	if _, err := os.Stat(binary); err != nil {
		return false, "", nil // the package has no tests
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	args = []string{"-test.v", "-test.failfast", "-test.timeout", limit.String()}
	if drawsByRapid(pkg) {
		args = append(args, "-rapid.nofailfile") // which would be tried again with the next mutant, and stay
	}
	if only != "" {
		args = append(args, "-test.run", "^"+only+"$")
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir = pkg
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, "", err
	}
	if err := cmd.Start(); err != nil {
		return false, "", err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "--- FAIL: "); ok {
			test, _, _ = strings.Cut(name, " ")
			cancel()
			break
		}
	}
	err = cmd.Wait()
	return test != "" || err != nil, test, nil
}

// drawsByRapid reports whether the tests of a package draw their cases by rapid.
func drawsByRapid(pkg string) bool {
	names, _ := filepath.Glob(filepath.Join(pkg, "*_test.go")) // the pattern is a good one
	return slices.ContainsFunc(names, func(name string) bool {
		text, err := os.ReadFile(name)
		return err == nil && strings.Contains(string(text), `"pgregory.net/rapid"`)
	})
}

// importersOf are the packages, for each of list, whose code or tests import it; those with fewer importers of their own first, since
// their tests are the quicker ones.
func importersOf(ctx context.Context, list []string) (map[string][]string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	importers := map[string][]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p struct {
			ImportPath                         string
			Imports, TestImports, XTestImports []string
		}
		if err := d.Decode(&p); err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		_, name, ok := strings.Cut(p.ImportPath, "/")
		if !ok {
			continue
		}
		for _, of := range list {
			path := "headroom/" + of
			if name != of && (slices.Contains(p.Imports, path) || slices.Contains(p.TestImports, path) || slices.Contains(p.XTestImports, path)) {
				importers[of] = append(importers[of], name)
			}
		}
	}
	slow := []string{"answer", "cli", "planner"} // solve for minutes
	for of := range importers {
		slices.SortStableFunc(importers[of], func(a, b string) int {
			return slices.Index(slow, a) - slices.Index(slow, b)
		})
	}
	return importers, nil
}
