package bench

import (
	"fmt"
	"os"
	"strings"
)

// Optimum is the published optimum of an instance.
type Optimum struct {
	Name  string
	Value float64
}

// ReadOptima reads lines "name value" in the order of the file.
func ReadOptima(file string) ([]Optimum, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []Optimum
	for line := range strings.Lines(string(text)) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var o Optimum
		if _, err := fmt.Sscan(line, &o.Name, &o.Value); err != nil {
			return nil, fmt.Errorf("%s: %q: write a name and a number", file, strings.TrimSpace(line))
		}
		out = append(out, o)
	}
	return out, nil
}
