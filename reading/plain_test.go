package reading

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainNumber compares the hand-written reader of numbers with the regular expression that says what it is.
func TestPlainNumber(t *testing.T) {
	t.Parallel()
	want := regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,5})?$`)
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("0123456789..eE+-, x")), 0, 12, -1).Draw(r, "text")
		if got := plainNumber(s); got != want.MatchString(s) {
			r.Errorf("plainNumber(%q) = %v", s, got)
		}
	})
	for _, s := range []string{"", ".", "-", "1.", ".5", "1e5", "1e123456", "1e", "1e+", "--1", "1.2.3", "+.e1"} {
		if got := plainNumber(s); got != want.MatchString(s) {
			t.Errorf("plainNumber(%q) = %v", s, got)
		}
	}
}
