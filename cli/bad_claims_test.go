package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"headroom/cli"
	"headroom/internal/tree"
	"headroom/table"
)

// mustRun runs a command on the clock of 4 June 2026 and returns its exit status and all that it said.
func mustRun(tb testing.TB, args ...string) (int, string) {
	tb.Helper()
	var out bytes.Buffer
	s := cli.Streams{
		Out: &out, Err: &out, In: strings.NewReader(""), Getenv: tree.Getenv,
		Now: func() time.Time { return time.Date(2026, 6, 4, 12, 0, 0, 0, time.UTC) },
	}
	status := cli.Run(context.Background(), args, s)
	return status, out.String()
}

// mustCase is two-plants with files in place of its own.
func mustCase(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), "case")
	if _, err := table.Init(dir, "two-plants"); err != nil {
		tb.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// TestBadClaims writes each kind of bad claim into a case, as by hand, and wants the line that check says of it, word for word.
func TestBadClaims(t *testing.T) {
	t.Parallel()
	const (
		claim   = "claim_id,subject,quantity,value,low,high,unit,currency,price_year,period,period_from,period_to,status,forecast,source_id,as_of,review_by,supersedes,retracts,contradicts,note\n"
		good    = "C1,a line,capacity,150000,,,vehicles/yr,,,,,,reported,,,2025-06-01,,,,,\n"
		binding = "table,row_key,column,kind,claim_id,formula,min_status\n"
	)
	tests := []struct {
		name, claims, bindings string
		want                   string
		fine                   bool // it is no error
	}{
		{
			name: "dangling source", claims: "C1,a line,,,,,,,,,,,reported,,paper,,,,,,\n",
			want: `claim.csv:2:source_id: DanglingKey: "paper" is not in source.csv; add it to source.csv or correct it`,
		},
		{
			name: "unknown unit", claims: "C1,a line,,1,,,furlongs,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:unit: UnknownUnit: "furlongs" is not a unit that is known; write it as vehicles/yr, GBP m, % of sales or CNY per GBP, or leave it out and say it in the quantity`,
		},
		{
			name: "currency without price year", claims: "C1,a fee,,300,,,GBP/veh,GBP,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:price_year: MissingPriceYear: a sum in GBP without a price year; write the year whose prices it is in`,
		},
		{
			name: "value that is not a number", claims: "C1,a line,,many,,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: BrokenNumber: "many" is not a number; write a plain number with a decimal point, or the kind event, statement or rule`,
		},
		{
			name: "value with thousands", claims: "C1,a line,,\"764,715\",,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: GroupedNumber: "764,715" has a thousands separator, or a decimal comma; write 764715, or 764.7150 if the comma is a decimal one`,
		},
		{
			name: "value with a decimal comma", claims: "C1,a line,,\"1,85\",,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: DecimalComma: "1,85" has a decimal comma; write 1.85`,
		},
		{
			name: "value that is a range", claims: "C1,a line,,150-200,,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: BrokenNumber: "150-200" is a range; write 150 in low and 200 in high`,
		},
		{
			name: "value that is not finite", claims: "C1,a line,,NaN,,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: NotANumber: "NaN" is not a number; leave the cell empty where the figure is missing`,
		},
		{
			name: "low above high", claims: "C1,a line,,,200,100,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:low: ReversedRange: low 200 is above high 100; exchange the two`,
		},
		{
			name: "value outside of its range", claims: "C1,a line,,300,100,200,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:value: ReversedRange: the value 300 is above high 200; widen the range or correct the value`,
		},
		{
			name: "period backwards", claims: "C1,a line,,1,,,,,,,2026-01-01,2025-01-01,reported,,,,,,,,\n",
			want: `claim.csv:2:period_from: ReversedDates: the period begins on 2026-01-01, after its end on 2025-01-01; exchange the two`,
		},
		{
			name: "two claims one id", claims: good + good,
			want: `claim.csv:3:claim_id: DuplicateKey: the key "C1" stands in row 2, too; delete one of the two or give it another key`,
		},
		{
			name: "cycle of supersedes", claims: "C1,a,,,,,,,,,,,reported,,,,,C2,,,\nC2,a,,,,,,,,,,,reported,,,,,C3,,,\nC3,a,,,,,,,,,,,reported,,,,,C1,,,\n",
			want: `claim.csv:2:supersedes: CircularSupersedes: claims supersede each other in a circle: C1 → C2 → C3 → C1; take one of them out`,
		},
		{
			name: "retraction of an unknown claim", claims: "C1,a,,,,,,,,,,,reported,,,,,,C9,,\n",
			want: `claim.csv:2:retracts: DanglingKey: "C9" is not in claim.csv; did you mean "C1"?`,
		},
		{
			name: "retraction of itself", claims: "C1,a,,,,,,,,,,,reported,,,,,,C1,,\n",
			want: `claim.csv:2:retracts: SelfReference: C1 retracts itself; name the other claim`,
		},
		{
			name: "superseding itself", claims: "C1,a,,,,,,,,,,,reported,,,,,C1,,,\n",
			want: `claim.csv:2:supersedes: SelfReference: C1 supersedes itself; name the other claim`,
		},
		{
			name: "contradicting itself", claims: "C1,a,,,,,,,,,,,reported,,,,,,,C1,\n",
			want: `claim.csv:2:contradicts: SelfReference: C1 contradicts itself; name the other claim`,
		},
		{
			name: "status not in the list", claims: "C1,a,,,,,,,,,,,offical,,,,,,,,\n",
			want: `claim.csv:2:status: UnknownValue: "offical" is not one of official, confirmed, reported, estimate, recalled, assumed; did you mean "official"?`,
		},
		{
			name: "as-of in the future", claims: "C1,a,,,,,,,,,,,reported,,,2026-06-05,,,,,\n",
			want: `claim.csv:2:as_of: FutureClaim: known from 2026-06-05, and today is 2026-06-04; write the day from which it was known`,
		},
		{
			name: "transform that changes dimension", claims: good, bindings: "line,north-1,capacity_year,derived,C1,[C1] * [C1],\n",
			want: `binding.csv:2:formula: WrongUnit: line/north-1/capacity_year: formula "[C1] * [C1]", position 1: the formula gives vehicle·vehicle, and the figure is in veh/yr; choose another claim, or a formula that converts it`,
		},
		{
			name: "claim of another dimension", claims: "C1,a line,cost,300,,,GBP m,GBP,2025,,,,reported,,,,,,,,\n", bindings: "line,north-1,capacity_year,fact,C1,,\n",
			want: `binding.csv:2:formula: WrongUnit: line/north-1/capacity_year: the formula gives GBP, and the figure is in veh/yr; choose another claim, or a formula that converts it`,
		},
		{
			name: "mixed calendars", bindings: "demand,hatch:abroad:*,volume,derived,FY CY,[FY] + [CY],\n", fine: true,
			claims: "FY,hatch,sales,40000,,,vehicles,,,FY26,2025-04-01,2026-03-31,official,,,2026-05-01,,,,,\nCY,hatch,sales,5000,,,vehicles,,,2025,2025-01-01,2025-12-31,official,,,2026-01-31,,,,,\n",
			want:   `binding.csv:2:formula: MixedCalendars: demand/hatch:abroad:*/volume puts together years of different calendars: FY begins on 2025-04-01 and CY on 2025-01-01; take years that begin on the same day, or interpolate`,
		},
		{
			name: "date in two formats", claims: "C1,a meeting,,1,,,,,,03/04/2026,,,reported,,,,,,,,\n", fine: true,
			want: `claim.csv:2:period: AmbiguousDate: "03/04/2026" is 2026-04-03 or 2026-03-04; write the days in period_from and period_to`,
		},
		{
			name: "date of two meanings", claims: "C1,a meeting,,1,,,,,,,03/04/2026,,reported,,,,,,,,\n",
			want: `claim.csv:2:period_from: BadDate: "03/04/2026" is not a date of the form YYYY-MM-DD: it may be 2026-04-03 or 2026-03-04; write the one that is meant`,
		},
		{
			name: "homoglyph in an id", claims: "CАP-1,a line,,1,,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:2:claim_id: BadKey: "CАP-1" has the character 'А' (U+0410), which looks like the Latin A and is not a Latin letter; write "CAP-1", if that is meant`,
		},
		{
			name: "ids that look alike", claims: "CAP-O1,a,,,,,,,,,,,reported,,,,,,,,\nCAP-01,a,,,,,,,,,,,reported,,,,,,,,\n",
			want: `claim.csv:3:claim_id: ConfusableKey: the key "CAP-01" looks like "CAP-O1" in row 2; give them keys that a reader can tell apart, or the same`,
		},
		{
			name: "10 MB note", claims: "C1,a line,,,,,,,,,,,reported,,,,,,,," + strings.Repeat("n", 10<<20) + "\n",
			want: `claim.csv:2:note: LongCell: a cell is longer than 32768 bytes; look for a quote that is not closed`,
		},
		{
			name: "formula-looking text", claims: "C1,\"=cmd|' /C calc'!A0\",+1,1,,,,,,-2,,,reported,,,,,,,,@SUM(A1)\n", fine: true, want: "Nothing is wrong.",
		},
		{
			name: "claim that is too weak", claims: good, bindings: "line,north-1,capacity_year,fact,C1,,official\n",
			want: `binding.csv:2:claim_id: WeakClaim: line/north-1/capacity_year rests on C1, which is reported where official is asked for; bind it to a firmer claim, or lower min_status and say why`,
		},
		{
			name: "formula without arithmetic", claims: good, bindings: "line,north-1,capacity_year,derived,C1,[C1] +,\n",
			want: `binding.csv:2:formula: BrokenFormula: line/north-1/capacity_year: formula "[C1] +", position 7: the formula ends where a number, a claim in brackets or a parenthesis is expected; the how-to on sources lists what a formula can do`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"claim.csv": claim + test.claims}
			if test.bindings != "" {
				files["binding.csv"] = binding + test.bindings
			}
			status, out := mustRun(t, "check", mustCase(t, files))
			if !strings.Contains("\n"+out, "\n"+test.want+"\n") {
				t.Errorf("want %s\ngot\n%.2000s", test.want, out)
			}
			if wantStatus := map[bool]int{false: 1, true: 0}[test.fine]; status != wantStatus {
				t.Errorf("status %d, want %d", status, wantStatus)
			}
		})
	}
}

// TestUnreadClaims damages the file of claims that a figure is bound to: check says what is wrong with the file, and not that
// every formula has lost its claims.
func TestUnreadClaims(t *testing.T) {
	t.Parallel()
	const binding = "table,row_key,column,kind,claim_id,formula\nline,north-1,capacity_year,derived,C1,[C1] * 1\n"
	for name, claims := range map[string]string{
		"semicolons":  "claim_id;subject;value;status\nC1;a line;150000;reported\n",
		"a long note": "claim_id,value,status,note\nC1,150000,reported," + strings.Repeat("n", 1<<16) + "\n",
		"a short row": "claim_id,subject,value,status\nC1,a line,150000\n",
		"empty":       "",
	} {
		status, out := mustRun(t, "check", mustCase(t, map[string]string{"claim.csv": claims, "binding.csv": binding}))
		if status != 1 || !strings.Contains(out, "\nclaim.csv:") || strings.Contains(out, "binding.csv") {
			t.Errorf("%s: status %d\n%.1000s", name, status, out)
		}
	}
}

// TestClaimsByHand opens files of claims as text editors and spreadsheets save them: they load, or the error names the cell.
func TestClaimsByHand(t *testing.T) {
	t.Parallel()
	const (
		head = "claim_id,subject,value,unit,status,as_of,note\r\n"
		row  = "C1,\"a line, \"\"north\"\"\",150000,vehicles/yr,reported,2026-02,\"two\r\nlines\"\r\n"
	)
	tests := []struct{ name, claims, want string }{
		{"byte order mark, CRLF, quotes, a line within a cell", "\ufeff" + head + row, "Nothing is wrong."},
		{"blank lines at the end", head + row + "\r\n\r\n", "Nothing is wrong."},
		{"empty cells to the right", strings.ReplaceAll(head, "\r\n", ",,\r\n") + strings.TrimSuffix(row, "\r\n") + ",,\r\n", `Nothing is wrong.`},
		{"a cell without a name to the right", strings.ReplaceAll(head, "\r\n", ",,\r\n") + strings.TrimSuffix(row, "\r\n") + ",x,\r\n", `claim.csv:1: UnknownColumn: column 8 has no name; give it a name or delete it`},
		{"semicolons", strings.ReplaceAll("claim_id,subject,value,status\nC1,a line,150000,reported\n", ",", ";"), `claim.csv:1: WrongSeparator: the columns are separated by semicolons; separate them by commas: save the file as CSV with commas, and texts with a comma in quotes`},
		{"dates turned round", head + "C1,a line,1,,reported,01/02/2026,\r\n", `claim.csv:2:as_of: BadDate: "01/02/2026" is not a date of the form YYYY-MM-DD: it may be 2026-02-01 or 2026-01-02; write the one that is meant`},
		{"a month turned into a name", head + "C1,a line,1,,reported,Feb-26,\r\n", `claim.csv:2:as_of: BadDate: "Feb-26" is not a date of the form YYYY-MM-DD; write 2026-02`},
		{"a day as a number", head + "C1,a line,1,,reported,46054,\r\n", `claim.csv:2:as_of: BadDate: "46054" is the number that a spreadsheet keeps for a date; write 2026-02-01: give the cells the format YYYY-MM-DD before they are saved as CSV`},
		{"thousands", head + "C1,a line,\"150,000\",vehicles/yr,reported,2026-02,\r\n", `claim.csv:2:value: GroupedNumber: "150,000" has a thousands separator, or a decimal comma; write 150000, or 150.0 if the comma is a decimal one`},
		{"a number cut short", head + "C1,a line,1.5E+05,vehicles/yr,reported,2026-02,\r\n", "Nothing is wrong."},
		{"Latin-1", head + "C1,a l\xefne,1,,reported,2026-02,\r\n", `claim.csv:2:subject: NotUTF8: the cell is not UTF-8; save it as CSV UTF-8`},
		{"an error of a formula", head + "C1,a line,#REF!,vehicles/yr,reported,2026-02,\r\n", `claim.csv:2:value: NotANumber: "#REF!" is the error of a formula; mend the formula, or leave the cell empty`},
		{"a comma too many", head + "C1,a line,150,000,vehicles/yr,reported,2026-02,\r\n", `claim.csv:2: LongRow: 8 cells where the header has 7; a text with a comma in it stands in quotes`},
		{"a quote that is not closed", head + "C1,\"a line,1,,reported,2026-02,\r\n", `claim.csv:2:subject: OpenQuote: a quote is opened and not closed; close the quote, or double a quote that belongs to the text`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, out := mustRun(t, "check", mustCase(t, map[string]string{"claim.csv": test.claims}))
			if !strings.Contains("\n"+out, "\n"+test.want+"\n") {
				t.Errorf("want %s\ngot\n%.1000s", test.want, out)
			}
		})
	}
}
