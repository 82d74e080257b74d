package cli

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/claimlog"
	"headroom/internal/files"
	"headroom/table"
)

// hashForm is the form of a hash of the log.
var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (a *app) verifyCmd() *cobra.Command {
	var noted string
	cmd := a.command("verify DIR", "Check the log of the claims of a case against its tables and its head",
		`Walks the hash chain of claims.log, and compares its end with claims.head and what it adds up to with claim.csv, source.csv
and binding.csv. The exit status is 1 where an entry was edited, deleted, moved, repeated or cut off, or where a table says
something else than the log; the first such place is named.

The log shows tampering; it does not prevent it. Who can write all files can write a new log with a new head: note the head
elsewhere (every export prints it) and give it with --head.`,
		"  headroom verify cases/uk-2035 --json", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runVerify(ctx, args[0], noted) })
	cmd.Flags().StringVar(&noted, "head", "", "a head that was noted elsewhere, which the log must contain")
	return cmd
}

func (a *app) runVerify(ctx context.Context, dir, noted string) error {
	if noted != "" && !hashForm.MatchString(noted) {
		return usagef("--head %q: it is the 64 hexadecimal digits that headroom verify prints", noted)
	}
	g, err := readSettled(ctx, dir)
	if err != nil {
		return err
	}
	v, found := g.verify(noted)
	if a.json {
		var broken any
		if v.Broken != nil {
			broken = object{{"entry", v.Broken.Entry}, {"why", v.Broken.Why}}
		}
		a.writeJSON("verify", object{
			{"ok", v.OK},
			{"entries", v.Head.Entries},
			{"head", v.Head.Hash},
			{"claims", len(g.c.Claims)},
			{"broken", broken},
			{"findings", found},
		})
	} else {
		a.printVerification(v, found)
	}
	if !v.OK {
		return statusError(exitInput)
	}
	return nil
}

// printVerification is the result for people.
func (a *app) printVerification(v claimlog.Verification, found []headroom.Finding) {
	verdict := "The log holds"
	if !v.OK {
		verdict = "The log does NOT hold"
	}
	a.printf("%s: %s, head %s\n", verdict, counted(v.Head.Entries, "entry", "entries"), v.Head.Hash)
	if v.Broken != nil {
		a.printf("\n%s\n", clean(v.Broken.Error()))
	}
	if len(found) > 0 {
		a.printf("\n")
		a.printFindings(found)
	}
}

// claimLedger is what there is to know of the evidence of a case: its tables, and the files of its log.
type claimLedger struct {
	dir       string
	c         *headroom.Case
	found     []headroom.Finding
	log, head []byte // nil where there is no file
}

// readLedger reads the evidence of a case.
func readLedger(dir string) (*claimLedger, error) {
	g := &claimLedger{dir: dir}
	var err error
	if g.c, g.found, err = table.LoadLedger(dir); err != nil {
		return nil, err
	}
	if g.log, err = readIfThere(filepath.Join(dir, claimlog.LogFile)); err != nil {
		return nil, err
	}
	g.head, err = readIfThere(filepath.Join(dir, claimlog.HeadFile))
	return g, err
}

// readSound reads the evidence of a case and refuses it where its tables have errors.
func readSound(dir string) (*claimLedger, error) {
	g, err := readLedger(dir)
	if err != nil {
		return nil, err
	}
	if bad := g.errors(); len(bad) > 0 {
		return nil, &headroom.Error{Findings: bad}
	}
	return g, nil
}

// readIfThere reads a file; nil stands for one that is not there.
func readIfThere(file string) ([]byte, error) {
	data, err := files.Read(file, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && data == nil:
		return []byte{}, nil
	}
	return data, err
}

// ledger is the part of the case that the log records.
func (g *claimLedger) ledger() claimlog.Ledger {
	return claimlog.Ledger{Claims: g.c.Claims, Sources: g.c.Sources, Bindings: g.c.Bindings}
}

// errors are the findings because of which the tables cannot be relied on.
func (g *claimLedger) errors() []headroom.Finding {
	return ofSeverity(g.found, headroom.SeverityError)
}

// verify compares the log of the case with its head, its tables and a head noted elsewhere.
func (g *claimLedger) verify(noted string) (claimlog.Verification, []headroom.Finding) {
	v := claimlog.Verify(g.log, g.head, g.ledger(), noted)
	found := g.differences(v.Differences)
	if v.Broken != nil && len(v.Differences) == 0 {
		found = append(found, g.brokenLog(v.Broken))
	}
	if bad := g.errors(); len(bad) > 0 { // a table that is damaged, of which some rows may not have been read
		if v.Broken == nil {
			v.Broken = &claimlog.Broken{Why: bad[0].String()}
		}
		found, v.OK = append(bad, found...), false
	}
	return v, found
}

// brokenLog is the finding of a log that is broken.
func (g *claimLedger) brokenLog(b *claimlog.Broken) headroom.Finding {
	f := finding(headroom.CodeBrokenLog, b.Why, "compare with a copy whose head is known")
	f.Place = headroom.Place{File: claimlog.LogFile, Row: b.Entry}
	switch {
	case b.Ahead && g.head != nil:
		f.Code, f.Hint = headroom.CodeLogAhead, "the next claim that is entered finishes it, or headroom ledger repair "+g.dir
	case b.Ahead || g.head == nil:
		f.Hint = "headroom ledger repair " + g.dir + " makes the head again where the log is whole"
	}
	return f
}

// differences are findings with the places of the rows.
func (g *claimLedger) differences(list []claimlog.Difference) []headroom.Finding {
	var out []headroom.Finding
	for _, d := range list {
		hint := "headroom claim seal " + g.dir + " logs it"
		if d.Changed {
			hint = "put it back as it was, and enter the correction as a new claim: headroom claim supersede"
		}
		f := finding(claimlog.CodeBrokenLog, d.Why, hint)
		f.Place = headroom.Place{File: d.Table + ".csv", Row: g.c.Rows[d.Table][d.Key]}
		if d.Table == "binding" {
			f.Row = g.bindingRow(d.Key)
		}
		out = append(out, f)
	}
	return out
}

// bindingRow is the line of the binding of a figure, 0 where there is none.
func (g *claimLedger) bindingRow(ref string) int {
	for _, b := range g.c.Bindings {
		if (headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}).String() == ref {
			return g.c.Rows["binding"][b.Table+":"+b.RowKey+":"+b.Column]
		}
	}
	return 0
}
