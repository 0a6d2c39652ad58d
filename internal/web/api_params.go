package web

import (
	"encoding"
	"net/url"
	"reflect"
	"slices"
	"strconv"
)

// readParams fills a struct from the path and the query. A parameter that does
// not exist is refused: a filter that is misspelt would otherwise let through
// what it was meant to keep out.
func (v *visit) readParams(into any) error {
	query, err := url.ParseQuery(v.r.URL.RawQuery)
	if err != nil {
		return misread("", "Encode the parameters as in a web address.", "What follows the question mark cannot be read.")
	}
	target := reflect.ValueOf(into).Elem()
	fields := fieldsOf(target.Type())
	var known []field
	for _, f := range fields {
		if f.in == "query" {
			known = append(known, f)
		}
	}
	for name := range query {
		if !slices.ContainsFunc(known, func(f field) bool { return f.name == name }) {
			return misread(clip(name, 40), remedyNames(known), "There is no such parameter.")
		}
	}
	for _, f := range fields {
		text, given, err := v.param(f, query)
		if err != nil {
			return err
		}
		if !given {
			continue
		}
		if err := f.set(target.FieldByIndex(f.index), text); err != nil {
			return err
		}
	}
	return nil
}

// param finds the text of a parameter.
func (v *visit) param(f field, query url.Values) (text string, given bool, err error) {
	if f.in == "path" {
		return v.r.PathValue(f.name), true, nil
	}
	values := query[f.name]
	switch {
	case len(values) > 1:
		return "", false, misread(f.name, "Send it once.", "This parameter comes twice.")
	case len(values) == 1:
		return values[0], true, nil
	case f.required:
		return "", false, misread(f.name, "Send "+f.wanted()+".", "This parameter is missing.")
	}
	return f.fallback, f.fallback != "", nil
}

// set puts the text of a parameter into its place.
func (f field) set(place reflect.Value, text string) error {
	if isText(f.typ) {
		if err := f.checkText(f.name, text); err != nil {
			return err
		}
		if reader, ok := place.Addr().Interface().(encoding.TextUnmarshaler); ok {
			return reader.UnmarshalText([]byte(text))
		}
		place.SetString(text)
		return nil
	}
	switch f.typ.Kind() {
	case reflect.Bool:
		if text != "true" && text != "false" {
			return misread(f.name, "Send "+f.wanted()+".", "%s is %q.", named(f.name), clip(text, 40))
		}
		place.SetBool(text == "true")
		return nil
	default:
		if err := f.checkNumber(f.name, text); err != nil {
			return err
		}
		n, err := strconv.ParseInt(text, 10, 64)
		place.SetInt(n)
		return err
	}
}
