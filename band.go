package headroom

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

// Band says between which figures a column usually lies, by itself or as a multiple of something else. A figure outside is
// doubtful; one that is Far times further out is an error, since nobody means it. Zero lies in every band: a cost of nothing is
// said by it.
type Band struct {
	Table, Column string
	Money         string  // "ccy": in the row's currency, "m": in millions of it; bands of money are in pounds
	Of            string  // what the figure is divided by, or taken from: "" is the figure itself
	Least, Most   float64 // the band
	Far           float64 // by this factor beyond the band is an error; 0 never
	Above         string  // whose excess is no error: "avoidable", what a plan can leave, "considered", of plants that it need not open
	Text          string  // what is compared
}

//go:embed bands.csv
var bandText string

// Bands are all bands, in the order of the tables.
var Bands = mustBands(bandText)

// mustBands reads the bands. It panics where the embedded text is wrong.
func mustBands(text string) []Band {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("bands: %v", err))
	}
	var out []Band
	for _, r := range rows[1:] {
		b := Band{Table: r[0], Column: r[1], Money: r[2], Of: r[3], Above: r[7], Text: r[8]}
		for i, to := range []*float64{&b.Least, &b.Most, &b.Far} {
			if r[4+i] == "" {
				continue
			}
			if *to, err = strconv.ParseFloat(r[4+i], 64); err != nil {
				panic(fmt.Sprintf("bands: %v", err))
			}
		}
		out = append(out, b)
	}
	return out
}

// Outside reports whether a value lies outside the band, and whether far outside.
func (b Band) Outside(v float64) (outside, far bool) {
	switch {
	case v == 0 || v >= b.Least && v <= b.Most:
		return false, false
	case b.Far == 0:
		return true, false
	case v > b.Most:
		return true, v > b.Most*b.Far
	case b.Least > 0:
		return true, v < b.Least/b.Far
	case b.Least < 0:
		return true, v < b.Least*b.Far
	}
	return true, true // below a least of nothing
}

// scales are how many units of a currency a pound is about, to within a factor of two over the years: by them a band in pounds
// is one in the currency.
var scales = map[string]float64{
	"AED": 5, "ARS": 1500, "AUD": 2, "BGN": 2.3, "BRL": 7, "CAD": 1.8, "CHF": 1.1, "CLP": 1250, "CNH": 9, "CNY": 9, "COP": 5200, "CZK": 29, "DKK": 8.7, "EGP": 60,
	"EUR": 1.17, "GBP": 1, "HKD": 10, "HUF": 460, "IDR": 21000, "ILS": 4.7, "INR": 110, "JPY": 190, "KRW": 1800, "MAD": 12.5, "MXN": 24, "MYR": 5.8,
	"NOK": 13.5, "NZD": 2.2, "PHP": 76, "PLN": 5, "RON": 5.8, "RSD": 137, "RUB": 115, "SAR": 5, "SEK": 13, "SGD": 1.7, "THB": 44, "TRY": 50,
	"TWD": 42, "UAH": 55, "USD": 1.3, "VND": 33000, "ZAR": 24,
}

// CurrencyScale is how many units of a currency a pound is about, and whether that is known.
func CurrencyScale(ccy string) (float64, bool) {
	s, ok := scales[ccy]
	return s, ok
}

// KnownCurrency reports whether a code is one of ISO 4217 that money is counted in.
func KnownCurrency(code string) bool {
	_, ok := scales[code]
	return ok || strings.Contains(otherCurrencies, " "+code+" ")
}

// otherCurrencies are the codes of ISO 4217 without a scale. Codes that are for tests or for no currency are left out.
const otherCurrencies = " AFN ALL AMD ANG AOA AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BSD BTN BWP BYN BZD CDF CRC CUP CVE DJF DOP DZD ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HNL HRK HTG IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KWD KYD KZT LAK LBP LKR LRD LSL LYD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MZN NAD NGN NIO NPR OMR PAB PEN PGK PKR PYG QAR RWF SBD SCR SDG SHP SLE SOS SRD SSP STN SVC SYP SZL TJS TMT TND TOP TTD TZS UGX UYU UZS VES VUV WST XAF XCD XOF XPF YER ZMW ZWG DEM FRF ITL ESP "
