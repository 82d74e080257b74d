package table

import (
	"context"
	"errors"
	"path/filepath"

	"headroom"
	"headroom/internal/files"
)

// lockFile keeps two programs from adding to the ledger of a case at the same time. It is hidden, so that no reader of the case
// looks at it.
const lockFile = ".claims.lock"

// Lock takes the ledger of the case in a folder for writing and returns what gives it back. It waits while another program has
// it, until ctx ends: then the error is a *headroom.Error of code LedgerInUse. What was read before Lock may be old by then. The
// lock of a program that was killed is free.
func Lock(ctx context.Context, dir string) (unlock func(), err error) {
	file := filepath.Join(dir, lockFile)
	unlock, err = files.Lock(ctx, file)
	if errors.Is(err, files.ErrInUse) {
		return nil, headroom.Errorf(headroom.CodeLedgerInUse, headroom.Place{File: file}, "try again", "another program is adding to the ledger of this case")
	}
	return unlock, err
}
