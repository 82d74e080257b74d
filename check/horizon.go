package check

import "headroom"

// terminal tells what is left of older terminal rules.
func (k *checker) terminal() {
	c := k.c
	if r := c.TerminalRule; r == headroom.TerminalAnnuity || r == headroom.TerminalSalvage {
		k.add(headroom.SeverityInfo, headroom.CodeFormerTerminalRule, "case", c.ID, "terminal_rule", "write residual",
			"%s is read as residual: what was paid once comes back by its unused share, and nothing is earned after the horizon", r)
	}
	if c.TerminalLife.Set {
		k.add(headroom.SeverityInfo, headroom.CodeUnusedSetting, "case", c.ID, "terminal_life",
			"write the life of tooling in vehicle_line.tooling_life, and that of changes of a plant in plant.change_life",
			"terminal_life does not count any more")
	}
}
