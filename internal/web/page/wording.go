package page

import (
	"fmt"
	"html/template"
	"strings"
)

// wordingFuncs are the functions that templates have. Each is an exported function of this package as well, so that a
// handler can make a sentence in the same words.
func wordingFuncs() template.FuncMap {
	return template.FuncMap{
		"framed":  Framed,
		"number":  Number,
		"decimal": Decimal,
		"percent": Percent,
		"money":   Money,
		"plural":  Plural,
		"words":   Words,
		"list":    List,
		"day":     Day,
		"weekday": Weekday,
		"moment":  Moment,
		"lately":  Lately,
		"away":    Away,
	}
}

// Plural returns the form of a word that goes with a number: Plural(1, "row", "rows") is "row".
func Plural(n any, one, many string) (string, error) {
	count, err := whole(n)
	if err != nil {
		return "", err
	}
	if count == 1 {
		return one, nil
	}
	return many, nil
}

// Words writes small whole numbers as words, as running text does, and others in digits: "seven", "12".
func Words(n any) (string, error) {
	count, err := whole(n)
	if err != nil {
		return "", err
	}
	small := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	if count >= 0 && count < int64(len(small)) {
		return small[count], nil
	}
	return Number(count)
}

// Begin writes the first letter large, for a sentence that begins with what a function returned.
func Begin(s string) string {
	for i, r := range s {
		return s[:i] + strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// List joins words as people do: "Osei", "Osei and Parry", "Osei, Lindqvist and Parry". Where a name holds "and" itself,
// a comma before the last keeps them apart.
func List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	joint := " and "
	for _, item := range items {
		if strings.Contains(item, " and ") {
			joint = ", and "
		}
	}
	return strings.Join(items[:last], ", ") + joint + items[last]
}

// whole accepts every whole number a page may hold, since templates do not convert.
func whole(n any) (int64, error) {
	switch n := n.(type) {
	case int:
		return int64(n), nil
	case int64:
		return n, nil
	case int32:
		return int64(n), nil
	case int16:
		return int64(n), nil
	case int8:
		return int64(n), nil
	case uint8:
		return int64(n), nil
	case uint16:
		return int64(n), nil
	case uint32:
		return int64(n), nil
	default:
		return 0, fmt.Errorf("%v (%T) is not a whole number", n, n)
	}
}
