//go:build unix

package files

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock of an open file, which ends with the file or its owner. ErrInUse is a lock that another one has.
func tryLock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return ErrInUse
		}
		return err
	}
}

// openToLock opens something for tryLock.
func openToLock(path string, _ bool) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOFOLLOW, 0)
}

// holdFolder locks a new folder until the returned function is called, where the file system locks folders.
func holdFolder(dir string) func() {
	f, err := os.Open(dir)
	if err != nil {
		return func() {}
	}
	_ = tryLock(f) // where it cannot be locked no sweeper can lock it either
	return func() { _ = f.Close() }
}

// syncFolder brings the names in a folder to the disk. A file system that does not know how has none to bring.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil
	}
	return errors.Join(err, f.Close())
}
