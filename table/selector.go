package table

import (
	"fmt"
	"slices"
	"strings"

	"headroom"
)

// selector picks rows of a table: all conditions hold.
type selector []condition

// condition wants a value in a column, or in a column of the row that the column before it names.
type condition struct {
	path  []string
	value string
}

// parseSelector reads column=value pairs separated by spaces; * is no condition.
func parseSelector(text string, t *Table) (selector, *problem) {
	bad := func(format string, args ...any) *problem {
		return &problem{Code: headroom.CodeBadSelector, Message: fmt.Sprintf(format, args...), Hint: "write column=value pairs separated by spaces, or *"}
	}
	if strings.TrimSpace(text) == "*" || strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var out selector
	for _, word := range strings.Fields(text) {
		name, value, ok := strings.Cut(word, "=")
		if !ok || name == "" {
			return nil, bad("%s is not column=value", short(word))
		}
		c := condition{path: strings.Split(name, "."), value: value}
		at := t
		for i, step := range c.path {
			k := -1
			if at != nil {
				k = at.Index(step)
			}
			if k < 0 {
				return nil, bad("%s has no column %s", t.Name, short(strings.Join(c.path[:i+1], ".")))
			}
			if i+1 == len(c.path) {
				break
			}
			if at = stepTable(at.Columns[k], c.path[i+1]); at == nil {
				return nil, bad("%s does not lead to a column %s", short(strings.Join(c.path[:i+1], ".")), short(c.path[i+1]))
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// stepTable is the table that a reference leads to in which there is a column of a name.
func stepTable(c *Column, name string) *Table {
	for _, ref := range c.Refs {
		if t := Lookup(ref); t != nil && t.Index(name) >= 0 {
			return t
		}
	}
	return nil
}

// matches reports whether a row is picked.
func (l *loader) matches(s selector, t *rawTable, r *rawRow) bool {
	for _, c := range s {
		if !l.holds(c, t, r) {
			return false
		}
	}
	return true
}

// holds follows the path of a condition and compares.
func (l *loader) holds(c condition, t *rawTable, r *rawRow) bool {
	for i, step := range c.path {
		k := t.Index(step)
		if k < 0 {
			return false
		}
		col, cell := t.Columns[k], l.effective(t, r, k)
		if i+1 == len(c.path) {
			return cell == c.value || col.List && slices.Contains(strings.Fields(cell), c.value) || canonicalKey(col, cell) == c.value
		}
		t, r = l.follow(col, cell)
		if r == nil {
			return false
		}
	}
	return false
}

// follow returns the row that a reference names.
func (l *loader) follow(c *Column, key string) (*rawTable, *rawRow) {
	for _, ref := range c.Refs {
		if t := l.tables[ref]; t != nil {
			if r := t.byKey[key]; r != nil {
				return t, r
			}
		}
	}
	return nil, nil
}
