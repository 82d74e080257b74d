package document_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/document"
	"headroom/internal/counted"
)

// filler fills values at random: every field, with every list in one of three lengths and every pointer there or not. A number
// may be missing where a document says so: in a Number, a proof, and the rows of a table.
type filler struct {
	draw interface {
		IntN(n int) int
		Float64() float64
	}
	missing bool
}

func (f filler) fill(v reflect.Value) {
	_, table := v.Interface().(interface {
		Table(name string) document.Table
	})
	_, number := v.Interface().(document.Number)
	f.missing = f.missing || table || number
	if p, ok := v.Addr().Interface().(*headroom.Proof); ok && !f.missing {
		for _, x := range []*float64{&p.Value, &p.Bound, &p.Gap, &p.Within, &p.End.Rest, &p.End.Share, &p.End.Without} {
			filler{f.draw, true}.fill(reflect.ValueOf(x).Elem())
		}
		f.fill(reflect.ValueOf(&p.Status).Elem())
		f.fill(reflect.ValueOf(&p.CountsOn).Elem())
		f.fill(reflect.ValueOf(&p.Seconds).Elem())
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString([]string{"", "a", "<b> & ¤", "two\nlines"}[f.draw.IntN(4)])
	case reflect.Float64:
		v.SetFloat([]float64{0, -1.5e-9, 1e21 * f.draw.Float64(), f.draw.Float64()}[f.draw.IntN(4)])
		if f.missing && f.draw.IntN(3) == 0 {
			v.SetFloat(math.NaN())
		}
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.draw.IntN(9)))
	case reflect.Bool:
		v.SetBool(f.draw.IntN(2) == 0)
	case reflect.Pointer:
		if f.draw.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), f.draw.IntN(3), 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				f.fill(v.Field(i))
			}
		}
	}
}

// same holds that what a type has written it reads again: what it then writes is the same bytes.
func same[T any](t *testing.T, r filler) {
	t.Helper()
	for range 200 {
		var first, again T
		r.fill(reflect.ValueOf(&first).Elem())
		a, err := document.Marshal("test", 0, first)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(a, &again); err != nil {
			t.Fatalf("%T: %v\n%s", first, err, a)
		}
		b, err := document.Marshal("test", 0, again)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Fatalf("%T is read as something else:\n%.3000s", first, cmp.Diff(string(a), string(b)))
		}
	}
}

// TestReadAsWritten holds that every document is read as it was written.
func TestReadAsWritten(t *testing.T) {
	t.Parallel()
	rng, _ := counted.New(t)
	r := filler{draw: rng}
	same[document.PlanAnswer](t, r)
	same[document.Brief](t, r)
	same[document.Report](t, r)
	same[document.PlanTables](t, r)
	same[document.BriefTables](t, r)
	same[document.PlanRun](t, r)
	same[document.Run[document.PlanRun]](t, r)
	same[document.SimulationAnswer](t, r)
	same[document.SimulationRun](t, r)
	same[document.Outage](t, r)
	same[document.StressAnswer](t, r)
	same[document.StressRun](t, r)
	same[document.BackTests](t, r)
	same[document.Range](t, r)
	same[document.Ranges](t, r)
	same[document.Target](t, r)
	same[document.Comparison](t, r)
	same[document.LinksAnswer](t, r)
	same[document.LinksRun](t, r)
}

// TestEncode holds what JSON has no word for, and what it would escape.
func TestEncode(t *testing.T) {
	t.Parallel()
	var none *int
	for _, tt := range []struct {
		v    any
		want string
	}{
		{nil, "null"},
		{none, "null"},
		{math.NaN(), "null"},
		{math.Inf(-1), "null"},
		{math.Copysign(0, -1), "0"},
		{"a<b&c", `"a<b&c"`},
		{[]string(nil), "[]"},
		{map[string]int(nil), "{}"},
		{map[int]float64{2: math.NaN(), 1: 1}, `{"1":1,"2":null}`},
		{struct {
			A int `json:"a"`
			B int `json:"-"`
			c int
			D *int `json:"d,omitempty"`
			E []int
		}{A: 1, B: 2, c: 3}, `{"a":1,"E":[]}`},
		{headroom.NotTried(), `{"status":"not tried"}`},
		{document.Rests{{Basis: "fact", Count: 2, Share: 0.5}}, `{"fact":{"count":2,"share":0.5}}`},
		{document.Sums{{File: "b.csv", Hash: "1"}, {File: "a.csv", Hash: "2"}}, `{"b.csv":"1","a.csv":"2"}`},
	} {
		got, err := document.Compact(tt.v)
		if err != nil || string(got) != tt.want {
			t.Errorf("%#v: %s, %v; want %s", tt.v, got, err, tt.want)
		}
	}
	if _, err := document.Marshal("x", 0, struct{ F func() }{func() {}}); err == nil {
		t.Error("a function is written")
	}
}

// TestTable holds the columns of rows with a proof in them, and their CSV file.
func TestTable(t *testing.T) {
	t.Parallel()
	units := 12.5
	g := document.TableOf("curve", []headroom.SupplyPoint{{Support: 100, Units: &units, Proof: headroom.Proof{Status: "verified", Value: 1, Bound: 2, Gap: math.NaN(), Stopped: "optimal"}}})
	text, err := g.CSV()
	want := "support,units,gap,proof_status,proof_value,proof_bound,proof_gap,proof_stopped\n100,12.5,,verified,1,2,,optimal\n"
	if err != nil || string(text) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, text, want)
	}
	var rows document.Rows[headroom.SupplyPoint]
	if err := json.Unmarshal([]byte(`[{"support": 1, "units": null}, {"support": "x"}]`), &rows); err == nil {
		t.Error("a text is read as a number")
	}
}

// TestOldRun holds that a run which an older program saved, without a proof and without its files, is read.
func TestOldRun(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/old-run.json")
	if err != nil {
		t.Fatal(err)
	}
	var r document.Run[document.PlanRun]
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	p := r.Result.Read(r.Result.Tables.PlanTables)
	if proof := r.Result.TheProof(); proof.Status != "verified" || proof.Value != 12 || !math.IsNaN(proof.Gap) || proof.Stopped != "optimal" {
		t.Errorf("%+v", proof)
	}
	if len(p.Outputs) != 1 || p.Outputs[0].Units != 7 || p.Value != 12 || r.Result.Replaced != nil || r.Result.Files != nil || r.Result.Brief != nil {
		t.Errorf("%+v", p)
	}
}
