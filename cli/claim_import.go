package cli

import (
	"context"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/claimlog"
	"headroom/formula"
	"headroom/table"
)

func (a *app) claimImportCmd() *cobra.Command {
	var s stamping
	var yes, skip bool
	cmd := a.claimSub("import DIR FILE", "Enter the claims of a CSV file or a workbook",
		`Enters the claims of a file with the columns of claim.csv: a CSV file, or a workbook (.xlsx) with a sheet called claim, and
one called source for new sources; without such sheets the first one has the claims. Formulas count as the values that
are stored beside them, links are not followed, and workbooks with macros are refused. All claims are entered or none; with
--skip-unknown-units all but those whose unit is not known, which are listed, and of which nothing is entered.`,
		"  headroom claim import mycase claims.csv", cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error {
			return a.runClaimImport(ctx, args[0], args[1], s, yes, skip)
		})
	stampFlags(cmd, &s)
	yesFlag(cmd, &yes)
	cmd.Flags().BoolVar(&skip, "skip-unknown-units", false, "leave out the rows whose unit is not known, list them, and enter the others")
	return cmd
}

func (a *app) runClaimImport(ctx context.Context, dir, file string, s stamping, yes, skip bool) error {
	stamp, err := a.stamp(s)
	if err != nil {
		return err
	}
	g, done, err := a.openLedger(ctx, dir)
	if err != nil {
		return err
	}
	defer done()
	rows, found, err := table.ReadImport(file, table.Lookup("claim"), table.Lookup("source"))
	if err != nil {
		return err
	}
	if bad := ofSeverity(found, headroom.SeverityError); len(bad) > 0 {
		return &headroom.Error{Findings: bad}
	}
	e := &entering{g: g, claims: importedRows(rows["claim"]), stamp: stamp, yes: yes}
	for _, r := range importedRows(rows["source"]) {
		if !g.hasSource(r.cells) {
			e.sources = append(e.sources, r)
		}
	}
	if skip {
		e.leaveOut()
	}
	return a.enter(e)
}

// leaveOut takes out the claims whose unit is not known, with the sources that only they have, and keeps what is to be told of them.
func (e *entering) leaveOut() {
	var kept, sources []newRow
	used, gone := map[string]bool{}, map[string]bool{}
	for _, r := range e.claims {
		if _, err := formula.UnitOf(headroom.Claim{Unit: r.cells["unit"], Currency: r.cells["currency"]}); err != nil {
			f := finding(headroom.CodeUnknownUnit, err.Error(), "the row is left out, and nothing of it is entered")
			f.Severity, f.Place = headroom.SeverityWarning, r.place("unit")
			e.left, gone[r.cells["source_id"]] = append(e.left, f), true
			continue
		}
		kept, used[r.cells["source_id"]] = append(kept, r), true
	}
	for _, r := range e.sources {
		if id := r.cells["source_id"]; used[id] || !gone[id] {
			sources = append(sources, r)
		}
	}
	e.claims, e.sources = kept, sources
}

// importedRows are the rows of an import file as new rows.
func importedRows(rows []table.ImportedRow) []newRow {
	out := make([]newRow, len(rows))
	for i := range rows {
		out[i] = newRow{rows[i].Cells, rows[i].Place}
	}
	return out
}

// hasSource reports whether a source is there already, just so.
func (g *claimLedger) hasSource(cells map[string]string) bool {
	was := claimlog.CellsOf(g.source(cells["source_id"]))
	if cells["kind"] == "" && was["kind"] == "press" { // what an empty cell means
		delete(was, "kind")
	}
	return len(was) > 0 && was.Digest() == claimlog.Cells(cells).Digest()
}
