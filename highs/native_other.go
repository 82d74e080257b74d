//go:build !unix

package highs

import "errors"

// openNative is for systems with processes and pipes as Unix has them.
func openNative(string, string, int64) (backend, error) {
	return nil, errors.New("the native back end is for Linux and macOS")
}
