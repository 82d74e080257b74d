// Package powercut says what may be left on a disk when the power goes in the middle of some writing. It is a model for machines
// that may not mount a disk of their own to cut: only what was brought to the disk is sure. Of names that were not, any that come
// in their folder's order may be there; of contents that were not, nothing, a part or all. Only tests import it.
package powercut

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"headroom/internal/files"
)

// Contents are the files below a folder, by name, without what is on its way and locks; none where there is no folder.
func Contents(dir string) (map[string]string, error) {
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case onItsWay(d) && d.IsDir():
			return filepath.SkipDir
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
			return nil
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path) // it is below the folder
		out[rel] = string(data)
		return err
	})
	return out, err
}

// OnItsWay are the temporary files and folders below a folder.
func OnItsWay(dir string) []string {
	var out []string
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, _ error) error {
		if d != nil && onItsWay(d) {
			out = append(out, path)
		}
		return nil
	})
	return out
}

func onItsWay(d fs.DirEntry) bool { return strings.HasPrefix(d.Name(), ".headroom-") }

// node is a file or a folder, as the program sees it and as it is sure to be on the disk.
type node struct {
	folder bool
	names  map[string]*node // of a folder
	sure   map[string]*node
	late   []func(map[string]*node) // changes of names that are not sure yet, in their order
	gone   []string                 // names that went elsewhere
	moved  []*node                  // folders into which names went that are not sure there yet
	data   []byte                   // of a file
	synced []byte
}

// Disk is a folder whose writing is recorded.
type Disk struct {
	root  string
	top   *node
	steps []files.Step
}

// Record reads a folder, all of which counts as being on the disk, and records every step of writing in it until end is called.
func Record(root string) (d *Disk, end func(), err error) {
	if root, err = filepath.Abs(root); err != nil {
		return nil, nil, err
	}
	top, err := read(root)
	if err != nil {
		return nil, nil, err
	}
	d = &Disk{root: root, top: top}
	return d, files.Watch(func(s files.Step) error {
		s.Data = append([]byte(nil), s.Data...)
		d.steps = append(d.steps, s)
		return nil
	}), nil
}

// Steps is how many steps were recorded.
func (d *Disk) Steps() int { return len(d.steps) }

// read reads a file or a folder.
func read(path string) (*node, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		data, err := os.ReadFile(path)
		return &node{data: data, synced: data}, err
	}
	n := &node{folder: true, names: map[string]*node{}, sure: map[string]*node{}}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if n.names[e.Name()], err = read(filepath.Join(path, e.Name())); err != nil {
			return nil, err
		}
	}
	n.sure = maps.Clone(n.names)
	return n, nil
}

// Cut plays the first steps again and writes what is left of the folder when the power goes then into another folder.
func (d *Disk) Cut(steps int, r *rand.Rand, into string) error {
	top := clone(d.top, map[*node]*node{})
	for _, s := range d.steps[:steps] {
		d.play(top, s)
	}
	return top.leave(r, into)
}

// clone copies what was there at first.
func clone(n *node, seen map[*node]*node) *node {
	if c, ok := seen[n]; ok {
		return c
	}
	c := &node{folder: n.folder, data: n.data, synced: n.synced}
	seen[n] = c
	if n.folder {
		c.names = map[string]*node{}
		for k, v := range n.names {
			c.names[k] = clone(v, seen)
		}
		c.sure = maps.Clone(c.names)
	}
	return c
}

// find is the folder that holds a path, and the last name; nil for a path outside.
func (d *Disk) find(top *node, path string) (*node, string) {
	path, err := filepath.Abs(path)
	rel, err2 := filepath.Rel(d.root, path)
	if err != nil || err2 != nil || rel == "." || strings.HasPrefix(rel, "..") {
		return nil, ""
	}
	parts := strings.Split(rel, string(filepath.Separator))
	for _, p := range parts[:len(parts)-1] {
		if top = top.names[p]; top == nil || !top.folder {
			return nil, ""
		}
	}
	return top, parts[len(parts)-1]
}

// change changes the names of a folder; that is sure once the folder is brought to the disk.
func (n *node) change(f func(map[string]*node)) {
	f(n.names)
	n.late = append(n.late, f)
}

// play takes a step.
func (d *Disk) play(top *node, s files.Step) {
	dir, name := d.find(top, s.Path)
	if dir == nil {
		if s.Op == files.OpSyncDir {
			top.settle() // the folder itself
		}
		return
	}
	it := dir.names[name]
	switch s.Op {
	case files.OpMkdir, files.OpCreate:
		it = &node{folder: s.Op == files.OpMkdir}
		if it.folder {
			it.names, it.sure = map[string]*node{}, map[string]*node{}
		}
		dir.change(func(m map[string]*node) { m[name] = it })
	case files.OpWrite:
		it.data = append(append([]byte(nil), it.data...), s.Data...)
	case files.OpSync:
		it.synced = it.data
	case files.OpSyncDir:
		it.settle()
	case files.OpRemove:
		if it != nil {
			dir.change(func(m map[string]*node) { delete(m, name) })
		}
	case files.OpRename, files.OpLink, files.OpExchange:
		d.move(top, s, dir, name, it)
	}
}

// move takes a step with two names.
func (d *Disk) move(top *node, s files.Step, dir *node, name string, it *node) {
	toDir, to := d.find(top, s.To)
	if toDir == nil || it == nil {
		return
	}
	other := toDir.names[to]
	switch {
	case s.Op == files.OpLink:
		toDir.change(func(m map[string]*node) { m[to] = it })
	case s.Op == files.OpExchange:
		dir.change(func(m map[string]*node) { m[name], m[to] = other, it })
	case dir == toDir:
		dir.change(func(m map[string]*node) { delete(m, name); m[to] = it })
	default:
		// One step for both folders: the old name is not gone before the new one is sure, and until then both may be there.
		toDir.change(func(m map[string]*node) { m[to] = it })
		delete(dir.names, name)
		dir.gone, dir.moved = append(dir.gone, name), append(dir.moved, toDir)
	}
}

// settle brings the names of a folder to the disk.
func (n *node) settle() {
	for _, f := range n.late {
		f(n.sure)
	}
	n.late = nil
	for _, to := range n.moved {
		to.settle()
	}
	for _, name := range n.gone {
		if n.names[name] == nil {
			delete(n.sure, name)
		}
	}
	n.moved, n.gone = nil, nil
}

// leave writes what is left of a folder.
func (n *node) leave(r *rand.Rand, into string) error {
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	left := maps.Clone(n.sure)
	for _, f := range n.late[:r.IntN(len(n.late)+1)] {
		f(left)
	}
	for name, it := range left {
		path := filepath.Join(into, name)
		if it.folder {
			if err := it.leave(r, path); err != nil {
				return err
			}
			continue
		}
		data := it.synced
		if string(it.data) != string(it.synced) { // not brought to the disk
			data = it.data[:r.IntN(len(it.data)+1)]
			if r.IntN(2) == 0 {
				data = it.synced
			}
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
