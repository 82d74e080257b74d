package highs

import (
	"strings"
	"sync"
)

// stderrKept is how much of what a solver prints by itself is kept.
const stderrKept = 1 << 20

// capped keeps the first megabyte written to it.
type capped struct {
	mu sync.Mutex
	b  []byte
}

// Write never fails; what is too much is dropped.
func (w *capped) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.b = append(w.b, p[:min(len(p), stderrKept-len(w.b))]...)
	return len(p), nil
}

// lastLine is the last line that is not empty, at most 200 bytes of it.
func (w *capped) lastLine() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := strings.TrimSpace(string(w.b))
	s = strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
	return s[:min(len(s), 200)]
}
