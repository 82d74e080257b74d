package cli

import (
	"context"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/evidence"
	"headroom/table"
)

func (a *app) claimImportCmd() *cobra.Command {
	var s stamping
	var yes bool
	cmd := a.claimSub("import DIR FILE", "Enter the claims of a CSV file or a workbook",
		`Enters the claims of a file with the columns of claim.csv: a CSV file, or a workbook (.xlsx) with a sheet called claim, and
one called source for new sources; without such sheets the first one has the claims. Formulas count as the values that
are stored beside them, links are not followed, and workbooks with macros are refused. All claims are entered or none.`,
		"  headroom claim import mycase claims.xlsx", cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error { return a.runClaimImport(ctx, args[0], args[1], s, yes) })
	stampFlags(cmd, &s)
	yesFlag(cmd, &yes)
	return cmd
}

func (a *app) runClaimImport(ctx context.Context, dir, file string, s stamping, yes bool) error {
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
	return a.enter(e)
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
	was := evidence.CellsOf(g.source(cells["source_id"]))
	if cells["kind"] == "" && was["kind"] == "press" { // what an empty cell means
		delete(was, "kind")
	}
	return len(was) > 0 && was.Digest() == evidence.Cells(cells).Digest()
}
