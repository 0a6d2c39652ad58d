package web

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

// place is where the reader of expressions stopped: line and column.
var place = regexp.MustCompile(`<input>:(\d+):(\d+)`)

// wrongRule says in words what is wrong with a rule, for the field it was typed
// into. It returns "" for what is no fault of a rule.
func wrongRule(err error, rule string) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid {
		return ""
	}
	if f.Cause == nil {
		return sentenceOf(err, "")
	}
	cause := f.Cause.Error()
	switch {
	case strings.Contains(cause, "is not something a rule may turn on"):
		name, _, _ := strings.Cut(strings.TrimPrefix(cause, `"`), `"`)
		return "A rule cannot turn on “" + name + "”. Use one of " + page.List(member.ParticularNames()) + "."
	case strings.Contains(cause, "Syntax error"):
		return "The rule cannot be read" + whereIn(cause, rule) + ". Texts stand in double quotes, and two equals signs compare: category == \"permanent\"."
	case strings.Contains(cause, "no matching overload"):
		return "The rule compares things of different kinds" + whereIn(cause, rule) + ". Texts stand in double quotes, numbers without."
	case strings.Contains(cause, "undeclared reference"):
		return "The rule uses something that rules do not know" + whereIn(cause, rule) + "."
	}
	return "The rule cannot be used. It has to be a yes or a no about one person, such as category == \"permanent\"."
}

// whereIn says near which words an expression is wrong.
func whereIn(cause, rule string) string {
	m := place.FindStringSubmatch(cause)
	if m == nil {
		return ""
	}
	text := []rune(strings.Join(strings.Fields(rule), " "))
	column, err := strconv.Atoi(m[2])
	if err != nil || column < 0 || len(text) == 0 {
		return ""
	}
	if column >= len(text)-1 {
		return ": it stops too early"
	}
	from := max(0, column-1)
	return " at “" + string(text[from:min(from+20, len(text))]) + "”"
}
