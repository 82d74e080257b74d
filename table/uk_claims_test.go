package table

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/cases"
	"headroom/formula"
)

// mustUK loads the UK case.
func mustUK(t *testing.T) *headroom.Case {
	t.Helper()
	sub, err := fs.Sub(cases.FS, "uk-2035")
	if err != nil {
		t.Fatal(err)
	}
	c, found, err := LoadFS(sub, LoadOptions{})
	if err != nil {
		t.Fatalf("%v: %v", err, found)
	}
	return c
}

// ukSeen is the day by which all sources of the UK case had been seen.
const ukSeen = headroom.Date(20260604)

// TestUKClaims looks at what every claim of the UK case must have.
func TestUKClaims(t *testing.T) {
	t.Parallel()
	c := mustUK(t)
	claims, sources := map[string]headroom.Claim{}, map[string]headroom.Source{}
	for _, s := range c.Sources {
		sources[s.ID] = s
	}
	for _, cl := range c.Claims {
		claims[cl.ID] = cl
	}
	for _, cl := range c.Claims {
		for _, problem := range slices.Concat(wrongValue(cl), wrongMoney(cl), wrongTime(cl), wrongRelations(cl, claims)) {
			t.Errorf("%s: %s", cl.ID, problem)
		}
		if s, ok := sources[cl.Source]; !ok && (cl.Status != "recalled" || cl.Source != "") || ok && s.Publisher == "" {
			t.Errorf("%s: the source %q is not known or has no publisher", cl.ID, cl.Source)
		}
		if cl.EnteredBy == "" || cl.Subject == "" || cl.Quantity == "" {
			t.Errorf("%s: who entered it, the subject or what is said of it is missing", cl.ID)
		}
	}
}

// wrongValue are the problems of the value, the range and the unit of a claim. Two claims say that a figure is not known.
func wrongValue(c headroom.Claim) []string {
	var out []string
	number := func(s string) (float64, bool) {
		v, err := strconv.ParseFloat(s, 64)
		if s != "" && err != nil {
			out = append(out, s+" is not a number")
		}
		return v, s != ""
	}
	v, is := number(c.Value)
	low, hasLow := number(c.Low)
	high, hasHigh := number(c.High)
	quantity := c.Kind == headroom.KindQuantity
	if is != quantity && c.ID != "CHERY-CN-CAP" && c.ID != "CM-FEE" {
		out = append(out, "a quantity has a value and nothing else has")
	}
	if is && (hasLow && low > v || hasHigh && v > high) || hasLow && hasHigh && low > high {
		out = append(out, "low, value and high are not in order")
	}
	if _, err := formula.ParseUnit(c.Unit); err != nil {
		out = append(out, err.Error())
	}
	if quantity == (c.Unit == "") && c.ID != "ARTICLE-1OR2" {
		out = append(out, "a quantity has a unit and nothing else has")
	}
	if strings.ContainsAny(c.Unit, "(~") || c.Unit == "event" || c.Unit == "statement" || c.Unit == "rule" {
		out = append(out, "the unit says more than the unit")
	}
	return out
}

// wrongMoney are the problems of a claim that is a sum of money, or is none.
func wrongMoney(c headroom.Claim) []string {
	u, err := formula.ParseUnit(c.Unit)
	if err != nil {
		return nil
	}
	switch {
	case !u.Money() && (c.Currency != "" || c.PriceYear != 0):
		return []string{"it has a currency or a price year and is no sum of money"}
	case u.Money() && (c.PriceYear == 0 || c.Basis != "nominal" && c.Basis != "real" || !strings.Contains(u.Dimension(), c.Currency) || c.Currency == ""):
		return []string{"a sum of money has a currency, a price year and a basis"}
	}
	return nil
}

// wrongTime are the problems of the dates of a claim.
func wrongTime(c headroom.Claim) []string {
	var out []string
	if c.AsOf == 0 || c.AsOf > ukSeen {
		out = append(out, "it was known from no day, or from one after all had been seen")
	}
	if c.PeriodFrom == 0 && c.PeriodTo == 0 && c.Period != "" {
		out = append(out, "the period "+c.Period+" has no dates")
	}
	if c.PeriodFrom != 0 && c.PeriodTo != 0 && c.PeriodFrom > c.PeriodTo {
		out = append(out, "the period is backwards")
	}
	if c.Forecast && c.PeriodTo != 0 && c.PeriodTo <= c.AsOf && c.ID != "EPORT-CAP" && !strings.HasPrefix(c.ID, "PROD-2025-738") {
		out = append(out, "it was known after its period was over and is called a forecast")
	}
	return out
}

// wrongRelations are the problems of what a claim says of others.
func wrongRelations(c headroom.Claim, claims map[string]headroom.Claim) []string {
	var out []string
	for _, id := range c.Contradicts {
		if id == c.ID || !slices.Contains(claims[id].Contradicts, c.ID) {
			out = append(out, "it contradicts "+id+", which does not contradict it")
		}
	}
	for _, id := range slices.Concat(c.Supersedes, c.Retracts) {
		if _, ok := claims[id]; !ok || id == c.ID {
			out = append(out, "it replaces "+id)
		}
	}
	return out
}

// newClaim is a row of the table of new claims in the report on the claims.
var newClaim = regexp.MustCompile(`(?m)^\| ([A-Za-z0-9-]+) \|`)

// TestUKReport: the report on the claims is true of the claims that ship, and none of those that were collected is lost.
func TestUKReport(t *testing.T) {
	t.Parallel()
	c := mustUK(t)
	page, err := os.ReadFile("../docs/reference/uk-2035-claims.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	if want := "**443 rows became " + strconv.Itoa(len(c.Claims)) + " claims.**"; !strings.Contains(text, want) {
		t.Errorf("the report does not say %q", want)
	}
	_, section, _ := strings.Cut(text, "\n## New claims\n")
	section, _, _ = strings.Cut(section, "\n## ")
	added := map[string]bool{}
	for _, m := range newClaim.FindAllStringSubmatch(section, -1) {
		if m[1] != "claim" {
			added[m[1]] = true
		}
	}
	got := map[string]int{}
	for _, cl := range c.Claims {
		if added[cl.ID] {
			delete(added, cl.ID)
			continue
		}
		got[cl.Status]++
	}
	if len(added) > 0 {
		t.Errorf("the report has new claims that are not there: %v", slices.Sorted(maps.Keys(added)))
	}
	want := map[string]int{"official": 187, "confirmed": 53, "reported": 128, "estimate": 69, "recalled": 6}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the claims that were collected, by status:\n%s", diff)
	}
}

// TestUKConflicts: the matters on which the sources of the UK case disagree have both sides.
func TestUKConflicts(t *testing.T) {
	t.Parallel()
	c := mustUK(t)
	of := map[string][]string{}
	for _, cl := range c.Claims {
		of[cl.ID] = slices.Concat(cl.Contradicts, cl.Supersedes)
	}
	for _, pair := range []string{
		"PROD-2025-TOTAL PROD-2025-738", "PROD-2025-TOTAL ARTICLE-738", "CAP-SUN-600 CAP-SUN-500", "CAP-SUN-500 CAP-SUN-350",
		"MAKER-TOYOTA-2022 MAKER-TOYOTA-2022B", "MAKER-MINI-2022 MAKER-MINI-2022B", "PROD-2014-CV PROD-2014-CV-B", "PROD-2021-CV PROD-2021-CV-B",
		"PROD-2023-CAR PROD-2023-CAR-OICA", "MODEL-JUKE-2025 MODEL-JUKE-2025-B", "EXP-2016-SHARE EXP-2016-SHARE-CALC",
		"REG-CHERYGRP-2025 REG-CHERYGRP-2025-B", "REG-CHERYGRP-2025 REG-CHERYGRP-2025-C", "TAR-EU-CVD-BYD TAR-EU-CVD-BYDx",
		"TAR-EU-CVD-COOP TAR-EU-CVD-XPx", "SZE-150 SZE-200", "SZE-200 SZE-300", "SUN-LEAF-450 SUN-LEAF-500", "FIG-LEAP-START FIG-LEAP-START-B",
		"FIG-LEAP-CAPEX FIG-LEAP-CAPEX-B", "CY-LEN-5 CY-LEN-6", "CY-LEN-6 CY-LEN-37", "CY-LOST CY-LOST-B", "CY-COST-WK-CMC CY-COST-WK-BBC",
		"CY-STOP CY-STOP-B", "UTIL-EU-2025 UTIL-EU-2023", "EN-VEH-1999 EN-VEH-1999-B", "PROD-2025-LOW-73 PROD-2025-LOW-74",
		"EV-CJ-2601A EV-CJ-2601B", "EV-CN-2606A EV-CN-2606B", "EV-RO-2601 EV-RO-2601B", "EV-RO-2601 EV-RO-2601C",
	} {
		a, b, _ := strings.Cut(pair, " ")
		if !slices.Contains(of[a], b) {
			t.Errorf("%s does not name %s", a, b)
		}
	}
}

// TestUKBindings: every bound figure of the UK case can be explained from claims that its binding lists, and says why it was
// chosen where it has rivals.
func TestUKBindings(t *testing.T) {
	t.Parallel()
	c := mustUK(t)
	values := formula.NewValues(c)
	transforms := map[string]int{}
	for _, b := range c.Bindings {
		if len(b.Alternatives) > 0 && b.ChosenBecause == "" {
			t.Errorf("%s has rivals and does not say why it was chosen", b.Key())
		}
		steps, err := values.Explain(b)
		if err != nil {
			t.Errorf("%s: %v", b.Key(), err)
		}
		for _, s := range steps {
			transforms[s.Transform]++
		}
		for _, id := range formula.Used(steps) {
			if !slices.Contains(b.Claims, id) {
				t.Errorf("%s rests on %s, which it does not list", b.Key(), id)
			}
		}
	}
	for _, want := range []string{"claim", "fit", "fx", "share", "annual", "figure"} {
		if transforms[want] == 0 {
			t.Errorf("no binding uses %s", want)
		}
	}
}
