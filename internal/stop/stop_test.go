package stop_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"headroom/internal/stop"
)

// TestWithin has work done, work that is nearly done when the context ends, and work that never ends.
func TestWithin(t *testing.T) {
	t.Parallel()
	if v, err := stop.Within(t.Context(), func() (int, error) { return 7, nil }); v != 7 || err != nil {
		t.Errorf("work that is done gives %d, %v", v, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := stop.Within(ended, func() (int, error) { time.Sleep(stop.Grace / 4); return 7, nil }); v != 7 || err != nil {
		t.Errorf("work that is nearly done gives %d, %v", v, err)
	}
	began := time.Now()
	_, err := stop.Within(ended, func() (int, error) { time.Sleep(10 * time.Second); return 7, nil })
	if took := time.Since(began); !errors.Is(err, context.Canceled) || took > 2*time.Second {
		t.Errorf("work that takes long gives %v after %v", err, took)
	}
}
