package claimlog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"headroom"
)

// Ledger is what a log records: the claims, sources and bindings of a case as they stand in its tables.
type Ledger struct {
	Claims   []headroom.Claim
	Sources  []headroom.Source
	Bindings []headroom.Binding
}

// sources are the cells of the sources by key.
func (g *Ledger) sources() map[string]Cells {
	out := make(map[string]Cells, len(g.Sources))
	for _, s := range g.Sources {
		out[s.ID] = CellsOf(s)
	}
	return out
}

// Difference is one thing in which the tables and the log differ. Entry is that of the log, 0 where the log has none.
type Difference struct {
	Entry   int
	Table   string // claim, source or binding
	Key     string
	Why     string
	Changed bool // something that is logged was changed or taken out; else it is new, or a binding that was chosen anew
}

// Compare says in what the tables differ from what the log adds up to, sorted by entry, what is not logged last.
func (l *Log) Compare(g Ledger) []Difference {
	var out []Difference
	sources, there := g.sources(), map[string]bool{}
	for _, c := range g.Claims {
		there[c.ID] = true
		e := l.Claim(c.ID)
		if e == nil {
			out = append(out, Difference{Table: "claim", Key: c.ID, Why: fmt.Sprintf("the claim %q is not in the log", c.ID)})
			continue
		}
		cells := CellsOf(c)
		if d := changed(e.Claim, cells); len(d) > 0 {
			out = append(out, Difference{e.Seq, "claim", c.ID, fmt.Sprintf("the claim %q was edited in place: %s", c.ID, strings.Join(d, ", ")), true})
		} else if d := changed(e.Source, sources[c.Source]); len(d) > 0 {
			out = append(out, Difference{e.Seq, "source", c.Source, fmt.Sprintf("the source %q of the claim %q was edited in place: %s", c.Source, c.ID, strings.Join(d, ", ")), true})
		}
	}
	for id, seq := range l.claims {
		if !there[id] {
			out = append(out, Difference{seq, "claim", id, fmt.Sprintf("the claim %q is in the log and not in claim.csv: a claim is never deleted", id), true})
		}
	}
	out = append(out, l.compareBindings(g.Bindings)...)
	slices.SortStableFunc(out, func(a, b Difference) int {
		last := func(d Difference) int {
			if d.Entry == 0 {
				return len(l.Entries) + 1
			}
			return d.Entry
		}
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.Table, b.Table), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// compareBindings compares the bindings.
func (l *Log) compareBindings(bindings []headroom.Binding) []Difference {
	var out []Difference
	there := map[headroom.Ref]bool{}
	for _, b := range bindings {
		cells := CellsOf(b)
		ref := bindingRef(cells)
		there[ref] = true
		n := l.bindings[ref]
		switch {
		case n == 0:
			out = append(out, Difference{Table: "binding", Key: ref.String(), Why: fmt.Sprintf("the binding of %s is not in the log", ref)})
		case len(changed(l.Entries[n-1].Binding, cells)) > 0:
			out = append(out, Difference{n, "binding", ref.String(), fmt.Sprintf("the binding of %s is another one now: %s", ref, strings.Join(changed(l.Entries[n-1].Binding, cells), ", ")), false})
		}
	}
	for ref, n := range l.bindings {
		if !there[ref] && l.Entries[n-1].Binding["claim_id"] != "" {
			out = append(out, Difference{n, "binding", ref.String(), fmt.Sprintf("the binding of %s is in the log and not in binding.csv", ref), false})
		}
	}
	return out
}

// changed says which cells differ, as column "before" → "after".
func changed(was, is Cells) []string {
	columns := map[string]bool{}
	for k := range was {
		columns[k] = true
	}
	for k := range is {
		columns[k] = true
	}
	var out []string
	for k := range columns {
		if was[k] != is[k] {
			out = append(out, fmt.Sprintf("%s %s → %s", k, brief(was[k]), brief(is[k])))
		}
	}
	slices.Sort(out)
	return out
}

// brief quotes a cell for a message.
func brief(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// Stamp is when and by whom entries are made. By of a claim is its own entered_by where that is given.
type Stamp struct {
	At time.Time
	By string
}

// Seal appends to a log what is in the tables and not in it: claims in the order of the day from which they were known and
// of their keys, then bindings, those that are gone as bindings to nothing. It returns the new entries. The same tables and
// stamp give the same bytes.
//
// Where something that is logged was changed in the tables or taken out, nothing is appended, and the differences that are
// to blame are returned: a correction is a new claim.
func (l *Log) Seal(g Ledger, s Stamp) ([]Entry, []Difference) {
	differences := l.Compare(g)
	if bad := slices.DeleteFunc(slices.Clone(differences), func(d Difference) bool { return !d.Changed }); len(bad) > 0 {
		return nil, bad
	}
	before := len(l.Entries)
	sources := g.sources()
	claims := slices.SortedStableFunc(slices.Values(g.Claims), func(a, b headroom.Claim) int {
		return cmp.Or(cmp.Compare(a.AsOf, b.AsOf), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range claims {
		if l.Claim(c.ID) != nil {
			continue
		}
		e := Entry{Claim: CellsOf(c), Source: sources[c.Source], By: cmp.Or(c.EnteredBy, s.By)}
		e.Action, e.Content = actionOf(e.Claim), contentID(e.Claim, e.Source)
		l.next(e, s)
	}
	now := make(map[string]Cells, len(g.Bindings))
	for _, b := range g.Bindings {
		cells := CellsOf(b)
		now[bindingRef(cells).String()] = cells
	}
	slices.SortStableFunc(differences, func(a, b Difference) int { return cmp.Compare(a.Key, b.Key) })
	for _, d := range differences {
		if d.Table != "binding" {
			continue
		}
		cells, ok := now[d.Key]
		if !ok {
			was := l.Entries[d.Entry-1].Binding
			cells = Cells{"table": was["table"], "row_key": was["row_key"], "column": was["column"]}
		}
		l.next(Entry{Action: ActionBind, Binding: cells, By: s.By}, s)
	}
	return l.Entries[before:], nil
}

// next chains an entry to the end.
func (l *Log) next(e Entry, s Stamp) {
	e.Seq, e.Prev = len(l.Entries)+1, l.Head().Hash
	e.At = s.At.UTC().Format(time.RFC3339)
	e.Hash = e.hash()
	l.append(e, e.canonical(true))
}

// Verification is what Verify finds. Broken is the first place, nil where all is well; Differences are those of the tables.
type Verification struct {
	OK          bool
	Head        Head
	Broken      *Broken
	Differences []Difference
}

// Verify reads a log and its head and compares both with each other, the tables with what the log adds up to, and the log
// with a head that somebody noted elsewhere ("" for none): the hash of any entry, because the log may have grown since.
func Verify(log, head []byte, g Ledger, noted string) Verification {
	l, broken := ReadLog(log, head)
	v := Verification{Head: l.Head(), Broken: broken}
	if broken != nil {
		return v
	}
	known := noted == "" || noted == zeroHash || slices.ContainsFunc(l.Entries, func(e Entry) bool { return e.Hash == noted })
	if !known {
		v.Broken = breakAt(0, "no entry has the hash %s, which was noted elsewhere: the log was rewritten, or cut with its head", noted)
		return v
	}
	v.Differences = l.Compare(g)
	if len(v.Differences) > 0 {
		v.Broken = &Broken{Entry: v.Differences[0].Entry, Why: v.Differences[0].Why}
	}
	v.OK = v.Broken == nil
	return v
}
