package published

import (
	"fmt"
	"strconv"
	"time"
)

// Value is one published figure.
type Value struct {
	ODS     string // Organisation.ODS
	Measure string // Measure.ID
	Period  Period
	// Value is the figure at published precision. The workbooks hold binary
	// floating-point numbers of up to seventeen digits, and a float64 gives
	// each of them back exactly; scaled integers would round all of them.
	// It is nought, and means nothing, where Suppressed is true.
	Value float64
	// Base is the number of answers behind the figure (or of whatever
	// Measure.BaseUnit says); nought where none is published.
	Base int
	// Suppressed: the publisher hid the figure to protect the people in it.
	Suppressed bool
}

// Period is when a figure is about: "2024" (a survey), "2024-04" (a month) or
// "2024-04/2025-03" (from the first month to the last, both included).
// Periods of one form sort by date as text.
type Period string

// Year is the period of a survey.
func Year(y int) Period { return Period(fmt.Sprintf("%04d", y)) }

// Month is the period of one calendar month.
func Month(y int, m time.Month) Period { return Period(fmt.Sprintf("%04d-%02d", y, int(m))) }

// Span is the period from one month to another, both included.
func Span(first, last Period) Period { return first + "/" + last }

// String writes the period as people say it: "2024", "April 2024",
// "April 2024 to March 2025".
func (p Period) String() string {
	switch len(p) {
	case 7:
		if t, err := time.Parse("2006-01", string(p)); err == nil {
			return t.Format("January 2006")
		}
	case 15:
		return p[:7].String() + " to " + p[8:].String()
	}
	return string(p)
}

// Short writes a month for the axis of a chart: "Apr 24".
func (p Period) Short() string {
	if t, err := time.Parse("2006-01", string(p)); err == nil {
		return t.Format("Jan 06")
	}
	return string(p)
}

// number reads a figure written with digits, a point and perhaps an exponent,
// and nothing else: no spaces, signs of currency, "NaN" or hexadecimal.
func number(s string) (float64, bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// count reads a whole number that is not negative; a workbook may write it as 1.211E3.
func count(s string) (int, bool) {
	v, ok := number(s)
	if !ok || v < 0 || v > 1e9 || v != float64(int(v)) {
		return 0, false
	}
	return int(v), true
}
