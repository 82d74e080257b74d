package table

import (
	"fmt"
	"strings"

	"headroom/reading"
)

// Nearest returns the name that s may be a misspelling of, or "".
func Nearest(s string, names []string) string { return nearest(s, names) }

// nearest returns the candidate that s may be a misspelling of, or "".
func nearest(s string, candidates []string) string {
	best, least := "", 2+len(s)/4
	for _, c := range candidates {
		if folded(c) == folded(s) {
			return c
		}
		if d := distance(s, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// didYouMean is a hint about the nearest candidate, or otherwise another hint.
func didYouMean(s string, candidates []string, otherwise string) string {
	if n := nearest(s, candidates); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return otherwise
}

// distance is the number of letters to insert, delete or change to come from a to b.
func distance(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	if len(x) > 64 || len(y) > 64 {
		return 64
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		prev := row[0]
		row[0] = i + 1
		for j := range y {
			d := prev
			if x[i] != y[j] {
				d = 1 + min(prev, row[j], row[j+1])
			}
			prev, row[j+1] = row[j+1], min(d, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// digitLike are letters that a reader takes for digits.
var digitLike = strings.NewReplacer("o", "0", "l", "1", "i", "1")

// folded is a key without what a reader does not see: case, spaces, hyphens for underscores, letters of other scripts, and
// letters that look like digits.
func folded(s string) string {
	s = digitLike.Replace(strings.ToLower(reading.Plain(s)))
	return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "_", "-")
}
