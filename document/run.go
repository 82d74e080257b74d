package document

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"headroom"
)

// Run is a saved answer: run.json, beside a CSV file for each of its tables. Nothing in it depends on the clock or on where it is written.
type Run[T any] struct {
	Schema   Schema `json:"schema"`
	Kind     string `json:"kind"`
	Headroom Build  `json:"headroom"`
	Hash     string `json:"hash"` // SHA-256 of the result, written without blanks
	Result   T      `json:"result"`
}

// Build is the program that made a run.
type Build struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

// PlanRun is the result of a saved plan, or of a saved brief with its plan.
type PlanRun struct {
	Plan
	Inputs   Inputs    `json:"inputs"`
	Replaced []string  `json:"replaced_claims"` // by then; nil in a run that was saved without
	Brief    *Brief    `json:"brief,omitempty"`
	Tables   RunTables `json:"tables"`
	Files    Sums      `json:"files"`
}

// RunTables are the tables of a saved plan, and of a brief where it is one.
type RunTables struct {
	PlanTables
	*BriefTables
	Proof Rows[ProofRow] `json:"proof"`
}

// ProofRow is the proof of a part of an answer, so that who reads its CSV files sees how firm they are.
type ProofRow struct {
	Part       string  `json:"part"`
	Status     string  `json:"status"`
	Value      float64 `json:"value"`
	Bound      float64 `json:"bound"`
	Gap        float64 `json:"gap"`
	Rest       float64 `json:"rest"`
	Without    float64 `json:"without_rest"`
	Stopped    string  `json:"stopped"`
	Candidates string  `json:"candidates"` // apart by blanks
	Deals      string  `json:"deals"`
}

// ProofRowOf is the proof of a part as a row.
func ProofRowOf(part string, p headroom.Proof) ProofRow {
	return ProofRow{
		part, string(p.Status), p.Value, p.Bound, p.Gap, p.End.Rest, p.End.Without, p.Stopped,
		strings.Join(p.CountsOn.Candidates, " "), strings.Join(p.CountsOn.Deals, " "),
	}
}

// ProofRows is the proof of an answer that has no parts.
func ProofRows(part string, p headroom.Proof) Rows[ProofRow] {
	return Rows[ProofRow]{ProofRowOf(part, p)}
}

// Sum is the SHA-256 of a file of a run.
type Sum struct{ File, Hash string }

// Sums are those of all its files, an object by name.
type Sums []Sum

// MarshalJSON writes a member for each file.
func (s Sums) MarshalJSON() ([]byte, error) {
	o := Object{}
	for _, f := range s {
		o.names, o.values = append(o.names, f.File), append(o.values, f.Hash)
	}
	return o.MarshalJSON()
}

// UnmarshalJSON reads them.
func (s *Sums) UnmarshalJSON(text []byte) error {
	*s = Sums{}
	return members(text, func(name string, value json.RawMessage) error {
		f := Sum{File: name}
		if err := json.Unmarshal(value, &f.Hash); err != nil {
			return err
		}
		*s = append(*s, f)
		return nil
	})
}

// HashOf is the SHA-256 of bytes, as text.
func HashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
