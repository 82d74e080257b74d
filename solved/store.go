package solved

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"headroom/internal/files"
	"headroom/lp"
)

// Most is how many bytes the folder of a store holds where nothing else is said.
const Most = 500 << 20

// memoryMost is how many numbers of answers a process keeps.
const memoryMost = 32 << 20

// entryMost is the size of the largest entry that is read.
const entryMost = 256 << 20

// Store remembers answers. It is safe for use by several goroutines, and its folder by several processes.
type Store struct {
	dir  string // "": only in the process
	most int64

	mu      sync.Mutex
	kept    map[Key]*lp.Result
	order   []Key // of kept, the oldest first
	numbers int   // in kept
	solving map[Key]chan struct{}
	written int64 // bytes since the folder was last looked at
	trouble error // the first that stood in the way of writing
}

// New returns a store over a folder, which is made when the first answer is kept; "" keeps answers in the process alone. Most is how
// many bytes the folder may hold; 0 stands for the constant.
func New(dir string, most int64) *Store {
	if most <= 0 {
		most = Most
	}
	return &Store{dir: dir, most: most, kept: map[Key]*lp.Result{}, solving: map[Key]chan struct{}{}, written: most}
}

// Trouble is the first thing that stood in the way of keeping an answer in the folder, nil where nothing did.
func (s *Store) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

// path is the file of a key.
func (s *Store) path(k Key) string {
	name := k.String()
	return filepath.Join(s.dir, name[:2]+"-"+name[2:]+entrySuffix)
}

// entrySuffix ends the names of entries.
const entrySuffix = ".solved"

// find returns the answer of a key, nil where there is none.
func (s *Store) find(k Key, p *lp.Problem) *lp.Result {
	s.mu.Lock()
	r := s.kept[k]
	s.mu.Unlock()
	if r != nil || s.dir == "" {
		return r
	}
	data, err := files.Read(s.path(k), entryMost)
	if err != nil {
		return nil
	}
	r, err = decode(k, data)
	if err != nil || !fits(p, r) {
		return nil
	}
	s.remember(k, r)
	return r
}

// remember keeps an answer in the process and lets the oldest go.
func (s *Store) remember(k Key, r *lp.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[k] != nil {
		return
	}
	s.kept[k] = r
	s.order = append(s.order, k)
	s.numbers += numbers(r)
	for s.numbers > memoryMost && len(s.order) > 1 {
		s.numbers -= numbers(s.kept[s.order[0]])
		delete(s.kept, s.order[0])
		s.order = s.order[1:]
	}
}

// numbers is how many numbers an answer holds.
func numbers(r *lp.Result) int { return len(r.X) + len(r.RowDual) + len(r.ColDual) }

// put keeps an answer. That the folder cannot be written is no error of the solve: see Trouble.
func (s *Store) put(k Key, r *lp.Result) {
	r = clone(r)
	s.remember(k, r)
	if s.dir == "" {
		return
	}
	data, err := encode(k, r)
	if err == nil {
		err = files.Keep(s.path(k), data)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil && s.trouble == nil {
		s.trouble = fmt.Errorf("an answer of the solver could not be kept: %w", err)
	}
	if s.written += int64(len(data)); s.written > s.most/16 {
		s.written = 0
		_, err := files.Prune(s.dir, entrySuffix, s.most)
		s.trouble = errors.Join(s.trouble, err)
	}
}

// clone is a result whose vectors nobody else holds.
func clone(r *lp.Result) *lp.Result {
	c := *r
	c.X, c.RowDual, c.ColDual = slices.Clone(r.X), slices.Clone(r.RowDual), slices.Clone(r.ColDual)
	return &c
}

// Kept is how many answers the folder holds, and their size in bytes.
func (s *Store) Kept() (n int, size int64, err error) {
	if s.dir == "" {
		return 0, 0, nil
	}
	return files.Kept(s.dir, entrySuffix)
}

// Clear removes every answer from the folder and returns how many there were.
func (s *Store) Clear() (int, error) {
	if s.dir == "" {
		return 0, nil
	}
	return files.Prune(s.dir, entrySuffix, 0)
}
