package document

import "headroom"

// Comparison is the document of two plans beside each other; the proof is that of the less firm one.
type Comparison struct {
	Status    headroom.PlanStatus `json:"status"`
	Stopped   string              `json:"stopped"`
	Proof     headroom.Proof      `json:"proof"`
	A         Side                `json:"a"`
	B         Side                `json:"b"`
	Currency  string              `json:"currency"`
	Objective Difference          `json:"objective"`
	*DifferenceTables
	Tables *ComparisonTables `json:"tables,omitempty"` // in what is saved
	Files  Sums              `json:"files,omitempty"`
}

// Side is one of the two plans.
type Side struct {
	Name      string              `json:"name"`
	Status    headroom.PlanStatus `json:"status"`
	Objective Number              `json:"objective"`
	Bound     Number              `json:"bound"`
	Proof     headroom.Proof      `json:"proof"`
}

// Difference is b less a of the objective, with between what the difference of the best possible plans lies; Why says why there is none.
type Difference struct {
	Name  string `json:"name"`
	Value Number `json:"difference"`
	Low   Number `json:"low"`
	High  Number `json:"high"`
	Why   string `json:"why,omitempty"`
}

// DifferenceTables are the cells that differ, of what went in and of what was decided, and the money.
type DifferenceTables struct {
	Inputs    Rows[ChangeRow] `json:"inputs"`
	Decisions Rows[ChangeRow] `json:"decisions"`
	Money     Rows[MoneyRow]  `json:"money"`
}

// ComparisonTables are the tables of a saved comparison.
type ComparisonTables struct {
	DifferenceTables
	Proof Rows[ProofRow] `json:"proof"`
}

// ChangeRow is one cell that differs: a text, a number, yes or no, or a list; nil is a missing one.
type ChangeRow struct {
	Table  string `json:"table"`
	Key    string `json:"key"`
	Column string `json:"column"`
	A      any    `json:"a"`
	B      any    `json:"b"`
}

// MoneyRow is the present value of an account of an owner, base currency.
type MoneyRow struct {
	Org        string  `json:"org"`
	Account    string  `json:"account"`
	A          float64 `json:"a"`
	B          float64 `json:"b"`
	Difference float64 `json:"difference"`
}
