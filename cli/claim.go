package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/claimlog"
	"headroom/table"
)

// claimCmd has the commands that read and add to the ledger of a case.
func (a *app) claimCmd() *cobra.Command {
	cmd := a.command("claim COMMAND", "Read the claims of a case, and enter new ones",
		`A claim is one sourced statement. It is never changed: a newer one supersedes, retracts or contradicts it, and what is
entered goes into claim.csv and into an append-only log beside it.`,
		"  headroom claim list cases/uk-2035 --subject Sunderland", cobra.NoArgs,
		func(context.Context, []string) error { return usagef("no claim command given") })
	cmd.AddCommand(a.claimListCmd(), a.claimShowCmd(), a.claimAddCmd(), a.claimImportCmd(), a.claimSupersedeCmd(), a.claimRetractCmd(), a.claimSealCmd())
	return cmd
}

// claimSub makes a command below claim; its JSON is called claim-NAME.
func (a *app) claimSub(use, short, long, example string, args cobra.PositionalArgs, run func(ctx context.Context, args []string) error) *cobra.Command {
	return a.command(use, short, long, example, args, func(ctx context.Context, args []string) error {
		a.name = "claim-" + a.name
		return run(ctx, args)
	})
}

// claimFilter picks claims of a list.
type claimFilter struct{ subject, status, source, asOf string }

// has reports whether a claim is picked.
func (f claimFilter) has(c headroom.Claim) bool {
	text := strings.ToLower(c.ID + " " + c.Subject + " " + c.Quantity)
	return (f.status == "" || c.Status == f.status) && (f.source == "" || c.Source == f.source) && strings.Contains(text, strings.ToLower(f.subject))
}

func (a *app) claimListCmd() *cobra.Command {
	var f claimFilter
	cmd := a.claimSub("list DIR", "List the claims of a case",
		"Lists the claims in the order of their keys, with what became of them.",
		"  headroom claim list cases/uk-2035 --status official --subject output", cobra.ExactArgs(1),
		func(_ context.Context, args []string) error { return a.runClaimList(args[0], f) })
	cmd.Flags().StringVar(&f.subject, "subject", "", "only claims with this text in their key, subject or quantity")
	cmd.Flags().StringVar(&f.status, "status", "", "only claims of this status")
	cmd.Flags().StringVar(&f.source, "source", "", "only claims of this source")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "only what was known on this day, as in 2026-01-31")
	complete(cmd, "status", firmness...)
	return cmd
}

func (a *app) runClaimList(dir string, f claimFilter) error {
	if f.status != "" && !slices.Contains(firmness, f.status) {
		return usagef("--status %q: there are %s", f.status, strings.Join(firmness, ", "))
	}
	g, err := readSound(dir)
	if err != nil {
		return err
	}
	if err := a.forget(g, f.asOf); err != nil {
		return err
	}
	after := g.aftermath()
	var list []object
	var rows [][]any
	for _, c := range g.c.Claims {
		if f.has(c) {
			list = append(list, slices.Concat(g.claimObject(c), after[c.ID].object()))
			rows = append(rows, []any{c.ID, c.Subject, c.Quantity, saidValue(c), c.Period, c.Status, after[c.ID].word()})
		}
	}
	if a.json {
		a.writeJSON(a.name, object{{"claims", list}})
		return nil
	}
	a.printTable([]string{"claim", "subject", "quantity", "value", "period", "status", ""}, rows)
	return nil
}

// saidValue is the figure of a claim with its unit: its value, or its range where it has none; "" for a claim without a figure.
func saidValue(c headroom.Claim) string {
	v := c.Value
	switch {
	case v != "":
	case c.Low != "" && c.High != "":
		v = c.Low + " to " + c.High
	case c.Low != "":
		v = "at least " + c.Low
	case c.High != "":
		v = "at most " + c.High
	}
	return strings.TrimSpace(v + " " + c.Unit)
}

// forget drops the claims that were not known on a day, and those of which no day is named; "" is every day.
func (a *app) forget(g *claimLedger, asOf string) error {
	if asOf == "" {
		return nil
	}
	o, err := a.loadOptions(choosing{asOf: asOf})
	if err != nil {
		return err
	}
	if o.AsOf > o.Today {
		return headroom.Errorf(headroom.CodeFutureAsOf, headroom.Place{}, "choose a day that has come", "the claims are asked for as of %s, and today is %s", o.AsOf, o.Today)
	}
	a.asOf = o.AsOf
	g.c.Claims = slices.DeleteFunc(g.c.Claims, func(c headroom.Claim) bool { return c.AsOf == 0 || c.AsOf > o.AsOf })
	return nil
}

func (a *app) claimShowCmd() *cobra.Command {
	return a.claimSub("show DIR CLAIM", "Show a claim with its source, its log entry and what rests on it",
		"Shows all that is known of one claim.",
		"  headroom claim show cases/uk-2035 PROD-2025-CAR", cobra.ExactArgs(2),
		func(_ context.Context, args []string) error { return a.runClaimShow(args[0], args[1]) })
}

func (a *app) runClaimShow(dir, id string) error {
	g, err := readSound(dir)
	if err != nil {
		return err
	}
	c, err := g.claim(id)
	if err != nil {
		return err
	}
	var figures []string
	for _, b := range g.c.Bindings {
		if slices.Contains(b.Claims, id) {
			figures = append(figures, headroom.Ref{Table: b.Table, Key: b.RowKey, Column: b.Column}.String())
		}
	}
	l, _ := claimlog.ReadLog(g.log, g.head) // headroom verify says where it is broken
	e, after, source := l.Claim(id), g.aftermath()[id], cellsObject("source", g.source(c.Source))
	if a.json {
		var entry any
		if e != nil {
			entry = object{{"entry", e.Seq}, {"at", e.At}, {"by", e.By}, {"action", string(e.Action)}, {"hash", e.Hash}}
		}
		a.writeJSON(a.name, slices.Concat(g.claimObject(*c), after.object(), object{{"source", source}, {"log", entry}, {"figures", figures}}))
		return nil
	}
	var rows [][]any
	for _, m := range g.claimObject(*c) {
		rows = append(rows, []any{m.name, m.value})
	}
	for _, m := range source[min(1, len(source)):] {
		rows = append(rows, []any{"source " + m.name, m.value})
	}
	for _, m := range after.object() {
		rows = append(rows, []any{strings.ReplaceAll(m.name, "_", " "), strings.Join(m.value.([]string), " ")})
	}
	logged := "not logged"
	if e != nil {
		logged = fmt.Sprintf("entry %d, %s, %s, by %s", e.Seq, e.Action, e.At, e.By)
	}
	a.printTable([]string{"", ""}, append(rows, []any{"log", logged}, []any{"figures", strings.Join(figures, " ")}))
	return nil
}

// claim is the claim of a key, or an error that says there is none.
func (g *claimLedger) claim(id string) (*headroom.Claim, error) {
	for i := range g.c.Claims {
		if g.c.Claims[i].ID == id {
			return &g.c.Claims[i], nil
		}
	}
	return nil, headroom.Errorf(headroom.CodeDanglingKey, headroom.Place{File: "claim.csv"}, "headroom claim list "+g.dir+" lists them", "there is no claim %q", id)
}

// source is the source of a key, empty where there is none.
func (g *claimLedger) source(id string) headroom.Source {
	for _, s := range g.c.Sources {
		if s.ID == id {
			return s
		}
	}
	return headroom.Source{}
}

// outcome is what later claims made of a claim.
type outcome struct{ superseded, retracted, contradicted []string }

// aftermath is what became of each claim.
func (g *claimLedger) aftermath() map[string]outcome {
	out := map[string]outcome{}
	for _, c := range g.c.Claims {
		for _, id := range c.Supersedes {
			o := out[id]
			o.superseded = append(o.superseded, c.ID)
			out[id] = o
		}
		for _, id := range c.Retracts {
			o := out[id]
			o.retracted = append(o.retracted, c.ID)
			out[id] = o
		}
		for _, id := range c.Contradicts {
			o := out[id]
			o.contradicted = append(o.contradicted, c.ID)
			out[id] = o
		}
	}
	return out
}

// object is the outcome as members of a document.
func (o outcome) object() object {
	return object{{"superseded_by", o.superseded}, {"retracted_by", o.retracted}, {"contradicted_by", o.contradicted}}
}

// word is the outcome in a table.
func (o outcome) word() string {
	switch {
	case len(o.retracted) > 0:
		return "retracted by " + o.retracted[0]
	case len(o.superseded) > 0:
		return "superseded by " + o.superseded[0]
	case len(o.contradicted) > 0:
		return "contradicted by " + o.contradicted[0]
	}
	return ""
}

// claimObject is a claim as JSON: its key, its content id and the cells that are not empty.
func (g *claimLedger) claimObject(c headroom.Claim) object {
	cells := cellsObject("claim", c)
	return slices.Concat(cells[:1], object{{"content", claimlog.ContentID(c, g.source(c.Source))}}, cells[1:])
}

// cellsObject has the cells of a row that are not empty, in the order of the schema: its key first.
func cellsObject(name string, row any) object {
	cells := claimlog.CellsOf(row)
	o := object{}
	for _, c := range table.Lookup(name).Columns {
		if s := cells[c.Name]; s != "" {
			o = append(o, member{c.Name, s})
		}
	}
	return o
}
