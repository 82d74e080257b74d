package headroom

import "fmt"

// Severity says how bad a finding is.
type Severity string

// Severities. An error means that a plan would be wrong.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Place is where in a case something is, as in a spreadsheet. Row counts file lines from 1 (the header is row 1); zero
// means the whole file. Column is the column's name.
type Place struct {
	File   string `json:"file"`
	Row    int    `json:"row"`
	Column string `json:"column"`
}

// String is file:row:column with the missing parts left out.
func (p Place) String() string {
	s := p.File
	if p.Row > 0 {
		s += fmt.Sprintf(":%d", p.Row)
	}
	if p.Column != "" {
		s += ":" + p.Column
	}
	return s
}

// Finding is something wrong or doubtful in a case. Code is stable.
type Finding struct {
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`
	Place
	Message string `json:"message"`
	Hint    string `json:"hint"`
	// Alike, where it is not empty, is a kind of fault in the form of a file that is told once, as "decimal commas"; see Once.
	Alike string `json:"-"`
}

// String is file:row:column: Code: message; hint.
func (f Finding) String() string {
	s := f.Code + ": " + f.Message
	if f.Hint != "" {
		s += "; " + f.Hint
	}
	if f.Place != (Place{}) {
		s = f.Place.String() + ": " + s
	}
	return s
}

// Once tells faults that are Alike in one file once: the first stands for all, and says how many more there are. The findings are
// in the order of their places, and stay so.
func Once(found []Finding) []Finding {
	type kind struct{ file, code, alike string }
	count, rows := map[kind]int{}, map[kind]map[int]bool{}
	var out []Finding
	for _, f := range found {
		k := kind{f.File, f.Code, f.Alike}
		if count[k]++; f.Alike == "" || count[k] == 1 {
			out, rows[k] = append(out, f), map[int]bool{}
		}
		rows[k][f.Row] = true
	}
	for i, f := range out {
		k := kind{f.File, f.Code, f.Alike}
		if n := count[k] - 1; f.Alike != "" && n > 0 {
			out[i].Message += fmt.Sprintf(" (and %d more %s in %d rows of the file)", n, f.Alike, len(rows[k]))
		}
	}
	return out
}

// Error is a failure to tell the user. Anything else is a fault of ours.
type Error struct {
	Findings []Finding
}

// Errorf returns an Error of one finding.
func Errorf(code string, place Place, hint, format string, args ...any) *Error {
	return &Error{Findings: []Finding{{Severity: SeverityError, Code: code, Place: place, Message: fmt.Sprintf(format, args...), Hint: hint}}}
}

// Error is the findings, one a line.
func (e *Error) Error() string {
	s := ""
	for i, f := range e.Findings {
		if i > 0 {
			s += "\n"
		}
		s += f.String()
	}
	return s
}
