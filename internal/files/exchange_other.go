//go:build !linux && !darwin

package files

// exchange is not known here.
func exchange(string, string) error { return errNoExchange }
