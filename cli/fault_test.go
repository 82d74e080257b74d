package cli_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"headroom/internal/counted"
	"headroom/internal/files"
	"headroom/internal/files/powercut"
	"headroom/internal/tree"
)

// Variables of the environment by which a test has the program fail at a step of writing: the step, what happens there, and a file
// into which the number of steps is written at the end.
const (
	faultStep  = "HEADROOM_TEST_STEP"
	faultKind  = "HEADROOM_TEST_FAULT"
	faultCount = "HEADROOM_TEST_COUNT"
)

// Kinds of faults.
const (
	kindKill = "kill"
	kindFull = "full"
)

// planFault has the step of the environment fail, and returns what writes down how many there were.
func planFault() func() {
	at, _ := strconv.Atoi(os.Getenv(faultStep))
	steps := 0
	if at == 0 && os.Getenv(faultCount) == "" {
		return func() {}
	}
	files.Watch(func(files.Step) error {
		if steps++; steps != at {
			return nil
		}
		if os.Getenv(faultKind) == kindKill {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		return syscall.ENOSPC
	})
	return func() {
		if file := os.Getenv(faultCount); file != "" {
			_ = os.WriteFile(file, []byte(strconv.Itoa(steps)), 0o644)
		}
	}
}

// ended is how a run of the program ended.
type ended struct {
	status int // -1: killed
	text   string
}

// program runs headroom in a folder.
func program(tb testing.TB, dir string, env []string, args ...string) ended {
	tb.Helper()
	cmd := exec.Command("headroom", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append([]string{tree.Library + "=" + tree.Native(), "USER=tester"}, env...)...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatal(err)
	}
	return ended{cmd.ProcessState.ExitCode(), out.String()}
}

// mustDo runs headroom and wants status 0.
func mustDo(tb testing.TB, dir string, args ...string) string {
	tb.Helper()
	e := program(tb, dir, nil, args...)
	if e.status != 0 {
		tb.Fatalf("headroom %s: status %d\n%s", strings.Join(args, " "), e.status, e.text)
	}
	return e.text
}

// addArgs are the arguments that enter a claim of a key.
func addArgs(id string) []string {
	return []string{
		"claim", "add", "c", "--id", id, "--subject", "of " + id, "--quantity", "capacity", "--value", "1000", "--unit", "veh/yr", "--status", "reported",
		"--as-of", "2026-01-01", "--source", "s-" + id, "--publisher", "P", "--by", "me", "--yes", "--quiet",
	}
}

// contents are the files below a folder, by name, without what is on its way and locks.
func contents(tb testing.TB, dir string) map[string]string {
	tb.Helper()
	out, err := powercut.Contents(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// faulty is a command that writes, with the folder before it.
type faulty struct {
	name   string
	args   []string
	before string // folder that is copied for each try
	target string // what it writes, within that folder
	open   string // a case whose next reader finishes what was committed; "" where what it writes comes in one step
	ledger bool   // it enters claims

	old, new map[string]string
	steps    int
}

// faulties are the commands that write. Those that solve for long are there only in whole counts.
func faulties(tb testing.TB) []*faulty {
	tb.Helper()
	root := tb.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	put := func(name, text string) {
		if err := os.WriteFile(at(name), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	copyTo := func(name string) string {
		if err := os.CopyFS(at(name), os.DirFS(at("base"))); err != nil {
			tb.Fatal(err)
		}
		return at(name)
	}
	if err := os.Mkdir(at("base"), 0o755); err != nil {
		tb.Fatal(err)
	}
	mustDo(tb, at("base"), "init", "c", "--quiet")
	mps := "NAME T\nROWS\n N obj\n L c1\nCOLUMNS\n x obj -1 c1 1\n y obj -2 c1 %d\nRHS\n rhs c1 4\nBOUNDS\n UP b x 3\n UP b y 3\nENDATA\n"
	put("base/1.mps", fmt.Sprintf(mps, 1))
	put("base/2.mps", fmt.Sprintf(mps, 3))
	mustDo(tb, at("base"), "solve", "1.mps", "--out", "run", "--quiet")
	put("base/run/mine.txt", "mine")
	for _, f := range []string{"m.mps", "p.json", "q.md", "f.xml", "s.svg"} {
		put("base/"+f, "old "+f)
	}
	first := copyTo("first")
	more := copyTo("more")
	for i := range 3 {
		mustDo(tb, more, addArgs(fmt.Sprint("b", i))...)
	}
	rows := "claim_id,kind,subject,quantity,value,unit,status,as_of\n"
	for k := range 20 {
		rows += fmt.Sprintf("i%d,quantity,sub%d,capacity,%d,veh/yr,reported,2026-01-01\n", k, k, k+1)
	}
	put("more/i.csv", rows)
	mustDo(tb, more, "export", "c", "--ro-crate", "b.zip", "--quiet")
	hand := copyTo("hand")
	put("hand/c/claim.csv", "claim_id,subject,status\nh1,by hand,reported\n")
	messy := copyTo("messy")
	for _, t := range []string{"demand", "vehicle_line", "line"} {
		data, _ := os.ReadFile(at("messy/c/" + t + ".csv"))
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		slices.Reverse(lines[1:])
		put("messy/c/"+t+".csv", strings.Join(lines, "\n")+"\n")
	}
	if err := os.Mkdir(at("base/empty"), 0o755); err != nil {
		tb.Fatal(err)
	}
	empty := copyTo("emptied")
	out := []*faulty{
		{name: "first claim", args: addArgs("k"), before: first, target: "c", ledger: true},
		{name: "claim add", args: addArgs("k"), before: more, target: "c", ledger: true},
		{name: "claim import", args: []string{"claim", "import", "c", "i.csv", "--by", "me", "--yes", "--quiet"}, before: more, target: "c", ledger: true},
		{name: "claim seal", args: []string{"claim", "seal", "c", "--by", "me", "--quiet"}, before: hand, target: "c", ledger: true},
		{name: "solve --out", args: []string{"solve", "2.mps", "--out", "run", "--quiet", "--seed", "2"}, before: first, target: "run"},
		{name: "solve --out new", args: []string{"solve", "2.mps", "--out", "deep/run", "--quiet"}, before: first, target: "deep"},
		{name: "export --mps", args: []string{"export", "c", "--mps", "m.mps", "--quiet"}, before: first, target: "m.mps"},
		{name: "export --ro-crate", args: []string{"export", "c", "--ro-crate", "b.zip", "--by", "other", "--quiet"}, before: more, target: "b.zip"},
		{name: "export --prov", args: []string{"export", "c", "--prov", "p.json", "--quiet"}, before: more, target: "p.json"},
		{name: "export --qa-log", args: []string{"export", "c", "--qa-log", "q.md", "--quiet"}, before: more, target: "q.md"},
		{name: "changes --feed", args: []string{"changes", "c", "--since", "2025-01-01", "--feed", "f.xml", "--quiet"}, before: more, target: "f.xml"},
		{name: "fmt", args: []string{"fmt", "c", "--quiet"}, before: messy, target: "c", open: "c"},
		{name: "init", args: []string{"init", "n/m", "--quiet"}, before: first, target: "n"},
		{name: "init empty", args: []string{"init", "empty", "--quiet"}, before: empty, target: "empty"},
		{name: "import", args: []string{"import", "b.zip", "--into", "imp", "--quiet"}, before: more, target: "imp"},
	}
	if counted.N(0, 1) > 0 {
		brief := copyTo("brief")
		mustDo(tb, brief, "brief", "c", "--out", "rb", "--quiet")
		put("brief/r.html", "old page")
		mustDo(tb, brief, "plan", "c", "--out", "rp", "--quiet")
		out = append(out,
			&faulty{name: "report --html", args: []string{"report", "c", "--run", "rb", "--html", "r.html", "--quiet"}, before: brief, target: "r.html"},
			&faulty{name: "plan --out", args: []string{"plan", "c", "--objective", "cost", "--out", "rp", "--quiet"}, before: brief, target: "rp"})
	}
	return out
}

// measure runs the command without a fault.
func (f *faulty) measure(tb testing.TB) {
	tb.Helper()
	dir := f.copy(tb)
	f.old = contents(tb, filepath.Join(dir, f.target))
	count := filepath.Join(tb.TempDir(), "count")
	if e := program(tb, dir, []string{faultCount + "=" + count}, f.args...); e.status != 0 {
		tb.Fatalf("%s: status %d\n%s", f.name, e.status, e.text)
	}
	f.new = contents(tb, filepath.Join(dir, f.target))
	if !f.ledger && maps.Equal(f.old, f.new) {
		tb.Fatalf("%s changes nothing", f.name)
	}
	text, err := os.ReadFile(count)
	if err != nil {
		tb.Fatal(err)
	}
	f.steps, _ = strconv.Atoi(string(text))
}

func (f *faulty) copy(tb testing.TB) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "w")
	if err := os.CopyFS(dir, os.DirFS(f.before)); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// try runs the command with a fault at a step, and says what is wrong with what it leaves.
func (f *faulty) try(tb testing.TB, kind string, step int) string {
	tb.Helper()
	dir := f.copy(tb)
	e := program(tb, dir, []string{fmt.Sprint(faultStep, "=", step), faultKind + "=" + kind}, f.args...)
	entered := e.status == 0 || strings.Contains(e.text, "it was entered and is in the log")
	switch {
	case kind == kindKill && e.status != -1:
		return fmt.Sprintf("status %d, want a kill", e.status)
	case kind == kindFull && e.status != 0 && (e.status != 5 || !strings.Contains(e.text, "DiskFull")):
		return fmt.Sprintf("status %d: %s", e.status, e.text)
	}
	if f.ledger {
		return f.tryLedger(tb, dir, kind == kindFull, entered)
	}
	if f.open != "" {
		program(tb, dir, nil, "check", f.open, "--quiet")
	}
	got := contents(tb, filepath.Join(dir, f.target))
	isOld, isNew := maps.Equal(got, f.old), maps.Equal(got, f.new)
	if !isNew && (!isOld || e.status == 0) {
		return fmt.Sprintf("status %d, left is neither the old nor the new: %v", e.status, slices.Sorted(maps.Keys(got)))
	}
	again := program(tb, dir, nil, f.args...)
	if refused := isNew && strings.Contains(again.text, "NotEmpty"); again.status != 0 && !refused {
		return fmt.Sprintf("run again: status %d: %s", again.status, again.text)
	}
	if got := contents(tb, filepath.Join(dir, f.target)); !maps.Equal(got, f.new) {
		return "run again it does not give the new"
	}
	if left := powercut.OnItsWay(dir); again.status == 0 && len(left) > 0 {
		return fmt.Sprintf("run again it leaves %v", left)
	}
	return ""
}

// tryLedger wants a ledger into which the next claim can be entered at once, that holds then, and that has all that was entered.
func (f *faulty) tryLedger(tb testing.TB, dir string, full, entered bool) string {
	tb.Helper()
	if e := program(tb, dir, nil, "plan", "c", "--time", "1ns", "--quiet"); e.status == 5 {
		return "a reader fails: " + e.text
	}
	if e := program(tb, dir, nil, addArgs("next")...); e.status != 0 {
		return fmt.Sprintf("the next claim: status %d: %s", e.status, e.text)
	}
	got := contents(tb, filepath.Join(dir, "c"))
	was := strings.Count(f.old["claim.csv"], "\n")
	will := strings.Count(f.new["claim.csv"], "\n")
	n := strings.Count(got["claim.csv"], "\n") - 1
	if f.old["claim.csv"] == "" && n == 1 {
		was = 1 // the header came with the next one
	}
	isNew := n == will
	switch {
	case n != was && !isNew:
		return fmt.Sprintf("%d claims, want %d or %d", n, was, will)
	case entered && !isNew, full && !entered && isNew && was != will:
		return fmt.Sprintf("said entered %v, and is entered %v", entered, isNew)
	}
	if !strings.Contains(f.name, "seal") {
		if e := program(tb, dir, nil, "verify", "c"); e.status != 0 {
			return "the log does not hold: " + e.text
		}
	}
	if left := powercut.OnItsWay(dir); len(left) > 0 {
		return fmt.Sprintf("left over: %v", left)
	}
	return ""
}

// TestCountedKills kills the program at steps of every way of writing: at each in whole counts, at random ones else.
func TestCountedKills(t *testing.T) { countFaults(t, kindKill, "kills, each at a step of writing") }

// TestCountedFullDisk has the disk full at steps of every way of writing.
func TestCountedFullDisk(t *testing.T) {
	countFaults(t, kindFull, "full disks, each at a step of writing")
}

func countFaults(t *testing.T, kind, name string) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts many programs")
	}
	r, _ := counted.New(t)
	all := faulties(t)
	whole := counted.N(0, 1) > 0
	if !whole {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:6]
	}
	tried, good := 0, 0
	for _, f := range all {
		f.measure(t)
		for _, step := range stepsOf(r, f.steps, whole) {
			tried++
			if bad := f.try(t, kind, step); bad != "" {
				t.Errorf("%s at step %d of %d of %s: %s", kind, step, f.steps, f.name, bad)
				continue
			}
			good++
		}
	}
	counted.Report(t, name, good, tried, "left the old or the new, and nothing entered was lost")
}

// stepsOf are the steps that are tried: all, or two at random.
func stepsOf(r *rand.Rand, n int, whole bool) []int {
	if !whole {
		return []int{1 + r.IntN(n), 1 + r.IntN(n)}
	}
	var out []int
	for k := range n {
		out = append(out, k+1)
	}
	return out
}
