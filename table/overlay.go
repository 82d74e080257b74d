package table

import (
	"bytes"
	"io/fs"
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
