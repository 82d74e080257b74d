package audit

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"headroom"
	"headroom/formula"
)

// A note is prose, but some of its parts have one meaning only: "-8.0%", "23.4%", "209 in 2024", "cars 385,810", "28,232+19,855+5,517".
// Only a part that has such a form from its first letter to its last is read; everything else is left to people.

// printedNumber is a number with thousands apart by commas or not.
const printedNumber = `\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`

var (
	noteParts   = regexp.MustCompile(`; |, |: `)
	noteBracket = regexp.MustCompile(`\s*\([^()]*\)$`)
	noteRounded = regexp.MustCompile(`^(?:about|almost|nearly) `)

	noteChange   = regexp.MustCompile(`^([+−-]\d+(?:\.\d+)?)%(?: y/y| on (\d{4})| on the year before)?$`)
	noteShare    = regexp.MustCompile(`^(\d+(?:\.\d+)?)%(?: of ((?:\d[\d,.]*\d)?)(?: ?([a-zA-Z ]+))?)?$`)
	noteAmount   = regexp.MustCompile(`^= (?:about )?(` + printedNumber + `)(?: [a-z]+)?$`)
	noteUse      = regexp.MustCompile(`^utilisation (\d+(?:\.\d+)?)%$`)
	noteYear     = regexp.MustCompile(`^(` + printedNumber + `) in (\d{4})$`)
	noteSort     = regexp.MustCompile(`^([A-Za-z][A-Za-z ]*) (` + printedNumber + `)$`)
	noteMatch    = regexp.MustCompile(`^matches (?:[^0-9]*[^0-9,.])?(` + printedNumber + `)(?: in [A-Za-z ]+)?$`)
	noteSumOf    = regexp.MustCompile(`^sum of (` + printedNumber + `) and (` + printedNumber + `)$`)
	noteOperand  = regexp.MustCompile(`(` + printedNumber + `)( ?(?:bn|m)\b)?`)
	noteOperator = regexp.MustCompile(`^(?:[a-zA-Z ]*[a-zA-Z])? ?([+/×]|x|-|–)(?: ?[a-zA-Z ]*[a-zA-Z]| )? ?$`)
)

// parts are the parts of a note that may have a form.
func parts(note string) []string {
	var out []string
	for _, p := range noteParts.Split(note, -1) {
		p = noteBracket.ReplaceAllString(strings.TrimSpace(p), "")
		if p != "" {
			out = append(out, strings.TrimSuffix(p, "."))
		}
	}
	return out
}

// printed is a number as printed, without the commas.
func printed(s string) string { return strings.ReplaceAll(s, ",", "") }

// readNotes takes from the notes the figures that they have beside those of their claims, and checks what they say of these.
func (a *auditor) readNotes() {
	for _, f := range a.claims {
		if !f.number {
			continue
		}
		if f.broken {
			a.misfits[f.ID] = true
			a.made(CheckMisprint, false, f)
			a.conflict(CheckMisprint, []*figure{f}, nil, "%s, %s: %s has commas that do not stand before three digits", f.topic(), f.year(), f.told())
		}
		for _, p := range parts(f.Note) {
			a.readPart(f, p)
		}
	}
}

// quotes compares the figures that notes have of other claims' things with those claims.
func (a *auditor) quotes() {
	for _, x := range a.asides {
		for _, f := range a.about[x.key()] {
			if f.aside || f.Forecast || f.replaced || f.ID == x.ID || f.when() != x.when() {
				continue
			}
			ok := f.sameAs(x.amount)
			a.made(CheckQuote, ok, f, x)
			if !ok {
				a.conflict(CheckQuote, []*figure{f}, []*figure{x}, "%s, %s: %s, and %s", f.topic(), f.year(), f.told(), x.told())
			}
		}
	}
}

// readPart reads one part of the note of a figure.
func (a *auditor) readPart(f *figure, part string) {
	if m := noteMatch.FindStringSubmatch(part); m != nil {
		v, _ := strconv.ParseFloat(printed(m[1]), 64)
		ok := amount{v: v * f.unit.Factor(), half: halfUnit(printed(m[1])) * f.unit.Factor()}.sameAs(f.amount)
		a.made(CheckQuote, ok, f)
		if !ok {
			a.conflict(CheckQuote, []*figure{f}, nil, "%s, %s: %s, and its note says that it matches %s", f.topic(), f.year(), f.told(), m[1])
		}
		return
	}
	if m := noteSumOf.FindStringSubmatch(part); m != nil {
		part = m[1] + "+" + m[2]
	}
	bare := noteRounded.ReplaceAllString(part, "")
	if m := noteYear.FindStringSubmatch(bare); m != nil && bare == part {
		if y, _ := strconv.Atoi(m[2]); oneYear(f) && y != f.PeriodFrom.Year() {
			a.aside(f, printed(m[1]), func(x *figure) {
				x.PeriodFrom, x.PeriodTo, x.Period = headroom.NewDate(y, 1, 1), headroom.NewDate(y, 12, 31), m[2]
			})
		}
		return
	}
	if m := noteSort.FindStringSubmatch(part); m != nil && f.deed != "" {
		if w := meaningOf(m[1]); len(w.rest) == 0 && (w.class != "" || w.did() == deedHome || w.did() == deedExported) {
			a.aside(f, printed(m[2]), func(x *figure) {
				x.class, x.deed = cmp.Or(w.class, f.class), cmp.Or(w.did(), f.deed)
			})
		}
		return
	}
	a.noteArithmetic(f, part)
}

// oneYear reports whether a figure is about one calendar year.
func oneYear(f *figure) bool {
	y := f.PeriodFrom.Year()
	return f.PeriodFrom == headroom.NewDate(y, 1, 1) && f.PeriodTo == headroom.NewDate(y, 12, 31)
}

// aside notes a figure that the note of another has: the same thing but for what change alters.
func (a *auditor) aside(f *figure, value string, change func(*figure)) {
	x := *f
	x.Value, x.Low, x.High, x.Forecast, x.Note, x.aside = value, "", "", false, "", true
	change(&x)
	x.index()
	x.amount, x.number = readAmount(x.Claim, x.unit)
	if x.number {
		a.asides = append(a.asides, &x)
	}
}

// noteArithmetic compares a figure with the arithmetic that its note shows: numbers with + - x / between them. What has the
// figure itself in it, or comes to less than half of it or more than twice, is about something else.
func (a *auditor) noteArithmetic(f *figure, part string) {
	operands, operators := expression(part)
	if len(operators) == 0 {
		return
	}
	v := evaluate(operands, operators)
	if v == 0 || f.v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
		return
	}
	got := amount{v: f.v / f.unit.Factor(), half: f.half / f.unit.Factor()} // as written
	v, ok := sized(v, got.v, f)
	if !ok || slices.ContainsFunc(operands, func(o operand) bool { return o.text == f.text }) {
		return
	}
	used, all := a.operandClaims(f, operands)
	ok = math.Abs(v-got.v) <= got.half*(1+1e-9) || all && math.Abs(v-got.v) <= got.slack(sumCap)
	a.made(CheckArithmetic, ok, append(used, f)...)
	switch {
	case !ok:
		a.misfits[f.ID] = true
		a.conflict(CheckArithmetic, []*figure{f}, used, "%s, %s: %s, and its note works out %s, which is %s", f.topic(), f.year(), f.told(), part, sixDigits(v))
	case all:
		a.fits[f.ID] = true
	default:
		a.looseOperand(f, operands, operators, used)
	}
}

// likeness is how far a claim may be from the number in a note that is taken to be its own.
const likeness = 0.25

// looseOperand looks at a sum in a note of which all numbers but one are figures of claims that count the same as the sum does. Where one
// other such claim, and no second one, is near the number that is left, the two are prints of one figure.
func (a *auditor) looseOperand(f *figure, operands []operand, operators []byte, used []*figure) {
	if len(used) != len(operands)-1 || len(used) < 2 || strings.Trim(string(operators), "+") != "" {
		return
	}
	sibling := func(o *figure) bool {
		return o.number && !o.Forecast && o.deed == f.deed && o.rest == f.rest && o.region == f.region && o.dim == f.dim && o.when() == f.when() && o.entity != f.entity
	}
	i := slices.IndexFunc(operands, func(o operand) bool {
		return !slices.ContainsFunc(used, func(u *figure) bool { return u.text == o.text })
	})
	if i < 0 || len(operands[i].text) < 4 || slices.ContainsFunc(used, func(u *figure) bool { return !sibling(u) }) {
		return
	}
	var near []*figure
	for _, o := range a.claims {
		if sibling(o) && !slices.Contains(used, o) && math.Abs(o.v/f.unit.Factor()-operands[i].v) <= likeness*operands[i].v {
			near = append(near, o)
		}
	}
	if len(near) == 1 {
		a.made(CheckArithmetic, false, near[0], f)
		a.conflict(CheckArithmetic, []*figure{near[0], f}, used, "%s, %s: %s, and the sum in the note of %s has %s in its place", near[0].topic(), near[0].year(), near[0].told(), f.ID, operands[i].text)
	}
}

// sized is a number in the size of unit of a figure, where it then is between half and twice the value: shares are in per cent, and
// money may be in millions.
func sized(v, want float64, f *figure) (float64, bool) {
	list := []float64{1}
	switch {
	case f.percent():
		list = []float64{1, 100}
	case f.unit.Factor() != 1:
		list = []float64{1, 1e3, 1e-3, 1e6, 1e-6, 1e9, 1e-9}
	}
	for _, size := range list {
		if r := v * size / want; r >= 0.5 && r <= 2 {
			return v * size, true
		}
	}
	return 0, false
}

// operandClaims are the claims that have the numbers of an expression as their values, and whether all numbers have one.
func (a *auditor) operandClaims(f *figure, operands []operand) (used []*figure, all bool) {
	all = true
	for _, o := range operands {
		i := len(used)
		for _, x := range a.claims {
			if x.ID != f.ID && len(o.text) >= 4 && x.text == o.text {
				used = append(used, x)
				break
			}
		}
		all = all && len(used) > i
	}
	return used, all
}

// operand is one number of an expression.
type operand struct {
	text string
	v    float64
}

// expression reads "1,354,216/1,722,698 is 78.6%" or "59,951 combustion + 12,596 electric" up to the first thing that does not
// belong to it. A minus counts only between numbers of four digits or with blanks around it: 2020-22 and 61-62 are ranges.
func expression(part string) (operands []operand, operators []byte) {
	at := noteOperand.FindAllStringSubmatchIndex(part, -1)
	for i, m := range at {
		text := printed(part[m[2]:m[3]])
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, nil
		}
		if m[4] >= 0 {
			v *= formula.SizeOf(strings.TrimSpace(part[m[4]:m[5]]))
		}
		if i > 0 {
			op := noteOperator.FindStringSubmatch(part[at[i-1][1]:m[0]])
			if op == nil {
				break
			}
			sign := op[1]
			if sign == "–" {
				sign = "-"
			}
			spaced := strings.Contains(part[at[i-1][1]:m[0]], " "+op[1]+" ")
			if sign == "-" && !spaced && (len(text) < 4 || len(operands[len(operands)-1].text) < 4 || !strings.Contains(part[m[0]:m[1]], ",")) {
				break
			}
			if sign == "×" {
				sign = "x"
			}
			operators = append(operators, sign[0])
		} else if strings.ContainsAny(part[:m[0]], "+-/=(~") {
			return nil, nil
		}
		operands = append(operands, operand{text, v})
	}
	if len(operands) != len(operators)+1 {
		return nil, nil
	}
	return operands, operators
}

// evaluate computes an expression, products and quotients first.
func evaluate(operands []operand, operators []byte) float64 {
	sum, product, sign := 0.0, operands[0].v, 1.0
	for i, op := range operators {
		v := operands[i+1].v
		switch op {
		case 'x':
			product *= v
		case '/':
			product /= v
		default:
			sum += sign * product
			product, sign = v, 1
			if op == '-' {
				sign = -1
			}
		}
	}
	return sum + sign*product
}

// sixDigits is a number with at most six digits that tell.
func sixDigits(v float64) string {
	if math.Abs(v) >= 1e5 {
		return strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}
