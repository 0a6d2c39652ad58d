package web

import (
	"reflect"
	"strings"
)

// schemas gathers the schemas of the Go types that operations speak in, under
// the names that the document gives them.
type schemas struct {
	components map[string]any
	types      map[string]reflect.Type
}

// object is one JSON object of the document. Its keys are written sorted, so
// the document comes out the same each time.
type object = map[string]any

// of is the schema of a field.
func (s *schemas) of(f field) object {
	t := f.typ
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	out := object{}
	switch {
	case t == anyType || t == rawType:
	case isText(t):
		s.text(out, f)
	case t.Kind() == reflect.Bool:
		out["type"] = "boolean"
	case t.Kind() == reflect.Int, t.Kind() == reflect.Int64:
		out["type"], out["format"] = "integer", "int64"
		put(out, "minimum", f.min)
		put(out, "maximum", f.max)
	case t.Kind() == reflect.Float64:
		out["type"], out["format"] = "number", "double"
	case t.Kind() == reflect.Slice:
		out["type"], out["items"] = "array", s.of(field{typ: t.Elem(), enum: valuesOf(t.Elem())})
		put(out, "minItems", f.min)
		put(out, "maxItems", f.max)
	case t.Kind() == reflect.Map:
		out["type"], out["additionalProperties"] = "object", s.of(field{typ: t.Elem(), enum: valuesOf(t.Elem())})
	case t.Kind() == reflect.Struct:
		out["$ref"] = s.ref(t)
	default:
		panic("no schema for " + t.String()) // a mistake in the source, found by any test
	}
	if f.doc != "" {
		out["description"] = f.doc
	}
	return out
}

func (s *schemas) text(out object, f field) {
	out["type"] = "string"
	if f.enum != nil {
		out["enum"] = f.enum
		return
	}
	if format := f.formatOf(); format != "" {
		out["format"] = format
	}
	put(out, "maxLength", f.max)
	if f.required && f.in == "" && f.max != nil {
		out["minLength"] = 1
	}
}

func put(out object, name string, n *int64) {
	if n != nil {
		out[name] = *n
	}
}

// ref names the schema of a struct and makes it when it is asked for first.
func (s *schemas) ref(t reflect.Type) string {
	name := schemaName(t)
	at := "#/components/schemas/" + name
	if known, ok := s.types[name]; ok {
		if known != t {
			panic("two types are called " + name + " in the document") // a mistake in the source, found by any test
		}
		return at
	}
	s.types[name] = t
	properties, required := object{}, []string{}
	for _, f := range fieldsOf(t) {
		properties[f.name] = s.of(f)
		if f.required {
			required = append(required, f.name)
		}
	}
	schema := object{"type": "object", "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	s.components[name] = schema
	return at
}

// schemaName makes "memberJSON" into "Member" and "list[...memberJSON]" into
// "MemberList".
func schemaName(t reflect.Type) string {
	name, suffix := t.Name(), ""
	if base, inner, generic := strings.Cut(name, "["); generic {
		name = inner[strings.LastIndex(inner, ".")+1 : len(inner)-1]
		suffix = strings.ToUpper(base[:1]) + base[1:]
	}
	name = strings.TrimSuffix(name, "JSON")
	return strings.ToUpper(name[:1]) + name[1:] + suffix
}
