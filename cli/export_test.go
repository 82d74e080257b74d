package cli

import "headroom"

// BriefOfRun is the brief of a saved run, for tests.
func BriefOfRun(dir string) (*headroom.Brief, error) {
	r, err := readRun(dir, hintRun)
	if err != nil {
		return nil, err
	}
	return r.brief()
}
