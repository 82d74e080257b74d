package cli

import (
	"cmp"
	"context"
	"time"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/claimlog"
)

// stamping are the flags that say when and by whom something is entered.
type stamping struct{ at, by string }

// stampFlags adds the flags of commands that add to the log.
func stampFlags(cmd *cobra.Command, s *stamping) {
	cmd.Flags().StringVar(&s.by, "by", "", "who enters it (default $HEADROOM_USER, else $USER)")
	cmd.Flags().StringVar(&s.at, "at", "", "time of the log entries, as 2026-11-25 or 2026-11-25T09:00:00Z (default now)")
}

// stamp is the stamp that the flags ask for.
func (a *app) stamp(s stamping) (claimlog.Stamp, error) {
	out := claimlog.Stamp{By: cmp.Or(s.by, a.getenv("HEADROOM_USER"), a.getenv("USER"), "unknown"), At: a.now()}
	if s.at == "" {
		return out, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s.at); err == nil {
			out.At = t
			return out, nil
		}
	}
	return out, usagef("--at %q: write it as 2026-11-25 or 2026-11-25T09:00:00Z", s.at)
}

// now is the time.
func (a *app) now() time.Time {
	if a.Now != nil {
		return a.Now()
	}
	return time.Now()
}

// getenv is a variable of the environment.
func (a *app) getenv(name string) string {
	if a.Getenv == nil {
		return ""
	}
	return a.Getenv(name)
}

func (a *app) claimSealCmd() *cobra.Command {
	var s stamping
	cmd := a.claimSub("seal DIR", "Log the claims and bindings that are in the tables and not in the log",
		`Appends to claims.log what was written into claim.csv and binding.csv by hand, and moves claims.head. It refuses where a
claim or source that is logged was changed or taken out: a correction is a new claim. The same tables, log, --at and --by
give the same bytes.`,
		"  headroom claim seal mycase --by ann", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error { return a.runClaimSeal(ctx, args[0], s) })
	stampFlags(cmd, &s)
	return cmd
}

func (a *app) runClaimSeal(ctx context.Context, dir string, s stamping) error {
	stamp, err := a.stamp(s)
	if err != nil {
		return err
	}
	g, done, err := a.openLedger(ctx, dir)
	if err != nil {
		return err
	}
	defer done()
	l, entries, err := g.seal(stamp)
	if err != nil {
		return err
	}
	if err := a.enterFiles(dir, l, nil); err != nil {
		return err
	}
	if a.json {
		a.writeJSON(a.name, object{{"added", len(entries)}, {"entries", l.Head().Entries}, {"head", l.Head().Hash}})
		return nil
	}
	if !a.quiet {
		a.printf("%s added; the log has %s, head %s\n", counted(len(entries), "entry", "entries"), counted(l.Head().Entries, "entry", "entries"), l.Head().Hash)
	}
	return nil
}

// openLog reads the log that is to be added to.
func (g *claimLedger) openLog() (*claimlog.Log, error) {
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken != nil {
		return nil, headroom.Errorf(claimlog.CodeBrokenLog, headroom.Place{File: claimlog.LogFile, Row: broken.Entry},
			"nothing is entered into a log that is broken: headroom ledger repair "+g.dir+" says what can be done", "%s", broken.Why)
	}
	return l, nil
}

// seal appends to the log what the tables have besides it.
func (g *claimLedger) seal(stamp claimlog.Stamp) (*claimlog.Log, []claimlog.Entry, error) {
	l, err := g.openLog()
	if err != nil {
		return nil, nil, err
	}
	entries, bad := l.Seal(g.ledger(), stamp)
	if bad != nil {
		return nil, nil, &headroom.Error{Findings: g.differences(bad)}
	}
	return l, entries, nil
}
