package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/answer"
	"headroom/evidence"
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

// bundle is what is known of a case that is to be exported.
type bundle struct {
	*evidence.Bundle
	g        *claimLedger
	log      *evidence.Log
	run      *savedRun
	unlogged int // claims and bindings that are not in the log
}

// readBundle reads a case, its log and its run. A case whose log does not hold is refused; what is not logged is counted.
func (a *app) readBundle(dir string, f bundling) (*bundle, error) {
	g, err := readSound(dir)
	if err != nil {
		return nil, err
	}
	l, broken := evidence.ReadLog(g.log, g.head)
	if broken != nil {
		return nil, headroom.Errorf(evidence.CodeBrokenLog, headroom.Place{File: evidence.LogFile, Row: broken.Entry}, "headroom verify "+dir+" says more", "%s", broken.Why)
	}
	differences := l.Compare(g.ledger())
	if bad := slices.DeleteFunc(slices.Clone(differences), func(d evidence.Difference) bool { return !d.Changed }); len(bad) > 0 {
		return nil, &headroom.Error{Findings: g.differences(bad)}
	}
	b := &bundle{Bundle: &evidence.Bundle{Head: l.Head()}, g: g, log: l, unlogged: len(differences)}
	b.Program.Version, b.Program.Commit = build()
	for _, c := range g.c.Claims {
		b.LastDate = max(b.LastDate, c.AsOf.String())
	}
	if n := len(l.Entries); n > 0 {
		b.LastDate, _, _ = strings.Cut(l.Entries[n-1].At, "T")
		b.Agent = l.Entries[n-1].By
	}
	b.Agent, b.LastDate = cmp.Or(f.by, b.Agent, "unknown"), cmp.Or(b.LastDate, a.now().UTC().Format("2006-01-02"))
	if b.Case, err = plainFiles(dir); err != nil || f.run == "" {
		return b, err
	}
	return b, b.readRun(f.run)
}

// readRun reads the files of a saved run.
func (b *bundle) readRun(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, runFile))
	if err != nil {
		return err
	}
	b.run = &savedRun{}
	if err := json.Unmarshal(text, b.run); err != nil || b.run.Schema.Name != "headroom.run" {
		return headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: filepath.Join(dir, runFile)}, "name what headroom plan --out has written", "this is not a saved run")
	}
	b.RunKind = b.run.Kind
	b.Run, err = plainFiles(dir)
	return err
}

// plainFiles are the files of a folder without those that are hidden. Folders are left out, and links are refused.
func plainFiles(dir string) ([]evidence.BundleFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []evidence.BundleFile
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if !e.Type().IsRegular() {
			return nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: filepath.Join(dir, e.Name())}, "put the file in its place", "this is a link or a device, and not a file")
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, evidence.BundleFile{Name: e.Name(), Data: data})
	}
	return out, nil
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
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return err
	}
	if b.unlogged > 0 {
		a.note("headroom: %s not in the log; headroom claim seal %s logs what is missing", counted(b.unlogged, "claim or binding is", "claims and bindings are"), dir)
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
func (a *app) qaLog(dir string, ch choosing, b *bundle, ext string) ([]byte, error) {
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
	q := &evidence.QALog{
		Title: cmp.Or(c.Title, c.ID), Case: c.ID, CaseHash: c.Hash, Scenario: c.Scenario, Program: strings.TrimSpace("headroom " + b.Program.Version + " " + b.Program.Commit),
		Entries: b.Head.Entries, Head: b.Head.Hash, LastEntry: b.LastDate, SignOff: evidence.QARoles(), Assumptions: evidence.QAAssumptions(c.Assumptions),
	}
	q.Scope, q.Data = qaScope(c), qaData(c)
	if c.AsOf != 0 {
		q.Scope = append(q.Scope, evidence.QAItem{Name: "As known on", Text: c.AsOf.String() + ": claims, deals and figures are those of that day"})
	}
	q.Verification = append(qaFindings(c, found), evidence.QACheck{
		What: "the log of claims holds, and the tables say what it says", Done: true, Passed: b.unlogged == 0,
		Result: fmt.Sprintf("%d entries, %d claims and bindings not logged", b.Head.Entries, b.unlogged),
	}, b.qaRun(c))
	q.Validation = qaReconciled(c)
	q.Limits = qaLimits(c, found)
	if ext == ".md" {
		return q.Markdown(), nil
	}
	return document("qa-log", structObjectOf(*q))
}

// qaScope says what the case covers.
func qaScope(c *headroom.Case) []evidence.QAItem {
	horizon := ""
	if n := len(c.Periods); n > 0 {
		horizon = fmt.Sprintf("%s to %s, %s", c.Periods[0].From, c.Periods[n-1].To, counted(n, "period", "periods"))
	}
	return []evidence.QAItem{
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
func qaData(c *headroom.Case) []evidence.QAItem {
	r := restOf(c)
	out := []evidence.QAItem{
		{Name: "Claims, sources", Text: fmt.Sprintf("%d, %d", len(c.Claims), len(c.Sources))},
		{Name: "Figures", Text: fmt.Sprint(r.total)},
	}
	for _, b := range []headroom.Basis{headroom.BasisFact, headroom.BasisDerived, headroom.BasisCommitment, headroom.BasisAssumption, headroom.BasisNone} {
		if n := r.byBasis[b]; n > 0 {
			out = append(out, evidence.QAItem{Name: "… " + string(b), Text: fmt.Sprintf("%d, %s", n, percent(float64(n)/float64(r.total)))})
		}
	}
	for _, s := range firmness {
		if n := r.byStatus[s]; n > 0 {
			out = append(out, evidence.QAItem{Name: "Bound to claims of status " + s, Text: fmt.Sprint(n)})
		}
	}
	return out
}

// qaFindings says what the checks of the case found.
func qaFindings(c *headroom.Case, found []headroom.Finding) []evidence.QACheck {
	wrong := 0
	for _, f := range found {
		if f.File == "binding.csv" && f.Severity == headroom.SeverityError {
			wrong++
		}
	}
	errs, warns := len(ofSeverity(found, headroom.SeverityError)), len(ofSeverity(found, headroom.SeverityWarning))
	return []evidence.QACheck{
		{What: "checks of the tables: form, keys, units, dates, plausibility (headroom check)", Done: true, Passed: errs == 0, Result: counted(errs, "error", "errors") + ", " + counted(warns, "warning", "warnings")},
		{What: "bound figures computed again from their claims", Done: true, Passed: wrong == 0, Result: fmt.Sprintf("%d bindings, %s", len(c.Bindings), counted(wrong, "error", "errors"))},
	}
}

// qaRun says what the checks of the run found.
func (b *bundle) qaRun(c *headroom.Case) evidence.QACheck {
	k := evidence.QACheck{What: "the plan checked by a second path, against the tables"}
	if b.run == nil {
		k.Result = "no run was given (--run)"
		return k
	}
	k.Done = true
	k.Passed = b.run.Result.Status == headroom.StatusVerified
	k.Result = fmt.Sprintf("status %s, objective %s of %s", b.run.Result.Status, b.run.Result.Objective, c.ID)
	return k
}

// qaReconciled compares each past year of the case with the claims about it.
func qaReconciled(c *headroom.Case) []evidence.QACheck {
	years := map[int]bool{}
	var out []evidence.QACheck
	for _, o := range c.Outturns {
		if years[o.Year] {
			continue
		}
		years[o.Year] = true
		k := evidence.QACheck{What: fmt.Sprintf("what the case says of %d against the claims about it (headroom reconcile)", o.Year)}
		r, err := answer.Reconcile(c, o.Year)
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
		k.Result = fmt.Sprintf("%s, %d of them more than %s away", counted(len(r.Rows), "total", "totals"), wrong, percent(answer.ReconcileTolerance))
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b evidence.QACheck) int { return strings.Compare(a.What, b.What) })
	if len(out) == 0 {
		out = []evidence.QACheck{{What: "a past year against the claims about it (headroom reconcile)", Result: "the case has no outturns"}}
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

func (a *app) importCmd() *cobra.Command {
	var into string
	cmd := a.command("import FILE", "Restore a case from a bundle",
		`Restores the case of a bundle that export --ro-crate has written into a folder that is new or empty, the run in its folder
run. Every file must have the hash of the bundle's description and the log of claims must hold; else nothing is written.`,
		"  headroom import case.zip --into mycase", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runImport(args[0], into) })
	cmd.Flags().StringVar(&into, "into", "", "folder, new or empty (required)")
	_ = cmd.MarkFlagRequired("into")
	_ = cmd.MarkFlagDirname("into")
	return cmd
}

// maxBundle is the size of a bundle that is read.
const maxBundle = 256 << 20

func (a *app) runImport(file, into string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	place := headroom.Place{File: filepath.Base(file)}
	if info.Size() > maxBundle {
		return headroom.Errorf(evidence.CodeBrokenBundle, place, "", "the file is larger than %d MB", maxBundle>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if entries, err := os.ReadDir(into); err == nil && len(entries) > 0 {
		return headroom.Errorf(headroom.CodeNotEmpty, headroom.Place{File: into}, "name a folder that is empty or not there", "the folder is not empty")
	}
	b, err := evidence.ReadCrate(filepath.Base(file), data)
	if err != nil {
		return err
	}
	head, err := bundledLog(b)
	if err != nil {
		return err
	}
	if err := restore(b, into); err != nil {
		return err
	}
	if a.json {
		a.writeJSON("import", object{{"folder", into}, {"files", len(b.Case) + len(b.Run)}, {"entries", head.Entries}, {"head", head.Hash}})
		return nil
	}
	if !a.quiet {
		a.printf("%d files in %s; the log has %s, head %s\n", len(b.Case)+len(b.Run), into, counted(head.Entries, "entry", "entries"), head.Hash)
	}
	return nil
}

// bundledLog is the head of the log in a bundle, which must hold and be the one that the description has.
func bundledLog(b *evidence.Bundle) (evidence.Head, error) {
	var log, head []byte
	for _, f := range b.Case {
		switch f.Name {
		case evidence.LogFile:
			log = bytes.Clone(f.Data)
		case evidence.HeadFile:
			head = bytes.Clone(f.Data)
		}
	}
	l, broken := evidence.ReadLog(log, head)
	if broken != nil {
		return evidence.Head{}, headroom.Errorf(evidence.CodeBrokenLog, headroom.Place{File: evidence.LogFile, Row: broken.Entry}, "get the bundle again from where it came", "%s", broken.Why)
	}
	if l.Head().Hash != b.Head.Hash {
		return evidence.Head{}, headroom.Errorf(evidence.CodeBrokenBundle, headroom.Place{File: evidence.LogFile}, "get the bundle again from where it came", "the description names another head of the log")
	}
	return l.Head(), nil
}

// restore writes the files of a bundle into a folder beside the one that is wanted, and then gives it that name.
func restore(b *evidence.Bundle, into string) error {
	parent := filepath.Dir(filepath.Clean(into))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(parent, ".headroom-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }() // it is gone where all went well
	for sub, files := range map[string][]evidence.BundleFile{"": b.Case, "run": b.Run} {
		if len(files) == 0 {
			continue
		}
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, sub, f.Name), f.Data, 0o644); err != nil {
				return err
			}
		}
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	_ = os.Remove(into) // an empty folder
	return os.Rename(dir, into)
}
