package table

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"headroom"
)

// lockFile keeps two programs from adding to the ledger of a case at the same time. It is hidden, so that no reader of the case
// looks at it.
const lockFile = ".claims.lock"

// lockPause is how long Lock waits before it looks again.
const lockPause = 20 * time.Millisecond

// Lock takes the ledger of the case in a folder for writing and returns what gives it back. It waits while another program has
// it, until ctx ends: then the error is a *headroom.Error of code LedgerInUse. What was read before Lock may be old by then.
func Lock(ctx context.Context, dir string) (unlock func(), err error) {
	file := filepath.Join(dir, lockFile)
	for {
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err == nil {
			_, _ = fmt.Fprintf(f, "%d\n", os.Getpid()) // only for people who find the file
			return func() { _ = os.Remove(file) }, f.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, headroom.Errorf(headroom.CodeLedgerInUse, headroom.Place{File: file},
				"try again; where no other program is at work, one was killed: delete this file", "another program is adding to the ledger of this case")
		case <-time.After(lockPause):
		}
	}
}
