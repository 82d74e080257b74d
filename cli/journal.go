package cli

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"headroom"
	"headroom/claimlog"
	"headroom/internal/files"
	"headroom/table"
)

// The log of the claims is a journal: an entry is made when it is in claims.log and on the disk. The tables of the claims and
// sources follow, and claims.head comes last. Where a program was stopped in between, the log goes on beyond its head, and
// whoever opens the ledger for writing next lets the tables and the head follow first.

// followError is an entry that was made and that the tables could not follow.
type followError struct{ error }

// Unwrap is why they could not.
func (e *followError) Unwrap() error { return e.error }

// enterFiles writes a log that has grown, then the tables, then the head. All of it is on the disk before the first of them takes its
// place, so that a full disk changes nothing. With a *followError the entries are made all the same.
func (a *app) enterFiles(dir string, l *claimlog.Log, tables []files.File) error {
	if err := a.ctx.Err(); err != nil {
		return err // who has stopped the program wants nothing entered
	}
	log, head := l.Files()
	list := append([]files.File{{Name: claimlog.LogFile, Data: log}}, tables...)
	done, err := files.InOrder(dir, append(list, files.File{Name: claimlog.HeadFile, Data: head}))
	if err != nil && done > 0 {
		return &followError{err}
	}
	return err
}

// How long a command waits for another one that adds to the same ledger. A lock whose owner is dead is free, so that who waits
// waits for work that is being done.
const (
	writerPatience = 30 * time.Second
	readerPatience = 5 * time.Second
)

// lockLedger takes the ledger of a case for writing, and returns what gives it back.
func lockLedger(ctx context.Context, dir string, patience time.Duration) (func(), error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done, err := table.Lock(ctx, dir)
	if err != nil {
		if _, bad := readLedger(dir); bad != nil {
			return nil, bad // says better what is wrong with the folder
		}
	}
	return done, err
}

// openLedger takes the evidence of a case for writing, lets the tables follow the log, reads it, and returns what gives it back.
func (a *app) openLedger(ctx context.Context, dir string) (*claimLedger, func(), error) {
	done, err := lockLedger(ctx, dir, writerPatience)
	if err != nil {
		return nil, nil, err
	}
	g, err := readSound(dir)
	if err == nil {
		var said []string
		if g, said, err = g.follow(); err == nil {
			for _, s := range said {
				a.note("headroom: %s", s)
			}
			return g, done, nil
		}
	}
	done()
	return nil, nil, err
}

// readSettled reads the evidence of a case when nobody is writing it: what looks unfinished is looked at again then.
func readSettled(ctx context.Context, dir string) (*claimLedger, error) {
	g, err := readLedger(dir)
	if err != nil {
		return nil, err
	}
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken == nil && !slices.ContainsFunc(l.Compare(g.ledger()), func(d claimlog.Difference) bool { return d.Changed }) {
		return g, nil
	}
	if _, err := os.Stat(filepath.Join(dir, ".claims.lock")); err != nil {
		return g, nil
	}
	if done, err := lockLedger(ctx, dir, readerPatience); err == nil {
		defer done()
		return readLedger(dir)
	}
	return g, nil
}

// follow lets the tables and the head follow a log that goes on beyond its head. It says what it did. The ledger must be locked.
func (g *claimLedger) follow() (*claimLedger, []string, error) {
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken == nil || !broken.Ahead {
		return g, nil, nil
	}
	beyond := l.Beyond(g.head)
	tables, said, err := g.missing(beyond)
	if err != nil {
		return nil, nil, err
	}
	_, head := l.Files()
	if _, err := files.InOrder(g.dir, append(tables, files.File{Name: claimlog.HeadFile, Data: head})); err != nil {
		return nil, nil, err
	}
	first, last := beyond[0].Seq, beyond[len(beyond)-1].Seq
	entries := fmt.Sprintf("entries %d to %d of %s", first, last, claimlog.LogFile)
	if first == last {
		entries = fmt.Sprintf("entry %d of %s", first, claimlog.LogFile)
	}
	said = append([]string{entries + " was finished: a program was stopped while it was made; " + claimlog.HeadFile + " counts it now"}, said...)
	if first != last {
		said[0] = entries + " were finished: a program was stopped while they were made; " + claimlog.HeadFile + " counts them now"
	}
	g, err = readSound(g.dir)
	return g, said, err
}

// missing are the tables with the claims and sources of entries that are not in them yet.
func (g *claimLedger) missing(entries []claimlog.Entry) ([]files.File, []string, error) {
	var claims, sources []map[string]string
	there := map[string]bool{}
	for _, c := range g.c.Claims {
		there["claim/"+c.ID] = true
	}
	for _, s := range g.c.Sources {
		there["source/"+s.ID] = true
	}
	for _, e := range entries {
		if id := "source/" + e.Source["source_id"]; len(e.Source) > 0 && !there[id] {
			there[id] = true
			sources = append(sources, plainRow("source", e.Source))
		}
		if id := "claim/" + e.Claim["claim_id"]; len(e.Claim) > 0 && !there[id] {
			there[id] = true
			claims = append(claims, plainRow("claim", e.Claim))
		}
	}
	var list []files.File
	var said []string
	for _, t := range []struct {
		name string
		rows []map[string]string
	}{{"source", sources}, {"claim", claims}} {
		if len(t.rows) == 0 {
			continue
		}
		file := table.Lookup(t.name).File()
		old, err := readIfThere(filepath.Join(g.dir, file))
		if err != nil {
			return nil, nil, err
		}
		data, _ := table.AppendRows(table.Lookup(t.name), old, t.rows)
		list = append(list, files.File{Name: file, Data: data})
		said = append(said, fmt.Sprintf("%s got %s from the log", file, counted(len(t.rows), "row", "rows")))
	}
	return list, said, nil
}

// plainRow is a logged row as it is written: what is the default of its column is left empty.
func plainRow(name string, cells claimlog.Cells) map[string]string {
	row := map[string]string(maps.Clone(cells))
	for _, c := range table.Lookup(name).Columns {
		if row[c.Name] == c.Default {
			delete(row, c.Name)
		}
	}
	return row
}

// logFindings are what is wrong with the log of a case, for who checks the whole case. A claim that is not logged is no fault.
func logFindings(ctx context.Context, dir string) []headroom.Finding {
	g, err := readSettled(ctx, dir)
	if err != nil || g.log == nil && g.head == nil {
		return nil // what is wrong with the folder is told by who reads it
	}
	l, broken := claimlog.ReadLog(g.log, g.head)
	if broken != nil {
		f := g.brokenLog(broken)
		if f.Code == headroom.CodeLogAhead {
			f.Severity = headroom.SeverityWarning
		}
		return []headroom.Finding{f}
	}
	if len(g.errors()) > 0 {
		return nil
	}
	found := g.differences(slices.DeleteFunc(l.Compare(g.ledger()), func(d claimlog.Difference) bool { return !d.Changed }))
	for i := range found {
		found[i].Severity = headroom.SeverityWarning
	}
	return found
}
