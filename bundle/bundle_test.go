package bundle

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"headroom"
	"headroom/claimlog"
)

// fiveClaims is a ledger of five claims of five sources, each with a figure that rests on it.
func fiveClaims() claimlog.Ledger {
	var g claimlog.Ledger
	for i := range 5 {
		source, claim := fmt.Sprint("s", i), fmt.Sprintf("C-%03d", i)
		g.Sources = append(g.Sources, headroom.Source{ID: source, Kind: "press", Publisher: "Paper", Title: fmt.Sprint("Title ", i)})
		c := headroom.Claim{
			ID: claim, Kind: headroom.KindQuantity, Subject: "plant", Quantity: "output", Value: fmt.Sprint(1000 + i), Unit: "vehicles",
			Status: "reported", Source: source, AsOf: headroom.NewDate(2020+i, 1, 1), Note: "as \"printed\", – é\n",
		}
		if i == 3 {
			c.Supersedes = []string{"C-002"}
		}
		g.Claims = append(g.Claims, c)
		g.Bindings = append(g.Bindings, headroom.Binding{Table: "line", RowKey: fmt.Sprint("l", i), Column: "capacity_year", Kind: "fact", Claims: []string{claim}})
	}
	return g
}

// sealed is a new log that holds a ledger.
func sealed(tb testing.TB, g claimlog.Ledger) *claimlog.Log {
	tb.Helper()
	l, broken := claimlog.ReadLog(nil, nil)
	if broken != nil {
		tb.Fatal(broken)
	}
	if _, bad := l.Seal(g, claimlog.Stamp{At: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), By: "test"}); bad != nil {
		tb.Fatal(bad)
	}
	return l
}

// mustBundle is a bundle of a small case and a run.
func mustBundle(tb testing.TB) *Bundle {
	tb.Helper()
	l := sealed(tb, fiveClaims())
	log, head := l.Files()
	return &Bundle{
		Title: "A case", Agent: "ann", Program: Software{"v1", "abc"}, Head: l.Head(), LastDate: "2026-11-25", RunKind: "plan",
		Case: []BundleFile{{"case.yaml", []byte("case_id: x\n")}, {claimlog.LogFile, log}, {claimlog.HeadFile, head}, {"claim.csv", []byte("claim_id\n")}},
		Run:  []BundleFile{{"run.json", []byte("{}\n")}},
	}
}

// mustCrate is the bundle as a ZIP file.
func mustCrate(tb testing.TB, b *Bundle) []byte {
	tb.Helper()
	data, err := b.WriteCrate()
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func TestCrateRoundTrip(t *testing.T) {
	t.Parallel()
	b := mustBundle(t)
	data := mustCrate(t, b)
	if !bytes.Equal(data, mustCrate(t, mustBundle(t))) {
		t.Error("the same case gives another bundle")
	}
	got, err := ReadCrate("b.zip", data)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Case) != 4 || len(got.Run) != 1 || got.Head.Hash != b.Head.Hash {
		t.Errorf("%+v", got)
	}
	again := *b
	again.Case, again.Run = got.Case, got.Run
	if !bytes.Equal(data, mustCrate(t, &again)) {
		t.Error("export, import, export differ")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(z, crateFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"@context": "https://w3id.org/ro/crate/1.3/context"`, `"@type": "CreateAction"`, `"@id": "https://w3id.org/ro/wfrun/process/0.6"`, b.Head.Hash} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the description has no %s", want)
		}
	}
}

// zipped is a file of a ZIP file that a test makes.
type zipped struct {
	name string
	data []byte
	mode fs.FileMode
}

// mustZip makes a ZIP file of the files of a bundle, after a change.
func mustZip(tb testing.TB, data []byte, change func(list []zipped) []zipped) []byte {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	var list []zipped
	for _, f := range z.File {
		text, err := fs.ReadFile(z, f.Name)
		if err != nil {
			tb.Fatal(err)
		}
		list = append(list, zipped{f.Name, text, 0o644})
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range change(list) {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		h.SetMode(e.mode)
		f, err := w.CreateHeader(h)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write(e.data); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// TestCrateRefuses: a bundle that is not whole or is made to do harm is refused.
func TestCrateRefuses(t *testing.T) {
	t.Parallel()
	good := mustCrate(t, mustBundle(t))
	add := func(name string, data []byte, mode fs.FileMode) func([]zipped) []zipped {
		return func(l []zipped) []zipped { return append(l, zipped{name, data, mode}) }
	}
	for _, tt := range []struct {
		name   string
		change func([]zipped) []zipped
		want   string
	}{
		{"a path out", add("../evil.csv", nil, 0o644), `"../evil.csv" is a name that leads out of the bundle`},
		{"a path out of a folder", add("case/../../evil.csv", nil, 0o644), "leads out of the bundle"},
		{"an absolute path", add("/etc/evil", nil, 0o644), "leads out of the bundle"},
		{"a backslash", add(`case\..\..\evil.csv`, nil, 0o644), "leads out of the bundle"},
		{"a drive", add("C:/evil.csv", nil, 0o644), "leads out of the bundle"},
		{"a device", add("case/nul.csv", nil, 0o644), "leads out of the bundle"},
		{"a hidden file", add("case/.bashrc", nil, 0o644), "leads out of the bundle"},
		{"a link", add("case/plant.csv", []byte("/etc/passwd"), 0o777|fs.ModeSymlink), "b.zip!case/plant.csv: BrokenBundle: this is a link or a device"},
		{"a file too many", add("case/plant.csv", nil, 0o644), "b.zip!case/plant.csv: BrokenBundle: the file is in the bundle and not in its description"},
		{"a file twice", add("case/CASE.yaml", nil, 0o644), "the file stands twice"},
		{"a bomb", add("case/plant.csv", make([]byte, 20<<20), 0o644), "unpacks to more than 1000 times its size"},
		{"a file gone", func(l []zipped) []zipped { return append(l[:1:1], l[2:]...) }, "is in the description and not in the bundle"},
		{"a file changed", func(l []zipped) []zipped { l[1].data = append(l[1].data, 'x'); return l }, "does not have the hash of its description"},
		{"no description", func(l []zipped) []zipped { return l[1:] }, "the bundle has no description"},
		{"a broken description", func(l []zipped) []zipped { l[0].data = []byte("{"); return l }, "the description is not JSON-LD"},
	} {
		_, err := ReadCrate("b.zip", mustZip(t, good, tt.change))
		var e *headroom.Error
		if !errors.As(err, &e) || !strings.Contains(e.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	if _, err := ReadCrate("b.zip", []byte("PK")); err == nil {
		t.Error("two letters are a bundle")
	}
}

// TestProv: every edge joins things that are there, and figures are derived from claims, claims from sources.
func TestProv(t *testing.T) {
	t.Parallel()
	g := fiveClaims()
	g.Claims = append(g.Claims, headroom.Claim{ID: "R", Kind: headroom.KindStatement, Subject: "x", Retracts: []string{"C-001"}})
	b := mustBundle(t)
	b.Case = append(b.Case, BundleFile{"line.csv", nil})
	text, err := b.WriteProv(g, sealed(t, g))
	if err != nil {
		t.Fatal(err)
	}
	var loose map[string]any
	if err := json.Unmarshal(text, &loose); err != nil {
		t.Fatal(err)
	}
	section := func(name string) map[string]any { s, _ := loose[name].(map[string]any); return s }
	ends := map[string]string{
		"prov:entity": "entity", "prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:collection": "entity", "prov:activity": "activity", "prov:agent": "agent",
	}
	for name, count := range map[string]int{"wasDerivedFrom": 11, "wasGeneratedBy": 7, "wasAttributedTo": 5, "wasAssociatedWith": 2, "wasInvalidatedBy": 1, "hadMember": 5, "used": 3} {
		if len(section(name)) != count {
			t.Errorf("%d %s, want %d", len(section(name)), name, count)
		}
		for id, r := range section(name) {
			for k, v := range r.(map[string]any) {
				if at, ok := ends[k]; ok && section(at)[v.(string)] == nil {
					t.Errorf("%s %s: there is no %s %s", name, id, at, v)
				}
			}
		}
	}
}

// TestQAMarkdown: a text of the case stays text, and nothing is signed.
func TestQAMarkdown(t *testing.T) {
	t.Parallel()
	q := &QALog{Title: "<script>alert(1)</script>", SignOff: QARoles(), Limits: []string{"[x](javascript:1)"}, Assumptions: QAAssumptions([]headroom.Assumption{
		{ID: "a", Table: "plant", Column: "cost", Selector: "plant_id=x", Value: "=1+1|2", Reason: "two\nlines"},
	})}
	got := string(q.Markdown())
	for _, bad := range []string{"<script", "[x]", "+1|2", "two\nlines"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q in %s", bad, got)
		}
	}
	for _, want := range []string{"| Approver | the analysis is fit for its use | | | |", "plant.cost where plant\\_id=x", "## Validation", "None."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}
