package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/counted"
)

// proofCommands are commands whose answers rest on plans, on a case that takes a solver seconds.
var proofCommands = [][]string{
	{"plan", "../cases/uk-2035"},
	{"target", "../cases/uk-2035"},
	{"simulate", "../cases/uk-2035", "--years", "200"},
	{"outage", "../cases/uk-2035", "solihull"},
	{"outage", "../cases/uk-2035", "--stress"},
	{"compare", "../cases/uk-2035", "../cases/uk-2035@low-demand"},
	{"range", "../cases/uk-2035", "output", "--figures", "1"},
	{"brief", "../cases/uk-2035"},
	{"flex", "../cases/uk-2035"},
	{"plan", "../cases/uk-2035", "--with", "chery-jlr-halewood"},
}

// checkProofs holds a document to what is said of proofs: the word of the document is that of its proof, every proof below it has a
// status, and one that was not tried has nothing else.
func checkProofs(t *testing.T, name string, text []byte) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(text, &doc); err != nil {
		t.Errorf("%s: stdout is not one JSON document: %v", name, err)
		return nil
	}
	top, ok := doc["proof"].(map[string]any)
	if !ok || top["status"] != doc["status"] {
		t.Errorf("%s: status %v, proof %v", name, doc["status"], doc["proof"])
	}
	known := map[any]bool{"verified": true, "limit": true, "disputed": true, "infeasible": true, "interrupted": true, "none": true, "not tried": true}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch x := v.(type) {
		case []any:
			for _, e := range x {
				walk(at, e)
			}
		case map[string]any:
			for k, e := range x {
				if p, is := e.(map[string]any); is && k == "proof" {
					if !known[p["status"]] {
						t.Errorf("%s: %s has a proof of status %v", name, at, p["status"])
					}
					if p["status"] == "not tried" && len(p) != 1 {
						t.Errorf("%s: %s was not tried, and has %v", name, at, p)
					}
					if _, number := p["value"].(float64); !number && (p["status"] == "verified" || p["status"] == "limit") {
						t.Errorf("%s: %s is %v and has no value", name, at, p["status"])
					}
				}
				walk(at+"."+k, e)
			}
		}
	}
	walk("document", doc)
	return doc
}

// runProof runs a command, stops it after a time where that is above zero, and gives its exit status and what it printed.
func runProof(t *testing.T, after time.Duration, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if after > 0 {
		time.AfterFunc(after, cancel)
	}
	w := &world{}
	status := cli.Run(ctx, append(args, "--quiet"), w.streams(false))
	return status, w.out.String()
}

// TestCountedProofs stops commands by their time limit and by an interrupt: every document says how firm it is, every figure of a plan
// that is not verified bears the mark, with a legend, and nothing is told to be impossible that was not tried.
func TestCountedProofs(t *testing.T) {
	t.Parallel()
	r, _ := counted.New(t)
	tried, done := counted.N(2, 4*len(proofCommands)), 0
	for i, k := range r.Perm(4 * len(proofCommands))[:tried] {
		args := proofCommands[k/4]
		name := strings.Join(args, " ")
		limited := append(args[:len(args):len(args)], "--gap", "0", "--time", "1500ms")
		after := time.Duration(0)
		if args[0] == "flex" || k%2 == 0 {
			limited, after = args, time.Duration(200+r.IntN(2500))*time.Millisecond
		}
		if i%2 == 0 {
			status, out := runProof(t, after, append(limited[:len(limited):len(limited)], "--json")...)
			doc := checkProofs(t, name, []byte(out))
			// An interrupt that came when all was done takes nothing from the answer.
			whole := doc["status"] == "verified" && doc["stopped"] == "optimal"
			if after > 0 && status == 130 && !whole && (doc["stopped"] != "interrupt" || doc["status"] == "verified") {
				t.Errorf("%s: interrupted, and told as %v, stopped %v", name, doc["status"], doc["stopped"])
				continue
			}
		} else {
			_, out := runProof(t, after, limited...)
			firm := strings.Contains(out, " *") == strings.Contains(out, "not final")
			if !firm || strings.Contains(out, "cannot be kept") || strings.Contains(out, "LIMIT") && args[0] == "plan" && !strings.Contains(out, " *") {
				t.Errorf("%s, stopped after %v: a figure without its mark, a mark without its legend or a false word in\n%s", name, after, out)
				continue
			}
		}
		done++
	}
	counted.Report(t, "answers cut short", done, tried, "say how firm they are")
}
