package table

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"headroom"
	"headroom/reading"
)

// maxYAML is the largest case.yaml.
const maxYAML = 64 << 10

// yamlLine finds the line in a message of the YAML parser.
var yamlLine = regexp.MustCompile(`line (\d+): `)

// addCase reads case.yaml as a table of one row whose cells know their lines.
func (l *loader) addCase(r io.Reader) {
	t := Lookup(caseTable)
	rt := &rawTable{Table: t, byKey: map[string]*rawRow{}}
	l.tables[caseTable] = rt
	row := &rawRow{line: 1, lines: make([]int, len(t.Columns)), cells: make([]string, len(t.Columns))}
	rt.rows = []*rawRow{row}
	for i := range row.lines {
		row.lines[i] = 1
	}
	rt.broken = !l.readYAML(rt, row, r)
	for i, cell := range row.cells {
		l.doubt(rt.place(row, i), reading.Points{}, cell, t.Columns[i])
	}
}

// readYAML fills the row; it reports whether the file is YAML.
func (l *loader) readYAML(t *rawTable, row *rawRow, r io.Reader) bool {
	file := headroom.Place{File: t.File()}
	data, err := io.ReadAll(io.LimitReader(r, maxYAML+1))
	if err != nil {
		l.fail(file, headroom.CodeUnreadableFile, "", "reading failed: %v", err)
		return false
	}
	if len(data) > maxYAML {
		l.fail(file, headroom.CodeLongCell, "it has a few lines of name: value", "the file is larger than %d bytes", maxYAML)
		return false
	}
	if i := strings.IndexByte(string(data), 0); i >= 0 {
		code := headroom.CodeNulByte
		if strings.HasPrefix(string(data), "\xff\xfe") || strings.HasPrefix(string(data), "\xfe\xff") {
			code = headroom.CodeUTF16
		}
		l.fail(file, code, "save it as UTF-8", "the file is not UTF-8 text")
		return false
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		text := strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(text); m != nil {
			file.Row, _ = strconv.Atoi(m[1])
			text = strings.Replace(text, m[0], "", 1)
		}
		l.fail(file, headroom.CodeBrokenYAML, "write one line of name: value for each field", "the file is not YAML: %s", text)
		return false
	}
	if line := secondDocument(data); line > 0 {
		file.Row = line
		l.fail(file, headroom.CodeBrokenYAML, "keep one of the two", "a second document begins here, and only one is read")
		return false
	}
	if len(doc.Content) == 0 {
		return true
	}
	if doc.Content[0].Kind != yaml.MappingNode {
		l.fail(file, headroom.CodeBrokenYAML, "write one line of name: value for each field", "the file has no fields")
		return false
	}
	l.readFields(t, row, doc.Content[0].Content)
	return true
}

// secondDocument is the line on which a second document of the text begins, 0 where there is none.
func secondDocument(data []byte) int {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if d.Decode(&doc) != nil {
		return 0
	}
	var next yaml.Node
	switch err := d.Decode(&next); {
	case errors.Is(err, io.EOF):
		return 0
	case err != nil || len(next.Content) == 0:
		return doc.Line
	}
	return max(1, next.Content[0].Line-1)
}

// readFields reads the names and values of the mapping.
func (l *loader) readFields(t *rawTable, row *rawRow, nodes []*yaml.Node) {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(nodes); i += 2 {
		name, value := nodes[i].Value, nodes[i+1]
		p := headroom.Place{File: t.File(), Row: nodes[i].Line, Column: name}
		c := t.Index(name)
		switch {
		case c < 0:
			l.fail(p, headroom.CodeUnknownColumn, didYouMean(name, names, "the fields are "+strings.Join(names, ", ")), "case.yaml has no field %s", short(name))
			continue
		case seen[name]:
			l.fail(p, headroom.CodeDuplicateColumn, "delete one of the two", "the field stands twice")
			continue
		case value.Kind != yaml.ScalarNode:
			l.fail(p, headroom.CodeBrokenYAML, "write name: value", "the value is not a number or a word")
			continue
		}
		seen[name] = true
		row.lines[c] = nodes[i].Line
		if value.Tag != "!!null" {
			row.cells[c] = strings.TrimSpace(value.Value)
		}
	}
}
