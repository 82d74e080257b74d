package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mustCopyCase copies a case of testdata, so that what a command writes goes elsewhere.
func mustCopyCase(tb testing.TB, name string) string {
	tb.Helper()
	dir := filepath.Join(tb.TempDir(), name)
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "readings", name))); err != nil {
		tb.Fatal(err)
	}
	return dir
}

// findings are the lines of a check that begin with the name of a file.
func findings(out string) []string {
	var lines []string
	for line := range strings.SplitSeq(out, "\n") {
		if file, _, ok := strings.Cut(line, ":"); ok && (strings.HasSuffix(file, ".csv") || strings.HasSuffix(file, ".yaml")) {
			lines = append(lines, line)
		}
	}
	return lines
}

// TestReadings: cases whose numbers, dates or separators are written in another way than a case has them. Each is refused by check and
// by plan, with the one message that mends it.
func TestReadings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, want string }{
		{"point-volumes", `demand.csv:2:volume: AmbiguousNumber: "45.000" may be 45000 or 45: its point may separate thousands or decimals, and no other number of the column shows which (and 4 more numbers with two readings in the column volume in 5 rows of the file); write 45000, or 45.0`},
		{"decimal-comma-rate", `fx_rate.csv:2:rate: DecimalComma: "0,857" has a decimal comma; write 0.857`},
		{"tab-separated", `line.csv:1: WrongSeparator: the columns are separated by tabs; separate them by commas: save the file as CSV with commas, and texts with a comma in quotes`},
		{"date-with-time", `period.csv:2:from: BadDate: "2026-01-01 00:00:00" is a date with a time of day; write 2026-01-01: dates here have no time`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := mustCopyCase(t, tt.name)
			for _, command := range []string{"check", "plan"} {
				status, out := mustRun(t, command, dir)
				if got := findings(out); status != 1 || len(got) != 1 || got[0] != tt.want {
					t.Errorf("%s: status %d\ngot  %s\nwant %s", command, status, strings.Join(got, "\n     "), tt.want)
				}
			}
		})
	}
}

// TestReadingsOfClaims: units of the trade are entered; a formula without its value and a claim of a quantity without one are not, by
// no way in.
func TestReadingsOfClaims(t *testing.T) {
	t.Parallel()
	entered := func(dir string) string {
		data, _ := os.ReadFile(filepath.Join(dir, "claims.log")) // it may not be there
		return string(data)
	}
	for _, tt := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"units", []string{"import", "DIR", "testdata/readings/units.csv"}, 0, "Entered 3 claims"},
		{"a formula without its value", []string{"import", "DIR", "testdata/readings/formula-without-value.xlsx"}, 1, "formula-without-value.xlsx!claim!D2: MissingFormulaValue: the cell has a formula and its value is not stored"},
		{"a claim without a value", []string{"import", "DIR", "testdata/readings/claim-without-value.csv"}, 1, "claim-without-value.csv:2:value: MissingValue: a claim of kind quantity has neither a value nor a low or a high"},
		{"without a value, by flags", []string{"add", "DIR", "--subject", "UK", "--quantity", "target", "--unit", "veh/yr", "--status", "reported"}, 1, "--value: MissingValue"},
		{"with a point, by flags", []string{"add", "DIR", "--subject", "UK", "--value", "80.000", "--unit", "veh/yr", "--status", "reported"}, 1, `--value: AmbiguousNumber: "80.000" may be 80000 or 80`},
		{"with a point in a low", []string{"add", "DIR", "--subject", "UK", "--low", "1.250", "--unit", "GBP m", "--price-year", "2026", "--status", "reported"}, 1, `--low: AmbiguousNumber: "1.250" may be 1250 or 1.25`},
		{"a rate with a point", []string{"add", "DIR", "--subject", "euro", "--value", "1.167", "--unit", "EUR per GBP", "--status", "reported"}, 0, "Entered"},
		{"a rate with a comma", []string{"add", "DIR", "--subject", "euro", "--value", "1,167", "--unit", "EUR per GBP", "--status", "reported"}, 1, `--value: AmbiguousNumber: "1,167" has two readings: 1.1670 with a decimal comma, or 1167 with a thousands separator`},
		{"yes", []string{"add", "DIR", "--subject", "UK", "--value", "TRUE", "--unit", "veh/yr", "--status", "reported"}, 1, `--value: BrokenNumber: "TRUE" is yes or no, and not a number`},
		{"a letter of another script", []string{"add", "DIR", "--subject", "nоrth", "--value", "1", "--status", "reported"}, 1, `--subject: ConfusableLetter: "nоrth" has the letter о (U+043E), which looks like the Latin o and is not; write "north"`},
		{"a note that is a dash", []string{"add", "DIR", "--subject", "UK", "--value", "1", "--status", "reported", "--note", "-"}, 0, "Entered"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := mustCase(t, nil)
			args := []string{"claim"}
			for _, a := range tt.args {
				args = append(args, strings.Replace(a, "DIR", dir, 1))
			}
			status, out := mustRun(t, args...)
			if status != tt.status || !strings.Contains(out, tt.want) {
				t.Errorf("status %d, want %d\ngot  %s\nwant %s", status, tt.status, out, tt.want)
			}
			if (entered(dir) != "") != (tt.status == 0) {
				t.Errorf("status %d, and the log has %q", status, entered(dir))
			}
		})
	}

	t.Run("superseded by nothing", func(t *testing.T) {
		t.Parallel()
		dir := mustCase(t, map[string]string{"claim.csv": "claim_id,kind,subject,quantity,unit,status\nE1,event,UK,output,veh/yr,reported\n"})
		if status, out := mustRun(t, "claim", "supersede", dir, "E1", "--kind", "quantity"); status != 1 || !strings.Contains(out, "--value: MissingValue") {
			t.Errorf("status %d, %s", status, out)
		}
	})
}

// TestSkipUnknownUnits: one unit that is not known refuses a file, unless its row is to be left out; then nothing of the row is
// entered, nor the source that only it has.
func TestSkipUnknownUnits(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "data.csv")
	text := "claim_id,subject,quantity,value,unit,status,as_of\nd1,wind,yield,3,furlongs,reported,2026-01-01\nd2,UK,output,738,thousand units,reported,2026-01-01\nd3,heat,use,2,MWh_th/FLH,reported,2026-01-01\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := mustCase(t, nil)
	if status, out := mustRun(t, "claim", "import", dir, file); status != 1 || strings.Count(out, "UnknownUnit") != 2 {
		t.Errorf("status %d, %s", status, out)
	}
	status, out := mustRun(t, "claim", "import", dir, file, "--skip-unknown-units")
	for _, want := range []string{
		`data.csv:2:unit: UnknownUnit: "furlongs" is not a unit that is known; the row is left out, and nothing of it is entered`,
		`data.csv:4:unit: UnknownUnit: "MWh_th/FLH"`, "2 rows are left out for their units.", "Entered d2",
	} {
		if status != 0 || !strings.Contains(out, want) {
			t.Errorf("status %d, want %s in\n%s", status, want, out)
		}
	}
	for _, name := range []string{"claim.csv", "claims.log"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if s := string(data); err != nil || !strings.Contains(s, "d2") || strings.Contains(s, "wind") || strings.Contains(s, "heat") {
			t.Errorf("%s: %v, %s", name, err, s)
		}
	}
}
