package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"headroom"
	"headroom/check"
	"headroom/claimlog"
	"headroom/internal/files"
	"headroom/table"
)

// newRow is a row that is to be entered, and where its cells stand for whoever wrote it.
type newRow struct {
	cells map[string]string
	place func(column string) headroom.Place
}

// entering is a set of claims and sources on their way into a case.
type entering struct {
	g       *claimLedger
	claims  []newRow
	sources []newRow
	stamp   claimlog.Stamp
	yes     bool               // enter claims that are like others
	left    []headroom.Finding // of the rows that are left out, one each

	files  []files.File     // tables as they will be
	starts map[string][]int // lines of the new rows
	after  *claimLedger     // the evidence as it will be
	found  []headroom.Finding
}

// enter checks the rows, shows what is like a claim that is there, writes the tables and the log, and prints the result.
// Nothing is written where there is an error, or something alike without --yes.
func (a *app) enter(e *entering) error {
	if len(e.claims) == 0 && len(e.left) > 0 {
		return &headroom.Error{Findings: append(e.left, finding(headroom.CodeEmptyCell, "there is no claim left to enter", "write units that are known"))}
	}
	if len(e.claims) == 0 {
		return headroom.Errorf(headroom.CodeEmptyCell, headroom.Place{}, "write a row for each claim", "there is no claim to enter")
	}
	l, err := e.g.openLog()
	if err != nil {
		return err
	}
	bad := slices.DeleteFunc(l.Compare(e.g.ledger()), func(d claimlog.Difference) bool { return !d.Changed })
	if len(bad) > 0 {
		return &headroom.Error{Findings: e.g.differences(bad)}
	}
	e.nameClaims()
	if err := e.overlay(); err != nil {
		return err
	}
	refused := len(e.found) > 0
	if !refused {
		e.similar()
		refused = len(e.found) > 0 && !e.yes
	}
	if !refused {
		if l, _, err = e.after.seal(e.stamp); err != nil {
			return err
		}
		err = a.enterFiles(e.g.dir, l, e.files)
		var half *followError
		if errors.As(err, &half) {
			return errors.Join(a.printEntered(e, l.Head(), false), err)
		}
		if err != nil {
			return err
		}
	}
	return a.printEntered(e, l.Head(), refused)
}

// nameClaims gives a key made of its content to each claim that has none.
func (e *entering) nameClaims() {
	for _, r := range e.claims {
		if r.cells["claim_id"] == "" {
			r.cells["claim_id"] = "c-" + claimlog.Cells(r.cells).Digest()[:12]
		}
	}
}

// overlay makes the tables as they will be, reads them, and finds what is wrong with the new rows.
func (e *entering) overlay() error {
	over := table.Overlay{FS: files.Dir(e.g.dir), Files: map[string][]byte{}}
	e.starts = map[string][]int{}
	for _, name := range []string{"source", "claim"} {
		t := table.Lookup(name)
		rows := e.rowsOf(t.File())
		if len(rows) == 0 {
			continue
		}
		old, err := files.Read(filepath.Join(e.g.dir, t.File()), 0)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		var cells []map[string]string
		for _, r := range rows {
			cells = append(cells, r.cells)
		}
		data, starts := table.AppendRows(t, old, cells)
		e.files = append(e.files, files.File{Name: t.File(), Data: data})
		over.Files[t.File()], e.starts[t.File()] = data, starts
	}
	c, found, err := table.LoadLedgerFS(over)
	if err != nil {
		return err
	}
	e.after = &claimLedger{dir: e.g.dir, c: c, log: e.g.log, head: e.g.head}
	e.take(found)
	e.rules()
	if whole, _, err := table.LoadFS(over, table.LoadOptions{}); err == nil && whole != nil {
		e.take(check.Case(whole))
	}
	return nil
}

// take takes the errors that are about new rows, each under the place where its writer finds it.
func (e *entering) take(found []headroom.Finding) {
	for _, f := range found {
		starts := e.starts[f.File]
		if f.Severity != headroom.SeverityError || len(starts) == 0 || f.Row < starts[0] {
			continue
		}
		e.add(e.rowsOf(f.File)[sort.SearchInts(starts, f.Row+1)-1], f.Column, f)
	}
}

// add adds an error about a cell, unless the cell has one.
func (e *entering) add(r newRow, column string, f headroom.Finding) {
	f.Severity, f.Place = headroom.SeverityError, r.place(column)
	if !slices.ContainsFunc(e.found, func(o headroom.Finding) bool { return o.Place == f.Place }) {
		e.found = append(e.found, f)
	}
}

// rowsOf are the new rows of a file.
func (e *entering) rowsOf(file string) []newRow {
	if file == "source.csv" {
		return e.sources
	}
	return e.claims
}

// claimsAfter are the claims as they will be, by key.
func (e *entering) claimsAfter() map[string]headroom.Claim {
	out := make(map[string]headroom.Claim, len(e.after.c.Claims))
	for _, c := range e.after.c.Claims {
		out[c.ID] = c
	}
	return out
}

// rules finds what the cells of the new rows show to be wrong.
func (e *entering) rules() {
	claims, readings := e.claimsAfter(), claimlog.NewReadings(e.after.c.Claims)
	same := map[string]headroom.Claim{}
	for _, pair := range claimlog.Lookalikes(e.after.c.Claims) {
		same[pair[1].ID] = pair[0]
	}
	for _, r := range e.claims {
		c, ok := claims[r.cells["claim_id"]]
		if !ok {
			continue // its key is refused already
		}
		for _, f := range readings.Faults(c, e.stamp.At) {
			e.add(r, f.Column, finding(f.Code, f.Message, f.Hint))
		}
		if o, ok := same[c.ID]; ok {
			e.add(r, "subject", finding(headroom.CodeConfusableLetter, fmt.Sprintf("the subject %q looks like %q of %s and is another", c.Subject, o.Subject, o.ID), "write both alike"))
		}
	}
	for _, r := range e.sources {
		for _, f := range claimlog.SourceFaults(e.after.source(r.cells["source_id"])) {
			e.add(r, f.Column, finding(f.Code, f.Message, f.Hint))
		}
	}
	circle := claimlog.SupersedesCircle(e.after.c.Claims)
	for _, r := range e.claims {
		if len(circle) > 1 && slices.Contains(circle, r.cells["claim_id"]) {
			way := strings.Join(append(slices.Clone(circle), circle[0]), " → ")
			e.add(r, "supersedes", finding(claimlog.CodeCircularSupersedes, "claims supersede each other in a circle: "+way, "take one of the steps out"))
		}
	}
}

// similar finds claims that are like those to be entered, among those that are there and among those before them.
func (e *entering) similar() {
	s := claimlog.NewSimilar(e.g.ledger())
	claims := e.claimsAfter()
	for _, r := range e.claims {
		c := claims[r.cells["claim_id"]]
		source := e.after.source(c.Source)
		for _, like := range s.Find(c, source) {
			f := headroom.Finding{Severity: headroom.SeverityWarning, Code: claimlog.CodeNearClaim, Place: r.place(""), Message: c.ID + ": " + like.Why, Hint: "enter it with --yes, or let it supersede the other"}
			if like.Same {
				f.Code, f.Hint = claimlog.CodeDuplicateClaim, "leave it out, or enter it with --yes"
			}
			e.found = append(e.found, f)
		}
		s.Add(c, source)
	}
}

// printEntered prints what became of the claims.
func (a *app) printEntered(e *entering, head claimlog.Head, refused bool) error {
	var ids []string
	for _, r := range e.claims {
		ids = append(ids, r.cells["claim_id"])
	}
	if a.json {
		a.writeJSON(a.name, object{
			{"claim_id", ids[0]},
			{"claim_ids", ids},
			{"entered", !refused},
			{"entries", head.Entries},
			{"head", head.Hash},
			{"left_out", len(e.left)},
			{"findings", slices.Concat(e.found, e.left)},
		})
	} else {
		if found := slices.Concat(e.found, e.left); len(found) > 0 {
			a.printFindings(found)
		}
		if n := len(e.left); n > 0 {
			a.printf("%s left out for their units.\n", counted(n, "row is", "rows are"))
		}
		switch {
		case refused:
			a.printf("Nothing was entered.\n")
		case !a.quiet:
			a.printf("%s; the log has %s, head %s\n", enteredText(ids), counted(head.Entries, "entry", "entries"), head.Hash)
		}
	}
	if refused {
		return statusError(exitInput)
	}
	return nil
}

// enteredText names what was entered.
func enteredText(ids []string) string {
	if len(ids) == 1 {
		return "Entered " + ids[0]
	}
	return fmt.Sprintf("Entered %d claims, %s to %s", len(ids), ids[0], ids[len(ids)-1])
}
