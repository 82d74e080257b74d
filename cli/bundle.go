package cli

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/bundle"
	"headroom/calibrate"
	"headroom/claimlog"
	"headroom/document"
	"headroom/internal/files"
	"headroom/table"
)

// bundling are the flags of export that are about the evidence of a case and not about its model.
type bundling struct {
	crate, prov, qa string
	run             string
	by              string
}

// bundleFlags adds them.
func bundleFlags(cmd *cobra.Command, b *bundling) {
	cmd.Flags().StringVar(&b.crate, "ro-crate", "", "write the case, with the run, as an RO-Crate into this ZIP file")
	cmd.Flags().StringVar(&b.prov, "prov", "", "write where the figures are from as PROV-JSON into this file")
	cmd.Flags().StringVar(&b.qa, "qa-log", "", "write an assurance log in the terms of the AQuA Book into this file, .md or .json")
	cmd.Flags().StringVar(&b.run, "run", "", "saved run that goes into the bundle, what plan --out has written")
	cmd.Flags().StringVar(&b.by, "by", "", "who exports (default who made the last entry of the log)")
	_ = cmd.MarkFlagDirname("run")
}

// exported is what is known of a case that is to be exported.
type exported struct {
	*bundle.Bundle
	g        *claimLedger
	log      *claimlog.Log
	run      *document.Run[document.Plan]
	unlogged int      // claims and bindings that are not in the log
	others   []string // files that are not part of the case and stay behind
}

// readBundle reads a case, its log and its run. A case whose log does not hold is refused; what is not logged is counted.
func (a *app) readBundle(dir string, f bundling) (*exported, error) {
	g, err := readSound(dir)
	if err != nil {
		return nil, err
	}
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken != nil {
		return nil, &headroom.Error{Findings: []headroom.Finding{g.brokenLog(broken)}}
	}
	differences := l.Compare(g.ledger())
	if bad := slices.DeleteFunc(slices.Clone(differences), func(d claimlog.Difference) bool { return !d.Changed }); len(bad) > 0 {
		return nil, &headroom.Error{Findings: g.differences(bad)}
	}
	b := &exported{Bundle: &bundle.Bundle{Head: l.Head()}, g: g, log: l, unlogged: len(differences)}
	b.Program.Version, b.Program.Commit = build()
	for _, c := range g.c.Claims {
		b.LastDate = max(b.LastDate, c.AsOf.String())
	}
	if n := len(l.Entries); n > 0 {
		b.LastDate, _, _ = strings.Cut(l.Entries[n-1].At, "T")
		b.Agent = l.Entries[n-1].By
	}
	b.Agent, b.LastDate = cmp.Or(f.by, b.Agent, "unknown"), cmp.Or(b.LastDate, a.now().UTC().Format("2006-01-02"))
	if b.Case, b.others, err = plainFiles(dir, caseFile); err != nil || f.run == "" {
		return b, err
	}
	return b, b.readRun(f.run)
}

// readRun reads the files of a saved run.
func (b *exported) readRun(dir string) error {
	_, text, err := openRun(dir)
	if err != nil {
		return err
	}
	b.run = &document.Run[document.Plan]{} // of other answers the head is as of a plan, as far as it goes
	if err := json.Unmarshal(text, b.run); err != nil || b.run.Schema.Name != document.SchemaOf("run").Name {
		return headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: filepath.Join(dir, runFile)}, "name what headroom plan --out has written", "this is not a saved run")
	}
	b.RunKind = b.run.Kind
	names := filesOfRun(dir)
	b.Run, _, err = plainFiles(dir, func(name string) bool { return names[name] })
	return err
}

// plainFiles are the files of a folder that wanted picks, and the names of the others. Folders and what is hidden are left out, and
// links are refused.
func plainFiles(dir string, wanted func(name string) bool) (out []bundle.BundleFile, others []string, err error) {
	entries, err := fs.ReadDir(files.Dir(dir), ".")
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		switch {
		case e.IsDir() || strings.HasPrefix(e.Name(), "."):
			continue
		case !wanted(e.Name()):
			others = append(others, e.Name())
			continue
		case !e.Type().IsRegular():
			return nil, nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: filepath.Join(dir, e.Name())}, "put the file in its place", "this is a link or a device, and not a file")
		}
		data, err := files.Read(filepath.Join(dir, e.Name()), 0)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, bundle.BundleFile{Name: e.Name(), Data: data})
	}
	return out, others, nil
}

// runBundle writes the one file that the flags ask for.
func (a *app) runBundle(dir string, ch choosing, f bundling) error {
	b, err := a.readBundle(dir, f)
	if err != nil {
		return err
	}
	file, kind := cmp.Or(f.crate, f.prov, f.qa), "qa-log"
	var data []byte
	switch {
	case f.crate != "":
		kind, b.Title = "ro-crate", a.titleOf(dir)
		data, err = b.WriteCrate()
	case f.prov != "":
		kind = "prov"
		data, err = b.WriteProv(b.g.ledger(), b.log)
	default:
		data, err = a.qaLog(dir, ch, b, strings.ToLower(filepath.Ext(file)))
	}
	if err != nil {
		return err
	}
	if err := files.Write(file, data); err != nil {
		return err
	}
	if b.unlogged > 0 {
		a.note("headroom: %s not in the log; headroom claim seal %s logs what is missing", counted(b.unlogged, "claim or binding is", "claims and bindings are"), dir)
	}
	if len(b.others) > 0 && f.crate != "" {
		a.note("headroom: a bundle has files of the case only; left out: %s", strings.Join(b.others, ", "))
	}
	if a.json {
		a.writeJSON("export", object{{"file", file}, {"kind", kind}, {"entries", b.Head.Entries}, {"head", b.Head.Hash}, {"unlogged", b.unlogged}, {"files", len(b.Case) + len(b.Run)}})
		return nil
	}
	a.printf("%s: log of claims of %s, head %s\n", file, counted(b.Head.Entries, "entry", "entries"), b.Head.Hash)
	return nil
}

// titleOf is the title of a case, or the name of its folder where it cannot be read.
func (a *app) titleOf(dir string) string {
	if c, _, err := table.Load(dir, table.LoadOptions{}); err == nil && c != nil {
		return cmp.Or(c.Title, c.ID)
	}
	return filepath.Base(dir)
}

// qaLog is the assurance log as Markdown or JSON.
func (a *app) qaLog(dir string, ch choosing, b *exported, ext string) ([]byte, error) {
	if ext != ".md" && ext != ".json" {
		return nil, usagef("--qa-log writes files called .md or .json")
	}
	c, found, err := a.load(dir, ch)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return nil, &headroom.Error{Findings: ofSeverity(found, headroom.SeverityError)}
	}
	q := &bundle.QALog{
		Title: cmp.Or(c.Title, c.ID), Case: c.ID, CaseHash: c.Hash, Scenario: c.Scenario, Program: strings.TrimSpace("headroom " + b.Program.Version + " " + b.Program.Commit),
		Entries: b.Head.Entries, Head: b.Head.Hash, LastEntry: b.LastDate, SignOff: bundle.QARoles(), Assumptions: bundle.QAAssumptions(c.Assumptions),
	}
	q.Scope, q.Data = qaScope(c), qaData(c)
	if c.AsOf != 0 {
		q.Scope = append(q.Scope, bundle.QAItem{Name: "As known on", Text: c.AsOf.String() + ": claims, deals and figures are those of that day"})
	}
	q.Verification = append(qaFindings(c, found), bundle.QACheck{
		What: "the log of claims holds, and the tables say what it says", Done: true, Passed: b.unlogged == 0,
		Result: fmt.Sprintf("%d entries, %d claims and bindings not logged", b.Head.Entries, b.unlogged),
	}, b.qaRun(c))
	q.Validation = qaReconciled(c)
	q.Limits = qaLimits(c, found)
	if ext == ".md" {
		return q.Markdown(), nil
	}
	return document.Marshal("qa-log", 0, *q)
}

// qaScope says what the case covers.
func qaScope(c *headroom.Case) []bundle.QAItem {
	horizon := ""
	if n := len(c.Periods); n > 0 {
		horizon = fmt.Sprintf("%s to %s, %s", c.Periods[0].From, c.Periods[n-1].To, counted(n, "period", "periods"))
	}
	return []bundle.QAItem{
		{Name: "Purpose and use", Text: "to be written by the commissioner"},
		{Name: "Question", Text: c.Title},
		{Name: "Horizon", Text: horizon},
		{Name: "Plants, lines", Text: fmt.Sprintf("%d, %d", len(c.Plants), len(c.Lines))},
		{Name: "Vehicles, markets", Text: fmt.Sprintf("%d, %d", len(c.Vehicles), len(c.Markets))},
		{Name: "Arrangements", Text: fmt.Sprintf("%d; those that are not signed are in no base plan", len(c.Arrangements))},
		{Name: "Money", Text: fmt.Sprintf("%s in prices of %d, discounted by %v %% a year", c.BaseCurrency, c.PriceYear, c.DiscountRate)},
		{Name: "Not in it", Text: "what no table has: the model is the one of the reference pages"},
	}
}

// qaData says what the figures rest on.
func qaData(c *headroom.Case) []bundle.QAItem {
	r := restOf(c)
	out := []bundle.QAItem{
		{Name: "Claims, sources", Text: fmt.Sprintf("%d, %d", len(c.Claims), len(c.Sources))},
		{Name: "Figures", Text: fmt.Sprint(r.total)},
	}
	for _, b := range []headroom.Basis{headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone} {
		if n := r.byBasis[b]; n > 0 {
			out = append(out, bundle.QAItem{Name: "… " + string(b), Text: fmt.Sprintf("%d, %s", n, percent(float64(n)/float64(r.total)))})
		}
	}
	for _, s := range firmness {
		if n := r.byStatus[s]; n > 0 {
			out = append(out, bundle.QAItem{Name: "Bound to claims of status " + s, Text: fmt.Sprint(n)})
		}
	}
	return out
}

// qaFindings says what the checks of the case found.
func qaFindings(c *headroom.Case, found []headroom.Finding) []bundle.QACheck {
	wrong := 0
	for _, f := range found {
		if f.File == "binding.csv" && f.Severity == headroom.SeverityError {
			wrong++
		}
	}
	errs, warns := len(ofSeverity(found, headroom.SeverityError)), len(ofSeverity(found, headroom.SeverityWarning))
	return []bundle.QACheck{
		{What: "checks of the tables: form, keys, units, dates, plausibility (headroom check)", Done: true, Passed: errs == 0, Result: counted(errs, "error", "errors") + ", " + counted(warns, "warning", "warnings")},
		{What: "bound figures computed again from their claims", Done: true, Passed: wrong == 0, Result: fmt.Sprintf("%d bindings, %s", len(c.Bindings), counted(wrong, "error", "errors"))},
	}
}

// qaRun says what the checks of the run found.
func (b *exported) qaRun(c *headroom.Case) bundle.QACheck {
	k := bundle.QACheck{What: "the plan checked by a second path, against the tables"}
	if b.run == nil {
		k.Result = "no run was given (--run)"
		return k
	}
	k.Done = true
	k.Passed = b.run.Result.Status == headroom.StatusVerified
	k.Result = fmt.Sprintf("status %s, objective %s of %s", b.run.Result.Status, b.run.Result.ObjectiveName, c.ID)
	return k
}

// qaReconciled compares each past year of the case with the claims about it.
func qaReconciled(c *headroom.Case) []bundle.QACheck {
	years := map[int]bool{}
	var out []bundle.QACheck
	for _, o := range c.Outturns {
		if years[o.Year] {
			continue
		}
		years[o.Year] = true
		k := bundle.QACheck{What: fmt.Sprintf("what the case says of %d against the claims about it (headroom reconcile)", o.Year)}
		r, err := calibrate.Reconcile(c, o.Year)
		if err != nil {
			k.Result = oneLine(err.Error())
			out = append(out, k)
			continue
		}
		wrong := 0
		for _, row := range r.Rows {
			if !row.OK() {
				wrong++
			}
		}
		k.Done, k.Passed = true, r.OK()
		k.Result = fmt.Sprintf("%s, %d of them more than %s away", counted(len(r.Rows), "total", "totals"), wrong, percent(calibrate.ReconcileTolerance))
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b bundle.QACheck) int { return strings.Compare(a.What, b.What) })
	if len(out) == 0 {
		out = []bundle.QACheck{{What: "a past year against the claims about it (headroom reconcile)", Result: "the case has no outturns"}}
	}
	return out
}

// qaLimits are the limits that are known of the case, and of the program.
func qaLimits(c *headroom.Case, found []headroom.Finding) []string {
	r := restOf(c)
	var out []string
	if r.total > 0 {
		out = append(out, fmt.Sprintf("%s of the figures are assumptions; %s.", percent(float64(r.byBasis[headroom.BasisAssumption])/float64(r.total)), unowned(c)))
	}
	if n := r.byBasis[headroom.BasisNone]; n > 0 {
		out = append(out, fmt.Sprintf("%d figures say nothing of where they are from.", n))
	}
	for _, f := range ofSeverity(found, headroom.SeverityWarning) {
		out = append(out, f.String())
	}
	return append(out,
		"The plan is best within its model: what the tables do not have, it does not know. Bounds are reported by the solver and not proved independently.",
		"The log of claims shows tampering and does not prevent it: note its head elsewhere.")
}

// unowned says how many assumptions nobody answers for.
func unowned(c *headroom.Case) string {
	n := 0
	for _, a := range c.Assumptions {
		if a.Owner == "" {
			n++
		}
	}
	if n == 0 {
		return "each rule behind them has an owner"
	}
	return fmt.Sprintf("%d of the %d rules behind them have no owner", n, len(c.Assumptions))
}
