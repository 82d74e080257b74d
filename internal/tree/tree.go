// Package tree tells tests where the source tree is that they belong to, and where its native solver is. The program never
// looks for a solver in a source tree or in the folder it works in: tests name theirs, with Getenv. Only tests import it.
package tree

import (
	"os"
	"path/filepath"
	"runtime"
)

// Library is the variable of the environment that names the native solver.
const Library = "HEADROOM_HIGHS"

// cache is the variable of the environment that says where answers of solvers are kept.
const cache = "HEADROOM_CACHE"

// Root is the folder of go.mod.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// Native is the folder that highs/fetch.sh fills, or "" where it has not.
func Native() string {
	dir := filepath.Join(Root(), ".cache", "highs")
	for _, name := range []string{"libhighs.so.1", "libhighs.1.dylib"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return dir
		}
	}
	return ""
}

// Getenv is the environment, in which the native solver is that of the tree where nobody names another one, and no answer is taken
// that was kept before: what is tested is what is there now.
func Getenv(name string) string {
	switch s := os.Getenv(name); {
	case s != "":
		return s
	case name == Library:
		return Native()
	case name == cache:
		return "off"
	}
	return ""
}
