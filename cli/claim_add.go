package cli

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/claimlog"
	"headroom/table"
)

// flagOf is the flag of a column of claim.csv.
func flagOf(column string) string {
	switch column {
	case "claim_id":
		return "id"
	case "source_id":
		return "source"
	case "entered_by":
		return "by"
	}
	return strings.ReplaceAll(column, "_", "-")
}

// flagPlace names a cell of a claim by the flag that gave it.
func flagPlace(column string) headroom.Place {
	if column == "" {
		return headroom.Place{}
	}
	return headroom.Place{File: "--" + flagOf(column)}
}

// sourceFlags has the flags that describe a new source, by the columns of source.csv.
var sourceFlags = map[string]string{"kind": "source-kind", "publisher": "publisher", "title": "title", "url": "url", "published_on": "published-on"}

// sourcePlace names a cell of a source by the flag that gave it.
func sourcePlace(column string) headroom.Place {
	if flag, ok := sourceFlags[column]; ok {
		return headroom.Place{File: "--" + flag}
	}
	return headroom.Place{File: "--source"}
}

// claimInput are the flags of a claim that is entered by hand.
type claimInput struct {
	cells  map[string]*string // by column of claim.csv
	source map[string]*string // by column of source.csv
	at     string
	yes    bool
}

// claimFlags adds a flag for each column of a claim but those left out, and those of a new source.
func claimFlags(cmd *cobra.Command, in *claimInput, without ...string) {
	in.cells, in.source = map[string]*string{}, map[string]*string{}
	for _, c := range table.Lookup("claim").Columns {
		if slices.Contains(without, c.Name) {
			continue
		}
		text := strings.ToLower(c.Text[:1]) + c.Text[1:]
		if c.Kind == table.KindEnum {
			text = strings.Join(c.Options, ", ")
		}
		if c.Name == "claim_id" {
			text += " (default made of its content)"
		}
		in.cells[c.Name] = cmd.Flags().String(flagOf(c.Name), "", text)
		if c.Kind == table.KindEnum {
			complete(cmd, flagOf(c.Name), c.Options...)
		}
	}
	for _, c := range table.Lookup("source").Columns {
		if flag, ok := sourceFlags[c.Name]; ok {
			in.source[c.Name] = cmd.Flags().String(flag, "", "of a new source: "+strings.ToLower(c.Text[:1])+c.Text[1:])
		}
	}
	cmd.Flags().Lookup("url").Usage += "; it is recorded, never fetched"
	cmd.Flags().StringVar(&in.at, "at", "", "time of the log entry (default now)")
	yesFlag(cmd, &in.yes)
}

// yesFlag adds the flag that accepts what is like a claim that is there.
func yesFlag(cmd *cobra.Command, yes *bool) {
	cmd.Flags().BoolVar(yes, "yes", false, "enter claims also where others say the same or nearly so")
}

// given are the cells of the flags that were given.
func given(flags map[string]*string) map[string]string {
	cells := map[string]string{}
	for column, s := range flags {
		if *s != "" {
			cells[column] = *s
		}
	}
	return cells
}

// enterInput enters a claim with these cells, and the source that the flags describe, if they do.
func (a *app) enterInput(ctx context.Context, dir string, in *claimInput, cells map[string]string) error {
	stamp, err := a.stamp(stamping{at: in.at, by: cells["entered_by"]})
	if err != nil {
		return err
	}
	cells["entered_by"] = stamp.By
	g, done, err := a.openLedger(ctx, dir)
	if err != nil {
		return err
	}
	defer done()
	e := &entering{g: g, claims: []newRow{{cells, flagPlace}}, stamp: stamp, yes: in.yes}
	if source := given(in.source); len(source) > 0 {
		if cells["source_id"] == "" {
			return usagef("a new source needs a key: --source")
		}
		source["source_id"] = cells["source_id"]
		e.sources = []newRow{{source, sourcePlace}}
	}
	return a.enter(e)
}

func (a *app) claimAddCmd() *cobra.Command {
	in := &claimInput{}
	cmd := a.claimSub("add DIR", "Enter a claim",
		`Enters a claim from flags, or from the answers to prompts where --subject is not given and the input is a terminal. Claims
that say the same, or nearly so, are shown first, and then nothing is entered without --yes.`,
		"  headroom claim add mycase --id nf-capacity --subject north --quantity capacity --value 150000 --unit veh/yr --status reported", cobra.ExactArgs(1),
		func(ctx context.Context, args []string) error {
			cells := given(in.cells)
			if cells["subject"] == "" && a.InTTY && a.In != nil {
				if err := a.prompt(cells); err != nil {
					return err
				}
			}
			return a.enterInput(ctx, args[0], in, cells)
		})
	claimFlags(cmd, in)
	return cmd
}

// prompted are the columns that prompts ask for.
var prompted = []string{"subject", "quantity", "value", "low", "high", "unit", "currency", "price_year", "period", "region", "status", "source_id", "locator", "as_of", "note"}

// prompt asks for the cells that the flags left out. An empty answer leaves a cell empty.
func (a *app) prompt(cells map[string]string) error {
	in := bufio.NewScanner(a.In)
	t := table.Lookup("claim")
	for _, name := range prompted {
		if cells[name] != "" {
			continue
		}
		c := t.Columns[t.Index(name)]
		ask := c.Text
		if c.Kind == table.KindEnum {
			ask += " (" + strings.Join(c.Options, ", ") + ")"
		}
		fmt.Fprintf(a.Err, "%s: ", ask)
		if !in.Scan() {
			return usagef("the input ended before the claim was complete")
		}
		if s := strings.TrimSpace(in.Text()); s != "" {
			cells[name] = s
		}
	}
	return nil
}

func (a *app) claimSupersedeCmd() *cobra.Command {
	in := &claimInput{}
	cmd := a.claimSub("supersede DIR CLAIM", "Enter a claim that replaces another",
		`Enters a new claim that replaces another: what the flags do not say is as in the claim that is replaced. The old claim stays
where it is.`,
		"  headroom claim supersede mycase nf-capacity --value 160000 --as-of 2026-03-01", cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error {
			old, err := a.claimCells(args[0], args[1])
			if err != nil {
				return err
			}
			cells := given(in.cells)
			if len(cells) == 0 && len(given(in.source)) == 0 {
				return usagef("say what is new, as with --value, --source or --review-by")
			}
			cells["supersedes"] = strings.TrimSpace(args[1] + " " + cells["supersedes"])
			for column, s := range old {
				kept := !slices.Contains([]string{"claim_id", "retracts", "contradicts", "entered_by"}, column)
				if kept && cells[column] == "" {
					cells[column] = s
				}
			}
			return a.enterInput(ctx, args[0], in, cells)
		})
	claimFlags(cmd, in)
	return cmd
}

// claimCells are the cells of a claim of a case.
func (a *app) claimCells(dir, id string) (claimlog.Cells, error) {
	g, err := readSound(dir)
	if err != nil {
		return nil, err
	}
	c, err := g.claim(id)
	if err != nil {
		return nil, err
	}
	return claimlog.CellsOf(*c), nil
}

func (a *app) claimRetractCmd() *cobra.Command {
	in := &claimInput{}
	var because string
	cmd := a.claimSub("retract DIR CLAIM", "Take a claim back",
		`Enters a statement that takes a claim back, with the reason. The claim stays where it is.`,
		"  headroom claim retract mycase nf-capacity --because \"the report was withdrawn\"", cobra.ExactArgs(2),
		func(ctx context.Context, args []string) error {
			if because == "" {
				return usagef("say why: --because TEXT")
			}
			old, err := a.claimCells(args[0], args[1])
			if err != nil {
				return err
			}
			cells := given(in.cells)
			cells["kind"], cells["subject"], cells["retracts"], cells["note"] = string(headroom.KindStatement), old["subject"], args[1], because
			for _, column := range []string{"quantity", "status"} {
				if cells[column] == "" && old[column] != "" {
					cells[column] = old[column]
				}
			}
			return a.enterInput(ctx, args[0], in, cells)
		})
	claimFlags(cmd, in, "kind", "subject", "quantity", "value", "low", "high", "unit", "currency", "price_year", "basis", "period", "period_from", "period_to",
		"region", "forecast", "review_by", "supersedes", "retracts", "contradicts", "note")
	cmd.Flags().StringVar(&because, "because", "", "why it is taken back (required)")
	return cmd
}
