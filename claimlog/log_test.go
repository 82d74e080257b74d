package claimlog

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"headroom"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// mustLedger is a ledger of n claims, with relations, sources and bindings.
func mustLedger(tb testing.TB, n int) Ledger {
	tb.Helper()
	var g Ledger
	for i := range 5 {
		g.Sources = append(g.Sources, headroom.Source{ID: fmt.Sprint("s", i), Kind: "press", Publisher: "Paper", Title: fmt.Sprint("Title ", i)})
	}
	for i := range n {
		c := headroom.Claim{
			ID: fmt.Sprintf("C-%03d", i), Kind: headroom.KindQuantity, Subject: "plant", Quantity: "output", Value: fmt.Sprint(1000 + i), Unit: "vehicles",
			Status: "reported", Source: fmt.Sprint("s", i%5), AsOf: headroom.NewDate(2020+i%5, 1, 1), Note: "as \"printed\", – é\n",
		}
		if i%7 == 3 {
			c.Supersedes = []string{fmt.Sprintf("C-%03d", i-1)}
		}
		g.Claims = append(g.Claims, c)
		g.Bindings = append(g.Bindings, headroom.Binding{Table: "line", RowKey: fmt.Sprint("l", i), Column: "capacity_year", Kind: "fact", Claims: []string{c.ID}})
	}
	return g
}

// mustSeal seals a ledger into a new log.
func mustSeal(tb testing.TB, g Ledger) *Log {
	tb.Helper()
	l, broken := ReadLog(nil, nil)
	if broken != nil {
		tb.Fatal(broken)
	}
	if _, bad := l.Seal(g, Stamp{At: noon, By: "test"}); bad != nil {
		tb.Fatal(bad)
	}
	return l
}

func TestLogGrows(t *testing.T) {
	t.Parallel()
	g := mustLedger(t, 20)
	log, head := mustSeal(t, g).Files()
	again, _ := mustSeal(t, g).Files()
	if !bytes.Equal(log, again) {
		t.Error("the same ledger gives another log")
	}
	l, broken := ReadLog(log, head)
	if broken != nil {
		t.Fatal(broken)
	}
	if entries, bad := l.Seal(g, Stamp{At: noon}); len(entries) > 0 || bad != nil {
		t.Errorf("sealed again: %v %v", entries, bad)
	}
	noted := l.Head().Hash
	more := headroom.Claim{ID: "X", Subject: "plant", Status: "official", Retracts: []string{"C-001"}, EnteredBy: "ann"}
	g.Claims = append(g.Claims, more)
	g.Bindings[0].Claims = []string{"C-002"}
	g.Bindings = g.Bindings[:19]
	entries, bad := l.Seal(g, Stamp{At: noon, By: "bob"})
	if bad != nil || len(entries) != 3 || entries[0].Action != ActionRetract || entries[0].By != "ann" || entries[1].By != "bob" || entries[2].Binding["claim_id"] != "" {
		t.Fatalf("%+v %v", entries, bad)
	}
	grown, grownHead := l.Files()
	if !bytes.HasPrefix(grown, log) {
		t.Error("the log did not grow at its end")
	}
	for _, known := range []string{"", noted, l.Head().Hash} {
		if v := Verify(grown, grownHead, g, known); !v.OK || v.Head.Entries != 43 {
			t.Errorf("%s: %+v", known, v)
		}
	}
	// A crash after the log and before its head is mended by the next seal, and by nothing else.
	if l, broken := ReadLog(grown, head); broken == nil || !broken.Ahead || broken.Entry != 41 || len(l.Entries) != 43 {
		t.Errorf("log beyond its head: %v", broken)
	}
}

// TestEditedInPlace: what is logged cannot be changed in the tables, and what is new is named.
func TestEditedInPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		edit func(g *Ledger)
		want string
	}{
		{"value", func(g *Ledger) { g.Claims[7].Value = "9" }, `entry 10: the claim "C-007" was edited in place: value "1007" → "9"`},
		{"status", func(g *Ledger) { g.Claims[7].Status = "official" }, `the claim "C-007" was edited in place: status "reported" → "official"`},
		{"source", func(g *Ledger) { g.Sources[2].Publisher = "Times" }, `the source "s2" of the claim "C-002" was edited in place: publisher "Paper" → "Times"`},
		{"source gone", func(g *Ledger) { g.Sources = g.Sources[1:] }, `the source "s0" of the claim "C-000" was edited in place`},
		{"deleted", func(g *Ledger) { g.Claims = g.Claims[1:] }, `the claim "C-000" is in the log and not in claim.csv: a claim is never deleted`},
		{"renamed", func(g *Ledger) { g.Claims[0].ID = "D" }, `the claim "C-000" is in the log and not in claim.csv`},
		{"new", func(g *Ledger) { g.Claims = append(g.Claims, headroom.Claim{ID: "N"}) }, `the claim "N" is not in the log`},
		{"bound anew", func(g *Ledger) { g.Bindings[3].Formula = "[C-003] * 2" }, `the binding of line/l3/capacity_year is another one now: formula "" → "[C-003] * 2"`},
		{"unbound", func(g *Ledger) { g.Bindings = g.Bindings[1:] }, `the binding of line/l0/capacity_year is in the log and not in binding.csv`},
	} {
		g := mustLedger(t, 20)
		log, head := mustSeal(t, g).Files()
		tt.edit(&g)
		v := Verify(log, head, g, "")
		if v.OK || !strings.Contains(v.Broken.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, v.Broken, tt.want)
		}
		l, _ := ReadLog(log, head)
		if _, bad := l.Seal(g, Stamp{At: noon}); (bad != nil) != v.Differences[0].Changed {
			t.Errorf("%s: seal says %v", tt.name, bad)
		}
	}
}

// TestTamperings makes 1,000 random tamperings of each of two sorts, of the log and its head as files and of the ledger
// behind them, and wants all found. Forgers who write a new chain and a new head are found by the head noted before.
func TestTamperings(t *testing.T) {
	t.Parallel()
	const seed = 20261125
	r := rand.New(rand.NewPCG(seed, 1))
	g := mustLedger(t, 25)
	l := mustSeal(t, g)
	log, head := l.Files()
	noted := l.Head().Hash
	count := map[string]int{}
	for i := 0; i < 1000; i++ {
		kind, badLog, badHead := tamper(r, log, head)
		if bytes.Equal(badLog, log) && bytes.Equal(badHead, head) {
			i-- // nothing was changed: an entry changed places with itself
			continue
		}
		v := Verify(badLog, badHead, g, "")
		if v.OK || v.Broken == nil {
			t.Errorf("seed %d, tampering %d (%s) was not found", seed, i, kind)
		}
		count[kind]++
	}
	forged := 0
	for i := range 1000 {
		kind, f := forge(r, g)
		forgedLog, forgedHead := mustSeal(t, f).Files()
		if bytes.Equal(forgedLog, log) {
			continue
		}
		if v := Verify(forgedLog, forgedHead, g, ""); v.OK {
			t.Errorf("seed %d, forgery %d (%s) was not found against the tables", seed, i, kind)
		}
		if v := Verify(log, head, f, ""); v.OK {
			t.Errorf("seed %d, forgery %d (%s) of the tables was not found", seed, i, kind)
		}
		if v := Verify(forgedLog, forgedHead, f, noted); v.OK {
			t.Errorf("seed %d, forgery %d (%s) of everything was not found by the head noted elsewhere", seed, i, kind)
		}
		forged++
	}
	t.Logf("found: %v, and %d forgeries", count, forged)
	if forged < 990 || len(count) < 9 {
		t.Error("too few tamperings")
	}
}

// tamper changes a log or its head.
func tamper(r *rand.Rand, log, head []byte) (kind string, badLog, badHead []byte) {
	lines := bytes.SplitAfter(log, []byte{'\n'})
	lines = lines[:len(lines)-1]
	n := len(lines)
	join := func(l [][]byte) []byte { return bytes.Join(l, nil) }
	switch r.IntN(11) {
	case 0:
		return "edit", flip(r, log), head
	case 1:
		i := r.IntN(n)
		return "delete", join(slices.Delete(slices.Clone(lines), i, i+1)), head
	case 2:
		l := slices.Clone(lines)
		i, j := r.IntN(n), r.IntN(n)
		l[i], l[j] = l[j], l[i]
		return "reorder", join(l), head
	case 3:
		i, j := r.IntN(n), r.IntN(n+1)
		return "duplicate", join(slices.Insert(slices.Clone(lines), j, lines[i])), head
	case 4:
		return "truncate", slices.Clone(log[:r.IntN(len(log))]), head
	case 5:
		return "cut at an entry's end", join(lines[:r.IntN(n)]), head
	case 6:
		return "edit the head", log, flip(r, head)
	case 7:
		return "cut the head", log, slices.Clone(head[:r.IntN(len(head))])
	case 8: // the claims of two entries exchanged, hashes and all else kept
		i, j := r.IntN(n), r.IntN(n)
		l := slices.Clone(lines)
		a, b := cut(l[i]), cut(l[j])
		l[i], l[j] = bytes.Replace(l[i], a, b, 1), bytes.Replace(l[j], b, a, 1)
		return "swap claims", join(l), head
	case 9:
		i := r.IntN(len(log) + 1)
		return "insert", slices.Insert(slices.Clone(log), i, byte(r.IntN(256))), head
	default:
		i := r.IntN(len(log))
		return "delete a byte", slices.Delete(slices.Clone(log), i, i+1), head
	}
}

// cut is what an entry records.
func cut(line []byte) []byte {
	from, to := bytes.Index(line, []byte(`"claim":`)), bytes.Index(line, []byte(`,"content"`))
	if from < 0 {
		from, to = bytes.Index(line, []byte(`"binding":`)), bytes.Index(line, []byte(`,"by"`))
	}
	return line[from:to]
}

// flip changes one byte.
func flip(r *rand.Rand, b []byte) []byte {
	out := slices.Clone(b)
	i := r.IntN(len(out))
	out[i] ^= byte(1 + r.IntN(255))
	return out
}

// forge changes a ledger.
func forge(r *rand.Rand, g Ledger) (string, Ledger) {
	f := Ledger{slices.Clone(g.Claims), slices.Clone(g.Sources), slices.Clone(g.Bindings)}
	i, j := r.IntN(len(f.Claims)), r.IntN(len(f.Claims))
	switch r.IntN(6) {
	case 0:
		f.Claims[i].Value += "0"
		return "value", f
	case 1:
		f.Claims = slices.Delete(f.Claims, i, i+1)
		return "delete", f
	case 2:
		if i == j {
			j = (i + 1) % len(f.Claims)
		}
		f.Claims[i].ID, f.Claims[j].ID = f.Claims[j].ID, f.Claims[i].ID
		return "swap", f
	case 3:
		f.Claims = append(f.Claims, headroom.Claim{ID: "NEW", Subject: "x", Status: "official"})
		return "insert", f
	case 4:
		f.Sources[i%5].Title += "!"
		return "source", f
	default:
		f.Bindings[i].Claims = []string{f.Claims[(i+1)%len(f.Claims)].ID}
		return "binding", f
	}
}

func TestContentID(t *testing.T) {
	t.Parallel()
	c := headroom.Claim{ID: "A", Kind: headroom.KindQuantity, Subject: "Über \"x\"\x01\u2028", Value: "1.50", Source: "s", AsOf: headroom.NewDate(2026, 1, 2), PriceYear: 2025, Supersedes: []string{"B", "C"}}
	s := headroom.Source{ID: "s", Kind: "press", URL: "https://example.org/?a=1&b=<2>"}
	want := `{"as_of":"2026-01-02","claim_id":"A","price_year":"2025","source_id":"s","subject":"Über \"x\"\u0001` + "\u2028" + `","supersedes":"B C","value":"1.50"}`
	if got := string(CellsOf(c).Canonical()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	id := ContentID(c, s)
	if want := "c:7063b99f6053406b3dbb57b8fda0129682555788619b8ff256fbf43fa3ca18d3"; id != want { // computed by another program
		t.Errorf("id %s, want %s", id, want)
	}
	same, other := c, c
	same.ID, same.Source, same.Basis = "another", "t", "nominal"
	other.Value = "1.5"
	if got := ContentID(same, headroom.Source{ID: "t", Kind: "press", URL: s.URL}); got != id {
		t.Error("the keys that people gave count")
	}
	if ContentID(other, s) == id || ContentID(c, headroom.Source{}) == id {
		t.Error("what is said does not count")
	}
}

func FuzzReadLog(f *testing.F) {
	l, _ := ReadLog(nil, nil)
	g := Ledger{Claims: []headroom.Claim{{ID: "A", Subject: "x", Status: "official"}}}
	l.Seal(g, Stamp{At: noon, By: "f"})
	log, head := l.Files()
	f.Add(log, head)
	f.Fuzz(func(t *testing.T, log, head []byte) {
		l, broken := ReadLog(log, head)
		if broken != nil {
			return
		}
		again, againHead := l.Files()
		if !bytes.Equal(log, again) && len(log)+len(again) > 0 || head != nil && !bytes.Equal(head, againHead) {
			t.Error("a log that is whole is written in another way")
		}
	})
}
