package table

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// Overlay is a file system in which some files at its root are others than on disk: a case as it would be.
type Overlay struct {
	fs.FS
	Files map[string][]byte
}

// Open opens a file, the other one where there is one.
func (o Overlay) Open(name string) (fs.File, error) {
	if data, ok := o.Files[name]; ok {
		return &memFile{name: name, size: int64(len(data)), Reader: bytes.NewReader(data)}, nil
	}
	return o.FS.Open(name)
}

// memFile is a file in memory, and what there is to know of it.
type memFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *memFile) Stat() (fs.FileInfo, error) { return memInfo{f}, nil }
func (f *memFile) Close() error               { return nil }

type memInfo struct{ f *memFile }

func (i memInfo) Name() string       { return i.f.name }
func (i memInfo) Size() int64        { return i.f.size }
func (i memInfo) Mode() fs.FileMode  { return 0o644 }
func (i memInfo) ModTime() time.Time { return time.Time{} }
func (i memInfo) IsDir() bool        { return false }
func (i memInfo) Sys() any           { return nil }

// Memory is a file system of files at its root that are in memory.
type Memory map[string][]byte

// Open opens a file.
func (m Memory) Open(name string) (fs.File, error) {
	data, ok := m[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memFile{name: name, size: int64(len(data)), Reader: bytes.NewReader(data)}, nil
}

// ReadDir lists the files.
func (m Memory) ReadDir(string) ([]fs.DirEntry, error) {
	var out []fs.DirEntry
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fs.FileInfoToDirEntry(memInfo{&memFile{name: name, size: int64(len(m[name]))}}))
	}
	return out, nil
}
