package files_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"headroom/internal/counted"
	"headroom/internal/files"
	"headroom/internal/files/powercut"
)

// tree is what is in a folder, without what is on its way.
type tree map[string]string

func mustTree(tb testing.TB, dir string) tree {
	tb.Helper()
	out, err := powercut.Contents(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func (t tree) is(o tree) bool { return fmt.Sprint(t) == fmt.Sprint(o) }

func mustPut(tb testing.TB, dir string, t tree) {
	tb.Helper()
	for name, data := range t {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(data), 0o644)); err != nil {
			tb.Fatal(err)
		}
	}
}

// writing is one way of writing: what is there before, what is done, and what is there after. Ordered writing may stop between two.
type writing struct {
	name     string
	old, new tree
	do       func(dir string) error
	ordered  []string // names in the order in which they become new, "" where all become so at once
	in       bool     // the program works in the folder
}

// writings are all ways of writing. Each is in the folder "it" of a folder.
func writings() []writing {
	big := strings.Repeat("x", 5000)
	list := []files.File{{Name: "a.csv", Data: []byte("new a" + big)}, {Name: "b.csv", Data: []byte("new b")}, {Name: "c.csv", Data: []byte("new c")}}
	old := tree{"it/a.csv": "old a", "it/b.csv": "old b" + big, "it/gone.csv": "gone", "it/mine.txt": "mine"}
	all := tree{"it/a.csv": "new a" + big, "it/b.csv": "new b", "it/c.csv": "new c", "it/mine.txt": "mine"}
	both := tree{"it/a.csv": "new a" + big, "it/b.csv": "new b", "it/c.csv": "new c", "it/mine.txt": "mine", "it/gone.csv": "gone"}
	mine := func(name string) bool { return strings.HasSuffix(name, ".csv") }
	deep := append(slices.Clone(list), files.File{Name: "run/r.csv", Data: []byte("run")})
	fresh := tree{"it/a.csv": "new a" + big, "it/b.csv": "new b", "it/c.csv": "new c", "it/run/r.csv": "run"}
	at := func(dir string) string { return filepath.Join(dir, "it") }
	return []writing{
		{name: "a file", old: tree{"it/a.csv": "old"}, new: tree{"it/a.csv": "new"}, do: func(dir string) error { return files.Write(filepath.Join(at(dir), "a.csv"), []byte("new")) }},
		{name: "a new file", old: tree{"it/b": ""}, new: tree{"it/b": "", "it/a.csv": big}, do: func(dir string) error { return files.Write(filepath.Join(at(dir), "a.csv"), []byte(big)) }},
		{name: "a folder", old: old, new: all, do: func(dir string) error { return files.Folder(at(dir), list, mine) }},
		{name: "a folder one works in", old: old, new: all, in: true, do: func(dir string) error { return files.Folder(at(dir), list, mine) }},
		{name: "a new folder", old: tree{"other": ""}, new: merge(fresh, tree{"other": ""}), do: func(dir string) error { return files.Folder(at(dir), deep, nil) }},
		{name: "several files", old: old, new: both, do: func(dir string) error { return files.Replace(at(dir), list) }},
		{name: "files in order", old: old, new: both, ordered: []string{"it/a.csv", "it/b.csv", "it/c.csv"}, do: func(dir string) error { _, err := files.InOrder(at(dir), list); return err }},
	}
}

func merge(a, b tree) tree {
	out := tree{}
	for _, t := range []tree{a, b} {
		for k, v := range t {
			out[k] = v
		}
	}
	return out
}

// left says what is wrong with what a writing left that was stopped: it is to be the old or the new, or some in their order.
func (w *writing) left(got tree, finished bool) string {
	states := []tree{w.old}
	now := merge(w.old, nil)
	for _, name := range w.ordered {
		now = merge(now, tree{name: w.new[name]})
		states = append(states, now)
	}
	states = append(states, w.new)
	if finished {
		states = states[len(states)-1:]
	}
	if slices.ContainsFunc(states, got.is) {
		return ""
	}
	var names []string
	for k, v := range got {
		names = append(names, fmt.Sprintf("%s (%d bytes)", k, len(v)))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// errDead is what all steps give once the program is dead.
var errDead = errors.New("the program is dead")

// TestStopped stops every way of writing at every step, once as a program that is killed, which takes no further step, and once
// with a full disk. The next writer finds the old or the new, finishes what was committed, and sweeps the rest.
func TestStopped(t *testing.T) {
	for _, w := range writings() {
		for _, full := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, full %v", w.name, full), func(t *testing.T) { stopAll(t, w, full) })
		}
	}
}

func stopAll(t *testing.T, w writing, full bool) {
	for n := 1; ; n++ {
		dir := t.TempDir()
		mustPut(t, dir, w.old)
		if w.in {
			t.Chdir(filepath.Join(dir, "it"))
		}
		count := 0
		end := files.Watch(func(files.Step) error {
			count++
			switch {
			case full && count == n:
				return syscall.ENOSPC
			case !full && count >= n:
				return errDead
			}
			return nil
		})
		err := w.do(dir)
		end()
		if full && err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("step %d: %v", n, err)
		}
		if w.name != "a folder" { // one step changes it, and nobody has to finish it
			if err := files.Recover(filepath.Join(dir, "it")); err != nil {
				t.Fatalf("step %d: %v", n, err)
			}
		}
		if bad := w.left(mustTree(t, dir), err == nil); bad != "" {
			t.Fatalf("step %d of %s: %v; left is %s", n, w.name, err, bad)
		}
		if err := w.do(dir); err != nil {
			t.Fatalf("after step %d: %v", n, err)
		}
		if bad := w.left(mustTree(t, dir), true); bad != "" {
			t.Fatalf("written again after step %d: %s", n, bad)
		}
		mustBeSwept(t, dir)
		if count < n {
			t.Logf("%s: %d steps", w.name, count)
			return
		}
	}
}

// TestReadHalf stops the writing of two files at every step: who may not write, and so not finish it, reads the old of both, the new
// of both or nothing.
func TestReadHalf(t *testing.T) {
	refused := 0
	for n := 1; ; n++ {
		dir := t.TempDir()
		mustPut(t, dir, tree{"a.csv": "old", "b.csv": "old"})
		count := 0
		end := files.Watch(func(files.Step) error {
			if count++; count >= n {
				return errDead
			}
			return nil
		})
		_ = files.Replace(dir, []files.File{{Name: "a.csv", Data: []byte("new")}, {Name: "b.csv", Data: []byte("new")}}) // it dies
		end()
		end = files.Watch(func(files.Step) error { return syscall.EROFS })
		fsys := files.Dir(dir)
		a, err := fs.ReadFile(fsys, "a.csv")
		b, err2 := fs.ReadFile(fsys, "b.csv")
		end()
		switch {
		case errors.Is(err, syscall.EROFS) && errors.Is(err2, syscall.EROFS):
			refused++
		case err != nil || err2 != nil || string(a) != string(b):
			t.Errorf("step %d: %s and %s, %v %v", n, a, b, err, err2)
		}
		if count < n {
			break
		}
	}
	if refused == 0 {
		t.Error("nobody was told that the writing of another one is not finished")
	}
}

// mustBeSwept wants nothing on its way in a folder.
func mustBeSwept(tb testing.TB, dir string) {
	tb.Helper()
	for _, path := range powercut.OnItsWay(dir) {
		tb.Errorf("%s was not swept", path)
	}
}

// TestCountedPowerCutModel cuts the power at random steps of every way of writing, and wants the old or the new on what a disk may
// keep by then; after the writing has returned, the new.
func TestCountedPowerCutModel(t *testing.T) {
	r, _ := counted.New(t)
	tries := counted.N(40, 400)
	done, all := 0, 0
	for _, w := range writings() {
		if w.in {
			continue // the model is of folders that nobody works in; the steps are those of several files
		}
		dir := t.TempDir()
		mustPut(t, dir, w.old)
		d, end, err := powercut.Record(dir)
		if err != nil {
			t.Fatal(err)
		}
		err = w.do(dir)
		end()
		if err != nil {
			t.Fatal(err)
		}
		for range tries {
			all++
			if bad := cutOnce(t, &w, d, r); bad != "" {
				t.Errorf("%s: %s", w.name, bad)
				continue
			}
			done++
		}
	}
	counted.Report(t, "power cuts by the model, each way of writing", done, all, "left the old or the new")
}

func cutOnce(t *testing.T, w *writing, d *powercut.Disk, r *rand.Rand) string {
	steps := r.IntN(d.Steps() + 1)
	into := filepath.Join(t.TempDir(), "disk")
	if err := d.Cut(steps, r, into); err != nil {
		t.Fatal(err)
	}
	if err := files.Recover(filepath.Join(into, "it")); err != nil {
		t.Fatal(err)
	}
	if bad := w.left(mustTree(t, into), steps == d.Steps()); bad != "" {
		return fmt.Sprintf("cut after step %d of %d: left is %s", steps, d.Steps(), bad)
	}
	return ""
}

// TestIrregular wants what is no file refused at once, for reading, and folders for writing.
func TestIrregular(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pipe, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for path, what := range map[string]string{pipe: "a pipe", filepath.Join(dir, "link"): "a pipe", dir: "a folder", "/dev/zero": "a device"} {
		began := time.Now()
		_, err := files.Read(path, 0)
		var irregular *files.IrregularError
		if !errors.As(err, &irregular) || irregular.What != what || time.Since(began) > time.Second {
			t.Errorf("%s: %v after %v", path, err, time.Since(began))
		}
		if _, err := files.Dir(filepath.Dir(path)).Open(filepath.Base(path)); path != dir && !errors.As(err, &irregular) {
			t.Errorf("%s in its folder: %v", path, err)
		}
	}
	if err := files.Write(dir, nil); err == nil {
		t.Error("a file was written over a folder")
	}
	if err := files.Write("/dev/null", []byte("x")); err != nil {
		t.Errorf("/dev/null: %v", err)
	}
	large := filepath.Join(dir, "large")
	mustPut(t, dir, tree{"large": "12345"})
	var size *files.SizeError
	if _, err := files.Read(large, 4); !errors.As(err, &size) {
		t.Errorf("a file above the limit: %v", err)
	}
	if data, err := files.Read(large, 5); err != nil || len(data) != 5 {
		t.Errorf("a file at the limit: %q, %v", data, err)
	}
}

// TestKept wants permissions and links to stay, and files that may only be read not to be replaced.
func TestKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustPut(t, dir, tree{"f": "old", "sub/x": ""})
	f := filepath.Join(dir, "f")
	if err := errors.Join(os.Chmod(f, 0o600), os.Symlink(f, filepath.Join(dir, "l"))); err != nil {
		t.Fatal(err)
	}
	if err := files.Write(filepath.Join(dir, "l"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(filepath.Join(dir, "l"))
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	if info, err = os.Stat(f); err != nil || info.Mode().Perm() != 0o600 || mustTree(t, dir)["f"] != "new" {
		t.Errorf("the file is %v, %v", info, err)
	}
	var folder *files.FolderError
	if err := files.Folder(dir, []files.File{{Name: "a"}}, nil); !errors.As(err, &folder) || folder.Name != "sub" {
		t.Errorf("a folder with a folder of somebody else in it: %v", err)
	}
	if os.Geteuid() == 0 {
		t.Log("not run: a file that may only be read: this is root, who may write all")
		return
	}
	if err := errors.Join(os.Chmod(f, 0o400)); err != nil {
		t.Fatal(err)
	}
	if err := files.Write(f, nil); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a file that may only be read: %v", err)
	}
}

// TestLock wants one owner at a time, and a file that somebody left behind in nobody's way.
func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	if err := os.WriteFile(path, []byte("4711\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	unlock, err := files.Lock(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := files.Lock(soon, path); !errors.Is(err, files.ErrInUse) {
		t.Errorf("a second owner: %v", err)
	}
	unlock()
	if _, err := os.Stat(path); err == nil {
		t.Error("the file of the lock stays")
	}
	var n, most atomic.Int32
	done := make(chan error)
	for range 8 {
		go func() {
			unlock, err := files.Lock(t.Context(), path)
			if err == nil {
				most.Store(max(most.Load(), n.Add(1)))
				time.Sleep(2 * time.Millisecond)
				n.Add(-1)
				unlock()
			}
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d owners at once", most.Load())
	}
}
