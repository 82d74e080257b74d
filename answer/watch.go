package answer

import (
	"sync"
	"time"

	"headroom"
)

// limitPlans is how many plans tell what binds.
const limitPlans = 3

// Watch is told how an answer comes along. Its functions are called one at a time, from several goroutines; nil ones are not called.
type Watch struct {
	Decided func(*headroom.Brief) // the part of a brief that takes one plan
	Step    func(Step)            // a plan was made
	Now     func() time.Time      // nil: time.Now
}

// Step is how far an answer has come.
type Step struct {
	Done, Of int           // plans that were made, and that it takes as far as that is known
	Left     time.Duration // about how long the rest will take, by the pace of the plans so far; 0 before there is a pace
}

// steps counts the plans of an answer.
type steps struct {
	mu        sync.Mutex
	w         Watch
	now       func() time.Time
	start     time.Time
	made, all int
}

func (w Watch) begin() *steps {
	s := &steps{w: w, now: w.Now}
	if s.now == nil {
		s.now = time.Now
	}
	s.start = s.now()
	return s
}

// of says that n more plans are to be made; fewer where n is negative.
func (s *steps) of(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all += n
}

// done says that n plans were made.
func (s *steps) done(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made += n
	if s.w.Step == nil || s.made > s.all {
		return
	}
	pace := s.now().Sub(s.start) / time.Duration(s.made)
	s.w.Step(Step{Done: s.made, Of: s.all, Left: pace * time.Duration(s.all-s.made)})
}
