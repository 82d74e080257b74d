package bundle

import (
	"fmt"
	"strings"

	"headroom"
	"headroom/claimlog"
)

// QALog is an assurance log of a case in the terms of the AQuA Book, the UK government's guidance on producing quality
// analysis: what the analysis is, its assumptions with their owners, what was verified (that it does what it says) and
// validated (that it is right for the question), its known limits, and who signs it off. The program fills in what it knows;
// names of people are left to be written, and nothing is signed by a program.
type QALog struct {
	Title        string         `json:"title"`
	Case         string         `json:"case"`
	CaseHash     string         `json:"case_hash"`
	Scenario     string         `json:"scenario"`
	Program      string         `json:"program"`
	Entries      int            `json:"entries"`
	Head         string         `json:"head"`
	LastEntry    string         `json:"last_entry"`
	Scope        []QAItem       `json:"scope"`
	Data         []QAItem       `json:"data"`
	Assumptions  []QAAssumption `json:"assumptions"`
	Verification []QACheck      `json:"verification"`
	Validation   []QACheck      `json:"validation"`
	Limits       []string       `json:"limits"`
	SignOff      []QASignOff    `json:"sign_off"`
}

// QAItem is one thing to say, under a name.
type QAItem struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// QAAssumption is an assumption with who answers for it, "" where nobody was named.
type QAAssumption struct {
	ID     string `json:"id"`
	Of     string `json:"of"`
	Value  string `json:"value"`
	Low    string `json:"low"`
	High   string `json:"high"`
	Reason string `json:"reason"`
	Owner  string `json:"owner"`
}

// QACheck is something that was looked at, and what was found.
type QACheck struct {
	What   string `json:"what"`
	Result string `json:"result"`
	Passed bool   `json:"passed"`
	Done   bool   `json:"done"` // false: it was not looked at
}

// QASignOff is a role to be signed. Name, Date and Signature are left empty.
type QASignOff struct {
	Role      string `json:"role"`
	Says      string `json:"says"`
	Name      string `json:"name"`
	Date      string `json:"date"`
	Signature string `json:"signature"`
}

// QARoles are the roles of the AQuA Book, with what each of them says by signing.
func QARoles() []QASignOff {
	return []QASignOff{
		{Role: "Commissioner", Says: "the question is the right one, and the analysis is proportionate to it"},
		{Role: "Analyst", Says: "the analysis was done as described, and its limits are those listed"},
		{Role: "Assurer", Says: "verification and validation were sufficient, by somebody who did not do the analysis"},
		{Role: "Approver", Says: "the analysis is fit for its use"},
	}
}

// QAAssumptions are the assumptions of a case.
func QAAssumptions(list []headroom.Assumption) []QAAssumption {
	out := make([]QAAssumption, len(list))
	for i, a := range list {
		of := a.Table + "." + a.Column
		if a.Selector != "*" {
			of += " where " + a.Selector
		}
		out[i] = QAAssumption{ID: a.ID, Of: of, Value: a.Value, Low: a.Low, High: a.High, Reason: a.Reason, Owner: a.Owner}
	}
	return out
}

// Markdown is the log as a page to be printed and signed.
func (q *QALog) Markdown() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Assurance log: %s\n\n", inert(q.Title))
	b.WriteString("In the terms of the AQuA Book. A program filled in what it knows; people fill in the rest, and sign.\n\n")
	b.WriteString("## Version\n\n")
	scenario := q.Scenario
	if scenario == "" {
		scenario = "the base case"
	}
	table(&b, []string{"", ""}, [][]string{
		{"Case", q.Case},
		{"Hash of the case", q.CaseHash},
		{"Scenario", scenario},
		{"Program", q.Program},
		{"Log of claims", fmt.Sprintf("%d entries, the last of %s", q.Entries, orNone(q.LastEntry))},
		{"Head of the log", q.Head},
	})
	b.WriteString("## Scope\n\n")
	items(&b, q.Scope)
	b.WriteString("## Data\n\n")
	items(&b, q.Data)
	b.WriteString("## Assumptions\n\n")
	var rows [][]string
	for _, a := range q.Assumptions {
		rows = append(rows, []string{a.ID, a.Of, a.Value, a.Low, a.High, a.Reason, a.Owner})
	}
	table(&b, []string{"id", "of", "value", "low", "high", "reason", "owner"}, rows)
	b.WriteString("## Verification: does it do what it says?\n\n")
	checks(&b, q.Verification)
	b.WriteString("## Validation: is it right for the question?\n\n")
	checks(&b, q.Validation)
	b.WriteString("## Known limits\n\n")
	for _, l := range q.Limits {
		fmt.Fprintf(&b, "- %s\n", inert(l))
	}
	b.WriteString("\n## Sign-off\n\n")
	rows = nil
	for _, s := range q.SignOff {
		rows = append(rows, []string{s.Role, s.Says, s.Name, s.Date, s.Signature})
	}
	table(&b, []string{"role", "says that", "name", "date", "signature"}, rows)
	return []byte(strings.TrimRight(b.String(), "\n") + "\n")
}

// items writes names and texts.
func items(b *strings.Builder, list []QAItem) {
	var rows [][]string
	for _, i := range list {
		rows = append(rows, []string{i.Name, i.Text})
	}
	table(b, []string{"", ""}, rows)
}

// checks writes what was looked at.
func checks(b *strings.Builder, list []QACheck) {
	var rows [][]string
	for _, c := range list {
		verdict := "not done"
		if c.Done {
			verdict = map[bool]string{true: "passed", false: "NOT passed"}[c.Passed]
		}
		rows = append(rows, []string{c.What, verdict, c.Result})
	}
	table(b, []string{"what", "", "result"}, rows)
}

// table writes a table of Markdown.
func table(b *strings.Builder, head []string, rows [][]string) {
	if len(rows) == 0 {
		b.WriteString("None.\n\n")
		return
	}
	line := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| ")
			if c = inert(c); c != "" {
				b.WriteString(c + " ")
			}
		}
		b.WriteString("|\n")
	}
	line(head)
	b.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, r := range rows {
		line(r)
	}
	b.WriteString("\n")
}

// markup are the characters by which a text of a case could become more than text, in Markdown or in the HTML made of it.
var markup = strings.NewReplacer(
	"\\", "\\\\", "|", "\\|", "<", "&lt;", ">", "&gt;", "&", "&amp;", "[", "\\[", "]", "\\]", "`", "\\`", "*", "\\*", "_", "\\_",
	"\r\n", " ", "\n", " ", "\r", " ", "\t", " ",
)

// inert is a text that stays text, also where a table of the page is pasted into a spreadsheet.
func inert(s string) string {
	if claimlog.RunsAsFormula(s) {
		s = "'" + s
	}
	return markup.Replace(s)
}

// orNone is a text, or a dash.
func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
