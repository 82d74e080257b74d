package reading

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"headroom"
	"headroom/internal/counted"
)

// TestNumber: what is no plain number is refused with what to write instead, and what has two readings with both.
func TestNumber(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		kind Kind
		code string
		says []string
	}{
		{"0,857", Rate, headroom.CodeDecimalComma, []string{"write 0.857"}},
		{"0,857", Amount, headroom.CodeDecimalComma, []string{"write 0.857"}},
		{",5", Rate, headroom.CodeDecimalComma, []string{"write 0.5"}},
		{"1,167", Rate, headroom.CodeAmbiguousNumber, []string{"1.1670", "1167"}},
		{"1,167", Amount, headroom.CodeGroupedNumber, []string{"1167", "1.1670"}},
		{"150,000", Amount, headroom.CodeGroupedNumber, []string{"150000", "150.0"}},
		{"1.234,5", Amount, headroom.CodeDecimalComma, []string{"write 1234.5"}},
		{"1 234 567,89", Amount, headroom.CodeDecimalComma, []string{"write 1234567.89"}},
		{"1.500.000", Amount, headroom.CodeGroupedNumber, []string{"write 1500000"}},
		{"1’500’000", Amount, headroom.CodeGroupedNumber, []string{"write 1500000"}},
		{"1,00,000", Amount, headroom.CodeGroupedNumber, []string{"write 100000"}},
		{"-1,500.5", Amount, headroom.CodeGroupedNumber, []string{"write -1500.5"}},
		{"１５００", Amount, headroom.CodeBrokenNumber, []string{"write 1500"}},
		{"−5", Amount, headroom.CodeBrokenNumber, []string{"write -5"}},
		{"(95)", Amount, headroom.CodeBrokenNumber, []string{"write -95"}},
		{"150 thousand", Amount, headroom.CodeBrokenNumber, []string{"word behind the number"}},
		{"TRUE", Amount, headroom.CodeBrokenNumber, []string{"yes or no"}},
		{"80.000", Amount, "", nil}, // its column decides
		{"1e3", Amount, "", nil},
	} {
		_, p := Number(tt.text, tt.kind)
		if p == nil {
			if tt.code != "" {
				t.Errorf("%q is read", tt.text)
			}
			continue
		}
		if p.Code != tt.code {
			t.Errorf("%q: %v, want %s", tt.text, p, tt.code)
		}
		for _, s := range tt.says {
			if !strings.Contains(p.String(), s) {
				t.Errorf("%q: %v does not say %q", tt.text, p, s)
			}
		}
	}
}

// TestPoints: a point has two readings only where the other numbers of its column do not show which.
func TestPoints(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, column string
		kind         Kind
		want         string
	}{
		{"80.000", "", Amount, headroom.CodeAmbiguousNumber},
		{"80.000", "45.000 30.000 22", Amount, headroom.CodeAmbiguousNumber},
		{"80.000", "45000 30000", Amount, headroom.CodeAmbiguousNumber},
		{"80.000", "45.5", Amount, ""},
		{"80.000", "4.5e1", Amount, ""},
		{"80.000", "0.125", Amount, ""},
		{"80.000", "1234.567", Amount, ""},
		{"80.000", "1,234.5", Amount, ""},
		{"80.000", "1.500.000", Amount, headroom.CodeGroupedNumber},
		{"80.000", "1.500,5", Amount, headroom.CodeGroupedNumber},
		{"80.000", "1500,5", Amount, headroom.CodeGroupedNumber},
		{"80.000", "1500,5 12.5", Amount, headroom.CodeAmbiguousNumber},
		{"1.167", "", Rate, ""},
		{"0.857", "", Amount, ""},
		{"1234.567", "", Amount, ""},
		{"-80.000", "", Amount, headroom.CodeAmbiguousNumber},
		{"80.0", "", Amount, ""},
		{"80.0000", "", Amount, ""},
	} {
		var p Points
		p.Add(tt.text)
		for _, s := range strings.Fields(tt.column) {
			p.Add(s)
		}
		got := ""
		if problem := p.Doubt(tt.text, tt.kind); problem != nil {
			got = problem.Code
		}
		if got != tt.want {
			t.Errorf("%s beside %q: %q, want %q", tt.text, tt.column, got, tt.want)
		}
	}
}

// TestCountedReadings: of random numbers, both readings that a message names are plain numbers, a thousand times apart, that are in
// doubt no more, and the one with the point is the number that the text is where a point is a decimal one; what has another form is in
// doubt in no column.
func TestCountedReadings(t *testing.T) {
	r, _ := counted.New(t)
	n := counted.N(20_000, 2_000_000)
	doubts := 0
	for range n {
		v := r.Float64() * float64([]int{1, 10, 1000, 100_000}[r.IntN(4)])
		text := strconv.FormatFloat(v, 'f', r.IntN(6), 64)
		if r.IntN(4) == 0 {
			text = "-" + text
		}
		if got, p := Number(text, Amount); p != nil || got != must(text) {
			t.Fatalf("%q: %v, %v", text, got, p)
		}
		thousands, decimal, ok := TwoReadings(text)
		if !ok {
			if p := (Points{}).Doubt(text, Amount); p != nil || Decimal(text) != text {
				t.Fatalf("%q is in doubt: %v", text, p)
			}
			continue
		}
		doubts++
		p := (Points{}).Doubt(text, Amount)
		if p == nil || !strings.Contains(p.Hint, thousands) || !strings.Contains(p.Hint, decimal) {
			t.Fatalf("%q: %v names neither %s nor %s", text, p, thousands, decimal)
		}
		for _, s := range []string{thousands, decimal} {
			if _, _, again := TwoReadings(s); again {
				t.Fatalf("%q of %q is in doubt itself", s, text)
			}
		}
		if a, b := must(thousands), must(decimal); b != must(text) || fmt.Sprintf("%.6g", a) != fmt.Sprintf("%.6g", 1000*b) {
			t.Fatalf("%q is %v or %v", text, a, b)
		}
	}
	counted.Report(t, "numbers with two readings told apart", n, n, fmt.Sprintf("(%d in doubt)", doubts))
}

// must is a plain number.
func must(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err)
	}
	return v
}

func TestDate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, says string }{
		{"2026-01-31", ""},
		{"2026-01", ""},
		{"2026-01-01 00:00:00", "write 2026-01-01"},
		{"2026-01-01T12:30:00Z", "write 2026-01-01"},
		{"46023", "write 2026-01-01"},
		{"01.01.2026", "write 2026-01-01"},
		{"31/12/2027", "write 2027-12-31"},
		{"12/31/2027", "write 2027-12-31"},
		{"01/02/2026", "2026-02-01 or 2026-01-02"},
		{"20260131", "write 2026-01-31"},
		{"2026-1-5", "write 2026-01-05"},
		{"2026-02-30", "does not exist"},
		{"31/02/2026", "does not exist"},
		{"2027.0", "write 2027"},
		{"12-May-2026", "write 2026-05-12"},
		{"May 12, 2026", "write 2026-05-12"},
		{"Feb-26", "write 2026-02"},
		{"1899-01-01", "from 1900 to 2200"},
		{"soon", "write it as 2026-01-31"},
	} {
		_, p := Date(tt.text, false)
		switch {
		case p == nil && tt.says != "":
			t.Errorf("%q is read", tt.text)
		case p != nil && (tt.says == "" || !strings.Contains(p.String(), tt.says)):
			t.Errorf("%q: %v, want %q", tt.text, p, tt.says)
		}
	}
}

func TestDeceptive(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, plain string }{
		{"nоrth", "north"},
		{"nor\u200bth", "north"},
		{"ｎorth", "north"},
		{"north\u00ad", "north"},
		{"Plаnt А in the north", "Plant A in the north"},
		{"ΑBC", "ABC"},
		{"a\u202eb", "ab"},
		{"ТАТА", "TATA"},
		{"СЕАТ 2", "CEAT 2"},
	} {
		if what, plain := Deceptive(tt.text); what == "" || plain != tt.plain {
			t.Errorf("%q: %q, %q, want %q", tt.text, what, plain, tt.plain)
		}
	}
	for _, text := range []string{"north", "Škoda Mladá Boleslav", "Citroën", "АвтоВАЗ", "выпуск АвтоВАЗ and Lada", "АО УАЗ", "А", "Ока", "比亚迪 BYD", "ΔT", "5 µm", "naïve – as it is", "サンダーランド", ""} {
		if what, _ := Deceptive(text); what != "" {
			t.Errorf("%q %s", text, what)
		}
	}
}

func FuzzReading(f *testing.F) {
	for _, s := range []string{"80.000", "1,167", "1.234,5", "46023", "2026-01-01 00:00:00", "nоrth", "(95)", "½"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, p := Number(s, Amount); p == nil && v != must(strings.TrimSpace(s)) {
			t.Errorf("%q is %v", s, v)
		}
		if _, p := Date(s, true); p != nil && p.Code != headroom.CodeBadDate {
			t.Errorf("%q: %v", s, p)
		}
		if what, plain := Deceptive(s); what != "" && plain == s {
			t.Errorf("%q %s, and nothing is better", s, what)
		}
	})
}
