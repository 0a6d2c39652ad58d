package law

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// FactType is the kind of value a fact or a parameter has.
type FactType string

// The kinds of facts.
const (
	TypeBool    FactType = "bool"
	TypeInt     FactType = "int"
	TypeDecimal FactType = "decimal"
	TypePercent FactType = "percent"
	TypeDate    FactType = "date"
	TypeText    FactType = "text"
	TypeMoney   FactType = "money"
)

// UnmarshalText accepts the known kinds only.
func (t *FactType) UnmarshalText(text []byte) error {
	switch v := FactType(text); v {
	case TypeBool, TypeInt, TypeDecimal, TypePercent, TypeDate, TypeText, TypeMoney:
		*t = v
		return nil
	}
	return fmt.Errorf("type %q is not one of bool, int, decimal, percent, date, text, money", clip(string(text)))
}

// remedy says how to write a value of this kind in a facts file.
func (t FactType) remedy() string {
	switch t {
	case TypeBool:
		return "write true or false"
	case TypeInt:
		return "write a whole number, such as 12"
	case TypeDecimal:
		return "write a number, such as 12.5"
	case TypePercent:
		return "write a number from 0 to 100, such as 62.5"
	case TypeDate:
		return `write a day in quotes, such as "2026-11-27"`
	case TypeMoney:
		return "write whole pence without a sign, such as 10000000 for £100,000"
	}
	return `write words in quotes, such as "social care"`
}

// Fact is something a rule has to know.
type Fact struct {
	// Name is what the expression and a facts file call it.
	Name string
	Type FactType
	// Question asks for it in plain words.
	Question string
	// Choices are the only texts allowed, when there are any.
	Choices []string
	// Signed lets an int, decimal or money fact be below nought.
	Signed bool
}

// FactError says that the value given for a fact cannot be used, and what to
// write instead.
type FactError struct {
	Fact   string
	Value  string
	Reason string
	Remedy string
}

func (e *FactError) Error() string {
	text := fmt.Sprintf("fact %s: %s %s", e.Fact, e.Value, e.Reason)
	if e.Remedy != "" {
		text += ": " + e.Remedy
	}
	return text
}

// Facts are what is known, by name. A fact that is not there is unknown, which
// is not the same as false.
type Facts map[string]Value

// Value is what is known about one fact. The zero Value is of no type.
type Value struct {
	kind FactType
	b    bool
	n    int64
	f    float64
	s    string
	d    Date
}

// Bool is a yes or a no.
func Bool(b bool) Value { return Value{kind: TypeBool, b: b} }

// Int is a whole number of things.
func Int(n int64) Value { return Value{kind: TypeInt, n: n} }

// Decimal is a number that need not be whole.
func Decimal(f float64) Value { return Value{kind: TypeDecimal, f: f} }

// Percent is a share of a hundred.
func Percent(f float64) Value { return Value{kind: TypePercent, f: f} }

// Day is a date.
func Day(d Date) Value { return Value{kind: TypeDate, d: d} }

// Text is words.
func Text(s string) Value { return Value{kind: TypeText, s: s} }

// Pence is an amount of money.
func Pence(n int64) Value { return Value{kind: TypeMoney, n: n} }

// Type returns the kind of the value.
func (v Value) Type() FactType { return v.kind }

// Number returns a whole number or an amount in pence.
func (v Value) Number() (int64, bool) { return v.n, v.kind == TypeInt || v.kind == TypeMoney }

// Fraction returns a decimal or a percentage.
func (v Value) Fraction() (float64, bool) {
	return v.f, v.kind == TypeDecimal || v.kind == TypePercent
}

// Date returns a day.
func (v Value) Date() (Date, bool) { return v.d, v.kind == TypeDate }

// Truth returns a yes or a no.
func (v Value) Truth() (bool, bool) { return v.b, v.kind == TypeBool }

// String returns the value as a facts file would write it.
func (v Value) String() string {
	switch v.kind {
	case TypeBool:
		return strconv.FormatBool(v.b)
	case TypeInt, TypeMoney:
		return strconv.FormatInt(v.n, 10)
	case TypeDecimal, TypePercent:
		return strconv.FormatFloat(v.f, 'f', -1, 64)
	case TypeDate:
		return v.d.String()
	case TypeText:
		return strconv.Quote(clip(v.s))
	}
	return "nothing"
}

// Words returns the value as a page would say it: "£1,200", "35%", "yes".
func (v Value) Words() string {
	switch v.kind {
	case TypeBool:
		if v.b {
			return "yes"
		}
		return "no"
	case TypeInt:
		return grouped(v.n)
	case TypeMoney:
		return pounds(v.n)
	case TypeDecimal:
		return strings.Replace(strconv.FormatFloat(v.f, 'f', -1, 64), "-", minus, 1)
	case TypePercent:
		return strconv.FormatFloat(v.f, 'f', -1, 64) + "%"
	case TypeDate:
		return v.d.Words()
	case TypeText:
		return v.s
	}
	return "not known"
}

// largest bounds whole numbers, so that a rule may multiply by a thousand
// without running over.
const largest = 1_000_000_000_000_000

// fits returns why the value cannot stand for the fact, or nothing.
func (v Value) fits(f Fact) *FactError {
	fail := func(reason string) *FactError {
		return &FactError{Fact: f.Name, Value: v.String(), Reason: reason, Remedy: f.Type.remedy()}
	}
	if v.kind != f.Type {
		kind := string(v.kind)
		if kind == "" {
			kind = "nothing"
		}
		return fail(fmt.Sprintf("is %s, not %s", kind, f.Type))
	}
	switch v.kind {
	case TypeInt, TypeMoney:
		if v.n > largest || v.n < -largest {
			return fail("is too large to reckon with")
		}
		if v.n < 0 && !f.Signed {
			return fail("is below nought")
		}
	case TypeDecimal:
		if math.IsNaN(v.f) || math.Abs(v.f) > largest {
			return fail("is not a number we can reckon with")
		}
		if v.f < 0 && !f.Signed {
			return fail("is below nought")
		}
	case TypePercent:
		if math.IsNaN(v.f) || v.f < 0 || v.f > 100 {
			return fail("is not between 0 and 100")
		}
	case TypeDate:
		if v.d.IsZero() {
			return fail("is no date")
		}
	case TypeText:
		return v.chosen(f)
	}
	return nil
}

func (v Value) chosen(f Fact) *FactError {
	if len(f.Choices) == 0 {
		return nil
	}
	for _, choice := range f.Choices {
		if v.s == choice {
			return nil
		}
	}
	return &FactError{
		Fact: f.Name, Value: v.String(), Reason: "is not one of the choices",
		Remedy: "write one of " + strings.Join(f.Choices, ", "),
	}
}

// minus is the sign people expect to read, not the hyphen.
const minus = "\u2212"

// grouped writes a whole number with commas: 1,250,000.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = minus, digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// pounds writes pence as money: £100,000, £1.50.
func pounds(pence int64) string {
	sign := ""
	if pence < 0 {
		sign, pence = minus, -pence
	}
	if pence%100 == 0 {
		return sign + "£" + grouped(pence/100)
	}
	return fmt.Sprintf("%s£%s.%02d", sign, grouped(pence/100), pence%100)
}
