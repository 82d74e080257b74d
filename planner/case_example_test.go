package planner_test

import (
	"headroom"
	"headroom/planner"
)

func init() { planner.CaseExample = func(seed int) *headroom.Case { return cases().Example(seed) } }
