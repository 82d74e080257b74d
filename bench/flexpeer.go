package bench

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"headroom/flex"
)

//go:embed flexpeers/lemon.cpp flexpeers/cuts.py
var flexPeers embed.FS

// flexPeer is a program that finds the flows of a file.
type flexPeer struct {
	name  string
	args  []string // before the file, which stands where FILE does; LOOPS are the loops
	loops int      // enough to be timed
}

// run returns the seconds for a million scenarios, the sum over flows, and what else is told.
func (p *flexPeer) run(ctx context.Context, file string, loops, scenarios int) (float64, string, string, error) {
	args := make([]string, len(p.args))
	for i, a := range p.args {
		args[i] = strings.NewReplacer("FILE", file, "LOOPS", strconv.Itoa(loops)).Replace(a)
	}
	out, err := exec.CommandContext(ctx, args[0], args[1:]...).Output()
	if err != nil {
		return 0, "", "", fmt.Errorf("%s: %w", p.name, err)
	}
	words := strings.SplitN(strings.TrimSpace(string(out)), " ", 3)
	if len(words) < 2 {
		return 0, "", "", fmt.Errorf("%s says %q", p.name, out)
	}
	seconds, err := strconv.ParseFloat(words[0], 64)
	more := ""
	if len(words) > 2 {
		more = words[2]
	}
	return seconds / float64(loops) / float64(scenarios) * 1e6, words[1], more, err
}

// vector builds this program with vector instructions, or says why there is none.
func (r *Runner) vector(ctx context.Context) string {
	if flex.Vector() != "none" {
		return "" // this one has them
	}
	name := filepath.Join(r.Dir, "peers-vector")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", name, "./bench/peers")
	cmd.Env = append(os.Environ(), "GOEXPERIMENT=simd", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		r.say("no vector code: go build with GOEXPERIMENT=simd: %v: %s", err, firstLine(out))
		return ""
	}
	return name
}

// lemon compiles the peer, or says what is missing.
func (r *Runner) lemon(ctx context.Context) []flexPeer {
	source, name := filepath.Join(r.Dir, "lemon.cpp"), filepath.Join(r.Dir, "lemon")
	text, err := flexPeers.ReadFile("flexpeers/lemon.cpp")
	if err == nil {
		err = os.WriteFile(source, text, 0o644)
	}
	if err != nil {
		r.say("no LEMON: %v", err)
		return nil
	}
	out, err := exec.CommandContext(ctx, "g++", "-O3", "-march=native", "-w", "-o", name, source).CombinedOutput()
	if err != nil {
		r.say("no LEMON beside ours: g++ and Debian's liblemon-dev are needed: %v: %s", err, firstLine(out))
		return nil
	}
	var peers []flexPeer
	for _, x := range []string{"edmonds-karp", "simplex", "preflow"} {
		peers = append(peers, flexPeer{"LEMON " + x, []string{name, "FILE", x, "LOOPS"}, 2})
	}
	return peers
}

// numpy finds a Python that has numpy, or says that there is none.
func (r *Runner) numpy(ctx context.Context) string {
	text, err := flexPeers.ReadFile("flexpeers/cuts.py")
	if err == nil {
		err = os.WriteFile(filepath.Join(r.Dir, "cuts.py"), text, 0o644)
	}
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if err == nil && exec.CommandContext(ctx, python, "-c", "import numpy").Run() == nil {
			return python
		}
	}
	r.say("no numpy beside ours: python3 with numpy is needed")
	return ""
}

// firstLine is the first line of a program's output.
func firstLine(out []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}
