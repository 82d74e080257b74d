package files

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// File is a file to be written. Name may lead into folders, with slashes.
type File struct {
	Name string
	Data []byte
	mode fs.FileMode // 0 for a new file
}

// tmpPrefix begins the name of what is on its way.
const tmpPrefix = ".headroom-"

// tmpName is a new name beside a path.
func tmpName(dir string) string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return filepath.Join(dir, tmpPrefix+hex.EncodeToString(b[:]))
}

// Write replaces a file whole, or makes it. A link is followed; into a device or a pipe the data are written as they are. The
// permissions of a file that was there stay, and one that may not be written is not replaced.
func Write(path string, data []byte) error {
	to, mode, direct, err := target(path)
	switch {
	case err != nil:
		return pathError("write", path, err)
	case direct:
		return pathError("write", path, writeInto(to, data))
	}
	dir := filepath.Dir(to)
	sweep(dir)
	return pathError("write", path, func() error {
		tmp, err := newTemp(dir, mode)
		if err != nil {
			return err
		}
		defer tmp.drop()
		if err := tmp.fill(data); err != nil {
			return err
		}
		if runtime.GOOS == "windows" { // where an open file keeps its name
			_ = tmp.f.Close() // it is on the disk
		}
		if err := rename(tmp.path, to); err != nil {
			return err
		}
		tmp.path = ""
		return syncDir(dir)
	}())
}

// newMode are the permissions of a new file, of which the user's mask takes some away.
const newMode = 0o666

// target is where a file is to be written: behind the links, with the permissions of what is there. Direct is a device or a pipe.
func target(path string) (to string, mode fs.FileMode, direct bool, err error) {
	to = path
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if to, err = filepath.EvalSymlinks(path); errors.Is(err, fs.ErrNotExist) {
			if to, err = os.Readlink(path); err == nil && !filepath.IsAbs(to) {
				to = filepath.Join(filepath.Dir(path), to)
			}
		}
		if err != nil {
			return "", 0, false, err
		}
	}
	info, err := os.Stat(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return to, newMode, false, nil
	case err != nil:
		return "", 0, false, err
	case info.IsDir():
		return "", 0, false, &IrregularError{kindOf(info.Mode())}
	case !info.Mode().IsRegular():
		return to, 0, true, nil
	}
	f, err := os.OpenFile(to, os.O_WRONLY, 0) // a file that is only to be read stays
	if err != nil {
		return "", 0, false, err
	}
	return to, info.Mode().Perm(), false, f.Close()
}

// writeInto writes into a device or a pipe.
func writeInto(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// temp is a temporary file, or a file that is new in a temporary folder.
type temp struct {
	f    *os.File
	path string // "" once it has its name
	mode fs.FileMode
}

// newTemp makes a temporary file in a folder and locks it, so that no other program takes it for one of the dead.
func newTemp(dir string, mode fs.FileMode) (*temp, error) {
	for {
		t, err := create(tmpName(dir), mode)
		if err != nil {
			return nil, err
		}
		_ = tryLock(t.f)
		if here, err := os.Lstat(t.path); err == nil {
			if mine, err := t.f.Stat(); err == nil && os.SameFile(here, mine) {
				return t, nil
			}
		}
		_ = t.f.Close() // it was swept before it was locked
	}
}

// create makes a file that must be new.
func create(path string, mode fs.FileMode) (*temp, error) {
	t := &temp{path: path, mode: mode}
	err := take(Step{Op: OpCreate, Path: path}, func() (err error) {
		t.f, err = os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
		return err
	})
	return t, err
}

// fill writes the file and brings it to the disk. It stays open, and with it its lock.
func (t *temp) fill(data []byte) error {
	half := len(data) / 2
	if watcher.Load() == nil {
		half = 0
	}
	for _, part := range [][]byte{data[:half], data[half:]} {
		if len(part) == 0 {
			continue
		}
		err := take(Step{Op: OpWrite, Path: t.path, Data: part}, func() error {
			_, err := t.f.Write(part)
			return err
		})
		if err != nil {
			return err
		}
	}
	if t.mode != newMode {
		if err := t.f.Chmod(t.mode); err != nil {
			return err
		}
	}
	return take(Step{Op: OpSync, Path: t.path}, t.f.Sync)
}

// drop closes the file, and removes it where it has not got its name.
func (t *temp) drop() {
	if t.path != "" {
		_ = remove(t.path) // the error before says more
	}
	_ = t.f.Close() // it is on the disk
}

// Steps of the file system, watched.

func rename(from, to string) error {
	return take(Step{Op: OpRename, Path: from, To: to}, func() error { return os.Rename(from, to) })
}

func remove(path string) error {
	return take(Step{Op: OpRemove, Path: path}, func() error { return os.Remove(path) })
}

func mkdir(path string) error {
	return take(Step{Op: OpMkdir, Path: path}, func() error { return os.Mkdir(path, 0o777) })
}

func syncDir(dir string) error {
	return take(Step{Op: OpSyncDir, Path: dir}, func() error { return syncFolder(dir) })
}

// mkdirAll makes a folder and those above it, each of which is brought to the disk.
func mkdirAll(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return errors.New("there is a file of this name")
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	above := filepath.Dir(dir)
	if above != dir {
		if err := mkdirAll(above); err != nil {
			return err
		}
	}
	if err := mkdir(dir); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(above)
}

// removeAll removes a folder with all that is in it, step by step.
func removeAll(path string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return remove(path)
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := removeAll(filepath.Join(path, e.Name())); err != nil {
			return err
		}
	}
	return remove(path)
}
