package files

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// ErrInUse says that another program holds a lock.
var ErrInUse = errors.New("another program holds the lock")

// lockPause is how long Lock waits before it looks again.
const lockPause = 20 * time.Millisecond

// Lock takes a lock that dies with its owner, and returns what gives it back. The file is only what the lock hangs on: it is
// made where it is not there, and removed when the lock is given back; one that somebody left behind is in nobody's way. Lock
// waits until ctx ends, and then the error is ErrInUse.
func Lock(ctx context.Context, path string) (unlock func(), err error) {
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, newMode)
		if err != nil {
			return nil, pathError("lock", path, err)
		}
		if err = tryLock(f); err == nil && here(f, path) {
			return func() {
				_ = os.Remove(path) // while it is still ours
				_ = f.Close()       // nothing was written
			}, nil
		}
		_ = f.Close() // nothing was written
		if err != nil && !errors.Is(err, ErrInUse) {
			return nil, pathError("lock", path, err)
		}
		if err == nil {
			continue // the one before us removed it in between
		}
		select {
		case <-ctx.Done():
			return nil, ErrInUse
		case <-time.After(lockPause):
		}
	}
}

// here reports whether an open file still has its name.
func here(f *os.File, path string) bool {
	a, err := f.Stat()
	b, err2 := os.Stat(path)
	return err == nil && err2 == nil && os.SameFile(a, b)
}

// temporaryForm is the form of the names of temporary files, of this program and of those before it.
var temporaryForm = regexp.MustCompile(`^\.headroom-([0-9a-f]{16}|[0-9]+)$`)

// temporary reports whether a name is that of something on its way.
func temporary(name string) bool { return temporaryForm.MatchString(name) || name == commitName }

// Tidy finishes what was committed in a folder and removes what writers that are gone have left there. It says how much that was.
func Tidy(dir string) (int, error) {
	if err := Recover(dir); err != nil {
		return 0, err
	}
	return sweep(dir), nil
}

// sweep removes the temporary files and folders in a folder whose owners are dead: their locks can be had.
func sweep(dir string) (swept int) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0 // who writes next is told
	}
	for _, e := range entries {
		if !temporaryForm.MatchString(e.Name()) || !e.IsDir() && !e.Type().IsRegular() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		f, err := openToLock(path, e.IsDir())
		if err != nil {
			continue
		}
		if tryLock(f) == nil && removeAll(path) == nil { // another sweeper may be faster
			swept++
		}
		_ = f.Close() // nothing was written
	}
	return swept
}
