package highs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"headroom/lp"
)

// Environment variables that say where the native back end is.
const (
	envLibrary = "HEADROOM_HIGHS"       // a HiGHS library, or a folder with one
	envChild   = "HEADROOM_HIGHS_CHILD" // the child program
)

// childName is the name of the child program.
const childName = "headroom-highs"

// Choices of a back end.
const (
	Auto   = "auto"   // native where it works, else wasm
	Native = "native" // native or an error
	WASM   = "wasm"
)

// Config says where to look. The zero value is the default.
type Config struct {
	Memory int64               // most bytes of address space of a native child; 0: no limit
	Getenv func(string) string // nil: os.Getenv
	Dirs   []string            // folders to look in after the environment; nil: that of the program
}

// Backend is a back end that was found, or why it was not.
type Backend struct {
	lp.Info
	Child string `json:"child,omitempty"` // the program that opens the library
	Why   string `json:"why,omitempty"`   // why it is not usable; empty where it is
}

// Usable reports whether the back end works.
func (b Backend) Usable() bool { return b.Why == "" }

// Find returns the solver of the choice: auto, native or wasm. The notes say in one line each what a user may want to know,
// such as why the native library that is there is not used.
func Find(choice string, c Config) (*Solver, []string, error) {
	switch choice {
	case WASM:
		return &Solver{wasmBackend{}}, nil, nil
	case Auto, Native, "":
	default:
		return nil, nil, fmt.Errorf("solver %q: there are auto, native and wasm", choice)
	}
	b, _, notes, err := findNative(c)
	switch {
	case err == nil:
		return &Solver{b}, notes, nil
	case choice == Native:
		return nil, notes, fmt.Errorf("native HiGHS: %w", err)
	}
	return &Solver{wasmBackend{}}, append(notes, "native HiGHS is not used: "+err.Error()), nil
}

// Backends tells of every back end whether it works here and why not. It starts a child process to find out.
func Backends(c Config) []Backend {
	native := Backend{Info: lp.Info{Name: "HiGHS", Backend: Native}}
	if b, child, _, err := findNative(c); err != nil {
		native.Why = err.Error()
	} else {
		native.Info, native.Child = b.info(), child
		b.close() //nolint:errcheck // it was only asked
	}
	wasm := Backend{Info: wasmBackend{}.info()}
	wasm.Path = wasmWhere()
	return []Backend{native, wasm}
}

// findNative opens the first library that works. The notes tell of those that do not.
func findNative(c Config) (b backend, child string, notes []string, err error) {
	if c.Getenv == nil {
		c.Getenv = os.Getenv
	}
	dirs := c.Dirs
	if dirs == nil {
		dirs = usualDirs()
	}
	if child, err = findChild(c.Getenv(envChild), c.Getenv(envLibrary), dirs); err != nil {
		return nil, "", nil, err
	}
	libraries, err := findLibraries(c.Getenv(envLibrary), dirs)
	if err != nil {
		return nil, "", nil, err
	}
	for _, library := range libraries {
		b, err := openNative(child, library, c.Memory)
		if err == nil {
			return b, child, notes, nil
		}
		if !filepath.IsAbs(library) {
			continue // only a name that was tried
		}
		notes = append(notes, oneLine(library+": "+strings.TrimPrefix(err.Error(), library+": ")))
	}
	if len(notes) > 0 {
		return nil, child, notes[1:], errors.New(notes[0])
	}
	return nil, child, nil, errors.New("no library found; make gets it")
}

// oneLine is s without line ends, cut to a length to read.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 300 {
		s = s[:300] + "…"
	}
	return s
}

// findChild finds the child program.
func findChild(env, library string, dirs []string) (string, error) {
	if env != "" {
		if !isFile(env) {
			return "", fmt.Errorf("%s names %s, which is no file", envChild, env)
		}
		return filepath.Abs(env)
	}
	if library != "" {
		dirs = append([]string{library, filepath.Dir(library)}, dirs...)
	}
	for _, dir := range dirs {
		if path := filepath.Join(dir, childName); isFile(path) {
			return filepath.Abs(path)
		}
	}
	return "", fmt.Errorf("the program %s is not found; make builds it", childName)
}

// findLibraries lists the libraries to try, best first. One that the environment names is the only one.
func findLibraries(env string, dirs []string) ([]string, error) {
	names := libraryNames()
	if env != "" {
		info, err := os.Stat(env)
		if err != nil {
			return nil, fmt.Errorf("%s names %s, which is not there", envLibrary, env)
		}
		if info.IsDir() {
			for _, name := range names {
				if path := filepath.Join(env, name); isFile(path) {
					env = path
					break
				}
			}
			if !isFile(env) {
				return nil, fmt.Errorf("%s names the folder %s, which holds no %s", envLibrary, env, names[0])
			}
		}
		env, err = filepath.Abs(env)
		return []string{env}, err
	}
	var found []string
	for _, dir := range append(slices.Clone(dirs), systemDirs()...) {
		for _, name := range names {
			if path, err := filepath.Abs(filepath.Join(dir, name)); err == nil && isFile(path) {
				found = append(found, path)
				break
			}
		}
	}
	return append(found, names[0]), nil // at last by name, as the system's loader finds it
}

// usualDirs is the folder of the program itself. Neither the folder one works in nor any above it is looked at, whatever is in
// it: a case that somebody has sent may hold a program under the name of the solver.
func usualDirs() []string {
	exe, err := os.Executable()
	if err != nil {
		return nil
	}
	if real, err := filepath.EvalSymlinks(exe); err == nil {
		exe = real
	}
	return []string{filepath.Dir(exe)}
}

// libraryNames are the names of the library, best first.
func libraryNames() []string {
	if runtime.GOOS == "darwin" {
		return []string{"libhighs.1.dylib", "libhighs.dylib"}
	}
	return []string{"libhighs.so.1", "libhighs.so"}
}

// systemDirs are the folders where a system keeps its libraries.
func systemDirs() []string {
	if runtime.GOOS == "darwin" {
		return []string{"/opt/homebrew/lib", "/usr/local/lib"}
	}
	dirs := []string{"/usr/local/lib", "/usr/lib", "/usr/lib64", "/lib"}
	if arch, ok := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[runtime.GOARCH]; ok {
		dirs = append(dirs, "/usr/lib/"+arch+"-linux-gnu", "/lib/"+arch+"-linux-gnu")
	}
	return dirs
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
