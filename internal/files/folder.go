package files

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Names within a folder that is written into in place.
const (
	commitName = tmpPrefix + "commit" // what is to come into the folder, whole and on the disk
	goneName   = tmpPrefix + "gone"   // in it: the names that go, one a line
)

// Folder replaces a folder whole, or makes it, with those above it: afterwards it has the files of the list, and of those that
// were there the ones that mine does not claim. Where it has a folder that the list has not, nothing is done.
func Folder(dir string, list []File, mine func(name string) bool) error {
	to := dir
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		to = real
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	return pathError("write", dir, func() error {
		if err := Recover(to); err != nil {
			return err
		}
		old, err := os.ReadDir(to)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return newFolder(to, list)
		case err != nil:
			return err
		}
		keep, gone, err := sortOut(old, list, mine)
		if err != nil {
			return err
		}
		if worksIn(to) {
			return replace(to, list, gone)
		}
		err = exchangeFolder(to, list, keep)
		if errors.Is(err, errNoExchange) {
			return replace(to, list, gone)
		}
		return err
	}())
}

// FolderError is a folder that cannot be replaced, because something in it is not of the kind that would be.
type FolderError struct{ Name string }

// Error names the thing in the way.
func (e *FolderError) Error() string { return "there is a folder " + e.Name + " in it" }

// sortOut says which of the entries of a folder stay, and which go.
func sortOut(old []fs.DirEntry, list []File, mine func(string) bool) (keep, gone []string, err error) {
	comes := map[string]bool{}
	for _, f := range list {
		first, _, _ := strings.Cut(f.Name, "/")
		comes[first] = true
	}
	for _, e := range old {
		name := e.Name()
		switch {
		case comes[name] || temporary(name):
		case mine != nil && mine(name):
			gone = append(gone, name)
		case e.IsDir():
			return nil, nil, &FolderError{name}
		default:
			keep = append(keep, name)
		}
	}
	return keep, gone, nil
}

// worksIn reports whether the program works in a folder or below it: exchanged, it would be under our feet.
func worksIn(dir string) bool {
	here, err := os.Getwd()
	if err != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(here); err == nil {
		here = real
	}
	return here == dir || strings.HasPrefix(here, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// stage makes a temporary folder in another one with the files of the list, all on the disk. The caller closes it.
func stage(in string, list []File) (dir string, unlock func(), err error) {
	dir = tmpName(in)
	if err := mkdir(dir); err != nil {
		return "", nil, err
	}
	unlock = holdFolder(dir)
	folders := []string{dir}
	for _, f := range list {
		at := filepath.Join(dir, filepath.FromSlash(path.Dir(f.Name)))
		if !slices.Contains(folders, at) {
			if err = mkdir(at); err != nil {
				break
			}
			folders = append(folders, at)
		}
		var t *temp
		if t, err = create(filepath.Join(dir, filepath.FromSlash(f.Name)), cmp.Or(f.mode, newMode)); err != nil {
			break
		}
		if err = errors.Join(t.fill(f.Data), t.f.Close()); err != nil {
			break
		}
	}
	for _, at := range slices.Backward(folders) {
		if err == nil {
			err = syncDir(at)
		}
	}
	if err != nil {
		_ = removeAll(dir) // the error before says more
		unlock()
		return "", nil, err
	}
	return dir, unlock, nil
}

// newFolder makes a folder that is not there.
func newFolder(to string, list []File) error {
	above := filepath.Dir(to)
	if err := mkdirAll(above); err != nil {
		return err
	}
	sweep(above)
	dir, unlock, err := stage(above, list)
	if err != nil {
		return err
	}
	defer unlock()
	if err := rename(dir, to); err != nil {
		_ = removeAll(dir) // the error before says more
		return err
	}
	return syncDir(above)
}

// errNoExchange says that the file system does not exchange two folders.
var errNoExchange = errors.New("two folders cannot be exchanged here")

// exchangeFolder makes the new folder beside the old one and exchanges the two in one step.
func exchangeFolder(to string, list []File, keep []string) error {
	above := filepath.Dir(to)
	sweep(above)
	dir, unlock, err := stage(above, list)
	if errors.Is(err, fs.ErrPermission) {
		return errNoExchange // the folder may be ours where the one above is not
	}
	if err != nil {
		return err
	}
	defer unlock()
	for _, name := range keep {
		if err = second(filepath.Join(to, name), filepath.Join(dir, name)); err != nil {
			break
		}
	}
	if err == nil && len(keep) > 0 {
		err = syncDir(dir)
	}
	if info, serr := os.Stat(to); err == nil && serr == nil {
		err = os.Chmod(dir, info.Mode().Perm())
	}
	if err == nil {
		err = take(Step{Op: OpExchange, Path: dir, To: to}, func() error { return exchange(dir, to) })
	}
	if err == nil {
		err = syncDir(above)
	}
	_ = removeAll(dir) // the old folder, or the new one where that failed; what stays is swept later
	return err
}

// second gives a file a second name, or copies it.
func second(from, to string) error {
	err := take(Step{Op: OpLink, Path: from, To: to}, func() error { return os.Link(from, to) })
	if err == nil {
		return nil
	}
	data, err := Read(from, 0)
	if err != nil {
		return err
	}
	t, err := create(to, newMode)
	if err != nil {
		return err
	}
	return errors.Join(t.fill(data), t.f.Close())
}

// Replace writes files into a folder that stays, all of them or none. Who is stopped when all are on the disk leaves them to
// Recover, which every reader and writer of the folder calls.
func Replace(dir string, list []File) error {
	if len(list) == 0 {
		return nil
	}
	return pathError("write", dir, func() error {
		if err := mkdirAll(dir); err != nil {
			return err
		}
		if err := Recover(dir); err != nil {
			return err
		}
		return replace(dir, list, nil)
	}())
}

// replace writes files into a folder and removes those that are gone.
func replace(dir string, list []File, gone []string) error {
	list, err := inPlace(dir, list)
	if err != nil {
		return err
	}
	sweep(dir)
	if len(gone) > 0 {
		list = append(list, File{Name: goneName, Data: []byte(strings.Join(gone, "\n"))})
	}
	staged, unlock, err := stage(dir, list)
	if err != nil {
		return err
	}
	defer unlock()
	if err := rename(staged, filepath.Join(dir, commitName)); err != nil {
		_ = removeAll(staged) // the error before says more
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	return Recover(dir)
}

// inPlace looks at what the files of a list replace, so that their permissions stay and none is replaced that may not be
// written.
func inPlace(dir string, list []File) ([]File, error) {
	list = slices.Clone(list)
	for i := range list {
		path := filepath.Join(dir, filepath.FromSlash(list[i].Name))
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return nil, &FolderError{list[i].Name}
		}
		var err error
		if _, list[i].mode, _, err = target(path); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Recover finishes what a writer of a folder had committed when it was stopped. Where there is nothing to finish it does nothing.
func Recover(dir string) error {
	commit := filepath.Join(dir, commitName)
	entries, err := os.ReadDir(commit)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR):
		return nil // there is none
	case err != nil:
		return pathError("read", dir, err)
	}
	err = func() error {
		for _, e := range entries {
			from := filepath.Join(commit, e.Name())
			if e.Name() == goneName {
				continue
			}
			if e.IsDir() {
				_ = removeAll(filepath.Join(dir, e.Name())) // a folder of ours that the new one replaces
			}
			if err := rename(from, filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		list, err := Read(filepath.Join(commit, goneName), 1<<20)
		if err == nil {
			for _, name := range strings.Split(string(list), "\n") {
				if name != filepath.Base(name) || name == "" {
					continue
				}
				if err := remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
			}
		}
		if err := syncDir(dir); err != nil {
			return err
		}
		if err := removeAll(commit); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return syncDir(dir)
	}()
	return pathError("write", dir, err)
}

// InOrder writes files into a folder one after the other, each whole: all are brought to the disk first, so that a full disk
// changes nothing, and then take their places in the order of the list. Who is stopped has written the first ones. It returns
// how many took their places.
func InOrder(dir string, list []File) (done int, err error) {
	err = func() error {
		list, err := inPlace(dir, list)
		if err != nil {
			return err
		}
		sweep(dir)
		staged, unlock, err := stage(dir, list)
		if err != nil {
			return err
		}
		defer unlock()
		for _, f := range list {
			if err := rename(filepath.Join(staged, f.Name), filepath.Join(dir, f.Name)); err != nil {
				_ = removeAll(staged) // the error before says more
				return err
			}
			done++ // the name may come to the disk, whatever becomes of the next step
			if err := syncDir(dir); err != nil {
				return err
			}
		}
		_ = removeAll(staged) // it is empty; what stays is swept later
		return nil
	}()
	return done, pathError("write", dir, err)
}

// noExchange is err, or errNoExchange where the file system cannot do it.
func noExchange(err error, cannot bool) error {
	if cannot {
		return errNoExchange
	}
	return err
}
