package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"headroom/claimlog"
	"headroom/internal/files"
)

// ledgerCmd has the commands about the files of a ledger.
func (a *app) ledgerCmd() *cobra.Command {
	cmd := a.command("ledger COMMAND", "Mend the files of the ledger of a case after a crash",
		`The ledger of a case is its log of claims, the head of the log, and the tables of the claims and their sources. The log is
written first; tables and head follow it.`,
		"  headroom ledger repair mycase", cobra.NoArgs,
		func(context.Context, []string) error { return usagef("no ledger command given") })
	cmd.AddCommand(a.ledgerRepairCmd())
	return cmd
}

func (a *app) ledgerRepairCmd() *cobra.Command {
	return a.command("repair DIR", "Finish what a program that was stopped has left undone, and say what was done",
		`Lets the tables and the head follow a log that goes on beyond them, makes a head that is missing again where the log is
whole and the tables agree with it, takes off a last line that was cut short and was never counted, and removes temporary
files whose owners are gone. It says each thing that it does. What somebody edited, deleted or cut off it does not touch:
that is said, with what to do, and the exit status is 1.`,
		"  headroom ledger repair mycase", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error {
			a.name = "ledger-repair"
			return a.runLedgerRepair(ctx, args[0])
		})
}

func (a *app) runLedgerRepair(ctx context.Context, dir string) error {
	done, err := lockLedger(ctx, dir, writerPatience)
	if err != nil {
		return err
	}
	defer done()
	swept, err := files.Tidy(dir)
	if err != nil {
		return err
	}
	g, err := readSound(dir)
	if err != nil {
		return err
	}
	var said []string
	if swept > 0 {
		said = append(said, counted(swept, "temporary file was", "temporary files were")+" removed, whose owners are gone")
	}
	g, more, err := g.mend()
	if err != nil {
		return err
	}
	said = append(said, more...)
	v, found := g.verify("")
	unlogged := len(v.Differences) > 0 && !slices.ContainsFunc(v.Differences, func(d claimlog.Difference) bool { return d.Changed })
	ok := v.OK || unlogged
	if a.json {
		a.writeJSON(a.name, object{{"ok", ok}, {"done", said}, {"entries", v.Head.Entries}, {"head", v.Head.Hash}, {"findings", found}})
	} else {
		for _, s := range said {
			a.printf("%s\n", clean(s))
		}
		if len(said) == 0 && ok {
			a.printf("There is nothing to mend.\n")
		}
		a.printVerification(v, found)
	}
	if !ok {
		return statusError(exitInput)
	}
	return nil
}

// mend does what can be done for a log without judging between what two files say, and says what it did.
func (g *claimLedger) mend() (*claimLedger, []string, error) {
	var said []string
	if cut := g.cutShort(); cut > 0 {
		whole := g.log[:len(g.log)-cut]
		if _, err := files.InOrder(g.dir, []files.File{{Name: claimlog.LogFile, Data: whole}}); err != nil {
			return nil, nil, err
		}
		said = append(said, fmt.Sprintf("the last line of %s was cut short after %d bytes and was taken off: it was never counted by %s", claimlog.LogFile, cut, claimlog.HeadFile))
		g.log = whole
	}
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken != nil && !broken.Ahead && g.head == nil && g.wholeWithout(l) {
		_, head := l.Files()
		if _, err := files.InOrder(g.dir, []files.File{{Name: claimlog.HeadFile, Data: head}}); err != nil {
			return nil, nil, err
		}
		said = append(said, fmt.Sprintf("%s was missing and was made again from the %s of %s: compare its hash with one that was noted elsewhere", claimlog.HeadFile, counted(l.Head().Entries, "entry", "entries"), claimlog.LogFile))
		g.head = head
	}
	g, more, err := g.follow()
	return g, append(said, more...), err
}

// wholeWithout reports whether a log without a head is whole in itself and the tables agree with it.
func (g *claimLedger) wholeWithout(l *claimlog.Log) bool {
	text, head := l.Files()
	if _, broken := claimlog.ReadLog(g.log, head); broken != nil || !bytes.Equal(text, g.log) {
		return false
	}
	return !slices.ContainsFunc(l.Compare(g.ledger()), func(d claimlog.Difference) bool { return d.Changed })
}

// cutShort is the length of a last line of the log that was cut short, where everything before it is what the head counts, or more.
func (g *claimLedger) cutShort() int {
	at := bytes.LastIndexByte(g.log, '\n') + 1
	cut := len(g.log) - at
	if cut == 0 || g.head == nil {
		return 0
	}
	if _, broken := claimlog.ReadLog(g.log[:at], g.head); broken != nil && !broken.Ahead {
		return 0
	}
	return cut
}

// noteLog tells who plans a case that its log is broken.
func (a *app) noteLog(dir string) {
	log, err := readIfThere(filepath.Join(dir, claimlog.LogFile))
	head, err2 := readIfThere(filepath.Join(dir, claimlog.HeadFile))
	if err != nil || err2 != nil {
		return // headroom check says more
	}
	if _, broken := claimlog.ReadLog(log, head); broken != nil && !broken.Ahead {
		a.note("headroom: the log of the claims does not hold; headroom check %s says where", dir)
	}
}
