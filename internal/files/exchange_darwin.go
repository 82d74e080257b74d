package files

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange lets two folders change names in one step.
func exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	return noExchange(err, errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV))
}
