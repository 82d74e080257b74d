// Package stop lets long work that knows nothing of contexts be left when a context ends.
package stop

import (
	"context"
	"time"
)

// Grace is how long work is waited for after the context has ended: what is nearly done is worth having.
const Grace = 400 * time.Millisecond

// Within returns what f returns, or the context's error where that ends and f is not done within Grace. Work that is left goes on
// unheard until it is done or the program ends: it must have no effects but its result.
func Within[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		v, err := f()
		done <- result{v, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
	}
	late := time.NewTimer(Grace)
	defer late.Stop()
	select {
	case r := <-done:
		return r.value, r.err
	case <-late.C:
		var none T
		return none, context.Cause(ctx)
	}
}
