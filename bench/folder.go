package bench

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// csvTable is a table of a case as it is written: the first row has the names of the columns.
type csvTable struct {
	name string
	rows [][]string
}

// writeCase writes the tables of a case into a folder that is new or empty.
func writeCase(dir, settings string, tables []csvTable) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	switch there, err := os.ReadDir(dir); {
	case err != nil:
		return err
	case len(there) > 0:
		return fmt.Errorf("%s is not empty: name a new folder", dir)
	}
	errs := []error{os.WriteFile(filepath.Join(dir, "case.yaml"), []byte(settings), 0o644)}
	for _, t := range tables {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		errs = append(errs, w.WriteAll(t.rows), os.WriteFile(filepath.Join(dir, t.name+".csv"), b.Bytes(), 0o644))
	}
	return errors.Join(errs...)
}

// decimal is the shortest text that reads back as the same number, without an exponent.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

var notInKey = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// Key is a name as a key of a case, or other where nothing of it can stand in one.
func Key(name, other string) string {
	if name = strings.TrimLeft(notInKey.ReplaceAllString(name, "-"), "._-"); name != "" {
		return name
	}
	return other
}
