package study

import (
	"math"
	"strconv"
	"strings"

	"commonweal/internal/prove/sheet"
)

// The forms of output. The first wrote every figure with four digits that count and no
// unit, and is still made of bundles that have it, so that they check out for good.
const (
	firstForm  = 1
	secondForm = 2
)

// hand is how an output writes its figures.
type hand struct {
	form   int
	unit   string // that stands after a figure of the outcome
	places int    // decimals that the outcome's figures have in the data
}

// size writes a figure of the outcome. se is its error, which says how many digits mean
// anything; where it is not known the figure has two that count.
func (h hand) size(v, se Number) string {
	if h.form == firstForm || !v.Known() {
		return figure(v)
	}
	return fixed(v, h.decimals(v, se))
}

// with writes the unit after a figure, or after words that end in one.
func (h hand) with(text string) string {
	if h.form == firstForm {
		return text
	}
	return join(text, h.unit)
}

// p writes a p value.
func (h hand) p(p Number) string {
	if h.form == firstForm {
		return saysP(float64(p))
	}
	return PValue(p)
}

// decimals are as many as show two digits of the error; one digit, where the figures of the
// data are so coarse that the second would be finer than a tenth of what they say.
func (h hand) decimals(v, se Number) int {
	scale := math.Abs(float64(se))
	if !se.Known() || scale == 0 {
		scale = math.Abs(float64(v))
	}
	if scale == 0 || math.IsInf(scale, 0) || math.IsNaN(scale) {
		return min(h.places, 8)
	}
	two := 1 - int(math.Floor(math.Log10(scale)))
	if two > h.places+1 {
		two = max(two-1, h.places+1)
	}
	return max(0, min(two, 8))
}

func fixed(v Number, decimals int) string {
	text := strconv.FormatFloat(float64(v), 'f', decimals, 64)
	if strings.HasPrefix(text, "-") && strings.Trim(text, "-0.") == "" {
		return text[1:]
	}
	return text
}

// PValue writes a p value as people read it: two decimals, three where it is small, and
// more where rounding would put it on the border.
func PValue(p Number) string {
	v := float64(p)
	switch {
	case !p.Known():
		return "not known"
	case v < 0.001:
		return "below 0.001"
	case v >= 0.995:
		return "above 0.99"
	case v >= 0.1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	text := strconv.FormatFloat(v, 'f', 3, 64)
	if (text == "0.050" || text == "0.010" || text == "0.100") && v != 0.05 && v != 0.01 {
		return strconv.FormatFloat(v, 'f', 5, 64)
	}
	return text
}

// placesOf are the decimals that the figures of a column have.
func placesOf(in *sheet.Sheet, column string) int {
	cells, err := in.Text(column)
	if err != nil {
		return 0
	}
	most := 0
	for _, c := range cells {
		if strings.ContainsAny(c, "eE") {
			return 8
		}
		if _, decimals, ok := strings.Cut(c, "."); ok {
			most = max(most, len(decimals))
		}
	}
	return min(most, 8)
}

// Written are the figures of an estimate as output and pages have them, without the unit.
type Written struct{ Value, SE, P, Low, High string }

// Write writes an estimate of a result with the digits that its error deserves.
func (r Result) Write(e Estimate) Written { return r.write(secondForm, e) }

func (r Result) write(form int, e Estimate) Written {
	h := hand{form: form, unit: r.Unit, places: r.Places}
	if r.Ratio {
		h.places = 8 // a ratio of counts is finer than they are
	}
	return Written{Value: h.size(e.Value, e.SE), SE: h.size(e.SE, e.SE), P: h.p(e.P), Low: h.size(e.Low, e.SE), High: h.size(e.High, e.SE)}
}
