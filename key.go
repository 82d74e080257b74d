package headroom

import (
	"strconv"
	"strings"
	"unicode"
)

// Keys of rows are their key columns joined by colons, as they stand in Ref, Rows and binding.row_key.

// Key is the period's name.
func (p Period) Key() string { return p.ID }

// Key is the region's name.
func (r Region) Key() string { return r.ID }

// Key is the org's name.
func (o Org) Key() string { return o.ID }

// Key is the plant's name.
func (p Plant) Key() string { return p.ID }

// Key is the line's name.
func (l Line) Key() string { return l.ID }

// Key is the pattern's name.
func (s ShiftPattern) Key() string { return s.ID }

// Key is the vehicle's name.
func (v Vehicle) Key() string { return v.ID }

// Key is vehicle:line:content.
func (v VehicleLine) Key() string { return joinKey(v.Vehicle, v.Line, v.Content) }

// Key is the market's name.
func (m Market) Key() string { return m.ID }

// Key is vehicle:market:period.
func (d Demand) Key() string { return joinKey(d.Vehicle, d.Market, d.Period) }

// Key is origin:destination.
func (l Lane) Key() string { return joinKey(l.Origin, l.Destination) }

// Key is the layer's name.
func (d Duty) Key() string { return d.ID }

// Key is importer:origin:period.
func (q Quota) Key() string { return joinKey(q.Importer, q.Origin, q.Period) }

// Key is the plant's name.
func (l Labour) Key() string { return l.Plant }

// Key is plant:carrier:from.
func (e Energy) Key() string { return joinKey(e.Plant, e.Carrier, e.From.String()) }

// Key is from:to:period.
func (f FXRate) Key() string { return joinKey(f.From, f.To, f.Period) }

// Key is the deal's name.
func (a Arrangement) Key() string { return a.ID }

// Key is deal:kind:from.
func (t Term) Key() string { return joinKey(t.Arrangement, string(t.Kind), t.From.String()) }

// Key is target:period.
func (t Target) Key() string { return joinKey(t.ID, t.Period) }

// Key is year:group:vehicle:market.
func (o Outturn) Key() string { return joinKey(strconv.Itoa(o.Year), o.Group, o.Vehicle, o.Market) }

// Key is year:shock:maker.
func (s Shock) Key() string { return joinKey(strconv.Itoa(s.Year), s.ID, s.Maker) }

// Key is table:row_key:column.
func (b Binding) Key() string { return joinKey(b.Table, b.RowKey, b.Column) }

// Key is the forecast's name.
func (f Forecast) Key() string { return f.ID }

func joinKey(parts ...string) string { return strings.Join(parts, ":") }

// NameOf is the name of a table or column whose Go name is given: vehicle_line for VehicleLine, fx_rate for FXRate.
func NameOf(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
