package answer

import (
	"context"
	"sync"
)

// inPool runs n pieces of work, so many at a time, and returns the error of the first piece that has one. No piece is begun after
// ctx ended. What a piece gives must not depend on the others.
func inPool(ctx context.Context, workers, n int, work func(i int) error) error {
	errs := make([]error, n)
	slots := make(chan struct{}, max(1, workers))
	var wg sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			errs[i] = work(i)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
