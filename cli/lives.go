package cli

import (
	"encoding/json"
	"errors"
	"io/fs"

	"github.com/spf13/cobra"

	"headroom"
	"headroom/report"
)

// Kinds of saved runs that a report can show.
const (
	kindSimulate = "simulate"
	kindStress   = "stress"
	kindFlex     = "flex"
)

// savedLives is what is read of the run.json of a simulation, a stress test or an answer about links.
type savedLives struct {
	Kind   string `json:"kind"`
	Result struct {
		Case struct {
			Hash string `json:"hash"`
		} `json:"case"`
		Proof  headroom.Proof `json:"proof"`
		Years  int            `json:"years"`
		Paths  int            `json:"paths"`
		Weeks  float64        `json:"weeks"`
		Tables struct {
			Series  []headroom.SimRow    `json:"series"`
			Targets []headroom.SimTarget `json:"targets"`
			ByYear  []headroom.SimTarget `json:"target_by_period"`
			Stress  []headroom.StressRow `json:"stress"`
			savedLinks
		} `json:"tables"`
		Period    string        `json:"period"`
		GainUnit  string        `json:"gain_unit"`
		Scenarios int           `json:"scenarios"`
		Sales     savedEstimate `json:"sales"`
		Full      savedEstimate `json:"full"`
	} `json:"result"`
}

// readLives reads a saved run of a kind and refuses one of another case.
func readLives(dir, kind string, c *headroom.Case) (*savedLives, error) {
	file, text, err := openRun(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("%s has no %s: headroom %s --out makes one", dir, runFile, map[string]string{kindSimulate: "simulate", kindStress: "outage --stress", kindFlex: "flex"}[kind])
	}
	if err != nil {
		return nil, err
	}
	var s savedLives
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, headroom.Errorf(headroom.CodeUnreadableFile, headroom.Place{File: file}, "save the run again", "this is not a saved run: %v", err)
	}
	switch {
	case s.Kind != kind:
		return nil, usagef("%s is a saved run of %q, not of %q", dir, s.Kind, kind)
	case s.Result.Case.Hash != c.Hash:
		return nil, usagef("%s is of another case, scenario or choice of deals, or the case has changed since; save it again", dir)
	}
	return &s, nil
}

// simulation is what a report shows of a saved simulation.
func (s *savedLives) simulation() *headroom.Simulation {
	return &headroom.Simulation{Years: s.Result.Years, Paths: s.Result.Paths, Weeks: int(s.Result.Weeks), Series: s.Result.Tables.Series, Targets: s.Result.Tables.Targets, ByYear: s.Result.Tables.ByYear}
}

// livesFlags are the saved runs that a report shows besides the plan.
type livesFlags struct{ simulation, stress, flex string }

// add reads the saved runs into the options of a report.
func (f livesFlags) add(o *report.Options, c *headroom.Case) error {
	if f.simulation != "" {
		s, err := readLives(f.simulation, kindSimulate, c)
		if err != nil {
			return err
		}
		o.Simulation, o.SimulationProof = s.simulation(), s.Result.Proof
	}
	if f.stress != "" {
		s, err := readLives(f.stress, kindStress, c)
		if err != nil {
			return err
		}
		o.Stress, o.StressWeeks, o.StressProof = s.Result.Tables.Stress, s.Result.Weeks, s.Result.Proof
	}
	if f.flex != "" {
		s, err := readLives(f.flex, kindFlex, c)
		if err != nil {
			return err
		}
		o.Links = s.links()
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
