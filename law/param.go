package law

import (
	"fmt"
	"strconv"
	"strings"
)

// plainParam reads a param from the words of a pack: its kind follows from how
// it is written and from the end of its name.
func plainParam(name, text string) (Value, error) {
	value, err := scalar(text)
	if err != nil {
		return Value{}, fmt.Errorf("param %s: %w", name, err)
	}
	switch {
	case strings.HasSuffix(name, "_pence"):
		if value.kind != TypeInt {
			return Value{}, fmt.Errorf("param %s: %q is not whole pence", name, clip(text))
		}
		return Pence(value.n), nil
	case strings.HasSuffix(name, "_percent"):
		switch value.kind {
		case TypeInt:
			return Percent(float64(value.n)), nil
		case TypeDecimal:
			return Percent(value.f), nil
		}
		return Value{}, fmt.Errorf("param %s: %q is not a percentage", name, clip(text))
	}
	return value, nil
}

// scalar reads a plain word as the kind it looks like.
func scalar(text string) (Value, error) {
	switch text {
	case "":
		return Value{}, fmt.Errorf("is empty")
	case "true":
		return Bool(true), nil
	case "false":
		return Bool(false), nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		if n > largest || n < -largest {
			return Value{}, fmt.Errorf("%q is too large to reckon with", clip(text))
		}
		return Int(n), nil
	}
	if d, err := ParseDate(text); err == nil {
		return Day(d), nil
	}
	if plainDecimal(text) {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return Value{}, fmt.Errorf("%q is not a number", clip(text))
		}
		return Decimal(f), nil
	}
	return Text(text), nil
}

// plainDecimal reports whether text is digits with one point, so that "1e9",
// "Inf" and "0x1p4" stay words.
func plainDecimal(text string) bool {
	whole, part, ok := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return ok && digits(whole) && digits(part)
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 15
}
