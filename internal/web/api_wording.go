package web

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// What is wrong with a request, in words.

// wanted says what a field may hold: "a whole number from 1 to 500".
func (f field) wanted() string {
	t := f.typ
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case f.enum != nil:
		return "one of " + strings.Join(f.enum, ", ")
	case f.formatOf() == "date":
		return "a day such as 2026-11-27"
	case f.formatOf() == "uuid":
		return "an id such as 0193a6f2-7c1e-7d3a-9b57-0a8c4c2f1e60"
	case isText(t) && f.max != nil:
		return fmt.Sprintf("a text of at most %d letters", *f.max)
	case isText(t):
		return "a text"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number" + f.bounds()
	case reflect.Slice:
		return "a list" + f.bounds()
	default:
		return "an object"
	}
}

func (f field) bounds() string {
	switch {
	case f.min != nil && f.max != nil:
		return fmt.Sprintf(" from %d to %d", *f.min, *f.max)
	case f.min != nil:
		return fmt.Sprintf(", %d or more", *f.min)
	case f.max != nil:
		return fmt.Sprintf(", %d or less", *f.max)
	}
	return ""
}

// named begins a sentence about a field.
func named(at string) string {
	if at == "" {
		return "The body"
	}
	return "The field " + at
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func remedyNames(fields []field) string {
	if len(fields) == 0 {
		return "Leave it out: nothing can be sent here."
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return "Use one of " + strings.Join(names, ", ") + "."
}

// kindOfToken is what was sent instead.
func kindOfToken(token json.Token) string {
	switch x := token.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case json.Number:
		return "a number"
	case string:
		return "a text"
	case json.Delim:
		if x == '[' {
			return "a list"
		}
		return "an object"
	}
	return "something else"
}
