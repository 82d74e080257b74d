package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/document"
	"headroom/report"
)

// Kinds of saved runs that a report can show.
const (
	kindSimulate = "simulate"
	kindStress   = "stress"
	kindFlex     = "flex"
)

// readLives reads a saved run of a kind and refuses one of another case.
func readLives[T any](dir, kind string, c *headroom.Case) (*T, error) {
	file, text, err := openRun(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("%s has no %s: headroom %s --out makes one", dir, runFile, map[string]string{kindSimulate: "simulate", kindStress: "outage --stress", kindFlex: "flex"}[kind])
	}
	if err != nil {
		return nil, err
	}
	var of document.Run[struct {
		Case document.Name `json:"case"`
	}]
	var r document.Run[T]
	if err := cmp.Or(json.Unmarshal(text, &of), json.Unmarshal(text, &r)); err != nil && (of.Kind == kind || of.Kind == "") {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: file}, "save the run again", "this is not a saved run: %v", err)
	}
	switch {
	case of.Kind != kind:
		return nil, usagef("%s is a saved run of %q, not of %q", dir, of.Kind, kind)
	case of.Result.Case.Hash != c.Hash:
		return nil, usagef("%s is of another case, scenario or choice of deals, or the case has changed since; save it again", dir)
	}
	return &r.Result, nil
}

// livesFlags are the saved runs that a report shows besides the plan.
type livesFlags struct{ simulation, stress, flex string }

// add reads the saved runs into the options of a report.
func (f livesFlags) add(o *report.Options, c *headroom.Case) error {
	if f.simulation != "" {
		s, err := readLives[document.SimulationRun](f.simulation, kindSimulate, c)
		if err != nil {
			return err
		}
		o.Simulation, o.SimulationProof = s.Read(), s.Proof
	}
	if f.stress != "" {
		s, err := readLives[document.StressRun](f.stress, kindStress, c)
		if err != nil {
			return err
		}
		o.Stress, o.StressWeeks, o.StressProof = s.Tables.Rows, s.Weeks, s.Proof
	}
	if f.flex != "" {
		s, err := readLives[document.LinksRun](f.flex, kindFlex, c)
		if err != nil {
			return err
		}
		o.Links = linkAnswer(s)
	}
	return nil
}

// livesFlagsOf adds the flags of a report that shows saved runs.
func livesFlagsOf(cmd *cobra.Command, f *livesFlags) {
	cmd.Flags().StringVar(&f.simulation, "simulation", "", "folder of a saved headroom simulate, to be shown as a fan")
	_ = cmd.MarkFlagDirname("simulation")
	cmd.Flags().StringVar(&f.stress, "stress", "", "folder of a saved headroom outage --stress, to be shown as a heat map")
	_ = cmd.MarkFlagDirname("stress")
	cmd.Flags().StringVar(&f.flex, "flex", "", "folder of a saved headroom flex, to be shown as a picture of links with those to add next")
	_ = cmd.MarkFlagDirname("flex")
}

// addLives reads the saved runs that are asked for into the options of a report, for the case as it stands.
func (a *app) addLives(dir string, ch choosing, f livesFlags, o *report.Options) error {
	if f == (livesFlags{}) {
		return nil
	}
	c, _, err := a.load(dir, ch)
	if err != nil || c == nil {
		return err // what is wrong with the case is told by who plans it
	}
	return f.add(o, c)
}
