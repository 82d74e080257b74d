package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Most is the largest file that is read where nothing else is said.
const Most = 256 << 20

// IrregularError says what stands where a file should be.
type IrregularError struct{ What string }

// Error names the thing.
func (e *IrregularError) Error() string { return "this is " + e.What + ", and not a file" }

// SizeError is a file that is larger than what is read.
type SizeError struct{ Most int64 }

// Error names the limit.
func (e *SizeError) Error() string {
	if e.Most < 1<<20 {
		return fmt.Sprintf("the file is larger than %d kB", e.Most>>10)
	}
	return fmt.Sprintf("the file is larger than %d MB", e.Most>>20)
}

// kindOf says what a thing is that is no file.
func kindOf(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "a thing of another kind"
}

// Open opens a regular file for reading. Whatever else has the name is refused without waiting: it is looked at first, and
// opened in a way that does not wait for a writer where it was exchanged in between.
func Open(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, pathError("open", path, err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, pathError("open", path, err)
	}
	if info, err = f.Stat(); err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, errors.Join(pathError("open", path, err), f.Close())
	}
	return f, nil
}

// regular is the error of a thing that is no regular file.
func regular(info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return &IrregularError{kindOf(info.Mode())}
	}
	return nil
}

// Read reads a regular file of at most so many bytes; 0 stands for Most. The error of a larger one is a *SizeError.
func Read(path string, most int64) ([]byte, error) {
	if most == 0 {
		most = Most
	}
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err == nil && info.Size() > most {
		err = &SizeError{most}
	}
	if err != nil {
		return nil, pathError("read", path, err)
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most { // it has grown
		err = &SizeError{most}
	}
	if err != nil {
		return nil, pathError("read", path, err)
	}
	return data, nil
}

// Dir is the folder as a file system of regular files and folders, read as Open reads. What a writer had committed when it was
// stopped is finished first; where that cannot be done nothing is read, for some of it would be old and some new.
func Dir(dir string) fs.FS { return dirFS{dir, Recover(dir)} }

// dirFS is the file system of a folder.
type dirFS struct {
	dir  string
	half error // why it is half of one writing and half of another
}

// Open opens a file or a folder of the file system.
func (d dirFS) Open(name string) (fs.File, error) {
	switch {
	case !fs.ValidPath(name):
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	case d.half != nil:
		return nil, d.half
	}
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return os.DirFS(d.dir).Open(name)
	}
	f, err := Open(path)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			p.Path = name
		}
		return nil, err
	}
	return f, nil
}

// pathError is the error of a path, with one path and one verb to it.
func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	var p *fs.PathError
	var l *os.LinkError
	var s *os.SyscallError
	switch {
	case errors.As(err, &p):
		err = p.Err
	case errors.As(err, &l):
		err = l.Err
	case errors.As(err, &s):
		err = s.Err
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}
