package cli_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/counted"
	"headroom/internal/files/powercut"
)

// TestCountedRandomKills kills the program at random moments while it enters a claim, with no help from it.
func TestCountedRandomKills(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts many programs")
	}
	r, _ := counted.New(t)
	dir := t.TempDir()
	mustDo(t, dir, "init", "c", "--quiet")
	began := time.Now()
	mustDo(t, dir, addArgs("first")...)
	long := time.Since(began)
	acked := []string{"first"}
	tries, killed := counted.N(6, 60), 0
	for k := range tries {
		id := fmt.Sprint("k", k)
		cmd := exec.Command("headroom", addArgs(id)...)
		cmd.Dir = dir
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(r.Int64N(int64(long)*13/10)), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait() // how it ended is looked at
		kill.Stop()
		if cmd.ProcessState.ExitCode() == 0 {
			acked = append(acked, id)
		} else {
			killed++
		}
	}
	mustDo(t, dir, addArgs("last")...)
	lost := lostOf(t, filepath.Join(dir, "c"), append(acked, "last"))
	if len(lost) > 0 {
		t.Errorf("entered and lost: %v", lost)
	}
	mustDo(t, dir, "verify", "c")
	if left := powercut.OnItsWay(dir); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	counted.Report(t, "kills at a random moment of entering", killed, tries, fmt.Sprintf("killed in time; %d entered, %d lost", len(acked), len(lost)))
}

// lostOf are the keys that a ledger does not have.
func lostOf(tb testing.TB, dir string, ids []string) []string {
	tb.Helper()
	table, log := "", ""
	for name, text := range contents(tb, dir) {
		switch name {
		case "claim.csv":
			table = "\n" + text
		case "claims.log":
			log = text
		}
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return strings.Contains(table, "\n"+id+",") && strings.Contains(log, `"claim_id":"`+id+`"`)
	})
}

// TestCountedWriters lets eight programs enter claims into one ledger at once.
func TestCountedWriters(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts many programs")
	}
	dir := t.TempDir()
	mustDo(t, dir, "init", "c", "--quiet")
	const writers = 8
	each := counted.N(3, 50)
	var lock sync.Mutex
	var acked []string
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				id := fmt.Sprintf("w%d-%d", w, i)
				e := program(t, dir, nil, addArgs(id)...)
				for tries := 0; e.status == 1 && strings.Contains(e.text, "LedgerInUse") && tries < 20; tries++ { // a busy machine
					e = program(t, dir, nil, addArgs(id)...)
				}
				if e.status != 0 {
					t.Errorf("%s: status %d: %s", id, e.status, e.text)
					continue
				}
				lock.Lock()
				acked = append(acked, id)
				lock.Unlock()
			}
		})
	}
	wg.Wait()
	lost := lostOf(t, filepath.Join(dir, "c"), acked)
	if len(lost) > 0 {
		t.Errorf("entered and lost: %v", lost)
	}
	mustDo(t, dir, "verify", "c")
	counted.Report(t, "claims of eight writers at once", len(acked)-len(lost), writers*each, "entered and there")
}

// TestCountedPowerCutLedger cuts the power, by the model of package powercut, at random steps of entering claims: what was said to
// be entered is there, and the next claim can be entered.
func TestCountedPowerCutLedger(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	r, _ := counted.New(t)
	dir := t.TempDir()
	run := func(at string, args ...string) (int, string) {
		t.Helper()
		var out strings.Builder
		for i, a := range args {
			if a == "c" {
				args[i] = filepath.Join(at, "c")
			}
		}
		status := cli.Run(t.Context(), args, cli.Streams{Out: &out, Err: &out, Getenv: func(string) string { return "" }})
		return status, out.String()
	}
	if status, out := run(dir, "init", "c"); status != 0 {
		t.Fatal(out)
	}
	d, end, err := powercut.Record(dir)
	if err != nil {
		t.Fatal(err)
	}
	var done []int // steps after which the claims were said to be entered
	for i := range 4 {
		if status, out := run(dir, addArgs(fmt.Sprint("p", i))...); status != 0 {
			t.Fatal(out)
		}
		done = append(done, d.Steps())
	}
	end()
	tries, good := counted.N(25, 300), 0
	for range tries {
		if bad := cutLedger(t, d, done, r, run); bad != "" {
			t.Error(bad)
			continue
		}
		good++
	}
	counted.Report(t, "power cuts by the model, of entering claims", good, tries, "lost nothing entered")
}

func cutLedger(t *testing.T, d *powercut.Disk, done []int, r *rand.Rand, run func(string, ...string) (int, string)) string {
	t.Helper()
	steps := r.IntN(d.Steps() + 1)
	if r.IntN(3) == 0 {
		steps = done[r.IntN(len(done))] // just after it was said
	}
	into := filepath.Join(t.TempDir(), "disk")
	if err := d.Cut(steps, r, into); err != nil {
		t.Fatal(err)
	}
	if status, out := run(into, addArgs("next")...); status != 0 {
		return fmt.Sprintf("cut after step %d: the next claim: status %d: %s", steps, status, out)
	}
	want := []string{"next"}
	for i, at := range done {
		if at <= steps {
			want = append(want, fmt.Sprint("p", i))
		}
	}
	if lost := lostOf(t, filepath.Join(into, "c"), want); len(lost) > 0 {
		return fmt.Sprintf("cut after step %d: entered and lost: %v", steps, lost)
	}
	if status, out := run(into, "verify", "c"); status != 0 {
		return fmt.Sprintf("cut after step %d: %s", steps, out)
	}
	return ""
}

// disk is a disk of its own in a file, which a test may cut from its power by copying the file.
type disk struct{ image, folder string }

// mount makes a disk and mounts it; why says why this machine does not.
func mount(tb testing.TB, options ...string) (d disk, why string) {
	tb.Helper()
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		return d, "mounting takes the superuser of a Linux"
	}
	dir := tb.TempDir()
	d = disk{filepath.Join(dir, "image"), filepath.Join(dir, "mounted")}
	if err := os.Mkdir(d.folder, 0o755); err != nil {
		tb.Fatal(err)
	}
	args := []string{"-t", "tmpfs", "-o", strings.Join(options, ","), "tmpfs", d.folder}
	if len(options) == 0 {
		if err := os.WriteFile(d.image, make([]byte, 24<<20), 0o644); err != nil {
			tb.Fatal(err)
		}
		if out, err := exec.Command("mkfs.ext4", "-q", "-F", d.image).CombinedOutput(); err != nil {
			return d, fmt.Sprintf("mkfs.ext4: %v %s", err, firstLine(out))
		}
		args = []string{"-o", "loop", d.image, d.folder}
	}
	if out, err := exec.Command("mount", args...).CombinedOutput(); err != nil {
		return d, fmt.Sprintf("mount: %v %s", err, firstLine(out))
	}
	tb.Cleanup(func() { _ = exec.Command("umount", d.folder).Run() })
	return d, ""
}

func firstLine(out []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}

// TestCountedPowerCutImage enters claims and saves runs on a disk of its own and copies its image just after each was said to be
// done: that is what a cut of the power leaves.
func TestCountedPowerCutImage(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts many programs")
	}
	d, why := mount(t)
	if why != "" {
		t.Logf("not run: power cuts by images of a disk: %s; the model of a disk stands in", why)
		return
	}
	mustDo(t, d.folder, "init", "c", "--quiet")
	for i := range 2 {
		model := fmt.Sprintf("NAME T\nROWS\n N obj\n L c1\nCOLUMNS\n x obj -1 c1 %d\nRHS\n rhs c1 4\nBOUNDS\n UP b x 3\nENDATA\n", i+1)
		if err := os.WriteFile(filepath.Join(d.folder, fmt.Sprint(i, ".mps")), []byte(model), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	syscall.Sync()
	tries, good := counted.N(2, 25), 0
	var acked []string
	for k := range tries {
		id := fmt.Sprint("k", k)
		mustDo(t, d.folder, addArgs(id)...)
		acked = append(acked, id)
		var run map[string]string
		if k%3 == 2 || tries < 3 {
			mustDo(t, d.folder, "solve", fmt.Sprint(k%2, ".mps"), "--out", "run", "--quiet")
		}
		cut := filepath.Join(t.TempDir(), "cut")
		if err := copySparse(d.image, cut); err != nil {
			t.Fatal(err)
		}
		run = contents(t, filepath.Join(d.folder, "run"))
		if bad := lookAt(t, cut, acked, run); bad != "" {
			t.Errorf("cut after %s: %s", id, bad)
			continue
		}
		good++
	}
	counted.Report(t, "power cuts by images of a disk", good, tries, "lost nothing that was said to be done")
}

// copySparse copies an image.
func copySparse(from, to string) error {
	return exec.Command("cp", "--sparse=always", from, to).Run()
}

// lookAt mounts a copy of an image and looks for what was said to be done.
func lookAt(t *testing.T, image string, acked []string, run map[string]string) string {
	t.Helper()
	folder := filepath.Join(filepath.Dir(image), "after")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "loop", image, folder).CombinedOutput(); err != nil {
		t.Fatalf("mount: %v %s", err, out)
	}
	defer func() { _ = exec.Command("umount", folder).Run(); _ = os.Remove(image) }()
	if lost := lostOf(t, filepath.Join(folder, "c"), acked); len(lost) > 0 {
		return fmt.Sprintf("entered and lost: %v", lost)
	}
	if e := program(t, folder, nil, "verify", "c"); e.status != 0 {
		return e.text
	}
	if got := contents(t, filepath.Join(folder, "run")); len(run) > 0 && !maps.Equal(got, run) {
		return "the saved run is not what was saved"
	}
	return ""
}

// TestCountedSmallDisk fills a small disk: the claim is not entered, that is said with a code of its own, and after room was made it
// can be.
func TestCountedSmallDisk(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts programs")
	}
	d, why := mount(t, "size=512k")
	if why != "" {
		t.Logf("not run: a small disk that is full: %s; a step that fails stands in", why)
		return
	}
	mustDo(t, d.folder, "init", "c", "--quiet")
	mustDo(t, d.folder, addArgs("a")...)
	tries, good := counted.N(2, 20), 0
	for k := range tries {
		fill := filepath.Join(d.folder, "fill")
		room := k * 512 // bytes left, so that some of the files fit
		_ = os.WriteFile(fill, make([]byte, 1<<20), 0o644)
		if info, err := os.Stat(fill); err == nil {
			_ = os.Truncate(fill, max(0, info.Size()-int64(room)))
		}
		before := contents(t, filepath.Join(d.folder, "c"))
		e := program(t, d.folder, nil, addArgs(fmt.Sprint("b", k))...)
		after := contents(t, filepath.Join(d.folder, "c"))
		switch {
		case e.status == 0: // there was room
		case e.status != 5 || !strings.Contains(e.text, "DiskFull"):
			t.Errorf("status %d: %s", e.status, e.text)
			continue
		case !maps.Equal(before, after):
			t.Error("the ledger of a full disk was changed")
			continue
		}
		if err := os.Remove(fill); err != nil {
			t.Fatal(err)
		}
		mustDo(t, d.folder, addArgs(fmt.Sprint("c", k))...)
		mustDo(t, d.folder, "verify", "c")
		good++
	}
	counted.Report(t, "small disks that are full", good, tries, "changed nothing, and were written when there was room")
}
