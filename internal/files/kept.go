package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Keep writes a file that may be lost: it is whole or not there, but nobody waits until it is on the disk. The folder is made where
// it is not there, for its owner alone.
func Keep(path string, data []byte) error {
	dir := filepath.Dir(path)
	return pathError("write", path, func() error {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		tmp, err := newTemp(dir, 0o600)
		if err != nil {
			return err
		}
		defer tmp.drop()
		if _, err := tmp.f.Write(data); err != nil {
			return err
		}
		if err := tmp.f.Close(); err != nil {
			return err
		}
		if err := os.Rename(tmp.path, path); err != nil {
			return err
		}
		tmp.path = ""
		return nil
	}())
}

// keptFile is a kept file with its age.
type keptFile struct {
	path string
	size int64
	time int64
}

// keptIn lists the files of a folder whose names end in suffix, the youngest first.
func keptIn(dir, suffix string) ([]keptFile, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, pathError("read", dir, err)
	}
	var out []keptFile
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasSuffix(e.Name(), suffix) {
			continue // somebody else has removed it, or it is none of ours
		}
		out = append(out, keptFile{filepath.Join(dir, e.Name()), info.Size(), info.ModTime().UnixNano()})
	}
	slices.SortFunc(out, func(a, b keptFile) int {
		if a.time != b.time {
			return int(max(-1, min(1, b.time-a.time)))
		}
		return strings.Compare(a.path, b.path)
	})
	return out, nil
}

// Kept is how many files whose names end in suffix a folder holds, and their size in bytes. A folder that is not there holds none.
func Kept(dir, suffix string) (n int, size int64, err error) {
	list, err := keptIn(dir, suffix)
	for _, f := range list {
		size += f.size
	}
	return len(list), size, err
}

// Prune removes the oldest files whose names end in suffix until the folder holds at most so many bytes of them, and what writers
// that are gone have left there. It returns how many files it removed.
func Prune(dir, suffix string, most int64) (removed int, err error) {
	list, err := keptIn(dir, suffix)
	if err != nil || list == nil {
		return 0, err
	}
	sweep(dir)
	var size int64
	for _, f := range list {
		if size += f.size; size <= most {
			continue
		}
		switch e := os.Remove(f.path); {
		case e == nil:
			removed++
		case !errors.Is(e, fs.ErrNotExist):
			err = errors.Join(err, pathError("remove", f.path, e))
		}
	}
	return removed, err
}
