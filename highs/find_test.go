package highs

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"headroom/internal/tree"
	"headroom/lp"
)

// env is an environment of some variables.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for k := 0; k < len(pairs); k += 2 {
			if pairs[k] == name {
				return pairs[k+1]
			}
		}
		return ""
	}
}

func write(t *testing.T, path, content string, mode os.FileMode) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFindWithout looks at what is said where there is no native solver, or a useless one. The embedded one serves.
func TestFindWithout(t *testing.T) {
	dir := t.TempDir()
	child := ""
	if b := Backends(Config{Getenv: tree.Getenv})[0]; b.Usable() {
		child = b.Child
	} else {
		t.Skipf("no native solver: %s", b.Why)
	}
	text := write(t, filepath.Join(dir, "text.so"), "not a library", 0o644)
	// An ELF head of another machine (s390x), which the loader refuses.
	foreign := write(t, filepath.Join(dir, "foreign.so"), "\x7fELF\x02\x02\x01"+strings.Repeat("\x00", 9)+"\x00\x03\x00\x16"+strings.Repeat("\x00", 44), 0o644)
	exits := write(t, filepath.Join(dir, "exits"), "#!/bin/sh\necho broken >&2\nexit 3\n", 0o755)
	empty := t.TempDir()
	for name, c := range map[string]struct {
		config Config
		want   string
	}{
		"no child":         {Config{Getenv: env(), Dirs: []string{empty}}, "headroom-highs is not found; make builds it"},
		"child missing":    {Config{Getenv: env(envChild, "/nowhere/child")}, "/nowhere/child, which is no file"},
		"missing":          {Config{Getenv: env(envLibrary, "/nowhere/libhighs.so", envChild, child)}, "/nowhere/libhighs.so, which is not there"},
		"empty folder":     {Config{Getenv: env(envLibrary, empty, envChild, child)}, "which holds no libhighs"},
		"not a library":    {Config{Getenv: env(envLibrary, text, envChild, child)}, text + ":"},
		"other machine":    {Config{Getenv: env(envLibrary, foreign, envChild, child)}, foreign + ":"},
		"no HiGHS":         {Config{Getenv: env(envLibrary, "/lib/x86_64-linux-gnu/libz.so.1", envChild, child)}, ""},
		"child of its own": {Config{Getenv: env(envLibrary, text, envChild, exits)}, "exit status 3: broken before its hello"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := Find(Native, c.config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v; want one with %q", err, c.want)
			}
			s, notes, err := Find(Auto, c.config)
			if err != nil || s.Info().Backend != WASM {
				t.Fatalf("auto gives %+v, %v", s, err)
			}
			if len(notes) != 1 || strings.Contains(notes[0], "\n") || !strings.Contains(notes[0], c.want) {
				t.Errorf("notes are %q", notes)
			}
			if b := Backends(c.config); len(b) != 2 || b[0].Usable() || !b[1].Usable() {
				t.Errorf("back ends are %+v", b)
			}
		})
	}
	if _, _, err := Find("cplex", Config{}); err == nil {
		t.Error("a solver of another name is found")
	}
}

// TestFindFolder wants a folder to do for the library and the child.
func TestFindFolder(t *testing.T) {
	b := Backends(Config{Getenv: tree.Getenv})[0]
	if !b.Usable() {
		t.Skipf("no native solver: %s", b.Why)
	}
	dir := t.TempDir()
	for from, to := range map[string]string{b.Path: filepath.Base(b.Path), b.Child: childName} {
		if err := os.Symlink(from, filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	s, notes, err := Find(Auto, Config{Getenv: env(envLibrary, dir), Dirs: []string{}})
	if err != nil || s.Info().Backend != Native || len(notes) != 0 {
		t.Fatalf("%+v, %q, %v", s, notes, err)
	}
	defer s.Close() //nolint:errcheck // never fails
	if r, err := s.Solve(t.Context(), tiny(t), lp.Options{}); err != nil || r.Objective != 5 {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestCacheUnwritable compiles without a cache where the folder cannot be made.
func TestCacheUnwritable(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for seconds")
	}
	file := write(t, filepath.Join(t.TempDir(), "file"), "", 0o644)
	e, err := newEngine(filepath.Join(file, "below"))
	if err != nil {
		t.Fatal(err)
	}
	if e.cache != "no cache" {
		t.Errorf("cache is %q", e.cache)
	}
	if a, err := e.solve(t.Context(), &job{p: tiny(t), options: highsOptions(lp.Options{}, 0)}); err != nil || a.Objective != 5 {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestFindForeign works in a folder that somebody else has filled, with a program under the solver's name wherever one could be
// looked for, and below it: none of them is started.
func TestFindForeign(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("not run: the programs are shell scripts")
	}
	dir := t.TempDir()
	mark := filepath.Join(dir, "started")
	script := "#!/bin/sh\n: >" + mark + "\nexit 3\n"
	write(t, filepath.Join(dir, "go.mod"), "module headroom\n", 0o644)
	below := filepath.Join(dir, "cases", "mine")
	for _, at := range []string{dir, below} {
		for _, sub := range []string{".", "bin", ".cache/highs", "../.cache/highs", "highs", "lib"} {
			to := filepath.Join(at, sub)
			if err := os.MkdirAll(to, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(to, childName), script, 0o755)
			for _, name := range libraryNames() {
				write(t, filepath.Join(to, name), "not a library", 0o755)
			}
		}
	}
	for _, at := range []string{dir, below} {
		t.Chdir(at)
		b := Backends(Config{Getenv: env()})[0]
		if s, _, err := Find(Auto, Config{Getenv: env()}); err != nil || s.Info().Backend == Native && !b.Usable() {
			t.Errorf("in %s: %+v, %v", at, s, err)
		}
		if strings.HasPrefix(b.Child, dir) || strings.HasPrefix(b.Path, dir) {
			t.Errorf("in %s the solver is %+v", at, b)
		}
		if _, err := os.Stat(mark); err == nil {
			t.Fatalf("in %s a program of the folder was started", at)
		}
	}
}
