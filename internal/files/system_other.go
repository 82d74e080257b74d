//go:build !unix

package files

import (
	"errors"
	"os"
)

// tryLock cannot lock here: writers must be kept apart by hand.
func tryLock(*os.File) error { return nil }

// openToLock finds nothing to sweep: without locks nobody knows who lives.
func openToLock(string, bool) (*os.File, error) { return nil, errors.ErrUnsupported }

// holdFolder has nothing to hold.
func holdFolder(string) func() { return func() {} }

// syncFolder has nothing to do: names are brought to the disk with their files.
func syncFolder(string) error { return nil }
