package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"headroom"
)

// RangeText writes ranges on a screen: each answer with its low and its high, what it turns on, the share of the swing by status,
// and what was left out. Where short is set each answer is one line.
func RangeText(w io.Writer, ranges []headroom.Range, short bool, o Options) error {
	s := &screen{o: o, w: o.width()}
	for i := range ranges {
		r := &ranges[i]
		if short {
			s.line(rangeLine(r))
			continue
		}
		if i > 0 {
			s.line("")
		}
		s.rangeOf(r)
	}
	_, err := w.Write(s.b.Bytes())
	return err
}

// measure is a value of an answer in its unit: vehicles, money a vehicle, or money.
func measure(r *headroom.Range, v float64) string {
	switch currency, per, _ := strings.Cut(r.Unit, " "); {
	case r.Unit == "vehicles":
		return count(v)
	case per != "":
		return amount(v, currency)
	default:
		return millions(v, currency)
	}
}

// measured is a value that may be missing.
func measured(r *headroom.Range, v *float64) string {
	if v == nil {
		return missing
	}
	return measure(r, *v)
}

// unitWord is what stands behind a value, or "".
func unitWord(r *headroom.Range) string {
	if r.Unit == "vehicles" {
		return " vehicles"
	}
	if _, per, ok := strings.Cut(r.Unit, " "); ok {
		return " " + per
	}
	return ""
}

// figureName is a ref without its kind.
func figureName(ref string) string {
	_, id, ok := strings.Cut(ref, "/")
	if !ok {
		return clean(ref)
	}
	return clean(id)
}

// noAnswer says why a range has no base.
func noAnswer(r *headroom.Range) string {
	if r.BaseNote != "" {
		return clean(r.BaseNote)
	}
	if r.Proof.Status == headroom.StatusNotTried {
		return "not tried"
	}
	return "interrupted before there was an answer"
}

// farther says which ends the answer goes beyond: at one of a driver's ends it is not reached, or there is no plan.
func farther(r *headroom.Range) string {
	n := 0
	for _, d := range append(r.Drivers[:len(r.Drivers):len(r.Drivers)], r.Others...) {
		if d.AtLow == nil && d.NoteLow != "" && d.Low != nil || d.AtHigh == nil && d.NoteHigh != "" && d.High != nil {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	if r.Stopped != "" {
		return fmt.Sprintf("; none, or none yet, at an end of %d of the figures", n)
	}
	return fmt.Sprintf("; none at an end of %d of the figures", n)
}

// rangeLine is a range in one line.
func rangeLine(r *headroom.Range) string {
	head := clean(r.Question) + ": "
	if r.Base == nil && len(r.Drivers) == 0 {
		return head + noAnswer(r)
	}
	base := noAnswer(r)
	if r.Base != nil {
		base = measure(r, *r.Base) + unitWord(r) + Mark(r.Proof)
	}
	s := head + base
	if len(r.Drivers)+len(r.Others) > 0 {
		s += fmt.Sprintf(" (low %s, high %s%s)", measured(r, r.Low)+Mark(r.Proof), measured(r, r.High)+Mark(r.Proof), farther(r))
	}
	var names []string
	for _, d := range r.Drivers {
		names = append(names, figureName(d.Ref))
	}
	if len(names) > 0 {
		s += "; turns on " + strings.Join(names, ", ")
	}
	if n := screened(r, headroom.ScreenedRelaxed); n > 0 {
		s += fmt.Sprintf("; %d of %d figures solved", len(r.Drivers)+len(r.Others), n+len(r.Drivers)+len(r.Others))
	}
	if r.Stopped != "" {
		s += "; interrupted"
	}
	if r.Proof.Status == headroom.StatusLimit && r.Stopped == "" {
		s += "; * " + Weakness(r.Proof)
	}
	return number(s)
}

// screened is how many figures were left out for a reason.
func screened(r *headroom.Range, kind string) int {
	n := 0
	for _, s := range r.ScreenedOut {
		if s.Kind == kind {
			n++
		}
	}
	return n
}

// rangeOf writes one range.
func (s *screen) rangeOf(r *headroom.Range) {
	s.line(s.style(styleBold, clean(r.Question)))
	s.paragraph(number(rangeSentence(r)), margin)
	if len(r.Drivers) > 0 {
		s.heading("This answer turns on", "one figure at its low or its high, all else as it is")
		s.drivers(r)
	}
	proofs := []headroom.Proof{r.Proof}
	for _, d := range r.Drivers {
		proofs = append(proofs, d.Proof)
	}
	if text := Legend(proofs...); text != "" {
		s.paragraph(number(text)+".", margin)
	}
	for _, line := range rangeNotes(r) {
		s.paragraph(number(line), margin)
	}
}

// rangeSentence is the answer with its ends.
func rangeSentence(r *headroom.Range) string {
	if r.Base == nil {
		text := "There is no answer: " + noAnswer(r) + "."
		if r.Low != nil {
			text += fmt.Sprintf(" With one figure at a time at its low or its high there are answers from %s to %s.", measured(r, r.Low), measured(r, r.High))
		}
		return text
	}
	text := measure(r, *r.Base) + unitWord(r) + Mark(r.Proof)
	if r.BaseFrom != nil && r.BaseTo != nil && r.Unit != "vehicles" && *r.BaseFrom < *r.BaseTo {
		text += fmt.Sprintf(" (%s)", interval(r))
	}
	if len(r.Drivers)+len(r.Others) == 0 {
		if len(r.ScreenedOut) == 0 {
			return text + "; no claim in use and no assumption has a low and a high, so nothing can move it."
		}
		return text + "; no figure was solved at its low and its high."
	}
	return text + fmt.Sprintf("; with one figure at a time at its low or its high from %s to %s%s.", measured(r, r.Low)+Mark(r.Proof), measured(r, r.High)+Mark(r.Proof), farther(r))
}

// interval says what is known of the base.
func interval(r *headroom.Range) string {
	if _, _, per := strings.Cut(r.Unit, " "); per {
		return fmt.Sprintf("met at %s, missed at %s", measured(r, r.BaseTo), measured(r, r.BaseFrom))
	}
	return fmt.Sprintf("proved between %s and %s", measured(r, r.BaseFrom), measured(r, r.BaseTo))
}

// drivers is the table of what the answer turns on.
func (s *screen) drivers(r *headroom.Range) {
	columns := []column{{"figure", false, true}, {"status", false, false}, {"low", true, false}, {"high", true, false}, {"answer at low", true, false}, {"", false, false}, {"at high", true, false}}
	lo, hi := extent(r)
	var rows [][]string
	for _, d := range r.Drivers {
		rows = append(rows, []string{
			figureName(d.Ref), clean(d.Status), number(optionalPlain(d.Low)), number(optionalPlain(d.High)),
			number(atEnd(r, d.AtLow, d.NoteLow)) + endMark(d, d.AtLow), s.span(r, d, lo, hi, 18), number(atEnd(r, d.AtHigh, d.NoteHigh)) + endMark(d, d.AtHigh),
		})
	}
	s.table(columns, rows)
	for _, d := range r.Drivers {
		for i, note := range []string{d.NoteLow, d.NoteHigh} {
			if note != "" {
				s.paragraph(fmt.Sprintf("%s at its %s: %s.", figureName(d.Ref), [2]string{"low", "high"}[i], clean(note)), margin)
			}
		}
		if len(d.With) > 0 {
			s.paragraph(fmt.Sprintf("%s is a part of a total that is known: %s give way.", figureName(d.Ref), nameList(d.With)), margin)
		}
		if !d.Decided {
			s.paragraph(fmt.Sprintf("%s: its effect is less than what the plans leave open, so it is not decided.", figureName(d.Ref)), margin)
		}
	}
}

// endMark is the mark of an answer at an end, where there is one.
func endMark(d headroom.Driver, v *float64) string {
	if v == nil {
		return ""
	}
	return Mark(d.Proof)
}

// nameList is refs without their kinds, with commas.
func nameList(refs []string) string {
	var out []string
	for _, ref := range refs {
		out = append(out, figureName(ref))
	}
	return strings.Join(out, ", ")
}

func optionalPlain(v *float64) string {
	if v == nil {
		return missing
	}
	return plain(*v)
}

// atEnd is the answer at an end, or a word for why there is none.
func atEnd(r *headroom.Range, v *float64, note string) string {
	switch {
	case v != nil:
		return measure(r, *v)
	case strings.HasPrefix(note, "not reached"):
		return "not reached"
	case strings.Contains(note, "no plan"):
		return "no plan"
	}
	return missing
}

// extent is the least and the greatest of the answers of the drivers.
func extent(r *headroom.Range) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	take := func(v *float64) {
		if v != nil && finite(*v) {
			lo, hi = math.Min(lo, *v), math.Max(hi, *v)
		}
	}
	take(r.Base)
	for i := range r.Drivers {
		take(r.Drivers[i].AtLow)
		take(r.Drivers[i].AtHigh)
	}
	return lo, hi
}

// span draws the answers of a driver as a bar of n characters from lo to hi, with the base as a mark.
func (s *screen) span(r *headroom.Range, d headroom.Driver, lo, hi float64, n int) string {
	cells := []rune(strings.Repeat(" ", n))
	at := func(v float64) int {
		if hi <= lo {
			return 0
		}
		return int(math.Round((v - lo) / (hi - lo) * float64(n-1)))
	}
	fill, mark := '#', '|'
	if s.o.Terminal {
		fill, mark = '█', '│'
	}
	from, to := math.Inf(1), math.Inf(-1)
	for _, v := range []*float64{r.Base, d.AtLow, d.AtHigh} {
		if v != nil {
			from, to = math.Min(from, *v), math.Max(to, *v)
		}
	}
	if from > to {
		return string(cells)
	}
	for i := at(from); i <= at(to); i++ {
		cells[i] = fill
	}
	if r.Base != nil {
		cells[at(*r.Base)] = mark
	}
	return string(cells)
}

// rangeNotes say what the swing rests on, and what was solved and left out.
func rangeNotes(r *headroom.Range) []string {
	var out []string
	if len(r.RestsOn) > 0 {
		out = append(out, "Share of the swings by status: "+shareList(r.RestsOn)+".")
	}
	if len(r.BuiltOn) > 0 {
		out = append(out, "Vehicles by the status of the demand that they meet: "+shareList(r.BuiltOn)+".")
	}
	solved := len(r.Drivers) + len(r.Others)
	if solved == 0 && len(r.ScreenedOut) == 0 {
		return out
	}
	text := fmt.Sprintf("Figures solved at their low and high: %d, of which %d move the answer; %d plans, each proved to within %s%s.", solved, r.Swings, r.Plans, gap(r.Gap), stoppedNote(r))
	out = append(out, text)
	var left []string
	add := func(kind, words string) {
		if n := screened(r, kind); n > 0 {
			left = append(left, fmt.Sprintf("%d %s", n, words))
		}
	}
	add(headroom.ScreenedSame, "that nothing in the programmes of this answer depends on")
	add(headroom.ScreenedRelaxed, fmt.Sprintf("that the relaxation moves less (by %s at most; --all solves them)", plain(r.Cut)))
	add(headroom.ScreenedNoWidth, "whose low and high are their value")
	add(headroom.ScreenedStuck, "that cannot move alone")
	add(headroom.ScreenedStopped, "that a limit came before")
	if len(left) > 0 {
		out = append(out, "Left out: "+strings.Join(left, "; ")+".")
	}
	return append(out, fmt.Sprintf("Without a low and a high, and so not moved: %d claims in use, %d assumptions.", r.NoRange.Claims, r.NoRange.Assumptions))
}

// stoppedNote says that a limit came before what was asked for.
func stoppedNote(r *headroom.Range) string {
	if r.Proof.Status == headroom.StatusLimit && r.Proof.Stopped != "" {
		return ", some less than was asked for (" + StopWord(r.Proof.Stopped) + ")"
	}
	return ""
}

// shareList is shares with commas.
func shareList(list []headroom.StatusShare) string {
	var out []string
	for _, s := range list {
		out = append(out, clean(s.Status)+" "+percent(s.Share, 0))
	}
	return strings.Join(out, ", ")
}
