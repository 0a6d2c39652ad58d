package web

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"commonweal/law"
)

// The Go types of the operations carry in their tags all that the document, the
// decoder and the reader of parameters need:
//
//	json:"name,omitempty"  the name; without omitempty or omitzero it is required
//	path:"name"            a parameter in the path
//	query:"name"           a parameter after the question mark
//	doc:"..."              what it is, in plain English
//	min:"1" max:"500"      bounds of a number, of the letters of a text or of the items of a list
//	default:"100"          of a parameter that is left out
//	required:"true"        of a query parameter
//	format:"uuid"          of a text, where the type does not say it

// instant is a moment in UTC with milliseconds.
type instant string

// uuid is an identifier that we made.
type uuid string

// field is one field of an object, or one parameter.
type field struct {
	name     string
	in       string // "path", "query", or "" in JSON
	index    []int
	typ      reflect.Type
	required bool
	doc      string
	format   string
	fallback string
	min, max *int64
	enum     []string
}

var (
	dateType    = reflect.TypeFor[law.Date]()
	instantType = reflect.TypeFor[instant]()
	uuidType    = reflect.TypeFor[uuid]()
	textReader  = reflect.TypeFor[encoding.TextUnmarshaler]()
	anyType     = reflect.TypeFor[any]()
	rawType     = reflect.TypeFor[json.RawMessage]()
)

// fieldsOf lists the fields of a struct as JSON or as parameters, those of
// embedded structs among them.
func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			for _, inner := range fieldsOf(f.Type) {
				inner.index = append([]int{i}, inner.index...)
				out = append(out, inner)
			}
			continue
		}
		if !f.IsExported() {
			continue
		}
		if x, ok := fieldOf(f); ok {
			x.index = []int{i}
			out = append(out, x)
		}
	}
	return out
}

func fieldOf(f reflect.StructField) (field, bool) {
	x := field{typ: f.Type, doc: f.Tag.Get("doc"), format: f.Tag.Get("format"), fallback: f.Tag.Get("default"), min: bound(f, "min"), max: bound(f, "max")}
	x.enum = valuesOf(f.Type)
	if name, ok := f.Tag.Lookup("path"); ok {
		x.name, x.in, x.required = name, "path", true
		return x, true
	}
	if name, ok := f.Tag.Lookup("query"); ok {
		x.name, x.in, x.required = name, "query", f.Tag.Get("required") == "true"
		return x, true
	}
	name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		return x, false
	}
	x.name, x.required = name, !slices.Contains(strings.Split(options, ","), "omitempty") && !slices.Contains(strings.Split(options, ","), "omitzero")
	return x, true
}

func bound(f reflect.StructField, name string) *int64 {
	text, ok := f.Tag.Lookup(name)
	if !ok {
		return nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("the tag %s of field %s is no number", name, f.Name)) // a mistake in the source, found by any test
	}
	return &n
}

// formatOf is the format of a text of the type.
func (f field) formatOf() string {
	switch f.typ {
	case dateType:
		return "date"
	case instantType:
		return "date-time"
	case uuidType:
		return "uuid"
	}
	return f.format
}
